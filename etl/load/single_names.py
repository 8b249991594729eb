"""Whom people known by one name mean: whoever is called so in alike articles, if that is one person by far."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from etl.cluster import components
from etl.identify.judgement import DECIDED, Judgement, single
from etl.identify.profiles import Link
from etl.load import authorities, profiles
from schema import decisions
from schema.keys import fold

_NAMES_TOLD = 3
BY_FULL, BY_SINGLE = "one name of somebody in alike articles", "the same single name in alike articles"


def judge(connection: Connection, start: Collection[UUID]) -> dict[UUID, Judgement]:
    """Whom the profiles of single names among these mean, and all that hang together with them or are beside one.

    What full names mean is stored already.
    """
    evidence, found = _together(connection, start)
    near: dict[UUID, dict[UUID, float]] = {key: {} for key, row in found.items() if not row.is_full}
    for (a, b), link in evidence.items():
        for key, other in ((a, b), (b, a)):
            if key in near:
                near[key][other] = link.score
    judged: dict[UUID, Judgement] = {}
    for key, others in near.items():
        full = {other: found[other].speaker_id for other in others if found[other].is_full}
        if one := single(_votes(others, full), BY_FULL):
            names = {found[other].name for other, speaker in full.items() if speaker == one.speaker}
            judged[key] = replace(one, detail=", ".join(sorted(names)[:_NAMES_TOLD]))
    direct = {key: one.speaker for key, one in judged.items()}
    for key, others in near.items():
        if key not in direct and (one := single(_votes(others, direct), BY_SINGLE)):
            judged[key] = one
    judged |= _among_themselves(near, found, judged) | _listed(connection, set(near) - set(judged), found)
    return judged | _decided(connection, judged, found)


def _listed(connection: Connection, left: Collection[UUID], found: Mapping[UUID, Any]) -> dict[UUID, Judgement]:
    """Whom an authority file calls by a single name that no article near it explains: "Obama"."""
    names = {key: fold(found[key].name) for key in left}
    people = authorities.called_so(connection, set(names.values()))
    now = {key: profiles.meant_by(connection, key) for key in people.values()}
    return {
        key: Judgement(now[people[name]], authorities.RULE, authorities.SINGLE_SCORE)
        for key, name in names.items()
        if name in people
    }


def _decided(
    connection: Connection, judged: Mapping[UUID, Judgement], found: Mapping[UUID, Any]
) -> dict[UUID, Judgement]:
    """Whom people said that single names mean."""
    names = {found[key].own_id for key in judged}
    result: dict[UUID, Judgement] = {}
    for merge in decisions.merges(connection, names | {one.speaker for one in judged.values()}).values():
        now = profiles.meant_by(connection, merge.into)
        for key, one in judged.items():
            if {found[key].own_id, one.speaker} & set(merge.nodes):
                result[key] = Judgement(now, DECIDED)
    for split in decisions.splits(connection, names | set(judged)).values():
        for key in judged:
            if split.takes(key, found[key].aliases) and (found[key].own_id in split.names or key in split.profiles):
                result[key] = Judgement(split.other, DECIDED)
    return result


def _votes(others: Mapping[UUID, float], speakers: Mapping[UUID, UUID]) -> dict[UUID, float]:
    """The evidence for each speaker that some of these profiles mean."""
    votes: dict[UUID, float] = {}
    for other in sorted(others):
        if other in speakers:
            votes[speakers[other]] = votes.get(speakers[other], 0.0) + others[other]
    return votes


def _among_themselves(
    near: Mapping[UUID, Mapping[UUID, float]], found: Mapping[UUID, Any], judged: Mapping[UUID, Judgement]
) -> dict[UUID, Judgement]:
    """Those whom no full name explains: one person where they hang together, known by the smallest of their ids."""
    left = set(near) - set(judged)
    pairs = {(key, other) for key in left for other in near[key] if other in left and key < other}
    result = {}
    for group in components(left, pairs):
        own = min(found[key].own_id for key in group)
        for key in group:
            best = max((near[key][other] for other in group if other in near[key]), default=1.0)
            alone = found[key].own_id == own
            result[key] = Judgement(own) if alone else Judgement(own, BY_SINGLE, best)
    return result


def _together(connection: Connection, start: Collection[UUID]) -> tuple[dict[tuple[UUID, UUID], Link], dict[UUID, Any]]:
    """The single names that hang together with these profiles, with all evidence and everybody it is about."""
    evidence: dict[tuple[UUID, UUID], Link] = {}
    found: dict[UUID, Any] = {}
    seen: set[UUID] = set()
    todo = set(start)
    while todo:
        seen |= todo
        near = profiles.pairs_of(connection, todo)
        found |= profiles.loaded(connection, "id", ({key for both in near for key in both} | todo) - set(found))
        both_full = {both for both in near if all(found[key].is_full for key in both)}
        evidence |= {both: one for both, one in near.items() if both not in both_full}
        todo = {key for both in set(near) - both_full for key in both if not found[key].is_full} - seen
    # Full names that no single name of these leans on were looked at for nothing.
    used = {key for both in evidence for key in both}
    return evidence, {key: row for key, row in found.items() if key in used or not row.is_full}
