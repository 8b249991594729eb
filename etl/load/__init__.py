"""Resolved articles into rows: the only part of the ETL that opens a transaction.

A batch is one transaction: its rows, its outcome counts and its run record are committed together or not at all.
Everything derived (names, statements, events, counts) is computed anew from what is stored for whatever a batch
touches, so that the database is a function of the set of articles and not of the order in which they came. Several
loads write to PostgreSQL at once (etl.load.turns).
"""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from uuid import UUID, uuid4

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from etl.garbage import not_collected
from etl.load import annotations, given, placing, quarantine, replacing, runs, sources, statistics, turns, withholding
from etl.load.given import Given
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.load.turns import Outgrown, Turn
from etl.load.waiting import Waiting, take_in
from etl.merge.words import words_of
from etl.records import RawArticle, Refused
from etl.settings import QuarantineSettings
from schema.database import Database, reading, writing

__all__ = ["Overtaken", "Run", "begin", "finish", "place", "store"]


AS_SET = QuarantineSettings()
"""As the quarantine is set where nobody sets it otherwise."""


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
    prepared: Sequence[Prepared],
    refused: Sequence[Refused],
    outcomes: Mapping[str, int],
    *,
    waiting: Sequence[Waiting] = (),
    replaced: Mapping[UUID, Collection[UUID]] = MappingProxyType({}),
    records: Sequence[tuple[UUID, RawArticle]] = (),
    earlier: Sequence[placing.Earlier] = (),
    holds: Callable[[Connection], bool] = lambda connection: True,
    released: Collection[UUID] = (),
    limits: QuarantineSettings = AS_SET,
    again: Callable[[Connection, Sequence[Prepared]], None] | None = None,
) -> Mapping[str, int]:
    """Writes a batch in one transaction: each article once at most, its older rows replaced; how all of it ended.

    outcomes are added to those of the run, changed by what people decided not to store. waiting: articles that are not
    stored yet, and are not placed now. replaced: stored articles that
    those of these ids are (etl.known.Settled).
    records: what the load gave of stored articles, those of the batch among them, by their ids.
    earlier: those of replaced articles as they were with texts that they have no longer (placing.place_earlier).
    holds: whether what the batch was made on still holds (etl.known.Known). Raises Overtaken, having written nothing,
    where it does not.
    released: rows of the quarantine that the batch has settled. limits: of the quarantine; what goes because of them is
    returned: further outcomes, of the run as well.
    again: where the run brings no articles but reads stored ones anew, all that it does beside, before it places them.
    """
    with not_collected():
        _warm(prepared)
        brought: Sequence[Prepared | Waiting] = [*prepared, *waiting]
        # Articles of any day may go.
        turn = Turn(None) if replaced else Turn.of(one.raw.published_on for one in brought)
        while True:
            try:
                with writing(database, beside_others=not turn.is_everything) as connection:
                    turns.take(connection, turn)
                    if not holds(connection):
                        raise Overtaken
                    runs.record(connection, run.id, run.started_at, run.method)
                    gone = replacing.take_out(connection, replaced, run.started_at)
                    since = placing.place_earlier(connection, run, earlier, turn) if earlier else {}
                    if again is not None:
                        again(connection, prepared)
                    further = placing.place(connection, run, prepared, turn, since, is_bringing=again is None)
                    replacing.put_back(connection, gone)
                    take_in(connection, run, waiting)
                    found_now = [one.found_now for one in (*(one.prepared for one in earlier), *brought)]
                    annotations.keep(connection, found_now, run.method)
                    given.add(connection, [Given(article, run.id, raw) for article, raw in records])
                    sources.name(connection, [raw for _, raw in records if raw.source and raw.domain])
                    stored = {*(one.id for one in brought), *(article for article, _ in records)}
                    withholding.follow(connection, stored, run.started_at)
                    quarantine.keep(connection, run.id, refused)
                    quarantine.release(connection, released)
                    counted = Counter(outcomes)
                    counted.update(further)
                    counted.update(quarantine.make_room(connection, limits) if refused else {})
                    runs.count(connection, run.id, counted)
                statistics.gather(database)
                return +counted
            except Outgrown as more:
                turn = more.turn
            except IntegrityError as error:
                # The same article with another day, in a load that has that day for itself.
                with reading(database) as connection:
                    if holds(connection):
                        raise
                raise Overtaken from error


def place(database: Database, run: Run, prepared: Sequence[Prepared], holds: Callable[[Connection], bool]) -> None:
    """Places stored articles that wait, in one transaction. run: that which brought all of them, begun now.

    holds: whether they wait still. Raises Overtaken, having written nothing, where one does not.
    """
    with not_collected():
        _warm(prepared)
        turn = Turn.of(one.raw.published_on for one in prepared)
        while True:
            try:
                with writing(database, beside_others=not turn.is_everything) as connection:
                    turns.take(connection, turn)
                    if not holds(connection):
                        raise Overtaken
                    further = placing.place(connection, run, prepared, turn, is_bringing=False)
                    withholding.follow(connection, {one.id for one in prepared}, run.started_at)
                    runs.count(connection, run.id, further)
                statistics.gather(database)
                return
            except Outgrown as more:
                turn = more.turn


def _warm(prepared: Sequence[Prepared]) -> None:
    for one in prepared:
        for draft in one.drafts:
            # It is remembered, and asked for while other loads wait.
            _ = words_of(draft.text).telling


def finish(
    database: Database,
    run: Run,
    outcomes: Mapping[str, int],
    now: datetime,
    undone: UUID | None = None,
    limits: QuarantineSettings = AS_SET,
) -> Mapping[str, int]:
    """Closes the run: its last outcomes and the time it ended. undone: the load that it has taken back.

    What has been in quarantine for too long goes, and is returned: further outcomes of the run.
    """
    with writing(database, beside_others=True) as connection:
        runs.record(connection, run.id, run.started_at, run.method)
        expelled = Counter(quarantine.expire(connection, limits, run.started_at))
        expelled += Counter(quarantine.make_room(connection, limits))
        runs.count(connection, run.id, Counter(outcomes) + expelled)
        runs.close(connection, run.id, now)
        if undone is not None:
            runs.mark_undone(connection, undone, now)
    return expelled
