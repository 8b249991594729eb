"""`quoth load --dry-run` tells what the load then changes, and changes nothing. Both databases."""

import json
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl.changes import Changes, How
from etl.export.lines import KINDS
from etl.pipeline import load
from etl.read import Defaults
from schema import tables
from schema.cli import main
from schema.database import Database, engine_for, rehearsing
from schema.tables import metadata
from tests.etl.export.test_lines import lines
from tests.etl.load.test_identities import body_says, says
from tests.etl.test_undo import feed, record
from tests.recorded import NOW, load_feed, on_record, write_feed

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
            How.CHANGED: {key for key in after[kind].keys() & before[kind].keys() if after[kind][key] != before[kind][key]},
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
    for how in (How.ADDED, How.CHANGED, How.GONE):
        assert kept(told, how), how
    again = rehearsed(engine, second, batch_size)
    assert not any(kept(again, how) for how in How)
