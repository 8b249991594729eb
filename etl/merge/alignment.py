"""Which words of two wordings stand in the same order in both: the runs they share, the longest first."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

LEAST = 2
"""Words of a run; fewer are shared by any two sentences."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words that two wordings have in the same order: length of them, from a in the one and from b in the other."""

    length: int
    a: int
    b: int

    @property
    def end_a(self) -> int:
        """Where it ends in the first."""
        return self.a + self.length

    @property
    def end_b(self) -> int:
        """Where it ends in the second."""
        return self.b + self.length


def runs(a: Sequence[str], b: Sequence[str]) -> tuple[Run, ...]:
    """The shared runs, the longest first, no word of either in two of them; of equally long ones the first.

    Their order in a may be another than in b: quotations are put together from pieces.
    """
    # The longest is taken; of those that it cuts, what is left competes again.
    heap = [(-run.length, run.a, run.b) for run in _maximal(a, b)]
    heapq.heapify(heap)
    used_a, used_b = [False] * len(a), [False] * len(b)
    found = []
    while heap:
        negative, i, j = heapq.heappop(heap)
        pieces = _unused(-negative, i, j, used_a, used_b)
        if pieces == [(-negative, i, j)]:
            found.append(Run(-negative, i, j))
            for k in range(-negative):
                used_a[i + k] = used_b[j + k] = True
        else:
            for length, start_a, start_b in pieces:
                heapq.heappush(heap, (-length, start_a, start_b))
    return tuple(found)


def _maximal(a: Sequence[str], b: Sequence[str]) -> list[Run]:
    """Every run that cannot be made longer on either side."""
    places: dict[str, list[int]] = {}
    for j, word in enumerate(b):
        places.setdefault(word, []).append(j)
    found = []
    before: dict[int, int] = {}
    for i, word in enumerate(a):
        here = {j: before.get(j - 1, 0) + 1 for j in places.get(word, ())}
        found += [Run(n, i - n, j - n + 1) for j, n in before.items() if n >= LEAST and j + 1 not in here]
        before = here
    return found + [Run(n, len(a) - n, j - n + 1) for j, n in before.items() if n >= LEAST]


def _unused(length: int, i: int, j: int, used_a: Sequence[bool], used_b: Sequence[bool]) -> list[tuple[int, int, int]]:
    """The stretches of a run that no longer one has taken."""
    found, start = [], 0
    for k in range(length + 1):
        if k == length or used_a[i + k] or used_b[j + k]:
            if k - start >= LEAST:
                found.append((k - start, i + start, j + start))
            start = k + 1
    return found
