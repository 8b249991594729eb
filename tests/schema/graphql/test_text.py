"""What clients type to search with, as regular expressions that both databases read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.graphql.text import pattern, search


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("melanie", "Ms MÉLANIE Joly", True),
        ("mélanie", "Melanie", True),
        ("melanie", "Me\u0301lanie", True),
        ("war", "a warning", False),
        ("war", "the cold-war years", True),
        ("war", "postwar", False),
        ("cafe", "cafés", False),
        ("o'neil", "Mr O’Neil", True),
        ("two words", "two\n  words", True),
        ("$5", "US$5 million", True),
        ("5", "2015", False),
        ("a.c", "abc", False),
        ("łódź", "Łódź", True),
        ("київ", "КИЇВ", True),
        ("中国", "在中国", True),
        ("ﬁsh", "ﬁsh", True),
        ("𞹂", "𞹂", True),
        ("", "", True),
    ],
)
def test_term_is_found_as_whole_words_accents_and_case_aside(term: str, text: str, found: bool) -> None:
    assert bool(re.search(pattern(term), text)) is found


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20))
def test_every_term_finds_itself(term: str) -> None:
    plain = " ".join(term.split())

    assert re.search(pattern(plain, whole=True), __import__("unicodedata").normalize("NFC", plain))


@pytest.mark.parametrize(
    ("typed", "required", "excluded"),
    [
        ("one two", 2, 0),
        ('"one two"', 1, 0),
        ('one -two -"three four"', 1, 2),
        ("“one two” three", 2, 0),
        ('one "two', 2, 0),
        ("one - two", 2, 0),
        ("well-known", 1, 0),
    ],
)
def test_words_phrases_and_exclusions_are_told_apart(typed: str, required: int, excluded: int) -> None:
    found = search(typed, "where.text")

    assert (len(found.required), len(found.excluded)) == (required, excluded)
