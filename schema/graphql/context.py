"""What the resolvers of one operation share: a connection that sees one snapshot, and a count of what it cost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

import strawberry
from sqlalchemy import Executable, Row, Select
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from schema.graphql.errors import OperationTooLargeError
from schema.graphql.limits import MAX_ROWS, MAX_STATEMENTS

T = TypeVar("T")


class Once(Generic[T]):
    """The result of a query that several fields share: run when the first of them asks."""

    def __init__(self, run: Callable[[], Awaitable[T]]) -> None:
        self._run = run
        self._lock = asyncio.Lock()
        self._result: tuple[T] | None = None

    async def get(self) -> T:
        async with self._lock:
            if self._result is None:
                self._result = (await self._run(),)
            return self._result[0]


class Context:
    """One operation's view of the database; give each operation its own.

    The connection is taken at the first query and given back by close(), which the schema calls at the end of the
    operation. statements and rows count what was read.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self._session: AsyncSession | None = None
        # Sibling resolvers run concurrently, a connection answers one query at a time.
        self._lock = asyncio.Lock()
        self._shared: dict[tuple[str, UUID], Once[Any]] = {}
        self.statements = 0
        self.rows = 0

    async def read(self, statement: Executable) -> Sequence[Row[*tuple[Any, ...]]]:
        """The rows of a query, in the operation's snapshot.

        Raises OperationTooLargeError when the operation has used up its statements or rows.
        """
        async with self._lock:
            if self.statements >= MAX_STATEMENTS:
                raise OperationTooLargeError(
                    f"The operation needs more than {MAX_STATEMENTS} SQL statements; ask for smaller pages"
                )
            if self._session is None:
                self._session = AsyncSession(self._engine, autoflush=False, expire_on_commit=False)
            self.statements += 1
            rows = (await self._session.execute(statement)).all()
            self.rows += len(rows)
            if self.rows > MAX_ROWS:
                raise OperationTooLargeError(f"The operation reads more than {MAX_ROWS} rows; ask for smaller pages")
            return rows

    async def shared(self, key: tuple[str, UUID], run: Callable[[], Awaitable[T]]) -> T:
        """The result of a query that several objects of the operation share, run for the first of them."""
        once: Once[T] = self._shared.setdefault(key, Once(run))
        return await once.get()

    async def close(self) -> None:
        """Gives the connection back; what was read stays usable. Safe to call twice."""
        async with self._lock:
            if self._session is not None:
                session, self._session = self._session, None
                self._shared.clear()
                await session.close()


Info = strawberry.Info[Context, None]


async def every(info: Info, rows: Select[*tuple[Any, ...]], make: Callable[..., T]) -> list[T]:
    """An object for each row of the query."""
    return [make(*row) for row in await info.context.read(rows)]


async def one(info: Info, rows: Select[*tuple[Any, ...]], make: Callable[..., T]) -> T | None:
    """The object of the query's first row, None when there is none: not found is null."""
    found = await every(info, rows.limit(1), make)
    return found[0] if found else None
