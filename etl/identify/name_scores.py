"""Labelled pairs of names -> how well their scores tell same from other, at the threshold that does it best."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from etl.evaluate.figures import Figures, figures
from etl.identify.name_evidence import name_evidence
from etl.identify.name_pairs import NamePair


@dataclass(frozen=True, slots=True)
class BestScore:
    """The figures at the threshold of the best F1: pairs of this score or more are taken for one person.

    pairs: how many were scored.
    """

    figures: Figures
    threshold: float
    pairs: int


def best_score(pairs: Iterable[NamePair]) -> BestScore:
    """The best that one threshold can do on labelled pairs; the highest threshold of several. All 0 without pairs."""
    scored = [(name_evidence(pair.name1, pair.name2).score, bool(pair.same)) for pair in pairs]
    return max(_at_each_threshold(scored), key=lambda one: one.figures.f1, default=BestScore(figures([(0,) * 4]), 1, 0))


def table(best: BestScore) -> Iterator[str]:
    """The figures in hundredths and the threshold, under their names."""
    found = best.figures
    yield f"{'P':>7}{'R':>7}{'F1':>7}{'threshold':>11}{'pairs':>7}"
    in_hundredths = "".join(f"{100 * value:7.1f}" for value in (found.precision, found.recall, found.f1))
    yield f"{in_hundredths}{best.threshold:11.4f}{best.pairs:7}"


def _at_each_threshold(scored: Sequence[tuple[float, bool]]) -> Iterator[BestScore]:
    gold = sum(same for _, same in scored)
    found = right = 0
    for threshold, at_once in groupby(sorted(scored, reverse=True), key=lambda one: one[0]):
        for _, same in at_once:
            found += 1
            right += same
        yield BestScore(figures([(right, found, right, gold)]), threshold, len(scored))
