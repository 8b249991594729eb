"""The data as stored: Source, Article, Person, Organization, UnnamedSource, Statement, Event and what links them.

Integrity is the database's: foreign keys, uniqueness and checks stand here and in the migrations, not in Python alone.
Dates of the world are three columns: x_on as EDTF, x_from and x_to the closed range of instants it may mean.
Offsets are Unicode code points into article.text, half-open.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Enum,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from schema.enums import (
    Act,
    AttributionBasis,
    DateBasis,
    ReportingRole,
    SpanRole,
    SpeakerType,
    Stage,
    StatementKind,
)

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
metadata: MetaData = SQLModel.metadata


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, on SQLite as well, which keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no zone; give an aware datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


FOLDED = Text().with_variant(Text(collation="C"), "postgresql")
"""Folded text (schema.keys.fold), ordered by code point on both databases."""


def one_of(values: type[StrEnum]) -> Enum:
    """A column type of a closed set: text with a check, the same on both databases."""
    # Named by hand: the naming convention would take the anonymous name of every such check for the same.
    return Enum(values, native_enum=False, create_constraint=True, length=32, name=values.__name__.lower())


def _range_check(column: str) -> CheckConstraint:
    """x_on, x_from and x_to are all there or all null, and in order."""
    return CheckConstraint(
        f"({column}_on IS NULL) = ({column}_from IS NULL) AND ({column}_on IS NULL) = ({column}_to IS NULL) "
        f"AND ({column}_from IS NULL OR {column}_from <= {column}_to)",
        name=f"{column}_range",
    )


def _id() -> Any:
    return Field(primary_key=True)


def _to(column: str, *, index: bool = True, cascade: bool = True, **options: Any) -> Any:
    """A foreign key; cascade: the row goes with the one it belongs to."""
    return Field(foreign_key=column, index=index, ondelete="CASCADE" if cascade else "RESTRICT", **options)


# --- who ---


class Speaker(SQLModel, table=True):
    """Whoever a statement is attributed to; exactly one row of person, organization or unnamed_source shares its id."""

    __table_args__ = (
        UniqueConstraint("id", "type"),
        CheckConstraint("name <> ''", name="name"),
        Index("ix_speaker_folded_id", "folded", "id"),
    )

    id: UUID = _id()
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

    id: UUID = _id()
    type: SpeakerType = Field(default=SpeakerType.PERSON, sa_type=Text)
    wikidata_id: str | None = Field(default=None, unique=True, sa_type=Text)


class Organization(SQLModel, table=True):
    """A body that speaks."""

    __table_args__ = _kind_of_speaker(SpeakerType.ORGANIZATION)

    id: UUID = _id()
    type: SpeakerType = Field(default=SpeakerType.ORGANIZATION, sa_type=Text)
    wikidata_id: str | None = Field(default=None, unique=True, sa_type=Text)


class UnnamedSource(SQLModel, table=True):
    """A speaker nobody names, in the one article that describes it."""

    __tablename__ = "unnamed_source"
    __table_args__ = _kind_of_speaker(SpeakerType.UNNAMED_SOURCE)

    id: UUID = _id()
    type: SpeakerType = Field(default=SpeakerType.UNNAMED_SOURCE, sa_type=Text)
    article_id: UUID = _to("article.id")


class Affiliation(SQLModel, table=True):
    """The body an unnamed source belongs to: 'a spokesman for the ministry'."""

    unnamed_source_id: UUID = _to("unnamed_source.id", index=False, primary_key=True)
    organization_id: UUID = _to("organization.id", primary_key=True, cascade=False)


class Alias(SQLModel, table=True):
    """A spelling under which one article names a person or body."""

    __table_args__ = (CheckConstraint("name <> ''", name="name"), Index("ix_alias_folded", "folded"))

    speaker_id: UUID = _to("speaker.id", index=False, primary_key=True)
    article_id: UUID = _to("article.id", primary_key=True)
    name: str = Field(sa_type=Text, primary_key=True)
    folded: str = Field(sa_type=FOLDED)


class Role(SQLModel, table=True):
    """An office or description one article gives a person; start and end are EDTF."""

    speaker_id: UUID = _to("speaker.id", index=False, primary_key=True)
    article_id: UUID = _to("article.id", primary_key=True)
    title: str = Field(sa_type=Text, primary_key=True)
    start: str | None = Field(default=None, sa_type=Text)
    end: str | None = Field(default=None, sa_type=Text)


# --- reported by whom ---


class Source(SQLModel, table=True):
    """An outlet; the one row with known = false holds articles whose outlet nobody gave.

    masthead: the name by which articles quote it, folded, without article and what stands in parentheses.
    organization_id: the body of that name, once an article names it.
    """

    __table_args__ = (
        Index(
            "uq_source_unknown",
            "known",
            unique=True,
            sqlite_where=text("NOT known"),
            postgresql_where=text("NOT known"),
        ),
        CheckConstraint("name <> ''", name="name"),
        Index("ix_source_folded_id", "folded", "id"),
        Index("ix_source_masthead", "masthead"),
    )

    id: UUID = _id()
    name: str = Field(sa_type=Text)
    folded: str = Field(sa_type=FOLDED)
    masthead: str = Field(default="", sa_type=FOLDED, sa_column_kwargs={"server_default": ""})
    domain: str | None = Field(default=None, unique=True, sa_type=Text)
    known: bool = True
    organization_id: UUID | None = _to("organization.id", cascade=False, default=None)


class Article(SQLModel, table=True):
    """One text of one outlet; text is the input as decoded, unchanged."""

    __table_args__ = (
        _range_check("published"),
        Index("ix_article_published_from_id", "published_from", "id"),
        Index("ix_article_updated_at_id", "updated_at", "id"),
        CheckConstraint("length(text_hash) = 64", name="text_hash"),
        CheckConstraint("copy_of_id <> id AND correction_of_id <> id", name="not_its_own"),
    )

    id: UUID = _id()
    source_id: UUID = _to("source.id", cascade=False)
    label: str = Field(sa_type=Text)
    headline: str | None = Field(default=None, sa_type=Text)
    url: str | None = Field(default=None, unique=True, sa_type=Text)
    language: str | None = Field(default=None, sa_type=Text)
    file_name: str | None = Field(default=None, sa_type=Text)
    published_on: str | None = Field(default=None, sa_type=Text)
    published_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    published_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    text: str = Field(sa_type=Text)
    text_hash: str = Field(sa_type=Text, index=True)
    copy_of_id: UUID | None = _to("article.id", cascade=False, default=None)
    correction_of_id: UUID | None = _to("article.id", cascade=False, default=None)
    method: str = Field(sa_type=Text)
    load_id: UUID = _to("load.id", cascade=False)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ExternalId(SQLModel, table=True):
    """A name that a feed gives an article."""

    __tablename__ = "external_id"

    value: str = Field(sa_type=Text, primary_key=True)
    article_id: UUID = _to("article.id")


class Revision(SQLModel, table=True):
    """A text an article has or had; a text seen before never replaces a later one."""

    article_id: UUID = _to("article.id", index=False, primary_key=True)
    text_hash: str = Field(sa_type=Text, primary_key=True)
    load_id: UUID = _to("load.id", cascade=False)


class Author(SQLModel, table=True):
    """A byline; position counts from 0."""

    article_id: UUID = _to("article.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(sa_type=Text)


# --- said what ---


class Event(SQLModel, table=True):
    """What one or more articles are about."""

    __table_args__ = (_range_check("occurred"), Index("ix_event_occurred_from_id", "occurred_from", "id"))

    id: UUID = _id()
    title: str = Field(sa_type=Text)
    occurred_on: str | None = Field(default=None, sa_type=Text)
    occurred_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    occurred_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    place: str | None = Field(default=None, sa_type=Text)


class EventArticle(SQLModel, table=True):
    """An article of an event, and how alike it is to the nearest other one (0 to 1, null for the only one)."""

    __tablename__ = "event_article"

    event_id: UUID = _to("event.id", index=False, primary_key=True)
    article_id: UUID = _to("article.id", primary_key=True)
    score: float | None = Field(default=None)


class Statement(SQLModel, table=True):
    """One remark by one speaker on one occasion. Its counts and first date are those of its reports.

    denied: the speaker denies the text ("denied that there are plans").
    """

    __table_args__ = (
        _range_check("said"),
        _range_check("first_reported"),
        CheckConstraint(
            "(said_expression IS NULL) = (said_basis IS NULL) "
            "AND (said_expression IS NULL) = (said_article_id IS NULL)",
            name="said_evidence",
        ),
        CheckConstraint("independent_source_count >= 1", name="independent_source_count"),
        Index("ix_statement_first_reported_from_id", "first_reported_from", "id"),
        Index("ix_statement_said_from_id", "said_from", "id"),
        Index("ix_statement_independent_source_count_id", "independent_source_count", "id"),
        Index("ix_statement_speaker_id_first_reported_from_id", "speaker_id", "first_reported_from", "id"),
        Index("ix_statement_updated_at_id", "updated_at", "id"),
    )

    id: UUID = _id()
    speaker_id: UUID | None = _to("speaker.id", index=False, cascade=False, default=None)
    text: str = Field(sa_type=Text)
    kind: StatementKind = Field(sa_type=one_of(StatementKind))
    act: Act = Field(sa_type=one_of(Act))
    denied: bool = False
    said_on: str | None = Field(default=None, sa_type=Text)
    said_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    said_basis: DateBasis | None = Field(default=None, sa_type=one_of(DateBasis))
    said_expression: str | None = Field(default=None, sa_type=Text)
    said_anchor: str | None = Field(default=None, sa_type=Text)
    said_article_id: UUID | None = _to("article.id", cascade=False, default=None)
    event_id: UUID | None = _to("event.id", cascade=False, default=None)
    first_reported_on: str | None = Field(default=None, sa_type=Text)
    first_reported_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_reported_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    independent_source_count: int = Field(default=1)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class StatementReason(SQLModel, table=True):
    """Why these reports are one statement, strongest first."""

    __tablename__ = "statement_reason"

    statement_id: UUID = _to("statement.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    stage: Stage = Field(sa_type=one_of(Stage))
    rule: str = Field(sa_type=Text)
    score: float | None = Field(default=None)
    detail: str | None = Field(default=None, sa_type=Text)


class Report(SQLModel, table=True):
    """One article's rendering of one statement. text joins the CONTENT spans; start..end holds them all."""

    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint("(said_expression IS NULL) = (said_basis IS NULL)", name="said_evidence"),
        Index("ix_report_confidence_id", "confidence", "id"),
    )

    id: UUID = _id()
    statement_id: UUID = _to("statement.id", cascade=False)
    article_id: UUID = _to("article.id")
    text: str = Field(sa_type=Text)
    exact: str = Field(sa_type=Text)
    start: int
    end: int
    kind: StatementKind = Field(sa_type=one_of(StatementKind))
    act: Act = Field(sa_type=one_of(Act))
    basis: AttributionBasis = Field(sa_type=one_of(AttributionBasis))
    said_basis: DateBasis | None = Field(default=None, sa_type=one_of(DateBasis))
    said_expression: str | None = Field(default=None, sa_type=Text)
    said_anchor: str | None = Field(default=None, sa_type=Text)
    said_on: str | None = Field(default=None, sa_type=Text)
    denied: bool = False
    confidence: float
    method: str = Field(sa_type=Text)
    load_id: UUID = _to("load.id", cascade=False)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReportSpan(SQLModel, table=True):
    """A piece of the evidence, in code points and UTF-16 units (JavaScript's); position counts from 0 in text order."""

    __tablename__ = "report_span"
    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start AND end_utf16 > start_utf16', name="span"),)

    report_id: UUID = _to("report.id", index=False, primary_key=True)
    role: SpanRole = Field(sa_type=one_of(SpanRole), primary_key=True)
    position: int = Field(primary_key=True)
    exact: str = Field(sa_type=Text)
    start: int
    end: int
    start_utf16: int
    end_utf16: int


class ReportReason(SQLModel, table=True):
    """Why these words are this speaker's, in the order of the stages."""

    __tablename__ = "report_reason"

    report_id: UUID = _to("report.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    stage: Stage = Field(sa_type=one_of(Stage))
    rule: str = Field(sa_type=Text)
    score: float | None = Field(default=None)
    detail: str | None = Field(default=None, sa_type=Text)


class ReportingLink(SQLModel, table=True):
    """A link of the chain; position 0 is the speaker, the last one the publisher. said_on is EDTF."""

    __tablename__ = "reporting_link"
    __table_args__ = (
        CheckConstraint("speaker_id IS NULL OR source_id IS NULL", name="one_party"),
        CheckConstraint("role <> 'PUBLISHER' OR source_id IS NOT NULL", name="publisher"),
    )

    report_id: UUID = _to("report.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    role: ReportingRole = Field(sa_type=one_of(ReportingRole))
    name: str = Field(sa_type=Text)
    speaker_id: UUID | None = _to("speaker.id", cascade=False, default=None)
    source_id: UUID | None = _to("source.id", cascade=False, default=None)
    said_on: str | None = Field(default=None, sa_type=Text)


class Mention(SQLModel, table=True):
    """A span of a report's content that refers to a person or body."""

    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start', name="span"),)

    report_id: UUID = _to("report.id", index=False, primary_key=True)
    start: int = Field(primary_key=True)
    end: int = Field(primary_key=True)
    speaker_id: UUID = _to("speaker.id", cascade=False)


class AlsoCarries(SQLModel, table=True):
    """A further statement that a report's words also carry."""

    __tablename__ = "also_carries"

    report_id: UUID = _to("report.id", index=False, primary_key=True)
    statement_id: UUID = _to("statement.id", primary_key=True)


# --- evidence between rows: functions of the pair alone, so that grouping does not depend on the order of loads ---


class ReportPair(SQLModel, table=True):
    """Two reports of one speaker whose words are alike enough to be one remark."""

    __tablename__ = "report_pair"
    __table_args__ = (CheckConstraint("report_id < other_id", name="order"),)

    report_id: UUID = _to("report.id", index=False, primary_key=True)
    other_id: UUID = _to("report.id", primary_key=True)
    rule: str = Field(sa_type=Text)
    score: float


class ArticlePair(SQLModel, table=True):
    """Two articles alike enough to be of one event."""

    __tablename__ = "article_pair"
    __table_args__ = (CheckConstraint("article_id < other_id", name="order"),)

    article_id: UUID = _to("article.id", index=False, primary_key=True)
    other_id: UUID = _to("article.id", primary_key=True)
    score: float


class ArticleTerm(SQLModel, table=True):
    """A telling word or word pair of an article, weighted: the squares of an article's weights add up to 1."""

    __tablename__ = "article_term"

    article_id: UUID = _to("article.id", index=False, primary_key=True)
    term: str = Field(sa_type=FOLDED, primary_key=True, index=True)
    weight: float


# --- by which run ---


class Load(SQLModel, table=True):
    """One run of the ETL; method: name and version of what extracted."""

    __table_args__ = (Index("ix_load_started_at_id", "started_at", "id"),)

    id: UUID = _id()
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    method: str = Field(sa_type=Text)


class LoadOutcome(SQLModel, table=True):
    """How many records, quotations or mentions of a load ended in one way."""

    __tablename__ = "load_outcome"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    load_id: UUID = _to("load.id", index=False, primary_key=True)
    outcome: str = Field(sa_type=Text, primary_key=True)
    count: int


class Rejection(SQLModel, table=True):
    """A record that was refused: why, and where it came from. content is its beginning, at most 64 KiB."""

    __table_args__ = (CheckConstraint("length(content) <= 65536", name="content"),)

    id: UUID = _id()
    load_id: UUID = _to("load.id", cascade=False)
    place: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text, index=True)
    detail: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
