"""Rows that COPY is given are those that come back, whatever stands in them."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Boolean, Column, Connection, Engine, Float, MetaData, Table, Text, select
from sqlalchemy.exc import DBAPIError

from etl.load import rows
from schema.enums import SpanRole
from schema.tables.columns import Key, UtcDateTime, one_of

TABLE = Table(
    "copied",
    MetaData(),
    Column("id", Key, primary_key=True),
    Column("other", Key),
    Column("number", BigInteger),
    Column("score", Float(53)),
    Column("known", Boolean),
    Column("words", Text),
    Column("role", one_of(SpanRole)),
    Column("at", UtcDateTime),
)


class Model:
    __table__ = TABLE


INSTANTS = st.datetimes(
    datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.sampled_from([UTC, timezone(timedelta(hours=5))])
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "other": st.none() | st.uuids(),
            "number": st.none() | st.integers(-(2**63), 2**63 - 1),
            "score": st.none() | st.floats(allow_nan=False),
            "known": st.none() | st.booleans(),
            "words": st.none()
            | st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
            | st.sampled_from(["\\N", "\\.", "a\tb\\t\r\n", ""]),
            "role": st.none() | st.sampled_from(SpanRole),
            "at": st.none() | INSTANTS,
        }
    ),
    max_size=8,
)


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as made:
        TABLE.create(made)
        yield made


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(ROWS)
def test_what_is_copied_comes_back(connection: Connection, some: list[dict[str, object]]) -> None:
    made = [{"id": uuid4(), **row} for row in some]

    rows.add(connection, Model, made)

    found = {
        row.id: row._asdict() for row in rows.among(connection, select(TABLE), TABLE.c.id, [row["id"] for row in made])
    }
    assert found == {row["id"]: row for row in made}


def test_what_the_database_refuses_is_told_as_by_any_statement(connection: Connection) -> None:
    row = {"id": UUID(int=1), "words": "a"}

    with pytest.raises(DBAPIError), connection.begin_nested():
        rows.add(connection, Model, [row, row])

    with pytest.raises(ValueError, match="no zone"):
        rows.add(connection, Model, [{"id": UUID(int=2), "at": datetime(2026, 1, 1)}])
