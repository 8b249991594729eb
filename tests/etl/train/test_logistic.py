"""The fit: what it finds in facts that are plain, and that it finds the same each time."""

import numpy as np

from etl.train.logistic import Rows, fit, loss, shares, slope

HELD = [[0], [0], [0, 1], [0, 1], [0, 1], [0, 2], [0, 2], [0, 2]]
RIGHT = np.array([0.0, 1, 1, 1, 1, 0, 0, 0])


def test_a_fact_of_right_rows_speaks_for_and_one_of_wrong_rows_against():
    weights = fit(Rows.of(HELD, 3), RIGHT, 1.0)

    assert weights[1] > 0.5
    assert weights[2] < -0.5


def test_the_fit_stands_where_the_loss_is_smallest():
    rows = Rows.of(HELD, 3)

    weights = fit(rows, RIGHT, 1.0)

    assert np.abs(slope(rows, RIGHT, 1.0, weights)).max() < 1e-4
    assert all(
        loss(rows, RIGHT, 1.0, weights) < loss(rows, RIGHT, 1.0, weights + step)
        for step in (np.array([0.1, 0, 0]), np.array([0, -0.1, 0]), np.array([0, 0, 0.1]))
    )


def test_a_weak_penalty_gives_the_shares_that_were_counted():
    rows = Rows.of([[0]] * 4, 1)

    weights = fit(rows, np.array([1.0, 1, 1, 0]), 1e-6)

    assert abs(shares(rows, weights)[0] - 0.75) < 1e-3


def test_the_same_rows_give_the_same_weights():
    assert (fit(Rows.of(HELD, 3), RIGHT, 1.0) == fit(Rows.of(HELD, 3), RIGHT, 1.0)).all()
