"""Rows as the text that PostgreSQL's COPY reads, made column by column: twice as fast as value by value.

The format: https://www.postgresql.org/docs/current/sql-copy.html, under "Text Format".
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Boolean, Dialect, Enum, Float, Integer, Text
from sqlalchemy.types import TypeEngine

from schema.tables.columns import Key, UtcDateTime

_NULL = "\\N"

Values = Iterable[Any]
Write = Callable[[Values], list[str]]
"""A column's values as texts."""


def _keys(values: Values) -> list[str]:
    made: list[str] = []
    last, told = None, _NULL
    value: UUID | None
    for value in values:
        if value is not last:  # the rows of an article stand together
            last, told = value, _NULL if value is None else value.hex
        made.append(told)
    return made


def _numbers(values: Values) -> list[str]:
    return [_NULL if value is None else str(value) for value in values]


def _truths(values: Values) -> list[str]:
    return [_NULL if value is None else "t" if value else "f" for value in values]


def _texts(values: Values) -> list[str]:
    return [_NULL if value is None else _escaped(value) for value in values]


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")


def _members(kind: Enum, dialect: Dialect) -> Write:
    process: Callable[[Any], str] = kind.bind_processor(dialect)  # type: ignore[no-untyped-call]
    name_of = lru_cache(process)
    return lambda values: [_NULL if value is None else name_of(value) for value in values]


def _instants(kind: UtcDateTime, dialect: Dialect) -> Write:
    @lru_cache(maxsize=64)
    def told(value: datetime | None) -> str:
        made = kind.process_bind_param(value, dialect)
        return _NULL if made is None else made.isoformat()

    return lambda values: list(map(told, values))


_WRITERS: Sequence[tuple[type[TypeEngine[Any]], Write]] = (
    (Key, _keys),
    (Integer, _numbers),
    (Float, _numbers),
    (Boolean, _truths),
    (Text, _texts),
)


def writers(kinds: Iterable[TypeEngine[Any]], dialect: Dialect) -> Sequence[Write] | None:
    """What writes each column of these kinds; None where one of them is for the driver to write."""
    found = [_writer(kind, dialect) for kind in kinds]
    return None if None in found else [one for one in found if one]


def _writer(kind: TypeEngine[Any], dialect: Dialect) -> Write | None:
    if isinstance(kind, Enum):
        return _members(kind, dialect)
    if isinstance(kind, UtcDateTime):
        return _instants(kind, dialect)
    return next((write for known, write in _WRITERS if isinstance(kind, known)), None)


def lines(rows: Iterable[tuple[Any, ...]], columns: Sequence[Write]) -> str:
    """These rows, a line each."""
    texts = (write(values) for write, values in zip(columns, zip(*rows, strict=True), strict=True))
    return "".join(f"{line}\n" for line in map("\t".join, zip(*texts, strict=True)))
