"""The lines of people: whoever speaks, bodies and unnamed sources too, told apart by `type`."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, func, select

from etl.export.pages import Kind, Line, columns_of, hanging, single
from etl.load.rows import table_of
from schema import tables

_SPEAKER = table_of(tables.Speaker)
_PERSON = table_of(tables.Person)
_BODY = table_of(tables.Organization)
_UNNAMED = table_of(tables.UnnamedSource)
_ALIAS = table_of(tables.AliasCount)
_ROLE = table_of(tables.Role)
_AFFILIATION = table_of(tables.Affiliation)
_SOURCE = table_of(tables.Source)
_AUTHORITY = table_of(tables.Authority)
_OFFICE = table_of(tables.AuthorityRole)


def _complete(connection: Connection, page: Sequence[Line]) -> None:
    ids = [line["id"] for line in page]
    aliases = hanging(connection, select(_ALIAS.c.speaker_id, *columns_of(tables.AliasCount, "speaker_id")), ids)
    office = (_ROLE.c.speaker_id, *columns_of(tables.Role, "speaker_id", "article_id"))
    roles = hanging(connection, select(*office, func.count().label("articles")).group_by(*office), ids)
    bodies = single(connection, select(_AFFILIATION.c.unnamed_source_id, _AFFILIATION.c.organization_id), ids)
    outlets = single(connection, select(_SOURCE.c.organization_id, _SOURCE.c.id), ids)
    authorities = _authorities(connection, ids)
    for line in page:
        key = line["id"]
        # Sorted here: the two databases order text differently.
        line["aliases"] = sorted(aliases[key], key=lambda alias: (-alias["articles"], alias["name"]))
        line["roles"] = sorted(roles[key], key=lambda role: (-role["articles"], *_in_order(role)))
        line["organization_ids"] = bodies[key]
        line["source_ids"] = outlets[key]
        line["authority"] = authorities.get(key)


def _authorities(connection: Connection, ids: Sequence[UUID]) -> Mapping[UUID, Line]:
    """What the authority file says of these people, by id."""
    found = hanging(connection, select(_AUTHORITY.c.id, *columns_of(tables.Authority, "id")), ids)
    held = select(_OFFICE.c.authority_id, *columns_of(tables.AuthorityRole, "authority_id"))
    offices = hanging(connection, held, ids)
    return {key: {**one, "roles": sorted(offices[key], key=_in_order)} for key, its in found.items() for one in its}


def _in_order(role: Line) -> tuple[str, str, str]:
    return role["title"], role["start"] or "", role["end"] or ""


PEOPLE = Kind(
    tables.Speaker,
    select(
        *columns_of(tables.Speaker, "folded"),
        func.coalesce(_PERSON.c.wikidata_id, _BODY.c.wikidata_id).label("wikidata_id"),
        *columns_of(tables.UnnamedSource, "id", "type"),
    )
    .outerjoin_from(_SPEAKER, _PERSON, _PERSON.c.id == _SPEAKER.c.id)
    .outerjoin(_BODY, _BODY.c.id == _SPEAKER.c.id)
    .outerjoin(_UNNAMED, _UNNAMED.c.id == _SPEAKER.c.id),
    _complete,
)
