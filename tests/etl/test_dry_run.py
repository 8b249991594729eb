"""`quoth load --dry-run` tells what the load then changes, and changes nothing. Both databases."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl.changes import Changes, How
from etl.export.lines import KINDS
from etl.guard import Reading
from etl.records import CleanArticle
from schema.cli import main
from schema.database import engine_for, rehearsing
from schema.migrate import migrate
from schema.tables import metadata
from tests.etl.export.test_lines import lines
from tests.etl.load.test_identities import FERRY, says
from tests.etl.load.test_store import store
from tests.etl.load.test_successors import BETWEEN, EARLY, LATE
from tests.etl.test_undo import feed, record
from tests.recorded import load_feed, on_record
from tests.signals import raise_signal

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
Told = Mapping[str, Mapping[How, set[str]]]
OF_RUNS = {"load_id", "method", "updated_at"}


def everything(engine: Engine) -> dict[str, list[str]]:
    """Every row of every table."""
    with engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


def graph(engine: Engine) -> dict[str, dict[str, dict[str, Any]]]:
    """The exported lines of each kind by their ids, without what is about runs."""
    return {
        kind: {line["id"]: {name: line[name] for name in line.keys() - OF_RUNS} for line in lines(engine, kind)}
        for kind in KINDS
    }


def rehearsed(engine: Engine, one: Path, batch_size: int) -> Told:
    """What a dry run of loading this tells: ids by what becomes of them."""
    with Changes.of_a_run() as changes:
        with rehearsing(engine) as connection:
            changes.look_before(connection, lambda read, total: None)
            load_feed(connection, one, batch_size)
            changes.look_after(connection, lambda read, total: None)
        assert changes.counts() == {kind: {how: len(list(changes.told(kind, how))) for how in How} for kind in KINDS}
        return {kind: {how: {str(one.id) for one in changes.told(kind, how)} for how in How} for kind in KINDS}


def differing(before: Any, after: Any) -> Told:
    """The same by the exports before and after; what was merged is gone, too."""
    return {
        kind: {
            How.ADDED: after[kind].keys() - before[kind].keys(),
            How.CHANGED: {key for key, line in before[kind].items() if after[kind].get(key, line) != line},
            How.GONE: before[kind].keys() - after[kind].keys(),
        }
        for kind in KINDS
    }  # fmt: skip


def gone_or_merged(told: Told) -> Told:
    return {
        kind: {
            How.ADDED: its[How.ADDED],
            How.CHANGED: its[How.CHANGED],
            How.GONE: its[How.GONE] | its[How.MERGED],
        }
        for kind, its in told.items()
    }  # fmt: skip


def kept(told: Told, how: How) -> int:
    return sum(len(its[how]) for its in told.values())


def feeds(folder: Path) -> tuple[Path, Path]:
    """Some articles; then those again, some with another text, a headline or an address, with their neighbours."""
    ours = [record(number, external_id=f"id-{number}") for number in range(0, 24, 2)]
    theirs = [record(number, external_id=f"id-{number}") for number in range(30)]
    for number in range(0, 24, 6):
        theirs[number] = record(number, number + 40, external_id=f"id-{number}")
        theirs[number + 2]["headline"] = "Ferries"
        theirs.append(record(number + 4, external_id=f"id-{number + 4}", url=f"https://post.example/{number}"))
    theirs += [{"headline": "No text"}, record(25, external_id="id-25", source="Another Post")]
    return feed(folder / "first.jsonl", ours), feed(folder / "second.jsonl", theirs)


@pytest.mark.parametrize("batch_size", [7, 500])
def test_what_is_told_is_what_the_load_then_changes(engine: Engine, tmp_path: Path, batch_size: int) -> None:
    """With articles stored before, texts that changed, addresses that come later; afterwards nothing is left to do."""
    first, second = feeds(tmp_path)
    load_feed(engine, first, batch_size)
    rows, before = everything(engine), graph(engine)

    told = rehearsed(engine, second, batch_size)

    assert everything(engine) == rows
    load_feed(engine, second, batch_size)
    assert gone_or_merged(told) == differing(before, graph(engine))
    # Reports of a text that is changed are changed as well: they stay, withdrawn.
    for how in (How.ADDED, How.CHANGED, How.MERGED):
        assert kept(told, how), how
    again = rehearsed(engine, second, batch_size)
    assert not any(kept(again, how) for how in How)


def test_what_one_article_makes_one_is_told_with_what_took_it_in(engine: Engine) -> None:
    """Two statements, two events, and a single name that means somebody now."""
    vik = says("Vik", "Pilots must answer for what they did", FERRY)
    store(engine, [EARLY], [LATE], [vik])
    rows, before = everything(engine), graph(engine)

    with Changes.of_a_run() as changes:
        with rehearsing(engine) as connection:
            changes.look_before(connection, lambda read, total: None)
            store(connection, [BETWEEN, says("Jon Vik", "Lifeboats were counted every spring", FERRY)])
            changes.look_after(connection, lambda read, total: None)
        merged = {kind: {str(one.id): str(one.into) for one in changes.told(kind, How.MERGED)} for kind in KINDS}
        assert not [one for kind in KINDS for one in changes.told(kind, How.GONE)]
        assert all(one.label for one in changes.told("people", How.MERGED))

    assert everything(engine) == rows
    store(engine, [BETWEEN, says("Jon Vik", "Lifeboats were counted every spring", FERRY)])
    after = graph(engine)
    for kind in ("statements", "events", "people"):
        assert merged[kind].keys() == before[kind].keys() - after[kind].keys()
        assert merged[kind]
        assert set(merged[kind].values()) <= after[kind].keys()
    (person,) = merged["people"]
    assert before["people"][person]["name"] == "Vik"
    assert after["people"][merged["people"][person]]["name"] == "Jon Vik"


KILLED = """
import sys, time
from pathlib import Path
from etl import pipeline
from etl.read import Defaults
from schema.database import engine_for, rehearsing
from tests.recorded import NOW, on_record

def tell(progress):
    print("stored", flush=True)
    time.sleep(60)

with rehearsing(engine_for(sys.argv[1])) as connection:
    pipeline.load(connection, [Path(sys.argv[2])], defaults=Defaults(), manifest=None, now=NOW, batch_size=4, tell=tell,
                  reader=on_record)
"""


def test_killed_in_the_middle_it_leaves_nothing(engine: Engine, database_url: str, tmp_path: Path) -> None:
    """A batch was stored; nobody waits for the dead."""
    first, second = feeds(tmp_path)
    load_feed(engine, first, 500)
    rows = everything(engine)
    command = [sys.executable, "-c", KILLED, database_url, str(second)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "stored\n"
        process.kill()

    assert everything(engine) == rows
    load_feed(engine, second, 500)
    assert everything(engine) != rows


def test_nobody_else_writes_until_it_ends(engine: Engine, tmp_path: Path) -> None:
    """Whoever reads sees what was there before."""
    first, second = feeds(tmp_path)
    load_feed(engine, first, 500)
    rows = everything(engine)

    with rehearsing(engine) as connection:
        load_feed(connection, second, 4)
        assert everything(engine) == rows
        with ThreadPoolExecutor(1) as pool:
            other = pool.submit(load_feed, engine, first, 500)
            assert not wait([other], timeout=0.5).done
            # Here, so that the other one can end.
            connection.rollback()
            other.result(timeout=30)

    assert len(everything(engine)["load"]) == 2


def test_a_signal_stops_it_and_leaves_nothing(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the end of a batch."""
    first, second = feeds(tmp_path)
    load_feed(engine, first, 500)
    rows = everything(engine)
    asked: list[int] = []

    def reader(some: Sequence[CleanArticle]) -> Reading:
        asked.append(len(some))
        raise_signal(signal.SIGTERM)
        return on_record(some)

    monkeypatch.setenv("QUOTH_BATCH_SIZE", "4")
    monkeypatch.setattr("etl.guard.guarded", lambda model, budget: nullcontext(reader))

    assert main(["load", str(second), "--dry-run", "--database", database_url]) == 130

    assert len(asked) == 1
    assert everything(engine) == rows


@pytest.mark.model
def test_the_command_tells_it_and_stores_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In words with the first of each, and as JSON with all; not even what the model found is kept."""
    url = f"sqlite:///{tmp_path / 'quoth.db'}"
    migrate(url)
    engine = engine_for(url)
    rows = everything(engine)
    sample, options = str(SAMPLES / "02-harbour-courier.json"), ["--fast", "--dry-run", "--database", url]

    assert main(["load", sample, *options]) == 0
    told = capsys.readouterr().out
    assert main(["load", sample, *options, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)

    assert "1  article: added" in told
    assert "articles: 1 added" in told
    assert "--json prints all" in told
    assert found["dry_run"] is True
    assert found["load"] is None
    assert found["outcomes"]["article: added"] == 1
    assert {kind: {how: len(its) for how, its in of.items()} for kind, of in found["changes"].items()} == found[
        "counts"
    ]
    (article,) = found["changes"]["articles"]["added"]
    assert article["id"] in told
    assert everything(engine) == rows
    engine.dispose()
