"""`quoth evaluate`: from labels and a loaded database to the table, and what it says when something is missing."""

import json
from datetime import UTC, datetime

import pytest
from readers import in_this_process

from etl.pipeline import load
from etl.read import Defaults
from schema.cli import main
from schema.database import engine_for

TEXT = (
    'The old dam above Lomar "will hold for another winter," the engineer Ada Roe told reporters on Monday. '
    "Roe said that the town council had known of the leak since the autumn.\n"
)
ARTICLE = {"text": TEXT, "source": "The Lomar Lamp (invented)", "published_on": "2022-01-18", "external_id": "lamp:1"}
LABELS = {
    "article": "1-dam",
    "event": "dam",
    "copy_of": None,
    "correction_of": None,
    "attributions": [
        {
            "id": "1",
            "content": ["the town council had known of the leak since the autumn"],
            "source": "Roe",
            "cue": "said",
            "kind": "INDIRECT",
            "act": "SPEECH",
            "basis": "EXPLICIT",
            "speaker": "roe",
            "said": None,
            "statement": "leak",
        }
    ],
}


@pytest.fixture
def seeds(tmp_path):
    """A folder with one labelled article."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "labelled" / "articles").mkdir(parents=True)
    (tmp_path / "articles" / "1-dam.json").write_text(json.dumps(ARTICLE), encoding="utf-8")
    (tmp_path / "labelled" / "articles" / "1-dam.json").write_text(json.dumps(LABELS), encoding="utf-8")
    parties = {"roe": {"type": "PERSON", "name": "Ada Roe"}}
    (tmp_path / "labelled" / "parties.json").write_text(json.dumps(parties), encoding="utf-8")
    (tmp_path / "labelled" / "look_alikes.json").write_text("[]", encoding="utf-8")
    return tmp_path


def run(*arguments, seeds, url):
    return main(["evaluate", "--labels", str(seeds / "labelled"), "--database", url, *arguments])


@pytest.mark.model
def test_a_loaded_article_is_scored_and_the_table_goes_to_stdout(seeds, database_url, capsys):
    engine = engine_for(database_url)
    load(
        engine,
        [seeds / "articles"],
        defaults=Defaults(None, None, None, None),
        manifest=None,
        now=datetime.now(UTC),
        batch_size=32,
        tell=lambda progress: None,
        reader=in_this_process(),
    )
    engine.dispose()

    assert run("--samples", "20", seeds=seeds, url=database_url) == 0

    rows = {line[:24].strip(): line[24:].split() for line in capsys.readouterr().out.splitlines()}
    assert rows["attributions, indirect"][:3] == ["100.0", "100.0", "100.0"]
    assert rows["speaker"][:3] == ["100.0", "1", "1"]
    assert rows["people (B-cubed)"][2] == "100.0"


def test_an_article_that_was_never_loaded_is_told_with_the_way_out(seeds, database_url, capsys):
    assert run(seeds=seeds, url=database_url) == 1

    told = capsys.readouterr()
    assert told.out == ""
    assert f"labelled articles not in the database: 1-dam; run quoth load {seeds / 'articles'} with" in told.err


def test_labels_with_a_problem_are_told_before_anything_is_scored(seeds, database_url, capsys):
    (seeds / "labelled" / "parties.json").write_text("{}", encoding="utf-8")

    assert run(seeds=seeds, url=database_url) == 1

    assert "speaker 'roe' is not in parties.json; add it there or correct the id" in capsys.readouterr().err


def test_a_negative_number_of_samples_is_told(seeds, capsys):
    assert run("--samples", "-1", seeds=seeds, url="sqlite:///none.db") == 2

    assert "--samples -1: give 0" in capsys.readouterr().err


@pytest.mark.model
def test_a_marked_corpus_is_scored_without_a_database(tmp_path, capsys):
    line = {"id": "a", "text": TEXT, "attributions": []}
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line) + "\n", encoding="utf-8")

    assert main(["evaluate", "--gold", str(path), "--samples", "0"]) == 0

    out = capsys.readouterr().out.splitlines()
    assert out[-1].split() == ["attributions,", "indirect", "0.0", "0.0", "0.0", "0", "1"]


@pytest.fixture
def marked(tmp_path):
    """A corpus of one article, and predictions that have one of its two attributions."""
    first, end = TEXT.index('"will'), TEXT.index(" the engineer")
    second = TEXT.index("that the town"), len(TEXT) - 2
    gold = [
        {"content": [[first, end]], "source": [[TEXT.index("the engineer"), TEXT.index(" told")]]},
        {"content": [second], "source": [[TEXT.index("Roe said"), TEXT.index(" said")]]},
    ]
    corpus, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    corpus.write_text(json.dumps({"id": "a", "text": TEXT, "attributions": gold}) + "\n", encoding="utf-8")
    predicted = [gold[1] | {"confidence": 0.9}]
    found.write_text(json.dumps({"article": "a", "attributions": predicted}) + "\n", encoding="utf-8")
    return corpus, found


def test_predictions_are_scored_sorted_by_kind_of_error_and_drawn_without_a_model(marked, tmp_path, capsys):
    corpus, found = marked
    drawn = tmp_path / "calibration.svg"
    options = ["--samples", "0", "--mistakes", "--details", "--calibration", str(drawn)]

    assert main(["evaluate", "--gold", str(corpus), "--pred", str(found), *options]) == 0

    out = capsys.readouterr().out
    rows = {line[:24].strip(): line[24:].split() for line in out.splitlines()}
    assert rows["attributions"] == ["100.0", "50.0", "66.7", "2", "1"]
    assert "mistakes: 1 (missed 1), 1 kinds" in out
    assert 'a: marked [the engineer Ada Roe | ] "will hold for another winter,"' in out
    assert "bins of equal counts: 0.100" in out
    assert drawn.read_text(encoding="utf-8").startswith("<svg")


def test_an_article_without_predictions_is_told(marked, capsys):
    corpus, found = marked
    found.write_text("", encoding="utf-8")

    assert main(["evaluate", "--gold", str(corpus), "--pred", str(found), "--samples", "0"]) == 0

    assert "no predictions, counted as nothing found: 1 of 1 articles" in capsys.readouterr().out


@pytest.mark.parametrize("option", [["--pred", "x.jsonl"], ["--mistakes"], ["--calibration", "x.svg"]])
def test_what_is_about_a_marked_corpus_needs_one(seeds, capsys, option):
    assert run(*option, seeds=seeds, url="sqlite:///none.db") == 2

    assert f"{option[0]} is about a marked corpus; give one with --gold" in capsys.readouterr().err


def test_a_drawing_that_cannot_be_written_is_told_before_anything_is_read(marked, tmp_path, capsys):
    corpus, found = marked
    nowhere = tmp_path / "nowhere" / "calibration.svg"

    assert main(["evaluate", "--gold", str(corpus), "--pred", str(found), "--calibration", str(nowhere)]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert f"--calibration {nowhere}: no file can be written there" in told.err
