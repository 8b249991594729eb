"""Evidence that two wordings say the same: one question each, answered from 0 to 1.

The docstring of each is the explanation that people read with the score. What an answer counts stands in
etl.merge.weights.
"""

from dataclasses import dataclass
from functools import cached_property

from etl.merge.alignment import Run, runs
from etl.merge.words import Words, weighed, words_of

LEAST_RUN = 4
"""Words of a run that say something; fewer do where they are the whole of a wording."""

MUCH = 1.5
"""What a run carries that is no coincidence, in words never seen in the news."""

LEAST_QUOTED = 2
"""Telling words of a quoted stretch that another wording repeats."""

QUOTED_SHARE = 0.66
"""The share of a quoted stretch that is to stand in the other: "threatening behaviour" here, "behavior" there."""

LATE = 3.0
"""Full days between the dates of two reports after which hardly any remark is reported for the first time."""

DENIAL_REACH = 4
"""A negator this many words before what two wordings share denies it."""

FIGURE_REACH = 2
"""A figure this many words before what two wordings share belongs to it."""

LEAST_DENIED = 0.4
"""The share of the shorter wording that a run has to be for a denial of it to be one of the whole."""


@dataclass(frozen=True)
class Pair:
    """Two wordings, in an order that is always the same, and what is known beside their words.

    of_one_speaker: one speaker is known to have said both, on an occasion that can be the same. of_one_article: one
    article has both. days: full ones between the dates of saying, or of print, 0 where they are not known.
    """

    a: Words
    b: Words
    of_one_speaker: bool = False
    of_one_article: bool = False
    days: float = 0.0

    @classmethod
    def of(
        cls, a: str, b: str, *, of_one_speaker: bool = False, of_one_article: bool = False, days: float = 0.0
    ) -> "Pair":
        """The pair of two texts, the same one whichever comes first."""
        first, second = sorted((a, b), key=lambda text: (len(text), text))
        return cls(words_of(first), words_of(second), of_one_speaker, of_one_article, days)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The words they have in the same order, the longest run first."""
        return runs(self.a.order, self.b.order)

    @property
    def longest(self) -> int:
        """The words of the longest run, 0 where there is none."""
        return self.runs[0].length if self.runs else 0

    @cached_property
    def shorter(self) -> int:
        """The words of the shorter wording, at least 1."""
        return max(1, min(len(self.a.order), len(self.b.order)))

    @cached_property
    def shared(self) -> float:
        """What the telling words that both have carry."""
        return weighed(self.a.telling & self.b.telling)

    @property
    def sides(self) -> tuple[tuple[Words, Words], tuple[Words, Words]]:
        """Each wording with the other one."""
        return (self.a, self.b), (self.b, self.a)


# --- who and where ---


def one_speaker(pair: Pair) -> float:
    """One speaker said both, on an occasion that can be the same."""
    return float(pair.of_one_speaker)


def one_article(pair: Pair) -> float:
    """One article has both: it seldom reports a remark twice."""
    return float(pair.of_one_article)


def days_between(pair: Pair) -> float:
    """Full days lie between what is known of their dates, three are 1: news is told the next day."""
    return min(1.0, pair.days / LATE)


# --- the same words ---


def same_run_of_words(pair: Pair) -> float:
    """The longest run of words that both have, as a share of the shorter wording."""
    return pair.longest / pair.shorter if pair.longest >= LEAST_RUN or pair.longest == pair.shorter else 0.0


def same_words_in_runs(pair: Pair) -> float:
    """The words of all the runs that both have, as a share of the shorter wording."""
    if not pair.runs:
        return float(pair.a.order == pair.b.order)
    return sum(run.length for run in pair.runs) / pair.shorter


def telling_run(pair: Pair) -> float:
    """The longest run has words that are rare in the news."""
    if not pair.runs:
        return 0.0
    run = pair.runs[0]
    return min(1.0, weighed(set(pair.a.order[run.a : run.end_a]) & pair.a.telling) / MUCH)


def telling_words_within(pair: Pair) -> float:
    """The telling words of the one, the rarer the more, stand in the other: cut, or told as part of more."""
    least = min(pair.a.weight, pair.b.weight)
    return pair.shared / least if least else 0.0


def same_telling_words(pair: Pair) -> float:
    """The telling words of the two are the same, the rarer the more."""
    either = pair.a.weight + pair.b.weight - pair.shared
    return pair.shared / either if either > 0 else 0.0


def same_quoted_words(pair: Pair) -> float:
    """What stands between quotation marks in the one stands in the other."""
    return float(any(_repeats(stretch, of, other) for of, other in pair.sides for stretch in of.quoted))


# --- what speaks against it ---


def figures_differ(pair: Pair) -> float:
    """Both give figures, and none is the same, or those right before what they share are others."""
    if pair.a.figures and pair.b.figures and not pair.a.figures & pair.b.figures:
        return 1.0
    if pair.longest < _most_of(pair):
        return 0.0
    run = pair.runs[0]
    beside = (
        pair.a.figures_within(run.a - FIGURE_REACH, run.a),
        pair.b.figures_within(run.b - FIGURE_REACH, run.b),
    )
    return float(all(beside) and not beside[0] & beside[1])


def times_differ(pair: Pair) -> float:
    """Both say when, in other words: until Friday, until the twentieth."""
    return float(bool(pair.a.times and pair.b.times) and not pair.a.times & pair.b.times)


def one_is_denied(pair: Pair) -> float:
    """What both say, or half of it, is denied in one of them: will leave, will not leave."""
    if sum(run.length for run in pair.runs) >= _most_of(pair):
        told = [(_news(pair, run), _is_denied_in_one(pair, run)) for run in pair.runs]
        news = sum(words for words, _ in told)
        return float(news > 0 and 2 * sum(words for words, denied in told if denied) >= news)
    if pair.a.negators() == pair.b.negators() > 0:
        # "it had received no notice", "not to have received any notice"
        return 0.0
    shared = pair.a.telling & pair.b.telling
    return float(2 * sum(_denies(pair.a, form) != _denies(pair.b, form) for form in shared) > len(shared))


def denial_of_less(pair: Pair) -> float:
    """One denies only some of what the other denies: no complaint, no written complaint."""
    return float(any(_is_narrower(one, other) for one, other in pair.sides))


def _repeats(stretch: tuple[str, ...], of: Words, other: Words) -> bool:
    """Whether most of a quoted stretch stands in the other wording in one run, with words that carry news."""
    found = runs(stretch, other.order)
    if not found:
        return False
    run = found[0]
    telling = set(stretch[run.a : run.end_a]) & of.telling & other.telling
    return len(telling) >= LEAST_QUOTED and run.length >= QUOTED_SHARE * len(stretch)


def _most_of(pair: Pair) -> float:
    """How many words make out what the shorter one says."""
    return max(LEAST_RUN - 1, LEAST_DENIED * pair.shorter)


def _news(pair: Pair, run: Run) -> int:
    """The telling words of a run."""
    return sum(word in pair.a.telling for word in pair.a.order[run.a : run.end_a])


def _is_denied_in_one(pair: Pair, run: Run) -> bool:
    starts = (pair.a, run.a), (pair.b, run.b)
    # "It is not true that the ferries will sail" denies what follows; a "not" further off is of another clause.
    first, second = (words.is_denied(at, DENIAL_REACH) for words, at in starts)
    # "aren't combined, written out yet, but" and "aren't written yet, but" deny the same.
    nearby = {words.negators(at - 2 * DENIAL_REACH, at) for words, at in starts}
    return first != second and len(nearby) > 1


def _denies(words: Words, form: str) -> bool:
    """Whether a negator stands shortly before the first of these words."""
    return words.is_denied(words.order.index(form), DENIAL_REACH)


def _is_narrower(one: Words, other: Words) -> bool:
    """Whether a telling word that the other lacks stands between "no" and what both deny."""
    if "no" not in one.order or "no" not in other.order:
        return False
    denied = {pair for pair in zip(other.order, other.order[1:], strict=False) if pair[0] == "no"}
    triples = zip(one.order, one.order[1:], one.order[2:], strict=False)
    return any((no, what) in denied and word in one.telling - other.telling for no, word, what in triples)
