"""A logistic regression with an L2 penalty over facts that hold or do not; numpy only, no chance in it.

Newton's method, each step solved by conjugate gradients (Lin, Weng, Keerthi 2008, "Trust Region Newton Method for
Large-Scale Logistic Regression"), with halved steps in place of the trust region.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS = 60
SOLVER_STEPS = 200
# Steps end when the gradient is this small a part of the first one.
CLOSE_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Rows:
    """Which facts hold in which row: parallel arrays, sorted by row."""

    row: Ints
    fact: Ints
    rows: int
    facts: int

    @classmethod
    def of(cls, held: Sequence[Sequence[int]], facts: int) -> "Rows":
        """Of lists of fact numbers, one list a row."""
        lengths = np.array([len(one) for one in held], dtype=np.int64)
        row = np.repeat(np.arange(len(held), dtype=np.int64), lengths)
        fact = np.fromiter((number for one in held for number in one), dtype=np.int64, count=int(lengths.sum()))
        return cls(row, fact, len(held), facts)

    def sums(self, weights: Floats) -> Floats:
        """For each row the sum of the weights of its facts."""
        summed: Floats = np.bincount(self.row, weights[self.fact], minlength=self.rows).astype(np.float64)
        return summed

    def totals(self, values: Floats) -> Floats:
        """For each fact the sum of the values of its rows."""
        summed: Floats = np.bincount(self.fact, values[self.row], minlength=self.facts).astype(np.float64)
        return summed


def fit(rows: Rows, right: Floats, penalty: float) -> Floats:
    """The weight of each fact. right: 1.0 or 0.0 a row; penalty: of half the squared weights, over 0."""
    weights = np.zeros(rows.facts)
    gradient = slope(rows, right, penalty, weights)
    first = float(np.linalg.norm(gradient))
    with tqdm(total=STEPS, desc="fit", unit="step") as bar:
        for _ in range(STEPS):
            if float(np.linalg.norm(gradient)) <= CLOSE_ENOUGH * first:
                break
            step = newton_step(rows, penalty, weights, gradient)
            now, size = loss(rows, right, penalty, weights), 1.0
            while loss(rows, right, penalty, weights + size * step) > now and size > 1e-4:
                size /= 2
            weights = weights + size * step
            gradient = slope(rows, right, penalty, weights)
            bar.update()
    return weights


def shares(rows: Rows, weights: Floats) -> Floats:
    """How likely each row is right, 0..1."""
    likely: Floats = 1 / (1 + np.exp(-rows.sums(weights)))
    return likely


def loss(rows: Rows, right: Floats, penalty: float, weights: Floats) -> float:
    """What is made small: the logarithmic loss of all rows and the penalty."""
    sums = rows.sums(weights)
    return float(np.sum(np.logaddexp(0, sums) - right * sums) + penalty / 2 * weights @ weights)


def slope(rows: Rows, right: Floats, penalty: float, weights: Floats) -> Floats:
    """The gradient of the loss."""
    return rows.totals(shares(rows, weights) - right) + penalty * weights


def newton_step(rows: Rows, penalty: float, weights: Floats, gradient: Floats) -> Floats:
    """The step to the minimum of the loss's second-order picture, by preconditioned conjugate gradients."""
    likely = shares(rows, weights)
    curve = likely * (1 - likely)
    scale = rows.totals(curve) + penalty
    step = np.zeros(rows.facts)
    rest = -gradient
    scaled = rest / scale
    direction = scaled.copy()
    product = float(rest @ scaled)
    goal = 1e-2 * float(np.linalg.norm(rest))
    for _ in range(SOLVER_STEPS):
        curved = rows.totals(curve * rows.sums(direction)) + penalty * direction
        size = product / float(direction @ curved)
        step += size * direction
        rest = rest - size * curved
        if float(np.linalg.norm(rest)) <= goal:
            break
        scaled = rest / scale
        following = float(rest @ scaled)
        direction = scaled + following / product * direction
        product = following
    return step
