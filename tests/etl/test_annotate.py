"""Articles -> Docs: the text as it was, sentences that end with their lines, any length."""

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc

import etl.annotate
from etl.annotate import annotate, installed_model, line_ends, load_model, model_name, pieces
from etl.errors import ModelError
from etl.records import CleanArticle, RawArticle


def article(text):
    return CleanArticle(RawArticle("test", text), "en")


@pytest.fixture(scope="module")
def nlp():
    return load_model()


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["", " ", "Ana left.\r\n\r\nTom stayed.", "😀 Ana\u00a0left. 𝒳", "\ufeffAna left.\t\x0b", "a\u2028b\u2029c\r"],
)
def test_text_of_the_doc_is_the_text_of_the_article(nlp, text):
    ((_, doc),) = annotate([article(text)], nlp)

    assert doc.text == text


@pytest.mark.model
def test_sentences_never_cross_a_paragraph(nlp):
    text = "The panel of nurses\n\nAna Ortiz left the hall\n- Tom Bell stayed in it"

    ((_, doc),) = annotate([article(text)], nlp)

    assert [sent.text.strip() for sent in doc.sents if sent.text.strip()] == [
        "The panel of nurses",
        "Ana Ortiz left the hall",
        "- Tom Bell stayed in it",
    ]


@pytest.mark.model
def test_articles_come_back_in_their_order_and_long_ones_whole(nlp, monkeypatch):
    monkeypatch.setattr(etl.annotate, "PIECE_LENGTH", 60)
    long_text = "Ana Ortiz said that the vote was lost. " * 6
    texts = ["Tom left.", long_text, "Eva stayed."]

    docs = [doc for _, doc in annotate([article(text) for text in texts], nlp)]

    assert [doc.text for doc in docs] == texts
    assert any(token.dep_ == "ccomp" for token in docs[1])


@pytest.mark.model
def test_model_is_named_by_its_package_and_version(nlp):
    name, version = model_name(nlp).split()

    assert name in etl.annotate.MODELS
    assert version == nlp.meta["version"]


def test_no_model_is_an_error_that_says_what_to_install(monkeypatch):
    monkeypatch.setattr(etl.annotate, "MODELS", ("en_core_web_none",))

    with pytest.raises(ModelError, match="make setup"):
        load_model()


@pytest.mark.parametrize("text", ["", "a", "word " * 50, "x" * 200, "One.\n\nTwo.\n\n" * 20])
def test_pieces_joined_are_the_text_and_none_is_too_long(text):
    found = pieces(text, 40)

    assert "".join(found) == text
    assert all(len(piece) <= 40 for piece in found)


@pytest.mark.parametrize(
    ("words", "starts"),
    [
        (["We", "left", "\n\n", "They", "stayed"], [3]),
        (["We", "left", "\n", "They", "stayed"], [3]),
        (["We", "left", "\n", "they", "stayed"], []),
        (["left", ".", "\n", "they", "stayed"], [3]),
        (["left", "\r\n\r\n", "they", "stayed"], [2]),
        (["left", "\n", "-", "stayed"], [2]),
    ],
)
def test_a_line_starts_a_sentence_unless_it_is_wrapped(words, starts):
    doc = line_ends(Doc(English().vocab, words=words))

    assert [token.i for token in doc[1:] if token.is_sent_start] == starts


def test_the_installed_model_is_named_without_loading_it_as_the_loaded_one_is(nlp):
    assert installed_model() == model_name(nlp)
