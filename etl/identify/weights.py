"""How much each piece of evidence on two entities counts: where the judgement on people across articles stands.

Log odds of a logistic regression on the development part of ECB+ (topics 1 to 35), one for each kind of pair; evidence
that cross-validation over topics did not miss is left out. Set by hand: gender_differs between names, which these
articles hardly show, and which costs nothing on them.
"""

from collections.abc import Callable
from dataclasses import dataclass

from etl.identify import evidence
from etl.identify.evidence import Kind, Pair


@dataclass(frozen=True, slots=True)
class Feature:
    """A question and what a yes is worth in log odds: between two names, a name and a description, two descriptions."""

    func: Callable[[Pair], float]
    names: float = 0.0
    mixed: float = 0.0
    descriptions: float = 0.0

    @property
    def name(self) -> str:
        """The question's name."""
        return self.func.__name__

    def weight(self, kind: Kind) -> float:
        """What a yes is worth in a pair of this kind."""
        return {Kind.NAMES: self.names, Kind.NAME_AND_DESCRIPTION: self.mixed, Kind.DESCRIPTIONS: self.descriptions}[
            kind
        ]


BASE = {Kind.NAMES: -1.15, Kind.NAME_AND_DESCRIPTION: -6.69, Kind.DESCRIPTIONS: -6.33}
"""Log odds where every answer is no."""

NAME_FEATURES = (
    Feature(evidence.same_full_name, names=2.53),
    Feature(evidence.full_name_spelled_alike, names=4.19),
    Feature(evidence.single_name_of_full_name, names=2.19),
    Feature(evidence.given_name_of_full_name, names=-1.0),
    Feature(evidence.acronym_explained, names=3.0),
    Feature(evidence.initials_of_full_name, names=2.5),
    Feature(evidence.same_single_name, names=0.87),
    Feature(evidence.other_name, names=-4.15),
    Feature(evidence.full_names_differ, names=-6.55),
)
"""What is asked of nothing but how two are called, and whether they are bodies."""

OTHER_FEATURES = (
    Feature(evidence.gender_agrees, mixed=0.77, descriptions=1.04),
    Feature(evidence.gender_differs, names=-2.0, mixed=-0.58, descriptions=-2.18),
    Feature(evidence.number_differs, names=-2.31, mixed=-2.26, descriptions=-2.2),
    Feature(evidence.offices_exclude, names=-6.0),
    Feature(evidence.same_title, names=1.1),
    Feature(evidence.office_is_the_noun, mixed=1.47),
    Feature(evidence.same_noun_in_alike_articles, descriptions=0.72),
    Feature(evidence.other_noun, mixed=-0.28, descriptions=-0.26),
    Feature(evidence.modifiers_alike, descriptions=2.7),
    Feature(evidence.telling_modifiers, mixed=8.0),
    Feature(evidence.same_predicates, mixed=3.69, descriptions=1.72),
    Feature(evidence.context_alike, mixed=2.3),
    Feature(evidence.context_much_alike, descriptions=0.68),
    Feature(evidence.one_article, names=2.13, mixed=4.45, descriptions=4.44),
    Feature(evidence.articles_alike_a_little, names=2.03, mixed=2.87, descriptions=3.28),
    Feature(evidence.articles_alike, names=1.49, mixed=1.72, descriptions=1.64),
    Feature(evidence.articles_alike_in_all, names=2.0),
)

ALIKE = 0.08
"""Entities of articles less alike than this (etl.group) are one only by the same full name."""

NAMES_JOIN = 0.25
"""Named entities are put together first, while their mean score is at least this."""

JOIN = 0.3
"""Then all of them are, while the mean score of their pairs is at least this."""

APART = 0.5
"""Full names that speak for two people as much as this never stand for one."""

KEPT = 0.05
"""A score below this counts as none."""

STORED = 0.7
"""Loads keep the evidence between people, or bodies, of alike articles from this score on."""

SPELLED = 0.95
"""Loads take full names for spellings of one from this score on: rather one person twice than two in one."""
