"""A decision taken or taken back, and the graph that follows it, in one transaction."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select
from sqlmodel import SQLModel

from etl.authority import Entry
from etl.load import authorities, events, full_names, outlets, profiles, rows, speakers, statements, withholding
from etl.load.corrected import unlink
from etl.load.identities import Identities, reconsider
from schema import decisions, tables
from schema.database import writing
from schema.dates import parse_edtf
from schema.decisions import (
    Dating,
    Erasure,
    EventMerge,
    Forgetting,
    Merge,
    Reattribution,
    Rejection,
    Split,
    StatementMerge,
    StatementSplit,
    Withholding,
)
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
        told = f"“{found.text}” is said by {_whose(connection, speaker)}"
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


def merge_statements(
    engine: Engine, merged: Sequence[UUID], *, by: str, at: datetime, reason: str | None = None
) -> UUID:
    """These statements are one remark; later loads keep to it. The id of the decision.

    Raises DecisionError for a statement that is not there, was rejected or stands in no present text, for one alone,
    and for several speakers.
    """
    with writing(engine) as connection:
        found = _rows_of(connection, tables.Statement, merged)
        of = _carriers(connection, [row.id for row in found])
        if rejected := decisions.rejections(connection, of.keys()):
            key = min(rejected)
            raise DecisionError(
                f"statement {of[key]} is none: its report {key} was rejected; take that back first (`quoth decisions`)"
            )
        if bare := {row.id for row in found} - set(of.values()):
            raise DecisionError(
                f"statement {min(bare)} is none of today: its reports are of earlier texts of their articles; "
                "name one that an article still carries"
            )
        one, *others = found
        if different := [other for other in others if other.speaker_id != one.speaker_id]:
            raise DecisionError(
                f"statement {one.id} is by {_whose(connection, one.speaker_id)}, "
                f"statement {different[0].id} by {_whose(connection, different[0].speaker_id)}; "
                "merge these first (`quoth people merge`), or say whose the words are (`quoth reports reattribute`)"
            )
        told = f"{' and '.join(f'“{row.text}”' for row in found)} are one remark"
        reports = tuple(sorted(of))
        decision = decisions.record(connection, StatementMerge(reports), told, by=by, at=at, reason=reason)
        _merge_anew(connection, reports, at)
    return decision


def split_statement(
    engine: Engine, statement: UUID, parted: Collection[UUID], *, by: str, at: datetime, reason: str | None = None
) -> UUID:
    """These reports of a statement carry another remark than the rest; later loads keep to it. The decision's id.

    Raises DecisionError for a statement that is not there, for none or all of its reports, and for others.
    """
    with writing(engine) as connection:
        row = _row_of(connection, tables.Statement, statement)
        carriers = set(_carriers(connection, [statement]))
        if others := sorted(set(parted) - carriers):
            raise DecisionError(
                f"report {others[0]} is not there or carries another statement than {statement}; name one that does"
            )
        if not parted or carriers == set(parted):
            raise DecisionError(
                f"{'all' if parted else 'none'} of the {len(carriers)} reports of statement {statement} would carry "
                "another remark; name a part of them"
            )
        what = StatementSplit(tuple(sorted(set(parted))), tuple(sorted(carriers - set(parted))))
        of = f"{len(what.reports)} of {len(carriers)} reports of “{row.text}”"
        told = f"{of} ({', '.join(map(str, what.reports))}) carry another remark"
        decision = decisions.record(connection, what, told, by=by, at=at, reason=reason)
        _merge_anew(connection, carriers, at)
    return decision


def merge_events(engine: Engine, merged: Sequence[UUID], *, by: str, at: datetime, reason: str | None = None) -> UUID:
    """These events are one; later loads keep to it. The id of the decision.

    Raises DecisionError for an event that is not there, and for one alone.
    """
    with writing(engine) as connection:
        found = _rows_of(connection, tables.Event, merged)
        link = rows.table_of(tables.EventArticle)
        of = select(link.c.article_id).where(link.c.main)
        articles = {row.article_id for row in rows.among(connection, of, link.c.event_id, [row.id for row in found])}
        told = f"{' and '.join(f'“{row.title}”' for row in found)} are one event"
        what = EventMerge(tuple(sorted(articles)))
        decision = decisions.record(connection, what, told, by=by, at=at, reason=reason)
        _group_anew(connection, articles, at)
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
            case StatementMerge() | StatementSplit():
                _merge_anew(connection, decisions.subjects_of(connection, decision), at)
            case EventMerge():
                _group_anew(connection, what.articles, at)
            case Forgetting() | Erasure():
                # The next load brings them.
                pass
            case Withholding():
                withholding.take_back(connection, at)
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


def _merge_anew(connection: Connection, reports: Collection[UUID], now: datetime) -> None:
    """Merges these reports, and all they hang together with, by the evidence there is and by what people decided."""
    nobody, nothing = Identities({}), statements.TakenOut()
    statements.remerge(connection, [], nobody, nothing, [], None, now, regrouping=reports)


def _group_anew(connection: Connection, articles: Collection[UUID], now: datetime) -> None:
    """Groups these articles, and all they hang together with, in the same way; statements follow their articles."""
    table = rows.table_of(tables.Article)
    there = {row.id for row in rows.among(connection, select(table.c.id), table.c.id, articles)}
    regrouped = events.regroup(connection, [], {}, there)
    nobody, nothing = Identities({}), statements.TakenOut()
    statements.remerge(connection, [], nobody, nothing, regrouped.articles, None, now)
    events.remove_empty(connection, regrouped.left)


def _row_of(connection: Connection, model: type[SQLModel], key: UUID) -> Any:
    """The row of a statement or an event. Raises DecisionError where it is not there."""
    table = rows.table_of(model)
    row = connection.execute(select(table).where(table.c.id == key)).first()
    if row is None:
        raise DecisionError(f"{table.name} {key} is not there; look the id up again, it may have a successor")
    return row


def _rows_of(connection: Connection, model: type[SQLModel], keys: Sequence[UUID]) -> list[Any]:
    """The rows of what is to be merged, each once. Raises DecisionError where one is not there, and for one alone."""
    found = [_row_of(connection, model, key) for key in dict.fromkeys(keys)]
    if len(found) < 2:
        name = rows.table_of(model).name
        told = f"{name} {found[0].id} cannot be merged with itself" if found else f"no {name} is named"
        raise DecisionError(f"{told}; name two or more")
    return found


def _carriers(connection: Connection, merged: Collection[UUID]) -> dict[UUID, UUID]:
    """The reports of these statements that their articles still carry, and which statement each carries."""
    report = rows.table_of(tables.Report)
    query = select(report.c.id, report.c.statement_id).where(report.c.text_hash.is_(None))
    return {row.id: row.statement_id for row in rows.among(connection, query, report.c.statement_id, merged)}


def _whose(connection: Connection, speaker: UUID | None) -> str:
    return _names(connection, [speaker])[0] if speaker else "nobody"


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
