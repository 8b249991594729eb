"""By which run rows came in, and how every record of it ended."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from schema.tables.columns import UtcDateTime, identity, refers_to


class Load(SQLModel, table=True):
    """One run of the ETL; method: name and version of what extracted."""

    __table_args__ = (Index("ix_load_started_at_id", "started_at", "id"),)

    id: UUID = identity()
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    method: str = Field(sa_type=Text)


class LoadOutcome(SQLModel, table=True):
    """How many records, quotations or mentions of a load ended in one way."""

    __tablename__ = "load_outcome"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    load_id: UUID = refers_to("load.id", index=False, primary_key=True)
    outcome: str = Field(sa_type=Text, primary_key=True)
    count: int


class Rejection(SQLModel, table=True):
    """A record that was refused: why, and where it came from. content is its beginning, at most 64 KiB."""

    __table_args__ = (CheckConstraint("length(content) <= 65536", name="content"),)

    id: UUID = identity()
    load_id: UUID = refers_to("load.id", cascade=False)
    place: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text, index=True)
    detail: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
