"""Rows by primary key, on both databases: insert what is new, change what differs, leave the rest untouched."""

import typing
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Dialect,
    Row,
    Select,
    Table,
    Tuple,
    any_,
    bindparam,
    cast,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import NULLTYPE, TypeEngine
from sqlmodel import SQLModel

from etl.load import copying
from schema.database import is_postgresql
from schema.tables.columns import Key

Values = Mapping[str, Any]
Item = TypeVar("Item")

AT_ONCE = 1000
"""Rows that are made ready for COPY together."""

CHUNK = 500
"""Keys an IN list holds at most: SQLite takes 32,766 parameters a statement, and a key may have three columns."""

IN_AN_ARRAY = 20_000
"""Keys that PostgreSQL is asked about at once: an array is one parameter."""


def table_of(model: type[SQLModel]) -> Table:
    """The table of a model."""
    return typing.cast(Table, model.__table__)  # type: ignore[attr-defined]


def chunks(items: Iterable[Item], most: int = CHUNK) -> Iterator[list[Item]]:
    """The items in lists of at most so many."""
    chunk: list[Item] = []
    for item in items:
        chunk.append(item)
        if len(chunk) == most:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def among(connection: Connection, query: Select[Any], column: Any, values: Collection[Any]) -> list[Row[Any]]:
    """The query's rows whose column is one of the values."""
    found: list[Row[Any]] = []
    for chunk in chunks(values, _at_once(connection)):
        found += connection.execute(query.where(one_of(connection, column, chunk))).all()
    return found


def _at_once(connection: Connection) -> int:
    return IN_AN_ARRAY if is_postgresql(connection) else CHUNK


def one_of(connection: Connection, column: Any, values: list[Any]) -> ColumnElement[bool]:
    """Whether a column, or a tuple of them, has one of these values."""
    found: ColumnElement[bool]
    if not is_postgresql(connection):
        found = column.in_(values)
    # One parameter a column, however many values: the statement is parsed and planned once.
    elif isinstance(column, Tuple):
        kinds = [part.type for part in column.clauses]
        arrays = (_array(kind, list(its)) for kind, its in zip(kinds, zip(*values, strict=True), strict=True))
        names = [f"value_{number}" for number in range(len(kinds))]
        found = column.in_(select(func.unnest(*arrays).table_valued(*names).render_derived()))
    else:
        found = column == any_(_array(column.type, values))
    return found


def _array(kind: TypeEngine[Any], values: list[Any]) -> ColumnElement[Any]:
    if not isinstance(kind, Key):
        return literal(values, ARRAY(kind))
    # Written here: of a list the driver asks for each value anew what kind it is.
    return cast(literal(f"{{{','.join(value.hex for value in values)}}}", NULLTYPE), ARRAY(kind))


def add(connection: Connection, model: type[SQLModel], rows: Sequence[Values]) -> None:
    """Inserts rows that are known to be new, and name the same columns."""
    if rows:
        _insert(connection, table_of(model), rows)


def put(
    connection: Connection,
    model: type[SQLModel],
    rows: Iterable[Values],
    *,
    stamp: Values | None = None,
    touched: Collection[Any] = frozenset(),
    maybe_stored: Collection[Any] | None = None,
) -> set[tuple[Any, ...]]:
    """Inserts rows whose key is new, changes those that differ; the keys of both.

    Columns a row does not name keep their value. stamp: columns set whenever a row is written, never a cause to write
    one ({"updated_at": now}). touched: first key columns of rows that count as changed although their columns do not.
    maybe_stored: the first key columns of all of these rows that can be, where that is known.
    """
    table = table_of(model)
    keys = [column.name for column in table.primary_key.columns]
    wanted = {tuple(row[key] for key in keys): row for row in rows}
    stored: dict[tuple[Any, ...], Row[Any]] = {}
    key = tuple_(*(table.c[name] for name in keys)) if len(keys) > 1 else table.c[keys[0]]
    known = (one for one in wanted if maybe_stored is None or one[0] in maybe_stored)
    for chunk in chunks(known, _at_once(connection)):
        values = chunk if len(keys) > 1 else [only for (only,) in chunk]
        for found in connection.execute(select(table).where(one_of(connection, key, values))):
            stored[tuple(getattr(found, name) for name in keys)] = found
    fresh = [{**row, **(stamp or {})} for identity, row in wanted.items() if identity not in stored]
    changed = [
        {**row, **(stamp or {})}
        for identity, row in wanted.items()
        if identity in stored
        and (identity[0] in touched or any(getattr(stored[identity], name) != value for name, value in row.items()))
    ]
    if fresh:
        _insert(connection, table, fresh)
    if changed:
        _change(connection, table, changed)
    return {tuple(row[name] for name in keys) for row in fresh + changed}


def remove(connection: Connection, model: type[SQLModel], column: str, values: Collection[Any]) -> None:
    """Deletes the rows whose column is one of the values."""
    table = table_of(model)
    for chunk in chunks(values, _at_once(connection)):
        connection.execute(delete(table).where(one_of(connection, table.c[column], chunk)))


def count(connection: Connection, model: type[SQLModel], changes: Mapping[tuple[Any, ...], int]) -> None:
    """Adds to the counts of rows, by primary key: the one other column. A row that comes to nothing goes."""
    table = table_of(model)
    keys = [column.name for column in table.primary_key.columns]
    number = next(column for column in table.columns if column.name not in keys)
    wanted = {key: change for key, change in changes.items() if change}
    key = tuple_(*(table.c[name] for name in keys))
    query = select(*(table.c[name] for name in keys), number)
    before: dict[tuple[Any, ...], int] = {tuple(row[:-1]): row[-1] for row in among(connection, query, key, wanted)}
    totals = {one: before.get(one, 0) + change for one, change in wanted.items()}
    for write, was_there in ((_insert, False), (_change, True)):
        of = [one for one, total in totals.items() if total and (one in before) is was_there]
        if of:
            write(connection, table, [{**dict(zip(keys, one, strict=True)), number.name: totals[one]} for one in of])
    for chunk in chunks((one for one, total in totals.items() if not total), _at_once(connection)):
        connection.execute(delete(table).where(one_of(connection, key, chunk)))


def _change(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """Sets columns of stored rows, the same ones of each."""
    keys = [column.name for column in table.primary_key.columns]
    names = [name for name in rows[0] if name not in keys]
    statement = (
        update(table)
        .where(*(table.c[name] == bindparam(f"key_{name}") for name in keys))
        .values({name: bindparam(f"new_{name}") for name in names})
    )
    connection.execute(
        statement,
        [{f"key_{name}": row[name] for name in keys} | {f"new_{name}": row[name] for name in names} for row in rows],
    )


def _insert(connection: Connection, table: Table, rows: Sequence[Values]) -> None:
    """By the driver itself: what SQLAlchemy does for each row takes longer than the database does."""
    names = list(rows[0])
    kinds = [table.c[name].type for name in names]
    quoted = connection.dialect.identifier_preparer.quote
    into = f"{quoted(table.name)} ({', '.join(map(quoted, names))})"
    if is_postgresql(connection):
        _copy(connection, f"COPY {into} FROM STDIN", names, kinds, rows)
        return
    made = _written(names, kinds, connection.dialect)
    places = ", ".join("?" * len(names))
    connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({places})", [made(row) for row in rows])


def _copy(
    connection: Connection,
    statement: str,
    names: Sequence[str],
    kinds: Sequence[TypeEngine[Any]],
    rows: Sequence[Values],
) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    errors = connection.dialect.loaded_dbapi.Error
    columns = copying.writers(kinds, connection.dialect)
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            if columns is None:
                made = _written(names, kinds, connection.dialect)
                for row in rows:
                    copy.write_row(made(row))
            else:
                values = _values(names)
                for chunk in chunks(rows, AT_ONCE):
                    copy.write(copying.lines(map(values, chunk), columns))
    except errors as error:
        # As SQLAlchemy tells of all other statements.
        raise DBAPIError.instance(statement, None, error, errors, dialect=connection.dialect) from error


def _values(names: Sequence[str]) -> Callable[[Values], tuple[Any, ...]]:
    """What makes of a row the tuple of its values."""
    return itemgetter(*names) if len(names) > 1 else lambda row: (row[names[0]],)


def _written(
    names: Sequence[str], kinds: Sequence[TypeEngine[Any]], dialect: Dialect
) -> Callable[[Values], tuple[Any, ...]]:
    """What makes of a row the values that the driver takes."""
    values = _values(names)
    processors = [kind.dialect_impl(dialect).bind_processor(dialect) for kind in kinds]
    changed = [(at, process) for at, process in enumerate(processors) if process]

    def made(row: Values) -> tuple[Any, ...]:
        found = list(values(row))
        for at, process in changed:
            found[at] = process(found[at])
        return tuple(found)

    return made
