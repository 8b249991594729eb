"""The table of weights applied to two editions: how likely they are one text, and the evidence for it."""

import math
from dataclasses import dataclass

from etl.copies.edition import Edition
from etl.copies.evidence import Pair, pair
from etl.copies.weights import BASE, FEATURES
from etl.scored import Scored


@dataclass(frozen=True, slots=True)
class Link(Scored):
    """How likely two editions are one text, and what was compared of them."""

    pair: Pair


def link(a: Edition, b: Edition) -> Link:
    """The score of two editions with its evidence; the same whichever comes first."""
    compared = pair(a, b)
    fired = [(feature, round(feature.weight * feature.func(compared), 9)) for feature in FEATURES]
    told = sorted((one for one in fired if one[1]), key=lambda one: (-abs(one[1]), one[0].name))
    log_odds = BASE + math.fsum(value for _, value in fired)
    return Link(round(1 / (1 + math.exp(-log_odds)), 9), tuple(told), compared)
