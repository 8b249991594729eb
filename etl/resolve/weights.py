"""How much each piece of evidence counts: the one place where the judgement on references stands."""

from collections.abc import Callable
from dataclasses import dataclass

from etl.resolve import features
from etl.resolve.features import Candidate, Reference
from etl.resolve.reading import Reading


@dataclass(frozen=True, slots=True)
class Feature:
    """A question and what a yes is worth."""

    func: Callable[[Reference, Candidate, Reading], float]
    weight: float

    @property
    def name(self) -> str:
        """The question's name."""
        return self.func.__name__


FEATURES = (
    Feature(features.office_agrees, 3.0),
    Feature(features.same_office, 1.5),
    Feature(features.office_alike, 1.5),
    Feature(features.country_agrees, 1.5),
    Feature(features.is_of_the_family, 2.0),
    Feature(features.gender_agrees, 1.0),
    Feature(features.spoke_last, 1.25),
    Feature(features.is_subject, 1.25),
    Feature(features.is_beside_subject, 0.5),
    Feature(features.named_nearest, 0.75),
    Feature(features.is_owner, -0.5),
    Feature(features.is_quoted, -1.5),
    Feature(features.sentences_back, -2.5),
    Feature(features.other_office, -4.0),
    Feature(features.office_of_another, -4.0),
    Feature(features.country_differs, -4.0),
    Feature(features.is_acted_on_by, -6.0),
    Feature(features.gender_differs, -6.0),
)

PRONOUN_THRESHOLD = 0.25
"""A pronoun refers to somebody as a rule; the nearest person of no known gender is enough."""

DESCRIPTION_THRESHOLD = 2.25
"""A description may introduce somebody new: being the nearest subject is not enough."""

SURE = 5.0
"""A sum of weights that is as good as certain: scores are shares of it, at most 1."""

SENTENCES_BACK = 6
"""How many sentences back a reference is looked for."""

LATER_NAME = 2
"""An office that opens the article and a name without one are linked when at most so many sentences apart."""

PEOPLE_WEIGHED = 12
"""At most so many people, nearest first, are weighed for one reference."""
