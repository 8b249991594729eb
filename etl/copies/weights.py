"""How much each piece of evidence on two articles counts: where the judgement on copies stands.

Log odds of a logistic regression on the development half of our labelled pairs (tests/etl/copies), rounded. Set by
hand, because invented pairs cannot tell: in_the_same_order, same_headline, one_agency, two_agencies, weeks_apart,
short_text and marked. other_matters counts more than the fit has it: real round-ups are more of a piece than ours.
"""

from collections.abc import Callable
from dataclasses import dataclass

from etl.copies import evidence
from etl.copies.evidence import Pair


@dataclass(frozen=True, slots=True)
class Feature:
    """A question and what a full yes is worth in log odds."""

    func: Callable[[Pair], float]
    weight: float

    @property
    def name(self) -> str:
        """The question's name."""
        return self.func.__name__


BASE = -6.2
"""Log odds where every answer is no."""

FEATURES = (
    Feature(evidence.shared_of_the_shorter, 2.5),
    Feature(evidence.shared_of_the_longer, 7.0),
    Feature(evidence.shared_in_long_runs, 2.5),
    Feature(evidence.in_the_same_order, 1.0),
    Feature(evidence.opening_shared, 3.0),
    Feature(evidence.facts_differ, -6.5),
    Feature(evidence.facts_replaced, -10.5),
    Feature(evidence.other_matters, -4.5),
    Feature(evidence.swelled, -4.0),
    Feature(evidence.same_headline, 0.5),
    Feature(evidence.one_agency, 0.5),
    Feature(evidence.two_agencies, -1.0),
    Feature(evidence.weeks_apart, -3.0),
    Feature(evidence.short_text, -1.5),
    Feature(evidence.marked, 1.0),
)

ONE_TEXT = 0.5
"""Two articles are one text from this score on."""
