"""A decision taken or taken back, and the graph that follows it, in one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl.authority import Entry
from etl.load import authorities, full_names, outlets, profiles, rows, speakers, statements
from etl.load.corrected import unlink
from etl.load.identities import Identities, reconsider
from schema import decisions, tables
from schema.database import writing
from schema.dates import parse_edtf
from schema.decisions import Dating, Merge, Reattribution, Rejection, Split
from schema.enums import ReportingRole, SpeakerType
from schema.errors import DecisionError
from schema.keys import fold


def merge_speakers(
    engine: Engine, into: UUID, others: Sequence[UUID], *, by: str, at: datetime, reason: str | None = None
) -> UUID:
    """These rows are one person, or one body; later loads keep to it. The id of the decision.

    Raises DecisionError for a speaker that is not there, an unnamed source, or people merged with bodies.
    """
    with writing(engine) as connection:
        kinds = {key: _kind(connection, key) for key in (into, *others)}
        if others_kinds := {kind for key, kind in kinds.items() if kind is not kinds[into]}:
            raise DecisionError(
                f"speaker {into} is a {kinds[into].lower()}, others are {', '.join(sorted(others_kinds)).lower()}; "
                "merge people with people and bodies with bodies"
            )
        if set(others) <= {into}:
            raise DecisionError(f"speaker {into} alone cannot be merged; name another one as well")
        nodes = {node for key in kinds for node in full_names.nodes_of(connection, key)}
        merge = Merge(into, tuple(sorted(nodes)))
        names = _names(connection, [into, *others])
        told = f"{names[0]} is also {', '.join(names[1:])}"
        decision = decisions.record(connection, merge, told, by=by, at=at, reason=reason)
        _follow(connection, reconsider(connection, decisions.subjects_of(connection, decision), at), at)
    return decision


def split_speaker(
    engine: Engine,
    speaker: UUID,
    *,
    aliases: Collection[str] = (),
    reports: Collection[UUID] = (),
    by: str,
    at: datetime,
    reason: str | None = None,
) -> UUID:
    """These spellings, or the speaker of these reports, are somebody else; later loads keep to it. The decision's id.

    Raises DecisionError where the speaker has no such spelling, did not speak in a report, or would have nothing left.
    """
    with writing(engine) as connection:
        _kind(connection, speaker)
        meant = profiles.loaded(connection, "speaker_id", [speaker])
        known = {fold(alias): alias for row in meant.values() for alias in row.aliases}
        if missing := [alias for alias in aliases if fold(alias) not in known]:
            raise DecisionError(
                f"speaker {speaker} has no spelling {missing[0]!r}; it has {', '.join(sorted(known.values()))}"
            )
        chosen = profiles.speaking(connection, "report_id", reports)
        if wrong := [report for report in reports if chosen.get(report) not in meant]:
            raise DecisionError(f"report {wrong[0]} is not there or not by speaker {speaker}; name one that is")
        names = tuple(sorted({row.own_id for row in meant.values()}))
        of_aliases = tuple(sorted({fold(alias) for alias in aliases}))
        split = Split(speaker, names, of_aliases, tuple(sorted(set(chosen.values()))))
        taken = {key for key, row in meant.items() if split.takes(key, row.aliases)}
        if not taken or taken == set(meant):
            some = "all" if taken else "none"
            raise DecisionError(
                f"{some} of what is known of speaker {speaker} would be somebody else's; name a part of it"
            )
        part = " and ".join(
            [*(f"“{alias}”" for alias in aliases), *(f"the speaker of report {key}" for key in reports)]
        )
        told = f"{part} is not {_names(connection, [speaker])[0]}"
        decision = decisions.record(connection, split, told, by=by, at=at, reason=reason)
        _follow(connection, reconsider(connection, decisions.subjects_of(connection, decision), at), at)
    return decision


def import_people(engine: Engine, entries: Sequence[Entry], now: datetime) -> None:
    """Stores the people of an authority file; names, identifiers and offices in the graph follow it.

    Raises DecisionError for an entry that cannot be one person.
    """
    with writing(engine) as connection:
        about = authorities.write(connection, entries, now)
        _follow(connection, reconsider(connection, about, now), now)


def reattribute(
    engine: Engine, report: UUID, speaker: UUID | None, *, by: str, at: datetime, reason: str | None = None
) -> UUID:
    """The words of a report are this speaker's, or nobody's; later loads keep to it. The id of the decision.

    Raises DecisionError for a report or a speaker that is not there.
    """
    with writing(engine) as connection:
        link, table = rows.table_of(tables.ReportingLink), rows.table_of(tables.Report)
        found = connection.execute(select(table.c.text).where(table.c.id == report)).first()
        if found is None:
            raise DecisionError(f"report {report} is not there; look the id up again, its article may have changed")
        at_speaker = (link.c.report_id == report) & (link.c.role == ReportingRole.SPEAKER)
        before = connection.execute(select(link.c.speaker_id).where(at_speaker)).scalar()
        whose = _names(connection, [speaker])[0] if speaker else "nobody"
        told = f"“{found.text}” is said by {whose}"
        what = Reattribution(report, speaker, before)
        decision = decisions.record(connection, what, told, by=by, at=at, reason=reason)
        _follow(connection, Identities({}, touched={key for key in (before, speaker) if key}), at, [report])
    return decision


def reject_report(engine: Engine, report: UUID, *, by: str, at: datetime, reason: str | None = None) -> UUID:
    """A report is no statement: it is withdrawn, and its words are found nowhere but by its id. The decision's id.

    Raises DecisionError for a report that is not there.
    """
    with writing(engine) as connection:
        table, statement = rows.table_of(tables.Report), rows.table_of(tables.Statement)
        query = select(table.c.text, statement.c.speaker_id).join(statement, statement.c.id == table.c.statement_id)
        found = connection.execute(query.where(table.c.id == report)).first()
        if found is None:
            raise DecisionError(f"report {report} is not there; look the id up again, its article may have changed")
        told = f"“{found.text}” is no statement"
        decision = decisions.record(connection, Rejection(report), told, by=by, at=at, reason=reason)
        touched = {found.speaker_id} if found.speaker_id else set()
        _follow(connection, Identities({}, touched=touched), at, [report])
    return decision


def set_said_on(
    engine: Engine, statement: UUID, said_on: str | None, *, by: str, at: datetime, reason: str | None = None
) -> UUID:
    """A statement was made on this day (EDTF), or on none that is known; later loads keep to it. The decision's id.

    Raises DecisionError for a statement that is not there, DateError for a day that is none.
    """
    day = parse_edtf(said_on).value if said_on else None
    with writing(engine) as connection:
        report, table = rows.table_of(tables.Report), rows.table_of(tables.Statement)
        found = connection.execute(select(table.c.text).where(table.c.id == statement)).first()
        if found is None:
            raise DecisionError(f"statement {statement} is not there; look the id up again, it may have been merged")
        of = connection.execute(select(report.c.id).where(report.c.statement_id == statement))
        reports = tuple(sorted(row.id for row in of))
        told = f"“{found.text}” was said on {day or 'no day that is known'}"
        decision = decisions.record(connection, Dating(reports, day), told, by=by, at=at, reason=reason)
        _follow(connection, Identities({}), at, reports)
    return decision


def revert(engine: Engine, decision: UUID, *, by: str, at: datetime, reason: str | None = None) -> UUID:
    """Takes a decision back, and the graph with it; the id of the decision that does. Raises DecisionError."""
    with writing(engine) as connection:
        what = decisions.what_of(connection, decision)
        made = decisions.revert(connection, decision, by=by, at=at, reason=reason)
        match what:
            case Reattribution():
                unlink(connection, what)
                touched = {key for key in (what.before, what.speaker) if key}
                _follow(connection, Identities({}, touched=touched), at, [what.report])
            case Rejection():
                _follow(connection, Identities({}), at, [what.report])
            case Dating():
                _follow(connection, Identities({}), at, what.reports)
            case _:
                _follow(connection, reconsider(connection, decisions.subjects_of(connection, decision), at), at)
    return made


def _follow(connection: Connection, who: Identities, now: datetime, decided: Collection[UUID] = ()) -> None:
    """Merges anew what those said who mean somebody else now, and these reports."""
    touched = speakers.name(connection, [], who) | who.touched
    there = rows.table_of(tables.Report)
    decided = [row.id for row in rows.among(connection, select(there.c.id), there.c.id, decided)]
    statements.remerge(connection, [], who, statements.TakenOut(), [], None, now, decided)
    speakers.settle(connection, touched, now)
    outlets.tie(connection, touched, {row.article_id for row in profiles.loaded(connection, "id", who.moved).values()})


def _kind(connection: Connection, speaker: UUID) -> SpeakerType:
    """What a speaker is. Raises DecisionError for one that is not there or has no name."""
    table = rows.table_of(tables.Speaker)
    row = connection.execute(select(table.c.type).where(table.c.id == speaker)).first()
    if row is None:
        raise DecisionError(f"speaker {speaker} is not there; look the id up again, it may have a successor")
    if row.type == SpeakerType.UNNAMED_SOURCE:
        raise DecisionError(
            f"speaker {speaker} is an unnamed source, known in its article alone; name a person or a body"
        )
    return SpeakerType(row.type)


def _names(connection: Connection, speakers: Sequence[UUID]) -> list[str]:
    table = rows.table_of(tables.Speaker)
    found = rows.among(connection, select(table.c.id, table.c.name), table.c.id, speakers)
    by_id = {row.id: row.name for row in found}
    if missing := [key for key in speakers if key not in by_id]:
        raise DecisionError(f"speaker {missing[0]} is not there; look the id up again, it may have a successor")
    return [by_id[key] for key in speakers]
