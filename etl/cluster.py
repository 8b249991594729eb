"""Average-linkage clusters of things whose pairwise likeness is known: a function of the set, not of its order."""

import heapq
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import Any, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """What can be a member: an id, a key; anything that has an order and a hash."""

    def __lt__(self, other: Any, /) -> bool: ...


Member = TypeVar("Member", bound=Ordered)


def pair(a: Member, b: Member) -> tuple[Member, Member]:
    """The two in order, as keys of pairwise scores."""
    return (a, b) if a < b else (b, a)


def average_linkage(
    members: Iterable[Member],
    scores: Mapping[tuple[Member, Member], float],
    threshold: float | Callable[[int, int], float],
    apart: Collection[tuple[Member, Member]] = frozenset(),
    together: Iterable[Collection[Member]] = (),
) -> list[list[Member]]:
    """The clusters, each sorted, in the order of their first member.

    scores: likeness by pair(a, b), above 0; a pair that is missing counts 0. Two clusters join while the mean likeness
    of their members across is at least threshold, the most alike first, ties by first member. threshold: one for all
    clusters, or what two clusters of these sizes need. apart: pairs that never stand in one cluster. together: groups,
    none sharing a member, that are one cluster from the start. O(e log e) for e pairs with a score, plus the merging
    of neighbour lists.
    """
    clusters: dict[Member, list[Member]] = {member: [member] for member in sorted(members)}
    total: dict[Member, dict[Member, float]] = {member: {} for member in clusters}
    forbidden: dict[Member, set[Member]] = {member: set() for member in clusters}
    for (a, b), score in scores.items():
        if a in clusters and b in clusters:
            total[a][b] = total[b][a] = score
    for a, b in apart:
        if a in clusters and b in clusters:
            forbidden[a].add(b)
            forbidden[b].add(a)

    def mean(a: Member, b: Member) -> float:
        # Rounded, so that sums taken in another order cannot fall on the other side of the threshold.
        return round(total[a][b] / (len(clusters[a]) * len(clusters[b])), 9)

    def enough(a: Member, b: Member) -> float:
        return threshold(len(clusters[a]), len(clusters[b])) if callable(threshold) else threshold

    heap: list[tuple[float, Member, Member]] = []

    def offer(a: Member, b: Member) -> None:
        if b not in forbidden[a] and (likeness := mean(a, b)) >= enough(a, b):
            first, second = pair(a, b)
            heapq.heappush(heap, (-likeness, first, second))

    def join(a: Member, b: Member) -> None:
        # a < b, and a cluster is known by its smallest member: a stays.
        clusters[a] = sorted(clusters[a] + clusters.pop(b))
        for other, score in total.pop(b).items():
            del total[other][b]
            if other != a:
                total[a][other] = total[other][a] = total[a].get(other, 0.0) + score
        for other in forbidden.pop(b):
            forbidden[other].discard(b)
            forbidden[other].add(a)
            forbidden[a].add(other)

    for group in together:
        first, *others = sorted(group)
        for other in others:
            join(first, other)
    for a in clusters:
        for b in total[a]:
            if a < b:
                offer(a, b)
    while heap:
        negative, a, b = heapq.heappop(heap)
        # An entry is stale when one of the two has been joined away or has grown since.
        if a not in clusters or b not in clusters or b in forbidden[a] or mean(a, b) != -negative:
            continue
        # One that grew and is as alike as before may need to be more alike now.
        if -negative < enough(a, b):
            continue
        join(a, b)
        for other in total[a]:
            offer(a, other)
    return [clusters[first] for first in sorted(clusters)]


def components(members: Iterable[Member], pairs: Iterable[tuple[Member, Member]]) -> list[list[Member]]:
    """The members that hang together by pairs, each group sorted, in the order of their first member."""
    neighbours: dict[Member, list[Member]] = {member: [] for member in sorted(members)}
    for a, b in pairs:
        neighbours[a].append(b)
        neighbours[b].append(a)
    seen: set[Member] = set()
    found: list[list[Member]] = []
    for member in neighbours:
        if member in seen:
            continue
        group, todo = [], [member]
        seen.add(member)
        while todo:
            group.append(todo.pop())
            fresh = [other for other in neighbours[group[-1]] if other not in seen]
            seen.update(fresh)
            todo += fresh
        found.append(sorted(group))
    return found
