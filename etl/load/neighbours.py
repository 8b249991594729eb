"""Which stored articles are alike to new ones: found by an index over their most telling terms and their days.

Likeness fades with the days between publications (etl.group), so that only articles of about that time are looked at,
however many are stored. An article without a day, or with a wide range of them, is compared whenever it was published.
"""

import math
from collections.abc import Collection, Iterable, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from etl import group
from etl.cluster import pair
from etl.load import rows
from etl.load.articles import id_of
from etl.records import CleanArticle
from schema import tables
from schema.dates import Edtf, parse_edtf

WINDOW = timedelta(days=5)
"""Days of publication are counted in windows as wide as this; a range wider than one counts as no day."""

REACH = math.ceil(group.FADE_DAYS * math.log(1 / group.FLOOR) / WINDOW.days) + 1
"""Windows to either side within which two articles may be alike at all."""


def index(connection: Connection, articles: Iterable[CleanArticle]) -> None:
    """Stores the vectors of these articles, and the terms by which they are found."""
    vectors = {id_of(article): group.terms(article) for article in articles}
    days = {id_of(article): article.raw.published_on for article in articles}
    for model in (tables.ArticleVector, tables.ArticleTerm):
        rows.remove(connection, model, "article_id", vectors)
    rows.add(connection, tables.ArticleVector, [{"article_id": key, "terms": terms} for key, terms in vectors.items()])
    rows.add(
        connection,
        tables.ArticleTerm,
        [
            {"article_id": key, "term": term, "weight": terms[term], "window": window(days[key])}
            for key, terms in vectors.items()
            for term in group.keys(terms)
        ],
    )


def window(published: Edtf | None) -> int | None:
    """The window of a day of publication; None for no day, and for a range too wide to be one."""
    if published is None or published.latest - published.earliest > WINDOW:
        return None
    return int(published.earliest.timestamp() // WINDOW.total_seconds())


def compare(connection: Connection, fresh: Sequence[UUID]) -> None:
    """Stores the likeness of the fresh articles to every article, where it is worth keeping; theirs of before goes."""
    rows.remove(connection, tables.ArticlePair, "article_id", fresh)
    rows.remove(connection, tables.ArticlePair, "other_id", fresh)
    candidates = _candidates(connection, fresh)
    involved = {article for key in candidates for article in key}
    vectors, days = _vectors(connection, involved), _days(connection, involved)
    found = []
    for a, b in sorted(candidates):
        score = group.likeness(vectors[a], vectors[b], days[a], days[b])
        if score >= group.FLOOR:
            found.append({"article_id": a, "other_id": b, "score": score})
    rows.add(connection, tables.ArticlePair, found)


def _candidates(connection: Connection, fresh: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs of a fresh article and another of about the same time that share telling terms."""
    term = rows.table_of(tables.ArticleTerm)
    mine, theirs = term.alias("mine"), term.alias("theirs")
    found = set()
    for condition in of_about_then(mine, theirs, REACH):
        query = (
            select(mine.c.article_id, theirs.c.article_id.label("other_id"))
            .join(theirs, (theirs.c.term == mine.c.term) & condition)
            .where(theirs.c.article_id != mine.c.article_id)
            .group_by(mine.c.article_id, theirs.c.article_id)
            .having(func.sum(mine.c.weight * theirs.c.weight) >= group.LEAST - group.SLACK)
        )
        found |= {pair(row.article_id, row.other_id) for row in rows.among(connection, query, mine.c.article_id, fresh)}
    return found


def of_about_then(mine: FromClause, theirs: FromClause, reach: int) -> tuple[ColumnElement[bool], ...]:
    """Conditions of which one holds for two rows with windows that are near, or not known; reach: windows apart.

    One index range each: of about that time, of no known time, and of any time for those whose own is not known.
    """
    return (
        theirs.c.window.between(mine.c.window - reach, mine.c.window + reach),
        mine.c.window.is_not(None) & theirs.c.window.is_(None),
        mine.c.window.is_(None),
    )


def _vectors(connection: Connection, articles: Collection[UUID]) -> dict[UUID, dict[str, float]]:
    vector = rows.table_of(tables.ArticleVector)
    return {row.article_id: row.terms for row in rows.among(connection, select(vector), vector.c.article_id, articles)}


def _days(connection: Connection, articles: Collection[UUID]) -> dict[UUID, Any]:
    article = rows.table_of(tables.Article)
    found = rows.among(connection, select(article.c.id, article.c.published_on), article.c.id, articles)
    return {row.id: parse_edtf(row.published_on) if row.published_on else None for row in found}
