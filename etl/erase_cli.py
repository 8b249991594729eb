"""`quoth erase`: a person goes from the graph, and no later load makes the person again."""

import argparse
import getpass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, or_, select

from etl.errors import NotMeantError
from etl.load.erasing import check_reason, erase, in_order
from etl.load.rows import table_of
from etl.meant import id_meant
from schema import tables
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.enums import SpeakerType
from schema.global_ids import decode, encode
from schema.keys import fold
from schema.migrate import check_current
from schema.settings import DatabaseSettings


def add_erase(subcommands: Any) -> None:
    """Adds `erase`."""
    command = subcommand(
        subcommands,
        "erase",
        _erase,
        help="remove a person with all that he or she said, and keep later loads from making the person again",
        example='quoth erase 508a5c14-378a-5825-82de-c48f4e274d2b --reason "asked for it on 3 March"',
    )
    command.add_argument("people", nargs="+", metavar="ID", help="the id of a person, as the API or the store has it")
    command.add_argument("--reason", required=True, help="why, without the name; it stays with the decision")
    command.add_argument("--by", default=None, help="who decides (default: the user of this machine)")
    database_option(command)


def _erase(arguments: argparse.Namespace) -> int:
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    by = arguments.by or getpass.getuser()
    try:
        with reading(engine) as connection:
            people = [_person(connection, given) for given in dict.fromkeys(arguments.people)]
            # Whoever is named wrongly is told before anybody is erased.
            for person in people:
                check_reason(connection, person, arguments.reason)
            people = in_order(connection, people)
        for person in people:
            decision = erase(engine, person, by=by, at=datetime.now(UTC), reason=arguments.reason)
            told = f"{person}: erased; later loads do not make the person again"
            print(f"{told}; taken back with: quoth decisions --revert {decision}")
    finally:
        engine.dispose()
    return 0


def _person(connection: Connection, given: str) -> UUID:
    """The id that is meant. Raises NotMeantError for the id of something else and for a name."""
    found = decode(given)
    if found is not None and found.type != "Person":
        raise NotMeantError(f"{given} is an id of type {found.type}, not of a person; look the id up again")
    key = id_meant(given, "Person")
    if key is not None:
        return key
    people = _called(connection, given)
    if not people:
        raise NotMeantError(f"{given!r} is no id, and nobody is called so; give a person's id as the API prints it")
    raise NotMeantError(
        f"{given!r} is no id; {len(people)} {'is' if len(people) == 1 else 'are'} called so: {'; '.join(people)}; "
        "give the id of the one that is meant"
    )


def _called(connection: Connection, name: str) -> list[str]:
    """The people who have this name or spelling, in words: both ids, the name, the offices."""
    speaker, alias, role = table_of(tables.Speaker), table_of(tables.Alias), table_of(tables.Role)
    spelled = select(alias.c.speaker_id).where(alias.c.folded == fold(name))
    query = select(speaker.c.id, speaker.c.name).where(
        speaker.c.type == SpeakerType.PERSON, or_(speaker.c.folded == fold(name), speaker.c.id.in_(spelled))
    )
    found = []
    for row in connection.execute(query.order_by(speaker.c.folded, speaker.c.id)).all():
        titles = select(role.c.title).where(role.c.speaker_id == row.id).distinct().order_by(role.c.title)
        told = ", ".join([row.name, *connection.execute(titles).scalars()])
        found.append(f"{row.id} ({encode('Person', row.id)}) {told}")
    return found
