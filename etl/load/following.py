"""Reports that a newer method finds cut otherwise: what people decided about them, and their ids, lead to those of now.

A report is called by its characters, so that the same text read by the same method gives the same ids. One that begins
a word later has another id, and is the same thing to whoever decided about it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from etl.load import rows
from etl.load.earlier import spans_of
from etl.load.prepared import Prepared
from etl.load.replacing import redirect
from etl.load.subjects import decided_about
from schema import decisions, tables
from schema.keys import statement_id

SAME = 0.5
"""Characters that two have in common, as a share of all that either has, from which they are one thing."""


def follow(connection: Connection, prepared: Sequence[Prepared]) -> None:
    """Leads from the stored reports of these articles to those that they have now. Not yet placed, and of one text."""
    of = _present(connection, [one.id for one in prepared])
    before = spans_of(connection, of)
    decided = decided_about(connection, {draft.id for one in prepared for draft in one.drafts})
    called: dict[UUID, UUID] = {}
    for one in prepared:
        now = {draft.id: _characters((span.start, span.end) for span in draft.content) for draft in one.drafts}
        gone = {key: _characters(before[key]) for key in before if of[key] == one.id and key not in now}
        # What somebody decided about already needs no other decisions.
        new = {key: its for key, its in now.items() if key not in before and key not in decided}
        called |= _nearest(gone, new)
    if called:
        decisions.rename(connection, called)
        redirect(connection, called | {statement_id([old]): statement_id([new]) for old, new in called.items()})


def _present(connection: Connection, articles: Collection[UUID]) -> dict[UUID, UUID]:
    """The stored reports of the texts that these articles have, and whose each is."""
    report = rows.table_of(tables.Report)
    query = select(report.c.id, report.c.article_id).where(report.c.text_hash.is_(None))
    return {row.id: row.article_id for row in rows.among(connection, query, report.c.article_id, articles)}


def _nearest(gone: Mapping[UUID, frozenset[int]], new: Mapping[UUID, frozenset[int]]) -> dict[UUID, UUID]:
    """Each that is gone with the new one that shares most with it; none twice."""
    shared = [
        (len(characters & others) / len(characters | others), old, now)
        for old, characters in gone.items()
        for now, others in new.items()
    ]
    found: dict[UUID, UUID] = {}
    for score, old, now in sorted(shared, key=lambda one: (-one[0], one[1:])):
        if score >= SAME and old not in found and now not in found.values():
            found[old] = now
    return found


def _characters(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(at for start, end in spans for at in range(start, end))
