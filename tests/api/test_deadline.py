import asyncio
import time

import pytest
from sqlalchemy import text

from api.deadline import watch, within
from schema.database import async_engine_for
from schema.graphql.context import Context

ENDLESS = {
    "sqlite": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c LIMIT 30000000) SELECT count(*) FROM c",
    "postgresql": "SELECT pg_sleep(30)",
}
"""A statement that takes half a minute or longer."""


async def answer():
    return 42


async def failure():
    raise LookupError("nothing there")


def test_work_that_is_done_in_time_gives_its_result():
    assert asyncio.run(within(5, answer())) == 42


def test_work_that_fails_in_time_fails_as_it_would_alone():
    with pytest.raises(LookupError, match="nothing there"):
        asyncio.run(within(5, failure()))


def test_work_that_takes_too_long_is_ended():
    ended = []

    async def slow():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    with pytest.raises(TimeoutError):
        asyncio.run(within(0.05, slow()))
    assert ended == [True]


def test_work_ends_with_whoever_waits_for_it():
    ended = []

    async def slow():
        try:
            await asyncio.sleep(60)
        finally:
            ended.append(True)

    async def leave():
        waiting = asyncio.create_task(within(60, slow()))
        await asyncio.sleep(0.05)
        waiting.cancel()
        await asyncio.wait({waiting})
        await asyncio.sleep(0)

    asyncio.run(leave())
    assert ended == [True]


def test_a_statement_that_takes_too_long_is_ended_and_its_connection_is_usable_again(database_url):
    async def endless(engine):
        async with engine.connect() as connection:
            await connection.execute(text(ENDLESS[engine.dialect.name]))

    async def ask():
        engine = async_engine_for(database_url, pool_size=1)
        watch(engine)
        started = time.monotonic()
        with pytest.raises(TimeoutError):
            await within(0.2, endless(engine))
        took_s = time.monotonic() - started
        async with engine.connect() as connection:
            after = (await connection.execute(text("SELECT 1"))).scalar_one()
        await engine.dispose()
        return took_s, after

    took_s, after = asyncio.run(ask())

    assert took_s < 10
    assert after == 1


def test_an_operation_whose_sql_takes_too_long_is_told_so_and_gives_its_connection_back(
    client_on, database_url, monkeypatch
):
    read = Context.read

    async def read_for_long(context, _statement):
        return await read(context, text(ENDLESS[context._engine.dialect.name]))

    monkeypatch.setattr(Context, "read", read_for_long)
    client = client_on(database_url, operation_timeout_s=0.3)
    started = time.monotonic()

    (error,) = client.ask("{ sources { totalCount } }")["errors"]

    assert error["extensions"]["code"] == "TIMEOUT"
    assert time.monotonic() - started < 10
    assert client.connections_in_use() == 0
