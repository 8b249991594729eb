"""Evidence between rows: functions of the pair alone, so that grouping does not depend on the order of loads."""

from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from schema.tables.columns import FOLDED, refers_to


class ReportPair(SQLModel, table=True):
    """Two reports of one speaker whose words are alike enough to be one remark."""

    __tablename__ = "report_pair"
    __table_args__ = (CheckConstraint("report_id < other_id", name="order"),)

    report_id: UUID = refers_to("report.id", index=False, primary_key=True)
    other_id: UUID = refers_to("report.id", primary_key=True)
    rule: str = Field(sa_type=Text)
    score: float


class ArticlePair(SQLModel, table=True):
    """Two articles alike enough to be of one event."""

    __tablename__ = "article_pair"
    __table_args__ = (CheckConstraint("article_id < other_id", name="order"),)

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    other_id: UUID = refers_to("article.id", primary_key=True)
    score: float


class ArticleTerm(SQLModel, table=True):
    """A telling word or word pair of an article, weighted: the squares of an article's weights add up to 1."""

    __tablename__ = "article_term"

    article_id: UUID = refers_to("article.id", index=False, primary_key=True)
    term: str = Field(sa_type=FOLDED, primary_key=True, index=True)
    weight: float
