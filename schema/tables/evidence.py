"""Evidence between rows: functions of the pair alone, so that grouping does not depend on the order of loads.

Nine of ten rows that a load writes about an article are evidence and indexes of ours. Those refer to nothing that the
database would have to look up, row by row: what removes an article or a report removes them.
"""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, Text
from sqlmodel import Field, SQLModel

from schema.tables.columns import FOLDED, refers_to, unchecked

NO_CELL = -1_000_000
"""The cell of articles whose day is not known."""


class ReportPair(SQLModel, table=True):
    """Two reports of one speaker whose words are alike enough to be one remark; detail: all evidence."""

    __tablename__ = "report_pair"
    __table_args__ = (CheckConstraint("report_id < other_id", name="order"),)

    report_id: UUID = unchecked(primary_key=True)
    other_id: UUID = unchecked(index=True, primary_key=True)
    rule: str = Field(sa_type=Text)
    score: float
    detail: str = Field(default="", sa_type=Text, sa_column_kwargs={"server_default": ""})


class ReportWindow(SQLModel, table=True):
    """Some days on which a report's remark may have been made: others by the same speaker of about then may be it.

    window: days counted in windows from the first of January of the year 1; 0 where no day is known.
    """

    __tablename__ = "report_window"

    speaker_id: UUID = unchecked(primary_key=True)
    window: int = Field(primary_key=True)
    report_id: UUID = unchecked(index=True, primary_key=True)


class ArticlePair(SQLModel, table=True):
    """Two articles alike enough to be of one event."""

    __tablename__ = "article_pair"
    __table_args__ = (CheckConstraint("article_id < other_id", name="order"),)

    article_id: UUID = unchecked(primary_key=True)
    other_id: UUID = unchecked(index=True, primary_key=True)
    score: float


class ArticleVector(SQLModel, table=True):
    """An article's telling words and word pairs as numbers, with their weights (etl.vector.Vector.packed)."""

    __tablename__ = "article_vector"

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    terms: bytes = Field(sa_type=LargeBinary)


class ArticleTerm(SQLModel, table=True):
    """One of the most telling terms of an article, by which those like it are found.

    window: the days of publication, counted in windows; null where the day is not known. cell: that of the window
    (etl.load.cells), or NO_CELL.
    """

    __tablename__ = "article_term"
    # With all that is read of it: what is looked up is in the index.
    __table_args__ = (Index("ix_article_term_cell_term", "cell", "term", "window", "article_id", "weight"),)

    article_id: UUID = unchecked(primary_key=True)
    term: str = Field(sa_type=FOLDED, primary_key=True)
    weight: float
    window: int | None = None
    cell: int = Field(default=NO_CELL, sa_column_kwargs={"server_default": str(NO_CELL)})


class ArticleKey(SQLModel, table=True):
    """A key of an article's sentences, by which articles of one text are found; window and cell as in
    ArticleTerm.

    names: it stands for an address or a headline of an outlet, the article's own or one that its note of correction
    gives, and not for words of the text.
    """

    __tablename__ = "article_key"
    __table_args__ = (Index("ix_article_key_cell_key", "cell", "key", "window", "article_id"),)

    article_id: UUID = unchecked(primary_key=True)
    key: int = Field(sa_type=BigInteger, primary_key=True)
    names: bool
    window: int | None = None
    cell: int = Field(default=NO_CELL, sa_column_kwargs={"server_default": str(NO_CELL)})


class TextPair(SQLModel, table=True):
    """Two articles that are one text, however they came to be; detail: all evidence, in log odds."""

    __tablename__ = "text_pair"
    __table_args__ = (CheckConstraint("article_id < other_id", name="order"),)

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    other_id: UUID = refers_to("article.id", primary_key=True)
    score: float
    rule: str = Field(sa_type=Text)
    detail: str = Field(sa_type=Text)


class ArticleRelation(SQLModel, table=True):
    """What an article is of another: its copy, its correction, or a later version of it; and why."""

    __tablename__ = "article_relation"
    __table_args__ = (
        CheckConstraint("article_id <> of_id", name="not_its_own"),
        CheckConstraint("kind IN ('copy', 'correction', 'version')", name="kind"),
    )

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    kind: str = Field(sa_type=Text, primary_key=True)
    of_id: UUID = refers_to("article.id")
    score: float
    rule: str = Field(sa_type=Text)
    detail: str = Field(sa_type=Text)
