"""What the network says of its readings -> confidences that are shares, fitted on every second article of dev."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from etl.extract.learned.choose import EDGE, PARTS, Candidate, choose, confidence
from etl.train.trial import Found, chosen, rightness

Doubles = NDArray[np.float64]

STEPS = 50
PENALTY = 1e-2
ROUNDS = 3
"""Times that candidates are chosen by the weights and the weights fitted to the chosen; nothing moves after two."""
LEAST = 0.1
"""Confidence under which a candidate is too unlikely to learn from."""


@dataclass(frozen=True, slots=True)
class Half:
    """Attributions of one half of dev: log-odds of each part and 1, (rows, parts + 1), and whether each is right."""

    odds: Doubles
    right: Doubles


def calibrated(found: Sequence[Found], weights: Mapping[str, float]) -> Mapping[str, float]:
    """The weights fitted on every second article, from weights to begin with."""
    for _ in range(ROUNDS):
        half = half_of([weighed(one, weights) for one in found[::2]])
        fitted = logistic(half.odds, half.right)
        weights = dict(zip((*PARTS, "bias"), map(float, fitted), strict=True))
    return {name: round(value, 4) for name, value in weights.items()}


def weighed(one: Found, weights: Mapping[str, float]) -> Found:
    """An article's candidates with the confidence that the weights give them."""
    values = [confidence(candidate.reading, weights) for candidate in one.candidates]
    return replace(
        one,
        candidates=[replace(c, confidence=value) for c, value in zip(one.candidates, values, strict=True)],
        marked=[replace(m, confidence=value) for m, value in zip(one.marked, values, strict=True)],
    )


def half_of(found: Sequence[Found]) -> Half:
    """What there is to learn from these articles: the candidates that would be chosen, and which are right."""
    rows: list[list[float]] = []
    right: list[float] = []
    for one in found:
        kept = choose(one.candidates, LEAST)
        marked = chosen([one], LEAST)[one.article.id]
        rows += [log_odds(candidate) for candidate in kept]
        right += map(float, rightness(one, marked))
    return Half(np.array(rows).reshape(-1, len(PARTS) + 1), np.array(right))


def log_odds(one: Candidate) -> list[float]:
    """Of each part of a reading, and 1."""
    shares = [min(max(getattr(one.reading, name), EDGE), 1 - EDGE) for name in PARTS]
    return [*(log(share / (1 - share)) for share in shares), 1.0]


def logistic(rows: Doubles, right: Doubles) -> Doubles:
    """Weights of a logistic regression with a small L2 penalty, by Newton's method."""
    weights = np.zeros(rows.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (share - right) + PENALTY * weights
        curve = (rows * (share * (1 - share))[:, None]).T @ rows + PENALTY * np.eye(rows.shape[1])
        step = np.linalg.solve(curve, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-8:
            break
    return weights
