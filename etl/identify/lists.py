"""The word lists that names are compared with, read once from etl/data. Not etl.resolve.lists, which brings spaCy."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from anyascii import anyascii


def plain(text: str) -> str:
    """The text in small Latin letters and digits alone ("O’Brien" -> "obrien", "Йотова" -> "yotova")."""
    return "".join(letter for letter in anyascii(text).lower() if letter.isalnum())


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one set of name_words.en.tsv. Raises KeyError for a set that the list does not have."""
    return {row[0]: frozenset(row[1].split()) for row in _rows("name_words.en.tsv")}[name]


@cache
def titles() -> frozenset[str]:
    """Plain words that stand before a name without being one."""
    # "M" is Monsieur in French and an initial in English.
    forms = {plain(word) for row in _rows("honorifics.en.tsv") for word in row[0].split() if len(word) > 1}
    return frozenset(forms | word_set("titles"))


@cache
def generations() -> Mapping[str, str]:
    """Plain word after a name -> which of its bearers it means ("junior" -> "jr", "iii" -> "iii")."""
    return dict(word.split(":") for word in word_set("generations"))


@cache
def given_names() -> frozenset[str]:
    """Given names that the press prints often, plain."""
    return frozenset(plain(name) for _, names in _rows("given_names.en.tsv") for name in names.split())


@cache
def family_names_first() -> frozenset[str]:
    """Plain family names that stand first where the press prints them in their own order."""
    return frozenset(plain(row[0]) for row in _rows("family_first.en.txt"))


@cache
def nickname_groups() -> Mapping[str, frozenset[int]]:
    """Plain given name -> the groups it is of; two names of one group may be one person's."""
    found: dict[str, set[int]] = {}
    for group, (_, names) in enumerate(_rows("nicknames.en.tsv")):
        for name in names.split():
            found.setdefault(plain(name), set()).add(group)
    return {name: frozenset(groups) for name, groups in found.items()}


@cache
def spelling_groups() -> Mapping[str, str]:
    """Plain given name -> the spelling that stands for it and others ("mohamad" -> "mohammed")."""
    found = {}
    for part, names in _rows("name_spellings.en.tsv"):
        first, *others = map(plain, names.split())
        if part == "given":
            found.update(dict.fromkeys(others, first))
    return found


def _rows(file: str) -> list[tuple[str, ...]]:
    text = files("etl").joinpath("data", file).read_text("utf-8")
    return [tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#")]
