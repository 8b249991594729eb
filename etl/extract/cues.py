"""How far a cue and the facts around it can be trusted, and whether it is speech or attitude: lists, read once.

The weights are counted, not chosen: what each fact said for or against an attribution in marked news.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp

from schema.enums import Act

CUE_LIST = "cue_verbs.en.txt"
EVIDENCE_LIST = "attribution_evidence.en.txt"
ATTITUDE_LIST = "attitude_cues.en.txt"
SPEECH_LIST = "speech_cues.en.txt"
REFUSAL_LIST = "refusal_cues.en.txt"

# A proposal under this score is left out. Chosen on PolNeAR dev, where the F1 of attributions is flat around it.
LEAST_SCORE = 0.36

# A cue and construction this unlikely by themselves are not worth building a proposal for.
LEAST_PROMISE = 0.06

# Stands for any construction or any cue
ANY = "*"


@dataclass(frozen=True, slots=True)
class Weights:
    """The lists as read; a weight over 0 speaks for an attribution."""

    cue: dict[tuple[str, str], float]
    evidence: dict[str, float]

    def sum(self, construction: str, lemma: str) -> float:
        """What a cue in a construction says, all facts around it aside."""
        cue = self.cue
        return (
            cue.get((ANY, ANY), 0.0)
            + cue.get((construction, ANY), 0.0)
            + cue.get((ANY, lemma), 0.0)
            + cue.get((construction, lemma), 0.0)
        )

    def promise(self, construction: str, lemma: str) -> float:
        """How likely a cue in a construction is an attribution, 0..1; 0 where it is not worth building."""
        score = logistic(self.sum(construction, lemma))
        return score if score >= LEAST_PROMISE else 0.0

    def score(self, construction: str, lemma: str, facts: Iterable[str]) -> float:
        """How likely a proposal is an attribution, 0..1."""
        return logistic(self.sum(construction, lemma) + sum(self.evidence.get(fact, 0.0) for fact in facts))


def logistic(value: float) -> float:
    """A sum of weights as a share, 0..1."""
    return 1 / (1 + exp(-value))


def lines(name: str) -> list[str]:
    """The entries of a list of etl/data, without its header and blank lines."""
    text = files("etl").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def weights() -> Weights:
    """The cue and evidence lists, read once."""
    cue = {}
    for line in lines(CUE_LIST):
        construction, lemma, _, _, weight = line.split("\t")
        cue[construction, lemma] = float(weight)
    evidence = {}
    for line in lines(EVIDENCE_LIST):
        fact, _, _, weight = line.split("\t")
        evidence[fact] = float(weight)
    return Weights(cue, evidence)


@cache
def attitudes() -> frozenset[str]:
    """Lemmas of cues that ascribe a belief, wish or intention."""
    return frozenset(lines(ATTITUDE_LIST))


@cache
def verbs_of_saying() -> frozenset[str]:
    """Lemmas of verbs whose complement is uttered or written."""
    return frozenset(lines(SPEECH_LIST))


@cache
def refusals() -> frozenset[str]:
    """Lemmas of cues that say that nothing was said."""
    return frozenset(lines(REFUSAL_LIST))


def act_of(lemma: str) -> Act:
    """SPEECH or ATTITUDE, from the cue's lemma."""
    return Act.ATTITUDE if lemma in attitudes() else Act.SPEECH
