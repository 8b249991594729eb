"""Articles taken out of the graph, as if they had never been loaded: the way back of etl.load.store."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from etl.load import articles, copies, events, neighbours, outlets, profiles, rows, sources, speakers, statements
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
    printed_by = sources.of(connection, there)
    rows.remove(connection, tables.Article, "id", there)
    events.remove_empty(connection, regrouped.left | left.events)
    speakers.rename_bodies(connection, gone.own, now)
    speakers.settle(connection, touched, now)
    moved = {row.article_id for row in profiles.loaded(connection, "id", who.moved).values()}
    outlets.tie(connection, touched, moved)
    sources.remove_unused(connection, printed_by)
    sources.rename(connection, printed_by)
    return there
