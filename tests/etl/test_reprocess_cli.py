"""`quoth reprocess`, the command: stopped, gone on with, what it prints."""

import json
import signal
from contextlib import nullcontext
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl import load as loading
from etl import reprocess_cli
from etl.guard import Reading
from etl.load.prepared import Prepared
from etl.pipeline import load
from etl.read import Defaults
from etl.records import ResolvedArticle
from schema.cli import main
from schema.database import engine_for
from schema.migrate import migrate
from tests.etl.test_dry_run import everything, feeds, graph
from tests.etl.test_reprocess import OLD, found_less, loaded, methods
from tests.recorded import NOW, on_record
from tests.signals import raise_signal

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"


def test_a_signal_stops_it_at_the_end_of_a_batch_and_the_same_command_goes_on(
    engine: Engine,
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One run in the list of loads; its bar counts articles up to all that are to be read."""
    loaded(engine, feeds(tmp_path)[0], method=OLD, reader=found_less)
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)
    monkeypatch.setenv("QUOTH_BATCH_SIZE", "5")
    monkeypatch.setattr("etl.guard.guarded", lambda model, budget: nullcontext(on_record))
    seen: list[tuple[int, int]] = []

    class Bar(reprocess_cli.tqdm):
        def update(self, n: float | None = 1) -> bool | None:
            seen.append((int(self.n + (n or 0)), int(self.total)))
            if len(seen) == 1:
                raise_signal(signal.SIGTERM)
            return super().update(n)

    monkeypatch.setattr(reprocess_cli, "tqdm", Bar)

    assert main(["reprocess"]) == 130
    assert "run the same command to go on" in capsys.readouterr().err
    assert sorted(methods(engine).values()).count(OLD) == 7
    assert main(["reprocess", "--json"]) == 0

    told = capsys.readouterr()
    assert "goes on with" in told.err
    report = json.loads(told.out)
    assert report["outcomes"]["article: read anew"] == 7
    assert seen == [(5, 12), (5, 7), (7, 7)]
    assert set(methods(engine).values()) == {report["method"]}
    assert main(["loads", "--json", "--limit", "1"]) == 0
    (run,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert run["id"] == report["load"]
    assert run["finished_at"]
    assert run["outcomes"]["article: read anew"] == 12
    assert main(["loads", "undo", run["id"]]) == 1
    assert "brought nothing" in capsys.readouterr().err


@pytest.mark.model
def test_the_command_reads_anew_and_tells_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """First as a dry run; then nothing is left to do. What cannot be meant is told."""
    url = f"sqlite:///{tmp_path / 'quoth.db'}"
    monkeypatch.setenv("QUOTH_DATABASE_URL", url)
    migrate(url)
    engine = engine_for(url)
    run = loading.begin(engine, OLD, NOW)
    sample = SAMPLES / "02-harbour-courier.json"
    load(
        engine,
        [sample],
        defaults=Defaults(),
        manifest=None,
        now=NOW,
        batch_size=8,
        tell=lambda progress: None,
        reader=lambda articles: Reading([Prepared.of(ResolvedArticle(article, {}, ())) for article in articles]),
        run=run,
    )
    rows = everything(engine)

    assert main(["reprocess", "--fast", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert everything(engine) == rows
    assert main(["reprocess", "--fast"]) == 0
    words = capsys.readouterr().out
    assert main(["reprocess", "--fast"]) == 0
    assert "nothing to do" in capsys.readouterr().out
    assert main(["reprocess", "--fast", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == {}
    assert main(["loads"]) == 0
    assert "1 read anew" in capsys.readouterr().out
    assert main(["reprocess", "--since", "yesterday"]) == 2
    assert "2022-01-18" in capsys.readouterr().err
    assert main(["reprocess", "--source", "Nobody's Post"]) == 2
    assert "quoth export articles" in capsys.readouterr().err

    found = graph(engine)
    assert told["dry_run"] is True
    assert told["outcomes"]["article: read anew"] == 1
    assert {one["id"] for one in told["changes"]["reports"]["added"]} == set(found["reports"])
    assert told["counts"]["articles"]["added"] == 0
    assert f"reports: {len(found['reports'])} added" in words
    engine.dispose()
