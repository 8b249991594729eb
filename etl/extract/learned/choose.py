"""Many readings of one text -> the attributions that stay: sure enough, and none in another's way."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log

from etl.extract.learned.decode import Reading

Ranges = tuple[tuple[int, int], ...]

PARTS = ("anchor", "cue", "source", "content")
"""The probabilities of a reading that its confidence is made of."""

# Probabilities are kept this far from 0 and 1, where log-odds have no end.
EDGE = 1e-4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading in the words of its doc.

    outer: which chosen attribution of the doc has it in its content.
    """

    doc: int
    source: Ranges
    cue: Ranges
    content: Ranges
    reading: Reading
    confidence: float
    outer: int | None

    @classmethod
    def of(cls, reading: Reading, doc: int, held: Sequence[int], outer: int | None, confidence: float) -> "Candidate":
        """The reading of a window that holds these words of a doc, which need not be neighbours."""

        def ranges(runs: Ranges) -> Ranges:
            found: list[tuple[int, int]] = []
            for begin, end in runs:
                for number in held[begin:end]:
                    if found and found[-1][1] == number:
                        found[-1] = (found[-1][0], number + 1)
                    else:
                        found.append((number, number + 1))
            return tuple(found)

        return cls(
            doc,
            ranges(reading.source_words),
            ranges(reading.cue_words),
            ranges(reading.content_words),
            reading,
            confidence,
            outer,
        )


def confidence(reading: Reading, weights: Mapping[str, float]) -> float:
    """How likely who and what are both right, 0..1: a logistic sum of the log-odds of what the network says.

    weights: fitted on one half of dev and measured on the other (etl/train). Source: Platt 1999.
    """
    value = weights["bias"]
    for name in PARTS:
        share = min(max(getattr(reading, name), EDGE), 1 - EDGE)
        value += weights[name] * log(share / (1 - share))
    return 1 / (1 + exp(-value))


def choose(candidates: Iterable[Candidate], least: float) -> list[Candidate]:
    """The candidates of one doc that stay, in text order: the surest first, no word twice a content or a cue.

    least: confidence under which none stays. Contents of different outer ones are of different texts.
    """
    kept: list[Candidate] = []
    taken: dict[int | None, set[int]] = {}
    for one in sorted(candidates, key=lambda one: (-one.confidence, one.content)):
        if one.confidence < least:
            break
        words = {word for begin, end in (*one.content, *one.cue) for word in range(begin, end)}
        mine = taken.setdefault(one.outer, set())
        if words & mine:
            continue
        mine |= words
        kept.append(one)
    return sorted(kept, key=lambda one: (one.content, one.cue))
