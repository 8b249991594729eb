"""What a client types to search with, as conditions that mean the same on both databases.

Accents and case aside: every letter becomes the class of letters that fold to it, in a regular expression that Python's
re (behind SQLite) and PostgreSQL read alike; LIKE would know neither on SQLite. Words are whole words.
"""

import re
import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, and_, false, or_
from sqlalchemy.sql.elements import SQLCoreOperations

from schema.graphql.errors import BadUserInputError, readable
from schema.graphql.limits import MAX_NAME_LENGTH, MAX_SEARCH_LENGTH, MAX_SEARCH_TERMS
from schema.keys import fold

_TERM = re.compile(r'(-?)(?:"([^"]*)"|“([^”]*)”|(\S+))')
_LETTER = "0-9A-Za-z_À-ÖØ-öø-ʯͰ-ӿḀ-ỿ"
"""Letters by code point: \\w depends on the locale of a PostgreSQL database."""
_LAST_FOLDED_LETTER = 0x1EFF
"""Latin, Greek and Cyrillic letters, with accents or without, lie below."""


@dataclass(frozen=True, slots=True)
class Search:
    """Patterns that must all occur in a text, and patterns of which none may."""

    required: tuple[str, ...]
    excluded: tuple[str, ...]

    def found_in(self, *columns: SQLCoreOperations[str] | SQLCoreOperations[str | None]) -> ColumnElement[bool]:
        """Whether every required pattern occurs in one of the columns; excluded ones are not looked at."""
        return and_(*(or_(*(column.regexp_match(each) for column in columns)) for each in self.required))

    def refused_by(self, *columns: SQLCoreOperations[str] | SQLCoreOperations[str | None]) -> ColumnElement[bool]:
        """Whether an excluded pattern occurs in one of the columns."""
        return or_(false(), *(column.regexp_match(each) for each in self.excluded for column in columns))


def search(value: str, place: str) -> Search:
    """What a client types: words, "exact phrases", -excluded words and -"phrases".

    Raises BadUserInputError when it is too long or asks for nothing.
    """
    readable(value, place)
    if len(value) > MAX_SEARCH_LENGTH:
        raise BadUserInputError(place, value, f"has more than {MAX_SEARCH_LENGTH} characters; search for less")
    terms = [(minus, (phrase or curly or word).strip()) for minus, phrase, curly, word in _TERM.findall(value)]
    wanted = [(minus, pattern(term)) for minus, term in terms if any(map(str.isalnum, term))]
    if len(wanted) > MAX_SEARCH_TERMS:
        raise BadUserInputError(place, value, f"has more than {MAX_SEARCH_TERMS} words and phrases; search for fewer")
    required = tuple(each for minus, each in wanted if not minus)
    if not required:
        raise BadUserInputError(place, value, "has no word to look for; give at least one that is not excluded")
    return Search(required, tuple(each for minus, each in wanted if minus))


def pattern(term: str, *, whole: bool = False) -> str:
    """A regular expression for the term, accents and case aside, within a text or (whole) as all of it.

    >>> bool(re.search(pattern("melanie"), "Ms MÉLANIE Joly")), bool(re.search(pattern("war"), "a warning"))
    (True, False)
    """
    plain = unicodedata.normalize("NFC", " ".join(term.split()))
    middle = "".join(_class(character) for character in plain)
    if whole:
        return f"^{middle}$"
    before = f"(?<![{_LETTER}])" if re.match(f"[{_LETTER}]", plain) else ""
    after = f"(?![{_LETTER}])" if re.search(f"[{_LETTER}]$", plain) else ""
    return before + middle + after


def _class(character: str) -> str:
    if character == " ":
        return r"\s+"
    alike = _letters_by_fold().get(fold(character), "")
    if character.isalpha() and alike:
        # a letter beyond the table, a mathematical one, is itself too
        own = "" if character in alike else character
        return f"[{alike}{own}][\u0300-\u036f]*"
    return "['’]" if character in "'’" else re.escape(character)


@cache
def _letters_by_fold() -> dict[str, str]:
    alike: dict[str, list[str]] = {}
    for code in range(min(_LAST_FOLDED_LETTER, sys.maxunicode) + 1):
        if (letter := chr(code)).isalpha():
            alike.setdefault(fold(letter), []).append(letter)
    return {folded: "".join(letters) for folded, letters in alike.items() if len(folded) == 1}


def folded_name(value: str, place: str) -> str:
    """A name as columns of folded names hold it. Raises BadUserInputError when it is too long or not readable."""
    if len(value) > MAX_NAME_LENGTH:
        raise BadUserInputError(place, value, f"has more than {MAX_NAME_LENGTH} characters; give less of the name")
    return fold(readable(value, place))


def begins_words(folded: SQLCoreOperations[str], typed: Sequence[str]) -> ColumnElement[bool]:
    """Whether each word that somebody types ("jo", "bid") begins a word of a folded name."""
    return and_(
        *(
            or_(
                folded.startswith(word, autoescape=True),
                folded.contains(f" {word}", autoescape=True),
                folded.contains(f"-{word}", autoescape=True),
            )
            for word in typed
        )
    )
