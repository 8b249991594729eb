"""PostgreSQL is told of tables that have doubled: what it expects of them is what is there."""

import pytest
from sqlalchemy import Connection, Engine, text

from etl.load import statistics
from schema.database import rehearsing

GROW = "INSERT INTO redirect (id, successor_id) SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, :n)"


def grow(engine: Engine, count: int) -> None:
    """So many more rows of a table, told to whoever counts changes."""
    with engine.begin() as connection:
        connection.execute(text(GROW), {"n": count})
        connection.execute(text("SELECT pg_stat_force_next_flush()"))


def test_tables_that_have_doubled_are_looked_at(engine: Engine) -> None:
    """Once; not those of a few rows, and not again for some more."""
    if engine.dialect.name != "postgresql":
        pytest.skip("SQLite is told nothing")
    with engine.begin() as connection:
        # The daemon might come by in between.
        connection.execute(text("ALTER TABLE redirect SET (autovacuum_enabled = off)"))
    grow(engine, statistics.LEAST)
    assert statistics.gather(engine) == []

    grow(engine, 1)
    assert statistics.gather(engine) == ["redirect"]
    assert statistics.gather(engine) == []
    with engine.connect() as connection:
        known = connection.execute(text("SELECT reltuples FROM pg_class WHERE relname = 'redirect'")).scalar_one()
    assert known == statistics.LEAST + 1

    grow(engine, statistics.LEAST)
    assert statistics.gather(engine) == []


def test_nothing_is_looked_at_where_nothing_may_stay_or_there_is_nothing_to_tell(engine: Engine) -> None:
    """In a rehearsal, and on SQLite."""
    assert statistics.gather(engine) == []
    with rehearsing(engine) as connection:
        assert isinstance(connection, Connection)
        assert statistics.gather(connection) == []
