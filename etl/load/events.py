"""Events as rows: the articles that a batch touches, and those alike to them, grouped anew."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, or_, select

from etl import group
from etl.cluster import pair
from etl.load import rows
from schema import tables
from schema.dates import parse_edtf
from schema.keys import event_id

Score = Mapping[tuple[UUID, UUID], float]


def regroup(connection: Connection, fresh: Sequence[UUID]) -> set[UUID]:
    """Groups these articles with what is stored; those whose event is another one now, the fresh ones included."""
    _write_pairs(connection, fresh)
    component, scores = _component(connection, fresh)
    clusters = group.events(sorted(component), scores)
    articles = _articles(connection, component)
    link = rows.table_of(tables.EventArticle)
    before = {
        row.article_id: row.event_id for row in rows.among(connection, select(link), link.c.article_id, component)
    }
    after = {article: event_id(cluster) for cluster in clusters for article in cluster}
    rows.put(connection, tables.Event, [_row(cluster, articles) for cluster in clusters])
    moved = {article for article in component if before.get(article) != after[article]}
    rows.remove(connection, tables.EventArticle, "article_id", moved)
    rows.put(
        connection,
        tables.EventArticle,
        [
            {"event_id": after[article], "article_id": article, "score": _nearest(article, cluster, scores)}
            for cluster in clusters
            for article in cluster
        ],
    )
    return moved | set(fresh)


def remove_empty(connection: Connection) -> None:
    """Removes events that no article belongs to any more."""
    event, link = rows.table_of(tables.Event), rows.table_of(tables.EventArticle)
    empty = connection.execute(
        select(event.c.id).where(~select(link.c.event_id).where(link.c.event_id == event.c.id).exists())
    )
    rows.remove(connection, tables.Event, "id", [row.id for row in empty])


def _nearest(article: UUID, cluster: Sequence[UUID], scores: Score) -> float | None:
    return max((scores[key] for other in cluster if (key := pair(article, other)) in scores), default=None)


def _write_pairs(connection: Connection, fresh: Sequence[UUID]) -> None:
    """The likeness of the fresh articles to every stored one that shares terms with them."""
    rows.remove(connection, tables.ArticlePair, "article_id", fresh)
    rows.remove(connection, tables.ArticlePair, "other_id", fresh)
    candidates = _candidates(connection, fresh)
    involved = {article for key in candidates for article in key}
    vectors = _vectors(connection, involved)
    articles = _articles(connection, involved)
    found = []
    for a, b in sorted(candidates):
        on_a, on_b = (_published(articles[article]) for article in (a, b))
        score = group.likeness(vectors[a], vectors[b], on_a, on_b)
        if score >= group.FLOOR:
            found.append({"article_id": a, "other_id": b, "score": score})
    rows.add(connection, tables.ArticlePair, found)


def _candidates(connection: Connection, fresh: Sequence[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs of a fresh article and another whose shared terms alone make them alike enough, dates aside."""
    term = rows.table_of(tables.ArticleTerm)
    mine, theirs = term.alias("mine"), term.alias("theirs")
    query = (
        select(mine.c.article_id, theirs.c.article_id.label("other_id"))
        .join(theirs, theirs.c.term == mine.c.term)
        .where(theirs.c.article_id != mine.c.article_id)
        .group_by(mine.c.article_id, theirs.c.article_id)
        # A little below the floor: sums of floats differ in their last digits between engines.
        .having(func.sum(mine.c.weight * theirs.c.weight) >= group.FLOOR - 0.001)
    )
    return {pair(row.article_id, row.other_id) for row in rows.among(connection, query, mine.c.article_id, fresh)}


def _vectors(connection: Connection, articles: Collection[UUID]) -> dict[UUID, dict[str, float]]:
    term = rows.table_of(tables.ArticleTerm)
    vectors: dict[UUID, dict[str, float]] = {}
    for row in rows.among(connection, select(term), term.c.article_id, articles):
        vectors.setdefault(row.article_id, {})[row.term] = row.weight
    return vectors


def _component(connection: Connection, fresh: Sequence[UUID]) -> tuple[set[UUID], dict[tuple[UUID, UUID], float]]:
    """The fresh articles, everything that hangs together with them or with their present events, and its likenesses."""
    likeness = rows.table_of(tables.ArticlePair)
    seen: set[UUID] = set()
    scores: dict[tuple[UUID, UUID], float] = {}
    todo = set(fresh) | _companions(connection, fresh)
    while todo:
        seen |= todo
        query = select(likeness)
        near = [
            row
            for chunk in rows.chunks(sorted(todo))
            for row in connection.execute(
                query.where(or_(likeness.c.article_id.in_(chunk), likeness.c.other_id.in_(chunk)))
            )
        ]
        scores |= {(row.article_id, row.other_id): row.score for row in near}
        reached = {article for row in near for article in (row.article_id, row.other_id)} - seen
        todo = reached | (_companions(connection, sorted(reached)) - seen)
    return seen, scores


def _companions(connection: Connection, articles: Sequence[UUID]) -> set[UUID]:
    """The articles of the events these articles are in: they are grouped anew when one of them has changed."""
    link = rows.table_of(tables.EventArticle)
    events = {row.event_id for row in rows.among(connection, select(link), link.c.article_id, articles)}
    return {row.article_id for row in rows.among(connection, select(link), link.c.event_id, events)}


def _articles(connection: Connection, articles: Collection[UUID]) -> dict[UUID, Any]:
    article = rows.table_of(tables.Article)
    query = select(article.c.id, article.c.label, article.c.published_on, article.c.published_from)
    return {row.id: row for row in rows.among(connection, query, article.c.id, articles)}


def _published(article: Any) -> Any:
    return parse_edtf(article.published_on) if article.published_on else None


def _row(cluster: Sequence[UUID], articles: Mapping[UUID, Any]) -> dict[str, Any]:
    """An event is titled by its first article and dated by the first day it was reported."""
    first = min(
        (articles[article] for article in cluster),
        key=lambda row: (row.published_from is None, row.published_from or 0, row.id),
    )
    on = _published(first)
    day = on and (parse_edtf(on.day.isoformat()) if on.day else on)
    return {
        "id": event_id(cluster),
        "title": first.label,
        "occurred_on": day.value if day else None,
        "occurred_from": day.earliest if day else None,
        "occurred_to": day.latest if day else None,
    }
