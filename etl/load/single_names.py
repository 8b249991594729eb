"""Whom people known by one name mean: whoever is called so in alike articles, if that is one person by far."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select

from etl.cluster import components, pair
from etl.identify.judgement import DECIDED, Judgement, single
from etl.identify.scoring import odds
from etl.load import authorities, profiles, rows
from etl.load.profiles import Evidence, loaded, pairs_of
from schema import decisions, tables
from schema.keys import fold

_NAMES_TOLD = 3
BY_FULL, BY_SINGLE = "one name of somebody in alike articles", "the same single name in alike articles"


def judge(connection: Connection, start: Collection[UUID]) -> dict[UUID, Judgement]:
    """Whom single names mean that are among these profiles or beside them, and those that hang together with them.

    What full names mean is stored already. How much is looked at depends on the alike articles, not on how often a name
    was printed: what a full name explains is not followed any further.
    """
    around = _Around(connection)
    names = around.single_names(start)
    asked: set[UUID] = set()
    todo = names | around.beside(names)
    while todo:
        asked |= todo
        near = around.beside(todo)
        told = {key: one.speaker for key, one in around.by_full_names(todo | near).items()}
        # Only whom nothing explains may be one with others whom nothing explains.
        todo = around.beside({key for key in todo if key not in told and not around.by_others(key, told)}) - asked
    judged = around.by_full_names(asked)
    told = {key: one.speaker for key, one in around.by_full_names(asked | around.beside(asked)).items()}
    for key in asked - set(judged):
        if whom := around.by_others(key, told):
            judged[key] = whom
    left = asked - set(judged)
    judged |= _among_themselves(around, left) | _listed(connection, left, around.rows)
    return judged | _decided(connection, judged, around.rows)


class _Around:
    """Profiles with the evidence beside them, read from the database as they are asked for."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._near: dict[UUID, dict[UUID, Evidence]] = {}
        self.rows: dict[UUID, Any] = {}

    def single_names(self, profiles: Collection[UUID]) -> set[UUID]:
        """Those of the profiles that have single names, and the single names beside those that have full ones."""
        self._read(profiles)
        there = {key for key in profiles if key in self.rows}
        single = {key for key in there if not self.rows[key].is_full}
        return single | self.beside(there - single)

    def beside(self, profiles: Collection[UUID]) -> set[UUID]:
        """The single names beside these profiles."""
        self._read(profiles)
        return {other for key in profiles for other in self._near[key] if not self.rows[other].is_full}

    def evidence(self, key: UUID) -> Mapping[UUID, Evidence]:
        """What stands beside a profile that was asked for."""
        return self._near[key]

    def by_full_names(self, names: Collection[UUID]) -> dict[UUID, Judgement]:
        """Those of the single names that full ones beside them explain."""
        self._read(names)
        judged = {}
        for key in names:
            others = self._near[key]
            full = {other: self.rows[other].speaker_id for other in others if self.rows[other].is_full}
            if whom := single(_votes(others, full), BY_FULL):
                judged[key] = replace(whom, detail=_told(others, full, whom.speaker, self.rows))
        return judged

    def by_others(self, name: UUID, told: Mapping[UUID, UUID]) -> Judgement | None:
        """Whom single names beside this one mean, if that is one person; told: whom full names explain."""
        return single(_votes(self._near[name], told), BY_SINGLE)

    def _read(self, profiles: Collection[UUID]) -> None:
        fresh = set(profiles) - set(self._near)
        found = pairs_of(self._connection, fresh)
        missing = fresh | {key for both in found for key in both}
        self.rows |= {row.id: row for row in self._rows(missing - set(self.rows))}
        self._near |= {key: {} for key in fresh}
        for both, one in found.items():
            for key, other in (both, both[::-1]):
                if key in fresh and not (self.rows[key].is_full and self.rows[other].is_full):
                    self._near[key][other] = one

    def _rows(self, profiles: Collection[UUID]) -> Sequence[Row[Any]]:
        profile = rows.table_of(tables.Profile)
        query = select(profile.c.id, profile.c.own_id, profile.c.speaker_id, profile.c.is_full, profile.c.name)
        return rows.among(self._connection, query, profile.c.id, profiles)


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
    splits = decisions.splits(connection, names | set(judged)).values()
    aliases = {key: row.aliases for key, row in loaded(connection, "id", judged).items()} if splits else {}
    for split in splits:
        for key in judged:
            if split.takes(key, aliases[key]) and (found[key].own_id in split.names or key in split.profiles):
                result[key] = Judgement(split.other, DECIDED)
    return result


def _told(others: Mapping[UUID, Evidence], full: Mapping[UUID, UUID], speaker: UUID, found: Mapping[UUID, Any]) -> str:
    """The full names that a single name was found to call, and the strongest evidence."""
    chosen = {other for other, whom in full.items() if whom == speaker}
    names = ", ".join(sorted({found[other].name for other in chosen})[:_NAMES_TOLD])
    best = max((others[other] for other in chosen), key=lambda one: (one.score, one.detail))
    return f"{names}: {best.detail}"


def _votes(others: Mapping[UUID, Evidence], speakers: Mapping[UUID, UUID]) -> dict[UUID, float]:
    """The odds for each speaker that some of these profiles mean."""
    votes: dict[UUID, float] = {}
    for other in sorted(others):
        if other in speakers:
            votes[speakers[other]] = votes.get(speakers[other], 0.0) + odds(others[other].score)
    return votes


def _among_themselves(around: _Around, left: Collection[UUID]) -> dict[UUID, Judgement]:
    """Those whom no full name explains: one person where they hang together, known by the smallest of their ids."""
    pairs = {pair(key, other) for key in left for other in around.evidence(key) if other in left}
    result = {}
    for group in map(set, components(left, pairs)):
        own = min(around.rows[key].own_id for key in group)
        for key in group:
            beside = [one for other, one in around.evidence(key).items() if other in group]
            # Who stands alone, or gives the others the id, is whom the name says.
            if not beside or around.rows[key].own_id == own:
                result[key] = Judgement(own)
                continue
            best = max(beside, key=lambda one: (one.score, one.detail))
            result[key] = Judgement(own, BY_SINGLE, best.score, best.detail)
    return result
