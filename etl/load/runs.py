"""The record of a run: versions, outcome counts, refused records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from etl.load import rows
from etl.records import Refused
from schema import tables
from schema.keys import content_id

CONTENT_BYTES = 65_536
"""How much of a refused record is kept, in bytes."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the ETL. method: name and version of what extracted."""

    id: UUID
    started_at: datetime
    method: str


def record(connection: Connection, run: UUID, started_at: datetime, method: str) -> None:
    """The run's row, once."""
    rows.put(connection, tables.Load, [{"id": run, "started_at": started_at, "method": method}])


def count(connection: Connection, run: UUID, outcomes: Mapping[str, int]) -> None:
    """Adds outcomes to those of the run."""
    outcome = rows.table_of(tables.LoadOutcome)
    counted = connection.execute(select(outcome.c.outcome, outcome.c.count).where(outcome.c.load_id == run))
    known = {name: number for name, number in counted}  # noqa: C416 - rows, not tuples, to a type checker
    rows.put(
        connection,
        tables.LoadOutcome,
        [
            {"load_id": run, "outcome": name, "count": known.get(name, 0) + number}
            for name, number in outcomes.items()
            if number
        ],
    )


def close(connection: Connection, run: UUID, finished_at: datetime) -> None:
    """Sets the time the run ended."""
    load = rows.table_of(tables.Load)
    connection.execute(update(load).where(load.c.id == run).values(finished_at=finished_at))


def mark_undone(connection: Connection, run: UUID, at: datetime) -> None:
    """Says that a run was taken back."""
    load = rows.table_of(tables.Load)
    connection.execute(update(load).where(load.c.id == run).values(undone_at=at))


def reject(connection: Connection, run: UUID, refused: Sequence[Refused]) -> None:
    """Keeps refused records, each once: the same bytes refused for the same reason at the same place are one row."""
    rejection = rows.table_of(tables.Rejection)
    wanted = {
        content_id("rejection", item.place, item.reason, item.content.hex()): {
            "load_id": run,
            "place": item.place,
            "reason": item.reason,
            "detail": item.detail,
            "content": item.content[:CONTENT_BYTES],
        }
        for item in refused
    }
    known = {row.id for row in rows.among(connection, select(rejection.c.id), rejection.c.id, wanted)}
    rows.add(connection, tables.Rejection, [{"id": key, **row} for key, row in wanted.items() if key not in known])
