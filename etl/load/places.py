"""Where an event is reported from: the place that most of its articles' datelines give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from schema.keys import fold


@dataclass(frozen=True, slots=True)
class Written:
    """Of an article of an event: where it was written, what it copies, and from when on it may have been published."""

    id: UUID
    place: str | None
    copy_of_id: UUID | None = None
    published_from: datetime | None = None


def place_of(articles: Iterable[Written]) -> str | None:
    """The place that most of the articles give, in its fullest spelling; None where none gives one.

    A copy and what it copies count as one, by the place of the one published first. What stands after the first comma
    tells no two places apart: "Vikholm, Norway" is Vikholm. Of places that equally many give the one given first.
    """
    in_order = sorted((article for article in articles if article.place), key=_first)
    given: dict[UUID, Written] = {}
    for article in in_order:
        given.setdefault(article.copy_of_id or article.id, article)
    votes: dict[str, list[Written]] = {}
    for article in given.values():
        votes.setdefault(_town(article), []).append(article)
    if not votes:
        return None
    # Of equally many the first: the votes stand in the order in which the places were given.
    town = max(votes, key=lambda town: len(votes[town]))
    return _fullest([article.place for article in in_order if article.place and _town(article) == town])


def _first(article: Written) -> tuple[datetime, UUID]:
    """By publication, those without a date last, then by id."""
    return article.published_from or datetime.max.replace(tzinfo=UTC), article.id


def _town(article: Written) -> str:
    return fold((article.place or "").partition(",")[0])


def _fullest(spellings: Sequence[str]) -> str:
    """The longest; of those one in small letters, then one with accents, then by its letters."""
    return min(spellings, key=lambda spelling: (-len(spelling), spelling.isupper(), spelling.isascii(), spelling))
