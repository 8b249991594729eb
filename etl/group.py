"""Which articles are of one event: article texts -> vectors -> likeness -> events. Not for statements (etl.merge).

Vectors are TF-IDF over stems and pairs of neighbouring stems, cut to the most telling terms; document frequencies ship
with the project (data/document_frequency.en.tsv) and are never learned from a load, so that a pair of articles is
equally alike in every database. Likeness falls with the days between publications. The bigger two groups of articles
are, the more alike they must be to be one event: two quakes, two arrests, two rehab stays are told in the same words.
Source: average linkage over TF-IDF, as in the shared findings; measured with eval/clusters.py.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cache, lru_cache
from itertools import pairwise
from uuid import UUID

from etl.cluster import decided_linkage, pair
from etl.frequency import inverse_document_frequency
from etl.records import CleanArticle
from etl.stems import telling_stems
from etl.vector import STEP
from schema.dates import Edtf

LEAD, NAME, PAIR, FLAT = 3, 1.5, 0.7, 0.8
"""What counts for more in an article's vector: 1 for all would be plain TF-IDF.

LEAD: occurrences in the headline and in the first LEAD_SENTENCES sentences, which tell what happened. NAME: a word with
a capital within a sentence; look-alike events differ in names. PAIR: two neighbouring stems, beside one stem. FLAT: the
power that weights are raised to; below 1 the rarest words count for less.
"""

LEAD_SENTENCES = 3

TERMS = 80
"""Terms kept of an article; more change the figures little and cost the database much."""

JOIN = 0.08
"""An article joins an event while their mean likeness is at least this; two groups of articles need more."""

RISE = 0.085
"""What is added to JOIN each time that the smaller of two groups has doubled."""

DOUBLINGS = 3
"""Doublings that count: a group of 8 articles is as sure of itself as one of 80."""

SECOND = 0.12
"""An article covers a further event from this mean likeness to its articles on."""

OWN = 3.0
"""So many times as alike to those must it be as the rest of its own event is: two stories in one text, no sister event.

With both, 2 % of the articles of AllSides and 1 % of ECB+ (which has sisters only) cover a second event; of texts put
together from two halves 48 and 60 % do."""

LEAST_TERMS = 5
"""An article of fewer telling terms tells of no event."""

FLOOR = 0.05
"""Likeness below this is not kept."""

KEYS = 40
"""The most telling terms of an article, by which it is found: 0.8 % of pairs alike by JOIN have too few in common."""

LEAST = FLOOR / 2
"""What the keys that two articles share must add to their likeness, for the whole of it to be looked at."""

FADE_DAYS = 4.0
"""Publications this many days apart are 1/e as likely to be of one event."""

WINDOW = timedelta(days=1)
"""Days of publication are counted in windows as wide as this; a range wider than one counts as no day."""

REACH = math.ceil(FADE_DAYS * math.log(1 / FLOOR)) + 1
"""Windows to either side within which two articles may be alike at all."""

DATED = "time stamp"
"""The furniture (data/furniture.en.txt) that is read all the same: it tells the day, where the article has no date."""

_EQUAL = 1e-8
"""Weights this near to each other may be one, but for what floats make of it."""

_WORD = re.compile(r"[^\W_]")
_SENTENCE_END = re.compile(r"[.!?][\"”’']?\s+|\n+")


def terms(article: CleanArticle) -> dict[str, float]:
    """The article's vector of length 1: at most TERMS telling stems and pairs of stems by falling weight.

    Weights are multiples of etl.vector.STEP.
    """
    stems: list[str] = []
    pairs: list[tuple[str, str]] = []
    names: list[str] = []
    for sentence, is_lead in _sentences(article):
        tokens = [token for word in sentence.split() if (token := _token(word)) is not None]
        found = [stem for its_stems, _ in tokens for stem in its_stems]
        # The first word of a sentence has its capital from its place.
        names += [stem for its_stems, has_capital in tokens[1:] if has_capital for stem in its_stems]
        both = list(pairwise(found))
        stems += found * LEAD if is_lead else found
        pairs += both * LEAD if is_lead else both
    known, unknown = inverse_document_frequency()
    counts, named = Counter(stems), frozenset(names)
    rare = {stem: known.get(stem, unknown) for stem in counts}
    of_stems = {
        stem: _grown(count) * (rare[stem] * NAME if stem in named else rare[stem]) for stem, count in counts.items()
    }
    # A pair is at least as rare as the rarer of its stems. Most are too light beside the stems, and are not weighed.
    least = _least(of_stems.values())
    heavy = {stem for stem, weight in rare.items() if weight * PAIR >= least}
    of_pairs = {
        both: _grown(count) * (max(rare[both[0]], rare[both[1]]) * PAIR)
        for both, count in Counter(pairs).items()
        if count > 1 or both[0] in heavy or both[1] in heavy
    }
    least = _least([*of_stems.values(), *of_pairs.values()])
    telling = [(-round(weight, 9), stem, weight) for stem, weight in of_stems.items() if weight >= least]
    telling += [(-round(weight, 9), " ".join(both), weight) for both, weight in of_pairs.items() if weight >= least]
    vector = {term: weight**FLAT for _, term, weight in sorted(telling)[:TERMS]}
    length = math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0
    return {term: round(weight / length / STEP) * STEP for term, weight in vector.items()}


def _least(weights: Collection[float]) -> float:
    """What the lightest of the TERMS heaviest weighs, but for what floats make of it; less than all of fewer."""
    return min(sorted(weights, reverse=True)[:TERMS]) - _EQUAL if len(weights) >= TERMS else -_EQUAL


@cache
def _grown(count: int) -> float:
    """What so many occurrences count."""
    return 1 + math.log(count)


def keys(vector: Mapping[str, float]) -> list[str]:
    """The terms by which an article is found, the most telling first."""
    return sorted(vector, key=lambda term: (-vector[term], term))[:KEYS]


def _sentences(article: CleanArticle) -> Iterator[tuple[str, bool]]:
    """The headline and the sentences of the text, without the furniture; whether each is of the lead."""
    if article.raw.headline:
        yield article.raw.headline, True
    found = (sentence for passage in _passages(article) for sentence in _SENTENCE_END.split(passage))
    for number, sentence in enumerate(filter(_WORD.search, found)):
        yield sentence, number < LEAD_SENTENCES


def _passages(article: CleanArticle) -> Iterable[str]:
    """The text without its furniture, but with its time stamps."""
    start = 0
    for piece in article.furniture:
        if piece.rule == DATED:
            continue
        yield article.text[start : piece.span.start]
        start = piece.span.end
    yield article.text[start:]


@lru_cache(maxsize=1 << 16)
def _token(word: str) -> tuple[tuple[str, ...], bool] | None:
    """The telling stems of what stands between two spaces, and whether it begins with a capital; None for a mark.

    The same few thousand words make out most texts.
    """
    letter = next(filter(str.isalnum, word), None)
    return None if letter is None else (tuple(telling_stems(word)), letter.isupper())


def window(published: Edtf | None) -> int | None:
    """The window of a day of publication; None for no day, and for a range too wide to be one."""
    if published is None or published.latest - published.earliest > WINDOW:
        return None
    return int(published.earliest.timestamp() // WINDOW.total_seconds())


def least(windows_apart: int | None) -> float:
    """What the keys shared by two articles must add to their likeness, before it fades; None: a day is not known."""
    if windows_apart is not None and windows_apart > REACH:
        return math.inf
    days = max(0, (windows_apart or 0) - 1) * WINDOW / timedelta(days=1)
    return LEAST * math.exp(days / FADE_DAYS)


def likeness(cosine: float, on_a: Edtf | None, on_b: Edtf | None) -> float:
    """How alike two articles are, 0..1: the cosine of their vectors, less by the days between them where both have a
    date.
    """
    if on_a and on_b:
        first, last = (on_a, on_b) if on_a.earliest <= on_b.earliest else (on_b, on_a)
        apart_s = max(0.0, (last.earliest - first.latest).total_seconds())
        cosine *= math.exp(-apart_s / 86_400 / FADE_DAYS)
    return round(cosine, 6)


@cache
def joining(a: int, b: int) -> float:
    """The mean likeness from which groups of so many articles are of one event; never below JOIN."""
    return JOIN + RISE * min(math.log2(min(a, b)), DOUBLINGS)


def events(
    articles: Sequence[UUID],
    scores: Mapping[tuple[UUID, UUID], float],
    together: Iterable[Collection[UUID]] = (),
) -> list[list[UUID]]:
    """The articles of each event, sorted. scores: likeness by pair, as likeness() gives it; a missing pair counts 0.

    together: groups of articles, none sharing one, that are of one event whatever they are like.
    """
    return decided_linkage(articles, scores, joining, together=together)


def covering(
    events: Sequence[Sequence[UUID]], scores: Mapping[tuple[UUID, UUID], float]
) -> dict[tuple[UUID, int], float]:
    """Articles that cover a further event, with the place of that event among these, and the mean likeness to it."""
    home = {article: number for number, event in enumerate(events) for article in event}
    to_event: dict[tuple[UUID, int], float] = {}
    between: dict[tuple[int, int], float] = {}
    for (a, b), score in scores.items():
        its, others = home.get(a), home.get(b)
        if its is None or others is None or its == others:
            continue
        for article, other in ((a, others), (b, its)):
            to_event[article, other] = to_event.get((article, other), 0.0) + score
        both = pair(its, others)
        between[both] = between.get(both, 0.0) + score
    found = {}
    for (article, other), total in to_event.items():
        own, size = home[article], len(events[other])
        beside = len(events[own]) - 1
        if beside < 2 or size < 2:
            continue
        # Rounded as in average_linkage.
        mean, rest = round(total / size, 9), round((between[pair(own, other)] - total) / (beside * size), 9)
        if mean >= SECOND and mean >= OWN * rest:
            found[article, other] = mean
    return found
