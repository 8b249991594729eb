"""A language is declared, found by the words, or undetermined; never guessed from too little."""

import subprocess
import sys

import pytest

from etl.language import detect, is_spoken

ENGLISH = "The harbour board will close the northern quay in March, the mayor announced on Tuesday."


def test_english_prose_is_found() -> None:
    assert detect(ENGLISH) == "en"


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("Le maire a annoncé mardi que le quai nord du port serait fermé en mars.", "fr"),
        ("Die Bürgermeisterin sagte am Dienstag, dass der Kai im März geschlossen wird.", "de"),
        ("La alcaldesa anunció el martes que el muelle se cerrará en marzo.", "es"),
        ("Мэр объявила во вторник, что причал закроют в марте.", "ru"),
        ("市长星期二宣布北码头将于三月关闭。", "zh"),
    ],
)
def test_prose_in_another_language_is_found(text: str, tag: str) -> None:
    assert detect(text) == tag


def test_english_prose_with_foreign_names_in_it_is_read_as_english() -> None:
    assert is_spoken(detect("Mayor Ana Ortiz Echeverría met Jürgen Großmann in 's-Hertogenbosch on Tuesday."))


@pytest.mark.parametrize("text", ["", "1234 — 5678", "Yes, he said.", "OK", "🎆🎆🎆" * 20])
def test_a_text_of_too_few_letters_is_undetermined(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize(
    ("declared", "tag"), [("en-GB", "en-GB"), ("EN-gb", "en-GB"), ("fr", "fr"), ("en-Latn-US", "en-Latn-US")]
)
def test_a_well_formed_declaration_is_trusted(declared: str, tag: str) -> None:
    assert detect(ENGLISH, declared) == tag


@pytest.mark.parametrize("declared", ["English", "en_GB", "e", "", "en GB", "und", "en-"])
def test_a_declaration_that_is_no_tag_or_tells_nothing_is_passed_over(declared: str) -> None:
    assert detect(ENGLISH, declared) == "en"


@pytest.mark.parametrize(
    ("tag", "spoken"), [("en", True), ("en-GB", True), ("eng", True), ("und", True), ("fr", False), ("enm", False)]
)
def test_english_and_the_undetermined_are_spoken(tag: str, spoken: bool) -> None:
    assert is_spoken(tag) is spoken


def test_the_model_is_not_loaded_for_declared_texts() -> None:
    code = "import sys, etl.language; etl.language.detect('x' * 50, 'en'); sys.exit('py3langid' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
