"""An article's terms as numbers: packed to be stored, and compared with many others at once.

Weights are multiples of STEP, so that sums of their products are exact in doubles: the same likeness comes out in
whatever order terms are added up, by numpy, by SQLite and by PostgreSQL.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

STEP = 2.0**-15
"""Of a weight in a vector of length 1."""

_TERM, _WEIGHT = np.dtype("<i8"), np.dtype("<f4")
TERM_BYTES = _TERM.itemsize + _WEIGHT.itemsize
"""What each term of a packed vector takes."""


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """Numbers of terms, rising, and the weight of each."""

    terms: NDArray[np.int64]
    weights: NDArray[np.float64]

    def __eq__(self, other: object) -> bool:
        # What a dataclass does by itself asks an array of comparisons for one truth.
        return isinstance(other, Vector) and self.packed() == other.packed()

    def __hash__(self) -> int:
        return hash(self.packed())

    @classmethod
    def of(cls, weights: Mapping[str, float]) -> "Vector":
        """The vector of these terms, whose weights are multiples of STEP, at most 1."""
        numbered = sorted((_number(term), weight) for term, weight in weights.items())
        return cls(
            np.array([number for number, _ in numbered], dtype=_TERM),
            np.array([weight for _, weight in numbered], dtype=np.float64),
        )

    @classmethod
    def unpacked(cls, data: bytes) -> "Vector":
        """What packed() made."""
        count = len(data) // TERM_BYTES
        weights = np.frombuffer(data, dtype=_WEIGHT, offset=count * _TERM.itemsize)
        return cls(np.frombuffer(data, dtype=_TERM, count=count), weights.astype(np.float64))

    def packed(self) -> bytes:
        """The numbers of all terms, 8 bytes each, then their weights, 4 bytes each, the lowest byte first."""
        return self.terms.astype(_TERM).tobytes() + self.weights.astype(_WEIGHT).tobytes()


def cosines(one: Vector, others: Sequence[Vector]) -> list[float]:
    """How alike a vector is to each of the others, 0..1."""
    if not others or not len(one.terms):
        return [0.0] * len(others)
    terms = np.concatenate([other.terms for other in others])
    weights = np.concatenate([other.weights for other in others])
    whose = np.repeat(np.arange(len(others)), [len(other.terms) for other in others])
    places = np.minimum(np.searchsorted(one.terms, terms), len(one.terms) - 1)
    products = np.where(one.terms[places] == terms, one.weights[places] * weights, 0.0)
    found: list[float] = np.bincount(whose, weights=products, minlength=len(others)).tolist()
    return found


@lru_cache(maxsize=1 << 16)
def _number(term: str) -> int:
    return int.from_bytes(hashlib.blake2b(term.encode(), digest_size=_TERM.itemsize).digest(), "little", signed=True)
