"""The command that writes the cue and evidence lists, on a handful of invented articles."""

import json

import pytest

from etl.extract import cues
from etl.extract.cues import CUE_LIST, EVIDENCE_LIST
from etl.train.evidence import agree, main

pytestmark = pytest.mark.model

# Each sentence with its marked source and content, None where nothing is attributed.
SENTENCES = [
    ("Ana Ortiz said that the vote was lost.", "Ana Ortiz", "that the vote was lost"),
    ("Tom Bell said that the boats were late.", "Tom Bell", "that the boats were late"),
    ("Eva Lund says that the quay is closed.", "Eva Lund", "that the quay is closed"),
    ("Ana Ortiz opened the quay.", None, None),
    ("Tom Bell opened the box.", None, None),
    ("Eva Lund opened the door to see that the boats were late.", None, None),
]


@pytest.fixture
def train(tmp_path):
    file = tmp_path / "train.jsonl"
    rows = []
    for number, (text, source, content) in enumerate(SENTENCES * 2):
        marked = [{"source": [place(text, source)], "cue": None, "content": [place(text, content)]}] if source else []
        rows.append(json.dumps({"id": str(number), "text": text, "attributions": marked}))
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def place(text, part):
    return [text.index(part), text.index(part) + len(part)]


@pytest.fixture
def lists(tmp_path, train, capsys, monkeypatch):
    """The folder the lists were written to; etl.extract reads them from there."""
    out = tmp_path / "etl" / "data"
    out.mkdir(parents=True)
    main([str(train), "--out", str(out)])
    monkeypatch.setattr(cues, "files", lambda package: tmp_path / package)
    cues.weights.cache_clear()
    yield out
    cues.weights.cache_clear()


def test_what_it_writes_is_what_extract_reads(lists):
    weights = cues.weights()

    assert weights.score("that", "say", ()) > 0.5
    assert weights.promise("object", "open") < weights.promise("that", "say")


def test_the_lists_say_where_they_come_from(lists):
    for name in (CUE_LIST, EVIDENCE_LIST):
        text = (lists / name).read_text(encoding="utf-8")
        assert "# Origin: " in text
        assert "# Licence: " in text


def test_a_second_run_writes_the_same_bytes(lists, train, tmp_path):
    first = [(lists / name).read_bytes() for name in (CUE_LIST, EVIDENCE_LIST)]

    main([str(train), "--out", str(lists), "--cache", str(tmp_path / "docs")])
    main([str(train), "--out", str(lists), "--cache", str(tmp_path / "docs")])

    assert [(lists / name).read_bytes() for name in (CUE_LIST, EVIDENCE_LIST)] == first


def test_it_prints_how_much_was_right(train, tmp_path, capsys):
    main([str(train), "--out", str(tmp_path)])

    printed = capsys.readouterr().out
    assert "of 12 articles, 6 right" in printed
    assert "log loss" in printed


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [(set(), set(), True), ({1}, set(), False), ({1, 2}, {2}, True), ({1, 2, 3, 4}, {4, 9}, True), ({1}, {2}, False)],
)
def test_sources_agree_by_half_of_their_words_or_the_last(one, other, expected):
    assert agree(frozenset(one), frozenset(other)) is expected
