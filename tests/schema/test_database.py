"""Transactions that write, on both databases."""

import pytest
from sqlalchemy import Engine, text

from schema.database import writing


def test_what_is_written_is_read_by_index_and_only_then(engine: Engine) -> None:
    """PostgreSQL would read tables whole that were just filled: it does not know their sizes."""
    if engine.dialect.name == "sqlite":
        pytest.skip("SQLite takes an index wherever there is one")
    asked = [text(f"SHOW {name}") for name in ("enable_seqscan", "enable_hashjoin", "enable_mergejoin")]

    with writing(engine) as connection:
        within = [connection.execute(one).scalar_one() for one in asked]
    with engine.connect() as connection:
        after = [connection.execute(one).scalar_one() for one in asked]

    assert (within, after) == (["off"] * 3, ["on"] * 3)
