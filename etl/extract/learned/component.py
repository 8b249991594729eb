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

# Pieces that the network reads at once; more would only take memory.
MOST_PIECES = 4096
# How many times as long as the shortest window of a group the longest may be.
MOST_PADDED = 1.3
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
        for group in grouped(words, todo):
            batch = batch_of([(words[window.doc], window.held) for window in group], self.network.vocabulary)
            states, labels = self.network.look(batch)
            anchors = np.exp(labels[:, :, B_CUE])
            anchors[np.arange(anchors.shape[1])[None] >= batch.lengths[:, None]] = 0
            row, at = np.nonzero(anchors >= self.network.settings.least_anchor)
            if not len(row):
                continue
            role = self.network.roles(states, batch.lengths, row, at)
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


def grouped(words: Sequence[Words], todo: Sequence[Window]) -> Iterator[list[Window]]:
    """The windows, like lengths together, so that little is padded."""
    sizes = [sum(len(words[window.doc].pieces[number]) for number in window.held) + 2 for window in todo]
    group: list[Window] = []
    first = 0
    for k in sorted(range(len(todo)), key=lambda k: sizes[k]):
        too_long = bool(group) and sizes[k] > MOST_PADDED * sizes[first] + 16
        if group and ((len(group) + 1) * sizes[k] > MOST_PIECES or too_long):
            yield group
            group = []
        if not group:
            first = k
        group.append(todo[k])
    if group:
        yield group


def reports(doc: Doc, words: Words, inside: Sequence[int]) -> bool:
    """Whether some word of a content may be a cue: only then is it worth a second look."""
    cues = verbs_of_saying() | attitudes()
    return any(doc[int(words.token[number])].lemma_.lower() in cues for number in inside)


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
