"""A marked corpus is read line by line, every bad line named; its figures are those of the shared scorer."""

import io
import json

import pytest

from etl.annotate import load_model
from etl.errors import LabelError
from etl.evaluate.corpus import Marked, extracted, read_corpus, read_predictions, score_corpus
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

    assert article.attributions == (Marked((Span(15, 37),), (Span(0, 9),), (Span(10, 14),)),)


def test_a_source_may_be_missing(tmp_path):
    unsaid = GOOD | {"attributions": [{"content": [[0, 3]], "source": None}, {"content": [[4, 9]]}]}

    (article,) = read_corpus(a_file(tmp_path, json.dumps(unsaid)))

    assert [one.source for one in article.attributions] == [(), ()]


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


def predictions(tmp_path, *lines):
    path = tmp_path / "found.jsonl"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_predictions(path, read_corpus(a_file(tmp_path, json.dumps(GOOD))))


def test_predictions_are_read_with_their_confidence_where_they_have_one(tmp_path):
    sure = {"content": [[15, 37]], "source": None, "cue": [[10, 14]], "confidence": 0.75}

    found = predictions(tmp_path, json.dumps({"article": "a", "attributions": [sure, {"content": [[0, 3]]}]}))

    assert found == {"a": (Marked((Span(15, 37),), (), (Span(10, 14),), 0.75), Marked((Span(0, 3),)))}


def test_an_article_without_predictions_has_nothing(tmp_path):
    (article,) = read_corpus(a_file(tmp_path, json.dumps(GOOD)))

    measured = {one.name: (one.gold, one.found) for one in score_corpus([article], predictions(tmp_path)).measures}

    assert measured["attributions"] == (1, 0)


NOTHING = json.dumps({"article": "a", "attributions": []})


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[", "found.jsonl:1: not JSON"),
        ("[]", "found.jsonl:1: a list, not an object"),
        (json.dumps({"attributions": []}), "found.jsonl:1: article None is not in the corpus"),
        (json.dumps({"article": ["a"], "attributions": []}), r"article \['a'\] is not in the corpus"),
        (json.dumps({"article": "a"}), "found.jsonl:1: attributions: Input should be a valid list"),
        (NOTHING + "\n" + NOTHING, "found.jsonl:2: article 'a' was given before"),
        (json.dumps({"article": "a", "attributions": [{"content": [[0, 99]]}]}), "span 0-99 is outside"),
        (
            json.dumps({"article": "a", "attributions": [{"content": [[0, 9]], "confidence": 1.5}]}),
            r"attributions\[0\]\['confidence'\]: Input should be less than or equal to 1",
        ),
    ],
)
def test_a_bad_line_of_predictions_is_told_with_its_place(tmp_path, line, told):
    with pytest.raises(LabelError, match=told):
        predictions(tmp_path, line)


@pytest.mark.model
def test_what_is_found_as_marked_has_full_marks(tmp_path, nlp):
    articles = read_corpus(a_file(tmp_path, json.dumps(GOOD)))

    found = scores(score_corpus(articles, extracted(articles, nlp, progress=False)).measures)

    assert found["attributions"] == found["contents, exact"] == 1.0


@pytest.mark.model
def test_figures_are_those_of_predict_and_the_shared_scorer(tmp_path, nlp, quotes, polnear_lines):
    path, out = a_file(tmp_path, *polnear_lines), io.StringIO()
    articles = read_corpus(path)

    ours = scores(score_corpus(articles, extracted(articles, nlp, progress=False)).measures)

    predict(path, out, nlp, progress=False)
    gold, predicted = quotes.read_gold(path), tmp_path / "predicted.jsonl"
    predicted.write_text(out.getvalue(), encoding="utf-8")
    assert scores(score_corpus(articles, read_predictions(predicted, articles)).measures) == ours
    found = quotes.read_pred(predicted, gold)
    theirs = quotes.score([(versions[0], found[stem]) for stem, (_, versions) in gold.items()])
    assert ours["attributions"] == theirs["attribution"]["f1"] > 0
    assert ours["contents, exact"] == theirs["content exact"]["f1"]
    assert ours["attributions, indirect"] == theirs["  attr indirect"]["f1"]
