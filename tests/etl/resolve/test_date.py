"""What date expressions mean, read on Tuesday 18 January 2022."""

import json
from datetime import date
from pathlib import Path

import pytest

from etl.resolve.date import EXPRESSION, date_of

TUESDAY = date(2022, 1, 18)
SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "dates" / "cases.dev.jsonl"

# The first ten are the cases of the shared folder (own work).
CASES = [
    ("on Monday", "past", "2022-01-17"),
    ("Tuesday", "past", "2022-01-18"),
    ("Thursday night", "past", "2022-01-13"),
    ("early Monday", "past", "2022-01-17"),
    ("next Monday", "future", "2022-01-24"),
    ("yesterday", "past", "2022-01-17"),
    ("Dec. 31", "past", "2021-12-31"),
    ("on Jan. 21", "future", "2022-01-21"),
    ("last week", "past", "2022-01-10/2022-01-16"),
    ("last month", "past", "2021-12"),
    ("last Tuesday", "past", "2022-01-11"),
    ("on Tuesday", "future", "2022-01-25"),
    ("late Wednesday", "past", "2022-01-12"),
    ("this Friday", "future", "2022-01-21"),
    ("today", "past", "2022-01-18"),
    ("last night", "past", "2022-01-17"),
    ("on Jan. 9", "past", "2022-01-09"),
    ("Jan. 9, 2021", "past", "2021-01-09"),
    ("9 January", "past", "2022-01-09"),
    ("the 9th of January", "past", "2022-01-09"),
    ("Sunday, January 16, 2022", "past", "2022-01-16"),
    ("2022-01-17", "past", "2022-01-17"),
    ("two weeks ago", "past", "2022-01-04"),
    ("a week ago", "past", "2022-01-11"),
    ("earlier this week", "past", "2022-01-17/2022-01-18"),
    ("last weekend", "past", "2022-01-15/2022-01-16"),
    ("earlier this month", "past", "2022-01"),
    ("in December", "past", "2021-12"),
    ("in March", "future", "2022-03"),
    ("in November 2021", "past", "2021-11"),
    ("last March", "past", "2021-03"),
    ("in 2014", "past", "2014"),
    ("last year", "past", "2021"),
    ("Mon.", "past", "2022-01-17"),
]


@pytest.mark.parametrize(("expression", "tense", "want"), CASES)
def test_an_expression_means_the_day_that_readers_take_it_for(expression: str, tense: str, want: str) -> None:
    found = date_of(expression, TUESDAY, tense)

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
