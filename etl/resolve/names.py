"""Names of people taken apart, and the key by which one person is the same in every article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from etl.resolve.lists import genders, given_names, is_honorific, is_office, rows, word_set, words
from etl.resolve.spelling import family_key, given_key, letters
from schema.keys import fold

_SUFFIXES = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_INITIALS = re.compile(r"(?:[A-Z]\.?)+\Z")


@dataclass(frozen=True, slots=True)
class PersonName:
    """A name in its parts, as printed: "Dr. Martin Luther King Jr." has given Martin, middle (Luther,), family King.

    given is empty for a person known by one name; suffix is jr, sr, ii, iii, iv or empty. family_first: "Xi Jinping".
    """

    given: str
    middle: tuple[str, ...]
    family: str
    suffix: str
    family_first: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it has more than one name."""
        return bool(self.given)

    @property
    def called(self) -> frozenset[str]:
        """The single words by which an article calls this person again, as keys ("wallace"; "kim" for Kim Jong Un)."""
        return frozenset({family_key(self.family), family_key(self.family.split()[-1])})


def parse_name(text: str) -> PersonName:
    """The parts of a person's name; titles and offices before it are left out."""
    parts = [part for part in re.split(r"[\s,]+", text.strip()) if part]
    parts = _without_titles(parts)
    suffix = ""
    if len(parts) > 1 and letters(parts[-1]) in _SUFFIXES:
        suffix = _SUFFIXES[letters(parts[-1])]
        parts = parts[:-1]
    if len(parts) <= 1:
        return PersonName("", (), " ".join(parts), suffix)
    if len(parts) <= 3 and _stands_family_first(parts):
        return PersonName(" ".join(parts[1:]), (), parts[0], suffix, family_first=True)
    # "J. K. Rowling" and "J.K. Rowling" are one; "F. Scott Fitzgerald" goes by his middle name.
    given, rest = [parts[0]], parts[1:]
    while len(rest) > 1 and _INITIALS.match(given[0]) and (_INITIALS.match(rest[0]) or len(given) == 1):
        given.append(rest[0])
        rest = rest[1:]
    at = next((i for i, part in enumerate(rest[:-1]) if fold(part) in word_set("particles")), len(rest) - 1)
    return PersonName(" ".join(given), tuple(rest[:at]), " ".join(rest[at:]), suffix)


def person_key(name: str, article: UUID) -> str:
    """The key of the person of this name: the same for every spelling of it in every article.

    Given and family name and generation; titles, middle names and initials dropped, which the press prints at will.
    A person known by one name only is one of this article.
    """
    parsed = parse_name(name)
    generation = f" {parsed.suffix}" if parsed.suffix else ""
    if not parsed.is_full:
        return f"person:{article}:{family_key(parsed.family)}{generation}"
    whole = _kept().get(letters(" ".join((parsed.given, *parsed.middle, parsed.family))).replace(" ", ""))
    if whole is not None:
        return f"person:{whole}{generation}"
    if parsed.family_first:
        return f"person:{family_key(parsed.family)} {letters(parsed.given).replace('-', ' ')}{generation}"
    if _INITIALS.match(parsed.given.replace(" ", "")):
        return f"person:{letters(parsed.given).replace(' ', '')} {family_key(parsed.family)}{generation}"
    return f"person:{given_key(parsed.given)} {family_key(parsed.family)}{generation}"


def bare_name(text: str) -> str:
    """The name as printed without titles before it and possessive after it, white space single."""
    parts = _without_titles(re.sub(r"[’']s?\Z", "", text.strip()).split())
    return " ".join(parts).strip(" ,;:-–—")


def gender_of_name(name: PersonName) -> str:
    """ "male", "female", or "" when the given name is not in the list or is of both."""
    given = name.given.split(" ")[0].split("-")[0] if not name.family_first else ""
    return given_names().get(fold(given), "")


def gender_of_title(title: str) -> str:
    """The gender a title gives ("Mrs", "spokeswoman"), "" when it gives none."""
    for word in title.split():
        plain = fold(word).rstrip(".,")
        gender = genders("honorifics.en.tsv").get(plain) or genders("offices.en.tsv").get(plain)
        if gender:
            return gender
    return ""


def _without_titles(parts: list[str]) -> list[str]:
    """The words after the last honorific or office that stands before the name ("Prime Minister Boris Johnson")."""
    while len(parts) > 1 and is_honorific(parts[0]):
        parts = parts[1:]
    if fold(parts[0]) in given_names() if parts else True:
        return parts
    titles = [i for i, part in enumerate(parts[:-1]) if is_honorific(part) or is_office(part)]
    return parts[titles[-1] + 1 :] if titles else parts


def _stands_family_first(parts: list[str]) -> bool:
    """Whether the family name stands first: "Xi Jinping", "Kim Jong-un"; not "Kim Kardashian"."""
    if fold(parts[0]) not in words("family_first.en.txt"):
        return False
    if fold(parts[0]) not in given_names():
        return True
    return ("-" in parts[1] or len(parts) == 3) and fold(parts[1]) not in given_names()


@cache
def _kept() -> Mapping[str, str]:
    """The names of kept_middle_names.en.txt without white space -> as their key writes them."""
    return {letters(row[0]).replace(" ", ""): letters(row[0]) for row in rows("kept_middle_names.en.txt")}
