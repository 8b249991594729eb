"""People of an authority file as rows, and what they tell loads: names of one person, whom a single name means."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select

from etl.authority import Entry
from etl.load import profiles, rows
from etl.resolve.names import parse_name, person_key
from schema import decisions, tables
from schema.decisions import Merge
from schema.enums import SpeakerType
from schema.errors import DecisionError
from schema.keys import fold, speaker_id

RULE = "authority file"
SINGLE_SCORE = 0.7
"""How sure it is that a single name that nothing else explains means the one person of the file called so."""

_NOWHERE = UUID(int=0)


def full_name_id(name: str) -> UUID | None:
    """The id of the speaker of a full name, None for a single one, which is somebody else in every article."""
    return speaker_id(person_key(name, _NOWHERE)) if parse_name(name).is_full else None


def write(connection: Connection, entries: Sequence[Entry], now: datetime) -> set[UUID]:
    """Stores the entries, each in the place of an earlier one of its name; the ids of all names they are about.

    Raises DecisionError for an entry under a single name, or one with the wikidata_id of another person of the file.
    """
    about: set[UUID] = set()
    for entry in entries:
        key = full_name_id(entry.name)
        if key is None:
            raise DecisionError(f"{entry.name!r} is one name only, many bear it; give the full name and it as an alias")
        _check_identifier(connection, key, entry)
        _check_erased(connection, key, entry)
        about |= _names_of(connection, key)
        for model in (tables.AuthorityName, tables.AuthorityRole):
            rows.remove(connection, model, "authority_id", [key])
        row = {"id": key, "name": entry.name, "aliases": list(entry.aliases), "wikidata_id": entry.wikidata_id}
        rows.put(connection, tables.Authority, [row])
        names = {fold(name): full_name_id(name) for name in (entry.name, *entry.aliases)}
        rows.add(
            connection,
            tables.AuthorityName,
            [{"authority_id": key, "folded": name, "node_id": node} for name, node in sorted(names.items())],
        )
        rows.add(
            connection,
            tables.AuthorityRole,
            [{"authority_id": key, "title": title, "start": start, "end": end} for title, start, end in entry.roles],
        )
        about |= {key, *_names_of(connection, key)}
        person = {"id": key, "type": SpeakerType.PERSON}
        rows.put(
            connection,
            tables.Speaker,
            [{**person, "name": entry.name, "folded": fold(entry.name)}],
            stamp={"updated_at": now},
        )
        rows.put(connection, tables.Person, [{**person, "wikidata_id": entry.wikidata_id}])
    return about


def merges(connection: Connection, nodes: Collection[UUID]) -> list[Merge]:
    """The names of each person of the file that has one of these names."""
    name = rows.table_of(tables.AuthorityName)
    found = rows.among(connection, select(name.c.authority_id), name.c.node_id, nodes)
    people = sorted({row.authority_id for row in found})
    query = select(name.c.authority_id, name.c.node_id).where(name.c.node_id.is_not(None))
    of: dict[UUID, set[UUID]] = {}
    for row in rows.among(connection, query, name.c.authority_id, people):
        of.setdefault(row.authority_id, set()).add(row.node_id)
    return [Merge(key, tuple(sorted(of[key]))) for key in people]


def called_so(connection: Connection, names: Collection[str]) -> dict[str, UUID]:
    """The one person of the file whom a single name, folded, means; missing where it is nobody or several."""
    name = rows.table_of(tables.AuthorityName)
    query = select(name.c.folded, name.c.authority_id).where(name.c.node_id.is_(None))
    found: dict[str, set[UUID]] = {}
    for row in rows.among(connection, query, name.c.folded, names):
        found.setdefault(row.folded, set()).add(row.authority_id)
    return {folded: next(iter(people)) for folded, people in found.items() if len(people) == 1}


@dataclass(frozen=True, slots=True)
class Listed:
    """What the file tells of one person of the graph: which of its people they are, and how it spells them."""

    people: set[UUID]
    spellings: set[str]


def about(connection: Connection, person: UUID, names: Collection[UUID]) -> Listed:
    """The people of the file whom the graph has as this one. names: ids of the names that mean the person."""
    table, name = rows.table_of(tables.Authority), rows.table_of(tables.AuthorityName)
    called = rows.among(connection, select(name.c.authority_id), name.c.node_id, names)
    among = {person, *(row.authority_id for row in called)}
    meant = {key for key in among if profiles.meant_by(connection, key) == person}
    found = rows.among(connection, select(table), table.c.id, meant)
    return Listed({row.id for row in found}, {spelled for row in found for spelled in (row.name, *row.aliases)})


def nodes_of(connection: Connection, people: Collection[UUID]) -> set[UUID]:
    """The ids of the full names of these people of the file."""
    name = rows.table_of(tables.AuthorityName)
    query = select(name.c.node_id).where(name.c.node_id.is_not(None))
    return {row.node_id for row in rows.among(connection, query, name.c.authority_id, people)}


def remove(connection: Connection, people: Collection[UUID]) -> None:
    """Removes these people of the file; no row has what it told of them any more."""
    rows.remove(connection, tables.Authority, "id", people)
    person = rows.table_of(tables.Person)
    there = rows.among(connection, select(person.c.id), person.c.id, people)
    rows.put(connection, tables.Person, [{"id": row.id, "wikidata_id": None} for row in there])


def _names_of(connection: Connection, key: UUID) -> set[UUID]:
    """The names of a person of the file, and every profile under one of its single names."""
    name, alias = rows.table_of(tables.AuthorityName), rows.table_of(tables.Alias)
    profile = rows.table_of(tables.Profile)
    found = list(connection.execute(select(name.c.node_id, name.c.folded).where(name.c.authority_id == key)))
    single = {row.folded for row in found if row.node_id is None}
    query = (
        select(profile.c.id)
        .join(alias, (alias.c.article_id == profile.c.article_id) & (alias.c.speaker_id == profile.c.speaker_id))
        .where(~profile.c.is_full)
    )
    return {row.node_id for row in found if row.node_id} | {
        row.id for row in rows.among(connection, query, alias.c.folded, single)
    }


def _check_erased(connection: Connection, key: UUID, entry: Entry) -> None:
    names = {key, *(node for name in entry.aliases if (node := full_name_id(name)))}
    if any(not names.isdisjoint((*one.names, *one.people)) for one in decisions.erasures(connection, names)):
        raise DecisionError(
            f"{entry.name!r}: a person of this name was erased; leave the line out, or take that back first "
            "(`quoth decisions`)"
        )


def _check_identifier(connection: Connection, key: UUID, entry: Entry) -> None:
    if entry.wikidata_id is None:
        return
    table = rows.table_of(tables.Authority)
    query = select(table.c.name).where(table.c.wikidata_id == entry.wikidata_id, table.c.id != key)
    if other := connection.execute(query).first():
        raise DecisionError(
            f"{entry.name!r}: {entry.wikidata_id} is {other.name!r} already; give {entry.name!r} as its alias"
        )
