"""Fixtures of the schema's tests: rows through builders and a session, questions through `ask`, on both databases."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import builders
import pytest
from graphql import GraphQLError
from hypothesis import settings
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import Session

from schema import tables
from schema.database import async_engine_for
from schema.enums import Act, DateBasis, ReportingRole, SpanRole, StatementKind
from schema.graphql import graphql_schema
from schema.graphql.context import Context

# A machine shared with others has no deadline for one example.
settings.register_profile("quoth", deadline=None)
settings.load_profile("quoth")


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
def runner() -> Iterator[asyncio.Runner]:
    """An event loop that outlives the driver's threads: one whose query was cut off still reports to it."""
    threads = set(threading.enumerate())

    async def settle() -> None:
        async with asyncio.timeout(10):
            while set(threading.enumerate()) - threads:
                await asyncio.sleep(0.01)

    with asyncio.Runner() as made:
        yield made
        made.run(settle())


@pytest.fixture
def serving_engine(runner: asyncio.Runner, database_url: str) -> Iterator[AsyncEngine]:
    """An asynchronous engine of one connection, as the server's."""
    engine = async_engine_for(database_url, pool_size=1)
    yield engine
    runner.run(engine.dispose())


@pytest.fixture
def ask(session: Session, runner: asyncio.Runner, serving_engine: AsyncEngine) -> Ask:
    """Asks the schema: ask(query, variable=value, ...)."""

    async def answered(query: str, variables: dict[str, Any]) -> Answer:
        context = Context(serving_engine)
        result = await graphql_schema.execute(query, variable_values=variables, context_value=context)
        return Answer(result.data, result.errors or [], context.statements, context.rows)

    def asked(query: str, /, **variables: Any) -> Answer:
        session.commit()
        return runner.run(answered(query, variables))

    return asked


# --- a story ---

MORNING = "“The bridge will open in spring,” Ada Vance, the works minister, told the Daily Lamp on Monday."
EVENING = "The works minister said that the bridge would open “in spring”. 🌉 She hopes for an early thaw."
WIRE = "A senior official at the Ministry of Works denied any delay, the agency Tern reported."


@pytest.fixture
def story(session: Session) -> None:
    """One small story with fixed ids: three outlets, three remarks, one of them carried twice in two wordings."""
    load = builders.a_load(
        session,
        id=UUID(int=0x10),
        finished_at=datetime(2022, 1, 20, 13, tzinfo=UTC),
        outcomes={
            "article: stored": 3,
            "quotation: stored": 4,
        },
    )
    lamp = builders.a_source(session, "The Daily Lamp", id=UUID(int=0x21), domain="lamp.example")
    herald = builders.a_source(session, "Harbour Herald", id=UUID(int=0x22), domain="herald.example")
    unknown = builders.the_unknown_source(session)
    unknown.name = "unknown"
    morning = builders.an_article(
        session,
        MORNING,
        id=UUID(int=0x31),
        source=lamp,
        load=load,
        published="2022-01-17",
        headline="Bridge by spring",
        url="https://lamp.example/bridge",
        language="en",
        external_ids=["lamp-7", "feed-7"],
        authors=["Noa Field", "Ira Moss"],
    )
    evening = builders.an_article(
        session,
        EVENING,
        id=UUID(int=0x32),
        source=herald,
        load=load,
        published="2022-01-17T19:30:00Z",
        language="en-GB",
        correction_of_id=None,
    )
    wire = builders.an_article(
        session,
        WIRE,
        id=UUID(int=0x33),
        source=unknown,
        load=load,
        published=None,
        label="wire.txt",
    )
    copy = builders.an_article(
        session, WIRE, id=UUID(int=0x34), source=herald, load=load, published="2022-01-19", copy_of_id=wire.id
    )
    vance = builders.a_person(
        session,
        "Ada Vance",
        id=UUID(int=0x41),
        aliases=["Ada Vance", "Ms Vance"],
        roles=["works minister"],
        article=morning,
        wikidata_id="Q42",
    )
    session.add(tables.Role(speaker_id=vance.id, article_id=evening.id, title="works minister"))
    session.add(tables.Role(speaker_id=vance.id, article_id=evening.id, title="engineer", start="2015", end="2019"))
    ministry = builders.an_organization(
        session,
        "Ministry of Works",
        id=UUID(int=0x42),
        aliases=["Ministry of Works", "the works ministry"],
        article=wire,
    )
    tern = builders.an_organization(session, "Tern", id=UUID(int=0x43), aliases=["Tern"], article=wire)
    herald.organization_id = tern.id
    official = builders.an_unnamed_source(
        session, "A senior official at the Ministry of Works", id=UUID(int=0x44), article=wire, affiliations=[ministry]
    )
    event = builders.an_event(
        session,
        "The bridge",
        id=UUID(int=0x51),
        occurred="2022-01-17",
        place="Harbour",
        articles=[morning, evening, wire],
    )
    spring = builders.a_statement(
        session,
        "The bridge will open in spring",
        id=UUID(int=0x61),
        speaker=vance,
        event=event,
        said="2022-01-17",
        said_basis=DateBasis.STATED,
        said_expression="on Monday",
        said_anchor="2022-01-17",
        said_article_id=morning.id,
        first_reported="2022-01-17",
        independent_source_count=2,
    )
    thaw = builders.a_statement(
        session,
        "She hopes for an early thaw",
        id=UUID(int=0x62),
        speaker=vance,
        event=event,
        act=Act.ATTITUDE,
        kind=StatementKind.INDIRECT,
        first_reported="2022-01-17T19:30:00Z",
    )
    delay = builders.a_statement(
        session,
        "any delay",
        id=UUID(int=0x63),
        speaker=official,
        event=event,
        kind=StatementKind.INDIRECT,
        first_reported="2022-01-19",
    )
    first = builders.a_report(
        session, id=UUID(int=0x71), statement=spring, article=morning, cue="told", speaker_mention="Ada Vance"
    )
    second = builders.a_report(
        session,
        id=UUID(int=0x72),
        statement=spring,
        article=evening,
        text="the bridge would open “in spring”",
        cue="said",
        speaker_mention="The works minister",
        kind=StatementKind.MIXED,
        confidence=0.7,
        mentions=[ministry],
    )
    builders.a_report(session, id=UUID(int=0x73), statement=thaw, article=evening, text="hopes for an early thaw")
    third = builders.a_report(
        session, id=UUID(int=0x74), statement=delay, article=wire, cue="denied", mentions=[ministry]
    )
    builders.a_report(session, id=UUID(int=0x75), statement=delay, article=copy, cue="denied")
    builders.a_report(
        session,
        id=UUID(int=0x76),
        statement=spring,
        article=copy,
        text="withdrawn words",
        withdrawn_at=datetime(2022, 1, 21, tzinfo=UTC),
    )
    session.add(tables.AlsoCarries(report_id=second.id, statement_id=thaw.id))
    builders.a_reason(session, of=spring, rule="same words", score=0.95, detail="six of six words")
    builders.a_reason(session, of=first, rule="quotation before its cue", score=0.9)
    for report, speaker, outlet in ((first, vance, lamp), (second, vance, herald)):
        builders.a_link(session, report=report, position=0, role=ReportingRole.SPEAKER, party=speaker)
        builders.a_link(session, report=report, position=1, role=ReportingRole.PUBLISHER, party=outlet)
    builders.a_link(session, report=third, position=0, role=ReportingRole.SPEAKER, party=official)
    builders.a_link(
        session,
        report=third,
        position=1,
        role=ReportingRole.RELAYER,
        party=tern,
        name="the agency Tern",
        said_on="2022-01-18",
    )
    builders.a_link(session, report=third, position=2, role=ReportingRole.PUBLISHER, party=unknown)
    builders.a_span(session, report=second, article=evening, role=SpanRole.CONTENT, exact="🌉", position=1)
    session.commit()
