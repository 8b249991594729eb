"""Evidence that two entities of the news are one person or group: one question each, answered from 0 to 1.

The docstring of each is the explanation that people read with the score. What an answer counts stands in
etl.identify.weights.
"""

import math
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from rapidfuzz.distance import OSA

from etl.frequency import weight_of
from etl.identify.entity import Entity
from etl.identify.name_evidence import name_evidence
from etl.identify.offices import exclude

_LETTERS = 3
"""Initials that tell something: two letters begin the names of too many."""


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
    return float(bool(pair.a.name.full & pair.b.name.full))


def full_name_spelled_alike(pair: Pair) -> float:
    """Their full names may be one person's in another spelling or form ("Bettie Ortiz", "Betty Ortiz")."""
    return 0.0 if same_full_name(pair) else _likest_names(pair)


def full_names_differ(pair: Pair) -> float:
    """Each has a full name, and these speak for two people."""
    return float(bool(pair.a.name.names and pair.b.name.names) and not same_full_name(pair)) * (1 - _likest_names(pair))


def single_name_of_full_name(pair: Pair) -> float:
    """One is called by a single name only, which is the family name of the other ("Ortiz", "Dana Ortiz")."""
    return float(_one_is_full(pair) and not pair.a.is_body and bool(pair.a.name.called & pair.b.name.called))


def given_name_of_full_name(pair: Pair) -> float:
    """One is called by a single name only, which is the given name of the other ("Dana", "Dana Ortiz")."""
    if not _one_is_full(pair) or single_name_of_full_name(pair):
        return 0.0
    return float(bool(pair.a.name.called & pair.b.name.given or pair.b.name.called & pair.a.name.given))


def acronym_explained(pair: Pair) -> float:
    """One body is called by its letters only, which the other article gives beside its name ("Border Workers Union
    (BWU)").
    """
    return float(_one_is_full(pair) and pair.a.is_body and bool(pair.a.name.called & pair.b.name.called))


def initials_of_full_name(pair: Pair) -> float:
    """One is called by three letters or more, with which the words of the other's name begin ("BWU", "JFK")."""
    if not _one_is_full(pair) or pair.a.name.called & pair.b.name.called:
        return 0.0
    short, other = (pair.a, pair.b) if pair.b.name.names else (pair.b, pair.a)
    return float(any(len(letters) >= _LETTERS for letters in short.name.acronyms & other.name.initials))


def same_single_name(pair: Pair) -> float:
    """Both are called by one single name ("Ortiz")."""
    neither_is_full = not pair.a.name.names and not pair.b.name.names
    return float(neither_is_full and bool(pair.a.name.called & pair.b.name.called))


def other_name(pair: Pair) -> float:
    """One is called by single names only, and no name of the other is one of these, but for a letter."""
    if pair.kind is not Kind.NAMES or (pair.a.name.names and pair.b.name.names) or initials_of_full_name(pair):
        return 0.0
    of_a, of_b = pair.a.name.called | pair.a.name.given, pair.b.name.called | pair.b.name.given
    return float(not of_a & of_b and not any(_is_slip(x, y) for x in pair.a.name.called for y in pair.b.name.called))


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


# --- offices ---


def offices_exclude(pair: Pair) -> float:
    """The articles give them offices that nobody holds at one time (the mayor, the minister)."""
    a, b = pair.a, pair.b
    if not (a.offices and b.offices):
        return 0.0
    return float(any(exclude(one, other, a.year, b.year) for one in a.offices for other in b.offices))


def same_title(pair: Pair) -> float:
    """Both articles give an office or description in the same words ("captain")."""
    return float(bool(pair.a.titles & pair.b.titles))


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


# --- the articles ---


def one_article(pair: Pair) -> float:
    """One article mentions both."""
    return float(pair.is_of_one_article)


def articles_alike_a_little(pair: Pair) -> float:
    """Their articles are alike by 0.12 or more: of one subject."""
    return _at_least(pair, 0.12)


def articles_alike(pair: Pair) -> float:
    """Their articles are alike by 0.27 or more: of one event as a rule."""
    return _at_least(pair, 0.27)


def articles_alike_in_all(pair: Pair) -> float:
    """How alike their articles are, 0..1: of two with one family name, the one of the nearer article."""
    return 0.0 if pair.is_of_one_article else pair.likeness


def _at_least(pair: Pair, likeness: float) -> float:
    return float(not pair.is_of_one_article and pair.likeness >= likeness)


def _likest_names(pair: Pair) -> float:
    """The best evidence that a full name of the one is a full name of the other, 0..1; 0 where one has none."""
    if pair.a.is_body or pair.b.is_body:
        return 0.0
    return max((_evidence(*sorted((x, y))) for x in pair.a.name.names for y in pair.b.name.names), default=0.0)


def _one_is_full(pair: Pair) -> bool:
    return bool(pair.a.name.names) != bool(pair.b.name.names)


@lru_cache(maxsize=1 << 16)
def _evidence(a: str, b: str) -> float:
    return name_evidence(a, b).score


def _is_slip(a: str, b: str) -> bool:
    """ "Raite" for "Rait"; "Ortizes" are a family."""
    short, other = sorted((a, b), key=len)
    return len(short) >= 4 and short[0] == other[0] and other != f"{short}s" and OSA.distance(a, b) == 1
