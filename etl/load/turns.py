"""Whose turn it is: the days of the news that a load has for itself, while others place theirs.

On PostgreSQL several loads place at once. What an article is near, what event it is of and whose copy it is depends on
articles of about its time alone, so that loads of other times do it side by side. Who is who and who said what is then
settled by one load after the other, at the end of its transaction: people are in the news all the time. Locks are taken
in one order: everything (by one, or shared), days rising, people, the quarantine. A load that finds that it needs more
days, or meets an article without a day, begins anew with all that it needs. SQLite has one writer at a time.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, select, text

from etl.group import window
from etl.load import rows
from etl.load.copies import REACH
from schema import tables
from schema.database import is_postgresql
from schema.dates import Edtf, parse_edtf

CELL = 2 * REACH
"""Windows (days) that are locked together: an article's neighbours are in one or two cells."""

_DAYS, _PEOPLE = 0x71646179, 0x7170656F
"""First keys of the advisory locks ("qday", "qpeo" in hexadecimal); the second is the cell."""


@dataclass(frozen=True, slots=True)
class Turn:
    """The cells of days that a load has for itself; None: everything."""

    cells: frozenset[int] | None

    @classmethod
    def of(cls, days: Iterable[Edtf | None]) -> "Turn":
        """What articles of these days need; one without a day may be near any other."""
        windows = [window(day) for day in days]
        found: set[int] = set()
        for at in windows:
            if at is None:
                return cls(None)
            found |= set(range((at - REACH) // CELL, (at + REACH) // CELL + 1))
        return cls(frozenset(found))

    @property
    def is_everything(self) -> bool:
        """Whether nobody else may write."""
        return self.cells is None

    def with_(self, other: "Turn") -> "Turn":
        """What both need."""
        if self.cells is None or other.cells is None:
            return Turn(None)
        return Turn(self.cells | other.cells)

    def has(self, windows: Iterable[int | None]) -> bool:
        """Whether articles of these windows are this load's alone."""
        return self.cells is None or all(at is not None and at // CELL in self.cells for at in windows)


class Outgrown(Exception):  # noqa: N818 - no error: the load begins anew
    """A load met articles that it has not for itself. turn: what it needs of days."""

    def __init__(self, turn: Turn) -> None:
        super().__init__(turn)
        self.turn = turn


def take(connection: Connection, turn: Turn) -> None:
    """Waits until the days are this load's, to the end of its transaction."""
    if is_postgresql(connection):
        for cell in sorted(turn.cells or ()):
            connection.execute(text("SELECT pg_advisory_xact_lock(:kind, :cell)"), {"kind": _DAYS, "cell": cell})


def check(connection: Connection, turn: Turn, articles: Collection[UUID]) -> None:
    """Raises Outgrown where one of these stored articles is of a day that this load has not for itself."""
    if turn.is_everything or not is_postgresql(connection):
        return
    article = rows.table_of(tables.Article)
    found = rows.among(connection, select(article.c.published_on).distinct(), article.c.id, articles)
    days = {row.published_on and parse_edtf(row.published_on) for row in found}
    if not turn.has(map(window, days)):
        raise Outgrown(turn.with_(Turn.of(days)))


def settle_people(connection: Connection) -> None:
    """Waits until nobody else settles who is who, to the end of this transaction."""
    if is_postgresql(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:kind, 0)"), {"kind": _PEOPLE})
