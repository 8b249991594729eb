"""The table of weights applied to a pair of entities: how likely they are one, and the evidence for it."""

import math

from etl.identify.evidence import Kind, Pair
from etl.identify.weights import BASE, FEATURES
from etl.scored import Scored

ODDS = 1000.0
"""No evidence between two articles counts more."""

_OF_KIND = {kind: tuple((feature, weight) for feature in FEATURES if (weight := feature.weight(kind))) for kind in Kind}


def score(pair: Pair) -> float:
    """How likely the two are one, 0..1."""
    kind = pair.kind
    return _share(BASE[kind] + sum(weight * feature.func(pair) for feature, weight in _OF_KIND[kind]))


def link(pair: Pair) -> Scored:
    """The score with its evidence."""
    fired = [(feature, weight * feature.func(pair)) for feature, weight in _OF_KIND[pair.kind]]
    told = sorted((one for one in fired if one[1]), key=lambda one: -abs(one[1]))
    return Scored(score(pair), tuple(told))


def odds(score: float) -> float:
    """How many times likelier one person is than two, at most ODDS."""
    return min(ODDS, score / (1 - score)) if score < 1 else ODDS


def _share(log_odds: float) -> float:
    # Rounded, so that one score is the same whichever of the two comes first.
    return round(1 / (1 + math.exp(-log_odds)), 9)
