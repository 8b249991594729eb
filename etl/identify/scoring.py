"""The table of weights applied to a pair of entities: how likely they are one, and the evidence for it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from etl.identify.entity import Called, Entity
from etl.identify.evidence import Kind, Pair
from etl.identify.weights import BASE, NAME_FEATURES, OTHER_FEATURES, Feature
from etl.scored import Scored

ODDS = 1000.0
"""No evidence between two articles counts more."""

Weighted = tuple[Feature, float]
"""A question with its log odds: what a yes is worth, or what the answer was."""


@dataclass(frozen=True, slots=True)
class _ByNames:
    """What the names of two entities settle: their log odds before any question, the answers, what is left to ask."""

    base: float
    fired: Sequence[Weighted]
    left: Sequence[Weighted]


def score(pair: Pair) -> float:
    """How likely the two are one, 0..1."""
    by_names = _by_names(pair.a.name, pair.a.is_body, pair.b.name, pair.b.is_body)
    return _share(by_names.base, _fired(by_names, pair))


def link(pair: Pair) -> Scored:
    """The score with its evidence."""
    by_names = _by_names(pair.a.name, pair.a.is_body, pair.b.name, pair.b.is_body)
    fired = _fired(by_names, pair)
    return Scored(_share(by_names.base, fired), tuple(sorted(fired, key=lambda one: -abs(one[1]))))


def odds(score: float) -> float:
    """How many times likelier one person is than two, at most ODDS."""
    return min(ODDS, score / (1 - score)) if score < 1 else ODDS


def _of_kinds(features: Sequence[Feature]) -> dict[Kind, Sequence[Weighted]]:
    """The questions that count in pairs of each kind."""
    return {kind: [(one, weight) for one in features if (weight := one.weight(kind))] for kind in Kind}


_OF_NAMES, _OF_ALL_ELSE = _of_kinds(NAME_FEATURES), _of_kinds(OTHER_FEATURES)


@lru_cache(maxsize=1 << 16)
def _by_names(a: Called, a_is_body: bool, b: Called, b_is_body: bool) -> _ByNames:
    """The same people are compared in one article after the other."""
    pair = Pair(Entity("", a, is_body=a_is_body), Entity("", b, is_body=b_is_body), likeness=0.0)
    kind = pair.kind
    return _ByNames(BASE[kind], _answers(_OF_NAMES[kind], pair), _OF_ALL_ELSE[kind])


def _fired(by_names: _ByNames, pair: Pair) -> list[Weighted]:
    """The answers that are not no, in the order of the table."""
    return [*by_names.fired, *_answers(by_names.left, pair)]


def _answers(questions: Sequence[Weighted], pair: Pair) -> list[Weighted]:
    return [(feature, value) for feature, weight in questions if (value := weight * feature.func(pair))]


def _share(base: float, fired: Sequence[Weighted]) -> float:
    log_odds = base + sum(value for _, value in fired)
    # Rounded, so that one score is the same whichever of the two comes first.
    return round(1 / (1 + math.exp(-log_odds)), 9)
