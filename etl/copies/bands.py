"""Keys by which a database finds the articles that may be one text: MinHash over the sentences of the body.

Sentences, not paragraphs: outlets join and split paragraphs, and a sentence survives that. Keys are stored, so they
must come out the same in every process and version: the seed stands here, the version of the library's algorithm is
part of each key, and tests compare with recorded values.
Source: Broder 1997, "On the resemblance and containment of documents"; banding as in chapter 3 of Leskovec, Rajaraman
and Ullman, "Mining of Massive Datasets".
"""

import hashlib
import struct

from rensa import RMinHash

from etl.copies.wording import Wording

BANDS = 6
ROWS = 4
"""Sentences of Jaccard likeness j share a key with 1 - (1 - j^ROWS)^BANDS: 0.81 at 0.7, 0.95 at 0.8, 0.01 at 0.2."""

SENTENCES = 16
"""Only so many sentences of an article have keys: reprints are cut from the end."""

SHORTEST = 8
"""Words outside quotation marks. A sentence with fewer is a quotation that every report has, or says too little."""

_SHINGLE = 3
_SEED = 20261122
_FORMAT = struct.Struct(f"<{2 + ROWS}I")


def signatures(wording: Wording) -> list[list[int]]:
    """A MinHash signature of BANDS * ROWS numbers (32 bits) for each of the first sentences that are long enough."""
    shingles = []
    for start, end in wording.sentences:
        if sum(wording.own[start:end]) < SHORTEST:
            continue
        words = wording.words[start:end]
        shingles.append([" ".join(three) for three in zip(words, words[1:], words[2:], strict=False)])
        if len(shingles) == SENTENCES:
            break
    if not shingles:
        return []
    found: list[list[int]] = RMinHash.digest_matrix_from_token_sets(shingles, BANDS * ROWS, _SEED).to_rows()
    return found


def bands(wording: Wording) -> list[int]:
    """The keys of an article, sorted, each once: signed 64-bit numbers, at most SENTENCES * BANDS of them.

    Articles that share a key may be one text. Empty for an article without a sentence of some length.
    """
    keys = set()
    for signature in signatures(wording):
        for band in range(BANDS):
            rows = signature[band * ROWS : (band + 1) * ROWS]
            packed = _FORMAT.pack(RMinHash.ALGORITHM_VERSION, band, *rows)
            keys.add(int.from_bytes(hashlib.blake2b(packed, digest_size=8).digest(), "little", signed=True))
    return sorted(keys)
