"""Whom people with a full name mean: one person a name, unless offices tell namesakes apart or spellings are one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from etl.cluster import components, pair
from etl.identify.judgement import DECIDED, Bearers, Judgement
from etl.identify.namesakes import Held, namesakes
from etl.identify.weights import SPELLED
from etl.load import authorities, profiles, rows
from etl.load.profiles import Evidence, offices_of
from schema import decisions, tables
from schema.decisions import Merge, Split


@dataclass(frozen=True, slots=True)
class Spelling:
    """Two profiles whose full names are spellings of one, and the evidence; own: the ids of the two names."""

    profiles: tuple[UUID, UUID]
    own: tuple[UUID, UUID]
    evidence: Evidence


def judge(connection: Connection, names: Collection[UUID]) -> dict[UUID, Judgement]:
    """Whom the profiles of these names mean, and those of all names that are other spellings of them or were merged.

    names: as ids of the speakers they are by name alone. A profile that is missing stays as it is stored.
    """
    together = _together(connection, names)
    judged = _by_name(connection, together.bearers.values())
    apart = _split(connection, together.splits)
    return judged | _joined(connection, judged, apart, together) | apart


@dataclass(frozen=True, slots=True)
class _Together:
    """Names that hang together: the people of each, evidence that two are spellings of one, what people decided.

    listed: the names that an authority file gives one person.
    """

    bearers: Mapping[UUID, Bearers]
    spelled: Sequence[Spelling]
    merges: Sequence[Merge]
    listed: Sequence[Merge]
    splits: Sequence[Split]


def _together(connection: Connection, names: Collection[UUID]) -> _Together:
    everybody = set(names)
    while True:
        spelled = _spellings(connection, everybody)
        everybody |= {own for one in spelled for own in one.own}
        bearers = _bearers(connection, everybody)
        nodes = {speaker for one in bearers.values() for speaker in one.speakers}
        merges = list(decisions.merges(connection, nodes).values())
        listed = authorities.merges(connection, nodes)
        more = _names_of(connection, {node for one in (*merges, *listed) for node in one.nodes} - nodes) - everybody
        if not more:
            splits = list(decisions.splits(connection, everybody).values())
            # Whose spelling it is depends on the profile where several people bear the name.
            shared = {own for own, one in bearers.items() if len(one.people) > 1}
            shared |= {own for one in splits for own in one.names}
            spelled = sorted({*spelled, *_every_spelling(connection, shared)}, key=lambda one: one.profiles)
            return _Together(bearers, spelled, merges, listed, splits)
        everybody |= more


def _names_of(connection: Connection, nodes: Collection[UUID]) -> set[UUID]:
    """The full names whose bearers have these ids."""
    profile = rows.table_of(tables.Profile)
    found = set()
    for node in nodes:
        for column in (profile.c.own_id, profile.c.speaker_id):
            one = select(profile.c.own_id).where(column == node, profile.c.is_full).limit(1)
            found |= {row.own_id for row in connection.execute(one)}
    return found


def _split(connection: Connection, splits: Sequence[Split]) -> dict[UUID, Judgement]:
    """The profiles that people said are somebody else's."""
    return {
        key: Judgement(one.other, DECIDED)
        for one in splits
        for key, row in profiles.loaded(connection, "own_id", one.names).items()
        if one.takes(key, row.aliases)
    }


def _spellings(connection: Connection, names: Collection[UUID]) -> list[Spelling]:
    """The best evidence on every two names that hang together with these by spellings."""
    table = rows.table_of(tables.ProfilePair)
    # Names that are in the news for years are misspelt a thousand times: of each two one row by each rule is enough.
    place = func.row_number().over(
        partition_by=(table.c.own_id, table.c.other_own_id, table.c.rule),
        order_by=(table.c.score.desc(), table.c.profile_id, table.c.other_id),
    )
    found: set[Spelling] = set()
    seen: set[UUID] = set()
    todo = set(names)
    while todo:
        seen |= todo
        for column in (table.c.own_id, table.c.other_own_id):
            for chunk in rows.chunks(todo):
                ranked = select(table, place.label("place")).where(
                    table.c.score >= SPELLED, rows.one_of(connection, column, chunk)
                )
                best = ranked.subquery()
                found |= {_spelling(row) for row in connection.execute(select(best).where(best.c.place == 1))}
        todo = {own for one in found for own in one.own} - seen
    return sorted(found, key=lambda one: one.profiles)


def _every_spelling(connection: Connection, names: Collection[UUID]) -> set[Spelling]:
    """All evidence that these names are spellings of others."""
    table = rows.table_of(tables.ProfilePair)
    query = select(table).where(table.c.score >= SPELLED)
    return {
        _spelling(row)
        for column in (table.c.own_id, table.c.other_own_id)
        for row in rows.among(connection, query, column, names)
    }


def _spelling(row: Any) -> Spelling:
    evidence = Evidence(row.score, row.rule, row.detail)
    return Spelling((row.profile_id, row.other_id), (row.own_id, row.other_own_id), evidence)


def nodes_of(connection: Connection, speaker: UUID) -> set[UUID]:
    """The ids of the names that mean this speaker, single ones only where it has no other."""
    found = profiles.loaded(connection, "speaker_id", [speaker])
    full = {row.own_id for row in found.values() if row.is_full}
    if not full:
        return {speaker, *(row.own_id for row in found.values())}
    bearers = _bearers(connection, full)
    return {speaker, *(own for own, one in bearers.items() if len(one.people) < 2)}


def _bearers(connection: Connection, names: Collection[UUID]) -> dict[UUID, Bearers]:
    """The people of each name, by what its profiles tell of offices and years."""
    told = rows.table_of(tables.OfficeCount)
    held: dict[UUID, list[Held]] = {}
    counts: Counter[UUID] = Counter()
    for row in rows.among(connection, select(told), told.c.own_id, names):
        held.setdefault(row.own_id, []).append((offices_of(row.offices), row.year or None))
        counts[row.own_id] += row.profiles
    return {own: Bearers(own, tuple(namesakes(held.get(own, ()))), counts[own]) for own in names}


def _by_name(connection: Connection, bearers: Iterable[Bearers]) -> dict[UUID, Judgement]:
    """Whom the profiles of these names mean; of names with one bearer, only those stored as somebody else's."""
    single, shared = set(), []
    for one in bearers:
        if len(one.people) < 2:
            single.add(one.own)
        else:
            shared.append(one)
    profile = rows.table_of(tables.Profile)
    # Whoever means somebody else is there by another rule than the name: a small index knows them.
    # Written out: PostgreSQL takes the index for what stands in it, not for a parameter.
    other_rule = profile.c.rule != bindparam("rule", tables.BY_NAME, literal_execute=True)
    others = select(profile.c.id, profile.c.own_id).where(profile.c.is_full, other_rule)
    judged = {row.id: Judgement(row.own_id) for row in rows.among(connection, others, profile.c.own_id, single)}
    for one in sorted(shared, key=lambda one: one.own):
        judged |= _of_namesakes(connection, one)
    return judged


def _of_namesakes(connection: Connection, bearers: Bearers) -> dict[UUID, Judgement]:
    """Whom the profiles of a name mean that several people bear."""
    profile = rows.table_of(tables.Profile)
    query = select(profile).where(profile.c.own_id == bearers.own, profile.c.is_full)
    found = {row.id: row for row in connection.execute(query)}
    sure = {
        row.article_id: bearers.judge(offices, {}).speaker
        for row in found.values()
        if (offices := offices_of(row.offices))
    }
    alike = profiles.likeness(connection, {row.article_id for row in found.values() if not row.offices})
    judged = {}
    for key, row in found.items():
        votes: dict[UUID, float] = {}
        for article, speaker in sorted(sure.items()):
            if score := alike.get(pair(article, row.article_id)):
                votes[speaker] = votes.get(speaker, 0.0) + score
        judged[key] = bearers.judge(offices_of(row.offices), votes)
    return judged


def _joined(
    connection: Connection, judged: Mapping[UUID, Judgement], apart: Mapping[UUID, Judgement], together: _Together
) -> dict[UUID, Judgement]:
    """The judgements on those whose name is another spelling of somebody's, or who were merged with somebody.

    Of several ids the one that a merge names stands for all, else that of the authority file, else that of the name
    which most articles print, so that a slip moves nobody else.
    apart: whoever was split off.
    """
    links = _strongest(judged, apart, together) | _told(together.listed, authorities.RULE)
    links |= _told(together.merges, DECIDED)
    into, named = {one.into for one in together.merges}, {one.into for one in together.listed}
    profile = rows.table_of(tables.Profile)
    usual = {own: one.profiles for own, one in together.bearers.items()}
    found: dict[UUID, Judgement] = {}
    for group in components({key for both in links for key in both}, links):
        first = min(group, key=lambda key: (key not in into, key not in named, -usual.get(key, 0), key))
        for other in group:
            if other == first:
                continue
            best = max((one for both, one in links.items() if other in both), key=lambda one: (one.score, one.rule))
            # Whoever was never moved is not among the judgements.
            never = select(profile.c.id).where(profile.c.own_id == other, profile.c.speaker_id == other)
            moved = {row.id for row in connection.execute(never.where(profile.c.is_full))} - set(judged)
            moved |= {key for key, one in judged.items() if one.speaker == other}
            found |= dict.fromkeys(moved, Judgement(first, best.rule, best.score, best.detail or None))
    return found


def _told(merges: Iterable[Merge], rule: str) -> dict[tuple[UUID, UUID], Evidence]:
    """What people or files say as links between names."""
    both = {pair(one.into, node) for one in merges for node in one.nodes if node != one.into}
    return dict.fromkeys(both, Evidence(1.0, rule, ""))


def _strongest(
    judged: Mapping[UUID, Judgement], apart: Mapping[UUID, Judgement], together: _Together
) -> dict[tuple[UUID, UUID], Evidence]:
    """The best evidence on each two people that their names are spellings of one, where no office speaks against it."""
    found: dict[tuple[UUID, UUID], Evidence] = {}
    for spelling in together.spelled:
        first, second = (
            judged[profile].speaker if profile in judged else own
            for profile, own in zip(spelling.profiles, spelling.own, strict=True)
        )
        both, one = pair(first, second), spelling.evidence
        if first == second or not apart.keys().isdisjoint(spelling.profiles):
            continue
        offices = (together.bearers[own].offices(who) for own, who in zip(spelling.own, (first, second), strict=True))
        if _apart(*offices):
            continue
        if both not in found or (one.score, one.rule) > (found[both].score, found[both].rule):
            found[both] = one
    return found


def _apart(a: frozenset[Any], b: frozenset[Any]) -> bool:
    """Whether the offices of two people exclude one another."""
    return len(namesakes([(tuple(a), None), (tuple(b), None)])) > 1
