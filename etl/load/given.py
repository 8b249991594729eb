"""What each load gave of each article: its records as they were read, by which a load can be taken back.

An article is what its records say together (etl.known.settle), the first one first. Texts stand where they are needed
anyway: that which an article has now with the article, those it had with its revisions.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from etl.load import rows
from etl.records import RawArticle
from schema import tables
from schema.dates import parse_edtf
from schema.keys import text_hash

_FIELDS = tuple(field.name for field in fields(RawArticle) if field.name not in ("text", "notes"))


@dataclass(frozen=True, slots=True)
class Given:
    """A record that a load gave of an article."""

    article: UUID
    load: UUID
    raw: RawArticle


def add(connection: Connection, records: Iterable[Given]) -> None:
    """Keeps records of stored articles, after those that are kept of them already."""
    records = list(records)
    table = rows.table_of(tables.Given)
    last = select(table.c.article_id, func.max(table.c.position).label("position")).group_by(table.c.article_id)
    found = rows.among(connection, last, table.c.article_id, {one.article for one in records})
    positions = {row.article_id: row.position + 1 for row in found}
    made = []
    for one in records:
        position = positions.get(one.article, 0)
        positions[one.article] = position + 1
        made.append(
            {
                "article_id": one.article,
                "position": position,
                "load_id": one.load,
                "text_hash": text_hash(one.raw.text),
                "given": _told(one.raw),
            }
        )
    rows.add(connection, tables.Given, made)


def of(connection: Connection, articles: Collection[UUID]) -> list[Given]:
    """The records of these articles, each article's in the order in which they came."""
    table = rows.table_of(tables.Given)
    query = select(table).order_by(table.c.article_id, table.c.position)
    found = rows.among(connection, query, table.c.article_id, articles)
    texts = texts_of(connection, articles)
    return [Given(row.article_id, row.load_id, _raw(row.given, texts[row.article_id][row.text_hash])) for row in found]


def told_of(connection: Connection, articles: Collection[UUID]) -> Iterator[tuple[UUID, str, Mapping[str, Any]]]:
    """Of each record of these articles whose it is, the hash of its text, and its other fields as they are kept."""
    table = rows.table_of(tables.Given)
    query = select(table.c.article_id, table.c.text_hash, table.c.given)
    for row in rows.among(connection, query, table.c.article_id, articles):
        yield row.article_id, row.text_hash, row.given


def texts_of(connection: Connection, articles: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """Every text that these articles have or had, by its hash."""
    article, revision = rows.table_of(tables.Article), rows.table_of(tables.Revision)
    found: dict[UUID, dict[str, str]] = {}
    earlier = select(revision).where(revision.c.text.is_not(None))
    for row in rows.among(connection, earlier, revision.c.article_id, articles):
        found.setdefault(row.article_id, {})[row.text_hash] = row.text
    now = select(article.c.id, article.c.text_hash, article.c.text)
    for row in rows.among(connection, now, article.c.id, articles):
        found.setdefault(row.id, {})[row.text_hash] = row.text
    return found


def count_of(connection: Connection, load: UUID) -> int:
    """Of how many articles this load gave records."""
    table = rows.table_of(tables.Given)
    query = select(func.count(table.c.article_id.distinct())).where(table.c.load_id == load)
    return int(connection.execute(query).scalar_one())


def by_load(connection: Connection, load: UUID, most: int) -> Sequence[UUID]:
    """So many articles, at most, of which this load gave a record, by id."""
    table = rows.table_of(tables.Given)
    query = select(table.c.article_id).distinct().where(table.c.load_id == load).order_by(table.c.article_id)
    return list(connection.execute(query.limit(most)).scalars())


def _told(raw: RawArticle) -> Mapping[str, Any]:
    told = {name: getattr(raw, name) for name in _FIELDS}
    told["published_on"] = raw.published_on.value if raw.published_on else None
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items() if value}


def _raw(told: Mapping[str, Any], text: str) -> RawArticle:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in told.items()}
    if day := values.get("published_on"):
        values["published_on"] = parse_edtf(day)
    return RawArticle(text=text, **values)
