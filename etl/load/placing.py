"""Articles into the graph: their rows, and anew the names, statements, events and counts that they touch."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from etl.load import (
    articles,
    copies,
    erased,
    events,
    neighbours,
    outlets,
    profiles,
    sources,
    speakers,
    statements,
    turns,
)
from etl.load.identities import identify
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.load.turns import Turn
from schema import decisions


def place(connection: Connection, run: Run, prepared: Sequence[Prepared], turn: Turn) -> Mapping[str, int]:
    """Writes these articles, and anew what hangs together with them; by how much that changes what was counted of them.

    turn: the days that the load has for itself. Raises Outgrown when it needs more.
    """
    if not prepared:
        return {}
    now = run.started_at
    ids, records = [one.id for one in prepared], [one.raw for one in prepared]
    resolved = [one.resolved for one in prepared]
    # The days: which articles are alike, of one event, of one text.
    turns.check(connection, turn, ids)
    again = articles.among_stored(connection, ids)
    printed_by = sources.of(connection, again)
    sources.add(connection, records)
    articles.write(connection, resolved, [one.row for one in prepared], again, run.id, run.method, now)
    neighbours.index(connection, prepared, again)
    likenesses = neighbours.compare(connection, prepared, again)
    related = copies.relate(connection, [one.edition for one in prepared], again)
    # Copies count as one for what an event tells.
    regrouped = events.regroup(connection, ids, likenesses, related.changed)
    turns.check(connection, turn, regrouped.read | related.read)
    # The people: who is who, who said what.
    turns.settle_people(connection)
    sources.name(connection, records)
    old = statements.take_out(connection, again)
    gone = profiles.take_out(connection, again)
    prepared, counted = erased.without(connection, prepared)
    resolved = [one.resolved for one in prepared]
    speakers.write(connection, resolved, now)
    who = identify(connection, {one.id: one.profiles for one in prepared}, gone, now)
    speakers.rename_bodies(connection, gone.own, now)
    touched = speakers.name(connection, resolved, who) | who.touched | old.speakers
    decided = decisions.reattributed_to(connection, who.touched)
    drafts = [draft for one in prepared for draft in one.drafts]
    statements.remerge(connection, drafts, who, old, regrouped.articles, run, now, decided, related.changed)
    events.remove_empty(connection, regrouped.left)
    speakers.settle(connection, touched, now)
    outlets.tie(connection, touched, ids)
    # An article's outlet may be known better than before.
    sources.remove_unused(connection, printed_by)
    return counted
