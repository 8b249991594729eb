"""Countries by any of their words: names, adjectives, capitals and seats of government.

A government that speaks is named by its country's common short name; the word printed is its alias.
"""

from collections.abc import Mapping
from enum import StrEnum
from functools import cache

from etl.resolve.lists import rows


class Word(StrEnum):
    """In which way a word means a country."""

    NAME = "name"
    CAPITAL = "capital"
    SEAT = "seat"


@cache
def places() -> Mapping[str, tuple[str, Word]]:
    """Every name, capital and seat as printed -> the country's common short name, and which of the three it is."""
    found: dict[str, tuple[str, Word]] = {}
    for name, _demonyms, aliases, capitals, seats in map(_padded, rows("countries.en.tsv")):
        for word, forms in ((Word.SEAT, seats), (Word.CAPITAL, capitals), (Word.NAME, f"{name},{aliases}")):
            found.update({form: (name, word) for form in forms.split(",") if form})
    return found


@cache
def adjectives() -> Mapping[str, str]:
    """Every adjective and demonym as printed ("Ukrainian", "Britons", "US") -> the country's common short name."""
    return {form: row[0] for row in map(_padded, rows("countries.en.tsv")) for form in row[1].split(",") if form}


def country_of(word: str) -> str | None:
    """The country that a name, adjective, capital or seat means, None for any other word."""
    place = places().get(word)
    return place[0] if place else adjectives().get(word)


def _padded(row: tuple[str, ...]) -> tuple[str, ...]:
    return row + ("",) * (5 - len(row))
