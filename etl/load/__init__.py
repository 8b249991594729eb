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

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from etl.garbage import not_collected
from etl.load import annotations, given, placing, replacing, runs, sources, turns
from etl.load.given import Given
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.load.turns import Outgrown, Turn
from etl.records import RawArticle, Refused, ResolvedArticle
from schema.database import Database, reading, writing

__all__ = ["Overtaken", "Run", "begin", "finish", "store"]


class Overtaken(Exception):  # noqa: N818 - no error: the batch is worked out anew
    """Another load has stored articles of this batch since it was read what is known of them."""


def begin(database: Database, method: str, now: datetime) -> Run:
    """A new run, recorded with the first batch it stores or at its end.

    Raises DatabaseError when no database answers.
    """
    with reading(database):
        return Run(uuid4(), now, method)


def store(
    database: Database,
    run: Run,
    resolved: Sequence[ResolvedArticle],
    refused: Sequence[Refused],
    outcomes: Mapping[str, int],
    replaced: Mapping[UUID, Collection[UUID]] = MappingProxyType({}),
    records: Sequence[tuple[UUID, RawArticle]] = (),
    holds: Callable[[Connection], bool] = lambda connection: True,
    again: Callable[[Connection, Sequence[Prepared]], None] | None = None,
) -> None:
    """Writes a batch in one transaction: each article once at most, its older rows replaced.

    outcomes are added to those of the run. replaced: stored articles that those of these ids are (etl.known.Settled).
    records: what the load gave of stored articles, those of the batch among them, by their ids.
    holds: whether what the batch was made on still holds (etl.known.Known). again: where the run brings no articles but
    reads stored ones anew, all that it does beside, before it places them.
    Raises Overtaken, having written nothing, where it does not.
    """
    with not_collected():
        prepared = [Prepared.of(item) for item in resolved]
        # Articles of any day may go.
        turn: Turn | None = Turn(None) if replaced else Turn.of(one.raw.published_on for one in prepared)
        while turn is not None:
            try:
                with writing(database, beside_others=not turn.is_everything) as connection:
                    turns.take(connection, turn)
                    if not holds(connection):
                        raise Overtaken
                    runs.record(connection, run.id, run.started_at, run.method)
                    runs.reject(connection, run.id, refused)
                    gone = replacing.take_out(connection, replaced, run.started_at)
                    if again is not None:
                        again(connection, prepared)
                    placing.place(connection, run, prepared, turn, is_bringing=again is None)
                    replacing.put_back(connection, gone)
                    annotations.keep(connection, resolved, run.method)
                    given.add(connection, [Given(article, run.id, raw) for article, raw in records])
                    sources.name(connection, [raw for _, raw in records if raw.source and raw.domain])
                    runs.count(connection, run.id, outcomes)
                turn = None
            except Outgrown as more:
                turn = more.turn
            except IntegrityError as error:
                # The same article with another day, in a load that has that day for itself.
                with reading(database) as connection:
                    if holds(connection):
                        raise
                raise Overtaken from error


def finish(
    database: Database, run: Run, outcomes: Mapping[str, int], now: datetime, undone: UUID | None = None
) -> None:
    """Closes the run: its last outcomes and the time it ended. undone: the load that it has taken back."""
    with writing(database, beside_others=True) as connection:
        runs.record(connection, run.id, run.started_at, run.method)
        runs.count(connection, run.id, outcomes)
        runs.close(connection, run.id, now)
        if undone is not None:
            runs.mark_undone(connection, undone, now)
