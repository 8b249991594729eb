"""Loads that are killed, overtaken, cut off, or find the disk full: nothing is lost, nothing is there twice."""

import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlalchemy import Connection, Engine, Table, text

from etl.guard import Reading
from etl.load import rows
from etl.pipeline import load
from etl.read import Defaults
from etl.records import CleanArticle
from schema.database import engine_for, is_postgresql
from schema.errors import DatabaseError
from schema.migrate import migrate
from tests.bench.killed import rounds
from tests.bench.made_up import articles
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import stored
from tests.recorded import NOW, load_feed, on_record, write_feed


@pytest.mark.parametrize("backfill", [False, True])
def test_a_load_killed_at_random_moments_comes_through_as_if_never_killed(database_url: str, backfill: bool) -> None:
    """As often as it takes; fifty kills are python -m tests.bench.killed."""
    kills: list[None] = []

    found = list(rounds(database_url, 2, count=30, backfill=backfill, tell=lambda: kills.append(None)))

    assert len(kills) >= 2
    assert not [table for differing in found for table in differing]


def feed(path: Path, count: int, **changed: str) -> Path:
    """Made-up articles by their texts, outlets and days; changed: what each record says beside, of its number."""
    records = []
    for number, one in enumerate(articles(0, count)):
        raw = one.article.raw
        assert raw.published_on is not None
        record = {"text": raw.text, "source": raw.source, "published_on": raw.published_on.value, "language": "en"}
        records.append(record | {name: value.format(number) for name, value in changed.items()})
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def in_turn(engine: Engine, *feeds: Path) -> dict[str, list[tuple[object, ...]]]:
    """What is stored when one is loaded after the other."""
    empty(engine)
    for one in feeds:
        load_feed(engine, one, 8)
    return stored(engine)


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ({}, {"external_id": "other-{}", "url": "https://post-{}.example/a"}),
        ({"external_id": "one-{}"}, {"external_id": "one-{}", "published_on": "2019-05-1{}"}),
    ],
    ids=["one of them brings the address", "one of them says another day"],
)
def test_two_loads_at_once_bring_the_same_articles(
    engine: Engine, tmp_path: Path, here: dict[str, str], there: dict[str, str]
) -> None:
    """Both find them not stored yet; what comes out is what one after the other gives."""
    feeds = [feed(tmp_path / f"{at}.jsonl", 6, **changed) for at, changed in enumerate((here, there), start=1)]
    both_have_asked = Barrier(2, timeout=30)

    def at_once(one: Path) -> None:
        asked: list[None] = []

        def reader(some: Sequence[CleanArticle]) -> Reading:
            if not asked:
                asked.append(None)
                both_have_asked.wait()
            return on_record(some)

        load(
            engine,
            [one],
            defaults=Defaults(),
            manifest=None,
            now=NOW,
            batch_size=8,
            tell=lambda progress: None,
            reader=reader,
        )

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(at_once, one) for one in feeds]:
            done.result()
    found = stored(engine)

    assert len(found["article"]) == 6
    assert found in (in_turn(engine, *feeds), in_turn(engine, *reversed(feeds)))


@pytest.mark.parametrize("during", ["a question", "the reports"])
def test_a_server_that_goes_away_is_told_and_the_next_load_goes_on(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, during: str
) -> None:
    """In the middle of a batch, whatever the load is doing."""
    if not is_server(engine):
        pytest.skip("no server")
    write_feed(tmp_path / "feed.jsonl", count=20)
    before = feed(tmp_path / "first.jsonl", 2)
    expected = in_turn(engine, before, tmp_path / "feed.jsonl")
    in_turn(engine, before)
    insert, cut = rows._insert, list[str]()

    def cutting(connection: Connection, table: Table, some: Sequence[rows.Values]) -> None:
        if not cut and table.name == ("report" if during == "the reports" else "article"):
            cut.append(table.name)
            cut_off(engine, connection)
        if during == "the reports" or table.name != "article":
            insert(connection, table, some)

    monkeypatch.setattr(rows, "_insert", cutting)
    with pytest.raises(DatabaseError, match="connection is lost"):
        load_feed(engine, tmp_path / "feed.jsonl", 4)
    monkeypatch.setattr(rows, "_insert", insert)
    load_feed(engine, tmp_path / "feed.jsonl", 4)

    assert cut
    assert stored(engine) == expected


def is_server(engine: Engine) -> bool:
    """Whether somebody else may cut off its connections."""
    with engine.connect() as connection:
        return is_postgresql(connection)


def cut_off(engine: Engine, connection: Connection) -> None:
    """As a server that goes down does."""
    process = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    with engine.connect() as other:
        other.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})


def test_a_full_disk_is_told_and_the_next_load_goes_on(tmp_path: Path) -> None:
    """SQLite: no file of the process may grow beyond what the first batches need."""
    url, given = f"sqlite:///{tmp_path / 'quoth.db'}", tmp_path / "feed.jsonl"
    write_feed(given, count=40)
    migrate(url)
    engine = engine_for(url)
    limit = 2 << 20

    full = subprocess.run(
        [sys.executable, "-m", "tests.recorded", url, str(given), "8"],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        timeout=120,
    )
    begun = len(stored(engine)["article"])
    load_feed(engine, given, 8)
    found = stored(engine)

    assert full.returncode
    assert "DatabaseError" in full.stderr
    assert 0 < begun < len(found["article"])
    assert found == in_turn(engine, given)
    engine.dispose()
