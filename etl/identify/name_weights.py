"""How much each piece of evidence on names counts: the one place where the judgement on names stands.

A logistic regression on the development half of OpenSanctions' name pairs and on tests/etl/identify/news_names.tsv gave
the size of what these pairs show. What they hardly show (generations, fathers, initials) is set by hand, and strictly:
a sanctions list takes a slip for the same man (Tim Smith, Tom Smith), the news must not.
"""

from collections.abc import Callable
from dataclasses import dataclass

from etl.identify import name_features as features
from etl.identify.name_alignment import Alignment, Pair


def _no_pair(sides: Alignment) -> Pair | None:
    return None


@dataclass(frozen=True, slots=True)
class Feature:
    """A question, what a yes is worth in log odds, how a reader is told of it, and the words to show."""

    func: Callable[[Alignment], float]
    weight: float
    reason: str
    pair: Callable[[Alignment], Pair | None] = _no_pair


SAME_NAME = 4.0
"""Log odds of one bearer when two names are the same letter by letter: there are namesakes."""

FEATURES = (
    Feature(features.other_order, -0.8, "names in another order"),
    Feature(features.more_names, -0.8, "more names on one side"),
    Feature(features.nickname, -1.6, "another form of a given name", features.nickname_pair),
    Feature(features.one_name_only, -2.6, "one name only on one side"),
    Feature(features.syllable_differs, -2.8, "a syllable differs", features.farthest),
    Feature(features.spelled_apart, -3.0, "spelled differently", features.farthest),
    Feature(features.patronymic_for_name, -3.0, "a name here is a patronymic there"),
    Feature(features.initial_for_name, -3.2, "an initial for a name", features.initial_pair),
    Feature(features.no_full_name, -4.0, "nothing but initials agrees"),
    Feature(features.known_apart, -4.0, "two given names that look alike", features.known_apart_pair),
    Feature(features.given_names_swapped, -4.5, "given name and family name swapped"),
    Feature(features.father_and_son, -6.0, "father and son swapped"),
    Feature(features.generation_differs, -6.0, "generation differs"),
    Feature(features.middle_differs, -6.0, "middle initial differs"),
    Feature(features.initial_for_last_name, -6.0, "a middle initial for a last name"),
    Feature(features.another_name, -7.0, "name differs", features.farthest),
)
