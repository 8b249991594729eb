"""Articles taken out of the graph, as if they had never been loaded: the way back of etl.load.store."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, exists, select

from etl.load import articles, copies, events, neighbours, outlets, profiles, rows, speakers, statements
from etl.load.identities import identify
from schema import decisions, tables


def remove(connection: Connection, removed: Collection[UUID], now: datetime) -> frozenset[UUID]:
    """Removes these articles and all that rests on them alone; what rests on others too is computed anew.

    Returns those that were there. Decisions about what they said stay, for they may come again. Whoever calls has the
    database for himself (schema.database.writing).
    """
    there = frozenset(articles.among_stored(connection, removed))
    if not there:
        return there
    # The days: whoever was near them is grouped without them.
    near = neighbours.take_out(connection, there)
    related = copies.take_out(connection, there)
    left = events.take_out(connection, there)
    regrouped = events.regroup(connection, [], {}, (near | left.articles | related.changed) - there)
    # The people.
    old = statements.take_out(connection, there)
    gone = profiles.take_out(connection, there)
    named = speakers.take_out(connection, there)
    who = identify(connection, {}, gone, now)
    touched = named | speakers.name(connection, [], who) | who.touched | old.speakers
    decided = decisions.reattributed_to(connection, who.touched)
    statements.remerge(connection, [], who, old, regrouped.articles, None, now, decided, related.changed - there)
    printed_by = _outlets_of(connection, there)
    rows.remove(connection, tables.Article, "id", there)
    events.remove_empty(connection, regrouped.left | left.events)
    speakers.rename_bodies(connection, gone.own, now)
    speakers.settle(connection, touched, now)
    moved = {row.article_id for row in profiles.loaded(connection, "id", who.moved).values()}
    outlets.tie(connection, touched, moved)
    _remove_unused_outlets(connection, printed_by)
    return there


def _outlets_of(connection: Connection, printed: Collection[UUID]) -> set[UUID]:
    article = rows.table_of(tables.Article)
    return {row.source_id for row in rows.among(connection, select(article.c.source_id), article.c.id, printed)}


def _remove_unused_outlets(connection: Connection, outlets_of: Collection[UUID]) -> None:
    """Those that printed nothing any more and that no report came by."""
    source = rows.table_of(tables.Source)
    references = (rows.table_of(tables.Article).c.source_id, rows.table_of(tables.ReportingLink).c.source_id)
    unused = select(source.c.id).where(*(~exists().where(column == source.c.id) for column in references))
    found = {row.id for row in rows.among(connection, unused, source.c.id, outlets_of)}
    rows.remove(connection, tables.Source, "id", found)
