"""Outlets as rows, by domain or by name."""

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, exists, select
from sqlalchemy.dialects import postgresql, sqlite

from etl.load import rows
from etl.records import RawArticle
from schema import tables
from schema.database import is_postgresql
from schema.keys import UNKNOWN_SOURCE_ID, fold, outlet_name, source_id

UNKNOWN_SOURCE_NAME = "Unknown source"


def add(connection: Connection, records: Iterable[RawArticle]) -> None:
    """Rows of the outlets that have none yet.

    Two loads may add the same one at once: the second waits for the first, and finds it there.
    """
    new = {row["id"]: row for row in _rows(records, {})}
    insert = postgresql.insert if is_postgresql(connection) else sqlite.insert
    source = rows.table_of(tables.Source)
    known = {row.id for row in rows.among(connection, select(source.c.id), source.c.id, new)}
    # In one order, so that no two loads wait for each other.
    missing = [new[key] for key in sorted(new.keys() - known)]
    if missing:
        connection.execute(insert(source).on_conflict_do_nothing(), missing)


def name(connection: Connection, records: Iterable[RawArticle]) -> None:
    """Names these outlets, which are there; of several names for one domain the longest stays, then the first in the
    alphabet.
    """
    given = list(records)
    source = rows.table_of(tables.Source)
    ids = {_id_of(raw.domain, raw.source) for raw in given}
    stored = {row.id: row.name for row in rows.among(connection, select(source.c.id, source.c.name), source.c.id, ids)}
    rows.put(connection, tables.Source, _rows(given, stored))


@lru_cache(maxsize=1 << 12)
def _id_of(domain: str | None, name: str | None) -> UUID:
    """Outlets are few, and each prints many articles."""
    return source_id(domain, name)


def _rows(records: Iterable[RawArticle], stored: Mapping[UUID, str]) -> list[dict[str, Any]]:
    """One an outlet; stored: names they have already."""
    names: dict[UUID, set[str]] = {}
    domains: dict[UUID, str | None] = {}
    for raw in records:
        key = _id_of(raw.domain, raw.source)
        domains[key] = raw.domain
        names.setdefault(key, {stored[key]} if key in stored else set()).add(
            raw.source or raw.domain or UNKNOWN_SOURCE_NAME
        )
    return [_row(key, names[key], domain) for key, domain in domains.items()]


def _row(key: UUID, names: set[str], domain: str | None) -> dict[str, Any]:
    # A domain stands in for the name until somebody gives one.
    given = names - {domain} or names
    name = min(given, key=lambda name: (-len(name), name))
    known = key != UNKNOWN_SOURCE_ID
    masthead = fold(outlet_name(name)) if known else ""
    return {"id": key, "name": name, "folded": fold(name), "masthead": masthead, "domain": domain, "known": known}


def of(connection: Connection, printed: Collection[UUID]) -> set[UUID]:
    """The outlets of these stored articles."""
    article = rows.table_of(tables.Article)
    return {row.source_id for row in rows.among(connection, select(article.c.source_id), article.c.id, printed)}


def remove_unused(connection: Connection, outlets: Collection[UUID]) -> None:
    """Removes those of these outlets that printed nothing any more and that no report came by."""
    if not outlets:
        return
    source = rows.table_of(tables.Source)
    # One that another load is about to use stays.
    locked = select(source.c.id).with_for_update(skip_locked=True)
    free = {row.id for row in rows.among(connection, locked, source.c.id, outlets)}
    references = (rows.table_of(tables.Article).c.source_id, rows.table_of(tables.ReportingLink).c.source_id)
    unused = select(source.c.id).where(*(~exists().where(column == source.c.id) for column in references))
    gone = {row.id for row in rows.among(connection, unused, source.c.id, free)}
    rows.remove(connection, tables.Source, "id", gone)


def rename(connection: Connection, outlets: Collection[UUID]) -> None:
    """Names these outlets by all that loads gave of their articles: some of it may be gone."""
    article, given = rows.table_of(tables.Article), rows.table_of(tables.Given)
    source = rows.table_of(tables.Source)
    domains = {row.id: row.domain for row in rows.among(connection, select(source), source.c.id, outlets)}
    called = given.c.given["source"].as_string().label("name")
    query = select(article.c.source_id, called).distinct().join(article, article.c.id == given.c.article_id)
    names: dict[UUID, set[str]] = {}
    for row in rows.among(connection, query, article.c.source_id, [key for key, domain in domains.items() if domain]):
        names.setdefault(row.source_id, set()).add(row.name or domains[row.source_id])
    rows.put(connection, tables.Source, [_row(key, its, domains[key]) for key, its in names.items()])
