"""The two files of `quoth resolve`, and the command: every good mention printed, every bad line named."""

import json

import pytest

from etl.errors import PredictError
from etl.identify.marked import MarkedMention, read_articles, read_mentions
from etl.records import Span
from schema.cli import main

TEXT = "Mélanie Roy opened the lock. Roy closed it."
ROWS = [{"article": "a1", "start": 0, "end": 11}, {"article": "a1", "start": 29, "end": 32, "text": "Roy", "x": 1}]


def written(path, *lines):
    """A file of these lines, JSON where they are no text yet."""
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def articles(tmp_path):
    return written(tmp_path / "articles.jsonl", {"id": "a1", "text": TEXT, "url": "https://example.org/1"})


def test_articles_by_id_and_bad_lines_told(tmp_path):
    told = []
    file = written(tmp_path / "articles.jsonl", "{", {"id": "a1", "text": TEXT}, {"id": "a1", "text": ""}, {"id": "a2"})

    assert read_articles(file, told.append) == {"a1": TEXT}
    assert [message.split(": ")[0].rpartition(":")[2] for message in told] == ["1", "3", "4"]


def test_mentions_keep_the_order_of_the_file(tmp_path):
    file = written(tmp_path / "mentions.jsonl", *reversed(ROWS))

    found = read_mentions(file, {"a1": TEXT}, pytest.fail)

    assert found == [MarkedMention("a1", Span(29, 32)), MarkedMention("a1", Span(0, 11))]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"article": "a1", "start": 40, "end": 90}, "no characters 40-90 in article 'a1' of 43; count code points"),
        ({"article": "a1", "start": 5, "end": 5}, "no characters 5-5"),
        ({"article": "a1", "start": -1, "end": 5}, "no characters -1-5"),
        ({"article": "b", "start": 0, "end": 5}, "there is no article 'b'; give it a line"),
        ({"article": "a1", "start": "0", "end": 5}, "start: Input should be a valid integer"),
        ({"article": "a1", "start": 0}, "end: Field required"),
        ("{", "the line: Invalid JSON"),
    ],
)
def test_a_bad_mention_is_named_with_its_place_and_the_way_out(tmp_path, row, message):
    told = []

    assert read_mentions(written(tmp_path / "m.jsonl", row), {"a1": TEXT}, told.append) == []
    assert told[0].startswith(f"{tmp_path / 'm.jsonl'}:1: {message}")


def test_a_file_that_is_not_there_is_one_message(tmp_path):
    with pytest.raises(PredictError, match=r"nowhere\.jsonl: No such file or directory; give a file of mentions"):
        read_mentions(tmp_path / "nowhere.jsonl", {}, pytest.fail)


@pytest.mark.model
def test_the_command_prints_every_mention_in_the_order_given(tmp_path, articles, capsys):
    mentions = written(tmp_path / "mentions.jsonl", *reversed(ROWS))

    code = main(["resolve", str(articles), "--mentions", str(mentions), "--fast"])

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 0
    assert [(row["article"], row["start"], row["end"]) for row in rows] == [("a1", 29, 32), ("a1", 0, 11)]
    assert rows[0]["person"] == rows[1]["person"]


@pytest.mark.model
def test_a_bad_line_costs_the_exit_code_and_not_the_other_mentions(tmp_path, articles, capsys):
    mentions = written(tmp_path / "mentions.jsonl", ROWS[0], {"article": "a1", "start": 40, "end": 90}, ROWS[1])

    code = main(["resolve", str(articles), "--mentions", str(mentions), "--fast", "--reasons"])

    out, err = capsys.readouterr()
    assert code == 1
    assert [json.loads(line)["start"] for line in out.splitlines()] == [0, 29]
    assert all("reason" in json.loads(line) for line in out.splitlines())
    assert "mentions.jsonl:2: no characters 40-90" in err


@pytest.mark.model
def test_no_mention_at_all_is_no_error(tmp_path, articles, capsys):
    assert main(["resolve", str(articles), "--mentions", str(written(tmp_path / "m.jsonl")), "--fast"]) == 0
    assert capsys.readouterr().out == ""
