"""A marked corpus is read line by line, every bad line named; its figures are those of the shared scorer."""

import io
import json

import pytest

from etl.annotate import load_model
from etl.errors import LabelError
from etl.evaluate.corpus import read_corpus, score_corpus
from etl.evaluate.scores import scores
from etl.predict import predict
from etl.records import Span

TEXT = "Ana Ortiz said that the vote was lost. Bo Lind left."
GOOD = {"id": "a", "text": TEXT, "attributions": [{"content": [[15, 37]], "source": [[0, 9]], "cue": [[10, 14]]}]}


def a_file(tmp_path, *lines):
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def nlp():
    return load_model()


def test_spans_are_read_and_other_fields_ignored(tmp_path):
    (article,) = read_corpus(a_file(tmp_path, json.dumps(GOOD | {"publisher": "x"})))

    assert article.attributions == (((Span(15, 37),), (Span(0, 9),)),)


def test_a_source_may_be_missing(tmp_path):
    unsaid = GOOD | {"attributions": [{"content": [[0, 3]], "source": None}, {"content": [[4, 9]]}]}

    (article,) = read_corpus(a_file(tmp_path, json.dumps(unsaid)))

    assert [source for _, source in article.attributions] == [(), ()]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", "gold.jsonl:1: not JSON"),
        (json.dumps({"id": "a", "text": "x"}), "gold.jsonl:1: attributions: Input should be a valid list"),
        (json.dumps(GOOD | {"attributions": [{"source": None}]}), r"attributions\[0\]\['content'\]: Field required"),
        (json.dumps(GOOD | {"attributions": [{"content": [[0, 99]]}]}), "span 0-99 is outside the text of 52"),
        (json.dumps(GOOD | {"attributions": [{"content": [[9, 3]]}]}), "span 9-3 is outside"),
        (json.dumps(GOOD) + "\n" + json.dumps(GOOD), "gold.jsonl:2: id 'a' was given before"),
        ("", "holds no article"),
    ],
)
def test_a_bad_line_is_told_with_its_place(tmp_path, line, told):
    with pytest.raises(LabelError, match=told):
        read_corpus(a_file(tmp_path, line))


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(LabelError, match="there is no such file"):
        read_corpus(tmp_path / "none.jsonl")


@pytest.mark.model
def test_what_is_found_as_marked_has_full_marks(tmp_path, nlp):
    found = scores(score_corpus(read_corpus(a_file(tmp_path, json.dumps(GOOD))), nlp, progress=False).measures)

    assert found["attributions"] == found["contents, exact"] == 1.0


@pytest.mark.model
def test_figures_are_those_of_predict_and_the_shared_scorer(tmp_path, nlp, quotes, polnear_lines):
    path, out = a_file(tmp_path, *polnear_lines), io.StringIO()

    ours = scores(score_corpus(read_corpus(path), nlp, progress=False).measures)

    predict(path, out, nlp, progress=False)
    gold, predicted = quotes.read_gold(path), tmp_path / "predicted.jsonl"
    predicted.write_text(out.getvalue(), encoding="utf-8")
    found = quotes.read_pred(predicted, gold)
    theirs = quotes.score([(versions[0], found[stem]) for stem, (_, versions) in gold.items()])
    assert ours["attributions"] == theirs["attribution"]["f1"] > 0
    assert ours["contents, exact"] == theirs["content exact"]["f1"]
    assert ours["attributions, indirect"] == theirs["  attr indirect"]["f1"]
