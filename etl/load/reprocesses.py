"""The records of runs that read stored articles anew: which articles they are about, and how far they came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, func, select

from etl.load import rows
from etl.load.runs import Run
from schema import tables
from schema.keys import fold

FIRST = UUID(int=0)
"""Before every article."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which stored articles are read anew: those of other methods, or all; of one outlet; published from then on.

    source: its name, its domain or its id. since: an instant.
    """

    every: bool = False
    source: str | None = None
    since: datetime | None = None

    def __str__(self) -> str:
        """The same for the same selection."""
        parts = ["articles of any method" if self.every else "articles of other methods"]
        if self.source is not None:
            parts.append(f"of {self.source}")
        if self.since is not None:
            parts.append(f"since {self.since.isoformat()}")
        return " ".join(parts)


def outlets(connection: Connection, named: str) -> set[UUID]:
    """The outlets that are meant by a name, a domain or an id."""
    source = rows.table_of(tables.Source)
    query = select(source.c.id).where((source.c.folded == fold(named)) | (source.c.domain == named.lower()))
    found = set(connection.execute(query).scalars())
    try:
        key = UUID(named)
    except ValueError:
        return found
    return found | {row.id for row in rows.among(connection, select(source.c.id), source.c.id, [key])}


def count(connection: Connection, chosen: Selection, method: str, after: UUID) -> int:
    """How many articles are left to be read by this method, after this one."""
    article = rows.table_of(tables.Article)
    query = select(func.count()).select_from(article)
    return int(connection.execute(_chosen(connection, query, chosen, method, after)).scalar_one())


def following(connection: Connection, chosen: Selection, method: str, after: UUID, most: int) -> list[UUID]:
    """The next so many of them, by id."""
    article = rows.table_of(tables.Article)
    query = _chosen(connection, select(article.c.id), chosen, method, after)
    return list(connection.execute(query.order_by(article.c.id).limit(most)).scalars())


def _chosen(connection: Connection, query: Select[Any], chosen: Selection, method: str, after: UUID) -> Select[Any]:
    article = rows.table_of(tables.Article)
    conditions: list[ColumnElement[bool]] = [article.c.id > after]
    if not chosen.every:
        conditions.append(article.c.method != method)
    if chosen.source is not None:
        conditions.append(article.c.source_id.in_(sorted(outlets(connection, chosen.source))))
    if chosen.since is not None:
        conditions.append(article.c.published_from >= chosen.since)
    return query.where(*conditions)


def unfinished(connection: Connection, chosen: Selection, method: str) -> tuple[UUID, UUID] | None:
    """The run with this selection and method that was stopped in between, and the last article that it came to."""
    load, record = rows.table_of(tables.Load), rows.table_of(tables.Reprocess)
    query = (
        select(load.c.id, record.c.after_id)
        .join(record, record.c.load_id == load.c.id)
        .where(load.c.finished_at.is_(None), load.c.method == method, record.c.selection == str(chosen))
        .order_by(load.c.started_at.desc(), load.c.id)
    )
    found = connection.execute(query.limit(1)).first()
    return (found.id, found.after_id) if found else None


def came_to(connection: Connection, run: Run, chosen: Selection, article: UUID) -> None:
    """Remembers how far the run came; it is recorded."""
    row = {"load_id": run.id, "selection": str(chosen), "after_id": article}
    rows.put(connection, tables.Reprocess, [row])


def is_one(connection: Connection, run: UUID) -> bool:
    """Whether this run read stored articles anew."""
    record = rows.table_of(tables.Reprocess)
    return connection.execute(select(record.c.load_id).where(record.c.load_id == run)).first() is not None
