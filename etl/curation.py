"""`quoth people`, `reports`, `statements`, `events` and `decisions`: what people decide and know about the graph."""

import argparse
import getpass
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, or_, select

from schema import tables
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.errors import DecisionError
from schema.global_ids import decode
from schema.keys import fold
from schema.migrate import check_current
from schema.settings import DatabaseSettings

_SHOWN = 5
"""People of one name that an error lists at most."""


def add_people(subcommands: Any) -> None:
    """Adds `people`, `reports`, `statements` and `events` with their actions, and `decisions`."""
    people = subcommands.add_parser("people", help="correct who is who: merge, split, import an authority file")
    actions = people.add_subparsers(title="actions", metavar="ACTION", required=True)
    merge = subcommand(
        actions,
        "merge",
        _merge,
        help="say that people, or bodies, are one; later loads keep to it",
        example='quoth people merge "Bill Orlov" "Vilém Orlov" --reason "one passport"',
    )
    merge.add_argument("into", metavar="INTO", help="who stays: an id or a name that one row has")
    merge.add_argument("others", metavar="OTHER", nargs="+", help="who is the same")
    split = subcommand(
        actions,
        "split",
        _split,
        help="say that some spellings, or the speaker of some reports, are somebody else",
        example='quoth people split "Ann Smith" --alias "Ann B. Smith"',
    )
    split.add_argument("speaker", metavar="SPEAKER", help="whom: an id or a name that one row has")
    split.add_argument("--alias", action="append", default=[], help="a spelling that is somebody else's; repeatable")
    split.add_argument("--report", action="append", default=[], help="the id of a report by somebody else; repeatable")
    imported = subcommand(
        actions,
        "import",
        _import,
        help="read people from an authority file: names, aliases, offices, Wikidata ids",
        example="quoth people import people.csv",
    )
    imported.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="CSV (name, aliases, roles, wikidata_id, start, end) or JSON lines",
    )
    database_option(imported)
    listing = subcommand(
        subcommands,
        "decisions",
        _decisions,
        help="list what people decided, the newest first, or take one decision back",
        example="quoth decisions --revert 0b6e2c4e-8f1d-5c7a-9a53-0f0a6f1f2b3c",
    )
    listing.add_argument("--revert", metavar="ID", type=UUID, help="take this decision back")
    deciding = (*_add_reports(subcommands), *_add_statements(subcommands), *_add_events(subcommands))
    for made in (merge, split, listing, *deciding):
        made.add_argument("--reason", help="why, for the record")
        made.add_argument("--by", default=None, help="who decides (default: the user of this machine)")
        database_option(made)


def _add_reports(subcommands: Any) -> list[argparse.ArgumentParser]:
    """`reports`, with `reattribute`, `reject` and `date`."""
    reports = subcommands.add_parser("reports", help="correct reports: whose the words are, when said, no statement")
    actions = reports.add_subparsers(title="actions", metavar="ACTION", required=True)
    reattribute = subcommand(
        actions,
        "reattribute",
        _reattribute,
        help="say whose the words of a report are; later loads keep to it",
        example='quoth reports reattribute 0b6e2c4e-8f1d-5c7a-9a53-0f0a6f1f2b3c --to "Ann Smith"',
    )
    whose = reattribute.add_mutually_exclusive_group(required=True)
    whose.add_argument("--to", metavar="SPEAKER", help="whose: an id or a name that one row has")
    whose.add_argument("--to-nobody", action="store_true", help="nobody is named")
    reject = subcommand(
        actions,
        "reject",
        _reject,
        help="say that a report is no statement; it is withdrawn",
        example="quoth reports reject 0b6e2c4e-8f1d-5c7a-9a53-0f0a6f1f2b3c",
    )
    date = subcommand(
        actions,
        "date",
        _date,
        help="say on which day the remark of a report was made",
        example="quoth reports date 0b6e2c4e-8f1d-5c7a-9a53-0f0a6f1f2b3c --on 2022-01-17",
    )
    when = date.add_mutually_exclusive_group(required=True)
    when.add_argument("--on", metavar="DAY", help="EDTF: 2022-01-17, 2022-01, 2022-01-10/2022-01-16")
    when.add_argument("--on-no-day", action="store_true", help="no day is known")
    for made in (reattribute, reject, date):
        made.add_argument("report", metavar="REPORT", help="the id of the report")
    return [reattribute, reject, date]


def _add_statements(subcommands: Any) -> list[argparse.ArgumentParser]:
    """`statements`, with `merge` and `split`."""
    statements = subcommands.add_parser("statements", help="correct which reports are one remark: merge, split")
    actions = statements.add_subparsers(title="actions", metavar="ACTION", required=True)
    merge = subcommand(
        actions,
        "merge",
        _merge_statements,
        help="say that statements are one remark; later loads keep to it",
        example="quoth statements merge 508a5c14-378a-5825-82de-c48f4e274d2b 8f7d2f2e-2f0e-5b0e-9d43-6c1f0a8f0b11",
    )
    merge.add_argument("statements", metavar="ID", nargs="+", help="the ids of the statements, two or more")
    split = subcommand(
        actions,
        "split",
        _split_statement,
        help="say that some reports of a statement carry another remark; later loads keep to it",
        example="quoth statements split 508a5c14-378a-5825-82de-c48f4e274d2b "
        "--report 0b6e2c4e-8f1d-5c7a-9a53-0f0a6f1f2b3c",
    )
    split.add_argument("statement", metavar="ID", help="the id of the statement")
    split.add_argument(
        "--report", action="append", required=True, help="the id of a report with another remark; repeatable"
    )
    return [merge, split]


def _add_events(subcommands: Any) -> list[argparse.ArgumentParser]:
    """`events`, with `merge`."""
    events = subcommands.add_parser("events", help="correct which articles are of one event: merge")
    actions = events.add_subparsers(title="actions", metavar="ACTION", required=True)
    merge = subcommand(
        actions,
        "merge",
        _merge_events,
        help="say that events are one; later loads keep to it",
        example="quoth events merge 2c1d4c0e-51f5-5a52-8a4e-0f3a6d2f9b10 8f7d2f2e-2f0e-5b0e-9d43-6c1f0a8f0b11",
    )
    merge.add_argument("events", metavar="ID", nargs="+", help="the ids of the events, two or more")
    return [merge]


def _reattribute(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import reattribute

    def run(engine: Engine) -> UUID:
        with reading(engine) as connection:
            speaker = None if arguments.to_nobody else _speaker(connection, arguments.to)
        return reattribute(engine, _uuid(arguments.report, "REPORT"), speaker, **_record(arguments))

    return _decide(arguments, run)


def _reject(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import reject_report

    return _decide(
        arguments, lambda engine: reject_report(engine, _uuid(arguments.report, "REPORT"), **_record(arguments))
    )


def _date(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import set_said_on

    def run(engine: Engine) -> UUID:
        report = tables.Report.__table__  # type: ignore[attr-defined]
        key = _uuid(arguments.report, "REPORT")
        with reading(engine) as connection:
            found = connection.execute(select(report.c.statement_id).where(report.c.id == key)).first()
        if found is None:
            raise DecisionError(f"report {key} is not there; look the id up again, its article may have changed")
        return set_said_on(engine, found.statement_id, arguments.on, **_record(arguments))

    return _decide(arguments, run)


def _merge(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import merge_speakers

    def run(engine: Engine) -> UUID:
        with reading(engine) as connection:
            into, *others = (_speaker(connection, given) for given in (arguments.into, *arguments.others))
        return merge_speakers(engine, into, others, **_record(arguments))

    return _decide(arguments, run)


def _split(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import split_speaker

    def run(engine: Engine) -> UUID:
        with reading(engine) as connection:
            speaker = _speaker(connection, arguments.speaker)
        reports = [_uuid(report, "--report") for report in arguments.report]
        return split_speaker(engine, speaker, aliases=arguments.alias, reports=reports, **_record(arguments))

    return _decide(arguments, run)


def _merge_statements(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import merge_statements

    def run(engine: Engine) -> UUID:
        return merge_statements(engine, [_uuid(given, "ID") for given in arguments.statements], **_record(arguments))

    return _decide(arguments, run)


def _split_statement(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import split_statement

    def run(engine: Engine) -> UUID:
        reports = [_uuid(report, "--report") for report in arguments.report]
        return split_statement(engine, _uuid(arguments.statement, "ID"), reports, **_record(arguments))

    return _decide(arguments, run)


def _merge_events(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import merge_events

    def run(engine: Engine) -> UUID:
        return merge_events(engine, [_uuid(given, "ID") for given in arguments.events], **_record(arguments))

    return _decide(arguments, run)


def _import(arguments: argparse.Namespace) -> int:
    from etl.authority import read_authority
    from etl.load.deciding import import_people

    read = read_authority(arguments.file)
    for error in read.errors:
        print(error, file=sys.stderr)
    with _Opened(arguments) as engine:
        import_people(engine, read.entries, datetime.now(UTC))
    print(f"people: {len(read.entries)} read, {len(read.errors)} lines refused", file=sys.stderr)
    return 1 if read.errors else 0


def _decisions(arguments: argparse.Namespace) -> int:
    from etl.load.deciding import revert
    from schema.decisions import listed

    if arguments.revert:
        return _decide(arguments, lambda engine: revert(engine, arguments.revert, **_record(arguments)))
    with _Opened(arguments) as engine, reading(engine) as connection:
        for row in listed(connection):
            undone = f"; taken back by {row.reverted_by_id}" if row.reverted_by_id else ""
            why = f"; {row.reason}" if row.reason else ""
            print(f"{row.id}  {row.at:%Y-%m-%d %H:%M}Z  {row.by}: {row.what['told']}{why}{undone}")
    return 0


def _decide(arguments: argparse.Namespace, run: Callable[[Engine], UUID]) -> int:
    with _Opened(arguments) as engine:
        print(run(engine))
    print("decided; `quoth decisions --revert ID` takes it back", file=sys.stderr)
    return 0


class _Opened:
    """The engine of the database that --database or the environment names, at the current revision."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._url = DatabaseSettings.from_environment(arguments.database).url

    def __enter__(self) -> Engine:
        check_current(self._url)
        self._engine = engine_for(self._url)
        return self._engine

    def __exit__(self, *raised: object) -> None:
        self._engine.dispose()


def _record(arguments: argparse.Namespace) -> dict[str, Any]:
    return {"by": arguments.by or getpass.getuser(), "at": datetime.now(UTC), "reason": arguments.reason}


def _uuid(given: str, place: str) -> UUID:
    found = decode(given)
    if found is not None:
        return found.uuid
    try:
        return UUID(given)
    except ValueError as error:
        raise DecisionError(
            f"{place}: {given!r} is no id; give one as the API or `quoth decisions` prints it"
        ) from error


def _speaker(connection: Connection, given: str) -> UUID:
    """The speaker of an id, or the only one of this name. Raises DecisionError for none and for several."""
    found = decode(given)
    if found is not None:
        return found.uuid
    try:
        return UUID(given)
    except ValueError:
        pass
    speaker, alias = tables.Speaker.__table__, tables.Alias.__table__  # type: ignore[attr-defined]
    spelled = select(alias.c.speaker_id).where(alias.c.folded == fold(given))
    query = select(speaker.c.id, speaker.c.name, speaker.c.type).where(
        speaker.c.type != "UNNAMED_SOURCE", or_(speaker.c.folded == fold(given), speaker.c.id.in_(spelled))
    )
    rows = connection.execute(query.order_by(speaker.c.folded, speaker.c.id)).all()
    whole = [row for row in rows if fold(row.name) == fold(given)] or rows
    if len(whole) == 1:
        return UUID(str(whole[0].id))
    if not whole:
        raise DecisionError(f"nobody is called {given!r}; give a name as the graph has it, or an id")
    several = "; ".join(f"{row.id} {row.name}{_roles(connection, row.id)}" for row in whole[:_SHOWN])
    raise DecisionError(f"{len(whole)} are called {given!r}: {several}; give the id of one")


def _roles(connection: Connection, speaker: UUID) -> str:
    role = tables.Role.__table__  # type: ignore[attr-defined]
    query = select(role.c.title).where(role.c.speaker_id == speaker).distinct().order_by(role.c.title)
    return "".join(f", {row.title}" for row in connection.execute(query.limit(_SHOWN)))
