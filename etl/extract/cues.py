"""How far a cue can be trusted in a construction, and whether it is speech or attitude: three lists, read once.

The figures are counts, not judgements of ours: how often a proposal of this shape was an attribution in marked news.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from schema.enums import Act

CUE_LIST = "cue_verbs.en.txt"
ATTITUDE_LIST = "attitude_cues.en.txt"
REFUSAL_LIST = "refusal_cues.en.txt"

# A cue seen n times with r right is trusted (r + PRIOR * rate of rare cues) / (n + PRIOR).
PRIOR = 3.0

# Under this it is left out. Chosen on PolNeAR dev: F1 of attributions is flat around it.
LEAST_SCORE = 0.34

# Words that stand for any cue of a construction in the list
RARE = "*"


@dataclass(frozen=True, slots=True)
class Cues:
    """The list as read: (construction, lemma) -> score 0..1, and the score of each construction with a rare cue."""

    score: dict[tuple[str, str], float]
    rare: dict[str, float]

    def weigh(self, construction: str, lemma: str) -> float:
        """The share of such proposals that are attributions; 0 where it is under LEAST_SCORE."""
        score = self.score.get((construction, lemma))
        if score is None:
            score = self.rare.get(construction, 0.0)
        return score if score >= LEAST_SCORE else 0.0


def lines(name: str) -> list[str]:
    """The entries of a list of etl/data, without its header and blank lines."""
    text = files("etl").joinpath("data", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


@cache
def cue_table() -> Cues:
    """The cue list, read once."""
    rows = [
        (construction, lemma, int(seen), int(right)) for construction, lemma, seen, right in map(split, lines(CUE_LIST))
    ]
    rare = {construction: right / seen for construction, lemma, seen, right in rows if lemma == RARE}
    score = {
        (construction, lemma): (right + PRIOR * rare.get(construction, 0.0)) / (seen + PRIOR)
        for construction, lemma, seen, right in rows
        if lemma != RARE
    }
    return Cues(score, rare)


def split(line: str) -> list[str]:
    """The columns of a line of the cue list."""
    return line.split("\t")


@cache
def attitudes() -> frozenset[str]:
    """Lemmas of cues that ascribe a belief, wish or intention."""
    return frozenset(lines(ATTITUDE_LIST))


@cache
def refusals() -> frozenset[str]:
    """Lemmas of cues that say that nothing was said."""
    return frozenset(lines(REFUSAL_LIST))


def act_of(lemma: str, construction: str) -> Act:
    """SPEECH or ATTITUDE, from the cue's lemma."""
    return Act.ATTITUDE if lemma in attitudes() else Act.SPEECH
