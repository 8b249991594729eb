"""`quoth cluster remarks`: one line a pair, in their order, as loads judge the words; what is wrong is told."""

import argparse
import json
from pathlib import Path
from typing import Any

import pytest

from etl.merge import JOIN
from etl.merge_cli import add_remarks

FERRIES = "The new ferries will sail from every northern harbour in March"
ARTICLES = [
    {"id": "a1", "text": f"“{FERRIES},” she said.", "date": "2022-01-17", "title": "Ferries"},
    {"id": "a2", "text": f"She promised: {FERRIES}. Rents stay as they are.", "date": "2022-01-18"},
    {"id": "a3", "text": f"“{FERRIES},” she said.", "date": "2022-03-18"},
    {"id": "a4", "text": f"“{FERRIES},” she said."},
]


def side(article: dict[str, Any], words: str) -> dict[str, Any]:
    """Words of an article as a pair names them."""
    start = article["text"].index(words)
    return {"article": article["id"], "start": start, "end": start + len(words), "text": words}


FIRST = side(ARTICLES[0], FERRIES)
GOOD = {"a": FIRST, "b": side(ARTICLES[1], FERRIES)}


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """Runs the command on these lines: exit code, rows, what it told."""

    def ran(pairs: list[Any], *options: str, articles: list[Any] = ARTICLES) -> tuple[int, list[Any], str]:
        for name, rows in (("pairs", pairs), ("articles", articles)):
            lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
            (tmp_path / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        parser = argparse.ArgumentParser()
        add_remarks(parser.add_subparsers())
        files = [str(tmp_path / "pairs.jsonl"), "--articles", str(tmp_path / "articles.jsonl")]
        parsed = parser.parse_args(["remarks", *files, *options])
        code = parsed.run(parsed)
        out, err = capsys.readouterr()
        return code, [json.loads(line) for line in out.splitlines()], err

    return ran


def test_a_line_for_each_pair_in_their_order(run) -> None:
    """With its number, whether it is one remark, and the score."""
    other = {"a": FIRST, "b": side(ARTICLES[1], "Rents stay as they are")}

    code, rows, told = run([other, "", GOOD])

    assert (code, told) == (0, "")
    assert [(row["line"], row["same"]) for row in rows] == [(1, False), (3, True)]
    assert [row["score"] >= JOIN for row in rows] == [False, True]
    assert rows[0].keys() == {"line", "same", "score"}


def test_reasons_are_printed_when_asked_for(run) -> None:
    """The evidence and what each counts."""
    _, rows, _ = run([GOOD], "--reasons")

    assert rows[0]["reason"].startswith("same words in runs +")


def test_articles_of_other_weeks_carry_another_remark(run) -> None:
    """The same words; an article without a date may be of any."""
    _, rows, _ = run([{"a": FIRST, "b": side(article, FERRIES)} for article in ARTICLES[2:]])

    assert [row["same"] for row in rows] == [False, True]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "pairs.jsonl:1: not JSON at character"),
        ("[]", "pairs.jsonl:1: a list, not an object; give one pair a line"),
        ({"a": FIRST}, "pairs.jsonl:1: 'b' is null, not an object"),
        ({"a": FIRST, "b": {"start": 0, "end": 3}}, "pairs.jsonl:1: 'b': no 'article'"),
        ({"a": FIRST, "b": {**FIRST, "article": 7}}, "pairs.jsonl:1: 'b': 'article' is 7, not a string"),
        ({"a": FIRST, "b": {**FIRST, "article": "zz"}}, "there is no article 'zz'; give it a line in --articles"),
        ({"a": FIRST, "b": {**FIRST, "end": 999}}, "no characters 1-999 in article 'a1' of 75; count code points"),
        ({"a": FIRST, "b": {**FIRST, "start": True}}, "no characters true-63 in article 'a1'"),
        ({"a": FIRST, "b": {**FIRST, "text": "Rents"}}, '\'text\' is "Rents", the article has "The new'),
    ],
)
def test_a_bad_line_is_told_and_left_out(run, line: Any, message: str) -> None:
    """With file, line, value and the way out; the others are printed."""
    code, rows, told = run([line, GOOD])

    assert code == 1
    assert [row["line"] for row in rows] == [2]
    assert message in told


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ({"id": "a9"}, "articles.jsonl:5: no 'text'; give one article a line"),
        ({"id": "a1", "text": "Again."}, "articles.jsonl:5: id 'a1' was given before"),
        ({"id": "a9", "text": "Soon.", "date": "17/1/22"}, "articles.jsonl:5: 'date' is \"17/1/22\"; give a date such"),
    ],
)
def test_a_bad_article_is_told(run, line: Any, message: str) -> None:
    """The pairs of the others are judged."""
    code, rows, told = run([GOOD], articles=[*ARTICLES, line])

    assert (code, len(rows)) == (1, 1)
    assert message in told
