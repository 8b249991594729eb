"""What date expressions mean: a table of own cases, and those of the shared folder."""

import json
from datetime import date
from pathlib import Path

import pytest

from etl.resolve.date import EXPRESSION, Tense, date_of

TUESDAY = date(2022, 1, 18)
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "dates" / "cases.dev.jsonl"
LINES = (Path(__file__).parent / "dates.tsv").read_text("utf-8").splitlines()
CASES = [tuple(line.split("\t")) for line in LINES if not line.startswith("#")]


def test_the_table_is_as_long_as_it_should_be() -> None:
    """At least 80, none twice."""
    assert len(set(CASES)) == len(CASES) >= 80


@pytest.mark.parametrize(("published", "tense", "expression", "want"), CASES)
def test_an_expression_means_the_day_that_readers_take_it_for(
    published: str, tense: Tense, expression: str, want: str
) -> None:
    """And it is found whole where it stands."""
    text = f"The board said {expression} that it was late."

    assert [match.group() for match in EXPRESSION.finditer(text)] == [expression]
    found = date_of(expression, date.fromisoformat(published), tense)
    assert found is not None
    assert found.value == want


@pytest.mark.skipif(not SHARED.exists(), reason="the shared folder is not beside this checkout")
def test_the_shared_cases_are_all_right() -> None:
    lines = SHARED.read_text("utf-8").splitlines()

    for case in map(json.loads, lines):
        found = date_of(case["text"], date.fromisoformat(case["ref"][:10]), case["tense"])
        first, last = case["want"] if isinstance(case["want"], list) else (case["want"], case["want"])
        assert found is not None, case
        assert (first, last) == (found.earliest.date().isoformat(), found.latest.date().isoformat()), case


@pytest.mark.parametrize("words", ["", "soon", "the minister", "30 February"])
def test_what_is_no_date_means_none(words: str) -> None:
    assert date_of(words, TUESDAY) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("he said on Monday that", ["on Monday"]),
        ("In a speech on Jan. 9, he", ["on Jan. 9"]),
        ("said Monday night in", ["Monday night"]),
        ("A week ago, Canada offered", ["A week ago"]),
        ("they may 3 times", []),
        ("wrote The Sun today", ["today"]),
        ("on Sunday, January 16, 2022, he", ["on Sunday, January 16, 2022"]),
        ("deployed since 2015", []),
    ],
)
def test_expressions_are_found_where_they_stand(text: str, found: list[str]) -> None:
    assert [match.group() for match in EXPRESSION.finditer(text)] == found
