"""Copies, corrections and later versions as rows: who printed the same text, found by an index over its sentences.

The evidence on a pair depends on that pair alone, and what it makes of the articles is computed anew for all that hang
together with a fresh one, so that the order of loads changes nothing.
"""

import hashlib
import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import Connection, func, select

from etl.cluster import pair
from etl.copies.edition import Edition, edition
from etl.copies.relations import Relation, RelationKind, Tie, relations, ties
from etl.group import WINDOW, window
from etl.load import rows
from etl.load.articles import stored_records
from etl.load.cells import cell_of, of_about_then
from etl.load.prepared import Prepared
from schema import tables
from schema.keys import fold

REACH = math.ceil(timedelta(days=30) / WINDOW)
"""Windows to either side within which a text is looked for: a reprint comes within days, a correction within weeks."""

LEAST = 0.08
"""Share of the fewer keys of two articles that both have, for them to be compared: more than one stock sentence."""


@dataclass(frozen=True, slots=True)
class Related:
    """What relating changed. changed: articles that are copies or corrections of something else now; read: all that
    were looked at.
    """

    changed: frozenset[UUID]
    read: frozenset[UUID]


def relate(connection: Connection, fresh: Collection[Prepared], again: Collection[UUID]) -> Related:
    """Stores what these articles are copies, corrections or versions of.

    again: those of them that were stored before.
    """
    editions = {one.id: one.edition for one in fresh}
    ids = list(editions)
    was_tied = _tied(connection, again)
    _forget(connection, again)
    rows.add(connection, tables.ArticleKey, [row for one in fresh for row in _keys(one)])
    windows = {one.id: window(one.published_on) for one in editions.values()}
    candidates = _candidates(connection, windows)
    cited = _naming_each_other(connection, windows)
    _read(connection, editions, {key for both in candidates | cited for key in both} | was_tied)
    rows.add(connection, tables.TextPair, [_tie_row(one) for one in ties(editions, candidates)])
    together = _together(connection, {*ids, *was_tied, *(key for both in cited for key in both)}, cited)
    _read(connection, editions, together)
    found = relations([editions[key] for key in sorted(together)], _ties_among(connection, together))
    return Related(frozenset(_write(connection, together, found)), frozenset(editions))


def take_out(connection: Connection, articles: Collection[UUID]) -> Related:
    """Removes what these articles are copies, corrections or versions of, and what is one of theirs.

    They are among the changed, too.
    """
    together = _together(connection, articles, [])
    _forget(connection, articles)
    rows.remove(connection, tables.ArticleRelation, "of_id", articles)
    others = together - set(articles)
    editions: dict[UUID, Edition] = {}
    _read(connection, editions, others)
    found = relations([editions[key] for key in sorted(others)], _ties_among(connection, others))
    return Related(frozenset(_write(connection, together, found)), frozenset(together))


def _forget(connection: Connection, articles: Collection[UUID]) -> None:
    """Removes what these articles have in common with others."""
    for model, columns in ((tables.ArticleKey, ("article_id",)), (tables.TextPair, ("article_id", "other_id"))):
        for column in columns:
            rows.remove(connection, model, column, articles)


def _keys(article: Prepared) -> Iterable[Mapping[str, object]]:
    """The keys of an article's sentences, and those by which it is named or names others."""
    one, words = article.edition, set(article.sentences)
    at, names = article.window, set[int]()
    if one.outlet is not None:
        urls, titles = one.cited
        # "Correction: Ferry fares" names "Ferry fares".
        folded = [fold(title) for title in titles] + [one.headline, one.headline.partition(":")[2].strip()]
        given = (one.url, *urls, *(title.rstrip(".") for title in folded))
        names = {_name_key(one.outlet, name) for name in given if name}
    for key in sorted(names | words):
        yield {"article_id": one.id, "key": key, "names": key in names, "window": at, "cell": cell_of(at, REACH)}


def _name_key(outlet: UUID, name: str) -> int:
    digest = hashlib.blake2b(f"{outlet} {name}".encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def _candidates(connection: Connection, fresh: Mapping[UUID, int | None]) -> set[tuple[UUID, UUID]]:
    """Pairs of a fresh article and another of about that time that have enough of the fewer keys in common."""
    key = rows.table_of(tables.ArticleKey)
    shared: dict[tuple[UUID, UUID], int] = {}
    for mine, theirs, near, articles in of_about_then(connection, key, fresh, REACH):
        query = (
            select(mine.c.article_id, theirs.c.article_id.label("other_id"), func.count().label("shared"))
            .join(theirs, theirs.c.key == mine.c.key)
            .where(near, theirs.c.article_id != mine.c.article_id, ~mine.c.names, ~theirs.c.names)
            .group_by(mine.c.article_id, theirs.c.article_id)
        )
        for row in rows.among(connection, query, mine.c.article_id, articles):
            shared[pair(row.article_id, row.other_id)] = row.shared
    involved = {article for both in shared for article in both}
    counted = select(key.c.article_id, func.count().label("number")).where(~key.c.names).group_by(key.c.article_id)
    keys = {row.article_id: row.number for row in rows.among(connection, counted, key.c.article_id, involved)}
    return {both for both, number in shared.items() if number >= LEAST * min(keys[one] for one in both)}


def _naming_each_other(connection: Connection, fresh: Mapping[UUID, int | None]) -> set[tuple[UUID, UUID]]:
    """Pairs of a fresh article and another of its outlet under one address or headline, or naming it."""
    key = rows.table_of(tables.ArticleKey)
    found = set()
    for mine, theirs, near, articles in of_about_then(connection, key, fresh, REACH):
        query = (
            select(mine.c.article_id, theirs.c.article_id.label("other_id"))
            .join(theirs, theirs.c.key == mine.c.key)
            .where(near, theirs.c.article_id != mine.c.article_id, mine.c.names, theirs.c.names)
        )
        found |= {
            pair(row.article_id, row.other_id) for row in rows.among(connection, query, mine.c.article_id, articles)
        }
    return found


def _together(connection: Connection, start: Collection[UUID], named: Collection[tuple[UUID, UUID]]) -> set[UUID]:
    """These articles and all that are one text with them, or are related to one of these, however indirectly."""
    relation = rows.table_of(tables.ArticleRelation)
    seen: set[UUID] = set()
    todo = set(start) | {key for both in named for key in both}
    while todo:
        seen |= todo
        related = {
            key
            for column in (relation.c.article_id, relation.c.of_id)
            for row in rows.among(connection, select(relation), column, todo)
            for key in (row.article_id, row.of_id)
        }
        todo = (_tied(connection, todo) | related) - seen
    return seen


def _tied(connection: Connection, articles: Collection[UUID]) -> set[UUID]:
    """The articles that are one text with these."""
    return {key for one in _ties(connection, articles) for key in (one.a, one.b)}


def _ties_among(connection: Connection, articles: Collection[UUID]) -> list[Tie]:
    return [one for one in _ties(connection, articles) if one.a in articles and one.b in articles]


def _ties(connection: Connection, articles: Collection[UUID]) -> set[Tie]:
    table = rows.table_of(tables.TextPair)
    return {
        Tie(row.article_id, row.other_id, row.score, row.rule, row.detail)
        for column in (table.c.article_id, table.c.other_id)
        for row in rows.among(connection, select(table), column, articles)
    }


def _tie_row(one: Tie) -> Mapping[str, object]:
    return {"article_id": one.a, "other_id": one.b, "score": one.score, "rule": one.rule, "detail": one.detail}


def _read(connection: Connection, editions: dict[UUID, Edition], articles: Collection[UUID]) -> None:
    """Adds the editions of stored articles, read from their texts."""
    missing = set(articles) - set(editions)
    editions.update({key: edition(article, key) for key, article in stored_records(connection, missing).items()})


def _write(connection: Connection, together: Collection[UUID], found: Mapping[UUID, Sequence[Relation]]) -> set[UUID]:
    """Stores the relations of these articles; those that are copies or corrections of something else now."""
    of = {key: {relation.kind: relation.of for relation in found.get(key, ())} for key in together}
    changed = rows.put(
        connection,
        tables.Article,
        [
            {
                "id": key,
                "copy_of_id": of[key].get(RelationKind.COPY),
                "correction_of_id": of[key].get(RelationKind.CORRECTION),
            }
            for key in sorted(together)
        ],
    )
    rows.remove(connection, tables.ArticleRelation, "article_id", together)
    rows.add(
        connection,
        tables.ArticleRelation,
        [
            {
                "article_id": key,
                "kind": str(one.kind),
                "of_id": one.of,
                "score": one.score,
                "rule": one.rule,
                "detail": one.detail,
            }
            for key in sorted(found)
            for one in found[key]
        ],
    )
    return {key for (key,) in changed}
