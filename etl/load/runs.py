"""The record of a run: versions and outcome counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from etl.load import rows
from schema import tables


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


def method_of(connection: Connection, run: UUID) -> str:
    """By what this recorded run extracted."""
    load = rows.table_of(tables.Load)
    return str(connection.execute(select(load.c.method).where(load.c.id == run)).scalar_one())
