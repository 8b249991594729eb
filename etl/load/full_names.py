"""Whom people with a full name mean: one person a name, unless offices tell namesakes apart or spellings are one."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from etl.cluster import components, pair
from etl.identify.judgement import DECIDED, Bearers, Judgement
from etl.identify.namesakes import Held, namesakes
from etl.identify.weights import SPELLED
from etl.load import authorities, profiles, rows
from etl.load.profiles import Evidence, offices_of
from schema import decisions, tables
from schema.decisions import Merge, Split

Spelling = tuple[Any, Any, Evidence]
"""The rows of two profiles whose full names are spellings of one, and the evidence."""


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
        everybody |= {row.own_id for a, b, _ in spelled for row in (a, b)}
        bearers = _bearers(connection, everybody)
        nodes = {speaker for one in bearers.values() for speaker in one.speakers}
        merges = list(decisions.merges(connection, nodes).values())
        listed = authorities.merges(connection, nodes)
        more = _names_of(connection, {node for one in (*merges, *listed) for node in one.nodes} - nodes) - everybody
        if not more:
            splits = decisions.splits(connection, everybody)
            return _Together(bearers, spelled, merges, listed, list(splits.values()))
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
    """All evidence on spellings that hangs together with these names."""
    table, profile = rows.table_of(tables.ProfilePair), rows.table_of(tables.Profile)
    a, b = profile.alias("a"), profile.alias("b")
    found: dict[tuple[UUID, UUID], Evidence] = {}
    by_id: dict[UUID, Any] = {}
    seen: set[UUID] = set()
    todo = set(names)
    while todo:
        seen |= todo
        for mine, other in (("profile_id", "other_id"), ("other_id", "profile_id")):
            query = (
                select(table)
                .join(a, a.c.id == table.c[mine])
                .join(b, b.c.id == table.c[other])
                .where(a.c.is_full, b.c.is_full, table.c.score >= SPELLED)
            )
            for row in rows.among(connection, query, a.c.own_id, todo):
                found[row.profile_id, row.other_id] = Evidence(row.score, row.rule, row.detail)
        by_id |= profiles.loaded(connection, "id", {key for both in found for key in both} - set(by_id))
        todo = {row.own_id for row in by_id.values()} - seen
    return [(by_id[first], by_id[second], one) for (first, second), one in sorted(found.items())]


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
    for a, b, one in together.spelled:
        first, second = (judged[row.id].speaker if row.id in judged else row.own_id for row in (a, b))
        both = pair(first, second)
        if first == second or a.id in apart or b.id in apart:
            continue
        if _apart(together.bearers[a.own_id].offices(first), together.bearers[b.own_id].offices(second)):
            continue
        if both not in found or (one.score, one.rule) > (found[both].score, found[both].rule):
            found[both] = one
    return found


def _apart(a: frozenset[Any], b: frozenset[Any]) -> bool:
    """Whether the offices of two people exclude one another."""
    return len(namesakes([(tuple(a), None), (tuple(b), None)])) > 1
