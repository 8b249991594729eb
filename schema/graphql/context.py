"""What the resolvers of one operation share: a connection that sees one snapshot, and a count of what it cost."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Generic, TypeVar

import strawberry
from sqlalchemy import Executable, Row
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from schema.graphql.errors import OperationTooLarge
from schema.graphql.limits import MAX_ROWS, MAX_STATEMENTS

T = TypeVar("T")


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
        self.statements = 0
        self.rows = 0

    async def read(self, statement: Executable) -> Sequence[Row[Any]]:
        """The rows of a query, in the operation's snapshot.

        Raises OperationTooLarge when the operation has used up its statements or rows.
        """
        async with self._lock:
            if self.statements >= MAX_STATEMENTS:
                raise OperationTooLarge(
                    f"The operation needs more than {MAX_STATEMENTS} SQL statements; ask for smaller pages or fewer levels"
                )
            if self._session is None:
                self._session = AsyncSession(self._engine, autoflush=False, expire_on_commit=False)
            self.statements += 1
            rows = (await self._session.execute(statement)).all()
            self.rows += len(rows)
            if self.rows > MAX_ROWS:
                raise OperationTooLarge(
                    f"The operation reads more than {MAX_ROWS} rows; ask for smaller pages or fewer levels"
                )
            return rows

    async def close(self) -> None:
        """Gives the connection back; what was read stays usable. Safe to call twice."""
        async with self._lock:
            if self._session is not None:
                session, self._session = self._session, None
                await session.close()


Info = strawberry.Info[Context, None]


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
