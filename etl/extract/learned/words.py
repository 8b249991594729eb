"""Doc -> what the attribution model reads: its words, their pieces, and windows of them. Training reads the same way.

A word is a token that is no white space. Nothing here knows the network.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from curated_tokenizers import WordPieceProcessor  # type: ignore[attr-defined] # not in its __all__
from numpy.typing import NDArray
from spacy.tokens import Doc

from etl.extract.marks import Quoted, quoted

Numbers = NDArray[np.int64]

# Pieces of a word beyond these say nothing more: a link, a line of dashes.
MOST_PIECES = 12

# Words of a window that stand before a paragraph's cut once more, in pieces, so that no cue loses its sentence.
OVERLAP = 64

SHAPES = ("other", "lower", "upper", "title", "mark", "digits")
QUOTED = ("outside", "double marks", "single marks")
STARTS = ("inside", "sentence", "paragraph")

MARKS = frozenset({'"', "“", "”", "„", "«", "»", "''", "``"})


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a doc, a column each; all have one length.

    token: its number in the doc. pieces: at least one id. shape, quote, start: numbers of SHAPES, QUOTED, STARTS.
    """

    token: Numbers
    pieces: Sequence[tuple[int, ...]]
    shape: Numbers
    quote: Numbers
    start: Numbers
    ends_with_colon: NDArray[np.bool_] = field(repr=False)

    def __len__(self) -> int:
        return len(self.token)


class Vocabulary:
    """Word pieces (BERT's WordPiece, uncased) from a file of one piece a line; the number of its line is its id."""

    def __init__(self, path: Path) -> None:
        self.pieces = path.read_text(encoding="utf-8").splitlines()
        self.first = self.pieces.index("[CLS]")
        self.last = self.pieces.index("[SEP]")
        self.unknown = self.pieces.index("[UNK]")
        self._processor = WordPieceProcessor(self.pieces)
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        ids: list[int] = []
        for part in parts(word):
            found, _ = self._processor.encode(part)
            ids += [self.unknown] if -1 in found else found
        return tuple(ids[:MOST_PIECES]) or (self.unknown,)


def parts(word: str) -> Iterator[str]:
    """The word as BERT cuts it before it looks up pieces: lower case, no accents, each mark of punctuation apart.

    Source: Devlin et al. 2019, "BERT", basic tokenization.
    """
    word = {"''": '"', "``": '"'}.get(word, word)
    plain = "".join(char for char in unicodedata.normalize("NFD", word.lower()) if unicodedata.category(char) != "Mn")
    letters = ""
    for char in plain:
        if char.isalnum():
            letters += char
            continue
        if letters:
            yield letters
            letters = ""
        if not char.isspace():
            yield char
    if letters:
        yield letters


def words_of(doc: Doc, vocabulary: Vocabulary) -> Words:
    """The words of a doc; none for one of white space alone."""
    text = doc.text
    tokens = [token for token in doc if not token.is_space]
    texts = [token.text for token in tokens]
    starts = [token.idx for token in tokens]
    start = np.zeros(len(tokens), np.int64)
    colon = np.zeros(len(tokens), np.bool_)
    for number, token in enumerate(tokens):
        before = tokens[number - 1].idx + len(tokens[number - 1]) if number else 0
        if not number or "\n" in text[before : token.idx] or "\r" in text[before : token.idx]:
            start[number] = 2
            if number:
                colon[number] = texts[number - 1] == ":"
        elif token.is_sent_start:
            start[number] = 1
    return Words(
        np.array([token.i for token in tokens], np.int64),
        [vocabulary.of(word) for word in texts],
        np.array([shape(word) for word in texts], np.int64),
        quote_column(starts, quoted(text)),
        start,
        colon,
    )


def shape(word: str) -> int:
    """Which of SHAPES a word has."""
    if word in MARKS:
        return 4
    if word.islower():
        return 1
    if word.isupper() and len(word) > 1:
        return 2
    if word[:1].isupper():
        return 3
    return 5 if word.isdigit() else 0


def quote_column(starts: Sequence[int], quotes: Sequence[Quoted]) -> Numbers:
    """Which of QUOTED each word is, by where it starts."""
    column = np.zeros(len(starts), np.int64)
    for quote in quotes:
        column[bisect_left(starts, quote.start) : bisect_left(starts, quote.end)] = 2 if quote.single else 1
    return column


def windows(words: Words, longest: int, cuts: Sequence[int] | None = None) -> list[tuple[int, int]]:
    """Stretches of words (half-open) that together are all of them, each of at most that many pieces.

    Paragraphs stay whole where they fit. Where one has to be cut, or a colon announces it, the window begins with the
    sentences before it again. cuts: how many pieces each window may have instead of longest (training varies it).
    """
    size = np.array([len(pieces) for pieces in words.pieces], np.int64)
    found: list[tuple[int, int]] = []
    for number, (begin, end) in enumerate(_packed(words, size, longest, cuts)):
        found.append((_earlier(words, size, begin, end, longest) if number else begin, end))
    return found


def _packed(words: Words, size: Numbers, longest: int, cuts: Sequence[int] | None) -> Iterator[tuple[int, int]]:
    """Windows one after the other, paragraphs whole where they fit."""
    begin = held = given = 0
    limit = cuts[0] if cuts else longest
    for first, last in _units(words, size, longest):
        pieces = int(size[first:last].sum())
        if first > begin and held + pieces > limit:
            yield begin, first
            begin, held, given = first, 0, given + 1
            limit = cuts[given % len(cuts)] if cuts else longest
        held += pieces
    if len(words) > begin:
        yield begin, len(words)


def _units(words: Words, size: Numbers, longest: int) -> Iterator[tuple[int, int]]:
    """Paragraphs, and those that are too long cut at sentences (or anywhere, where one sentence is too long).

    A cut leaves room for the sentences that are read again before it.
    """
    edges = [*np.flatnonzero(words.start == 2).tolist(), len(words)] if len(words) else []
    for first, last in pairwise(edges):
        if int(size[first:last].sum()) <= longest:
            yield first, last
            continue
        begin, held, sentence = first, 0, first
        for number in range(first, last):
            if words.start[number] and number > begin:
                sentence = number
            room = longest if begin == first else longest - OVERLAP
            if held + size[number] > room:
                cut = sentence if sentence > begin else number
                yield begin, cut
                begin, held = cut, int(size[cut:number].sum())
            held += int(size[number])
        yield begin, last


def _earlier(words: Words, size: Numbers, begin: int, end: int, longest: int) -> int:
    """Where a window begins that reads the sentences before its first word again, where it needs them."""
    if words.start[begin] == 2 and not words.ends_with_colon[begin]:
        return begin
    room = min(OVERLAP, longest - int(size[begin:end].sum()))
    at = best = begin
    while at > 0 and room >= size[at - 1]:
        at -= 1
        room -= int(size[at])
        if words.start[at]:
            best = at
        if words.start[at] == 2:
            break
    # a sentence longer than the room: its end is better than nothing
    return best if best < begin else at
