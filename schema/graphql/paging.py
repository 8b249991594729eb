"""Keyset cursors: a page begins after the last row of the one before, wherever new rows have come in.

A cursor holds the values of the order's keys and the id of its row; it is opaque to clients and good for its list and
order alone. What has no value comes last, whatever the direction; the id makes every order total. Texts are ordered by
code point (columns of folded text), so that both databases agree.
"""

import base64
import binascii
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, UnaryExpression, and_, false, func, or_, select
from sqlalchemy.sql.elements import SQLCoreOperations

from schema.graphql.context import Context, Once
from schema.graphql.errors import BadUserInputError, readable
from schema.graphql.limits import DEFAULT_PAGE, MAX_PAGE

T = TypeVar("T")
Rows = Select[*tuple[Any, ...]]
Column = SQLCoreOperations[Any]
KeyValue = datetime | str | int | float | None


@dataclass(frozen=True, slots=True)
class Key:
    """One field of an order. name goes into cursors and tells its direction ("SAID_ON DESC")."""

    name: str
    column: Column
    holds: Literal["instant", "text", "number"]
    descending: bool = False
    nullable: bool = False

    def sorted(self, *, backward: bool) -> UnaryExpression[Any]:
        direction = self.column.desc() if self.descending != backward else self.column.asc()
        if not self.nullable:
            return direction
        return direction.nulls_first() if backward else direction.nulls_last()

    def beyond(self, value: KeyValue, *, backward: bool) -> ColumnElement[bool]:
        """Rows that come later (earlier, when backward) by this key alone."""
        if value is None:
            return self.column.is_not(None) if backward else false()
        ahead = self.column < value if self.descending != backward else self.column > value
        return or_(ahead, self.column.is_(None)) if self.nullable and not backward else ahead

    def level(self, value: KeyValue) -> ColumnElement[bool]:
        return self.column.is_(None) if value is None else self.column == value


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to page through: its rows, what identifies one, and their order.

    name: what is listed; it keeps cursors of one list from being used in another.
    """

    name: str
    rows: Rows
    id: SQLCoreOperations[UUID]
    keys: tuple[Key, ...]

    @property
    def order(self) -> str:
        return ", ".join((self.name, *(key.name for key in self.keys)))

    def count(self) -> Select[int]:
        return select(func.count()).select_from(self.rows.with_only_columns(self.id).subquery())


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list a client asks for; backward: counted from the end."""

    size: int
    after: str | None
    before: str | None
    backward: bool


def page(first: int | None, after: str | None, last: int | None, before: str | None) -> Page:
    """The part of a list that the four arguments mean.

    Neither first nor last: the first 20, or the last 20 before a cursor when before is all there is.
    Raises BadUserInputError for sizes beyond 0..100 and for both at once.
    """
    if first is not None and last is not None:
        raise BadUserInputError("first, last", [first, last], "cannot both be given; leave one out")
    backward = last is not None or (first is None and after is None and before is not None)
    return Page(length(first) if last is None else length(last, "last"), after, before, backward)


def length(size: int | None, place: str = "first") -> int:
    """How many elements a client asks for; 20 when it says nothing. Raises BadUserInputError beyond 0..100."""
    if size is None:
        return DEFAULT_PAGE
    if not 0 <= size <= MAX_PAGE:
        raise BadUserInputError(place, size, f"is not within 0 and {MAX_PAGE}; ask for less at a time")
    return size


# --- cursors ---


def cursor(listing: Listing, values: Sequence[KeyValue], uuid: UUID) -> str:
    """The cursor of a row of the list."""
    plain = [value.isoformat() if isinstance(value, datetime) else value for value in values]
    text = json.dumps([listing.order, plain, uuid.hex], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def position(listing: Listing, value: str, place: str) -> tuple[list[KeyValue], UUID]:
    """The key values and the id that a cursor holds. Raises BadUserInputError unless it is of this list and order."""
    stale = "is no cursor of this list in this order; take one from an answer to the same field and orderBy"
    try:
        text = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
        order, plain, uuid = json.loads(text)
        if order != listing.order or len(plain) != len(listing.keys):
            raise BadUserInputError(place, value, stale)
        values = [_key_value(key, each, place) for key, each in zip(listing.keys, plain, strict=True)]
        return values, UUID(hex=uuid)
    except (binascii.Error, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise BadUserInputError(place, value, stale) from error


def _key_value(key: Key, plain: object, place: str) -> KeyValue:
    if plain is None and key.nullable:
        return None
    if key.holds == "number" and isinstance(plain, int | float) and not isinstance(plain, bool):
        if math.isfinite(plain) and abs(plain) < 2**63:
            return plain
    elif key.holds == "text" and isinstance(plain, str):
        return readable(plain, place)
    elif key.holds == "instant" and isinstance(plain, str):
        instant = datetime.fromisoformat(plain)
        if instant.tzinfo is not None:
            return instant
    raise ValueError(f"{key.name} holds {key.holds}, not {plain!r}")


# --- pages ---


def select_page(listing: Listing, asked: Page) -> Rows:
    """The query of a page: one row more than asked for, which tells whether the list goes on; key values come last."""
    rows = listing.rows.add_columns(*(key.column for key in listing.keys))
    for token, place, backward in ((asked.after, "after", False), (asked.before, "before", True)):
        if token is not None:
            values, uuid = position(listing, token, place)
            rows = rows.where(_beyond(listing, values, uuid, backward=backward))
    last = listing.id.desc() if asked.backward else listing.id.asc()
    order = [*(key.sorted(backward=asked.backward) for key in listing.keys), last]
    return rows.order_by(*order).limit(asked.size + 1)


def _beyond(listing: Listing, values: Sequence[KeyValue], uuid: UUID, *, backward: bool) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = listing.id < uuid if backward else listing.id > uuid
    for key, value in zip(reversed(listing.keys), reversed(values), strict=True):
        condition = or_(key.beyond(value, backward=backward), and_(key.level(value), condition))
    return condition


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """A page that was read: its elements with their cursors, in the list's order."""

    nodes: list[T]
    cursors: list[str]
    has_next: bool
    has_previous: bool


class Window(Generic[T]):
    """A page of a list, read when a field first needs it; the count of the list, read only when asked for.

    make turns the first columns of a row (all but the key values) into an element. A cursor or order that Quoth cannot
    use is refused at once: raises BadUserInputError.
    """

    def __init__(self, context: Context, listing: Listing, asked: Page, make: Callable[..., T]) -> None:
        self._context = context
        self._listing = listing
        self._asked = asked
        self._make = make
        self._query = select_page(listing, asked)
        self.slice = Once(self._read)

    async def _read(self) -> Slice[T]:
        found = list(await self._context.read(self._query))
        more = len(found) > self._asked.size
        rows = found[: self._asked.size]
        if self._asked.backward:
            rows.reverse()
        backward = self._asked.backward
        return Slice(
            nodes=[self._make(*self._element(row)) for row in rows],
            cursors=[cursor(self._listing, self._values(row), row[0].id) for row in rows],
            # A cursor is a row of the list, so there is something on its other side.
            has_next=self._asked.before is not None if backward else more,
            has_previous=more if backward else self._asked.after is not None,
        )

    def _element(self, row: Row[*tuple[Any, ...]]) -> Sequence[Any]:
        return row[: len(row) - len(self._listing.keys)]

    def _values(self, row: Row[*tuple[Any, ...]]) -> Sequence[KeyValue]:
        return row[len(row) - len(self._listing.keys) :]

    async def count(self) -> int:
        return int((await self._context.read(self._listing.count()))[0][0])
