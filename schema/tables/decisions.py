"""What people decided: loads keep to it until it is reverted."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, Text
from sqlmodel import Field, SQLModel

from schema.enums import DecisionKind
from schema.tables.columns import Key, UtcDateTime, identity, one_of, refers_to


class Decision(SQLModel, table=True):
    """Who decided what, when and why. what: as schema.decisions writes it for the kind."""

    __table_args__ = (
        CheckConstraint("\"by\" <> ''", name="by"),
        CheckConstraint("reverted_by_id <> id", name="not_by_itself"),
        Index("ix_decision_at_id", "at", "id"),
    )

    id: UUID = identity()
    at: datetime = Field(sa_type=UtcDateTime)
    by: str = Field(sa_type=Text)
    kind: DecisionKind = Field(sa_type=one_of(DecisionKind))
    what: dict[str, Any] = Field(sa_type=JSON)
    reason: str | None = Field(default=None, sa_type=Text)
    reverted_by_id: UUID | None = refers_to("decision.id", cascade=False, default=None)


class DecisionAbout(SQLModel, table=True):
    """A speaker, name or profile that a decision is about: loads find it here. No foreign key: it may be gone."""

    __tablename__ = "decision_about"

    decision_id: UUID = refers_to("decision.id", index=False, primary_key=True)
    subject_id: UUID = Field(primary_key=True, index=True, sa_type=Key)
