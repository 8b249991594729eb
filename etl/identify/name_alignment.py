"""The words of two names put beside each other, one to one, the likest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from etl.identify.name_parts import Name, Script, Word
from etl.identify.name_words import likeness

_JOINED = 0.8
"""Words are taken for one that was divided ("Jong Un", "Jongun") when so alike at least."""

_MOST_JOINED = 3
_ALIKE = 0.5
"""Words less alike than this are not spellings of each other, whatever else is beside them."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Words that stand beside each other: from start to end, exclusive, in each name."""

    a: tuple[int, int]
    b: tuple[int, int]
    left: Word
    right: Word
    likeness: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two names side by side. pairs: words that may be the same, particles too, by their place in a.

    apart: names left over on both sides, paired in order, with nothing in common. extra: names that one side has more,
    those that repeat another left out.
    """

    a: Name
    b: Name
    pairs: tuple[Pair, ...]
    apart: tuple[Pair, ...]
    extra: tuple[Word, ...]

    @property
    def names(self) -> tuple[Pair, ...]:
        """The pairs that are names on both sides."""
        return tuple(pair for pair in self.pairs if not (pair.left.is_particle or pair.right.is_particle))


def align(a: Name, b: Name) -> Alignment:
    """The words of two names side by side."""
    pairs = sorted(_chosen(_candidates(a.words, b.words)), key=lambda pair: pair.a)
    left = _left_over(a.words, [pair.a for pair in pairs])
    right = _left_over(b.words, [pair.b for pair in pairs])
    apart = []
    while left and right:
        i, j = left.pop(0), right.pop(0)
        apart.append(Pair((i, i + 1), (j, j + 1), a.words[i], b.words[j], 0.0))
    matched = {word.text for pair in pairs for word in (pair.left, pair.right)}
    rest = [a.words[i] for i in left] + [b.words[j] for j in right]
    return Alignment(a, b, tuple(pairs), tuple(apart), tuple(word for word in rest if word.text not in matched))


def _candidates(a: Sequence[Word], b: Sequence[Word]) -> list[Pair]:
    found = []
    for left, right in product(_runs(a), _runs(b)):
        (i, end_i, one), (j, end_j, other) = left, right
        is_joined = end_i - i > 1 or end_j - j > 1
        if (end_i - i > 1 and end_j - j > 1) or (is_joined and (one.is_initial or other.is_initial)):
            continue
        value = likeness(one, other)
        if value >= (_JOINED if is_joined else _ALIKE):
            found.append(Pair((i, end_i), (j, end_j), one, other, value))
    return found


def _runs(words: Sequence[Word]) -> list[tuple[int, int, Word]]:
    """Every word, and every two or three neighbours as one."""
    found = []
    for i in range(len(words)):
        for end in range(i + 1, min(i + _MOST_JOINED, len(words)) + 1):
            run = words[i:end]
            if len(run) == 1:
                found.append((i, end, run[0]))
            elif not any(word.is_initial for word in run):
                found.append((i, end, _as_one(run)))
    return found


def _as_one(run: Sequence[Word]) -> Word:
    script = run[0].script if len({word.script for word in run}) == 1 else Script.SOUNDS
    is_father = any(word.is_father for word in run)
    return Word("".join(word.text for word in run), " ".join(word.printed for word in run), script, is_father=is_father)


def _chosen(candidates: list[Pair]) -> list[Pair]:
    """Of the candidates the likest that do not share a word; full names before initials, neighbours in order."""
    found: list[Pair] = []
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for pair in sorted(candidates, key=_rank):
        of_a, of_b = set(range(*pair.a)), set(range(*pair.b))
        if not (of_a & taken_a or of_b & taken_b):
            found.append(pair)
            taken_a |= of_a
            taken_b |= of_b
    return found


def _rank(pair: Pair) -> tuple[bool, float, int, int, int, int]:
    has_initial = pair.left.is_initial is not pair.right.is_initial
    letters = len(pair.left.text) + len(pair.right.text)
    return has_initial, -pair.likeness, -letters, abs(pair.a[0] - pair.b[0]), pair.a[0], pair.b[0]


def _left_over(words: Sequence[Word], taken: Sequence[tuple[int, int]]) -> list[int]:
    """Where the names are that no pair has."""
    used = {i for start, end in taken for i in range(start, end)}
    return [i for i, word in enumerate(words) if i not in used and not word.is_particle]
