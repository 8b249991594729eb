"""What people ever decided about things by their ids, whether these are there or not."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, select

from etl.load import rows
from schema import decisions, tables


def decided_about(connection: Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of these ids that a decision is about, one that was taken back as well."""
    about = rows.table_of(tables.DecisionAbout)
    if not decisions.are_there(connection):
        return set()
    return {row.subject_id for row in rows.among(connection, select(about.c.subject_id), about.c.subject_id, ids)}


def told_about(connection: Connection, ids: Collection[UUID]) -> list[str]:
    """The decisions in force that are about one of these ids, the earliest first, each in words with its id."""
    about, decision = rows.table_of(tables.DecisionAbout), rows.table_of(tables.Decision)
    if not decisions.are_there(connection):
        return []
    found = rows.among(connection, select(about.c.decision_id), about.c.subject_id, ids)
    query = select(decision).where(decision.c.reverted_by_id.is_(None))
    in_force = rows.among(connection, query, decision.c.id, {row.decision_id for row in found})
    return [f"{row.id}  {row.by}: {row.what['told']}" for row in sorted(in_force, key=lambda row: (row.at, row.id))]
