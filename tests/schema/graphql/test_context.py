"""The connection of an operation: one snapshot, taken late, given back always."""

import asyncio

import builders
import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncEngine

from schema.graphql import graphql_schema
from schema.graphql.context import Context


@pytest.fixture
def serving(runner: asyncio.Runner, serving_engine: AsyncEngine):
    """Runs a coroutine function of the engine."""
    return lambda work: runner.run(work(serving_engine))


def taken(engine: AsyncEngine) -> int:
    return engine.sync_engine.pool.checkedout()


@pytest.mark.parametrize(
    "query",
    [
        "{ statements { nodes { id } totalCount } people { nodes { id } } }",
        "{ statements { nodes { nothing } } }",
        "{ __typename }",
        "{ statements(first: 101) { totalCount } loads { totalCount } }",
        "{",
    ],
)
def test_connection_is_given_back_however_the_operation_ends(query: str, serving) -> None:
    async def work(engine: AsyncEngine) -> int:
        context = Context(engine)
        await graphql_schema.execute(query, context_value=context)
        return taken(engine)

    assert serving(work) == 0


def test_connection_is_given_back_when_a_resolver_fails(serving, monkeypatch, caplog) -> None:
    async def fail(*_arguments: object) -> None:
        raise RuntimeError("a secret of the server")

    async def work(engine: AsyncEngine) -> tuple[object, int]:
        monkeypatch.setattr("schema.graphql.counts.count_statements", fail)
        query = "{ loads { totalCount } statementCounts(groupBy: []) { count } }"
        result = await graphql_schema.execute(query, context_value=Context(engine))
        return result, taken(engine)

    result, left = serving(work)

    assert left == 0
    assert [error.message for error in result.errors] == ["Unexpected error"]
    assert result.errors[0].extensions == {"code": "INTERNAL_SERVER_ERROR"}
    assert result.errors[0].original_error is None
    assert "a secret of the server" in caplog.text


def test_nothing_is_taken_before_the_first_query(serving) -> None:
    async def work(engine: AsyncEngine) -> int:
        await graphql_schema.execute("{ __typename }", context_value=(context := Context(engine)))
        return context.statements

    assert serving(work) == 0


def test_operation_is_cancelled_without_keeping_its_connection(serving) -> None:
    async def work(engine: AsyncEngine) -> int:
        context = Context(engine)
        operation = asyncio.ensure_future(graphql_schema.execute("{ people { totalCount } }", context_value=context))
        while not context.statements:
            await asyncio.sleep(0)
        operation.cancel()
        with pytest.raises(asyncio.CancelledError):
            await operation
        return taken(engine)

    assert serving(work) == 0


def test_operation_sees_one_snapshot(session, serving) -> None:
    builders.a_person(session)
    session.commit()

    async def work(engine: AsyncEngine) -> list[int]:
        context = Context(engine)
        counts = [(await context.read(text("SELECT count(*) FROM speaker")))[0][0]]
        builders.a_person(session)
        session.commit()
        counts.append((await context.read(text("SELECT count(*) FROM speaker")))[0][0])
        await context.close()
        counts.append((await context.read(text("SELECT count(*) FROM speaker")))[0][0])
        await context.close()
        return counts

    assert serving(work) == [1, 1, 2]


def test_siblings_share_one_connection_and_one_transaction(session, serving) -> None:
    builders.a_person(session)
    session.commit()

    async def work(engine: AsyncEngine) -> int:
        begun = []
        event.listen(engine.sync_engine, "begin", lambda connection: begun.append(connection))
        context = Context(engine)
        query = (
            "{ people { totalCount nodes { id } } sources { totalCount } loads { totalCount } events { totalCount } }"
        )
        result = await graphql_schema.execute(query, context_value=context)
        assert result.errors is None
        assert context.statements == 5
        return len(begun)

    assert serving(work) == 1
