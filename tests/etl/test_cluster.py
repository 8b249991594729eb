"""Average linkage: a function of the set of members and their scores."""

import random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from etl.cluster import average_linkage, components, pair

A, B, C, D = (UUID(int=n) for n in range(1, 5))


def test_two_join_at_the_threshold_and_not_below() -> None:
    """At least means at least."""
    assert average_linkage([A, B], {(A, B): 0.5}, 0.5) == [[A, B]]
    assert average_linkage([A, B], {(A, B): 0.49}, 0.5) == [[A], [B]]


def test_a_bridge_does_not_pull_two_strangers_together() -> None:
    """B is like A and like C; A and C have nothing in common: B goes with the more alike, C stays alone."""
    assert average_linkage([A, B, C], {(A, B): 0.9, (B, C): 0.8}, 0.6) == [[A, B], [C]]


def test_members_that_must_stay_apart_never_share_a_cluster() -> None:
    """However alike they are, and whoever else joined them before."""
    scores = {(A, B): 1.0, (B, C): 1.0, (A, C): 1.0, (C, D): 1.0, (A, D): 1.0, (B, D): 1.0}

    found = average_linkage([A, B, C, D], scores, 0.5, apart={(A, D)})

    assert all(not {A, D} <= set(cluster) for cluster in found)


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.floats(0.05, 1.0)), st.randoms())
def test_the_order_of_members_and_scores_changes_nothing(
    found: dict[tuple[int, int], float], rng: random.Random
) -> None:
    """Sums are taken in another order; rounding keeps them on one side of the threshold."""
    scores = {pair(UUID(int=a), UUID(int=b)): score for (a, b), score in found.items() if a != b}
    members = [UUID(int=n) for n in range(10)]
    expected = average_linkage(members, scores, 0.4)
    shuffled, items = members[:], list(scores.items())
    rng.shuffle(shuffled)
    rng.shuffle(items)

    assert average_linkage(shuffled, dict(items), 0.4) == expected
    assert sorted(member for cluster in expected for member in cluster) == members


def test_components_hang_together_by_pairs() -> None:
    """Each once, sorted."""
    assert components([D, C, B, A], [(A, C), (C, D)]) == [[A, C, D], [B]]


def test_what_is_together_from_the_start_is_compared_as_one() -> None:
    """C is like A, not like B: half as like to the two."""
    scores = {(A, C): 0.9}

    assert average_linkage([A, B, C], scores, 0.4, together=[[B, A]]) == [[A, B, C]]
    assert average_linkage([A, B, C], scores, 0.5, together=[[B, A]]) == [[A, B], [C]]


def test_members_are_whatever_has_an_order() -> None:
    assert average_linkage([("b", 1), ("a", 2)], {(("a", 2), ("b", 1)): 0.5}, 0.5) == [[("a", 2), ("b", 1)]]
