"""An end to operations that take too long, down in the database as well.

Cancelling a task is not enough on SQLite: the statement goes on in the driver's thread, and whoever gives the
connection back waits for it. So the connections an operation holds are known, and interrupted when it is cancelled.
PostgreSQL's driver cancels its statement by itself.
"""

import asyncio
from collections.abc import Coroutine
from contextvars import ContextVar
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

T = TypeVar("T")

_held: ContextVar[set[Any]] = ContextVar("_held")
"""The driver's connections that this operation has queried and not given back."""

_AGAIN_S = 0.05
"""Seconds until the next interruption: one that comes before the statement begins does nothing."""


def watch(engine: AsyncEngine) -> None:
    """Lets `within` interrupt the statements of this engine."""

    @event.listens_for(engine.sync_engine, "before_cursor_execute")
    def _queries(connection: Any, *_arguments: Any) -> None:
        _held.get(set()).add(connection.connection.driver_connection)

    @event.listens_for(engine.sync_engine, "checkin")
    def _gives_back(connection: Any, _record: Any) -> None:
        if connection is not None:
            _held.get(set()).discard(connection.driver_connection)


async def within(seconds: float, work: Coroutine[Any, Any, T]) -> T:
    """What the work gives back. Raises TimeoutError, with the work ended and its statements too, after that time."""
    held: set[Any] = set()
    token = _held.set(held)
    try:
        task = asyncio.create_task(work)
    finally:
        _held.reset(token)
    try:
        await asyncio.wait({task}, timeout=seconds)
        if task.done():
            return task.result()
    finally:
        task.cancel()
    while not task.done():
        for connection in tuple(held):
            if hasattr(connection, "interrupt"):
                await connection.interrupt()
        await asyncio.wait({task}, timeout=_AGAIN_S)
    raise TimeoutError
