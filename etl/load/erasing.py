"""A person erased from the graph, as if no article had named him or her; later loads know the person (etl.load.erased).

The texts of the articles stay as they are: what withholds or forgets them are decisions of their own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Engine, delete, exists, select, tuple_, update

from etl.identify.entity import Called
from etl.load import authorities, known_by, outlets, profiles, rows, speakers, statements
from etl.load.erased import held_text, single_key, told_key
from etl.load.identities import identify
from etl.load.silencing import names_in, silence
from etl.resolve.names import parse_name
from schema import decisions, tables
from schema.database import writing
from schema.decisions import Erasure
from schema.enums import ReportingRole, SpeakerType
from schema.errors import DecisionError


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of a person. meant: the rows of the profiles; reports: with the person as speaker.

    given: those of the reports that no article gives the person, but somebody did.
    """

    id: UUID
    meant: dict[UUID, Any]
    reports: set[UUID]
    given: set[UUID]
    authorities: set[UUID]
    spellings: set[str]

    @property
    def full_names(self) -> set[str]:
        """Spellings of more than one name."""
        return {name for name in self.spellings if parse_name(name).is_full}


def erase(engine: Engine, person: UUID, *, by: str, at: datetime, reason: str) -> UUID:
    """Erases a person: all rows of this speaker, and the statements and reports; the id of the decision.

    One transaction. Raises DecisionError for a person who is not there, a body or an unnamed source, and for a reason
    that has the name in it.
    """
    with writing(engine) as connection:
        stored = check_reason(connection, person, reason)
        what = _known_by(connection, stored)
        subjects = {*what.people, *what.names, *stored.meant, *stored.reports}
        subjects |= {one.own_id for one in stored.meant.values()}
        silence(connection, subjects, stored.full_names, {word for name in stored.spellings for word in name.split()})
        decision = decisions.record(connection, what, f"person {person} is erased", by=by, at=at, reason=reason)
        _remove(connection, stored, at)
    return decision


def check_reason(connection: Connection, person: UUID, reason: str) -> Stored:
    """What is stored of a person who may be erased for this reason. Raises DecisionError as erase() does."""
    table = rows.table_of(tables.Speaker)
    row = connection.execute(select(table.c.type, table.c.name).where(table.c.id == person)).first()
    if row is None or row.type != SpeakerType.PERSON:
        is_what = "is not there" if row is None else f"is an {row.type.lower().replace('_', ' ')}, no person"
        raise DecisionError(f"person {person} {is_what}; look the id up again, it may have a successor")
    if any(person in one.people for one in decisions.erasures(connection, [person])):
        # Run twice, the command would erase somebody else.
        raise DecisionError(
            f"person {person} is erased already, and whoever has this id now is another person of the name; to erase "
            "both take that back (`quoth decisions`), load the articles again, and name both ids"
        )
    stored = _stored(connection, person, row.name)
    families = {parse_name(name).family for name in stored.full_names}
    if named := names_in(reason, stored.spellings | families):
        raise DecisionError(f"--reason {reason!r} would keep the name: {', '.join(sorted(named))}; give one without it")
    return stored


def in_order(connection: Connection, people: Collection[UUID]) -> list[UUID]:
    """These people in an order in which all of them can be erased, by the ids they have now.

    Whoever has the plain id of a name comes last: another person of the name has it afterwards.
    """
    profile = rows.table_of(tables.Profile)
    plain = {row.own_id for row in rows.among(connection, select(profile.c.own_id), profile.c.own_id, people)}
    return sorted(set(people), key=lambda person: (person in plain, person))


def _stored(connection: Connection, person: UUID, name: str) -> Stored:
    link = rows.table_of(tables.ReportingLink)
    meant = profiles.loaded(connection, "speaker_id", [person])
    spoken = set(profiles.speaking(connection, "profile_id", meant))
    speaks = select(link.c.report_id).where(link.c.speaker_id == person, link.c.role == ReportingRole.SPEAKER)
    now = set(connection.execute(speaks).scalars())
    listed = authorities.about(connection, person, {row.own_id for row in meant.values()})
    spellings = {name, *listed.spellings}
    spellings |= {alias for row in meant.values() for alias in (row.name, *row.aliases)}
    return Stored(person, meant, spoken | now, now - spoken, listed.people, spellings)


def _known_by(connection: Connection, stored: Stored) -> Erasure:
    """By what the person is known again, and others of the name are not taken for him or her."""
    full = [row for row in stored.meant.values() if row.is_full]
    splits = decisions.splits(connection, {row.own_id for row in full} | set(stored.meant)).values()
    taken = {
        row.id
        for split in splits
        if split.other == stored.id
        for row in full
        if split.takes(row.id, row.aliases) and (row.own_id in split.names or row.id in split.profiles)
    }
    # Who was split off is known by the split: the name itself is somebody else's.
    names = {row.own_id for row in full if row.id not in taken}
    merges = decisions.merges(connection, {stored.id, *names}).values()
    names |= {node for one in merges for node in one.nodes}
    names |= authorities.nodes_of(connection, stored.authorities)
    keys = {key for name in stored.spellings for key in Called.person({name}).called}
    single = [row for row in stored.meant.values() if not row.is_full]
    known = known_by.tellings_of(connection, {row.article_id for row in single})
    told = {
        told_key(article, key)
        for row in single
        for telling in known[row.article_id]
        for article in telling.left
        for key in Called.person({row.name}).called
    }
    return Erasure(
        people=tuple(sorted({stored.id, *(split.other for split in splits if split.other == stored.id)})),
        names=tuple(sorted(names)),
        held=tuple(sorted({held_text(row.own_id, row.year, row.offices) for row in full if row.offices})),
        singles=tuple(sorted(map(single_key, keys))),
        alone=tuple(sorted(told)),
        articles=tuple(sorted({row.article_id for row in stored.meant.values()})),
        reports=tuple(sorted(stored.given)),
    )


def _remove(connection: Connection, stored: Stored, now: datetime) -> None:
    """Removes the person and what rests on the person alone; what rests on others too is computed anew."""
    report = rows.table_of(tables.Report)
    of = rows.among(connection, select(report.c.article_id), report.c.id, stored.reports)
    articles = {row.article_id for row in (*of, *stored.meant.values())}
    _unname(connection, stored)
    old = statements.take_out_reports(connection, stored.reports)
    bodies = _remove_unnamed(connection, articles)
    gone = profiles.remove(connection, {*stored.meant, *_unreferred(connection, articles)})
    authorities.remove(connection, stored.authorities)
    who = identify(connection, {}, gone, now)
    speakers.rename_bodies(connection, gone.own, now)
    touched = speakers.name(connection, [], who, articles) | who.touched | old.speakers | bodies | {stored.id}
    decided = decisions.reattributed_to(connection, who.touched)
    statements.remerge(connection, [], who, old, [], None, now, decided)
    speakers.settle(connection, touched, now)
    moved = {row.article_id for row in profiles.loaded(connection, "id", who.moved).values()}
    outlets.tie(connection, touched, articles | moved)


def _unname(connection: Connection, stored: Stored) -> None:
    """Links of other people's words lose the person and the name; words are not about the person any more."""
    link = rows.table_of(tables.ReportingLink)
    about = rows.table_of(tables.LinkProfile)
    here = link.c.speaker_id == stored.id
    _unname_reasons(connection, stored, here)
    at = tuple_(about.c.report_id, about.c.position).in_(select(link.c.report_id, link.c.position).where(here))
    connection.execute(delete(about).where(at))
    connection.execute(update(link).where(here).values(speaker_id=None, name=""))
    rows.remove(connection, tables.Mention, "speaker_id", [stored.id])


def _unname_reasons(connection: Connection, stored: Stored, here: ColumnElement[bool]) -> None:
    """Reasons that name the person lose their detail, as in what loads bring. here: the links of the person."""
    report, link = rows.table_of(tables.Report), rows.table_of(tables.ReportingLink)
    reason = rows.table_of(tables.ReportReason)
    names: dict[UUID, set[str]] = {}
    for row in stored.meant.values():
        names.setdefault(row.article_id, set()).update((row.name, *row.aliases))
    of = select(report.c.article_id, link.c.name).join(link, link.c.report_id == report.c.id).where(here)
    for printed in connection.execute(of):
        names.setdefault(printed.article_id, set()).add(printed.name)
    query = select(reason, report.c.article_id).join(report, report.c.id == reason.c.report_id)
    found = rows.among(connection, query.where(reason.c.detail.is_not(None)), report.c.article_id, names)
    rows.put(
        connection,
        tables.ReportReason,
        [
            {"report_id": row.report_id, "position": row.position, "detail": None}
            for row in found
            if names_in(row.detail, names[row.article_id])
        ],
    )


def _remove_unnamed(connection: Connection, articles: Collection[UUID]) -> set[UUID]:
    """Removes the unnamed sources of these articles that nothing refers to any more; the bodies they belonged to."""
    unnamed, affiliation = rows.table_of(tables.UnnamedSource), rows.table_of(tables.Affiliation)
    link, mention = rows.table_of(tables.ReportingLink), rows.table_of(tables.Mention)
    referred = (exists().where(table.c.speaker_id == unnamed.c.id) for table in (link, mention))
    query = select(unnamed.c.id).where(*(~one for one in referred))
    gone = {row.id for row in rows.among(connection, query, unnamed.c.article_id, articles)}
    belonged = select(affiliation.c.organization_id)
    bodies = {row.organization_id for row in rows.among(connection, belonged, affiliation.c.unnamed_source_id, gone)}
    rows.remove(connection, tables.Speaker, "id", gone)
    return bodies


def _unreferred(connection: Connection, articles: Collection[UUID]) -> Sequence[UUID]:
    """The profiles of these articles that no report of theirs refers to any more."""
    profile = rows.table_of(tables.Profile)
    unnamed, affiliation = rows.table_of(tables.UnnamedSource), rows.table_of(tables.Affiliation)
    about = (rows.table_of(tables.LinkProfile), rows.table_of(tables.MentionProfile))
    belongs = (
        select(affiliation.c.organization_id)
        .join(unnamed, unnamed.c.id == affiliation.c.unnamed_source_id)
        .where(unnamed.c.article_id == profile.c.article_id, affiliation.c.organization_id == profile.c.own_id)
        .exists()
    )
    query = select(profile.c.id).where(*(~exists().where(table.c.profile_id == profile.c.id) for table in about))
    return [row.id for row in rows.among(connection, query.where(~belongs), profile.c.article_id, articles)]
