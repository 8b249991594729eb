"""What is in quarantine: refused records that were chosen, in order, as they are shown."""

import base64
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, select

from etl.load import rows
from etl.records import Kept
from schema import tables

_AT_ONCE = 100
"""Rows that are read at once: each holds up to 64 KiB of a record, and as much that was lent to it."""

_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """Which refused records: of a reason, of a load, and so many at most; None: any."""

    reason: str | None = None
    load: UUID | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A refused record in quarantine. refused_at: when the load began that refused it last."""

    id: UUID
    load: UUID
    refused_at: datetime
    place: str
    reason: str
    detail: str
    kept: Kept

    @property
    def line(self) -> str:
        """On one line: id, when, reason, place and why."""
        what = self.detail.removeprefix(f"{self.place}: ")
        return _printable(f"{self.id}  {self.refused_at:%Y-%m-%d %H:%M}Z  {self.reason}  {self.place}: {what}")

    @property
    def as_json(self) -> Mapping[str, Any]:
        """Every field; the bytes as "content" where they are UTF-8, else as "content_base64"."""
        told: dict[str, Any] = {
            "id": str(self.id),
            "load": str(self.load),
            "refused_at": self.refused_at.isoformat(),
            "reason": self.reason,
            "place": self.place,
            "detail": self.detail,
            "form": self.kept.form,
            "encoding": self.kept.encoding,
            "lent": dict(self.kept.lent),
            "cut": self.kept.cut,
        }
        text = _text(self.kept)
        if text is None:
            return told | {"content_base64": base64.b64encode(self.kept.content).decode("ascii")}
        return told | {"content": text}


def chosen(connection: Connection, choice: Choice) -> list[list[UUID]]:
    """The ids of what is chosen, a list a load: the newest load first, of each in the order in which it read them."""
    rejection, load = rows.table_of(tables.Rejection), rows.table_of(tables.Load)
    query = select(rejection.c.id, rejection.c.place, load.c.id.label("load"), load.c.started_at)
    query = _of(query.join(load, load.c.id == rejection.c.load_id), choice)
    found = sorted(connection.execute(query).all(), key=lambda row: (_in_file(row.place), row.id.hex))
    found.sort(key=lambda row: (row.started_at, row.load.hex), reverse=True)
    return [[row.id for row in its] for _, its in groupby(found[: choice.limit], key=lambda row: row.load)]


def rejections(connection: Connection, ids: Iterable[UUID]) -> Iterator[Rejection]:
    """Those of these rows that are there, in this order; read as they are asked for."""
    rejection, load = rows.table_of(tables.Rejection), rows.table_of(tables.Load)
    query = select(rejection, load.c.started_at).join(load, load.c.id == rejection.c.load_id)
    for some in rows.chunks(ids, _AT_ONCE):
        found = {row.id: _rejection(row) for row in rows.among(connection, query, rejection.c.id, some)}
        yield from (found[key] for key in some if key in found)


def reasons(connection: Connection, choice: Choice) -> Mapping[str, int]:
    """How many are refused for which reason, the most frequent first; of all that is chosen, whatever its limit."""
    rejection = rows.table_of(tables.Rejection)
    query = _of(select(rejection.c.reason, func.count().label("number")), choice).group_by(rejection.c.reason)
    found = Counter({row.reason: int(row.number) for row in connection.execute(query)})
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def why_not_again(rejection: Rejection) -> str | None:
    """Why a record cannot be read again from what is kept of it, None where it can."""
    if rejection.kept.cut:
        return "cut"
    if rejection.kept.form is None:
        return "no whole record"
    # Which of the records that had it lent to them is meant, only their load knows.
    return "lent what names another article" if rejection.reason == "same-identity" else None


def _of(query: Any, choice: Choice) -> Any:
    rejection = rows.table_of(tables.Rejection)
    if choice.reason is not None:
        query = query.where(rejection.c.reason == choice.reason)
    if choice.load is not None:
        query = query.where(rejection.c.load_id == choice.load)
    return query


def _in_file(place: str) -> list[tuple[int, str]]:
    """By which places are sorted as files are read: line 9 before line 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(place)]


def _rejection(row: Row[Any]) -> Rejection:
    kept = Kept(row.content, row.cut, row.form, row.encoding, row.lent or {})
    return Rejection(row.id, row.load_id, row.started_at, row.place, row.reason, row.detail, kept)


def _text(kept: Kept) -> str | None:
    """The bytes as text, None where they are not UTF-8; a character that is cut in two at their end is left out."""
    content = kept.content
    for missing in range(4 if kept.cut else 1):
        try:
            return content[: len(content) - missing].decode("utf-8")
        except UnicodeDecodeError:
            continue
    return None


def _printable(text: str) -> str:
    """The text on one line: what a terminal would obey is spelled out."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
