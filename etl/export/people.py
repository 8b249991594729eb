"""The lines of people: whoever speaks, bodies and unnamed sources too, told apart by `type`."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from etl.export.columns import columns_of
from etl.export.pages import Kind, Line, hanging, single
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
    aliases = hanging(connection, select(_ALIAS.c.speaker_id, *columns_of(tables.AliasCount)), ids)
    given = columns_of(tables.Role)
    counted = select(_ROLE.c.speaker_id, *given, func.count().label("articles"))
    roles = hanging(connection, counted.group_by(_ROLE.c.speaker_id, *(label.element for label in given)), ids)
    bodies = single(connection, select(_AFFILIATION.c.unnamed_source_id, *columns_of(tables.Affiliation)), ids)
    outlets = single(connection, select(_SOURCE.c.organization_id, _SOURCE.c.id), ids)
    authorities = _authorities(connection, ids)
    for line in page:
        key = line["id"]
        # Sorted here: the two databases order text differently.
        line["aliases"] = sorted(aliases[key], key=lambda alias: alias["name"])
        line["roles"] = sorted(roles[key], key=_most_frequent_first)
        line["affiliations"] = sorted(bodies[key])
        line["outlets"] = sorted(outlets[key])
        line["authority"] = authorities.get(key)


def _authorities(connection: Connection, ids: Sequence[UUID]) -> Mapping[UUID, Line]:
    """What the authority file says of these people, by id."""
    found = hanging(connection, select(_AUTHORITY.c.id.label("owner"), *columns_of(tables.Authority)), ids)
    offices = hanging(connection, select(_OFFICE.c.authority_id, *columns_of(tables.AuthorityRole)), ids)
    for office in (office for its in offices.values() for office in its):
        # Part of a key, so not null there.
        office["start"], office["end"] = office["start"] or None, office["end"] or None
    return {
        key: {**entry, "roles": sorted(offices[key], key=_in_order)}
        for key, entries in found.items()
        for entry in entries
    }


def _most_frequent_first(role: Line) -> tuple[Any, ...]:
    return (-role["articles"], *_in_order(role))


def _in_order(role: Line) -> tuple[str, str, str]:
    return role["title"], role["start"] or "", role["end"] or ""


PEOPLE = Kind(
    tables.Speaker,
    select(
        *columns_of(tables.Speaker),
        func.coalesce(_PERSON.c.wikidata_id, _BODY.c.wikidata_id).label("wikidata_id"),
        *columns_of(tables.UnnamedSource),
    )
    .outerjoin_from(_SPEAKER, _PERSON, _PERSON.c.id == _SPEAKER.c.id)
    .outerjoin(_BODY, _BODY.c.id == _SPEAKER.c.id)
    .outerjoin(_UNNAMED, _UNNAMED.c.id == _SPEAKER.c.id),
    _complete,
)
