"""Which articles are of one event: article texts -> vectors -> likeness -> events. Not for statements (etl.merge).

Vectors are TF-IDF over stems and pairs of neighbouring stems, cut to the most telling terms; document frequencies ship
with the project (data/document_frequency.en.tsv) and are never learned from a load, so that a pair of articles is
equally alike in every database. Likeness falls with the days between publications.
Source: average linkage over TF-IDF, as in the shared findings; measured with eval/clusters.py.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from uuid import UUID

from etl.cluster import average_linkage, components
from etl.records import CleanArticle
from etl.stems import telling_stems
from schema.dates import Edtf

TERMS = 80
"""Terms kept of an article; more change the figures little and cost the database much."""

JOIN = 0.1
"""Articles join an event while their mean likeness to its articles is at least this."""

FLOOR = 0.05
"""Likeness below this is not kept."""

FADE_DAYS = 5.0
"""Publications this many days apart are 1/e as likely to be of one event."""


@cache
def inverse_document_frequency() -> tuple[Mapping[str, float], float]:
    """The weight of each known stem, and that of an unknown one."""
    lines = files("etl.data").joinpath("document_frequency.en.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    counts = {stem: int(count) for stem, count in rows}
    documents = counts.pop("")
    return {stem: math.log(documents / count) for stem, count in counts.items()}, math.log(documents)


def terms(article: CleanArticle) -> dict[str, float]:
    """The article's vector of length 1: at most TERMS telling stems and pairs of stems by falling weight."""
    weights, unknown = inverse_document_frequency()
    counts: Counter[str] = Counter()
    idf: dict[str, float] = {}
    for passage in _passages(article):
        before = None
        for stem in telling_stems(passage):
            weight = weights.get(stem, unknown)
            counts[stem] += 1
            idf[stem] = weight
            if before is not None:
                both = f"{before} {stem}"
                counts[both] += 1
                # A pair is at least as rare as the rarer of its stems.
                idf[both] = max(idf[before], weight)
            before = stem
    vector = {term: (1 + math.log(count)) * idf[term] for term, count in counts.items()}
    kept = sorted(vector, key=lambda term: (-round(vector[term], 9), term))[:TERMS]
    length = math.sqrt(sum(vector[term] ** 2 for term in kept)) or 1.0
    return {term: vector[term] / length for term in kept}


def _passages(article: CleanArticle) -> Iterable[str]:
    """Headline and text, without the furniture."""
    if article.raw.headline:
        yield article.raw.headline
    start = 0
    for piece in article.furniture:
        yield article.text[start : piece.span.start]
        start = piece.span.end
    yield article.text[start:]


def likeness(a: Mapping[str, float], b: Mapping[str, float], on_a: Edtf | None, on_b: Edtf | None) -> float:
    """How alike two articles are, 0..1: cosine, less by the days between them where both have a date."""
    small, large = (a, b) if len(a) < len(b) else (b, a)
    cosine = sum(weight * large.get(term, 0.0) for term, weight in sorted(small.items()))
    if on_a and on_b:
        first, last = (on_a, on_b) if on_a.earliest <= on_b.earliest else (on_b, on_a)
        apart_s = max(0.0, (last.earliest - first.latest).total_seconds())
        cosine *= math.exp(-apart_s / 86_400 / FADE_DAYS)
    return round(cosine, 6)


def events(articles: Sequence[UUID], scores: Mapping[tuple[UUID, UUID], float]) -> list[list[UUID]]:
    """The articles of each event, sorted. scores: likeness by pair, as likeness() gives it; a missing pair counts 0."""
    return [
        cluster for component in components(articles, scores) for cluster in average_linkage(component, scores, JOIN)
    ]
