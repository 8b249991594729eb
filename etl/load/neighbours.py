"""Which stored articles are alike to new ones: found by an index over their most telling terms and their days.

Likeness fades with the days between publications (etl.group), so that only articles of about that time are looked at,
however many are stored. An article without a day, or with a wide range of them, is compared whenever it was published.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, case, func, select

from etl import group
from etl.cluster import pair
from etl.load import rows
from etl.load.cells import cell_of, of_about_then
from etl.load.prepared import Prepared
from etl.vector import Vector, cosines
from schema import tables
from schema.dates import parse_edtf


def index(connection: Connection, articles: Collection[Prepared], again: Collection[UUID]) -> None:
    """Stores the vectors of these articles, and the terms by which they are found.

    again: those of them that were stored before; what was stored of them goes.
    """
    for model in (tables.ArticleVector, tables.ArticleTerm):
        rows.remove(connection, model, "article_id", again)
    rows.add(
        connection, tables.ArticleVector, [{"article_id": one.id, "terms": one.vector.packed()} for one in articles]
    )
    rows.add(
        connection,
        tables.ArticleTerm,
        [
            {"article_id": one.id, "term": term, "weight": weight, "window": one.window, "cell": cell}
            for one in articles
            for cell in (cell_of(one.window, group.REACH),)
            for term, weight in one.terms.items()
        ],
    )


def take_out(connection: Connection, articles: Collection[UUID]) -> set[UUID]:
    """Removes the vectors, terms and likenesses of these articles; all that were alike to them."""
    table = rows.table_of(tables.ArticlePair)
    ends = ("article_id", "other_id")
    near = {
        getattr(row, other)
        for end, other in (ends, ends[::-1])
        for row in rows.among(connection, select(table), table.c[end], articles)
    }
    for end in ends:
        rows.remove(connection, tables.ArticlePair, end, articles)
    for model in (tables.ArticleVector, tables.ArticleTerm):
        rows.remove(connection, model, "article_id", articles)
    return near


def compare(
    connection: Connection, fresh: Collection[Prepared], again: Collection[UUID]
) -> dict[tuple[UUID, UUID], float]:
    """Stores the likeness of the fresh articles to every article, where it is worth keeping.

    Returns it, by pair. again: those of them that were stored before; their likeness of before goes.
    """
    rows.remove(connection, tables.ArticlePair, "article_id", again)
    rows.remove(connection, tables.ArticlePair, "other_id", again)
    candidates = _candidates(connection, {one.id: one.window for one in fresh})
    involved = set(candidates).union(*candidates.values())
    vectors, days = _vectors(connection, involved), _days(connection, involved)
    found: dict[tuple[UUID, UUID], float] = {}
    for mine, others in candidates.items():
        alike = cosines(vectors[mine], [vectors[other] for other in others])
        for other, cosine in zip(others, alike, strict=True):
            # Days make two articles less alike, never more.
            if cosine >= group.FLOOR and (score := group.likeness(cosine, days[mine], days[other])) >= group.FLOOR:
                found[pair(mine, other)] = score
    rows.add(
        connection,
        tables.ArticlePair,
        [{"article_id": a, "other_id": b, "score": score} for (a, b), score in sorted(found.items())],
    )
    return found


def _candidates(connection: Connection, fresh: Mapping[UUID, int | None]) -> dict[UUID, list[UUID]]:
    """For fresh articles (with their windows) those of about their time that share telling terms; each two once."""
    term = rows.table_of(tables.ArticleTerm)
    found: dict[UUID, list[UUID]] = defaultdict(list)
    for mine, theirs, condition, articles in of_about_then(connection, term, fresh, group.REACH):
        apart = func.abs(mine.c.window - theirs.c.window)
        least = case(*((apart == n, group.least(n)) for n in range(2, group.REACH + 1)), else_=group.LEAST)
        query = (
            select(mine.c.article_id, theirs.c.article_id.label("other_id"))
            .join(theirs, theirs.c.term == mine.c.term)
            .where(condition, theirs.c.article_id != mine.c.article_id)
            .group_by(mine.c.article_id, theirs.c.article_id, mine.c.window, theirs.c.window)
            .having(func.sum(mine.c.weight * theirs.c.weight) >= least)
        )
        for row in rows.among(connection, query, mine.c.article_id, articles):
            # Two fresh ones find each other.
            if row.other_id not in fresh or row.article_id < row.other_id:
                found[row.article_id].append(row.other_id)
    return found


def _vectors(connection: Connection, articles: Collection[UUID]) -> dict[UUID, Vector]:
    vector = rows.table_of(tables.ArticleVector)
    found = rows.among(connection, select(vector), vector.c.article_id, articles)
    return {row.article_id: Vector.unpacked(row.terms) for row in found}


def _days(connection: Connection, articles: Collection[UUID]) -> dict[UUID, Any]:
    article = rows.table_of(tables.Article)
    found = rows.among(connection, select(article.c.id, article.c.published_on), article.c.id, articles)
    return {row.id: parse_edtf(row.published_on) if row.published_on else None for row in found}
