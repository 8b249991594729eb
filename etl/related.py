"""Everything that loads gave of some articles, and of those that might be the same ones had less been given."""

import re
from collections.abc import Collection, Iterable, Mapping
from heapq import merge
from itertools import groupby
from uuid import UUID

from sqlalchemy import Connection, select

from etl.known import may_be_one
from etl.load import given, rows
from etl.load.articles import held
from etl.load.given import Given
from etl.records import RawArticle
from schema import tables
from schema.keys import text_hash

_NUMBER = re.compile(r"(\d+)")


def records(connection: Connection, articles: Collection[UUID], without: UUID) -> list[Given]:
    """All records of these articles in the order in which they came, and of those that may become one with them.

    without: the load whose records are about to go. What is left of an article may be about another one: that which
    has a name, a url or a text that only this load had told to be of the article. And so on.
    """
    found: dict[UUID, list[Given]] = {}
    beside: Mapping[UUID, list[Given]] = _of(connection, articles)
    while beside:
        found |= beside
        left = [one.raw for its in beside.values() for one in its if one.load != without]
        beside = _may_be(connection, left, found.keys())
    return _in_order(connection, found)


def _may_be(
    connection: Connection, left: Collection[RawArticle], known: Collection[UUID]
) -> Mapping[UUID, list[Given]]:
    """The records of further articles that have a name or url of these, or a text and nothing that tells otherwise."""
    there = held(connection, left)
    named = {*there.external_ids.values(), *there.urls.values()}.difference(known)
    texts = _with_texts(connection, {text_hash(raw.text) for raw in left}).difference(known, named)
    by_text: dict[str, list[RawArticle]] = {}
    for raw in left:
        by_text.setdefault(raw.text, []).append(raw)
    alike = {
        key: its
        for key, its in _of(connection, texts).items()
        if any(may_be_one(one.raw, raw) for one in its for raw in by_text.get(one.raw.text, ()))
    }
    return {**_of(connection, named), **alike}


def _with_texts(connection: Connection, hashes: Collection[str]) -> set[UUID]:
    """The articles that have or had texts of these hashes."""
    revision = rows.table_of(tables.Revision)
    query = select(revision.c.article_id)
    return {row.article_id for row in rows.among(connection, query, revision.c.text_hash, hashes)}


def _of(connection: Connection, articles: Collection[UUID]) -> Mapping[UUID, list[Given]]:
    by_article = groupby(given.of(connection, articles), key=lambda one: one.article)
    return {key: list(its) for key, its in by_article}


def _in_order(connection: Connection, found: Mapping[UUID, Iterable[Given]]) -> list[Given]:
    """One after the other as they came: load by load, within one as they stand in its files."""
    load = rows.table_of(tables.Load)
    loads = {one.load for its in found.values() for one in its}
    query = select(load.c.id, load.c.started_at)
    began = {row.id: row.started_at for row in rows.among(connection, query, load.c.id, loads)}
    # Those of one article stand as they came, whatever the clock of a machine said.
    return list(
        merge(
            *(found[key] for key in sorted(found)),
            key=lambda one: (began[one.load], one.load, _natural(one.raw.place)),
        )
    )


def _natural(place: str) -> tuple[str | int, ...]:
    """What orders "feed.jsonl:9" before "feed.jsonl:10"."""
    return tuple(int(part) if number % 2 else part for number, part in enumerate(_NUMBER.split(place)))
