"""Column types and keys that the tables share, the same on both databases."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, DateTime, Dialect, Enum, MetaData, Text, TypeDecorator, Uuid
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, on SQLite as well, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; give an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


_uuid_of = lru_cache(maxsize=1 << 16)(UUID)
"""The same object for the same key: a load reads each many times over, and Python takes its time to make one."""


class Key(Uuid[UUID]):
    """The id of a row: PostgreSQL's own type, 32 hexadecimal digits on SQLite."""

    cache_ok = True

    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        """What turns a stored value into a UUID; none where the driver does."""
        if dialect.supports_native_uuid:
            return super().result_processor(dialect, coltype)  # type: ignore[no-untyped-call]
        return lambda value: None if value is None else _uuid_of(value)


FOLDED = Text().with_variant(Text(collation="C"), "postgresql")
"""Folded text (schema.keys.fold), ordered by code point on both databases."""


def one_of(values: type[StrEnum]) -> Enum:
    """A column type of a closed set: text with a check, the same on both databases."""
    # Named by hand: the naming convention would take the anonymous name of every such check for the same.
    return Enum(values, native_enum=False, create_constraint=True, length=32, name=values.__name__.lower())


def range_check(column: str) -> CheckConstraint:
    """x_on, x_from and x_to are all there or all null, and in order."""
    return CheckConstraint(
        f"({column}_on IS NULL) = ({column}_from IS NULL) AND ({column}_on IS NULL) = ({column}_to IS NULL) "
        f"AND ({column}_from IS NULL OR {column}_from <= {column}_to)",
        name=f"{column}_range",
    )


def identity() -> Any:
    """A primary key."""
    return Field(primary_key=True, sa_type=Key)


def refers_to(column: str, *, index: bool = True, cascade: bool = True, **options: Any) -> Any:
    """A foreign key; cascade: the row goes with the one it belongs to."""
    return Field(foreign_key=column, index=index, sa_type=Key, ondelete="CASCADE" if cascade else "RESTRICT", **options)


def unchecked(*, index: bool = False, **options: Any) -> Any:
    """The id of a row of another table that the database does not look up: whoever removes that row removes this."""
    return Field(index=index, sa_type=Key, **options)
