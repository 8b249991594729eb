"""JSON lines in, JSON lines out: every good line predicted, every bad one named."""

import io
import json

import pytest

from etl.annotate import load_model
from etl.errors import PredictError
from etl.predict import article_of, as_json, persons_of, predict
from etl.records import Quotation, Span
from schema.enums import Act, AttributionBasis, StatementKind

GOOD = '{"id": "a1", "text": "Ana Ortiz said that the vote was lost.", "published": 3}'


@pytest.fixture(scope="module")
def nlp():
    return load_model()


def run(nlp, tmp_path, *lines):
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="")
    out = io.StringIO()
    result = predict(path, out, nlp, progress=False)
    return result, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.model
def test_one_line_an_article_in_their_order_also_when_empty(nlp, tmp_path):
    result, rows = run(nlp, tmp_path, '{"id": "b", "text": ""}', GOOD, '{"id": "c", "text": "Nothing."}')

    assert [row["article"] for row in rows] == ["b", "a1", "c"]
    assert rows[0]["attributions"] == rows[2]["attributions"] == []
    assert result.exit_code == 0


@pytest.mark.model
def test_spans_are_pairs_of_code_points(nlp, tmp_path):
    _, (row,) = run(nlp, tmp_path, GOOD)

    (found,) = row["attributions"]
    assert (found["source"], found["cue"], found["content"]) == ([[0, 9]], [[10, 14]], [[15, 37]])


def test_a_confidence_has_three_decimals():
    found = Quotation(
        content=(Span(15, 37),),
        source=(),
        cue=(Span(10, 14),),
        kind=StatementKind.INDIRECT,
        act=Act.SPEECH,
        basis=AttributionBasis.EXPLICIT,
        confidence=0.98765,
        rule="clause",
    )

    assert as_json(found) == {"source": None, "cue": [[10, 14]], "content": [[15, 37]], "confidence": 0.988}


@pytest.mark.model
def test_every_attribution_has_a_confidence(nlp, tmp_path):
    _, (row,) = run(nlp, tmp_path, GOOD)

    assert [0 < found["confidence"] <= 1 for found in row["attributions"]] == [True]


@pytest.mark.model
def test_a_bad_line_does_not_cost_the_others(nlp, tmp_path, capsys):
    result, rows = run(nlp, tmp_path, "{", GOOD, GOOD, "[1]")

    assert [row["article"] for row in rows] == ["a1"]
    assert result.exit_code == 1
    assert len(result.errors) == 3
    assert "articles.jsonl:1" in capsys.readouterr().err


@pytest.mark.model
def test_an_id_given_twice_names_its_first_line(nlp, tmp_path):
    result, _ = run(nlp, tmp_path, GOOD, GOOD)

    assert "line 1" in result.errors[0]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "f:3: not JSON"),
        (b"[]", "f:3: a list, not an object"),
        (b'{"id": "a"}', "f:3: no 'text'"),
        (b'{"text": "a"}', "f:3: no 'id'"),
        (b'{"id": 7, "text": "a"}', "f:3: 'id' is 7, not a string"),
        (b'{"id": "a", "text": null}', "f:3: 'text' is null, not a string"),
        (b'{"id": "\xff"}', "f:3: byte 9 of the line is not UTF-8"),
        (b"[" * 100000, "f:3: "),
    ],
)
def test_a_bad_line_is_named_with_its_place(line, message):
    with pytest.raises(PredictError) as caught:
        article_of(line, "f:3")

    assert str(caught.value).startswith(message)


@pytest.mark.model
def test_a_file_that_is_not_there_is_one_message(tmp_path):
    """Value, place and way out, no traceback."""
    with pytest.raises(PredictError, match=r"nowhere\.jsonl: No such file"):
        predict(tmp_path / "nowhere.jsonl", io.StringIO(), load_model(), progress=False)


@pytest.mark.model
def test_half_a_surrogate_pair_moves_no_offset(tmp_path):
    """JSON can write what UTF-8 cannot."""
    file = tmp_path / "odd.jsonl"
    file.write_text('{"id": "a", "text": "\\ud800 Ida Holm said that ferries would sail."}\n', encoding="utf-8")
    out = io.StringIO()

    predict(file, out, load_model(), progress=False)

    (found,) = json.loads(out.getvalue())["attributions"]
    assert found["source"] == [[2, 10]]


@pytest.mark.model
def test_the_people_of_each_article_instead(nlp, tmp_path):
    """Which words mean whom: a corpus of coreference is scored with it."""
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a1", "text": "Mayor Una Fell came. She sat down."}\n', encoding="utf-8")
    out = io.StringIO()

    predict(path, out, nlp, persons_of, progress=False)

    row = json.loads(out.getvalue())
    found = [(one["start"], one["end"], one["person"]) for one in row["persons"]]
    assert found == [(0, 5, "person:una fell"), (6, 14, "person:una fell"), (21, 24, "person:una fell")]
