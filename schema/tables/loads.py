"""By which run rows came in, and how every record of it ended."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from schema.enums import RecordForm
from schema.tables.columns import Key, UtcDateTime, identity, one_of, refers_to


class Load(SQLModel, table=True):
    """One run of the ETL; method: name and version of what extracted. undone_at: when it was taken back."""

    __table_args__ = (Index("ix_load_started_at_id", "started_at", "id"),)

    id: UUID = identity()
    started_at: datetime = Field(sa_type=UtcDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    method: str = Field(sa_type=Text)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LoadOutcome(SQLModel, table=True):
    """How many records, quotations or mentions of a load ended in one way."""

    __tablename__ = "load_outcome"
    __table_args__ = (CheckConstraint("count > 0", name="count"),)

    load_id: UUID = refers_to("load.id", index=False, primary_key=True)
    outcome: str = Field(sa_type=Text, primary_key=True)
    count: int


class Reprocess(SQLModel, table=True):
    """A run that read stored articles anew; selection: which, in words. after_id: of the last one that it came to.

    Its load's started_at is that of the last time it was begun or gone on with.
    """

    load_id: UUID = refers_to("load.id", index=False, primary_key=True)
    selection: str = Field(sa_type=Text)
    after_id: UUID = Field(sa_type=Key)


class Given(SQLModel, table=True):
    """A record as a load gave it of an article; the article is what all of them say together (etl.known).

    position: the how manieth of its article's, from 0. given: its fields but for the text, which is that of the
    article's revision with this text_hash.
    """

    __table_args__ = (Index("ix_given_load_id_article_id", "load_id", "article_id"),)

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    load_id: UUID = refers_to("load.id", index=False, cascade=False)
    text_hash: str = Field(sa_type=Text)
    given: dict[str, Any] = Field(sa_type=JSON)


class WaitingArticle(SQLModel, table=True):
    """An article that a backfill brought and that is not placed yet: of its reports nothing is to be seen.

    load_id: which brought it. window: of the day it was published on (etl.group.window). content: as JSON what it takes
    to place it, but for its text and its reports.
    """

    __tablename__ = "waiting_article"
    __table_args__ = (Index("ix_waiting_article_load_id_window_article_id", "load_id", "window", "article_id"),)

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    load_id: UUID = refers_to("load.id", index=False, cascade=False)
    window: int | None = None
    content: str = Field(sa_type=Text)


class WaitingReport(SQLModel, table=True):
    """A report of an article that waits, as JSON; position: the how manieth of the article's, from 0."""

    __tablename__ = "waiting_report"

    article_id: UUID = refers_to("waiting_article.article_id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    content: str = Field(sa_type=Text)


class Rejection(SQLModel, table=True):
    """A record that was refused: why, where it came from, and what it takes to read it again.

    load_id: by which it was refused last. content: its bytes, at most the first 64 KiB; cut: whether it had more.
    form: what the bytes are, null where they are no whole record. encoding: of a line, where that was told by its file.
    lent: the fields that a manifest or the command line gave to what lacked them.
    """

    __table_args__ = (CheckConstraint("length(content) <= 65536", name="content"),)

    id: UUID = identity()
    load_id: UUID = refers_to("load.id", cascade=False)
    place: str = Field(sa_type=Text)
    reason: str = Field(sa_type=Text, index=True)
    detail: str = Field(sa_type=Text)
    content: bytes = Field(sa_type=LargeBinary)
    cut: bool
    form: RecordForm | None = Field(default=None, sa_type=one_of(RecordForm))
    encoding: str | None = Field(default=None, sa_type=Text)
    lent: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
