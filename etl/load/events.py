"""Events as rows: the articles that a batch touches, and those alike to them, grouped anew."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from etl import group
from etl.cluster import pair
from etl.load import rows
from schema import tables
from schema.dates import parse_edtf
from schema.keys import event_id

Score = Mapping[tuple[UUID, UUID], float]


@dataclass(frozen=True, slots=True)
class Regrouped:
    """What grouping changed. articles: those whose event is another one now, fresh ones included; left: their events
    of before, which may be empty now.
    """

    articles: frozenset[UUID]
    left: frozenset[UUID]


def regroup(connection: Connection, fresh: Sequence[UUID]) -> Regrouped:
    """Groups these articles with what is stored.

    Their likenesses are stored already. Only events are grouped anew that changed ones may join: clusters join while
    their mean likeness is at least JOIN, so that one pair of theirs has it; no other event can come out otherwise than
    if all articles were grouped at once.
    """
    before = _Events(connection)
    disturbed = set(fresh) | before.companions(fresh)
    scores = before.likenesses(disturbed)
    region = disturbed | before.companions(_strongly_alike(disturbed, scores))
    while True:
        scores |= before.likenesses(region)
        clusters = group.events(sorted(region), {key: score for key, score in scores.items() if region.issuperset(key)})
        disturbed |= before.changed(clusters)
        reached = before.companions(_strongly_alike(disturbed, scores)) - region
        if not reached:
            break
        region |= reached
    moved = _write(connection, clusters, before, scores)
    left = frozenset(before.of[article] for article in moved if article in before.of)
    return Regrouped(frozenset(moved | set(fresh)), left)


def remove_empty(connection: Connection, events: Collection[UUID]) -> None:
    """Removes those of the events that no article belongs to any more."""
    link = rows.table_of(tables.EventArticle)
    left = rows.among(connection, select(link.c.event_id).distinct(), link.c.event_id, events)
    rows.remove(connection, tables.Event, "id", set(events) - {row.event_id for row in left})


class _Events:
    """The events of stored articles and the likenesses of articles, read once as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._members: dict[UUID, frozenset[UUID]] = {}
        self._compared: set[UUID] = set()
        self.of: dict[UUID, UUID] = {}

    def companions(self, articles: Collection[UUID]) -> set[UUID]:
        """The articles and all that are in one event with them; one that is in none stands alone."""
        link = rows.table_of(tables.EventArticle)
        new = set(articles) - set(self.of)
        events = {row.event_id for row in rows.among(self._connection, select(link), link.c.article_id, new)}
        found: dict[UUID, set[UUID]] = {}
        for row in rows.among(self._connection, select(link), link.c.event_id, events - set(self._members)):
            found.setdefault(row.event_id, set()).add(row.article_id)
            self.of[row.article_id] = row.event_id
        self._members |= {event: frozenset(members) for event, members in found.items()}
        together = {other for one in articles if one in self.of for other in self._members[self.of[one]]}
        return together | set(articles)

    def changed(self, clusters: Sequence[Sequence[UUID]]) -> set[UUID]:
        """The articles of clusters that are no stored event as it stands."""
        return {
            one
            for cluster in clusters
            if cluster[0] not in self.of or self._members[self.of[cluster[0]]] != frozenset(cluster)
            for one in cluster
        }

    def likenesses(self, articles: Collection[UUID]) -> dict[tuple[UUID, UUID], float]:
        """Those between these articles and any others; not told again for articles asked about before."""
        pairs = rows.table_of(tables.ArticlePair)
        new = set(articles) - self._compared
        self._compared |= new
        return {
            (row.article_id, row.other_id): row.score
            for column in (pairs.c.article_id, pairs.c.other_id)
            for row in rows.among(self._connection, select(pairs), column, new)
        }


def _strongly_alike(articles: Collection[UUID], scores: Score) -> set[UUID]:
    """Whatever is as alike to one of these articles as two of one event must be on average."""
    return {
        other
        for key, score in scores.items()
        if score >= group.JOIN
        for one, other in (key, key[::-1])
        if one in articles
    }


def _write(connection: Connection, clusters: Sequence[Sequence[UUID]], before: _Events, scores: Score) -> set[UUID]:
    """Stores the events; the articles whose event is another one now."""
    articles = _articles(connection, {one for cluster in clusters for one in cluster})
    after = {article: event_id(cluster) for cluster in clusters for article in cluster}
    rows.put(connection, tables.Event, [_row(cluster, articles) for cluster in clusters])
    moved = {article for article in after if before.of.get(article) != after[article]}
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
    return moved


def _nearest(article: UUID, cluster: Sequence[UUID], scores: Score) -> float | None:
    return max((scores[key] for other in cluster if (key := pair(article, other)) in scores), default=None)


def _articles(connection: Connection, articles: Collection[UUID]) -> dict[UUID, Any]:
    article = rows.table_of(tables.Article)
    query = select(article.c.id, article.c.label, article.c.published_on, article.c.published_from)
    return {row.id: row for row in rows.among(connection, query, article.c.id, articles)}


def _row(cluster: Sequence[UUID], articles: Mapping[UUID, Any]) -> dict[str, Any]:
    """An event is titled by its first article and dated by the first day it was reported."""
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
    }
