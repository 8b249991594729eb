"""Mentions of people against a corpus that marks them: the figures by hand, and every bad row named."""

import json

import pytest

from etl.errors import LabelError
from etl.evaluate.figures import figures
from etl.evaluate.persons import PersonsArticle, persons_scores, read_persons
from etl.records import ResolvedMention, Span
from schema.cli import main

TEXT = "Dana Ortiz met Una Fell. Ortiz said she was late."
ROWS = [("Dana Ortiz", 0, 10, "p1"), ("Una Fell", 15, 23, "p2"), ("Ortiz", 25, 30, "p1"), ("she", 36, 39, "p1")]


def written(tmp_path, rows, text=TEXT):
    """The two files: mentions and articles."""
    mentions, articles = tmp_path / "persons.jsonl", tmp_path / "articles.jsonl"
    lines = (json.dumps({"article": "a1", "text": t, "start": s, "end": e, "person": p}) for t, s, e, p in rows)
    mentions.write_text("\n".join(lines), encoding="utf-8")
    articles.write_text(json.dumps({"id": "a1", "text": text}), encoding="utf-8")
    return mentions, articles


def score(articles: list[PersonsArticle], *found: tuple[int, int, str]):
    """F1 of names, capitals and all."""
    mentions = [ResolvedMention(Span(start, end), party) for start, end, party in found]
    return [round(figures(one.rows).f1, 3) for one in persons_scores(articles, [mentions]).measures]


def test_what_is_found_rightly_is_one(tmp_path):
    articles = read_persons(*written(tmp_path, ROWS))

    assert score(articles, (0, 10, "a"), (15, 23, "b"), (25, 30, "a"), (36, 39, "a")) == [1, 1, 1]


def test_a_mention_to_which_nobody_is_found_is_alone(tmp_path):
    """Precision 1; recall (1/2 + 1 + 1/2) / 3 for the names."""
    articles = read_persons(*written(tmp_path, ROWS))

    assert score(articles, (0, 10, "a"), (15, 23, "b"))[0] == 0.8


def test_two_people_taken_for_one_cost_precision(tmp_path):
    """Precision (2/3 + 1/3 + 2/3) / 3, recall 1."""
    articles = read_persons(*written(tmp_path, ROWS))

    assert score(articles, (0, 10, "a"), (15, 23, "a"), (25, 30, "a"))[0] == round(2 * (5 / 9) / (1 + 5 / 9), 3)


def test_a_pronoun_is_no_name_however_it_is_printed(tmp_path):
    """ "She" begins with a capital."""
    articles = read_persons(*written(tmp_path, [("She", 0, 3, "p1"), ("Una Fell", 8, 16, "p2")], "She met Una Fell."))

    names, capitals, every = persons_scores(articles, [[]]).measures
    assert (names.gold, capitals.gold, every.gold) == (1, 2, 2)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (("x", 40, 90, "p1"), "persons.jsonl:1: no characters 40-90 in article 'a1'"),
        (("x", -1, 4, "p1"), "no characters -1-4"),
        (("x", 0, 4, 7), "person: Input should be a valid string"),
    ],
)
def test_a_bad_row_is_named_with_its_place_and_the_way_out(tmp_path, row, told):
    with pytest.raises(LabelError) as raised:
        read_persons(*written(tmp_path, [row]))

    assert told in str(raised.value)


@pytest.mark.model
def test_the_command_scores_a_corpus(tmp_path, capsys):
    mentions, articles = written(tmp_path, ROWS)

    code = main(["evaluate", "--persons", str(mentions), "--articles", str(articles), "--samples", "0", "--fast"])

    assert code == 0
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["names", "(B-cubed)", "100.0", "100.0", "100.0", "3", "3"] in rows


@pytest.mark.model
def test_the_command_scores_people_across_articles(tmp_path, capsys):
    """The same name in two articles is one person; article by article nobody would ask."""
    mentions, articles = tmp_path / "persons.jsonl", tmp_path / "articles.jsonl"
    rows = [{"article": name, "start": 0, "end": 10, "person": "p1"} for name in ("a1", "a2")]
    mentions.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    texts = [{"id": name, "text": "Dana Ortiz opened the harbour."} for name in ("a1", "a2")]
    articles.write_text("\n".join(map(json.dumps, texts)), encoding="utf-8")
    files = ["--persons", str(mentions), "--articles", str(articles)]

    code = main(["evaluate", *files, "--across", "--samples", "0", "--fast"])

    assert code == 0
    table = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["names", "(B-cubed)", "100.0", "100.0", "100.0", "2", "2"] in table


def test_across_without_mentions_is_an_error(capsys):
    assert main(["evaluate", "--across"]) == 2
    assert "give them with --persons and --articles" in capsys.readouterr().err


def test_one_file_without_the_other_is_an_error(tmp_path, capsys):
    mentions, _ = written(tmp_path, ROWS)

    assert main(["evaluate", "--persons", str(mentions)]) == 2
    assert "--persons and --articles go together" in capsys.readouterr().err
