"""Marked texts -> what the network is trained on: windows of words, the labels of each word, the anchors in it."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from spacy.tokens import Doc
from torch import Tensor

from etl.extract.learned.decode import B_CONTENT, B_CUE, B_SOURCE
from etl.extract.learned.network import batch_of
from etl.extract.learned.words import QUOTED, STARTS, Vocabulary, Words, windows, words_of

Range = tuple[int, int]
IGNORED = -100
"""A label that counts for nothing."""

# Sizes of a batch are rounded up to these, so that the sizes torch prepares itself for come again.
ROUND = 32

STYLES = (("“", "”"), ('"', '"'), ("''", "''"), ("``", "''"), ("«", "»"), ("„", "“"), ("‘", "’"))


@dataclass(frozen=True, slots=True)
class Gold:
    """One attribution in words: ranges of them, half-open, those that touch joined; cue and content are never empty."""

    source: tuple[Range, ...]
    cue: tuple[Range, ...]
    content: tuple[Range, ...]

    @property
    def anchor(self) -> int:
        """The first word of the cue."""
        return self.cue[0][0]


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what is marked in it. held: the words that are read as one window of their own, None for all."""

    words: Words
    gold: tuple[Gold, ...]
    held: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """What one row of a batch reads."""

    example: Example
    held: Sequence[int]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A batch: windows as arrays, the label of each word, and the labels of each word under each anchor.

    columns: what AttributionNet.look takes. labels: (windows, words). row, at: (anchors,). roles: (anchors, words).
    """

    columns: Mapping[str, Tensor]
    lengths: Tensor
    labels: Tensor
    row: Tensor
    at: Tensor
    roles: Tensor


Roles = Mapping[str, Sequence[Range]]
"""Spans of a text by role: source, cue, content."""


def examples(doc: Doc, marked: Iterable[Roles], vocabulary: Vocabulary) -> Iterator[Example]:
    """The text with what is marked on its first level; then, for each content with more inside, the content alone.

    An attribution without a cue or a content cannot be learnt and is left out.
    """
    words = words_of(doc, vocabulary)
    starts = [doc[int(token)].idx for token in words.token]
    ends = [start + len(doc[int(token)]) for start, token in zip(starts, words.token, strict=True)]
    gold = [one for roles in marked if (one := in_words(roles, starts, ends)) is not None]
    inside = {number: outer_of(number, gold) for number in range(len(gold))}
    yield Example(words, tuple(one for number, one in enumerate(gold) if inside[number] is None))
    for outer in sorted({number for number in inside.values() if number is not None}):
        held = tuple(word for begin, end in gold[outer].content for word in range(begin, end))
        own = tuple(gold[number] for number, around in inside.items() if around == outer)
        yield Example(words, own, held)


def in_words(roles: Roles, starts: Sequence[int], ends: Sequence[int]) -> Gold | None:
    """The spans as ranges of the words they touch; None without cue or content."""

    def ranges(spans: Sequence[Range]) -> tuple[Range, ...]:
        found: list[Range] = []
        for start, end in sorted(spans):
            begin, stop = bisect_right(ends, start), bisect_left(starts, end)
            if begin >= stop:
                continue
            if found and begin <= found[-1][1]:
                found[-1] = (found[-1][0], max(stop, found[-1][1]))
            else:
                found.append((begin, stop))
        return tuple(found)

    gold = Gold(*(ranges(roles.get(role) or ()) for role in ("source", "cue", "content")))
    return gold if gold.cue and gold.content else None


def outer_of(number: int, gold: Sequence[Gold]) -> int | None:
    """The shortest content around the cue of an attribution, None where it stands in none."""
    at = gold[number].anchor
    around = [k for k, one in enumerate(gold) if k != number and any(a <= at < b for a, b in one.content)]
    return min(around, key=lambda k: sum(b - a for a, b in gold[k].content), default=None)


def lessons(
    given: Sequence[Example], vocabulary: Vocabulary, *, longest: int, pieces: int, chance: random.Random | None
) -> Iterator[Sequence[Window]]:
    """Batches of windows of about one length, `pieces` pieces each with padding, in random order where chance is given.

    With chance, windows are cut differently every time and texts are varied.
    """
    found: list[Window] = []
    for example in given:
        if chance is not None:
            example = varied(example, vocabulary, chance)
        if example.held is not None:
            found.append(Window(example, example.held))
            continue
        cuts = None
        if chance is not None:
            cuts = [longest if chance.random() < 0.7 else chance.randint(longest // 4, longest) for _ in range(9)]
        found += [Window(example, range(a, b)) for a, b in windows(example.words, longest, cuts)]
    sizes = [rounded(sum(len(one.example.words.pieces[word]) for word in one.held) + 2) for one in found]
    order = sorted(range(len(found)), key=lambda k: (sizes[k], chance.random() if chance else 0))
    batches: list[list[Window]] = [[]]
    for k in order:
        if batches[-1] and (len(batches[-1]) + 1) * sizes[k] > pieces:
            batches.append([])
        batches[-1].append(found[k])
    if chance is not None:
        chance.shuffle(batches)
    yield from batches


def rounded(size: int) -> int:
    """The size, rounded up."""
    return -(-size // ROUND) * ROUND


def varied(example: Example, vocabulary: Vocabulary, chance: random.Random) -> Example:
    """The text as another house would print it: other marks, capitals, paragraphs lost or marks not understood."""
    words = example.words
    if chance.random() < 0.35:
        opening, closing = chance.choice(STYLES)
        pieces = list(words.pieces)
        inside = False
        for number in np.flatnonzero(words.shape == 4).tolist():
            inside = not inside
            pieces[number] = vocabulary.of(opening if inside else closing)
        words = replace(words, pieces=pieces)
    if chance.random() < 0.04:
        words = replace(words, shape=np.where(np.isin(words.shape, (1, 3)), 2, words.shape))
    if chance.random() < 0.06:
        words = replace(words, start=np.where(words.start == STARTS.index("paragraph"), 1, words.start))
        words.start[:1] = STARTS.index("paragraph")
    if chance.random() < 0.06:
        words = replace(words, quote=np.full_like(words.quote, QUOTED.index("outside")))
    return replace(example, words=words)


def lesson(held: Sequence[Window], vocabulary: Vocabulary) -> Lesson:
    """A batch as the network takes it, padded to round sizes; the last anchors may stand for nothing."""
    batch = batch_of([(window.example.words, window.held) for window in held], vocabulary)
    rows, wide = batch.columns["first"].shape
    wide, long = rounded(wide), rounded(batch.columns["pieces"].shape[1])
    columns: dict[str, Tensor] = {}
    for name, column in batch.columns.items():
        if column.ndim == 2:
            column = np.pad(column, ((0, 0), (0, (long if name == "pieces" else wide) - column.shape[1])))
        columns[name] = torch.from_numpy(column)
    labels = np.full((rows, wide), IGNORED, np.int64)
    row: list[int] = []
    at: list[int] = []
    roles: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    for number, window in enumerate(held):
        place = {word: position for position, word in enumerate(window.held)}
        labels[number, : len(place)] = 0
        for one in window.example.gold:
            marked = np.zeros(wide, np.int64)
            mark(marked, one, place)
            labels[number] = np.where((marked > 0) & (labels[number] == 0), marked, labels[number])
            if one.anchor in place:
                marked[len(place) :] = IGNORED
                row.append(number)
                at.append(place[one.anchor])
                roles.append(marked)
    while len(roles) % ROUND:
        row.append(0)
        at.append(0)
        roles.append(np.full(wide, IGNORED, np.int64))
    return Lesson(
        columns,
        torch.from_numpy(batch.lengths),
        torch.from_numpy(labels),
        torch.tensor(row, dtype=torch.long),
        torch.tensor(at, dtype=torch.long),
        torch.from_numpy(np.stack(roles)) if roles else torch.zeros((0, wide), dtype=torch.long),
    )


def mark(labels: np.ndarray[tuple[int], np.dtype[np.int64]], gold: Gold, place: Mapping[int, int]) -> None:
    """Writes the labels of one attribution, as far as its words are in the window (word -> position)."""
    for begin_label, ranges in ((B_SOURCE, gold.source), (B_CUE, gold.cue), (B_CONTENT, gold.content)):
        for begin, end in ranges:
            first = True
            for word in range(begin, end):
                position = place.get(word)
                if position is None:
                    continue
                labels[position] = begin_label if first else begin_label + 1
                first = False
