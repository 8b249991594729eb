"""`quoth cluster events`: one line an article, in their order, grouped as loads group; what is wrong is told."""

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from etl.cluster_articles import events_of, read_articles
from etl.cluster_cli import add_events
from etl.evaluate.clusters import b_cubed
from etl.evaluate.figures import figures

QUAKE = [
    "An earthquake of magnitude 5.1 shook the island of Vikholm on Sunday and injured five people. The quake damaged "
    "mud-brick houses in the villages of Sandnes and Tarnby, the governor, Ida Holm, said.",
    "Five people were hurt on Sunday when an earthquake hit Vikholm. Houses in Sandnes collapsed, and the governor of "
    "the island, Ida Holm, asked for tents. Seismologists put the magnitude at 5.1.",
    "Vikholm quake injures five: an earthquake of magnitude 5.1 was felt in Tarnby and Sandnes on Sunday. Governor "
    "Holm said that houses there were damaged.",
]
OTHER_QUAKE = [
    "An earthquake of magnitude 6.3 shook the province of Marvia on Tuesday and killed ten people. The quake levelled "
    "houses in the town of Oskar Valley, the mayor, Leo Brandt, said.",
    "Ten people were killed on Tuesday when an earthquake hit Marvia. Houses in Oskar Valley collapsed, and the mayor "
    "of the town, Leo Brandt, asked for doctors. Seismologists put the magnitude at 6.3.",
    "Marvia quake kills ten: an earthquake of magnitude 6.3 was felt in Oskar Valley on Tuesday. Mayor Brandt said "
    "that houses there were levelled.",
]
FOOTBALL = "Rosvik beat Kellby by three goals to one in the cup final on a cold evening. The goalkeeper was injured."
ROWS = [
    {"id": f"{event}{n}", "text": text, "source": "The Daily Example", "url": None}
    for event, texts in (("a", QUAKE), ("b", OTHER_QUAKE), ("c", [FOOTBALL]))
    for n, text in enumerate(texts)
]

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FLOORS = {"ecbplus": 0.94, "allsides-stories": 0.9, "basil-triples": 0.99}
"""B-cubed F1 on the development parts, a little under what was measured."""


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs the command on these lines: exit code, rows, what it told."""

    def ran(rows: list[Any]) -> tuple[int, list[Any], str]:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        file = tmp_path / "articles.jsonl"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        parser = argparse.ArgumentParser()
        add_events(parser.add_subparsers())
        parsed = parser.parse_args(["events", str(file)])
        code = parsed.run(parsed)
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return ran


def grouped(rows: list[dict[str, str]]) -> set[frozenset[str]]:
    """The ids of the articles of each event."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        found[row["cluster"]].add(row["id"])
    return {frozenset(ids) for ids in found.values()}


EVENTS = {frozenset({"a0", "a1", "a2"}), frozenset({"b0", "b1", "b2"}), frozenset({"c0"})}


def test_two_events_that_look_alike_are_two(run) -> None:
    """Two quakes in one week; the football match is an event of its own. A line for each article, in their order."""
    code, rows, told = run(ROWS)

    assert (code, told) == (0, "")
    assert [row["id"] for row in rows] == [row["id"] for row in ROWS]
    assert rows[0].keys() == {"id", "cluster"}
    assert grouped(rows) == EVENTS


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_lines_changes_no_event(run, seed: int) -> None:
    """Nor the name of one."""
    shuffled = random.Random(seed).sample(ROWS, len(ROWS))

    _, rows, _ = run(ROWS)
    _, again, _ = run(shuffled)

    assert sorted(again, key=lambda row: row["id"]) == sorted(rows, key=lambda row: row["id"])


def test_an_id_is_no_evidence(run) -> None:
    """The same articles by other names: the same events."""
    renamed = {row["id"]: f"x{number * 7 % 10}" for number, row in enumerate(ROWS)}

    _, rows, _ = run([row | {"id": renamed[row["id"]]} for row in ROWS])

    assert grouped(rows) == {frozenset(renamed[name] for name in event) for event in EVENTS}


def test_a_month_between_makes_two_events(run) -> None:
    """The same words, dated."""
    again = [{"id": name, "text": QUAKE[0], "date": date} for name, date in (("a", "2022-01-17"), ("b", "2022-02-17"))]

    assert len(grouped(run(again)[1])) == 2
    assert len(grouped(run([row | {"date": None} for row in again])[1])) == 1


def test_an_empty_article_is_an_event_of_its_own(run) -> None:
    """Two of them have nothing in common."""
    code, rows, _ = run([{"id": "a", "text": ""}, {"id": "b", "text": ""}])

    assert code == 0
    assert len(grouped(rows)) == 2


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("{", "not JSON"),
        ("[]", "a list, not an object"),
        ({"text": "A ferry sank."}, "no 'id'"),
        ({"id": "z"}, "no 'text'"),
        ({"id": 7, "text": "A ferry sank."}, "'id' is 7, not a string"),
        ({"id": "z", "text": None}, "'text' is null, not a string"),
        ({"id": "z", "text": "A ferry sank.", "title": ["A"]}, "'title' is [\"A\"], not a string"),
        ({"id": "a0", "text": "A ferry sank."}, "id 'a0' was given before"),
    ],
)
def test_a_line_that_is_no_article_is_told_and_left_out(run, line: Any, wrong: str) -> None:
    """With its number; the others are grouped all the same."""
    code, rows, told = run([*ROWS, line])

    assert code == 1
    assert f"articles.jsonl:{len(ROWS) + 1}: {wrong}" in told
    assert grouped(rows) == EVENTS


def test_a_date_that_is_none_is_told_and_not_used(run) -> None:
    """The article is grouped by its words alone."""
    code, rows, told = run([*ROWS[1:], ROWS[0] | {"date": "17 Jan"}])

    assert code == 1
    assert "articles.jsonl:7: 'date' is \"17 Jan\"; give a date such as 2022-01-17" in told
    assert grouped(rows) == EVENTS


@pytest.mark.parametrize("corpus", FLOORS)
def test_events_of_the_shared_corpora(corpus: str, tmp_path: Path) -> None:
    """One setting for all three."""
    file = SHARED / corpus / "articles.dev.jsonl"
    if not file.is_file():
        pytest.skip("the shared data are not here")
    gold = {}
    shown = tmp_path / "articles.jsonl"
    with file.open(encoding="utf-8") as lines, shown.open("w", encoding="utf-8") as out:
        for line in lines:
            row = json.loads(line)
            gold[row["id"]] = row["cluster"]
            known = {name: row.get(name) for name in ("id", "text", "title", "source", "date", "url")}
            out.write(json.dumps(known) + "\n")
    told: list[str] = []

    found = events_of(read_articles(shown, told.append))

    assert told == []
    assert figures(b_cubed(gold, found).values()).f1 >= FLOORS[corpus]
