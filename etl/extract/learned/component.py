"""The spaCy component "attribution": reads docs and leaves who said what on them, as doc._.attributions.

nlp = spacy.load("en_core_web_sm"); nlp.add_pipe("attribution")
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from etl.extract.cues import attitudes, verbs_of_saying
from etl.extract.learned.choose import Candidate, choose, confidence
from etl.extract.learned.decode import B_CUE, Floats, Numbers, readings
from etl.extract.learned.found import Found, keep
from etl.extract.learned.network import Batch, Network, Settings, batch_of
from etl.extract.learned.words import Vocabulary, Words, windows, words_of

NAME = "attribution"

# Sizes that windows, their pieces, and anchors are padded to. OpenVINO makes its kernels anew for each size it meets,
# which takes longer than running them, and keeps them: few sizes are quick and take little memory.
ROWS = (1, 2, 3, 4, 6, 8)
LONG = 16
ANCHORS = 8
# How many times as long as the shortest window of a group the longest may be.
MOST_PADDED = 1.3
# What a cue may be: not "like a town", "the long way", "the State Department".
CUES = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
# A content of fewer words has no attribution within it.
LEAST_NESTED = 6
# What is said in what is said in what is said: no deeper.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Window:
    """Words (by number) of one of some docs; outer: which chosen attribution's content they are."""

    doc: int
    held: Sequence[int]
    outer: int | None = None


class Reader(Protocol):
    """What reads windows: the network that ships, or one in training."""

    vocabulary: Vocabulary
    settings: Settings

    def look(self, batch: Batch) -> tuple[Floats, Floats]:
        """As Network.look."""

    def roles(self, states: Floats, lengths: Numbers, row: Numbers, at: Numbers) -> Floats:
        """As Network.roles."""


class Attributor:
    """Doc in, the same doc with its attributions out."""

    def __init__(self, network: Reader) -> None:
        self.network = network

    def __call__(self, doc: Doc) -> Doc:
        """The doc, with its attributions on it; those inside a content have a link to the one around them."""
        words = words_of(doc, self.network.vocabulary)
        chosen: list[Candidate] = []
        todo = [Window(0, range(begin, end)) for begin, end in windows(words, self.network.settings.longest)]
        for _ in range(DEEPEST):
            if not todo:
                break
            found = choose(self.candidates([words], todo), self.network.settings.least_confidence)
            todo = []
            for one in found:
                chosen.append(one)
                inside = [word for begin, end in one.content for word in range(begin, end)]
                if len(inside) >= LEAST_NESTED and reports(doc, words, inside):
                    todo.append(Window(0, inside, len(chosen) - 1))
        keep(doc, [as_found(one, words) for one in chosen])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """The docs in their order. Each is read alone, so that its figures do not depend on what is read beside it.

        batch_size: taken, as spaCy gives it, and not needed.
        """
        for doc in stream:
            yield self(doc)

    def candidates(self, words: Sequence[Words], todo: Sequence[Window]) -> list[Candidate]:
        """What the network reads in each window, likely or not."""
        found: list[Candidate] = []
        for group, long in grouped(words, todo):
            rows = next(rows for rows in ROWS if rows >= len(group))
            given = [(words[window.doc], window.held) for window in group]
            batch = batch_of(given, self.network.vocabulary, rows=rows, long=long)
            states, labels = self.network.look(batch)
            anchors = np.exp(labels[:, :, B_CUE])
            anchors[np.arange(anchors.shape[1])[None] >= batch.lengths[:, None]] = 0
            row, at = np.nonzero(anchors >= self.network.settings.least_anchor)
            if not len(row):
                continue
            role = self.role(states, batch.lengths, row, at)
            for k, reading in enumerate(readings(anchors[row, at], role, at, batch.lengths[row])):
                if reading is not None:
                    window = group[row[k]]
                    found.append(
                        Candidate.of(
                            reading,
                            window.doc,
                            window.held,
                            window.outer,
                            confidence(reading, self.network.settings.calibration),
                        )
                    )
        return found

    def role(self, states: Floats, lengths: Numbers, row: Numbers, at: Numbers) -> Floats:
        """As Network.roles, in few sizes."""
        wide = rounded(int(lengths.max()), LONG)
        count = rounded(len(row), ANCHORS)
        padding = np.zeros(count - len(row), np.int64)
        found = self.network.roles(
            states[:, :wide], lengths, np.concatenate([row, padding]), np.concatenate([at, padding])
        )
        return found[: len(row), : int(lengths.max())]


def grouped(words: Sequence[Words], todo: Sequence[Window]) -> Iterator[tuple[list[Window], int]]:
    """The windows, like lengths together, so that little is padded, and the length to pad them to."""
    sizes = [sum(len(words[window.doc].pieces[number]) for number in window.held) + 2 for window in todo]
    group: list[Window] = []
    first = 0
    for k in sorted(range(len(todo)), key=lambda k: -sizes[k]):
        if group and (len(group) == ROWS[-1] or MOST_PADDED * sizes[k] + LONG < sizes[first]):
            yield group, rounded(sizes[first], LONG)
            group = []
        if not group:
            first = k
        group.append(todo[k])
    if group:
        yield group, rounded(sizes[first], LONG)


def rounded(size: int, step: int) -> int:
    """The next multiple of a step."""
    return -(-size // step) * step


def reports(doc: Doc, words: Words, inside: Sequence[int]) -> bool:
    """Whether some word of a content may be a cue: only then is it worth a second look."""
    cues = verbs_of_saying() | attitudes()
    tokens = (doc[int(words.token[number])] for number in inside)
    return any(token.lemma_.lower() in cues and token.pos_ in CUES for token in tokens)


def as_found(one: Candidate, words: Words) -> Found:
    """A candidate with its words as tokens of the doc."""

    def tokens(ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple((int(words.token[begin]), int(words.token[end - 1]) + 1) for begin, end in ranges)

    return Found(tokens(one.source), tokens(one.cue), tokens(one.content), round(one.confidence, 3), one.outer)


@Language.factory(NAME, assigns=["doc._.attributions"], default_config={"precision": "auto"})
def make(nlp: Language, name: str, precision: str) -> Attributor:
    """The component, with the weights that ship. precision: etl.settings.ModelSettings has it.

    Raises ModelError where the weights are not the ones that were measured.
    """
    return Attributor(Network(precision=precision))
