"""Who speaks: people, bodies, unnamed sources, with their names and offices."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index, Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from schema.enums import SpeakerType
from schema.tables.columns import FOLDED, UtcDateTime, identity, one_of, refers_to


class Speaker(SQLModel, table=True):
    """Whoever a statement is attributed to; exactly one row of person, organization or unnamed_source shares its id."""

    __table_args__ = (
        UniqueConstraint("id", "type"),
        CheckConstraint("name <> ''", name="name"),
        Index("ix_speaker_folded_id", "folded", "id"),
    )

    id: UUID = identity()
    type: SpeakerType = Field(sa_type=one_of(SpeakerType), index=True)
    name: str = Field(sa_type=Text)
    folded: str = Field(sa_type=FOLDED)
    updated_at: datetime = Field(sa_type=UtcDateTime)


def _kind_of_speaker(kind: SpeakerType) -> tuple[Any, ...]:
    return (
        CheckConstraint(f"type = '{kind}'", name="type"),
        ForeignKeyConstraint(["id", "type"], ["speaker.id", "speaker.type"], ondelete="CASCADE"),
    )


class Person(SQLModel, table=True):
    """A named human being."""

    __table_args__ = _kind_of_speaker(SpeakerType.PERSON)

    id: UUID = identity()
    type: SpeakerType = Field(default=SpeakerType.PERSON, sa_type=Text)
    wikidata_id: str | None = Field(default=None, unique=True, sa_type=Text)


class Organization(SQLModel, table=True):
    """A body that speaks."""

    __table_args__ = _kind_of_speaker(SpeakerType.ORGANIZATION)

    id: UUID = identity()
    type: SpeakerType = Field(default=SpeakerType.ORGANIZATION, sa_type=Text)
    wikidata_id: str | None = Field(default=None, unique=True, sa_type=Text)


class UnnamedSource(SQLModel, table=True):
    """A speaker nobody names, in the one article that describes it."""

    __tablename__ = "unnamed_source"
    __table_args__ = _kind_of_speaker(SpeakerType.UNNAMED_SOURCE)

    id: UUID = identity()
    type: SpeakerType = Field(default=SpeakerType.UNNAMED_SOURCE, sa_type=Text)
    article_id: UUID = refers_to("article.id")


class Affiliation(SQLModel, table=True):
    """The body an unnamed source belongs to: 'a spokesman for the ministry'."""

    unnamed_source_id: UUID = refers_to("unnamed_source.id", index=False, primary_key=True)
    organization_id: UUID = refers_to("organization.id", primary_key=True, cascade=False)


class Alias(SQLModel, table=True):
    """A spelling under which one article names a person or body."""

    __table_args__ = (CheckConstraint("name <> ''", name="name"), Index("ix_alias_folded", "folded"))

    speaker_id: UUID = refers_to("speaker.id", index=False, primary_key=True)
    article_id: UUID = refers_to("article.id", primary_key=True)
    name: str = Field(sa_type=Text, primary_key=True)
    folded: str = Field(sa_type=FOLDED)


class AliasCount(SQLModel, table=True):
    """In how many articles a speaker goes by a spelling: kept up to date by loads."""

    __tablename__ = "alias_count"
    __table_args__ = (CheckConstraint("articles > 0", name="articles"),)

    speaker_id: UUID = refers_to("speaker.id", index=False, primary_key=True)
    name: str = Field(sa_type=Text, primary_key=True)
    articles: int


class Role(SQLModel, table=True):
    """An office or description one article gives a person; start and end are EDTF."""

    speaker_id: UUID = refers_to("speaker.id", index=False, primary_key=True)
    article_id: UUID = refers_to("article.id", primary_key=True)
    title: str = Field(sa_type=Text, primary_key=True)
    start: str | None = Field(default=None, sa_type=Text)
    end: str | None = Field(default=None, sa_type=Text)
