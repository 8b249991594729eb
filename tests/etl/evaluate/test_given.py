"""Resolving alone, the labelled quotations given: no database, no extraction, each article by itself."""

import json

import pytest

from schema.cli import main

TEXT = (
    "Mayor Una Fell told Norwire on Monday that the dam would hold. She said the water was low.\n\n"
    "Peter Jones, an engineer, said Fell was right.\n"
)
ARTICLE = {"text": TEXT, "source": "The Lomar Lamp (invented)", "published_on": "2022-01-18", "external_id": "lamp:1"}


def label(number, content, source, cue, speaker, **more):
    return {
        "id": str(number),
        "content": [content],
        "source": source,
        "cue": cue,
        "kind": "INDIRECT",
        "act": "SPEECH",
        "basis": "EXPLICIT",
        "speaker": speaker,
        "said": None,
        "statement": f"s{number}",
        **more,
    }


MONDAY = {"on": "2022-01-17", "expression": "on Monday", "basis": "STATED"}
LABELS = {
    "article": "1-dam",
    "event": "dam",
    "copy_of": None,
    "correction_of": None,
    "attributions": [
        label(
            1,
            "the dam would hold",
            "Mayor Una Fell",
            "told",
            "fell",
            said=MONDAY,
            chain=[["RELAYER", "norwire", "Norwire"]],
        ),
        label(2, "the water was low", "She", "said", "fell", said={**MONDAY, "basis": "SAME_OCCASION"}),
        label(3, "Fell was right", "Peter Jones", "said", "jones", mentions=[["Fell", "fell"]]),
    ],
}
PARTIES = {
    "fell": {"type": "PERSON", "name": "Una Fell"},
    "jones": {"type": "PERSON", "name": "Peter Jones"},
    "norwire": {"type": "ORGANIZATION", "name": "Norwire"},
}


@pytest.fixture
def labels(tmp_path):
    """A folder of labels beside its one article."""
    (tmp_path / "articles").mkdir()
    (tmp_path / "labelled" / "articles").mkdir(parents=True)
    (tmp_path / "articles" / "1-dam.json").write_text(json.dumps(ARTICLE), encoding="utf-8")
    (tmp_path / "labelled" / "parties.json").write_text(json.dumps(PARTIES), encoding="utf-8")
    (tmp_path / "labelled" / "look_alikes.json").write_text("[]", encoding="utf-8")
    return tmp_path / "labelled"


def run(labels, capsys, change=None, *options):
    found = json.loads(json.dumps(LABELS))
    if change:
        change(found["attributions"])
    (labels / "articles" / "1-dam.json").write_text(json.dumps(found), encoding="utf-8")
    assert main(["evaluate", "--given", "--labels", str(labels), "--samples", "0", "--fast", *options]) == 0
    rows = (line.rsplit(maxsplit=3) for line in capsys.readouterr().out.splitlines()[1:] if line)
    return {row[0].split()[0]: row[1] for row in rows if len(row) == 4}


@pytest.mark.model
def test_every_answer_is_right_in_a_plain_article(labels, capsys):
    found = run(labels, capsys)

    assert found == dict.fromkeys(("speaker", "chain", "date", "mentions", "people"), "100.0")


@pytest.mark.model
@pytest.mark.parametrize(
    ("change", "measure"),
    [
        (lambda rows: rows[1].update(speaker="jones"), "speaker"),
        (lambda rows: rows[0].update(chain=[]), "chain"),
        (lambda rows: rows[0].update(said={**MONDAY, "on": "2022-01-10"}), "date"),
        (lambda rows: rows[2].update(mentions=[]), "mentions"),
    ],
)
def test_a_label_that_says_otherwise_is_counted(labels, capsys, change, measure):
    """So that no figure is right by default."""
    assert float(run(labels, capsys, change)[measure]) < 100


@pytest.mark.model
def test_details_name_what_is_wrong(labels, capsys):
    (labels / "articles" / "1-dam.json").write_text(json.dumps(LABELS).replace('"jones", "said"', '"fell", "said"'))

    main(["evaluate", "--given", "--labels", str(labels), "--samples", "0", "--fast", "--details"])

    out = capsys.readouterr().out
    assert "wrong speakers: 1 of 3" in out
    assert "1-dam#3 (s3) Fell was right: 'Peter Jones', the labels say fell" in out


def test_given_is_not_about_a_corpus(capsys, tmp_path):
    assert main(["evaluate", "--given", "--gold", str(tmp_path / "a.jsonl")]) == 2
    assert "--given is about the labelled articles" in capsys.readouterr().err
