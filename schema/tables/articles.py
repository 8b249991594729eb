"""Reported by whom: outlets, their articles and the texts these had."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, Text, false, text
from sqlmodel import Field, SQLModel

from schema.tables.columns import FOLDED, Key, UtcDateTime, identity, range_check, refers_to


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

    id: UUID = identity()
    name: str = Field(sa_type=Text)
    folded: str = Field(sa_type=FOLDED)
    masthead: str = Field(default="", sa_type=FOLDED, sa_column_kwargs={"server_default": ""})
    domain: str | None = Field(default=None, unique=True, sa_type=Text)
    known: bool = True
    organization_id: UUID | None = refers_to("organization.id", cascade=False, default=None)


class Article(SQLModel, table=True):
    """One text of one outlet; text is the input as decoded, unchanged.

    place: where it was written, as its dateline has it. translated: it says that it is a translation. own_event_id: the
    id of the event whose first article it is or was. withheld: people decided that its text is not to be given away;
    label then has no word of it.
    """

    __table_args__ = (
        range_check("published"),
        Index("ix_article_published_from_id", "published_from", "id"),
        Index("ix_article_updated_at_id", "updated_at", "id"),
        Index("ix_article_method_id", "method", "id"),
        CheckConstraint("length(text_hash) = 64", name="text_hash"),
        Index("ix_article_withheld", "id", sqlite_where=text("withheld"), postgresql_where=text("withheld")),
        CheckConstraint("copy_of_id <> id AND correction_of_id <> id", name="not_its_own"),
    )

    id: UUID = identity()
    source_id: UUID = refers_to("source.id", cascade=False)
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
    copy_of_id: UUID | None = refers_to("article.id", cascade=False, default=None)
    correction_of_id: UUID | None = refers_to("article.id", cascade=False, default=None)
    place: str | None = Field(default=None, sa_type=Text)
    translated: bool = Field(default=False, sa_column_kwargs={"server_default": false()})
    own_event_id: UUID | None = Field(default=None, index=True, sa_type=Key)
    method: str = Field(sa_type=Text)
    load_id: UUID = refers_to("load.id", cascade=False)
    updated_at: datetime = Field(sa_type=UtcDateTime)
    withheld: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class ExternalId(SQLModel, table=True):
    """A name that a feed gives an article."""

    __tablename__ = "external_id"

    value: str = Field(sa_type=Text, primary_key=True)
    article_id: UUID = refers_to("article.id")


class Revision(SQLModel, table=True):
    """A text an article has or had; a text seen before never replaces a later one.

    text: null for the one that the article has now.
    """

    __table_args__ = (Index("ix_revision_text_hash", "text_hash"),)

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    text_hash: str = Field(sa_type=Text, primary_key=True)
    load_id: UUID = refers_to("load.id", cascade=False)
    text: str | None = Field(default=None, sa_type=Text)


class Annotation(SQLModel, table=True):
    """What a language model found of a text (etl.annotate.packed), under the load's method that asked it."""

    text_hash: str = Field(sa_type=Text, primary_key=True)
    method: str = Field(sa_type=Text, primary_key=True)
    content: bytes = Field(sa_type=LargeBinary)


class Redirect(SQLModel, table=True):
    """An id that something had before a later load told what its article is known by, and the one it has now.

    Of articles, of their reports, and of the statements and events that were called by these.
    """

    id: UUID = identity()
    successor_id: UUID = Field(index=True, sa_type=Key)


class Author(SQLModel, table=True):
    """A byline; position counts from 0."""

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    position: int = Field(primary_key=True)
    name: str = Field(sa_type=Text)
