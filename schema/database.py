"""Engines and transactions: the only place that knows which database this is.

Transactions that write take the write lock at once on SQLite (BEGIN IMMEDIATE), so that a second load waits instead of
failing half way; reads see one snapshot on both databases.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from schema.errors import DatabaseError

SQLITE_WAIT_S = 30
"""How long a writer waits for another to finish, in seconds."""

CACHE = "cache_size=-65536"
"""64 MiB of pages a connection (SQLite's own default is 2): placing an article reads some thousand of them."""

_WRITERS = 0x71756F7468
"""The advisory lock of PostgreSQL that writers take in turn ("quoth" in hexadecimal)."""

_ONLY_BY_INDEX = text(
    "SELECT set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true), "
    "set_config('enable_mergejoin', 'off', true), set_config('enable_sort', 'off', true)"
)
"""For this transaction. PostgreSQL knows nothing yet of tables that were just filled, and would read them whole; and it
would sort what it groups, on disk, for it takes a few thousand rows for a few.
"""

Database = Engine | Connection
"""Where transactions take place: each by itself, or all inside the one that this connection is in (rehearsing)."""


def engine_for(url: str) -> Engine:
    """A synchronous engine, for loads and migrations. Makes the folder of an SQLite file."""
    parsed = _with_driver(url, sqlite="pysqlite")
    if parsed.get_backend_name() == "sqlite":
        _make_folder(parsed)
        engine = sqlalchemy.create_engine(parsed, connect_args={"timeout": SQLITE_WAIT_S})
        _prepare_sqlite(engine)
        return engine
    return sqlalchemy.create_engine(parsed, pool_pre_ping=True, connect_args={"options": "-c timezone=UTC"})


def async_engine_for(url: str, *, pool_size: int = 5) -> AsyncEngine:
    """An asynchronous engine, for serving. pool_size: open connections at most."""
    parsed = _with_driver(url, sqlite="aiosqlite")
    if parsed.get_backend_name() == "sqlite":
        engine = create_async_engine(parsed, connect_args={"timeout": SQLITE_WAIT_S}, pool_size=pool_size)
        _prepare_sqlite(engine.sync_engine)
        return engine
    return create_async_engine(
        parsed,
        pool_pre_ping=True,
        pool_size=pool_size,
        max_overflow=0,
        connect_args={"options": "-c timezone=UTC -c default_transaction_read_only=on"},
        isolation_level="REPEATABLE READ",
    )


@contextmanager
def writing(database: Database, *, beside_others: bool = False, by_key: bool = True) -> Iterator[Connection]:
    """One transaction that writes: committed at the end, rolled back on any error. Inside another one a part of it.

    Writers stand in line, one at a time, on both databases: what a load decides rests on what it has read.
    beside_others: on PostgreSQL others of this kind write at the same time; who asks for it sees to it that no two of
    them decide on the same things. by_key: all that is read is found by an index.
    Raises DatabaseError, naming the database, when it cannot be reached or stays locked.
    """
    try:
        with _transaction(database) as connection:
            if is_postgresql(connection):
                lock = "pg_advisory_xact_lock_shared" if beside_others else "pg_advisory_xact_lock"
                connection.execute(text(f"SELECT {lock}(:key)"), {"key": _WRITERS})
                if by_key:
                    connection.execute(_ONLY_BY_INDEX)
            yield connection
    except OperationalError as error:
        raise unusable(database.engine.url, error) from error


@contextmanager
def rehearsing(engine: Engine) -> Iterator[Connection]:
    """A connection on which reading and writing are as ever, in one transaction that is rolled back at the end.

    Whatever they do, nothing of it stays. Until then nobody else writes, on both databases; readers go on. Memory does
    not grow with what is written: the database keeps it on disk.
    """
    with writing(engine) as connection:
        yield connection
        connection.rollback()


@contextmanager
def _transaction(database: Database) -> Iterator[Connection]:
    """One of its own, or a savepoint of the one that is open."""
    if isinstance(database, Connection):
        with database.begin_nested():
            yield database
    else:
        opened = _connected(database).execution_options(sqlite_begin="IMMEDIATE")
        with opened as connection, connection.begin():
            yield connection


def is_postgresql(connection: Connection) -> bool:
    """Whether several can write to this database at once, and many rows go in as a stream."""
    return connection.dialect.name == "postgresql"


@contextmanager
def reading(database: Database, *, snapshot: bool = False) -> Iterator[Connection]:
    """One transaction that only reads, or the open one. Raises DatabaseError, naming it, when no database answers.

    snapshot: all that is read is of one state of the database; on SQLite it is so anyway.
    """
    try:
        if isinstance(database, Connection):
            # Nobody else writes meanwhile: all that it reads is of one state anyway.
            yield database
            return
        with _connected(database) as connection:
            if snapshot and is_postgresql(connection):
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield connection
    except OperationalError as error:
        raise unusable(database.engine.url, error) from error


def is_missing(url: str) -> bool:
    """Whether this is an SQLite file that is not there; opening it would make an empty one."""
    parsed = make_url(url)
    file = parsed.database if parsed.get_backend_name() == "sqlite" else None
    return bool(file) and file != ":memory:" and not Path(str(file)).exists()


def _connected(engine: Engine) -> Connection:
    try:
        return engine.connect()
    except DBAPIError as error:
        # Any error here, "file is not a database" too, is one of the database and not of a statement of ours.
        raise unusable(engine.url, error) from error


def unusable(url: URL, error: DBAPIError) -> DatabaseError:
    """The error a person sees when a database does not answer; the password is not in it."""
    return DatabaseError(
        f"database {shown(url)}: {str(error.orig).strip().splitlines()[0]}; check --database or QUOTH_DATABASE_URL, "
        "and that no other load holds it"
    )


def shown(url: URL) -> str:
    """The url as a person gave it: without our driver's name, the password starred out."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)


def _with_driver(url: str, *, sqlite: str) -> URL:
    parsed = make_url(url)
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return parsed.set(drivername=f"sqlite+{sqlite}")
    if backend in ("postgresql", "postgres"):
        return parsed.set(drivername="postgresql+psycopg")
    raise DatabaseError(f"database {url!r}: Quoth speaks SQLite and PostgreSQL; give sqlite:///FILE or postgresql://…")


def _make_folder(url: URL) -> None:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)


def _prepare_sqlite(engine: Engine) -> None:
    """Foreign keys on, write-ahead log, and transactions begun by us (the driver's own begin comes too late)."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", CACHE, "temp_store=MEMORY"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
        connection.exec_driver_sql(f"BEGIN {mode}")
