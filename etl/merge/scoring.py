"""The table of weights applied to two reports: how likely they are one remark, and the evidence for it."""

import math
from dataclasses import dataclass, field
from functools import lru_cache

from etl.merge.evidence import Pair, one_speaker, same_quoted_words
from etl.merge.weights import BASE, FEATURES, FLOOR, Feature
from etl.merge.wording import (
    Printed,
    Wording,
    are_close,
    can_be_one_occasion,
    full_days,
    have_one_speaker,
    is_reprinted,
)

REPRINTED = "the same words in another text of the article"
"""The rule by which a report of an earlier text and one of a later are one remark."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two wordings are one remark, 0..1, and the rule that says so.

    detail: all the evidence in one line, strongest first ("same run of words +2.12, figures differ -6.00"); not part of
    what makes two of them equal, and not stored.
    """

    score: float
    rule: str
    detail: str = field(default="", compare=False)


def likeness(a: Wording, b: Wording) -> Likeness | None:
    """The evidence that two reports carry one remark, None when there is none or a guard speaks against it.

    Speakers first, then the occasion, then the words. What somebody believes is not what they said, but for words in
    quotation marks, which were said, however the article puts it. What one text of an article has somebody say and a
    later one in the same words is one remark.
    """
    if is_reprinted(a, b):
        return Likeness(1.0, REPRINTED)
    if not have_one_speaker(a, b) or a.denied != b.denied or not can_be_one_occasion(a, b):
        return None
    found = compared(a, b)
    if found.score < FLOOR or (a.act is not b.act and not same_quoted_words(Pair.of(a.text, b.text))):
        return None
    return found


def compared(a: Wording, b: Wording) -> Likeness:
    """The evidence between two reports of one speaker on an occasion that can be the same."""
    one_article = a.article == b.article and a.revision == b.revision
    days = full_days(a.said or a.published, b.said or b.published)
    return _said(*sorted((a.text, b.text)), of_one_article=one_article, days=days)


@lru_cache(maxsize=1 << 14)
def _said(a: str, b: str, *, of_one_article: bool, days: float) -> Likeness:
    """Outlets print the same words: most pairs of a story are the same few over and over."""
    return judged(Pair.of(a, b, of_one_speaker=True, of_one_article=of_one_article, days=days))


def same_words(a: str, b: str) -> Likeness:
    """How far two wordings say the same by their words alone, whoever said them and whenever."""
    return judged(Pair.of(a, b))


def printed_likeness(a: Printed, b: Printed) -> Likeness:
    """How far two wordings say the same of which only the articles are known; 0 where these can be of no one occasion.

    Days between the articles are no evidence here: that is about one speaker.
    """
    if a.published and b.published and not are_close(a.published, b.published):
        return Likeness(0.0, "other occasions", "published too far apart")
    return judged(Pair.of(a.text, b.text, of_one_article=a.article == b.article))


def judged(pair: Pair) -> Likeness:
    """The score of a pair with its evidence."""
    fired = [(feature, feature.weight * feature.func(pair)) for feature in FEATURES]
    told = sorted((one for one in fired if one[1]), key=lambda one: -abs(one[1]))
    return Likeness(_share(BASE + math.fsum(value for _, value in fired)), _rule(told), _detail(told))


def _rule(told: list[tuple[Feature, float]]) -> str:
    """What of the words speaks for it most; that one speaker said both goes without saying."""
    of_words = [one for one in told if one[0].func is not one_speaker and one[1] > 0]
    return max(of_words, key=lambda one: one[1])[0].name if of_words else "nothing"


def _detail(told: list[tuple[Feature, float]]) -> str:
    return ", ".join(f"{feature.name} {value:+.2f}" for feature, value in told)


def _share(log_odds: float) -> float:
    # Rounded, so that a score read from the database is the one that was written.
    return round(1 / (1 + math.exp(-log_odds)), 6)
