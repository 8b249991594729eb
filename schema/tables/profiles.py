"""Who is who across articles: what each article says of a person or body, whom it was found to mean, and why."""

from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKeyConstraint, Index, Text, text
from sqlmodel import Field, SQLModel

from schema.enums import SpeakerType
from schema.tables.columns import Key, identity, one_of, refers_to, unchecked

BY_NAME = "name"
"""The rule of a profile whose name alone says who it is."""

_JUDGED = f"rule <> '{BY_NAME}'"


class Profile(SQLModel, table=True):
    """A named person or body as one article shows them, and the speaker they are: with which certainty, by which rule.

    own_id: the speaker they would be if nothing but the name counted; no row need have this id any more. is_full: more
    than a single name, or than an acronym. offices: as schema-free text, sorted; year: that of the publication. gender:
    "male", "female" or "".
    """

    __table_args__ = (
        CheckConstraint("type <> 'UNNAMED_SOURCE'", name="named"),
        CheckConstraint("score BETWEEN 0 AND 1", name="score"),
        Index("ix_profile_own_id_speaker_id", "own_id", "speaker_id"),
        Index("ix_profile_judged", "own_id", sqlite_where=text(_JUDGED), postgresql_where=text(_JUDGED)),
    )

    id: UUID = identity()
    article_id: UUID = refers_to("article.id")
    speaker_id: UUID = refers_to("speaker.id", cascade=False)
    own_id: UUID = Field(sa_type=Key)
    type: SpeakerType = Field(sa_type=one_of(SpeakerType))
    name: str = Field(sa_type=Text)
    is_full: bool
    offices: str = Field(default="", sa_type=Text)
    year: int | None = None
    gender: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    aliases: list[str] = Field(sa_type=JSON)
    roles: list[str] = Field(sa_type=JSON)
    rule: str = Field(sa_type=Text)
    score: float
    detail: str | None = Field(default=None, sa_type=Text)


class OfficeCount(SQLModel, table=True):
    """In how many profiles of a name some offices, or none (""), are told, by year (0 where unknown); kept by loads.

    What tells namesakes apart, and which of two spellings is the usual one, is read from here, so that a name's
    millionth profile costs what its thousandth did.
    """

    __tablename__ = "office_count"
    __table_args__ = (CheckConstraint("profiles > 0", name="profiles"),)

    own_id: UUID = identity()
    offices: str = Field(sa_type=Text, primary_key=True)
    year: int = Field(primary_key=True)
    profiles: int


class ProfilePair(SQLModel, table=True):
    """Two people or bodies of alike articles whose different names may be one's; detail: all evidence, in log odds.

    own_id, other_own_id: those of the two profiles (Profile.own_id), where both have a full name.
    """

    __tablename__ = "profile_pair"
    __table_args__ = (CheckConstraint("profile_id < other_id", name="order"),)

    profile_id: UUID = refers_to("profile.id", index=False, primary_key=True)
    other_id: UUID = refers_to("profile.id", primary_key=True)
    rule: str = Field(sa_type=Text)
    score: float
    detail: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})
    own_id: UUID | None = unchecked(index=True, default=None)
    other_own_id: UUID | None = unchecked(index=True, default=None)


class LinkProfile(SQLModel, table=True):
    """Which profile of its article a link of the chain is about."""

    __tablename__ = "link_profile"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "position"], ["reporting_link.report_id", "reporting_link.position"], ondelete="CASCADE"
        ),
    )

    report_id: UUID = identity()
    position: int = Field(primary_key=True)
    profile_id: UUID = refers_to("profile.id")


class MentionProfile(SQLModel, table=True):
    """Which profile of its article a mention is about."""

    __tablename__ = "mention_profile"
    __table_args__ = (
        ForeignKeyConstraint(
            ["report_id", "start", "end"], ["mention.report_id", "mention.start", "mention.end"], ondelete="CASCADE"
        ),
    )

    report_id: UUID = identity()
    start: int = Field(primary_key=True)
    end: int = Field(primary_key=True)
    profile_id: UUID = refers_to("profile.id")
