"""Rows in the order of their ids, a page at a time, and what hangs on those of a page: no table is held whole."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select
from sqlmodel import SQLModel

from etl.load import rows

Line = dict[str, Any]
"""One object of an export: columns under their own names, values as orjson writes them."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What can be exported: one line for each row of the model.

    query: the line's own columns. complete: adds to the lines of a page what other tables have of them.
    """

    model: type[SQLModel]
    query: Select[Any]
    complete: Callable[[Connection, Sequence[Line]], None]


def pages(connection: Connection, kind: Kind, size: int) -> Iterator[list[Line]]:
    """The lines of this kind ordered by id, complete, in lists of at most size; no list is empty."""
    id_ = rows.table_of(kind.model).c.id
    query = kind.query.order_by(id_).limit(size)
    page = _lines(connection, query)
    while page:
        last: UUID = page[-1]["id"]
        is_full = len(page) == size
        kind.complete(connection, page)
        yield page
        page = _lines(connection, query.where(id_ > last)) if is_full else []


def _lines(connection: Connection, query: Select[Any]) -> list[Line]:
    return [dict(row) for row in connection.execute(query).mappings()]


def columns_of(model: type[SQLModel], *left_out: str) -> list[Any]:
    """The columns of a table but for those left out: one that is added to it later is exported of itself.

    Left out are the id of what a row hangs on, the number by which a list is ordered anyway, and what is made of other
    fields (tests/etl/export/test_every_field.py names each with its reason).
    """
    return [column for column in rows.table_of(model).columns if column.name not in left_out]


def hanging(connection: Connection, query: Select[Any], owners: Collection[UUID]) -> dict[UUID, list[Line]]:
    """The rows of the query by the row they hang on; owners without any have an empty list.

    query: its first column is the id of the owner, which the rows do not repeat.
    """
    owner, *columns = query.selected_columns
    keys = [str(column.key) for column in columns]
    found: dict[UUID, list[Line]] = {one: [] for one in owners}
    for row in rows.among(connection, query, owner, owners):
        found[row[0]].append(dict(zip(keys, row[1:], strict=True)))
    return found


def single(connection: Connection, query: Select[Any], owners: Collection[UUID]) -> dict[UUID, list[Any]]:
    """As hanging, of a query with one column beside the owner: its values by themselves, sorted.

    Sorted here: the two databases order text differently.
    """
    found = hanging(connection, query, owners)
    return {owner: sorted(value for row in its for value in row.values()) for owner, its in found.items()}
