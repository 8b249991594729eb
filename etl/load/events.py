"""Events as rows: the articles that a batch touches, and those alike to them, grouped anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, delete, func, select

from etl import group
from etl.cluster import pair
from etl.load import rows
from etl.load.decided import about_articles
from etl.load.places import Written, place_of
from etl.load.regions import Groups, regrouped
from etl.vector import TERM_BYTES
from schema import tables
from schema.dates import parse_edtf
from schema.keys import event_id

Score = Mapping[tuple[UUID, UUID], float]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What grouping changed. articles: those whose event is another one now, fresh ones included; left: their events
    of before, which may be empty now. read: all articles that were looked at.
    """

    articles: frozenset[UUID]
    left: frozenset[UUID]
    read: frozenset[UUID]


def regroup(
    connection: Connection, fresh: Collection[UUID], likenesses: Score, anew: Collection[UUID] = frozenset()
) -> Regrouped:
    """Groups fresh articles with what is stored, by their likeness and by what people decided.

    likenesses: all that there is of the fresh ones. anew: stored articles that are copies of something else now, or
    that somebody decided about.
    """
    changed = {*fresh, *anew}
    decided = about_articles(connection)
    link, pairs = rows.table_of(tables.EventArticle), rows.table_of(tables.ArticlePair)
    before = Groups(
        connection,
        link.c.article_id,
        link.c.event_id,
        (pairs.c.article_id, pairs.c.other_id),
        lambda row: float(row.score),
        link.c.main,
    )
    clusters, scores = regrouped(
        before,
        changed,
        likenesses,
        fresh,
        joins=lambda score: score >= group.JOIN,
        decided=decided.named_with,
        group=lambda members, scores: group.events(sorted(members), scores, decided.among(members).together),
        members=lambda cluster: cluster,
    )
    told = _telling(connection, clusters)
    moved = _write(connection, told, before.of, scores)
    # An article that was of an event and tells of none any more.
    silent = {one for cluster in clusters if cluster not in told for one in cluster} & set(before.of)
    rows.remove(connection, tables.EventArticle, "article_id", silent)
    moved |= silent | _write_further(connection, changed, told, before, scores)
    left = frozenset(before.of[article] for article in moved if article in before.of)
    return Regrouped(frozenset(moved | changed), left, before.read)


@dataclass(frozen=True, slots=True)
class Left:
    """What articles leave behind that are taken out: the events they covered, all other articles of these."""

    events: frozenset[UUID]
    articles: frozenset[UUID]


def take_out(connection: Connection, articles: Collection[UUID]) -> Left:
    """Takes these articles out of their events, which stay until remove_empty."""
    link = rows.table_of(tables.EventArticle)
    of = {row.event_id for row in rows.among(connection, select(link.c.event_id), link.c.article_id, articles)}
    beside = {row.article_id for row in rows.among(connection, select(link.c.article_id), link.c.event_id, of)}
    rows.remove(connection, tables.EventArticle, "article_id", articles)
    return Left(frozenset(of), frozenset(beside - set(articles)))


def retitle(connection: Connection, articles: Collection[UUID]) -> None:
    """Writes anew what the events of these articles are called: an article is called otherwise now."""
    link = rows.table_of(tables.EventArticle)
    main = select(link).where(link.c.main)
    of = {row.event_id for row in rows.among(connection, main, link.c.article_id, articles)}
    clusters: dict[UUID, list[UUID]] = {}
    for row in rows.among(connection, main, link.c.event_id, of):
        clusters.setdefault(row.event_id, []).append(row.article_id)
    told = _articles(connection, {article for cluster in clusters.values() for article in cluster})
    titled = ((key, _row(sorted(cluster), told)["title"]) for key, cluster in clusters.items())
    rows.put(connection, tables.Event, [{"id": key, "title": title} for key, title in titled])


def _telling(connection: Connection, clusters: Sequence[Sequence[UUID]]) -> list[Sequence[UUID]]:
    """Without articles that stand alone and have too few telling terms to tell of an event."""
    vector = rows.table_of(tables.ArticleVector)
    bare = select(vector.c.article_id).where(func.length(vector.c.terms) < group.LEAST_TERMS * TERM_BYTES)
    alone = [cluster[0] for cluster in clusters if len(cluster) == 1]
    silent = {row.article_id for row in rows.among(connection, bare, vector.c.article_id, alone)}
    return [cluster for cluster in clusters if len(cluster) > 1 or cluster[0] not in silent]


def remove_empty(connection: Connection, events: Collection[UUID]) -> None:
    """Removes those of the events that no article belongs to any more."""
    link = rows.table_of(tables.EventArticle)
    main = select(link.c.event_id).distinct().where(link.c.main)
    left = rows.among(connection, main, link.c.event_id, events)
    rows.remove(connection, tables.Event, "id", set(events) - {row.event_id for row in left})


def _write(
    connection: Connection, clusters: Sequence[Sequence[UUID]], before: Mapping[UUID, UUID], scores: Score
) -> set[UUID]:
    """Stores the events; the articles whose event is another one now."""
    articles = _articles(connection, {one for cluster in clusters for one in cluster})
    after = {article: event_id(cluster) for cluster in clusters for article in cluster}
    rows.put(connection, tables.Event, [_row(cluster, articles) for cluster in clusters])
    moved = {article for article in after if before.get(article) != after[article]}
    rows.remove(connection, tables.EventArticle, "article_id", moved)
    rows.put(
        connection,
        tables.EventArticle,
        [
            {
                "event_id": after[article],
                "article_id": article,
                "score": _nearest(article, cluster, scores),
                "main": True,
            }
            for cluster in clusters
            for article in cluster
        ],
    )
    return moved


def _write_further(
    connection: Connection,
    fresh: Collection[UUID],
    clusters: Sequence[Sequence[UUID]],
    before: Groups[float],
    scores: Score,
) -> set[UUID]:
    """Stores which articles cover further ones of the events; those of which that changed.

    Where one does, at least one likeness joins, so that an event that has changed brings the other one into the region.
    """
    ids = [event_id(cluster) for cluster in clusters]
    wanted = {(article, ids[number]): mean for (article, number), mean in group.covering(clusters, scores).items()}
    inside = {one for cluster in clusters for one in cluster}
    changed = before.changed(clusters)
    standing = {id for id, cluster in zip(ids, clusters, strict=True) if changed.isdisjoint(cluster)}
    link = rows.table_of(tables.EventArticle)
    further = select(link).where(~link.c.main)
    known = {*ids, *before.of.values()}
    stored = {
        (row.article_id, row.event_id)
        for column, values in ((link.c.article_id, fresh), (link.c.event_id, known))
        for row in rows.among(connection, further, column, values)
        if row.article_id in inside or row.event_id not in standing
    }
    for article, event in stored - wanted.keys():
        connection.execute(delete(link).where(link.c.article_id == article, link.c.event_id == event))
    rows.put(
        connection,
        tables.EventArticle,
        [{"event_id": event, "article_id": one, "score": mean, "main": False} for (one, event), mean in wanted.items()],
    )
    return {article for article, _ in stored ^ wanted.keys()}


def _nearest(article: UUID, cluster: Sequence[UUID], scores: Score) -> float | None:
    return max((scores[key] for other in cluster if (key := pair(article, other)) in scores), default=None)


def _articles(connection: Connection, articles: Collection[UUID]) -> dict[UUID, Any]:
    article = rows.table_of(tables.Article)
    query = select(
        article.c.id,
        article.c.label,
        article.c.place,
        article.c.copy_of_id,
        article.c.published_on,
        article.c.published_from,
    )
    return {row.id: row for row in rows.among(connection, query, article.c.id, articles)}


def _row(cluster: Sequence[UUID], articles: Mapping[UUID, Any]) -> dict[str, Any]:
    """An event is titled by its first article, dated by the first day it was reported, and where most datelines say."""
    first = min(
        (articles[article] for article in cluster),
        key=lambda row: (row.published_from is None, row.published_from or 0, row.id),
    )
    on = parse_edtf(first.published_on) if first.published_on else None
    day = on and (parse_edtf(on.day.isoformat()) if on.day else on)
    return {
        "id": event_id(cluster),
        "title": first.label,
        "occurred_on": day.value if day else None,
        "occurred_from": day.earliest if day else None,
        "occurred_to": day.latest if day else None,
        "place": place_of(
            Written(row.id, row.place, row.copy_of_id, row.published_from)
            for row in (articles[article] for article in cluster)
        ),
    }
