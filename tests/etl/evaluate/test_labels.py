"""Label files become labels; whatever is wrong with them is told with its file, its item and a way out."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from etl.errors import LabelError
from etl.evaluate.labels import WANTED, checked, counts, read_labels, shown
from schema.enums import DateBasis, StatementKind

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SAMPLES = Path(__file__).resolve().parents[3] / "seeds" / "labelled"
TEXT = "“It holds,” Ada Roe told Norwire on Monday.\nRoe denied that it leaks.\n"
PARTIES = {
    "roe": {"type": "PERSON", "name": "Ada Roe"},
    "norwire": {"type": "ORGANIZATION", "name": "Norwire"},
    "b-engineer": {"type": "UNNAMED_SOURCE", "name": "an engineer"},
}
HOLDS = {
    "id": "1",
    "content": ["It holds,"],
    "source": "Ada Roe",
    "cue": "told",
    "kind": "DIRECT",
    "act": "SPEECH",
    "basis": "EXPLICIT",
    "speaker": "roe",
    "chain": [["RELAYER", "norwire", "Norwire"]],
    "said": {"on": "2022-01-17", "expression": "on Monday", "basis": "STATED"},
    "statement": "holds",
}
LEAKS = {
    "id": "2",
    "content": ["it leaks"],
    "source": "Roe",
    "cue": "denied",
    "kind": "INDIRECT",
    "act": "SPEECH",
    "basis": "EXPLICIT",
    "denied": True,
    "speaker": "roe",
    "said": None,
    "statement": "leaks",
}


def a_folder(tmp_path, *attributions, parties=PARTIES, look_alikes=(), other=(), **fields):
    """Labels of an article `a` and, with `other`, of an article `b` with the same text; the folder `labelled`."""
    for name in ("articles", "labelled/articles"):
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
    stems = {"a": attributions, "b": other} if other else {"a": attributions}
    for stem, items in stems.items():
        article = {"text": TEXT, "source": f"Paper {stem}", "published_on": "2022-01-18", "external_id": stem}
        (tmp_path / "articles" / f"{stem}.json").write_text(json.dumps(article), encoding="utf-8")
        labels = {"article": stem, "event": "dam", "copy_of": None, "correction_of": None, "attributions": items}
        labels |= fields if stem == "a" else {}
        (tmp_path / "labelled" / "articles" / f"{stem}.json").write_text(json.dumps(labels), encoding="utf-8")
    (tmp_path / "labelled" / "parties.json").write_text(json.dumps(parties), encoding="utf-8")
    (tmp_path / "labelled" / "look_alikes.json").write_text(json.dumps(list(look_alikes)), encoding="utf-8")
    return tmp_path / "labelled"


def problems(folder):
    return checked(folder, NOW)[1]


def test_pieces_become_spans_of_the_text(tmp_path):
    labels = read_labels(a_folder(tmp_path, HOLDS, LEAKS), NOW)

    first, second = labels.articles["a"].attributions
    assert [span.of(TEXT) for span in (*first.content, first.source, first.cue)] == ["It holds,", "Ada Roe", "told"]
    assert (first.key, first.kind, first.speaker, first.denied) == ("a#1", StatementKind.DIRECT, "roe", False)
    assert (second.key, second.source.start, second.denied) == ("a#2", TEXT.rindex("Roe"), True)


def test_chain_and_date_are_read(tmp_path):
    labels = read_labels(a_folder(tmp_path, HOLDS), NOW)

    (one,) = labels.articles["a"].attributions
    assert [(link.party, link.name) for link in one.chain] == [("norwire", "Norwire")]
    assert (one.said.on.value, one.said.expression, one.said.basis) == ("2022-01-17", "on Monday", DateBasis.STATED)


def test_attributions_stand_in_the_order_of_the_text(tmp_path):
    labels = read_labels(a_folder(tmp_path, LEAKS, HOLDS), NOW)

    assert [one.key for one in labels.articles["a"].attributions] == ["a#1", "a#2"]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"content": ["It leaks,"]}, "'1': content 'It leaks,' is not in the text"),
        ({"content": []}, "content is empty"),
        ({"content": ["holds", "It"]}, "not in the order of the text"),
        ({"source": "Bo Lind"}, "source 'Bo Lind' is not in the text"),
        ({"cue": "holds"}, "stands only within the content"),
        ({"kind": "DIRCT"}, "attribution '1' (number 1), kind is 'DIRCT'"),
        ({"kind": "INDIRECT", "content": ["“It holds,”"]}, "kind is INDIRECT, but a quotation mark"),
        ({"speaker": "lind"}, "speaker 'lind' is not in parties.json"),
        ({"speaker": "b-engineer"}, "is an unnamed source of another article"),
        ({"chain": [["RELAYER", "agency", "Norwire"]]}, "relayer 'agency' is not in parties.json"),
        ({"chain": [["PUBLISHER", "norwire", "Norwire"]]}, "'RELAYER'"),
        ({"mentions": [["Norwire", "norwire"]]}, "mention 'Norwire' is not within the content"),
        ({"said": {"on": "Monday", "expression": "on Monday", "basis": "STATED"}}, "neither RFC 3339 nor EDTF"),
        ({"said": {"on": None, "expression": "on Friday", "basis": "STATED"}}, "expression 'on Friday' is not in"),
        ({"spaeker": "roe"}, "spaeker is 'roe': Extra inputs are not permitted"),
    ],
)
def test_what_is_wrong_with_an_attribution_is_told_with_its_file_and_item(tmp_path, change, told):
    found = problems(a_folder(tmp_path, HOLDS | change))

    assert len([one for one in found if told in one]) == 1
    assert "a.json" in found[0]


def test_quotation_marks_make_a_kind(tmp_path):
    (told,) = problems(a_folder(tmp_path, LEAKS | {"kind": "DIRECT"}))

    assert "kind is DIRECT, but no quotation mark opens in its paragraph" in told


@pytest.mark.parametrize(
    ("second", "told"),
    [
        ({"id": "1"}, "id '1' is given 2 times"),
        ({"content": ["that it leaks"], "statement": "holds"}, "has several speakers, or is denied in one"),
    ],
)
def test_attributions_that_cannot_both_be_are_told(tmp_path, second, told):
    assert [told in one for one in problems(a_folder(tmp_path, HOLDS, LEAKS | second))] == [True]


def test_two_contents_cannot_share_words(tmp_path):
    (told,) = problems(a_folder(tmp_path, HOLDS, HOLDS | {"id": "2", "content": ["holds,"]}))

    assert "the contents of a#1 and a#2 share words" in told


def test_one_statement_has_one_day(tmp_path):
    tuesday = HOLDS | {"said": HOLDS["said"] | {"on": "2022-01-18"}}

    (told,) = problems(a_folder(tmp_path, HOLDS, other=[tuesday]))

    assert "statement 'holds' (a#1, b#1) has the days 2022-01-17, 2022-01-18; give it two ids" in told


def test_a_copy_is_of_another_labelled_article(tmp_path):
    (told,) = problems(a_folder(tmp_path, HOLDS, copy_of="c"))

    assert "copy_of 'c' is no other labelled article" in told


def test_copies_may_share_an_unnamed_source(tmp_path):
    engineer = HOLDS | {"speaker": "b-engineer"}

    assert problems(a_folder(tmp_path, engineer, other=[engineer], copy_of="b")) == []


@pytest.mark.parametrize(
    ("pair", "told"),
    [
        ({"a": "a#1", "b": "a#7", "why": "x"}, "'a#7' is no attribution"),
        ({"a": "a#1", "b": "b#1", "why": "x"}, "a#1 and b#1 are both 'holds'"),
    ],
)
def test_look_alikes_are_two_attributions_of_two_statements(tmp_path, pair, told):
    assert [told in one for one in problems(a_folder(tmp_path, HOLDS, other=[HOLDS], look_alikes=[pair]))] == [True]


def test_labels_without_their_article_are_told(tmp_path):
    folder = a_folder(tmp_path, HOLDS)
    (tmp_path / "articles" / "a.json").unlink()

    assert "there is no article" in problems(folder)[0]


@pytest.mark.parametrize("name", ["parties.json", "look_alikes.json"])
def test_a_missing_file_is_told(tmp_path, name):
    folder = a_folder(tmp_path, HOLDS)
    (folder / name).unlink()

    assert any(name in one and "cannot be read" in one for one in problems(folder))


def test_a_file_that_is_no_json_is_told(tmp_path):
    folder = a_folder(tmp_path, HOLDS)
    (folder / "articles" / "a.json").write_text("{", encoding="utf-8")

    assert "a.json: the file: Invalid JSON" in problems(folder)[0]


def test_an_empty_folder_is_told(tmp_path):
    assert any("holds no .json file" in one for one in problems(tmp_path))


def test_labels_with_a_problem_are_not_read(tmp_path):
    with pytest.raises(LabelError, match="is not in the text"):
        read_labels(a_folder(tmp_path, HOLDS | {"cue": "said"}), NOW)


def test_reports_of_statements_that_several_articles_carry_are_counted(tmp_path):
    found = counts(read_labels(a_folder(tmp_path, HOLDS, LEAKS, other=[HOLDS]), NOW))

    assert found["reports of statements that several articles carry"] == 2
    assert (found["attributions"], found["statements"], found["chains"], found["dates"]) == (3, 2, 2, 2)
    assert (found["outlets"], found["stories"], found["denials"]) == (2, 1, 1)
    assert set(WANTED) <= set(found)


def test_what_labels_point_at_can_be_read(tmp_path):
    lines = list(shown(read_labels(a_folder(tmp_path, HOLDS), NOW).articles["a"]))

    assert "    cue      '“It holds,” Ada Roe ' [told] ' Norwire on Monday.\\n'" in lines


def test_the_labels_of_the_samples_have_no_problem():
    assert checked(SAMPLES, datetime.now(UTC))[1] == []
