"""Two printed names -> how much they speak for one bearer, and why. What else is known of people is not looked at."""

import math
from dataclasses import dataclass

from etl.identify.name_alignment import Alignment, Pair, align
from etl.identify.name_features import place_of
from etl.identify.name_parts import parse
from etl.identify.name_weights import FEATURES, SAME_NAME, Feature

_SAID = 0.01
"""Evidence of fewer log odds than this is not told."""


@dataclass(frozen=True, slots=True)
class NameEvidence:
    """score: 0 (two people, as far as names tell) to 1 (one); reason: the strongest evidence, for people to read."""

    score: float
    reason: str


def name_evidence(a: str, b: str) -> NameEvidence:
    """How far two names may be one person's; the same whichever comes first.

    a, b: names as printed in any script, titles and all. About 0.97 for the same name, below 0.5 where names speak
    for two people; a name without letters scores 0.
    """
    first, second = sorted((a, b))
    left, right = parse(first), parse(second)
    if not (left.words and right.words):
        return NameEvidence(0.0, "no name")
    sides = align(left, right)
    counted = [(feature.weight * feature.func(sides), feature) for feature in FEATURES]
    score = 1 / (1 + math.exp(-(SAME_NAME + sum(value for value, _ in counted))))
    strongest, feature = min(counted, key=lambda one: one[0])
    return NameEvidence(score, _told(feature, sides) if strongest < -_SAID else "same name")


def _told(feature: Feature, sides: Alignment) -> str:
    pair = feature.pair(sides)
    if pair is None:
        return feature.reason
    reason = f"{place_of(pair, sides)} {feature.reason}" if feature.reason == "name differs" else feature.reason
    return f"{reason.lstrip()}: {_quoted(pair)}"


def _quoted(pair: Pair) -> str:
    return f"'{pair.left.printed}' / '{pair.right.printed}'"
