"""The table of weights applied to two editions: how likely they are one text, and the evidence for it."""

import math
from dataclasses import dataclass

from etl.copies.edition import Edition
from etl.copies.evidence import Pair, pair
from etl.copies.weights import BASE, FEATURES, Feature


@dataclass(frozen=True, slots=True)
class Link:
    """How likely two editions are one text. score: 0..1; evidence: what fired and its log odds, strongest first."""

    pair: Pair
    score: float
    evidence: tuple[tuple[Feature, float], ...]

    @property
    def rule(self) -> str:
        """What speaks for it most, in words: "shared of the shorter"."""
        strongest = max(self.evidence, key=lambda one: one[1], default=None)
        return strongest[0].name.replace("_", " ") if strongest else "nothing"

    @property
    def detail(self) -> str:
        """The evidence in one line: "shared_of_the_shorter +7.90, facts_missing -0.80"."""
        return ", ".join(f"{feature.name} {value:+.2f}" for feature, value in self.evidence)


def link(a: Edition, b: Edition) -> Link:
    """The score of two editions with its evidence; the same whichever comes first."""
    compared = pair(a, b)
    fired = [(feature, round(feature.weight * feature.func(compared), 9)) for feature in FEATURES]
    told = sorted((one for one in fired if one[1]), key=lambda one: (-abs(one[1]), one[0].name))
    log_odds = BASE + math.fsum(value for _, value in fired)
    return Link(compared, round(1 / (1 + math.exp(-log_odds)), 9), tuple(told))
