"""From an id to its object: every type that has ids, in one table."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from sqlmodel import col

from schema import tables
from schema.graphql import ids, queries, types
from schema.graphql.context import Info, every
from schema.graphql.errors import BadUserInputError, SupersededError
from schema.graphql.limits import MAX_IDS
from schema.graphql.paging import Column, Rows
from schema.graphql.successors import successors

_SPEAKERS = (queries.speaker_rows, col(tables.Speaker.id), types.speaker)
NODES: dict[str, tuple[Callable[[], Rows], Column, Callable[..., types.Node]]] = {
    "Person": _SPEAKERS,
    "Organization": _SPEAKERS,
    "UnnamedSource": _SPEAKERS,
    "Statement": (queries.statement_rows, col(tables.Statement.id), types.statement),
    "Report": (queries.any_report_rows, col(tables.Report.id), types.report),
    "Source": (queries.source_rows, col(tables.Source.id), types.source),
    "Article": (queries.article_rows, col(tables.Article.id), types.article),
    "Event": (queries.event_rows, col(tables.Event.id), types.event),
    "Load": (queries.load_rows, col(tables.Load.id), types.load),
}


async def nodes(info: Info, values: Sequence[str]) -> list[types.Node | SupersededError | None]:
    """The objects of ids, in their order; null for an id that means nothing here. One query a type.

    An id that was merged away has an error in its place, which names the successor.
    """
    if len(values) > MAX_IDS:
        raise BadUserInputError("ids", len(values), f"ids are more than the {MAX_IDS} of one request; ask in several")
    decoded = [ids.decode(value) for value in values]
    found = await _found(info, [each for each in decoded if each is not None])
    return [found.get(each) if each else None for each in decoded]


async def node(info: Info, asked: ids.GlobalId) -> types.Node | None:
    """The object of this id, or None. Raises SupersededError when the id was merged away."""
    found = (await _found(info, [asked])).get(asked)
    if isinstance(found, SupersededError):
        raise found
    return found


async def _found(info: Info, asked: Sequence[ids.GlobalId]) -> dict[ids.GlobalId, types.Node | SupersededError]:
    """What ids mean: an object, or who came after it; an id that means nothing is missing."""
    wanted: dict[str, set[UUID]] = {}
    for each in asked:
        if each.type in NODES:
            wanted.setdefault(each.type, set()).add(each.uuid)
    found: dict[ids.GlobalId, types.Node | SupersededError] = {}
    for type_name, uuids in wanted.items():
        for made in await _read(info, type_name, uuids):
            found[ids.GlobalId(type_name, made.row.id)] = made
    return {**found, **await successors(info, [each for each in asked if each not in found])}


async def _read(info: Info, type_name: str, uuids: Iterable[UUID]) -> list[types.Node]:
    rows, id_column, make = NODES[type_name]
    made = await every(info, rows().where(id_column.in_(uuids)), make)
    # A person's id under the name of another type of speaker is no id that Quoth gave.
    return [each for each in made if type(each).__name__ == type_name]
