"""The words of an article's body as copies are compared by: furniture, credit and dateline gone, spellings made one.

Quotation marks are kept in mind, not in the words: two reporters who heard one speech write down the same quotations.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.copies.credits import Credit, body_start, dateline_end
from etl.copies.marks import Mark
from etl.records import CleanArticle, Span
from etl.stems import FIGURES


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in order, which of them stand outside quotation marks, and the sentences as ranges of words.

    facts: which words outside quotation marks are names and figures, as numbers of words in order.
    """

    words: tuple[str, ...]
    own: tuple[bool, ...]
    sentences: tuple[tuple[int, int], ...]
    facts: tuple[int, ...]


_MARKS = '"“”„«»‘’'
_TOKEN = re.compile(rf"\w+(?:['’.,]\w+)*|[{_MARKS}]")
_ANY_MARK = re.compile(rf"[{_MARKS}]")
_OPENING = re.compile(r"(?<![\w.,!?])'(?=[\w\"“])")
_CLOSING = re.compile(r"'(?!\w)")
_CLOSINGS = re.compile(r"(?<!\s)’(?!\w)")
_COMBINING = re.compile(r"[\u0300-\u036f]")
_SENTENCE_END = re.compile(
    r"[.!?…](?<!\b[A-Z]\.)(?<!\b(?:Mr|Ms|Dr|St)\.)(?<!\b(?:Mrs|Gen|Sen|Rep|Gov)\.)(?<!\bSept\.)"
    r"[\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])"
)
# One spelling for two: "organise" and "organize", "harbour" and "harbor", "centre" and "center", "defence" and
# "defense", "travelled" and "traveled", "programme" and "program". Other words may change too: in both texts alike.
_SPELLINGS = (
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e[ds]?|ing|ations?|ers?)\Z)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})yse(?=[ds]?\Z)"), "yze"),
    (re.compile(r"(?<=[a-z]{2})our(?=(?:s|ed|ing|er|ers|al|able|ably|ful|ite|hood|hoods|less)?\Z)"), "or"),
    (re.compile(r"(?<=[a-z]{2}[tb])re(?=[sd]?\Z)"), "er"),
    (re.compile(r"(?<=[a-z]{2}n)ce(?=s?\Z)"), "se"),
    (re.compile(r"(?<=[a-z]{2})ll(?=(?:ed|ing|ers?)\Z)"), "l"),
    (re.compile(r"(?<=gram)me(?=s?\Z)"), ""),
    (re.compile(r"(?<=[a-z]{2})ogue(?=s?\Z)"), "og"),
)
_SPELLED_ALONE = {"grey": "gray", "tonnes": "tons", "tyre": "tire", "tyres": "tires", "cheque": "check", "kerb": "curb"}
_SPELLED_ALONE |= {
    "towards": "toward",
    "jewellery": "jewelry",
    "aluminium": "aluminum",
    "percent": "per cent",
    "%": "per",
}


def wording(article: CleanArticle, credit: Credit | None, mark: Mark | None) -> Wording:
    """The words of the body; those of the credit, of a dateline and of a note of correction are not among them."""
    words: list[str] = []
    own: list[bool] = []
    sentences: list[tuple[int, int]] = []
    facts: list[int] = []
    for paragraph in _paragraphs(article, credit, mark):
        quotes = _Quotes(paragraph)
        at = 0
        for end in (*(match.end() for match in _SENTENCE_END.finditer(paragraph)), len(paragraph)):
            first = len(words)
            tokens = _TOKEN.findall(paragraph, at, end)
            outside = [not quotes.open] * len(tokens)
            if _ANY_MARK.search(paragraph, at, end):
                outside = quotes.read(tokens)
                kept = [at for at, token in enumerate(tokens) if token not in _MARKS]
                tokens, outside = [tokens[at] for at in kept], [outside[at] for at in kept]
            # Capitals and digits come before "a"; the word that opens a sentence has its capital from there.
            facts += [
                first + number
                for number, token in enumerate(tokens)
                if token < "a" and outside[number] and (number or token[0] <= "9")
            ]
            words += map(spelled, tokens)
            own += outside
            if tokens:
                sentences.append((first, len(words)))
            at = end
    return Wording(tuple(words), tuple(own), tuple(sentences), tuple(facts))


@lru_cache(maxsize=1 << 16)
def spelled(token: str) -> str:
    """The word folded, without possessive, in the one spelling that stands for several; figures for small numbers."""
    word = token.casefold().replace("’", "'").removesuffix("'s")
    word = FIGURES.get(word, _SPELLED_ALONE.get(word, word))
    for pattern, instead in _SPELLINGS:
        word = pattern.sub(instead, word)
    return word


class _Quotes:
    """Which kind of quotation mark is open in a paragraph: "" for none."""

    def __init__(self, paragraph: str) -> None:
        self.open = ""
        self._closings = len(_CLOSINGS.findall(paragraph)) if "’" in paragraph else 0

    def read(self, tokens: Sequence[str]) -> list[bool]:
        """For each word and mark of a sentence, whether it stands outside quotation marks."""
        outside = []
        for token in tokens:
            if token in _MARKS:
                self._read(token)
            outside.append(not self.open)
        return outside

    def _read(self, mark: str) -> None:
        if mark == "‘":
            # Never closed: an apostrophe taken for a mark, or a mark forgotten.
            self.open = self.open or ("‘" if self._closings else "")
        elif mark == "’":
            self._closings -= 1
            self.open = "" if self.open == "‘" else self.open
        elif self.open != "‘":
            self.open = '"' if mark in "“„" or (mark in '"«»' and not self.open) else ""


def _paragraphs(article: CleanArticle, credit: Credit | None, mark: Mark | None) -> Iterator[str]:
    """The body's lines with straight accents gone, cut where furniture, the credit or a note stands."""
    text = article.text
    cuts = [piece.span for piece in article.furniture]
    start = body_start(article)
    if credit and credit.span.start < credit.span.end:
        cuts.append(credit.span)
        start = max(start, credit.span.end) if credit.span.start <= start else start
    if mark and mark.span and mark.span.end - mark.span.start < _NOTE:
        cuts.append(mark.span)
    end_of_dateline = dateline_end(text, start)
    if end_of_dateline > start:
        cuts.append(Span(start, end_of_dateline))
    for piece in _kept(sorted(cuts), len(text)):
        for line in piece.of(text).splitlines():
            if line.strip():
                yield _plain(line)


_NOTE = 600
"""Characters. A paragraph longer than this that begins with a mark is the article, not a note on it."""


def _kept(cuts: Sequence[Span], length: int) -> Iterator[Span]:
    at = 0
    for cut in cuts:
        if cut.start > at:
            yield Span(at, cut.start)
        at = max(at, cut.end)
    yield Span(at, length)


def _plain(text: str) -> str:
    """Accents gone, straight single marks told from apostrophes."""
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    return _CLOSING.sub("’", _OPENING.sub("‘", text)) if "'" in text else text
