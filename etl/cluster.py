"""Average-linkage clusters of things whose pairwise likeness is known: a function of the set, not of its order."""

import heapq
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """What can be a member: an id, a key; anything that has an order and a hash."""

    def __lt__(self, other: Any, /) -> bool: ...


_DIGITS = 9
"""To which means are rounded, so that sums taken in another order cannot fall on the other side of a threshold."""

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
    clusters, or what two clusters of these sizes need, least of all two of one member. apart: pairs that never stand
    in one cluster, but within a group of together. together: groups, none sharing a member, that are one cluster from
    the start. O(e log e) for e pairs with a score, plus the merging of neighbour lists.
    """
    order = sorted(members)
    # Places in the order stand for the members: comparing and hashing numbers takes a fraction of the time.
    place = {member: number for number, member in enumerate(order)}

    def places(pairs: Iterable[tuple[Member, Member]]) -> Iterator[tuple[tuple[Member, Member], int, int]]:
        for both in pairs:
            a, b = place.get(both[0]), place.get(both[1])
            if a is not None and b is not None:
                yield both, a, b

    among = [(a, b, scores[both]) for both, a, b in places(scores)]
    groups = [sorted(place[member] for member in group) for group in together]
    # No mean reaches what no pair does: who is enough like nobody stays alone, and is not looked at again.
    least = (threshold(1, 1) if callable(threshold) else threshold) - 10**-_DIGITS
    joined = {number for a, b, score in among if score > least for number in (a, b)}.union(*groups)
    among = [(a, b, score) for a, b, score in among if a in joined and b in joined]
    linkage = _Linkage(len(order), among, threshold, ((a, b) for _, a, b in places(apart)))
    for first, *others in groups:
        for other in others:
            linkage.join(first, other)
    return [[order[number] for number in cluster] for cluster in linkage.clusters()]


def decided_linkage(
    members: Iterable[Member],
    scores: Mapping[tuple[Member, Member], float],
    threshold: float | Callable[[int, int], float],
    apart: Collection[tuple[Member, Member]] = frozenset(),
    together: Iterable[Collection[Member]] = (),
    parted: Collection[tuple[Member, Member]] = frozenset(),
) -> list[list[Member]]:
    """The clusters as average_linkage gives them, of which those are one that hold some of a group of together.

    So whatever is like one of a group comes to it, however little it is like the others. parted: pairs that never stand
    in one cluster, none of them within a group. Where what is like two of a group is parted, the group is compared as
    one. apart: pairs that are not joined by what they are like.
    """
    loose, whole = list(together), list[Collection[Member]]()
    if parted:
        apart = {*apart, *parted}
    while True:
        clusters = average_linkage(members, scores, threshold, apart, whole)
        if not loose:
            return clusters
        clusters = _united(clusters, loose)
        home = _homes(clusters)
        wrong = {home[a] for a, b in parted if a in home and home[a] == home.get(b)}
        torn = [group for group in loose if not wrong.isdisjoint(home[member] for member in group)]
        if not torn:
            return clusters
        whole += torn
        loose = [group for group in loose if group not in torn]


def _homes(clusters: Sequence[Sequence[Member]]) -> dict[Member, int]:
    return {member: number for number, cluster in enumerate(clusters) for member in cluster}


def _united(clusters: Sequence[list[Member]], groups: Iterable[Collection[Member]]) -> list[list[Member]]:
    """The clusters, those that share a group as one; each sorted, in the order of their first member."""
    home = _homes(clusters)
    ties = [(home[first], home[other]) for first, *others in groups for other in others]
    return [
        sorted(member for number in body for member in clusters[number])
        for body in components(range(len(clusters)), ties)
    ]


class _Linkage:
    """Clusters of numbers, each known by its smallest, while they are being joined."""

    def __init__(
        self,
        count: int,
        scores: Iterable[tuple[int, int, float]],
        threshold: float | Callable[[int, int], float],
        apart: Iterable[tuple[int, int]],
    ) -> None:
        self._clusters = {number: [number] for number in range(count)}
        self._total: list[dict[int, float]] = [{} for _ in range(count)]
        self._apart: list[set[int]] = [set() for _ in range(count)]
        self._enough = threshold if callable(threshold) else lambda _a, _b: threshold
        self._heap: list[tuple[float, int, int]] = []
        for a, b, score in scores:
            self._total[a][b] = self._total[b][a] = score
        for a, b in apart:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def clusters(self) -> list[list[int]]:
        """Joins the most alike for as long as any two are alike enough; each cluster sorted."""
        for a, totals in enumerate(self._total):
            if a in self._clusters:
                self._offer(a, [b for b in totals if a < b])
        while self._heap:
            negative, a, b = heapq.heappop(self._heap)
            # An entry is stale when one of the two has been joined away or has grown since.
            if a not in self._clusters or b not in self._clusters or b in self._apart[a]:
                continue
            # One that grew and is as alike as before may need to be more alike now.
            sizes = len(self._clusters[a]), len(self._clusters[b])
            if _mean(self._total[a][b], *sizes) != -negative or -negative < self._enough(*sizes):
                continue
            self.join(a, b)
            self._offer(a, self._total[a])
        return [self._clusters[first] for first in sorted(self._clusters)]

    def join(self, a: int, b: int) -> None:
        """One cluster of two; a < b, and a stays."""
        self._clusters[a] = sorted(self._clusters[a] + self._clusters.pop(b))
        mine = self._total[a]
        for other, score in self._total[b].items():
            del self._total[other][b]
            if other != a:
                mine[other] = self._total[other][a] = mine.get(other, 0.0) + score
        for other in self._apart[b]:
            self._apart[other].discard(b)
            if other != a:
                self._apart[other].add(a)
                self._apart[a].add(other)

    def _offer(self, a: int, others: Iterable[int]) -> None:
        """Lets those of the others join a that are alike enough, when their turn comes."""
        size, totals, apart = len(self._clusters[a]), self._total[a], self._apart[a]
        for b in others:
            beside = len(self._clusters[b])
            if b not in apart and (likeness := _mean(totals[b], size, beside)) >= self._enough(size, beside):
                heapq.heappush(self._heap, (-likeness, a, b) if a < b else (-likeness, b, a))


def _mean(total: float, a: int, b: int) -> float:
    return round(total / (a * b), _DIGITS)


def components(members: Iterable[Member], pairs: Iterable[tuple[Member, Member]]) -> list[list[Member]]:
    """The members that hang together by pairs, each group sorted, in the order of their first member."""
    order = sorted(members)
    place = {member: number for number, member in enumerate(order)}
    neighbours: list[list[int]] = [[] for _ in order]
    for a, b in pairs:
        neighbours[place[a]].append(place[b])
        neighbours[place[b]].append(place[a])
    seen = [False] * len(order)
    found: list[list[Member]] = []
    for number in range(len(order)):
        if seen[number]:
            continue
        group, todo = [], [number]
        seen[number] = True
        while todo:
            group.append(todo.pop())
            for other in neighbours[group[-1]]:
                if not seen[other]:
                    seen[other] = True
                    todo.append(other)
        found.append([order[member] for member in sorted(group)])
    return found
