"""Counts become figures: precision, recall, F1, and an interval that is the same in every run."""

import pytest

from etl.evaluate.figures import Figures, Measure, draws, figures, intervals


def test_figures_are_of_summed_counts():
    # 3 of 4 found are right, 3 of 6 are found
    assert figures([(1, 2, 1, 1), (2, 2, 2, 5)]) == Figures(0.75, 0.5, pytest.approx(0.6))


@pytest.mark.parametrize("row", [(0, 0, 0, 0), (0, 3, 0, 0), (0, 0, 0, 3)])
def test_what_cannot_be_divided_is_nothing(row):
    assert figures([row]) == Figures(0.0, 0.0, 0.0)


def test_a_measure_without_gold_and_found_is_empty():
    assert Measure("copies", ((0, 0, 0, 0),)).is_empty
    assert not Measure("copies", ((0, 1, 0, 0),)).is_empty


def test_the_same_articles_are_drawn_in_every_run():
    assert draws(5, 20) == draws(5, 20)


def test_each_interval_holds_its_figure_and_is_wider_than_a_point_when_articles_differ():
    rows = [(1, 1, 1, 1), (0, 1, 0, 1), (1, 1, 1, 3), (1, 2, 1, 1)]

    between = intervals(rows, draws(4, 400))

    whole = figures(rows)
    for figure in ("precision", "recall", "f1"):
        low, high = getattr(between, figure)
        assert low < getattr(whole, figure) < high


def test_articles_that_are_all_alike_leave_no_doubt():
    between = intervals([(1, 2, 1, 1)] * 3, draws(3, 50))

    assert (between.precision, between.recall) == ((0.5, 0.5), (1.0, 1.0))
    assert between.f1 == (pytest.approx(2 / 3), pytest.approx(2 / 3))
