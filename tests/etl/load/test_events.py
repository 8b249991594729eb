"""Grouping what a batch touches gives the events that grouping all articles at once gives, on both databases."""

import random
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Connection, Engine, select

from etl import group
from etl.load import events, rows
from schema import tables
from schema.keys import event_id, source_id
from tests.etl.load.test_store import NOW

Scores = Mapping[tuple[UUID, UUID], float]


def articles_of(connection: Connection, count: int) -> list[UUID]:
    """Rows of articles that have nothing but an id."""
    ids = sorted(uuid5(UUID(int=0), str(i)) for i in range(count))
    source = source_id(None, None)
    empty = {"masthead": "", "domain": None, "known": False}
    rows.add(connection, tables.Source, [{"id": source, "name": "Unknown source", "folded": "unknown source"} | empty])
    load = {"id": UUID(int=1), "started_at": NOW, "method": "test"}
    rows.add(connection, tables.Load, [load])
    common = {"source_id": source, "language": "en", "text": "", "method": "test", "load_id": UUID(int=1)}
    rows.add(
        connection,
        tables.Article,
        [{"id": one, "label": str(one), "text_hash": f"{one.hex:0>64}", "updated_at": NOW} | common for one in ids],
    )
    return ids


def some_scores(ids: Sequence[UUID], order: random.Random) -> dict[tuple[UUID, UUID], float]:
    """Likenesses on both sides of what joins, many of them equal, so that ties and near misses are met."""
    found = {}
    for i, a in enumerate(ids):
        for b in ids[i + 1 :]:
            if order.random() < 0.25:
                found[a, b] = order.choice((0.06, 0.08, 0.09, 0.1, 0.11, 0.12, 0.2, 0.3))
    return found


def stored_events(connection: Connection) -> set[tuple[UUID, ...]]:
    link = rows.table_of(tables.EventArticle)
    found: dict[UUID, list[UUID]] = {}
    for row in connection.execute(select(link).where(link.c.main)):
        found.setdefault(row.event_id, []).append(row.article_id)
    return {tuple(sorted(members)) for members in found.values()}


def stored_further(connection: Connection) -> dict[tuple[UUID, UUID], float]:
    """Articles with further events they cover, and the mean likeness."""
    link = rows.table_of(tables.EventArticle)
    return {(row.article_id, row.event_id): row.score for row in connection.execute(select(link).where(~link.c.main))}


def further(
    ids: Sequence[UUID], scores: Scores, together: Sequence[Collection[UUID]] = ()
) -> dict[tuple[UUID, UUID], float]:
    """The same, all articles at once; together: those that people decided are of one event."""
    found = group.events(ids, scores, together)
    return {
        (article, event_id(found[number])): mean for (article, number), mean in group.covering(found, scores).items()
    }


def place(connection: Connection, fresh: Sequence[UUID], scores: Scores) -> None:
    """As a load does: the likenesses of the fresh articles are stored, then they are grouped."""
    for column in ("article_id", "other_id"):
        rows.remove(connection, tables.ArticlePair, column, fresh)
    made = [{"article_id": a, "other_id": b, "score": score} for (a, b), score in sorted(scores.items())]
    rows.add(connection, tables.ArticlePair, made)
    events.remove_empty(connection, events.regroup(connection, fresh, scores).left)


@pytest.mark.parametrize("seed", range(8))
def test_batch_by_batch_is_all_at_once(engine: Engine, seed: int) -> None:
    """In any order and batches; afterwards some articles change, and others are alike to them."""
    order = random.Random(seed)
    with engine.begin() as connection:
        ids = articles_of(connection, 40)
        scores = some_scores(ids, order)
        shuffled = order.sample(ids, len(ids))
        there: set[UUID] = set()
        while shuffled:
            fresh = [shuffled.pop() for _ in range(min(len(shuffled), order.randint(1, 4)))]
            there |= set(fresh)
            new = {key: score for key, score in scores.items() if there.issuperset(key) and set(key) & set(fresh)}
            place(connection, fresh, new)
        assert stored_events(connection) == set(map(tuple, group.events(ids, scores)))
        assert stored_further(connection) == further(ids, scores)

        changed = order.sample(ids, 3)
        others = some_scores(ids, order)
        scores = {key: score for key, score in scores.items() if not set(key) & set(changed)}
        anew = {key: score for key, score in others.items() if set(key) & set(changed)}
        place(connection, changed, anew)
        assert stored_events(connection) == set(map(tuple, group.events(ids, scores | anew)))
        assert stored_further(connection) == further(ids, scores | anew)
        assert {len(one) for one in stored_events(connection)} != {1}
