"""Resolved articles into rows: the only part of the ETL that opens a transaction.

A batch is one transaction: its rows, its outcome counts and its run record are committed together or not at all.
Everything derived (names, statements, events, counts) is computed anew from what is stored for whatever a batch
touches, so that the database is a function of the set of articles and not of the order in which they came. Several
loads write to PostgreSQL at once (etl.load.turns).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from etl.garbage import not_collected
from etl.load import (
    articles,
    copies,
    events,
    neighbours,
    outlets,
    profiles,
    replacing,
    runs,
    sources,
    speakers,
    statements,
    turns,
)
from etl.load.identities import identify
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.load.turns import Outgrown, Turn
from etl.records import Refused, ResolvedArticle
from schema import decisions
from schema.database import reading, writing

__all__ = ["Overtaken", "Run", "begin", "finish", "store"]


class Overtaken(Exception):  # noqa: N818 - no error: the batch is worked out anew
    """Another load has stored articles of this batch since it was read what is known of them."""


def begin(engine: Engine, method: str, now: datetime) -> Run:
    """A new run, recorded with the first batch it stores or at its end.

    Raises DatabaseError when no database answers.
    """
    with reading(engine):
        return Run(uuid4(), now, method)


def store(
    engine: Engine,
    run: Run,
    resolved: Sequence[ResolvedArticle],
    refused: Sequence[Refused],
    outcomes: Mapping[str, int],
    replaced: Mapping[UUID, Collection[UUID]] = MappingProxyType({}),
    holds: Callable[[Connection], bool] = lambda connection: True,
) -> None:
    """Writes a batch in one transaction: each article once at most, its older rows replaced.

    outcomes are added to those of the run. replaced: stored articles that those of these ids are (etl.known.Settled).
    holds: whether what the batch was made on still holds (etl.known.Known).
    Raises Overtaken, having written nothing, where it does not.
    """
    with not_collected():
        prepared = [Prepared.of(item) for item in resolved]
        # Articles of any day may go.
        turn: Turn | None = Turn(None) if replaced else Turn.of(one.raw.published_on for one in prepared)
        while turn is not None:
            try:
                with writing(engine, beside_others=not turn.is_everything) as connection:
                    turns.take(connection, turn)
                    if not holds(connection):
                        raise Overtaken
                    runs.record(connection, run.id, run.started_at, run.method)
                    runs.reject(connection, run.id, refused)
                    gone = replacing.take_out(connection, replaced, run.started_at)
                    _write(connection, run, prepared, turn)
                    replacing.add_revisions(connection, gone)
                    runs.count(connection, run.id, outcomes)
                turn = None
            except Outgrown as more:
                turn = more.turn
            except IntegrityError as error:
                # The same article with another day, in a load that has that day for itself.
                with reading(engine) as connection:
                    if holds(connection):
                        raise
                raise Overtaken from error


def finish(engine: Engine, run: Run, outcomes: Mapping[str, int], now: datetime) -> None:
    """Closes the run: its last outcomes and the time it ended."""
    with writing(engine, beside_others=True) as connection:
        runs.record(connection, run.id, run.started_at, run.method)
        runs.count(connection, run.id, outcomes)
        runs.close(connection, run.id, now)


def _write(connection: Connection, run: Run, prepared: Sequence[Prepared], turn: Turn) -> None:
    if not prepared:
        return
    now = run.started_at
    ids, resolved, records = zip(*((one.id, one.resolved, one.raw) for one in prepared), strict=True)
    # The days: which articles are alike, of one event, of one text.
    turns.check(connection, turn, ids)
    again = articles.among_stored(connection, ids)
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
