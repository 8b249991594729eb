"""Fixtures of the schema's tests: rows through builders and a session, questions through `ask`, on both databases."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLError
from sqlalchemy import Engine
from sqlmodel import Session

# Builders are one module for all tests, which are no package (house style).
sys.path.append(str(Path(__file__).resolve().parents[2]))

from schema.database import async_engine_for
from schema.graphql import graphql_schema
from schema.graphql.context import Context


@dataclass
class Answer:
    """What the schema answered, and what it cost."""

    data: Any
    errors: list[GraphQLError]
    statements: int
    rows: int

    @property
    def codes(self) -> list[Any]:
        return [(error.extensions or {}).get("code") for error in self.errors]

    @property
    def messages(self) -> list[str]:
        return [error.message for error in self.errors]


Ask = Callable[..., Answer]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Where a test puts its rows; `ask` commits them."""
    with Session(engine) as opened:
        yield opened


@pytest.fixture
def ask(session: Session, database_url: str) -> Iterator[Ask]:
    """Asks the schema: ask(query, variable=value, ...)."""
    runner = asyncio.Runner()
    engine = async_engine_for(database_url)

    async def answered(query: str, variables: dict[str, Any]) -> Answer:
        context = Context(engine)
        result = await graphql_schema.execute(query, variable_values=variables, context_value=context)
        return Answer(result.data, result.errors or [], context.statements, context.rows)

    def asked(query: str, /, **variables: Any) -> Answer:
        session.commit()
        return runner.run(answered(query, variables))

    yield asked
    runner.run(engine.dispose())
    runner.close()
