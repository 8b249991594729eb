"""The orders of lists: input types, and the keys they sort by."""

from collections.abc import Sequence
from typing import Any

import strawberry
from sqlalchemy import case, func, select
from sqlmodel import col

from schema import tables
from schema.graphql import text
from schema.graphql.enums import (
    ArticleOrderField,
    EventOrderField,
    OrderDirection,
    ReportOrderField,
    StatementOrderField,
)
from schema.graphql.errors import BadUserInputError
from schema.graphql.paging import Column, Key

DIRECTION = "Which end comes first; what has no value comes last in both."


@strawberry.input(description="A field to order statements by.")
class StatementOrder:
    field: StatementOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description=DIRECTION)


@strawberry.input(description="A field to order reports by.")
class ReportOrder:
    field: ReportOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description=DIRECTION)


@strawberry.input(description="A field to order articles by.")
class ArticleOrder:
    field: ArticleOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description=DIRECTION)


@strawberry.input(description="A field to order events by.")
class EventOrder:
    field: EventOrderField = strawberry.field(description="What to order by.")
    direction: OrderDirection = strawberry.field(default=OrderDirection.DESC, description=DIRECTION)


AnyOrder = StatementOrder | ReportOrder | ArticleOrder | EventOrder


def statement_keys(orders: Sequence[StatementOrder] | None, searched: text.Search | None) -> tuple[Key, ...]:
    """The keys of an order of statements; none given: first reported last first."""
    chosen = orders or [StatementOrder(field=StatementOrderField.FIRST_REPORTED_ON)]
    statement = tables.Statement
    columns: dict[str, Any] = {
        "SAID_ON": col(statement.said_from),
        "FIRST_REPORTED_ON": col(statement.first_reported_from),
        "SOURCE_COUNT": col(statement.independent_source_count),
    }
    if searched is not None:
        report = tables.Report
        columns["RELEVANCE"] = (
            select(func.count())
            .select_from(report)
            .where(col(report.statement_id) == col(statement.id), col(report.withdrawn_at).is_(None))
            .where(searched.found_in(col(report.text)))
            .correlate(statement)
            .scalar_subquery()
        )
    return _keys(chosen, columns, dates={"SAID_ON", "FIRST_REPORTED_ON"})


def report_keys(orders: Sequence[ReportOrder] | None) -> tuple[Key, ...]:
    """The keys of an order of reports (rows that hold article); none given: reported last first."""
    chosen = orders or [ReportOrder(field=ReportOrderField.REPORTED_ON)]
    columns: dict[str, Any] = {
        "REPORTED_ON": col(tables.Article.published_from),
        "CONFIDENCE": col(tables.Report.confidence),
    }
    return _keys(chosen, columns, dates={"REPORTED_ON"})


EARLIEST_REPORT_FIRST = (ReportOrder(field=ReportOrderField.REPORTED_ON, direction=OrderDirection.ASC),)


def article_keys(orders: Sequence[ArticleOrder] | None, searched: text.Search | None) -> tuple[Key, ...]:
    """The keys of an order of articles; none given: published last first."""
    chosen = orders or [ArticleOrder(field=ArticleOrderField.PUBLISHED_ON)]
    columns: dict[str, Any] = {"PUBLISHED_ON": col(tables.Article.published_from)}
    if searched is not None:
        columns["RELEVANCE"] = case((searched.found_in(col(tables.Article.headline)), 1), else_=0)
    return _keys(chosen, columns, dates={"PUBLISHED_ON"})


def event_keys(orders: Sequence[EventOrder] | None, searched: text.Search | None) -> tuple[Key, ...]:
    """The keys of an order of events; none given: the latest first."""
    chosen = orders or [EventOrder(field=EventOrderField.DATE)]
    event, statement = tables.Event, tables.Statement
    columns: dict[str, Any] = {
        "DATE": col(event.occurred_from),
        "STATEMENT_COUNT": select(func.count())
        .select_from(statement)
        .where(col(statement.event_id) == col(event.id))
        .correlate(event)
        .scalar_subquery(),
    }
    if searched is not None:
        link, article = tables.EventArticle, tables.Article
        columns["RELEVANCE"] = (
            select(func.count())
            .select_from(link)
            .join(article, col(article.id) == col(link.article_id))
            .where(col(link.event_id) == col(event.id), searched.found_in(col(article.headline)))
            .correlate(event)
            .scalar_subquery()
        )
    return _keys(chosen, columns, dates={"DATE"})


def _keys(orders: Sequence[AnyOrder], columns: dict[str, Column], dates: set[str]) -> tuple[Key, ...]:
    keys: dict[str, Key] = {}
    for order in orders:
        name = order.field.value
        if name not in columns:
            raise BadUserInputError("orderBy", name, "needs a text to be relevant to; give where.text or another order")
        if name in keys:
            raise BadUserInputError("orderBy", name, "is given twice; leave one out")
        dated = name in dates
        keys[name] = Key(
            name=f"{name} {order.direction.value}",
            column=columns[name],
            holds="instant" if dated else "number",
            descending=order.direction is OrderDirection.DESC,
            nullable=dated,
        )
    return tuple(keys.values())
