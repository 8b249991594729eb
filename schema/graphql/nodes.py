"""From an id to its object: every type that has ids, in one table."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from sqlmodel import col

from schema import tables
from schema.graphql import ids, queries, types
from schema.graphql.context import Info, every
from schema.graphql.enums import SpeakerType
from schema.graphql.errors import BadUserInputError, SupersededError
from schema.graphql.limits import MAX_IDS
from schema.graphql.paging import Column, Rows

_SPEAKERS = (queries.speaker_rows, col(tables.Speaker.id), types.speaker)
NODES: dict[str, tuple[Callable[[], Rows], Column, Callable[..., types.Node]]] = {
    "Person": _SPEAKERS,
    "Organization": _SPEAKERS,
    "UnnamedSource": _SPEAKERS,
    "Statement": (queries.statement_rows, col(tables.Statement.id), types.statement),
    "Report": (queries.report_rows, col(tables.Report.id), types.report),
    "Source": (queries.source_rows, col(tables.Source.id), types.source),
    "Article": (queries.article_rows, col(tables.Article.id), types.article),
    "Event": (queries.event_rows, col(tables.Event.id), types.event),
    "Load": (queries.load_rows, col(tables.Load.id), types.load),
}


async def nodes(info: Info, values: Sequence[str]) -> list[types.Node | SupersededError | None]:
    """The objects of ids, in their order; null for an id that means nothing here. One query a type.

    A speaker who was found to be another one is an error in its place, which names the successor.
    """
    if len(values) > MAX_IDS:
        raise BadUserInputError("ids", len(values), f"ids are more than the {MAX_IDS} of one request; ask in several")
    decoded = [ids.decode(value) for value in values]
    wanted: dict[str, set[UUID]] = {}
    for each in decoded:
        if each is not None and each.type in NODES:
            wanted.setdefault(each.type, set()).add(each.uuid)
    found = {}
    for type_name, uuids in wanted.items():
        for made in await _read(info, type_name, uuids):
            found[type_name, made.row.id] = made
    missing = {each for each in decoded if each and each.type in ids.SPEAKERS and (each.type, each.uuid) not in found}
    gone = await _superseded(info, {each.uuid for each in missing}) if missing else {}
    return [(found.get((each.type, each.uuid)) or gone.get(each.uuid)) if each else None for each in decoded]


async def _superseded(info: Info, speakers: set[UUID]) -> dict[UUID, SupersededError]:
    """Whom ids mean that were merged away by their name, or by somebody."""
    found: dict[UUID, SupersededError] = {}
    for own, now, type_, _ in await info.context.read(queries.successors(speakers)):
        successor = ids.encode("Person" if type_ == SpeakerType.PERSON else "Organization", now)
        found.setdefault(own, SupersededError(successor))
    into = {own: UUID(what["into"]) for own, what in await info.context.read(queries.merged(speakers - set(found)))}
    rows = queries.speaker_rows().where(col(tables.Speaker.id).in_(into.values()))
    there = {made.row.id: type(made).__name__ for made in await every(info, rows, types.speaker)} if into else {}
    return found | {
        own: SupersededError(ids.encode(there[now], now)) for own, now in into.items() if now in there and own != now
    }


async def node(info: Info, type_name: str, uuid: UUID) -> types.Node | None:
    """The object of this type and id, or None."""
    found = await _read(info, type_name, [uuid])
    return found[0] if found else None


async def _read(info: Info, type_name: str, uuids: Iterable[UUID]) -> list[types.Node]:
    rows, id_column, make = NODES[type_name]
    made = await every(info, rows().where(id_column.in_(uuids)), make)
    # A person's id under the name of another type of speaker is no id that Quoth gave.
    return [each for each in made if type(each).__name__ == type_name]
