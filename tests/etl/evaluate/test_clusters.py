"""B-cubed by hand, and as the shared scorer counts it; wrong pairs one by one."""

import random

import pytest

from etl.evaluate.clusters import b_cubed, wrong_pairs
from etl.evaluate.figures import figures

GOLD = dict(zip("abcdefg", "1112222", strict=True))
FOUND = dict(zip("abcdefg", "xxyyzzz", strict=True))


def test_b_cubed_of_a_worked_example():
    # precision: a, b 1; c, d 1/2; e, f, g 1. recall: a, b 2/3; c 1/3; d 1/4; e, f, g 3/4
    found = figures(b_cubed(GOLD, FOUND).values())

    assert found.precision == pytest.approx(6 / 7)
    assert found.recall == pytest.approx((2 * 2 / 3 + 1 / 3 + 1 / 4 + 3 * 3 / 4) / 7)


def test_wrong_pairs_are_those_that_stand_together_and_do_not_belong_together():
    assert list(wrong_pairs(GOLD, FOUND)) == [("c", "d")]


def test_everything_in_one_cluster_is_every_wrong_pair():
    assert len(list(wrong_pairs(GOLD, dict.fromkeys(GOLD, "x")))) == 3 * 4


def test_b_cubed_is_what_the_shared_scorer_counts(shared_clusters):
    rng = random.Random(7)
    for _ in range(30):
        items = [str(i) for i in range(rng.randint(1, 40))]
        gold, found = ({item: str(rng.randrange(8)) for item in items} for _ in range(2))

        ours, theirs = figures(b_cubed(gold, found).values()), shared_clusters.bcubed(gold, found)

        assert (ours.precision, ours.recall, ours.f1) == pytest.approx((theirs["p"], theirs["r"], theirs["f1"]))
