"""What speaks for two articles being one text, and what against: one question a function, answered 0 to 1.

Questions are asked of a Pair, which does not know which of the two came first; weights stand in etl.copies.weights.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from etl.copies.credits import is_outlet
from etl.copies.edition import Edition
from etl.copies.wording import Wording

RUN = 4
"""So many words in a row, the same in both, count as shared."""

LONG_RUN = 9
"""So many in a row are seldom written twice."""

QUOTED = 0.2
"""What a word within quotation marks counts: whoever heard the speech wrote down the same."""

OPENING = 45
"""Words: the lead and what follows it."""

TELLING_LETTERS = 7
"""Letters from which on a word says what a sentence is about, names aside."""

CHANGED = 0.33
"""The share of names and figures that a desk, or a later version, may have left out or changed."""

FEW = 3
"""Of fewer names, or figures, than this, each counts as one of so many."""

SHORT_TEXT = 60.0
"""Words outside quotation marks, from which on a text is no longer short."""

WEEK, YEAR = 7.0, 365.0
"""Days. A copy appears within the week; a year later the text is taken from an archive."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two editions, the shorter and the longer by their own words, and what they share (shares of 0..1).

    shared: word by word of the shorter and of the longer, whether it stands in a run that both have.
    in_order: share of the shared runs that follow each other alike. strange: share of the longer text's sentences that
    have nothing to do with what is shared. days: between the publications, None if unknown.
    """

    shorter: Edition
    longer: Edition
    of_shorter: float
    of_longer: float
    in_long_runs: float
    in_order: float
    opening: float
    strange: float
    days: float | None


def pair(a: Edition, b: Edition) -> Pair:
    """The two editions compared; the same whichever comes first."""
    shorter, longer = sorted((a, b), key=lambda one: (_length(one.wording), str(one.id)))
    short, long = shorter.wording, longer.wording
    short_runs, long_runs = _runs(short.words, RUN), _runs(long.words, RUN)
    in_short = _covered(short.words, set(long_runs), RUN)
    in_long = _covered(long.words, set(short_runs), RUN)
    far = _covered(short.words, set(_runs(long.words, LONG_RUN)), LONG_RUN)
    return Pair(
        shorter,
        longer,
        of_shorter=_share(short, in_short),
        of_longer=_share(long, in_long),
        in_long_runs=_share(short, far),
        in_order=_in_order(short_runs, long_runs),
        opening=_share(long, in_long, OPENING),
        strange=_strange(long, in_long),
        days=_days(a, b),
    )


def _length(wording: Wording) -> float:
    return _weight(wording.own)


def _weight(own: Sequence[bool]) -> float:
    outside = sum(own)
    return outside + QUOTED * (len(own) - outside)


def _runs(words: Sequence[str], length: int) -> list[tuple[str, ...]]:
    return list(zip(*(words[at:] for at in range(length)), strict=False))


def _covered(words: Sequence[str], runs: set[tuple[str, ...]], length: int) -> list[bool]:
    covered = [False] * len(words)
    for at, run in enumerate(_runs(words, length)):
        if run in runs:
            covered[at : at + length] = [True] * length
    return covered


def _share(wording: Wording, covered: Sequence[bool], first: int | None = None) -> float:
    """How much of the words, or of so many from the beginning, is covered."""
    own = wording.own[:first]
    whole = _weight(own)
    return _weight([mine for mine, is_shared in zip(own, covered, strict=False) if is_shared]) / whole if whole else 0.0


def _in_order(a: Sequence[tuple[str, ...]], b: Sequence[tuple[str, ...]]) -> float:
    """Of the runs that stand once in either text, the share that can be read in one order in both; 1 without any."""
    once_a, once_b = Counter(a), Counter(b)
    where = {run: at for at, run in enumerate(b) if once_b[run] == 1}
    positions = [where[run] for run in a if once_a[run] == 1 and run in where]
    tails: list[int] = []
    for position in positions:
        at = bisect_left(tails, position)
        tails[at : at + 1] = [position]
    return len(tails) / len(positions) if positions else 1.0


def _strange(wording: Wording, covered: Sequence[bool]) -> float:
    """The share of the sentences that are not shared and have no name, and no long word, of those that are."""
    names = frozenset(wording.facts)

    def telling(start: int, end: int) -> set[str]:
        return {
            word
            for at, word in enumerate(wording.words[start:end], start)
            if at in names or len(word) >= TELLING_LETTERS
        }

    shared: set[str] = set()
    rest: list[set[str]] = []
    for start, end in wording.sentences:
        if 2 * sum(covered[start:end]) >= end - start:
            shared |= telling(start, end)
        else:
            rest.append(telling(start, end))
    return sum(1 for words in rest if not words & shared) / (len(wording.sentences) or 1)


def _days(a: Edition, b: Edition) -> float | None:
    """Between the publications, as few as their dates allow."""
    if a.published_on is None or b.published_on is None:
        return None
    first, last = sorted((a.published_on, b.published_on), key=lambda one: one.earliest)
    return max(0.0, (last.earliest - first.latest).total_seconds() / 86400)


def shared_of_the_shorter(pair: Pair) -> float:
    """The share of the shorter text that the longer one has."""
    return pair.of_shorter


def shared_of_the_longer(pair: Pair) -> float:
    """The share of the longer text that the shorter one has."""
    return pair.of_longer


def shared_in_long_runs(pair: Pair) -> float:
    """The share of the shorter text in long unbroken runs: small where a form is filled in anew."""
    return pair.in_long_runs


def in_the_same_order(pair: Pair) -> float:
    """Whether what they share follows each other alike."""
    return pair.in_order


def opening_shared(pair: Pair) -> float:
    """The share of the longer text's opening that the shorter one has: reprints are cut from the end."""
    return pair.opening


def facts_differ(pair: Pair) -> float:
    """How many names and figures of the shorter text the longer one lacks, beyond a third: another match or quarter."""
    ours, theirs = ({one.wording.words[at] for at in one.wording.facts} for one in (pair.shorter, pair.longer))
    missing = len(ours - theirs) / max(len(ours), FEW)
    return max(0.0, missing - CHANGED) / (1 - CHANGED)


def facts_replaced(pair: Pair) -> float:
    """How many names and figures of the shorter text stand in the longer as others between the same words: a form."""
    ours, theirs = _facts(pair.shorter.wording), _facts(pair.longer.wording)
    replaced = sum(1 for between, facts in ours.items() if between in theirs and not facts & theirs[between])
    return replaced / max(len(ours), FEW)


def _facts(wording: Wording) -> dict[tuple[str, str], set[tuple[str, ...]]]:
    """Names and figures, those next to each other as one, by the words before and after them."""
    words = ("", *wording.words, "")
    found: dict[tuple[str, str], set[tuple[str, ...]]] = defaultdict(set)
    start = end = 0
    for at in (*wording.facts, len(words) + 1):
        if at + 1 > end:
            if end > start:
                found[words[start - 1], words[end]].add(words[start:end])
            start = at + 1
        end = at + 2
    return found


def other_matters(pair: Pair) -> float:
    """The share of the longer text that is about something else: a round-up holds a whole agency piece."""
    return pair.strange


def swelled(pair: Pair) -> float:
    """How much of the longer text the shorter has not, where the longer came later; half of it where nobody knows."""
    shorter, longer = pair.shorter, pair.longer
    if credits_it(longer, shorter) or _is_later(longer, shorter):
        return 1.0 - pair.of_longer
    if credits_it(shorter, longer) or _is_later(shorter, longer):
        return 0.0
    return (1.0 - pair.of_longer) / 2


def same_headline(pair: Pair) -> float:
    """Whether they have the same headline."""
    return float(bool(pair.shorter.headline) and pair.shorter.headline == pair.longer.headline)


def one_agency(pair: Pair) -> float:
    """Whether both are credited to one agency, or one to the agency whose own article the other is."""
    return float(any(credits_it(a, b) for a, b in _both_ways(pair)) or len(_agencies(pair)) == 1)


def two_agencies(pair: Pair) -> float:
    """Whether they are credited to two agencies."""
    return float(len(_agencies(pair)) == 2 and not one_agency(pair))


def weeks_apart(pair: Pair) -> float:
    """How much later than a week one was published than the other, up to 1 for a year."""
    return 0.0 if pair.days is None else min(1.0, max(0.0, (pair.days - WEEK) / (YEAR - WEEK)))


def short_text(pair: Pair) -> float:
    """How little the shorter text has of its own: 1 for nothing, 0 for SHORT_TEXT words."""
    return max(0.0, 1.0 - sum(pair.shorter.wording.own) / SHORT_TEXT)


def marked(pair: Pair) -> float:
    """Whether two articles of one outlet are parted by a mark of correction or update on either."""
    return float(same_outlet(pair) and any(edition.mark is not None for edition in (pair.shorter, pair.longer)))


def same_outlet(pair: Pair) -> bool:
    """Whether one outlet published both, as far as their outlets are known."""
    return pair.shorter.outlet is not None and pair.shorter.outlet == pair.longer.outlet


def credits_it(a: Edition, b: Edition) -> bool:
    """Whether a is credited to the agency that published b."""
    return a.credit is not None and is_outlet(a.credit.agency, b.source)


def _is_later(a: Edition, b: Edition) -> bool:
    """Whether a was surely published after b."""
    return a.published_on is not None and b.published_on is not None and a.published_on.earliest > b.published_on.latest


def _both_ways(pair: Pair) -> tuple[tuple[Edition, Edition], tuple[Edition, Edition]]:
    return (pair.shorter, pair.longer), (pair.longer, pair.shorter)


def _agencies(pair: Pair) -> list[str]:
    """The agencies credited, each once; fewer than two where an article is not credited to any."""
    credits = [edition.credit for edition in (pair.shorter, pair.longer)]
    names = [credit.agency for credit in credits if credit]
    return sorted(set(names)) if len(names) == 2 else []
