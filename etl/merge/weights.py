"""How much each piece of evidence on two wordings counts: where the judgement on remarks stands.

What the words have in common: log odds of a logistic regression on pairs of direct quotations (BASIL, even years: 168
judged by hand, 266 that are plain), which are said by the same or by somebody else. Set by hand: what speaks against a
pair, of which those have little; quotation marks in indirect speech, of which they have none; and who, where and when,
which they do not tell. The sample articles had a say in these.
"""

from collections.abc import Callable
from dataclasses import dataclass

from etl.merge import evidence
from etl.merge.evidence import Pair


@dataclass(frozen=True, slots=True)
class Feature:
    """A question and what a yes is worth in log odds."""

    func: Callable[[Pair], float]
    weight: float

    @property
    def name(self) -> str:
        """The question in words: "same run of words"."""
        return self.func.__name__.replace("_", " ")


BASE = -4.64
"""Log odds where every answer is no."""

FEATURES = (
    Feature(evidence.same_run_of_words, 2.12),
    Feature(evidence.same_words_in_runs, 2.23),
    Feature(evidence.telling_run, 1.67),
    Feature(evidence.telling_words_within, 1.57),
    Feature(evidence.same_telling_words, 1.12),
    Feature(evidence.same_quoted_words, 2.5),
    Feature(evidence.one_speaker, 1.5),
    Feature(evidence.one_article, -1.0),
    Feature(evidence.days_between, -3.0),
    Feature(evidence.figures_differ, -6.0),
    Feature(evidence.times_differ, -3.0),
    Feature(evidence.one_is_denied, -6.0),
    Feature(evidence.denial_of_less, -4.0),
)

JOIN = 0.5
"""Two wordings say the same from this score on; reports join a statement while their mean score to its reports is."""

FLOOR = 0.2
"""A score below this is not kept, and counts as none."""
