"""A backfill writes articles first and places them later: in the end it is as if it had been a load. Both databases."""

import json
import signal
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func, select, update

from etl import place_cli
from etl.analyse import read_articles
from etl.clean import clean
from etl.errors import WaitingError
from etl.load.forgetting import forget
from etl.load.prepared import Prepared
from etl.load.reprocesses import Selection
from etl.load.waiting import Waiting
from etl.place import place_all
from etl.read import Defaults, read
from etl.records import CleanArticle, RawArticle
from etl.reprocess import Work, reprocess
from etl.settings import ModelSettings
from schema import tables
from schema.cli import main
from schema.database import engine_for
from schema.migrate import migrate
from tests.bench.made_up import articles
from tests.bench.writing import measured
from tests.etl.export.test_lines import lines
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import stored
from tests.etl.test_dry_run import feeds
from tests.etl.test_undo import all_of, feed, loads, record, taken_back
from tests.recorded import NOW, load_feed, on_record, waiting_on_record, write_feed
from tests.signals import raise_signal

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"


def backfill(engine: Engine, one: Path, batch_size: int = 500) -> None:
    """Writes it; nothing of it is placed but what was stored before."""
    load_feed(engine, one, batch_size, waiting_on_record)


def placed(engine: Engine, batch_size: int = 500) -> int:
    return place_all(engine, now=NOW, batch_size=batch_size, tell=lambda placed: None)


def count(engine: Engine, model: Any) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(model.__table__)).scalar_one())


def outcomes(engine: Engine) -> list[tuple[str, int]]:
    """Of all loads together."""
    outcome = tables.LoadOutcome.__table__  # type: ignore[attr-defined]
    query = select(outcome.c.outcome, func.sum(outcome.c.count)).group_by(outcome.c.outcome)
    with engine.connect() as connection:
        return sorted((name, int(number)) for name, number in connection.execute(query))


@pytest.mark.parametrize("batch_size", [7, 500])
def test_placed_it_is_as_if_it_had_been_a_load(engine: Engine, tmp_path: Path, batch_size: int) -> None:
    """With records of articles that wait already: another text, an address, a refusal."""
    write_feed(tmp_path / "feed.jsonl", count=60)
    load_feed(engine, tmp_path / "feed.jsonl", batch_size)
    expected, counted = stored(engine), outcomes(engine)
    empty(engine)

    backfill(engine, tmp_path / "feed.jsonl", batch_size)

    assert count(engine, tables.WaitingArticle)
    assert placed(engine, batch_size)
    assert stored(engine) == expected
    assert outcomes(engine) == counted
    assert count(engine, tables.WaitingArticle) == count(engine, tables.WaitingReport) == 0


def test_loads_in_between_place_what_they_change(engine: Engine, tmp_path: Path) -> None:
    """Withdrawn reports of the texts of before are there as well."""
    first, second = feeds(tmp_path)
    load_feed(engine, first, 5)
    load_feed(engine, second, 5)
    expected = stored(engine)
    empty(engine)

    backfill(engine, first)
    load_feed(engine, second, 5)

    assert placed(engine) == 0
    assert stored(engine) == expected


def test_what_no_load_changes_waits_on(engine: Engine, tmp_path: Path) -> None:
    """A record that adds nothing changes nothing."""
    ours = [record(number, external_id=f"id-{number}") for number in range(4)]
    backfill(engine, feed(tmp_path / "first.jsonl", ours))

    load_feed(engine, feed(tmp_path / "second.jsonl", [*ours[:2], {**ours[3], "headline": "Ferries"}]), 500)

    assert count(engine, tables.WaitingArticle) == 3


def test_it_stops_between_batches_and_goes_on(engine: Engine, tmp_path: Path) -> None:
    """Loading the feed again finds all of it stored, and places nothing."""
    write_feed(tmp_path / "feed.jsonl", count=40)
    load_feed(engine, tmp_path / "feed.jsonl", 500)
    expected = stored(engine)
    empty(engine)
    backfill(engine, tmp_path / "feed.jsonl")
    waited = count(engine, tables.WaitingArticle)

    def stop(placed: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        place_all(engine, now=NOW, batch_size=10, tell=stop)

    assert count(engine, tables.WaitingArticle) == waited - 10
    backfill(engine, tmp_path / "feed.jsonl")
    assert count(engine, tables.WaitingArticle) == waited - 10
    assert placed(engine) == waited - 10
    assert stored(engine) == expected


def test_a_load_that_waits_is_taken_back(engine: Engine, tmp_path: Path) -> None:
    """What another load gave as well waits on, as an article of that one."""
    records = [record(number, external_id=f"id-{number}") for number in range(12)]
    for day in ("monday", "tuesday"):
        (tmp_path / day).mkdir()
    first, second = feed(tmp_path / "monday/it.jsonl", records[:8]), feed(tmp_path / "tuesday/it.jsonl", records[4:])
    load_feed(engine, second, 500)
    expected = all_of(engine)
    empty(engine)
    backfill(engine, first)
    (bringing,) = loads(engine)
    backfill(engine, second)

    told = taken_back(engine, bringing)

    assert told == {"article: kept, other loads say the same": 4, "article: removed": 4}
    assert count(engine, tables.WaitingArticle) == 8
    assert placed(engine) == 8
    assert all_of(engine) == expected
    with engine.connect() as connection:
        assert bringing not in set(connection.execute(select(tables.Report.load_id)).scalars())


def test_a_forgotten_article_waits_no_longer(engine: Engine, tmp_path: Path) -> None:
    backfill(engine, feed(tmp_path / "feed.jsonl", [record(number) for number in range(3)]))
    with engine.connect() as connection:
        one = connection.execute(select(tables.Article.id).limit(1)).scalar_one()

    forget(engine, [one], called="one", by="an editor", at=NOW, reason="asked for")

    assert placed(engine) == 2


def test_what_another_quoth_wrote_down_is_told_and_can_be_read_anew(engine: Engine, tmp_path: Path) -> None:
    backfill(engine, feed(tmp_path / "feed.jsonl", [record(number) for number in range(3)]))
    table = tables.WaitingArticle.__table__  # type: ignore[attr-defined]
    with engine.begin() as connection:
        connection.execute(update(table).values(content='{"parties": 1}'))

    with pytest.raises(WaitingError, match=r"article [0-9a-f-]{36} waits .*quoth reprocess"):
        placed(engine)

    assert count(engine, tables.WaitingArticle) == 3
    work = Work.of(engine, Selection(every=True), "test 2", NOW)
    reprocess(engine, work, reader=on_record, now=NOW, batch_size=5, tell=lambda told: None)
    assert count(engine, tables.WaitingArticle) == 0
    assert count(engine, tables.Report) > 0


@pytest.mark.parametrize("kind", ["articles", "statements"])
def test_what_waits_is_exported_as_far_as_it_is_there(engine: Engine, tmp_path: Path, kind: str) -> None:
    """Whole statements, or none."""
    backfill(engine, feed(tmp_path / "feed.jsonl", [record(number) for number in range(3)]))

    assert len(lines(engine, kind)) == (3 if kind == "articles" else 0)


def test_made_up_articles_are_read_back_as_they_were() -> None:
    for one in islice(articles(0, 40), 40):
        assert Waiting.of(one).read.resolved == one


@pytest.mark.model
def test_the_samples_are_read_back_as_they_were() -> None:
    """With inner attributions, relayers, mentions, unnamed sources and dates of several kinds."""
    records = [one.item for one in read([SAMPLES], Defaults(), now=NOW)]
    cleaned = [one for raw in records if isinstance(raw, RawArticle) and isinstance(one := clean(raw), CleanArticle)]
    resolved = list(read_articles(cleaned, ModelSettings()))

    assert len(resolved) > 10
    for one in resolved:
        assert Waiting.of(one).read.resolved == replace(one, counts={}, annotation=None)
        assert Waiting.of(one).prepared == Prepared.of(one)


@pytest.mark.model
def test_the_command_writes_tells_what_waits_and_places(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many reports as a load brings; a signal stops placing at the end of a batch, `quoth place` goes on."""
    for name in ("ours", "theirs"):
        migrate(f"sqlite:///{tmp_path / name}.db")
    monkeypatch.setenv("QUOTH_DATABASE_URL", f"sqlite:///{tmp_path / 'theirs.db'}")
    assert main(["load", str(SAMPLES), "--fast"]) == 0
    monkeypatch.setenv("QUOTH_DATABASE_URL", f"sqlite:///{tmp_path / 'ours.db'}")
    monkeypatch.setenv("QUOTH_BATCH_SIZE", "4")

    class Bar(place_cli.tqdm):
        def update(self, n: float | None = 1) -> bool | None:
            raise_signal(signal.SIGTERM)
            return super().update(n)

    with monkeypatch.context() as interrupted:
        interrupted.setattr(place_cli, "tqdm", Bar)
        assert main(["load", str(SAMPLES), "--fast", "--backfill"]) == 130
    capsys.readouterr()
    assert main(["loads", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    articles_of = told["outcomes"]["article: added"]
    assert told["waiting"] == articles_of - 4
    assert main(["loads"]) == 0
    assert f"{articles_of - 4} articles wait to be placed" in capsys.readouterr().out
    assert main(["load", str(SAMPLES / "02-harbour-courier.json"), "--fast"]) == 0
    assert f"{articles_of - 4} stored articles are not placed yet" in capsys.readouterr().err
    assert main(["place"]) == 0
    assert capsys.readouterr().out == f"{articles_of - 4} articles placed\n"
    ours, theirs = (stored(engine_for(f"sqlite:///{tmp_path / name}.db")) for name in ("ours", "theirs"))
    assert ours == theirs


def test_it_cannot_be_rehearsed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["load", str(tmp_path), "--backfill", "--dry-run"]) == 2
    assert "--backfill and --dry-run" in capsys.readouterr().err


def test_writing_is_measured_beside_the_same_rows_bare(database_url: str) -> None:
    """`python -m tests.bench.writing` does so with many."""
    found = measured(database_url, count=20, batch=10, rounds=1)

    assert (found.articles, found.rows) == (20, found.reports + 5 * 20)
    assert found.ours_s > 0 < found.bare_s
