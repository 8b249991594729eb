"""Said what: events, statements, and the reports that carry them with their evidence."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Text, true
from sqlmodel import Field, SQLModel

from schema.enums import Act, AttributionBasis, DateBasis, ReportingRole, SpanRole, Stage, StatementKind
from schema.tables.columns import Key, UtcDateTime, identity, one_of, range_check, refers_to


class Event(SQLModel, table=True):
    """What one or more articles are about."""

    __table_args__ = (range_check("occurred"), Index("ix_event_occurred_from_id", "occurred_from", "id"))

    id: UUID = identity()
    title: str = Field(sa_type=Text)
    occurred_on: str | None = Field(default=None, sa_type=Text)
    occurred_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    occurred_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    place: str | None = Field(default=None, sa_type=Text)


class EventArticle(SQLModel, table=True):
    """An article of an event, and how alike it is to the nearest other one (0 to 1, null for the only one).

    main: the event that it is of first of all; of a further story that it covers score is the mean likeness.
    """

    __tablename__ = "event_article"

    event_id: UUID = refers_to("event.id", index=False, primary_key=True)
    article_id: UUID = refers_to("article.id", primary_key=True)
    score: float | None = Field(default=None)
    main: bool = Field(default=True, sa_column_kwargs={"server_default": true()})


class Statement(SQLModel, table=True):
    """One remark by one speaker on one occasion. Its counts and first date are those of its reports.

    denied: the speaker denies the text ("denied that there are plans").
    """

    __table_args__ = (
        range_check("said"),
        range_check("first_reported"),
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

    id: UUID = identity()
    speaker_id: UUID | None = refers_to("speaker.id", index=False, cascade=False, default=None)
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
    said_article_id: UUID | None = refers_to("article.id", cascade=False, default=None)
    event_id: UUID | None = refers_to("event.id", cascade=False, default=None)
    first_reported_on: str | None = Field(default=None, sa_type=Text)
    first_reported_from: datetime | None = Field(default=None, sa_type=UtcDateTime)
    first_reported_to: datetime | None = Field(default=None, sa_type=UtcDateTime)
    independent_source_count: int = Field(default=1)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class StatementReason(SQLModel, table=True):
    """Why these reports are one statement, strongest first."""

    __tablename__ = "statement_reason"

    statement_id: UUID = refers_to("statement.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    stage: Stage = Field(sa_type=one_of(Stage))
    rule: str = Field(sa_type=Text)
    score: float | None = Field(default=None)
    detail: str | None = Field(default=None, sa_type=Text)


class Report(SQLModel, table=True):
    """One article's rendering of one statement. text joins the CONTENT spans; start..end holds them all.

    own_statement_id: the id of the statement whose first report it is or was. text_hash: of an earlier text of its
    article (Revision), where it is of that one and later ones do not carry it; null: it is of the present one. Offsets
    are into the text that it is of.
    """

    __table_args__ = (
        CheckConstraint('start >= 0 AND "end" > start', name="span"),
        CheckConstraint("confidence BETWEEN 0 AND 1", name="confidence"),
        CheckConstraint("(said_expression IS NULL) = (said_basis IS NULL)", name="said_evidence"),
        Index("ix_report_confidence_id", "confidence", "id"),
    )

    id: UUID = identity()
    statement_id: UUID = refers_to("statement.id", cascade=False)
    article_id: UUID = refers_to("article.id")
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
    own_statement_id: UUID | None = Field(default=None, index=True, sa_type=Key)
    confidence: float
    method: str = Field(sa_type=Text)
    load_id: UUID = refers_to("load.id", cascade=False)
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    text_hash: str | None = Field(default=None, sa_type=Text)


class ReportSpan(SQLModel, table=True):
    """A piece of the evidence, in code points and UTF-16 units (JavaScript's); position counts from 0 in text order."""

    __tablename__ = "report_span"
    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start AND end_utf16 > start_utf16', name="span"),)

    report_id: UUID = refers_to("report.id", index=False, primary_key=True)
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

    report_id: UUID = refers_to("report.id", index=False, primary_key=True)
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

    report_id: UUID = refers_to("report.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    role: ReportingRole = Field(sa_type=one_of(ReportingRole))
    name: str = Field(sa_type=Text)
    speaker_id: UUID | None = refers_to("speaker.id", cascade=False, default=None)
    source_id: UUID | None = refers_to("source.id", cascade=False, default=None)
    said_on: str | None = Field(default=None, sa_type=Text)


class Mention(SQLModel, table=True):
    """A span of a report's content that refers to a person or body."""

    __table_args__ = (CheckConstraint('start >= 0 AND "end" > start', name="span"),)

    report_id: UUID = refers_to("report.id", index=False, primary_key=True)
    start: int = Field(primary_key=True)
    end: int = Field(primary_key=True)
    speaker_id: UUID = refers_to("speaker.id", cascade=False)


class AlsoCarries(SQLModel, table=True):
    """A further statement that a report's words also carry."""

    __tablename__ = "also_carries"

    report_id: UUID = refers_to("report.id", index=False, primary_key=True)
    statement_id: UUID = refers_to("statement.id", primary_key=True)
