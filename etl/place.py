"""Articles that wait, placed: what a backfill left for later, a batch in one transaction."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from uuid import UUID

from sqlalchemy import Connection

from etl import load as loading
from etl.child import follow_parent
from etl.load import Overtaken, Run, runs, waiting
from etl.load.prepared import Prepared
from etl.load.waiting import Read
from schema.database import Database, reading


@dataclass(frozen=True, slots=True)
class _Batch:
    """Articles that one load brought, and what is being made of them in another process."""

    load: UUID
    ids: Sequence[UUID]
    prepared: "Future[list[Prepared]]"


def place_all(database: Database, *, now: datetime, batch_size: int, tell: Callable[[int], object]) -> int:
    """Places all articles that wait, by the loads that brought them and their days; how many.

    A batch of batch_size articles is one transaction, and tell hears how many are placed so far. Stopped in between, it
    goes on when it is run again. Raises WaitingError where an article waits in a form that this Quoth cannot read.
    """
    placed = 0
    with _preparing() as prepare:
        ahead = _following(database, batch_size, (), prepare)
        while ahead is not None:
            batch, made = ahead, ahead.prepared.result()
            # The next ones are made ready while these are placed.
            ahead = _following(database, batch_size, batch.ids, prepare)
            placed += _placed(database, batch.load, made, now)
            tell(placed)
    return placed


def place(database: Database, waits: Mapping[UUID, UUID], now: datetime) -> None:
    """Places these articles, each with the load that brought it, as far as they wait still."""
    by_load: dict[UUID, list[UUID]] = {}
    for article, load in waits.items():
        by_load.setdefault(load, []).append(article)
    for load, ids in by_load.items():
        with reading(database) as connection:
            found = waiting.read(connection, ids)
        _placed(database, load, _prepared(found), now)


def _following(
    database: Database,
    most: int,
    but_for: Collection[UUID],
    prepare: Callable[[Sequence[Read]], "Future[list[Prepared]]"],
) -> _Batch | None:
    with reading(database) as connection:
        load, ids = waiting.following(connection, most, but_for)
        return None if load is None else _Batch(load, ids, prepare(waiting.read(connection, ids)))


def _placed(database: Database, load: UUID, prepared: Sequence[Prepared], now: datetime) -> int:
    """Places these, but for those that somebody has placed or removed meanwhile; how many."""
    with reading(database) as connection:
        # Rows that it writes now changed now, whenever its load began.
        run = Run(load, now, runs.method_of(connection, load))
    left = list(prepared)
    while left:
        try:
            loading.place(database, run, left, partial(_wait, {one.id for one in left}))
        except Overtaken:
            with reading(database) as connection:
                still = waiting.among(connection, {one.id for one in left})
            left = [one for one in left if one.id in still]
        else:
            break
    return len(left)


def _wait(ids: Collection[UUID], connection: Connection) -> bool:
    return waiting.among(connection, ids).keys() == ids


@contextmanager
def _preparing() -> Iterator[Callable[[Sequence[Read]], "Future[list[Prepared]]"]]:
    """What makes articles ready in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=follow_parent) as pool:
        yield lambda found: pool.submit(_prepared, found)


def _prepared(found: Sequence[Read]) -> list[Prepared]:
    return [Prepared.of(one.resolved) for one in found]
