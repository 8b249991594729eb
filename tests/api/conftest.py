"""Fixtures of serving: clients that speak ASGI (no network), and a server on a free port for the browser.

What HTTP does is tested on a small schema of its own, where an operation can be slow or fail at will.
"""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
import strawberry
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlmodel import Session
from starlette.types import ASGIApp

from api.app import create_app
from api.settings import ApiSettings
from schema import keys, tables
from schema.database import async_engine_for, engine_for
from schema.dates import parse_edtf


class Client:
    """A client that calls the application in this process, on one event loop of its own."""

    def __init__(self, app: ASGIApp, engine: AsyncEngine) -> None:
        self._engine = engine
        self._runner = asyncio.Runner()
        # The answer of status 500 is looked at, not the exception behind it.
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._http = httpx.AsyncClient(transport=transport, base_url="http://quoth.test")

    def get(self, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._http.get(path, **options))

    def post(self, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._http.post(path, **options))

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        return self._runner.run(self._http.request(method, path, **options))

    def ask(self, query: str, **variables: Any) -> Any:
        """The JSON of the answer to a query."""
        return self.post("/graphql", json={"query": query, "variables": variables}).json()

    def connections_in_use(self) -> int:
        """How many connections of the application's pool are not given back."""
        return self._engine.pool.checkedout()

    def close(self) -> None:
        self._runner.run(self._http.aclose())
        self._runner.run(self._engine.dispose())
        self._runner.close()


@strawberry.type
class Query:
    """What a test of serving asks."""

    @strawberry.field
    def double(self, number: int) -> int:
        return 2 * number

    @strawberry.field
    async def slow(self) -> int:
        await asyncio.sleep(60)
        return 1


@strawberry.type
class Mutation:
    """Something that GET must not do."""

    @strawberry.mutation
    def change(self) -> int:
        return 1


SMALL_SCHEMA = strawberry.Schema(Query, Mutation)


@pytest.fixture
def clients() -> Iterator[list[Client]]:
    """The clients of a test, closed at its end."""
    made: list[Client] = []
    yield made
    for client in made:
        client.close()


@pytest.fixture
def client_of(tmp_path: Path, clients: list[Client]) -> Callable[..., Client]:
    """Makes a client of the application on the small schema; takes settings by name."""

    def made(**settings: Any) -> Client:
        engine = async_engine_for(f"sqlite:///{tmp_path / 'unused.db'}")
        app = create_app(ApiSettings(**settings), engine, graphql_schema=SMALL_SCHEMA)
        clients.append(Client(app, engine))
        return clients[-1]

    return made


@pytest.fixture
def client(client_of: Callable[..., Client]) -> Client:
    """A client of the application on the small schema, with default settings."""
    return client_of()


@pytest.fixture
def client_on(clients: list[Client]) -> Callable[..., Client]:
    """Makes a client of the application on the published schema and the database of a url; takes settings by name."""

    def made(url: str, **settings: Any) -> Client:
        engine = async_engine_for(url)
        clients.append(Client(create_app(ApiSettings(**settings), engine), engine))
        return clients[-1]

    return made


NOON = datetime(2022, 1, 18, 12, tzinfo=UTC)
REMARK = "“These weapons are for defence,”"
STORY = {
    "Harbour Courier": f"{REMARK} Mr Wallace said on Monday.",
    "Valley Record": f"{REMARK} said Ben Wallace, the defence secretary, adding no more.",
}
"""The text of an article by its outlet: one remark, reported twice; sentences and outlets are invented."""


def dated(column: str, value: str) -> dict[str, Any]:
    """The three columns of a date of the world."""
    edtf = parse_edtf(value)
    return {f"{column}_on": edtf.value, f"{column}_from": edtf.earliest, f"{column}_to": edtf.latest}


def store_story(url: str) -> None:
    """Stores the story: one event, two outlets, one statement of Ben Wallace, two reports."""
    load = tables.Load(id=keys.content_id("load", "1"), started_at=NOON, method="by hand")
    wallace = tables.Speaker(
        id=keys.speaker_id("person:ben wallace"),
        type="PERSON",
        name="Ben Wallace",
        folded="ben wallace",
        updated_at=NOON,
    )
    event = tables.Event(
        id=keys.content_id("event", "1"), title="Weapons for defence", **dated("occurred", "2022-01-17")
    )
    statement = tables.Statement(
        id=keys.content_id("statement", "1"),
        speaker_id=wallace.id,
        text=REMARK,
        kind="DIRECT",
        act="SPEECH",
        event_id=event.id,
        independent_source_count=2,
        updated_at=NOON,
        **dated("first_reported", "2022-01-18"),
    )
    # In the order of the foreign keys, because the tables declare no relationships.
    stages = [[load, wallace], [tables.Person(id=wallace.id), event], [statement]]
    for outlet, text in STORY.items():
        stages += _reported(outlet, text, load, statement)
    engine = engine_for(url)
    with Session(engine) as session:
        for rows in stages:
            session.add_all(rows)
            session.flush()
        session.commit()
    engine.dispose()


def _reported(outlet: str, text: str, load: tables.Load, statement: tables.Statement) -> list[list[Any]]:
    source = tables.Source(id=keys.source_id(None, outlet), name=outlet, folded=keys.fold(outlet), known=True)
    article = tables.Article(
        id=keys.article_id(None, None, text),
        source_id=source.id,
        label=f"{outlet}, front page",
        text=text,
        text_hash=keys.text_hash(text),
        own_event_id=keys.event_id([keys.article_id(None, None, text)]),
        method="by hand",
        load_id=load.id,
        updated_at=NOON,
        **dated("published", "2022-01-18"),
    )
    words, cue = (0, len(REMARK)), (text.index("said"), text.index("said") + 4)
    report = tables.Report(
        id=keys.report_id(article.id, [words]),
        statement_id=statement.id,
        article_id=article.id,
        text=REMARK,
        exact=REMARK,
        start=words[0],
        end=words[1],
        kind="DIRECT",
        act="SPEECH",
        basis="EXPLICIT",
        confidence=0.9,
        own_statement_id=keys.statement_id([keys.report_id(article.id, [words])]),
        method="by hand",
        load_id=load.id,
    )
    spans = [
        tables.ReportSpan(
            report_id=report.id,
            role=role,
            position=0,
            exact=text[start:end],
            start=start,
            end=end,
            start_utf16=start,
            end_utf16=end,
        )
        for role, (start, end) in (("CONTENT", words), ("CUE", cue))
    ]
    speaker = tables.ReportingLink(
        report_id=report.id, position=0, role="SPEAKER", name="Ben Wallace", speaker_id=statement.speaker_id
    )
    publisher = tables.ReportingLink(
        report_id=report.id, position=1, role="PUBLISHER", name=outlet, source_id=source.id
    )
    alias = tables.Alias(
        speaker_id=statement.speaker_id, article_id=article.id, name="Ben Wallace", folded="ben wallace"
    )
    linked = tables.EventArticle(event_id=statement.event_id, article_id=article.id)
    return [[source], [article], [report], [*spans, speaker, publisher, alias, linked]]


@pytest.fixture
def story_url(database_url: str) -> str:
    """The url of a database that holds the story."""
    store_story(database_url)
    return database_url


@pytest.fixture
def story_file_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The url of an SQLite file that holds the story, for tests to which the kind of database makes no difference."""
    file = tmp_path / "story.db"
    shutil.copy(sqlite_template, file)
    store_story(f"sqlite:///{file}")
    return f"sqlite:///{file}"
