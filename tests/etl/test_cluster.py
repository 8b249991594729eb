"""Average linkage: a function of the set of members and their scores."""

import random
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from etl.cluster import average_linkage, components, decided_linkage, pair

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


def test_what_must_stand_together_does_though_it_must_stay_apart() -> None:
    """Whoever stays apart from one of them stays apart from both."""
    apart = {(A, B), (B, C)}
    scores = {(A, C): 1.0}

    assert average_linkage([A, B, C], scores, 0.1, apart, together=[[A, B]]) == [[A, B], [C]]
    assert average_linkage([A, B, C], scores, 0.1, apart, together=[[B, A, C]]) == [[A, B, C]]


def test_what_is_like_one_of_a_group_comes_to_it() -> None:
    """However little it is like the other, and however many come to that."""
    scores = {(A, C): 0.9, (B, D): 0.9}

    assert decided_linkage([A, B, C, D], scores, 0.6, together=[[A, B]]) == [[A, B, C, D]]
    assert decided_linkage([A, B, C, D], scores, 0.6, together=[[A, B], [C, D]]) == [[A, B, C, D]]
    assert decided_linkage([A, B, C, D], scores, 0.6) == [[A, C], [B, D]]


def test_what_is_parted_is_so_though_it_is_like_one_group() -> None:
    """Then the group is compared as one: C is half as like to both."""
    scores = {(A, C): 0.9, (B, D): 0.8}

    assert decided_linkage([A, B, C, D], scores, 0.4, together=[[A, B]], parted={(C, D)}) == [[A, B, C], [D]]
    assert decided_linkage([A, B, C, D], scores, 0.6, together=[[A, B]], parted={(C, D)}) == [[A, B], [C], [D]]
    assert decided_linkage([A, B, C], scores, 0.4, together=[[A, B]], parted={(A, C)}) == [[A, B], [C]]


@given(
    st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 9)), st.floats(0.05, 1.0)),
    st.lists(st.sets(st.integers(0, 9), min_size=2), max_size=3),
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6),
    st.randoms(),
)
def test_decisions_hold_whatever_is_like_what(
    found: dict[tuple[int, int], float], groups: list[set[int]], parted: set[tuple[int, int]], rng: random.Random
) -> None:
    """Every group is within one cluster, no parted pair is, and the order changes nothing."""
    scores = {pair(a, b): score for (a, b), score in found.items() if a != b}
    members = list(range(10))
    together = [one for one in components(members, ((min(one), two) for one in groups for two in one)) if len(one) > 1]
    home = {member: one[0] for one in together for member in one}
    parted = {pair(a, b) for a, b in parted if a != b and home.get(a, a) != home.get(b, b)}
    expected = decided_linkage(members, scores, 0.4, together=together, parted=parted)

    at = {member: number for number, cluster in enumerate(expected) for member in cluster}
    assert sorted(at) == members
    assert all(len({at[member] for member in group}) == 1 for group in together)
    assert all(at[a] != at[b] for a, b in parted)
    shuffled, items = rng.sample(members, 10), rng.sample(list(scores.items()), len(scores))
    groups_again = rng.sample(together, len(together))
    assert decided_linkage(shuffled, dict(items), 0.4, together=groups_again, parted=parted) == expected


def test_members_are_whatever_has_an_order() -> None:
    assert average_linkage([("b", 1), ("a", 2)], {(("a", 2), ("b", 1)): 0.5}, 0.5) == [[("a", 2), ("b", 1)]]
