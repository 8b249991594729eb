"""What each kind of decision says: as people and loads speak of it, and as its row keeps it (schema.decisions)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from schema.enums import DecisionKind
from schema.keys import content_id, fold


def alias_key(folded: str) -> str:
    """What stands for a folded alias that is not to be read any more."""
    return str(content_id("erased", "alias", folded))


@dataclass(frozen=True, slots=True)
class Merge:
    """These speakers are one. nodes: the names they had; into: the id that stands for them."""

    into: UUID
    nodes: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Split:
    """Who a speaker's name means where it is spelled in one of these ways, or in these profiles, is somebody else.

    names: the speaker's names by id; aliases: folded, or what alias_key() makes of that where a person was erased.
    somebody: the id of the somebody else, where it cannot be made of the aliases any more.
    """

    speaker: UUID
    names: tuple[UUID, ...]
    aliases: tuple[str, ...] = ()
    profiles: tuple[UUID, ...] = ()
    somebody: UUID | None = None

    @property
    def other(self) -> UUID:
        """The id of the somebody else."""
        return self.somebody or content_id(
            "speaker", "split", str(self.speaker), *self.aliases, *map(str, self.profiles)
        )

    def takes(self, profile: UUID, aliases: Iterable[str]) -> bool:
        """Whether a profile of one of the names is the somebody else."""
        folded = {fold(alias) for alias in aliases}
        return profile in self.profiles or not {*folded, *map(alias_key, folded)}.isdisjoint(self.aliases)


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


@dataclass(frozen=True, slots=True)
class Withholding:
    """Texts are not to be given away: of articles whose records are known by one of the names, or come from an outlet.

    names, outlets: as in etl.load.known_by, sorted. articles: those that it was taken about, sorted, with their ids of
    now.
    """

    names: tuple[UUID, ...] = ()
    outlets: tuple[UUID, ...] = ()
    articles: tuple[UUID, ...] = ()

    @property
    def keys(self) -> frozenset[UUID]:
        """Whatever is known by one of these is withheld."""
        return frozenset((*self.names, *self.outlets))


@dataclass(frozen=True, slots=True)
class Erasure:
    """A person is not to be stored; by what he or she is known again (etl.load.erased). Every part is sorted.

    people: the ids of the person. names: of full names, as ids of whom they mean by themselves. held: what the articles
    of each name told of offices, by which another person of the name is known, as "NAME YEAR OFFICES". singles: keys of
    single names. alone: keys of the articles that had the single name alone, each with the name. articles: all that
    named the person; reports: those that people gave to the person. Both with their ids of now.
    """

    people: tuple[UUID, ...]
    names: tuple[UUID, ...] = ()
    held: tuple[str, ...] = ()
    singles: tuple[UUID, ...] = ()
    alone: tuple[UUID, ...] = ()
    articles: tuple[UUID, ...] = ()
    reports: tuple[UUID, ...] = ()


What = (
    Merge
    | Split
    | Reattribution
    | Rejection
    | Dating
    | StatementMerge
    | StatementSplit
    | EventMerge
    | Forgetting
    | Withholding
    | Erasure
)

KINDS = {
    Merge: DecisionKind.MERGE_SPEAKERS,
    Split: DecisionKind.SPLIT_SPEAKER,
    Reattribution: DecisionKind.REATTRIBUTE,
    Rejection: DecisionKind.REJECT_REPORT,
    Dating: DecisionKind.SET_SAID_ON,
    StatementMerge: DecisionKind.MERGE_STATEMENTS,
    StatementSplit: DecisionKind.SPLIT_STATEMENT,
    EventMerge: DecisionKind.MERGE_EVENTS,
    Forgetting: DecisionKind.FORGET_ARTICLE,
    Withholding: DecisionKind.WITHHOLD_TEXT,
    Erasure: DecisionKind.ERASE_PERSON,
}


def subjects(what: What) -> set[UUID]:
    """By whose ids a decision is found."""
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
        case Withholding():
            return {*what.keys, *what.articles}
        case Erasure():
            return {*what.people, *what.names, *what.singles, *what.alone, *what.articles, *what.reports}


def packed(what: What) -> dict[str, Any]:
    """What a row keeps of it, as JSON has it."""

    def plain(value: Any) -> Any:
        return [plain(each) for each in value] if isinstance(value, tuple) else str(value) if value else value

    return {part.name: plain(getattr(what, part.name)) for part in fields(what)}


def unpacked(kind: DecisionKind, what: Mapping[str, Any]) -> What:
    """The same, read from a row. kind: any but REVERT."""

    def ids(name: str) -> tuple[UUID, ...]:
        return tuple(map(UUID, what[name]))

    def one(name: str) -> UUID | None:
        return UUID(what[name]) if what[name] else None

    if kind == DecisionKind.MERGE_SPEAKERS:
        return Merge(UUID(what["into"]), ids("nodes"))
    if kind == DecisionKind.SPLIT_SPEAKER:
        somebody = UUID(what["somebody"]) if what.get("somebody") else None
        return Split(UUID(what["speaker"]), ids("names"), tuple(what["aliases"]), ids("profiles"), somebody)
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
    if kind == DecisionKind.ERASE_PERSON:
        return Erasure(
            ids("people"),
            ids("names"),
            tuple(what["held"]),
            ids("singles"),
            ids("alone"),
            ids("articles"),
            ids("reports"),
        )
    if kind == DecisionKind.WITHHOLD_TEXT:
        return Withholding(ids("names"), ids("outlets"), ids("articles"))
    return Dating(ids("reports"), what["said_on"])
