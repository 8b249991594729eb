"""Brings a database to the current revision, and says when one is not there. Alembic owns the schema."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from schema.database import engine_for, is_missing, reading, shown, writing
from schema.errors import DatabaseError

_ROOT = Path(__file__).resolve().parents[1]


def migrate(url: str, revision: str = "head") -> tuple[str | None, str | None]:
    """Brings the database to a revision; the revisions before and after ("base" takes everything away).

    Raises DatabaseError when the database does not answer or was made by a newer Quoth.
    """
    engine = engine_for(url)
    try:
        with writing(engine, by_key=False) as connection:
            if engine.dialect.name == "postgresql":
                connection.execute(text("SET LOCAL lock_timeout = '10s'"))
            before = _revision_of(connection, engine)
            config = _config(connection)
            if revision == "base":
                command.downgrade(config, "base")
            else:
                command.upgrade(config, revision)
            after = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    return before, after


def check_current(url: str) -> None:
    """Nothing, when the database is at the current revision; else raises DatabaseError with the way out."""
    if is_missing(url):
        raise DatabaseError(f"database {url} does not exist; make it: quoth migrate --database {url}")
    engine = engine_for(url)
    try:
        with reading(engine) as connection:
            found = _revision_of(connection, engine)
    finally:
        engine.dispose()
    head = ScriptDirectory.from_config(_config(None)).get_current_head()
    if found != head:
        state = "is empty" if found is None else f"is at revision {found}, this Quoth needs {head}"
        raise DatabaseError(f"database {shown(engine.url)} {state}; bring it up to date: quoth migrate --database URL")


def _config(connection: Connection | None) -> Config:
    config = Config(toml_file=_ROOT / "pyproject.toml")
    config.attributes["connection"] = connection
    return config


def _revision_of(connection: Connection, engine: Engine) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config(None)).walk_revisions()}
    if found is not None and found not in known:
        raise DatabaseError(
            f"database {shown(engine.url)} is at revision {found}, made by a newer Quoth; update Quoth to open it"
        )
    return found
