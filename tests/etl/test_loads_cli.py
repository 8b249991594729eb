"""`quoth loads` and `quoth loads show`: runs, how their records ended, what is there of them. Both databases."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from etl import load
from etl.load.prepared import Prepared
from etl.records import Refused, ResolvedArticle
from schema.cli import main
from tests.etl.load.test_store import ARTICLES, NOW


@pytest.fixture(autouse=True)
def url(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line finds the database of the test."""
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)


def run(engine: Engine, articles: list[ResolvedArticle], *refused: str, day: int = 0, finished: bool = True) -> str:
    """The id of a load, so many days after the first, that stores these and refuses one record a reason."""
    begun = load.begin(engine, f"test {day}", NOW + timedelta(days=day))
    rejected = [Refused(f"a:{nth}", reason, f"a:{nth}: {reason}", b"") for nth, reason in enumerate(refused)]
    outcomes = {"article: added": len(articles), "note: short": 1}
    outcomes |= {f"article: refused ({reason})": refused.count(reason) for reason in refused}
    load.store(engine, begun, [Prepared.of(one) for one in articles], rejected, outcomes)
    if finished:
        load.finish(engine, begun, {}, NOW + timedelta(days=day, hours=26))
    return str(begun.id)


def objects(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    assert main(["loads", *words]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_newest_load_comes_first_with_begin_end_and_outcomes(engine: Engine, capsys) -> None:
    """One that was stopped has no end."""
    first = run(engine, ARTICLES[:2], "bad-date", "bad-date")
    second = run(engine, ARTICLES[2:3], day=1, finished=False)

    assert main(["loads"]) == 0

    assert capsys.readouterr().out.splitlines() == [
        f"{second}  2022-01-21T12:00Z not finished  1 added  (test 1)",
        f"{first}  2022-01-20T12:00Z to 2022-01-21T14:00Z  2 added, 2 refused (bad-date)  (test 0)",
    ]


@pytest.mark.parametrize("option", [["--format", "jsonl"], ["--json"]])
def test_as_json_a_load_has_every_outcome(engine: Engine, capsys, option: list[str]) -> None:
    run(engine, ARTICLES[:1])
    second = run(engine, ARTICLES[1:2], "no-text", day=1)

    (found,) = objects(capsys, "--limit", "1", *option)

    assert found == {
        "id": second,
        "started_at": "2022-01-21T12:00:00+00:00",
        "finished_at": "2022-01-22T14:00:00+00:00",
        "undone_at": None,
        "waiting": 0,
        "method": "test 1",
        "outcomes": {"article: added": 1, "article: refused (no-text)": 1, "note: short": 1},
    }


def test_one_load_tells_what_is_there_of_it(engine: Engine, capsys) -> None:
    """An article that a later load wrote anew is that one's; so is a record that it refused again."""
    first = run(engine, ARTICLES, "bad-date", "no-text", "no-text")
    run(engine, ARTICLES[:2], "bad-date", day=1)

    (found,) = objects(capsys, "show", first[:8], "--format", "jsonl")
    assert main(["loads", "show", first[:8]]) == 0
    told = capsys.readouterr().out.splitlines()

    assert found["stored"] == {"records": 0, "articles": 3, "reports": 3}
    assert found["quarantine"] == {"no-text": 2}
    assert [line.split(maxsplit=1) for line in told[1:]] == [
        ["5", "article: added"],
        ["1", "article: refused (bad-date)"],
        ["2", "article: refused (no-text)"],
        ["1", "note: short"],
        ["0", "stored still: records"],
        ["3", "stored still: articles"],
        ["3", "stored still: reports"],
        ["2", "in quarantine still: no-text"],
    ]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--limit", "0"], 2, "--limit 0"),
        (["show", "no-such"], 1, "'no-such'"),
        (["show", ""], 1, "''"),
    ],
)
def test_what_is_of_no_use_is_told(engine: Engine, capsys, words: list[str], code: int, told: str) -> None:
    run(engine, ARTICLES[:1])

    assert main(["loads", *words]) == code
    assert told in capsys.readouterr().err
