"""Which articles of a set are alike: an inverted index over terms, so that only those are compared that share one."""

from collections import defaultdict
from collections.abc import Mapping


def alike(terms: Mapping[str, Mapping[str, float]], at_least: float) -> dict[tuple[str, str], float]:
    """The likeness of every two articles that are alike by at_least or more, the smaller id first.

    terms: article -> its vector of length 1 (etl.group.terms). Likeness is 0..1, the cosine; days are not known here.
    """
    articles_of: dict[str, list[tuple[str, float]]] = defaultdict(list)
    found: dict[tuple[str, str], float] = {}
    for article in sorted(terms):
        likeness: dict[str, float] = defaultdict(float)
        for term, weight in sorted(terms[article].items()):
            for other, its in articles_of[term]:
                likeness[other] += weight * its
            articles_of[term].append((article, weight))
        for other, value in likeness.items():
            if (rounded := round(value, 6)) >= at_least:
                found[other, article] = rounded
    return found
