"""Counts an article -> precision, recall, F1 and their intervals."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

Counts = tuple[float, float, float, float]
"""Right ones among the found, the found, found ones among the gold, the gold: of one article, for one measure."""

NOTHING: Counts = (0, 0, 0, 0)
_SEED = 0


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure: one row of counts an article, every measure over the same articles in the same order.

    is_accuracy: there is one answer for each question, so that precision, recall and F1 are one figure.
    """

    name: str
    rows: tuple[Counts, ...]
    is_accuracy: bool = False

    @property
    def gold(self) -> int:
        """How many gold items there are."""
        return round(sum(row[3] for row in self.rows))

    @property
    def found(self) -> int:
        """How many were found, rightly or not."""
        return round(sum(row[1] for row in self.rows))

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to measure: neither gold nor found."""
        return not (self.gold or self.found)


@dataclass(frozen=True, slots=True)
class Figures:
    """Precision, recall and F1, each 0 to 1; 0 where nothing was found, or there is nothing to find."""

    precision: float
    recall: float
    f1: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """The least and the most of each figure, each 0 to 1."""

    precision: tuple[float, float]
    recall: tuple[float, float]
    f1: tuple[float, float]


def total(rows: Iterator[Counts]) -> Counts:
    """The sum of these rows, nothing where there is none."""
    right, found, recalled, gold = map(sum, zip(NOTHING, *rows, strict=True))
    return right, found, recalled, gold


def figures(rows: Iterable[Counts]) -> Figures:
    """The figures of summed counts (micro)."""
    right, found, recalled, gold = map(sum, zip(*rows, strict=True))
    p, r = right / found if found else 0.0, recalled / gold if gold else 0.0
    return Figures(p, r, 2 * p * r / (p + r) if p + r else 0.0)


def draws(articles: int, samples: int) -> list[list[int]]:
    """Articles drawn with replacement, samples times; the same draws in every run."""
    rng = random.Random(_SEED)
    return [rng.choices(range(articles), k=articles) for _ in range(samples)]


def intervals(rows: Sequence[Counts], drawn: Sequence[Sequence[int]]) -> Intervals:
    """Between which values 95 % of the figures of redrawn articles lie (percentile bootstrap, Efron 1979)."""
    found = [figures(rows[i] for i in draw) for draw in drawn]
    low, high = int(0.025 * len(found)), int(0.975 * len(found))

    def between(values: Iterable[float]) -> tuple[float, float]:
        ordered = sorted(values)
        return ordered[low], ordered[high]

    return Intervals(
        between(one.precision for one in found), between(one.recall for one in found), between(one.f1 for one in found)
    )
