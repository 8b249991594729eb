"""Evidence that two entities of the news are one person or group: one question each, answered from 0 to 1.

The docstring of each is the explanation that people read with the score. What an answer counts stands in
etl.identify.weights.
"""

import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from etl.identify.entity import Entity
from etl.identify.name_evidence import name_evidence
from etl.identify.surroundings import weight_of


class Kind(Enum):
    """Whether both of a pair have names, one, or none: evidence counts differently."""

    NAMES = "two names"
    NAME_AND_DESCRIPTION = "a name and a description"
    DESCRIPTIONS = "two descriptions"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two entities and how alike their articles are: 0..1 as etl.group has it, 1 within one article."""

    a: Entity
    b: Entity
    likeness: float

    @property
    def kind(self) -> Kind:
        """By how many of the two are named."""
        named = self.a.is_named + self.b.is_named
        return (Kind.DESCRIPTIONS, Kind.NAME_AND_DESCRIPTION, Kind.NAMES)[named]

    @property
    def is_of_one_article(self) -> bool:
        """Whether one article mentions both."""
        return self.a.article == self.b.article


# --- names ---


def same_full_name(pair: Pair) -> float:
    """Both are called by one full name ("Dana Ortiz")."""
    return float(bool(pair.a.full & pair.b.full))


def full_name_spelled_alike(pair: Pair) -> float:
    """Their full names may be one person's in another spelling or form ("Bettie Ortiz", "Betty Ortiz")."""
    return 0.0 if same_full_name(pair) else _likest_names(pair)


def full_names_differ(pair: Pair) -> float:
    """Each has a full name, and these speak for two people."""
    return float(bool(pair.a.names and pair.b.names) and not same_full_name(pair)) * (1 - _likest_names(pair))


def family_name_of_full_name(pair: Pair) -> float:
    """One is called by a single name only, which is the family name of the other ("Ortiz", "Dana Ortiz")."""
    one_is_full = bool(pair.a.names) != bool(pair.b.names)
    return float(one_is_full and bool(pair.a.called & pair.b.called))


def same_single_name(pair: Pair) -> float:
    """Both are called by one single name ("Ortiz")."""
    neither_is_full = not pair.a.names and not pair.b.names
    return float(neither_is_full and bool(pair.a.called & pair.b.called))


def other_name(pair: Pair) -> float:
    """One is called by single names only, and no name of the other is one of these, but for a letter."""
    if pair.kind is not Kind.NAMES or (pair.a.names and pair.b.names):
        return 0.0
    of_a, of_b = pair.a.called | pair.a.given, pair.b.called | pair.b.given
    return float(not of_a & of_b and not any(_is_slip(x, y) for x in pair.a.called for y in pair.b.called))


# --- gender and number ---


def gender_agrees(pair: Pair) -> float:
    """Words for both give one gender."""
    return float(bool(pair.a.gender) and pair.a.gender == pair.b.gender)


def gender_differs(pair: Pair) -> float:
    """Words for the one give another gender than those for the other."""
    return float(bool(pair.a.gender and pair.b.gender) and pair.a.gender != pair.b.gender)


def number_differs(pair: Pair) -> float:
    """The one is a person, the other a group."""
    return float(pair.a.is_plural != pair.b.is_plural)


# --- descriptions ---


def same_noun_in_alike_articles(pair: Pair) -> float:
    """Both are described by one noun ("the driver"): the more, the more alike their articles are."""
    return 0.0 if pair.is_of_one_article else bool(pair.a.nouns & pair.b.nouns) * pair.likeness


def other_noun(pair: Pair) -> float:
    """Both are described, by other nouns."""
    return float(bool(pair.a.nouns and pair.b.nouns) and not pair.a.nouns & pair.b.nouns)


def office_is_the_noun(pair: Pair) -> float:
    """The noun that describes the one is in an office that an article gives the other."""
    return float(bool(pair.a.roles & pair.b.nouns or pair.b.roles & pair.a.nouns))


def modifiers_alike(pair: Pair) -> float:
    """The words that describe them are the same for the most part."""
    a, b = pair.a.modifiers, pair.b.modifiers
    shared = len(a & b)
    return shared / math.sqrt(len(a) * len(b)) if shared else 0.0


def telling_modifiers(pair: Pair) -> float:
    """Rare words describe both; two that nobody else uses are 1."""
    # fsum: the same in whatever order a set gives them
    return min(2.0, math.fsum(weight_of(word) for word in pair.a.modifiers & pair.b.modifiers)) / 2


# --- what is told of them ---


def same_predicates(pair: Pair) -> float:
    """Both do or undergo the same ("was arrested"); two such things are 1."""
    return min(2, len(pair.a.predicates & pair.b.predicates)) / 2


def context_alike(pair: Pair) -> float:
    """The sentences about them have words in common: the cosine of their stems."""
    small, large = sorted((pair.a.context, pair.b.context), key=len)
    return sum(weight * large.get(stem, 0.0) for stem, weight in small.items())


def context_much_alike(pair: Pair) -> float:
    """The sentences about them are alike by more than 0.15."""
    return float(context_alike(pair) > 0.15)


def one_leads(pair: Pair) -> float:
    """One is the individual whom the article mentions most often, the other is not."""
    return float((pair.a.rank == 0) != (pair.b.rank == 0))


def both_mentioned_once(pair: Pair) -> float:
    """Each is mentioned once only."""
    return float(len(pair.a.mentions) == 1 and len(pair.b.mentions) == 1)


# --- the articles ---


def one_article(pair: Pair) -> float:
    """One article mentions both."""
    return float(pair.is_of_one_article)


def articles_alike_a_little(pair: Pair) -> float:
    """Their articles are alike by 0.1 or more: of one subject."""
    return _at_least(pair, 0.1)


def articles_alike(pair: Pair) -> float:
    """Their articles are alike by 0.18 or more: of one event as a rule."""
    return _at_least(pair, 0.18)


def _at_least(pair: Pair, likeness: float) -> float:
    return float(not pair.is_of_one_article and pair.likeness >= likeness)


def _likest_names(pair: Pair) -> float:
    """The best evidence that a full name of the one is a full name of the other, 0..1; 0 where one has none."""
    return max((_evidence(*sorted((x, y))) for x in pair.a.names for y in pair.b.names), default=0.0)


@lru_cache(maxsize=1 << 16)
def _evidence(a: str, b: str) -> float:
    return name_evidence(a, b).score


def _is_slip(a: str, b: str) -> bool:
    """ "Raite" for "Rait" """
    return len(a) >= 4 and len(b) >= 4 and a[0] == b[0] and OSA.distance(a, b) == 1
