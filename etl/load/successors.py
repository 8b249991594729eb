"""From ids that nothing has any more to what their things are in now: the API answers with the same (SUPERSEDED)."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, Table, select

from etl.load import rows
from schema import tables

Pairs = list[tuple[UUID, UUID]]


def merged_into(connection: Connection, table: Table, gone: Collection[UUID]) -> Mapping[UUID, UUID]:
    """What is stored in this table now and has taken in one of these, by whom it took in; of the others there is none.

    table: of articles, reports, statements, events or speakers.
    """
    redirect = rows.table_of(tables.Redirect)
    called = {row.id: row.successor_id for row in rows.among(connection, select(redirect), redirect.c.id, gone)}
    # Where an article was called otherwise, so was what is called by it.
    now = {old: called.get(old, old) for old in gone}
    follow = _FOLLOWED.get(table.name)
    members = Counter(follow(connection, set(now.values()))) if follow else Counter()
    into: dict[UUID, UUID] = {}
    for (old, successor), _ in sorted(members.items(), key=lambda one: (-one[1], one[0])):
        into.setdefault(old, successor)
    found = {old: into.get(name, name) for old, name in now.items()}
    there = {row.id for row in rows.among(connection, select(table.c.id), table.c.id, set(found.values()))}
    return {old: successor for old, successor in found.items() if successor in there and successor != old}


def _statements(connection: Connection, gone: Collection[UUID]) -> Pairs:
    """The statements that carry the reports these were called by."""
    report = rows.table_of(tables.Report)
    query = select(report.c.own_statement_id, report.c.statement_id)
    return [(own, now) for own, now in map(tuple, rows.among(connection, query, report.c.own_statement_id, gone))]


def _events(connection: Connection, gone: Collection[UUID]) -> Pairs:
    """The events that the articles these were called by are of first of all."""
    article, link = rows.table_of(tables.Article), rows.table_of(tables.EventArticle)
    joined = link.c.article_id == article.c.id
    query = select(article.c.own_event_id, link.c.event_id).join(link, joined).where(link.c.main)
    return [(own, now) for own, now in map(tuple, rows.among(connection, query, article.c.own_event_id, gone))]


def _speakers(connection: Connection, gone: Collection[UUID]) -> Pairs:
    """Whom the profiles of these names mean, each of them once."""
    profile = rows.table_of(tables.Profile)
    query = select(profile.c.own_id, profile.c.speaker_id).where(profile.c.own_id != profile.c.speaker_id)
    return [(own, now) for own, now in map(tuple, rows.among(connection, query, profile.c.own_id, gone))]


_FOLLOWED: Mapping[str, Callable[[Connection, Collection[UUID]], Pairs]] = {
    "statement": _statements,
    "event": _events,
    "speaker": _speakers,
}
