"""Articles into the graph: their rows, and anew the names, statements, events and counts that they touch."""

from collections.abc import Sequence

from sqlalchemy import Connection

from etl.load import articles, copies, events, neighbours, outlets, profiles, sources, speakers, statements, turns
from etl.load.identities import identify
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.load.turns import Turn
from schema import decisions


def place(
    connection: Connection, run: Run, prepared: Sequence[Prepared], turn: Turn, *, is_bringing: bool = True
) -> None:
    """Writes these articles, and anew what hangs together with them.

    turn: the days that the load has for itself. Raises Outgrown when it needs more. is_bringing: they are the run's
    then; else they are all stored, and stay those of the loads that brought them.
    """
    if not prepared:
        return
    now, load = run.started_at, run.id if is_bringing else None
    ids, resolved, records = zip(*((one.id, one.resolved, one.raw) for one in prepared), strict=True)
    # The days: which articles are alike, of one event, of one text.
    turns.check(connection, turn, ids)
    again = articles.among_stored(connection, ids)
    printed_by = sources.of(connection, again)
    sources.add(connection, records)
    articles.write(connection, resolved, [one.row for one in prepared], again, load, run.method, now)
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
