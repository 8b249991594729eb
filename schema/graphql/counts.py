"""How many statements per group: Query.statementCounts, its types and its one SQL statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, Text, and_, case, func, label, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import aliased
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import col
from strawberry import Private

from schema import tables
from schema.graphql import filters, ids, nodes
from schema.graphql.connections import field
from schema.graphql.context import Info
from schema.graphql.enums import Act, ReportingRole, SpeakerType, StatementGroup
from schema.graphql.errors import BadUserInputError
from schema.graphql.paging import Column, Rows
from schema.graphql.types import SPEAKER_TYPES, Node

NONE = "none"
"""Label of the group of those that have no value: nobody named, no date, no event, not relayed."""

_statement, _report, _article = tables.Statement, tables.Report, tables.Article
_speaker, _source, _event, _link = tables.Speaker, tables.Source, tables.Event, tables.ReportingLink
_relayer = aliased(tables.Speaker, name="relayer")
_relaying_source = aliased(tables.Source, name="relaying_source")


@strawberry.type(description="What a group of statements has in common.")
class GroupKey:
    group: StatementGroup = strawberry.field(description="What it was grouped by.")
    label: str = strawberry.field(description="Name, title, day or word of the group; 'none' for those without one.")
    type: Private[str | None]
    uuid: Private[UUID | None]

    @field
    async def node(self, info: Info) -> Node | None:
        """The speaker, outlet or event that the group is, where it is one."""
        if self.type is None or self.uuid is None:
            return None
        return await nodes.node(info, ids.GlobalId(self.type, self.uuid))


@strawberry.type(description="A group and how many statements are in it.")
class StatementCount:
    keys: list[GroupKey] = strawberry.field(description="One key for each field it was grouped by, in that order.")
    count: int = strawberry.field(description="How many statements are in it.")


@dataclass(frozen=True, slots=True)
class _Group:
    """The columns that tell a group: its label, and the id and type of its node where it has one."""

    label: Column
    id: Column | None = None
    type: Column | None = None
    node: str | None = None
    """The type of its node where it is always the same."""

    def columns(self) -> list[Column]:
        return [column for column in (self.label, self.id, self.type) if column is not None]


def _day(value: Any) -> ColumnElement[Any]:
    """The day of an EDTF in its own zone; a wider date stays as it is."""
    one_day = and_(func.length(value) >= len("2022-01-17"), value.not_like("%/%"))
    return case((one_day, func.substr(value, 1, len("2022-01-17"))), else_=value)


_GROUPS = {
    StatementGroup.SPEAKER: _Group(col(_speaker.name), col(_speaker.id), col(_speaker.type)),
    StatementGroup.SPEAKER_TYPE: _Group(col(_speaker.type)),
    StatementGroup.SOURCE: _Group(col(_source.name), col(_source.id), node="Source"),
    StatementGroup.RELAYER: _Group(
        func.coalesce(col(_relayer.name), col(_relaying_source.name), col(_link.name)),
        func.coalesce(col(_relayer.id), col(_relaying_source.id)),
        col(_relayer.type),
        node="Source",
    ),
    StatementGroup.EVENT: _Group(col(_event.title), col(_event.id), node="Event"),
    StatementGroup.SAID_DAY: _Group(_day(col(_statement.said_on))),
    StatementGroup.REPORTED_DAY: _Group(_day(col(_article.published_on))),
    StatementGroup.KIND: _Group(col(_statement.kind)),
    StatementGroup.METHOD: _Group(col(_report.method)),
}
_OF_SPEAKERS = {StatementGroup.SPEAKER, StatementGroup.SPEAKER_TYPE}
_OF_REPORTS = {
    StatementGroup.SOURCE,
    StatementGroup.RELAYER,
    StatementGroup.REPORTED_DAY,
    StatementGroup.METHOD,
}


class _CodePoints(FunctionElement[str]):
    """A text as ordered by code point; SQLite knows no other order."""

    type = Text()
    inherit_cache = True


@compiles(_CodePoints)
def _compile(element: _CodePoints, compiler: SQLCompiler, **options: Any) -> str:
    return compiler.process(element.clauses, **options)


@compiles(_CodePoints, "postgresql")
def _compile_postgresql(element: _CodePoints, compiler: SQLCompiler, **options: Any) -> str:
    return f'{compiler.process(element.clauses, **options)} COLLATE "C"'


def select_counts(
    groups: Sequence[StatementGroup], where: filters.StatementFilter | None, acts: Sequence[Act], first: int
) -> Rows:
    """The columns of each group in order, then the count; largest first.

    Raises BadUserInputError for a group given twice.
    """
    if len(set(groups)) < len(groups):
        raise BadUserInputError("groupBy", [group.value for group in groups], "names a group twice; leave one out")
    columns = [column for group in groups for column in _GROUPS[group].columns()]
    labelled = [label(f"key_{number}", column) for number, column in enumerate(columns)]
    # Each statement once in each of its groups; grouped outside, where the keys are plain columns.
    pairs = (
        _joined(select(col(_statement.id).label("statement_id"), *labelled).select_from(_statement), set(groups))
        .where(filters.statement_where(where), col(_statement.act).in_(acts))
        .distinct()
        .subquery()
    )
    keys = [pairs.c[column.name] for column in labelled]
    count = func.count().label("count")
    ties = [(_CodePoints(key) if _is_text(key) else key).asc().nulls_last() for key in keys]
    return select(*keys, count).select_from(pairs).group_by(*keys).order_by(count.desc(), *ties).limit(first)


def _is_text(column: ColumnElement[Any]) -> bool:
    return isinstance(column.type, Text)


def _joined(rows: Rows, groups: set[StatementGroup]) -> Rows:
    if groups & _OF_SPEAKERS:
        rows = rows.outerjoin(_speaker, col(_speaker.id) == col(_statement.speaker_id))
    if StatementGroup.EVENT in groups:
        rows = rows.outerjoin(_event, col(_event.id) == col(_statement.event_id))
    if groups & _OF_REPORTS:
        live = and_(col(_report.statement_id) == col(_statement.id), col(_report.withdrawn_at).is_(None))
        rows = rows.outerjoin(_report, live)
        rows = rows.outerjoin(_article, col(_article.id) == col(_report.article_id))
    if StatementGroup.SOURCE in groups:
        rows = rows.outerjoin(_source, col(_source.id) == col(_article.source_id))
    if StatementGroup.RELAYER in groups:
        passed_on = and_(col(_link.report_id) == col(_report.id), col(_link.role) == ReportingRole.RELAYER)
        rows = rows.outerjoin(_link, passed_on)
        rows = rows.outerjoin(_relayer, col(_relayer.id) == col(_link.speaker_id))
        rows = rows.outerjoin(_relaying_source, col(_relaying_source.id) == col(_link.source_id))
    return rows


async def count_statements(
    info: Info,
    groups: Sequence[StatementGroup],
    where: filters.StatementFilter | None,
    acts: Sequence[Act],
    first: int,
) -> list[StatementCount]:
    """The groups with their counts, largest first."""
    found = await info.context.read(select_counts(groups, where, acts, first))
    return [StatementCount(keys=list(_keys(groups, row[:-1])), count=row[-1]) for row in found]


def _keys(groups: Sequence[StatementGroup], values: Sequence[Any]) -> list[GroupKey]:
    keys, rest = [], list(values)
    for group in groups:
        told = _GROUPS[group]
        named = rest.pop(0)
        uuid: UUID | None = rest.pop(0) if told.id is not None else None
        of_speaker: SpeakerType | None = rest.pop(0) if told.type is not None else None
        type_name = told.node if of_speaker is None else SPEAKER_TYPES[of_speaker].__name__
        keys.append(GroupKey(group=group, label=NONE if named is None else str(named), type=type_name, uuid=uuid))
    return keys
