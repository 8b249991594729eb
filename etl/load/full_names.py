"""Whom people with a full name mean: one person a name, unless offices tell namesakes apart or spellings are one."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from etl.cluster import components, pair
from etl.identify.decision import Bearers, Decision
from etl.identify.namesakes import Held, namesakes
from etl.identify.profiles import Link
from etl.load import profiles, rows
from etl.load.profiles import offices_of
from schema import tables

Spelling = tuple[Any, Any, Link]
"""The rows of two profiles whose full names are spellings of one, and the evidence."""


def decide(connection: Connection, names: Collection[UUID]) -> dict[UUID, Decision]:
    """Whom the profiles of these names mean, and those of all names that are other spellings of them.

    names: as ids of the speakers they are by name alone. A profile that is missing stays as it is stored.
    """
    spelled = _spellings(connection, names)
    everybody = set(names) | {row.own_id for a, b, _ in spelled for row in (a, b)}
    bearers = _bearers(connection, everybody)
    decided = {key: one for own in sorted(everybody) for key, one in _of_name(connection, bearers[own]).items()}
    return decided | _joined(connection, decided, bearers, spelled)


def _spellings(connection: Connection, names: Collection[UUID]) -> list[Spelling]:
    """All evidence on spellings that hangs together with these names."""
    table, profile = rows.table_of(tables.ProfilePair), rows.table_of(tables.Profile)
    found: dict[tuple[UUID, UUID], Link] = {}
    by_id: dict[UUID, Any] = {}
    seen: set[UUID] = set()
    todo = set(names)
    while todo:
        seen |= todo
        for mine, other in (("profile_id", "other_id"), ("other_id", "profile_id")):
            a, b = profile.alias("a"), profile.alias("b")
            query = (
                select(table)
                .join(a, a.c.id == table.c[mine])
                .join(b, b.c.id == table.c[other])
                .where(a.c.is_full, b.c.is_full)
            )
            for row in rows.among(connection, query, a.c.own_id, todo):
                found[row.profile_id, row.other_id] = Link(row.score, row.rule)
        by_id |= profiles.loaded(connection, "id", {key for both in found for key in both} - set(by_id))
        todo = {row.own_id for row in by_id.values()} - seen
    return [(by_id[a], by_id[b], one) for (a, b), one in sorted(found.items())]


def _bearers(connection: Connection, names: Collection[UUID]) -> dict[UUID, Bearers]:
    """The people of each name, by what its profiles tell of offices and years."""
    profile = rows.table_of(tables.Profile)
    query = select(profile.c.own_id, profile.c.offices, profile.c.year).where(profile.c.offices != "").distinct()
    held: dict[UUID, list[Held]] = {}
    for row in rows.among(connection, query, profile.c.own_id, names):
        held.setdefault(row.own_id, []).append((offices_of(row.offices), row.year))
    return {own: Bearers(own, tuple(namesakes(held.get(own, ())))) for own in names}


def _of_name(connection: Connection, bearers: Bearers) -> dict[UUID, Decision]:
    """Whom the profiles of a name mean; where it has one bearer, only those stored as somebody else."""
    profile = rows.table_of(tables.Profile)
    query = select(profile).where(profile.c.own_id == bearers.own)
    if len(bearers.people) < 2:
        others = query.where((profile.c.speaker_id != bearers.own) | (profile.c.rule != tables.BY_NAME))
        return {row.id: Decision(bearers.own) for row in connection.execute(others)}
    found = {row.id: row for row in connection.execute(query)}
    sure = {
        row.article_id: bearers.decide(offices, {}).speaker
        for row in found.values()
        if (offices := offices_of(row.offices))
    }
    alike = profiles.likeness(connection, {row.article_id for row in found.values() if not row.offices})
    decided = {}
    for key, row in found.items():
        votes: dict[UUID, float] = {}
        for article, speaker in sorted(sure.items()):
            if score := alike.get(pair(article, row.article_id)):
                votes[speaker] = votes.get(speaker, 0.0) + score
        decided[key] = bearers.decide(offices_of(row.offices), votes)
    return decided


def _joined(
    connection: Connection,
    decided: Mapping[UUID, Decision],
    bearers: Mapping[UUID, Bearers],
    spelled: Sequence[Spelling],
) -> dict[UUID, Decision]:
    """The decisions on those whose name is another spelling of somebody's: the smallest of the ids stands for all."""
    strongest: dict[tuple[UUID, UUID], Link] = {}
    for a, b, one in spelled:
        first, second = (decided[row.id].speaker if row.id in decided else row.own_id for row in (a, b))
        both = pair(first, second)
        if first == second or _apart(bearers[a.own_id].offices(first), bearers[b.own_id].offices(second)):
            continue
        if both not in strongest or (one.score, one.rule) > (strongest[both].score, strongest[both].rule):
            strongest[both] = one
    profile = rows.table_of(tables.Profile)
    found: dict[UUID, Decision] = {}
    for group in components({key for both in strongest for key in both}, strongest):
        for other in group[1:]:
            best = max((one for both, one in strongest.items() if other in both), key=lambda one: (one.score, one.rule))
            decision = Decision(group[0], best.rule, best.score)
            # Whoever was never moved is not among the decisions.
            never = select(profile.c.id).where(profile.c.own_id == other, profile.c.speaker_id == other)
            moved = {row.id for row in connection.execute(never)} - set(decided)
            moved |= {key for key, one in decided.items() if one.speaker == other}
            found |= dict.fromkeys(moved, decision)
    return found


def _apart(a: frozenset[Any], b: frozenset[Any]) -> bool:
    """Whether the offices of two people exclude one another."""
    return len(namesakes([(tuple(a), None), (tuple(b), None)])) > 1
