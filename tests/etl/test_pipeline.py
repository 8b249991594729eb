"""Files in, rows out: every record and quotation ends as one counted outcome, and nothing is lost or doubled."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pytest
from readers import in_this_process, one_by_one
from sqlalchemy import Engine, func, select

from etl.annotate import installed_model
from etl.extract.learned.network import settings
from etl.guard import Guard, Reader
from etl.manifest import read_manifest
from etl.pipeline import Progress, load, method
from etl.read import Defaults
from etl.settings import PRECISIONS, ArticleBudget, ModelSettings
from schema import tables
from schema.cli import main
from schema.database import engine_for
from schema.tables import metadata

pytestmark = pytest.mark.model

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def loaded(
    engine: Engine, *paths: Path, batch_size: int = 4, reader: Reader | None = None, **lent: str
) -> Mapping[str, int]:
    """The outcomes of one load, its articles read in this process unless a reader is given."""
    told: list[Progress] = []
    outcomes = load(
        engine,
        paths,
        defaults=Defaults(**lent),
        manifest=None,
        now=NOW,
        batch_size=batch_size,
        tell=told.append,
        reader=reader or in_this_process(),
    )
    assert [progress.bytes_read for progress in told] == sorted(progress.bytes_read for progress in told)
    return outcomes


def graph(engine: Engine) -> dict[str, list[str]]:
    """Every row of the graph, instants of the system's own clock and run ids aside."""
    aside, skipped = {"updated_at", "load_id"}, {"load", "load_outcome", "rejection", "given", "annotation"}
    with engine.connect() as connection:
        return {
            table.name: sorted(
                repr(tuple(row)) for row in connection.execute(select(*(c for c in table.c if c.name not in aside)))
            )
            for table in metadata.sorted_tables
            if table.name not in skipped
        }


def of(outcomes: Mapping[str, int], what: str) -> int:
    """How many records, quotations or mentions were counted in all."""
    return sum(count for name, count in outcomes.items() if name.startswith(f"{what}: "))


def test_a_second_load_of_the_samples_changes_no_row(engine: Engine) -> None:
    """Every article unchanged, every row as it was, run records aside."""
    first = loaded(engine, SAMPLES)
    before = graph(engine)

    second = loaded(engine, SAMPLES)

    assert first["article: added"] == len(list(SAMPLES.glob("*.json")))
    assert second == {"article: unchanged": first["article: added"]}
    assert graph(engine) == before


def test_every_span_of_every_row_is_the_text_it_points_to(engine: Engine) -> None:
    """In code points; what a report says joins its CONTENT spans and nothing else."""
    loaded(engine, SAMPLES)

    with engine.connect() as connection:
        reports = {row.id: row for row in connection.execute(select(tables.Report.__table__))}
        texts = {row.id: row.text for row in connection.execute(select(tables.Article.__table__))}
        spans = connection.execute(
            select(tables.ReportSpan.__table__).order_by(tables.ReportSpan.report_id, tables.ReportSpan.position)
        ).all()
        mentions = connection.execute(select(tables.Mention.__table__)).all()

    assert len(reports) > 20
    contents: dict[object, list[str]] = {}
    for span in spans:
        text = texts[reports[span.report_id].article_id]
        assert text[span.start : span.end] == span.exact
        if span.role == "CONTENT":
            contents.setdefault(span.report_id, []).append(" ".join(span.exact.split()))
    for report in reports.values():
        assert texts[report.article_id][report.start : report.end] == report.exact
        assert report.text == " ".join(contents[report.id])
    for mention in mentions:
        assert reports[mention.report_id].start <= mention.start < mention.end <= reports[mention.report_id].end


def test_one_bad_record_never_costs_the_others(engine: Engine, tmp_path: Path) -> None:
    """And the outcomes add up to what came in."""
    feed = tmp_path / "feed.jsonl"
    good = {
        "text": "“The ferries will sail on Monday,” the minister, Ida Holm, said in a speech to the harbour council."
    }
    lines = [
        json.dumps(good | {"external_id": "1"}),
        "{not json",
        json.dumps({"headline": "no text"}),
        json.dumps(good | {"external_id": "2", "published_on": "31/13/2024"}),
        json.dumps(good | {"external_id": "3", "text": good["text"] + " “Never closed, he said."}),
    ]
    feed.write_text("\n".join(lines), encoding="utf-8")

    outcomes = loaded(engine, feed, tmp_path / "missing.json")

    assert outcomes["article: added"] == 2
    assert of(outcomes, "article") == 6
    assert sum(count for name, count in outcomes.items() if name.startswith("article: refused")) == 4
    assert outcomes["note: quotation mark never closed"] >= 1
    with engine.connect() as connection:
        assert connection.execute(select(func.count()).select_from(tables.Rejection)).scalar() == 4
        stored = {row.outcome: row.count for row in connection.execute(select(tables.LoadOutcome.__table__))}
    assert stored == outcomes


def test_an_article_that_cannot_be_read_never_costs_the_others(engine: Engine, tmp_path: Path) -> None:
    """It is refused and kept as a rejection; the outcomes still add up; later loads try it again."""
    words = "The ferries will sail on Monday, the minister told the harbour council."
    texts = [f"{word} {words}" for word in ("Yes.", "exit", "No.", "raise")]
    lines = [json.dumps({"text": text, "external_id": str(number)}) for number, text in enumerate(texts)]
    (tmp_path / "feed.jsonl").write_text("\n".join(lines), encoding="utf-8")

    with Guard(one_by_one, ArticleBudget(seconds=10)) as guard:
        first = loaded(engine, tmp_path, reader=guard)
        second = loaded(engine, tmp_path, reader=guard)

    refused = {"article: refused (ended-the-worker)": 1, "article: refused (failed)": 1}
    assert {name: count for name, count in first.items() if name.startswith("article: ")} == {
        "article: added": 2,
        **refused,
    }
    assert {name: count for name, count in second.items() if name.startswith("article: ")} == {
        "article: unchanged": 2,
        **refused,
    }
    with engine.connect() as connection:
        kept = connection.execute(select(tables.Rejection.reason, tables.Rejection.content)).all()
        stored = connection.execute(select(tables.Article.text)).scalars().all()
    assert sorted(map(tuple, kept)) == [("ended-the-worker", lines[1].encode()), ("failed", lines[3].encode())]
    assert sorted(stored) == sorted([texts[0], texts[2]])


def test_a_new_text_that_cannot_be_read_leaves_the_stored_one(engine: Engine, tmp_path: Path) -> None:
    words = "The ferries will sail on Monday, the minister told the harbour council."
    file = tmp_path / "article.json"

    with Guard(one_by_one, ArticleBudget(seconds=10)) as guard:
        for text in (words, f"exit {words}"):
            file.write_text(json.dumps({"text": text, "external_id": "1"}), encoding="utf-8")
            outcomes = loaded(engine, file, reader=guard)

    assert outcomes == {"article: refused (ended-the-worker)": 1}
    with engine.connect() as connection:
        assert connection.execute(select(tables.Article.text)).scalars().all() == [words]


def test_an_article_over_its_budget_is_refused_and_told(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the command itself, in a process of its own."""
    sentence = "“The ferries will sail on Monday,” the minister, Ida Holm, told the harbour council.\n"
    (tmp_path / "long.txt").write_text(sentence * (60_000 // len(sentence)), encoding="utf-8")
    (tmp_path / "short.txt").write_text(sentence, encoding="utf-8")
    monkeypatch.setenv("QUOTH_ARTICLE_SECONDS", "2")
    monkeypatch.setenv("QUOTH_BATCH_SIZE", "1")

    code = main(["load", "--fast", str(tmp_path / "short.txt"), str(tmp_path / "long.txt"), "--database", database_url])

    told = capsys.readouterr()
    assert code == 1
    assert "1  article: added" in told.out
    assert "1  article: refused (over-time-budget)" in told.out
    assert "raise QUOTH_ARTICLE_SECONDS=2" in told.err


def test_without_outlet_and_date_nothing_is_guessed(engine: Engine, tmp_path: Path) -> None:
    """One unknown source, null dates, a label that says what it is."""
    file = tmp_path / "scrap.txt"
    file.write_bytes("“The ferries will sail,” said the minister, Ida Holm, on Monday.\r\n".encode())

    loaded(engine, file)

    with engine.connect() as connection:
        source = connection.execute(select(tables.Source.__table__)).one()
        article = connection.execute(select(tables.Article.__table__)).one()
        statement = connection.execute(select(tables.Statement.__table__)).one()
    assert not source.known
    assert (article.published_on, article.label, article.headline) == (None, "scrap.txt", None)
    assert article.text.endswith("\r\n")
    assert (statement.said_on, statement.first_reported_on) == (None, None)


def test_the_same_article_twice_in_one_batch_is_stored_once(engine: Engine, tmp_path: Path) -> None:
    """The second record sees the first."""
    line = json.dumps({"text": "The minister, Ida Holm, said the ferries would sail.", "external_id": "1"})
    (tmp_path / "feed.jsonl").write_text(f"{line}\n{line}\n", encoding="utf-8")

    assert loaded(engine, tmp_path, batch_size=32)["article: unchanged"] == 1


def test_a_killed_load_goes_on_where_it_stopped(database_url: str, tmp_path: Path) -> None:
    """kill -9 between or within batches; afterwards the database equals that of an undisturbed load."""
    engine = engine_for(database_url)
    quoth = [sys.executable, "-c", "from schema.cli import main; raise SystemExit(main())"]
    process = subprocess.Popen(
        [*quoth, "load", str(SAMPLES), "--database", database_url],
        env={**os.environ, "QUOTH_BATCH_SIZE": "1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        with engine.connect() as connection:
            if connection.execute(select(func.count()).select_from(tables.Article)).scalar():
                break
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()
    with engine.connect() as connection:
        begun = connection.execute(select(func.count()).select_from(tables.Article)).scalar()

    outcomes = loaded(engine, SAMPLES)

    assert begun
    assert outcomes["article: unchanged"] == begun
    disturbed = graph(engine)
    undisturbed = engine_for(f"sqlite:///{tmp_path / 'undisturbed.db'}")
    metadata.create_all(undisturbed)
    loaded(undisturbed, SAMPLES)
    assert disturbed == graph(undisturbed)
    engine.dispose()
    undisturbed.dispose()


def test_what_is_about_no_record_is_counted(engine: Engine, tmp_path: Path) -> None:
    """A picture in the folder, a manifest's line for a file that is not there, a column nobody knows."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("The minister, Ida Holm, said the ferries would sail.", encoding="utf-8")
    (inbox / "a.png").write_bytes(b"\x89PNG")
    listed = tmp_path / "manifest.csv"
    listed.write_text("file,source,mood\ninbox/a.txt,The Fjord Post,good\nb.txt,,\n", encoding="utf-8")

    outcomes = load(
        engine,
        [inbox],
        defaults=Defaults(),
        manifest=read_manifest(listed, now=NOW),
        now=NOW,
        batch_size=4,
        tell=lambda progress: None,
        reader=in_this_process(),
    )

    assert outcomes["article: added"] == 1
    assert outcomes["file: passed over (neither .txt nor .json nor .jsonl)"] == 1
    assert outcomes["manifest: line about no loaded file"] == 1
    assert outcomes["manifest: ignored column mood"] == 1
    with engine.connect() as connection:
        assert connection.execute(select(tables.Source.name)).scalar() == "The Fjord Post"
        stored = {row.outcome: row.count for row in connection.execute(select(tables.LoadOutcome.__table__))}
    assert stored == outcomes


def test_what_a_method_is_called_tells_all_that_decides_what_is_found() -> None:
    """The models, Quoth, and options that change results; --fast asks no model that would compute with anything."""
    called = {
        (fast, precision): method(ModelSettings(fast=fast, precision=precision))
        for fast in (False, True)
        for precision in PRECISIONS
    }

    assert len(set(called.values())) == 3
    assert called[True, "auto"] == called[True, "float32"]
    for name in called.values():
        assert f"quoth {version('quoth')}" in name.split(", ")
        assert installed_model() in name.split(", ")
    assert settings().name in called[False, "auto"].split(", ")
    assert called[False, "float32"].endswith(", float32")
