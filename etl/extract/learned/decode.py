"""Probabilities of the network -> which words are source, cue and content of each anchor. Arrays only, no doc.

An anchor is the first word of a cue. Labels are BIO: outside, and beginning and inside of each role.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Numbers = NDArray[np.int64]

ROLES = ("source", "cue", "content")
LABELS = ("O", "B-source", "I-source", "B-cue", "I-cue", "B-content", "I-content")
B_SOURCE, B_CUE, B_CONTENT = 1, 3, 5
NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one anchor governs: word ranges within its window, half-open, and the network's probabilities of it.

    anchor: that the word begins a cue, by the first look. cue: the same by the second. content, source: the mean over
    their words; where there is no source, that there is none.
    """

    at: int
    source_words: tuple[tuple[int, int], ...]
    cue_words: tuple[tuple[int, int], ...]
    content_words: tuple[tuple[int, int], ...]
    anchor: float
    cue: float
    source: float
    content: float


def readings(anchor: Floats, role: Floats, at: Numbers, lengths: Numbers) -> list[Reading | None]:
    """The likeliest reading of each anchor, None where it governs no content.

    anchor: (n,) probabilities. role: (n, words, labels) log-probabilities. at: (n,) which word the anchor is.
    lengths: (n,) how many words of the row count.
    """
    labels = best_labels(role, at, lengths)
    return [
        _reading(float(anchor[k]), np.exp(role[k, : lengths[k]]), int(at[k]), labels[k, : lengths[k]])
        for k in range(len(at))
    ]


def best_labels(role: Floats, at: Numbers, lengths: Numbers) -> Numbers:
    """(n, words) labels of the likeliest sequences in which every inside follows its beginning, and the only cue
    begins at the anchor. Source: Viterbi 1967.
    """
    rows, width, size = role.shape
    score = role.copy()
    score[:, :, B_CUE] = NEVER
    score[np.arange(rows), at] = NEVER
    score[np.arange(rows), at, B_CUE] = 0
    step = np.full((size, size), NEVER, np.float32)
    step[:, [0, B_SOURCE, B_CUE, B_CONTENT]] = 0
    for begin in (B_SOURCE, B_CUE, B_CONTENT):
        step[begin, begin + 1] = step[begin + 1, begin + 1] = 0
    best = score[:, 0] + np.where(np.isin(np.arange(size), (2, 4, 6)), NEVER, 0).astype(np.float32)
    came_from = np.zeros((rows, width, size), np.int8)
    unmoved = np.arange(size)
    for word in range(1, width):
        ways = best[:, :, None] + step
        counts = (word < lengths)[:, None]
        came_from[:, word] = np.where(counts, ways.argmax(1), unmoved)
        best = np.where(counts, ways.max(1) + score[:, word], best)
    labels = np.zeros((rows, width), np.int64)
    labels[:, -1] = best.argmax(1)
    for word in range(width - 1, 0, -1):
        labels[:, word - 1] = came_from[np.arange(rows), word, labels[:, word]]
    return labels


def _reading(anchor: float, share: Floats, at: int, labels: Numbers) -> Reading | None:
    runs: dict[int, list[tuple[int, int]]] = {B_SOURCE: [], B_CUE: [], B_CONTENT: []}
    for word, label in enumerate(labels.tolist()):
        if label in runs:
            runs[label].append((word, word + 1))
        elif label:
            begin, _ = runs[label - 1].pop()
            runs[label - 1].append((begin, word + 1))
    content = _joined(runs[B_CONTENT])
    if not content:
        return None
    # A speaker is named once: of two readings of who it is, the surer
    source = tuple(sorted(runs[B_SOURCE], key=lambda run: -float(share[run[0], B_SOURCE]))[:1])
    nobody = float(np.exp(np.log1p(-share[:, B_SOURCE].clip(0, 0.999)).sum()))
    return Reading(
        at,
        source,
        tuple(runs[B_CUE]),
        content,
        anchor,
        float(share[at, B_CUE]),
        _mean(share, B_SOURCE, source) if source else nobody,
        _mean(share, B_CONTENT, content),
    )


def _joined(ranges: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The ranges with those that touch made one."""
    joined: list[tuple[int, int]] = []
    for begin, end in ranges:
        if joined and joined[-1][1] == begin:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _mean(share: Floats, label: int, ranges: Sequence[tuple[int, int]]) -> float:
    """The mean probability of a role over the words of the ranges."""
    rows = np.concatenate([share[begin:end, label] + share[begin:end, label + 1] for begin, end in ranges])
    return float(rows.mean())
