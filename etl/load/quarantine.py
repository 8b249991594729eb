"""Refused records as rows: kept until they are read again and stored, are too old, or newer ones need their place."""

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select, text

from etl.load import rows
from etl.records import Kept, Refused
from etl.settings import QuarantineSettings
from schema import tables
from schema.database import is_postgresql
from schema.keys import content_id

CONTENT_BYTES = 65_536
"""How much of a refused record is kept, in bytes; of what was lent to it as well."""

_QUARANTINE = 0x71726A63
"""First key of the advisory lock ("qrjc" in hexadecimal)."""


def id_of(refused: Refused) -> UUID:
    """The row of a refused record: the same bytes at the same place are one, whatever they are refused for."""
    return content_id("rejection", refused.place, hashlib.sha256(_content(refused)).hexdigest())


def keep(connection: Connection, run: UUID, refused: Sequence[Refused]) -> None:
    """Keeps refused records, each once, as they were refused last."""
    if refused:
        wait(connection)
        made = [{"id": id_of(one), "load_id": run, **_row(one)} for one in refused]
        rows.put(connection, tables.Rejection, made)


def release(connection: Connection, ids: Collection[UUID]) -> None:
    """Takes rows out of the quarantine."""
    if ids:
        wait(connection)
        rows.remove(connection, tables.Rejection, "id", ids)


def wait(connection: Connection) -> None:
    """Waits until nobody else changes the quarantine, to the end of this transaction: the last lock that a load takes.

    Two loads may refuse the same record at once.
    """
    if is_postgresql(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(:kind, 0)"), {"kind": _QUARANTINE})


def make_room(connection: Connection, limits: QuarantineSettings) -> Mapping[str, int]:
    """Removes what is beyond the most that is kept, the oldest first; how many, as an outcome."""
    rejection, load = rows.table_of(tables.Rejection), rows.table_of(tables.Load)
    beyond = connection.execute(select(func.count()).select_from(rejection)).scalar_one() - limits.most
    if beyond <= 0:
        return {}
    wait(connection)
    # Asked again: others may have made room while this one waited.
    beyond = connection.execute(select(func.count()).select_from(rejection)).scalar_one() - limits.most
    oldest = (
        select(rejection.c.id)
        .join(load, load.c.id == rejection.c.load_id)
        .order_by(load.c.started_at, load.c.id, rejection.c.place, rejection.c.id)
    )
    return _removed(connection, oldest.limit(max(beyond, 0)), "rejection: gone (beyond QUOTH_REJECTED_MAX)")


def expire(connection: Connection, limits: QuarantineSettings, now: datetime) -> Mapping[str, int]:
    """Removes what loads refused that began too many days before now; how many, as an outcome."""
    wait(connection)
    rejection, load = rows.table_of(tables.Rejection), rows.table_of(tables.Load)
    older = select(load.c.id).where(load.c.started_at < now - timedelta(days=limits.days))
    query = select(rejection.c.id).where(rejection.c.load_id.in_(older))
    return _removed(connection, query, "rejection: gone (older than QUOTH_REJECTED_DAYS)")


def _removed(connection: Connection, query: Any, outcome: str) -> Mapping[str, int]:
    ids = list(connection.execute(query).scalars())
    release(connection, ids)
    return Counter({outcome: len(ids)} if ids else {})


def _content(refused: Refused) -> bytes:
    return (refused.kept.content if refused.kept else refused.content)[:CONTENT_BYTES]


def _row(refused: Refused) -> rows.Values:
    kept = refused.kept or Kept(refused.content, cut=len(refused.content) > CONTENT_BYTES)
    # A manifest may lend a whole text; what is too long to be kept cannot be lent again.
    form = kept.form if len(json.dumps(kept.lent)) <= CONTENT_BYTES else None
    return {
        "place": refused.place,
        "reason": refused.reason,
        "detail": refused.detail,
        "content": _content(refused),
        "cut": kept.cut,
        "form": form,
        "encoding": kept.encoding if form else None,
        "lent": dict(kept.lent) if form else None,
    }
