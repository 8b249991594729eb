"""What people decide about the graph: written, read and reverted here alone, by commands, loads and mutations alike.

A decision speaks of names, profiles, reports and articles, whose ids are functions of what was read, so that it holds
for what comes later and in whatever order it comes. How the graph follows a decision is the loads' business (etl.load).
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Any
from uuid import UUID
from weakref import WeakSet

from sqlalchemy import Connection, Row, Select, insert, select, update

from schema import tables
from schema.enums import DecisionKind
from schema.errors import DecisionError
from schema.keys import content_id, fold

_CHUNK = 500
"""Keys an IN list holds at most."""

_WITHOUT_ANY: WeakSet[Connection] = WeakSet()
"""Connections that found no decision. Nobody takes one beside them: whoever does has the database to himself."""


@dataclass(frozen=True, slots=True)
class Merge:
    """These speakers are one. nodes: the names they had; into: the id that stands for them."""

    into: UUID
    nodes: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Who a speaker's name means where it is spelled in one of these ways, or in these profiles, is somebody else.

    names: the speaker's names by id; aliases: folded.
    """

    speaker: UUID
    names: tuple[UUID, ...]
    aliases: tuple[str, ...] = ()
    profiles: tuple[UUID, ...] = ()

    @property
    def other(self) -> UUID:
        """The id of the somebody else."""
        return content_id("speaker", "split", str(self.speaker), *self.aliases, *map(str, self.profiles))

    def takes(self, profile: UUID, aliases: Iterable[str]) -> bool:
        """Whether a profile of one of the names is the somebody else."""
        return profile in self.profiles or not {fold(alias) for alias in aliases}.isdisjoint(self.aliases)


@dataclass(frozen=True, slots=True)
class Reattribution:
    """The words of a report are somebody else's, or nobody's. before: whose they were taken for."""

    report: UUID
    speaker: UUID | None
    before: UUID | None


@dataclass(frozen=True, slots=True)
class Rejection:
    """A report is no statement."""

    report: UUID


@dataclass(frozen=True, slots=True)
class Dating:
    """These reports are of a remark said on that day (EDTF), or on no day that is known."""

    reports: tuple[UUID, ...]
    said_on: str | None


@dataclass(frozen=True, slots=True)
class StatementMerge:
    """These reports, sorted, carry one remark."""

    reports: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class StatementSplit:
    """These reports of a statement carry one remark, and the rest of its reports another; both sorted."""

    reports: tuple[UUID, ...]
    rest: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class EventMerge:
    """These articles, sorted, are of one event."""

    articles: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Articles are not to be stored. names: by which their records are known (etl.load.forgetting), sorted."""

    names: tuple[UUID, ...]


What = Merge | Split | Reattribution | Rejection | Dating | StatementMerge | StatementSplit | EventMerge | Forgetting

_KINDS = {
    Merge: DecisionKind.MERGE_SPEAKERS,
    Split: DecisionKind.SPLIT_SPEAKER,
    Reattribution: DecisionKind.REATTRIBUTE,
    Rejection: DecisionKind.REJECT_REPORT,
    Dating: DecisionKind.SET_SAID_ON,
    StatementMerge: DecisionKind.MERGE_STATEMENTS,
    StatementSplit: DecisionKind.SPLIT_STATEMENT,
    EventMerge: DecisionKind.MERGE_EVENTS,
    Forgetting: DecisionKind.FORGET_ARTICLE,
}


def record(connection: Connection, what: What, told: str, *, by: str, at: datetime, reason: str | None = None) -> UUID:
    """Writes a decision; its id. told: what was decided, in words for people.

    at: the instant, or one just after the latest decision in force about any of the same, where a clock says that this
    one was not later: of two that contradict each other the later one holds.
    """
    about = _subjects(what)
    latest = max((when for when, _ in _read(connection, about)), default=None)
    if latest is not None and latest >= at:
        at = latest + timedelta.resolution
    return _write(connection, _KINDS[type(what)], {**_packed(what), "told": told}, about, by, at, reason)


def revert(connection: Connection, decision: UUID, *, by: str, at: datetime, reason: str | None = None) -> UUID:
    """Takes a decision back; the id of the decision that does.

    Raises DecisionError for one that is not there, is reverted already or is a revert itself.
    """
    found = connection.execute(_active().where(_column("id") == decision)).first()
    if found is None:
        raise DecisionError(f"decision {decision} is not there or reverted already; `quoth decisions` lists them")
    if found.kind == DecisionKind.REVERT:
        raise DecisionError(f"decision {decision} takes another one back; decide that one anew instead")
    subjects = [row.subject_id for row in connection.execute(_about_of(decision))]
    what = {"decision": str(decision), "told": f"takes back: {found.what['told']}"}
    made = _write(connection, DecisionKind.REVERT, what, subjects, by, at, reason)
    table = tables.Decision.__table__  # type: ignore[attr-defined]
    connection.execute(update(table).where(table.c.id == decision).values(reverted_by_id=made))
    return made


def subjects_of(connection: Connection, decision: UUID) -> set[UUID]:
    """The speakers, names, profiles, reports or articles that a decision is about."""
    return {row.subject_id for row in connection.execute(_about_of(decision))}


def merges(connection: Connection, subjects: Collection[UUID]) -> dict[UUID, Merge]:
    """The merges in force that are about one of these, by the decision's id."""
    return {key: one for key, one in _in_force(connection, subjects).items() if isinstance(one, Merge)}


def splits(connection: Connection, subjects: Collection[UUID]) -> dict[UUID, Split]:
    """The splits in force that are about one of these, by the decision's id."""
    return {key: one for key, one in _in_force(connection, subjects).items() if isinstance(one, Split)}


def reattributions(connection: Connection, reports: Collection[UUID]) -> dict[UUID, Reattribution]:
    """What is in force about the speakers of these reports, by report; of several the latest."""
    found = _in_force(connection, reports).values()
    return {one.report: one for one in found if isinstance(one, Reattribution) and one.report in reports}


def reattributed_to(connection: Connection, speakers: Collection[UUID]) -> set[UUID]:
    """The reports whose words people gave to one of these."""
    found = _in_force(connection, speakers).values()
    return {one.report for one in found if isinstance(one, Reattribution)}


def rejections(connection: Connection, reports: Collection[UUID]) -> dict[UUID, datetime]:
    """Those of these reports that people said are no statements, and since when."""
    found = _in_force(connection, reports)
    rejected = {key: one.report for key, one in found.items() if isinstance(one, Rejection)}
    if not rejected:
        return {}
    at = {row.id: row.at for row in connection.execute(_active().where(_column("id").in_(rejected)))}
    return {report: at[key] for key, report in rejected.items()}


def what_of(connection: Connection, decision: UUID) -> What | None:
    """What a decision in force says, None where there is none."""
    found = connection.execute(_active().where(_column("id") == decision)).first()
    return _unpacked(found.kind, found.what) if found and found.kind != DecisionKind.REVERT else None


def datings(connection: Connection, reports: Collection[UUID]) -> dict[UUID, Dating]:
    """What is in force about the day of these reports, by report; of several the latest."""
    found = (one for one in _in_force(connection, reports).values() if isinstance(one, Dating))
    return {report: one for one in found for report in one.reports if report in reports}


def about_statements(connection: Connection, reports: Collection[UUID]) -> list[StatementMerge | StatementSplit]:
    """What is in force about the remarks of these reports, and of all named with them, however indirectly.

    The earliest first.
    """
    found = _hanging_together(connection, reports, (StatementMerge, StatementSplit))
    return [one for one in found if isinstance(one, StatementMerge | StatementSplit)]


def about_events(connection: Connection, articles: Collection[UUID]) -> list[EventMerge]:
    """What is in force about the events of these articles, and of all named with them, however indirectly."""
    return [one for one in _hanging_together(connection, articles, (EventMerge,)) if isinstance(one, EventMerge)]


def forgotten(connection: Connection, names: Collection[UUID]) -> set[UUID]:
    """Those of these names by which articles are known that are not to be stored."""
    found = _in_force(connection, names).values()
    return {name for one in found if isinstance(one, Forgetting) for name in one.names} & set(names)


def are_there(connection: Connection) -> bool:
    """Whether anybody ever decided anything; most loads are into databases where nobody did."""
    if connection in _WITHOUT_ANY:
        return False
    found = connection.execute(select(_column("id")).limit(1)).first() is not None
    if not found:
        _WITHOUT_ANY.add(connection)
    return found


def rename(connection: Connection, called: Mapping[UUID, UUID]) -> None:
    """What was decided about things that have other ids now is about these ids. called: their new ids by their old."""
    if not called or not are_there(connection):
        return
    about = tables.DecisionAbout.__table__  # type: ignore[attr-defined]
    decision = tables.Decision.__table__  # type: ignore[attr-defined]
    old = sorted(called)
    for start in range(0, len(old), _CHUNK):
        named = about.c.subject_id.in_(old[start : start + _CHUNK])
        for row in connection.execute(select(about).where(named)).all():
            at = (about.c.decision_id == row.decision_id) & (about.c.subject_id == row.subject_id)
            connection.execute(update(about).where(at).values(subject_id=called[row.subject_id]))
            found = decision.c.id == row.decision_id
            what = connection.execute(select(decision.c.what).where(found)).scalar_one()
            connection.execute(update(decision).where(found).values(what=_renamed(what, called)))


def _renamed(what: Any, called: Mapping[UUID, UUID]) -> Any:
    """What was decided, with the ids of now."""
    if isinstance(what, Mapping):
        return {name: _renamed(value, called) for name, value in what.items()}
    if isinstance(what, list):
        return [_renamed(value, called) for value in what]
    texts = {str(old): str(new) for old, new in called.items()}
    return texts.get(what, what)


def listed(connection: Connection) -> list[Row[Any]]:
    """Every decision, the newest first: id, at, by, kind, what, reason, reverted_by_id."""
    table = tables.Decision.__table__  # type: ignore[attr-defined]
    return list(connection.execute(select(table).order_by(table.c.at.desc(), table.c.id)))


def _in_force(connection: Connection, subjects: Collection[UUID]) -> dict[UUID, What]:
    """Decisions about one of these, the earliest first."""
    return {key: one for (_, key), one in sorted(_read(connection, subjects).items(), key=itemgetter(0))}


def _hanging_together(connection: Connection, subjects: Collection[UUID], kinds: tuple[type, ...]) -> list[What]:
    """Decisions of these kinds about one of the subjects, and all that share a subject with them, earliest first."""
    found: dict[tuple[datetime, UUID], What] = {}
    seen, todo = set[UUID](), set(subjects)
    while todo:
        read = _read(connection, todo)
        more = {key: one for key, one in read.items() if isinstance(one, kinds)}
        seen |= todo
        todo = {subject for one in more.values() for subject in _subjects(one)} - seen
        found |= more
    return [found[key] for key in sorted(found)]


def _read(connection: Connection, subjects: Collection[UUID]) -> dict[tuple[datetime, UUID], What]:
    """Decisions in force about one of these, by when they were taken and their ids."""
    about = tables.DecisionAbout.__table__  # type: ignore[attr-defined]
    found: dict[tuple[datetime, UUID], What] = {}
    if not subjects or not are_there(connection):
        return found
    wanted = sorted(set(subjects))
    for start in range(0, len(wanted), _CHUNK):
        of = select(about.c.decision_id).where(about.c.subject_id.in_(wanted[start : start + _CHUNK]))
        for row in connection.execute(_active().where(_column("id").in_(of))):
            if row.kind != DecisionKind.REVERT:
                found[row.at, row.id] = _unpacked(row.kind, row.what)
    return found


def _active() -> Select[Any]:
    columns = (_column("id"), _column("at"), _column("kind"), _column("what"))
    return select(*columns).where(_column("reverted_by_id").is_(None))


def _column(name: str) -> Any:
    return tables.Decision.__table__.c[name]  # type: ignore[attr-defined]


def _about_of(decision: UUID) -> Select[Any]:
    about = tables.DecisionAbout.__table__  # type: ignore[attr-defined]
    return select(about.c.subject_id).where(about.c.decision_id == decision)


def _write(
    connection: Connection,
    kind: DecisionKind,
    what: Mapping[str, Any],
    subjects: Iterable[UUID],
    by: str,
    at: datetime,
    reason: str | None,
) -> UUID:
    key = content_id("decision", kind, repr(sorted(what.items())), by, at.isoformat())
    row = {"id": key, "at": at, "by": by, "kind": kind, "what": dict(what), "reason": reason}
    connection.execute(insert(tables.Decision).values(row))
    _WITHOUT_ANY.discard(connection)
    about = [{"decision_id": key, "subject_id": subject} for subject in sorted(set(subjects))]
    connection.execute(insert(tables.DecisionAbout), about)
    return key


def _subjects(what: What) -> set[UUID]:
    match what:
        case Merge():
            return {what.into, *what.nodes}
        case Split():
            return {what.speaker, *what.names, *what.profiles}
        case Reattribution():
            return {what.report, *([what.speaker] if what.speaker else [])}
        case Rejection():
            return {what.report}
        case Dating() | StatementMerge():
            return set(what.reports)
        case StatementSplit():
            return {*what.reports, *what.rest}
        case EventMerge():
            return set(what.articles)
        case Forgetting():
            return set(what.names)


def _packed(what: What) -> dict[str, Any]:
    def plain(value: Any) -> Any:
        return [plain(each) for each in value] if isinstance(value, tuple) else str(value) if value else value

    return {part.name: plain(getattr(what, part.name)) for part in fields(what)}


def _unpacked(kind: DecisionKind, what: Mapping[str, Any]) -> What:
    def ids(name: str) -> tuple[UUID, ...]:
        return tuple(map(UUID, what[name]))

    def one(name: str) -> UUID | None:
        return UUID(what[name]) if what[name] else None

    if kind == DecisionKind.MERGE_SPEAKERS:
        return Merge(UUID(what["into"]), ids("nodes"))
    if kind == DecisionKind.SPLIT_SPEAKER:
        return Split(UUID(what["speaker"]), ids("names"), tuple(what["aliases"]), ids("profiles"))
    if kind == DecisionKind.REATTRIBUTE:
        return Reattribution(UUID(what["report"]), one("speaker"), one("before"))
    if kind == DecisionKind.REJECT_REPORT:
        return Rejection(UUID(what["report"]))
    if kind == DecisionKind.MERGE_STATEMENTS:
        return StatementMerge(ids("reports"))
    if kind == DecisionKind.SPLIT_STATEMENT:
        return StatementSplit(ids("reports"), ids("rest"))
    if kind == DecisionKind.MERGE_EVENTS:
        return EventMerge(ids("articles"))
    if kind == DecisionKind.FORGET_ARTICLE:
        return Forgetting(ids("names"))
    return Dating(ids("reports"), what["said_on"])
