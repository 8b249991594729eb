"""Articles into the graph: their rows, and anew the names, statements, events and counts that they touch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import Connection, select

from etl.load import (
    articles,
    copies,
    erased,
    events,
    neighbours,
    outlets,
    profiles,
    rows,
    sources,
    speakers,
    statements,
    turns,
    waiting,
)
from etl.load.earlier import Kept, Replaced
from etl.load.identities import identify
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.load.turns import Turn
from schema import decisions, tables


@dataclass(frozen=True, slots=True)
class Earlier:
    """An article as it was with an earlier text. load: which brought that; until: which brought another one."""

    prepared: Prepared
    load: UUID
    until: UUID


def place_earlier(connection: Connection, run: Run, earlier: Sequence[Earlier], turn: Turn) -> Mapping[UUID, datetime]:
    """Writes articles that are not there as they were, one text after the other, as if the loads of then did.

    earlier: those of an article in the order in which it had them. Returns since when their last ones are replaced.
    """
    table, loads = rows.table_of(tables.Load), {load for one in earlier for load in (one.load, one.until)}
    found = rows.among(connection, select(table.c.id, table.c.started_at), table.c.id, loads)
    started = {row.id: row.started_at for row in found}
    since: dict[UUID, datetime] = {}
    for one in earlier:
        place(connection, Run(one.load, started[one.load], run.method), [one.prepared], turn, since)
        since[one.prepared.id] = started[one.until]
    return since


def place(
    connection: Connection,
    run: Run,
    prepared: Sequence[Prepared],
    turn: Turn,
    since: Mapping[UUID, datetime] = MappingProxyType({}),
    *,
    is_bringing: bool = True,
) -> Mapping[str, int]:
    """Writes these articles, and anew what hangs together with them; by how much that changes what was counted of them.

    turn: the days that the load has for itself. Raises Outgrown when it needs more. since: when the texts were replaced
    that articles had so far; missing where the run replaces them. is_bringing: they are the run's then; else they are
    all stored, and stay those of the loads that brought them.
    """
    if not prepared:
        return {}
    now, load = run.started_at, run.id if is_bringing else None
    ids, records = [one.id for one in prepared], [one.raw for one in prepared]
    resolved = [one.resolved for one in prepared]
    # The days: which articles are alike, of one event, of one text.
    turns.check(connection, turn, ids)
    again = articles.among_stored(connection, ids)
    printed_by = sources.of(connection, again)
    sources.add(connection, records)
    texts = articles.write(connection, records, [one.row for one in prepared], again, load, run.method, now)
    waiting.release(connection, again)
    neighbours.index(connection, prepared, again)
    likenesses = neighbours.compare(connection, prepared, again)
    related = copies.relate(connection, prepared, again)
    # Copies count as one for what an event tells.
    regrouped = events.regroup(connection, ids, likenesses, related.changed)
    turns.check(connection, turn, regrouped.read | related.read)
    # The people: who is who, who said what.
    turns.settle_people(connection)
    sources.name(connection, records)
    at = {article: since.get(article, now) for article in texts}
    replaced = Replaced(
        [(one.id, one.raw) for one in prepared], texts, [draft for one in prepared for draft in one.drafts], at
    )
    old = statements.take_out(connection, again, replaced)
    kept = Kept.of(connection, old.withdrawn, {one.id for each in prepared for one in each.profiles.values()})
    gone = profiles.take_out(connection, again)
    prepared, counted = erased.without(connection, prepared)
    resolved = [one.resolved for one in prepared]
    speakers.write(connection, resolved, now, kept.every_profile)
    who = identify(
        connection, {one.id: {**kept.profiles.get(one.id, {}), **one.profiles} for one in prepared}, gone, now
    )
    kept.put_back(connection, who)
    speakers.rename_bodies(connection, gone.own, now)
    touched = speakers.name(connection, resolved, who) | who.touched | old.speakers
    decided = decisions.reattributed_to(connection, who.touched) | old.withdrawn
    drafts = [draft for one in prepared for draft in one.drafts]
    statements.remerge(connection, drafts, who, old, regrouped.articles, run, now, decided, related.changed)
    events.remove_empty(connection, regrouped.left)
    speakers.settle(connection, touched, now)
    outlets.tie(connection, touched, ids)
    # An article's outlet may be known better than before.
    sources.remove_unused(connection, printed_by)
    return counted
