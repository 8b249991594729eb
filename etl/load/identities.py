"""Whom the profiles of a batch mean, and those of earlier loads that mean somebody else because of it.

Everything is computed anew from what is stored for whatever a batch touches: the same articles give the same people in
any order and any batches.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from etl.identify.judgement import Judgement
from etl.identify.profiles import Profile
from etl.load import full_names, profiles, rows, single_names
from etl.load.profiles import Gone
from schema import tables
from schema.enums import SpeakerType
from schema.keys import fold, speaker_id


@dataclass(slots=True)
class Identities:
    """Who is who after a batch.

    fresh: the batch's profiles by article and party key. speakers: whom each profile means, fresh ones and moved ones.
    moved: profiles of other articles that mean somebody else now. touched: speakers who gained or lost a profile.
    """

    fresh: Mapping[UUID, Mapping[str, Profile]]
    speakers: dict[UUID, UUID] = field(default_factory=dict)
    moved: set[UUID] = field(default_factory=set)
    touched: set[UUID] = field(default_factory=set)

    @classmethod
    def by_name(cls, fresh: Mapping[UUID, Mapping[str, Profile]]) -> "Identities":
        """Everybody is whom their name says: what is known before other articles are looked at."""
        return cls(fresh, {one.id: one.own for by_key in fresh.values() for one in by_key.values()})

    def speaker(self, article: UUID, party: str) -> UUID:
        """Whom a party of one of the batch's articles means; an unnamed source is nobody else."""
        profile = self.profile(article, party)
        return self.speakers[profile] if profile else speaker_id(party)

    def profile(self, article: UUID, party: str) -> UUID | None:
        """The profile of a party of one of the batch's articles, None for an unnamed source."""
        found = self.fresh[article].get(party)
        return found.id if found else None


def identify(
    connection: Connection, fresh: Mapping[UUID, Mapping[str, Profile]], gone: Gone, now: datetime
) -> Identities:
    """Stores the profiles of these articles and judges anew about everybody they bear on.

    fresh: the profiles by article and party key. The rows of the articles, their likenesses and the speakers of their
    parties' names are there already.
    """
    found = Identities.by_name(fresh)
    own = [one for by_key in found.fresh.values() for one in by_key.values()]
    profiles.add(connection, own)
    found.touched |= gone.speakers | {one.own for one in own}
    partners = profiles.loaded(connection, "id", gone.partners)
    names = {one.own for one in own if one.is_full} | gone.own | {row.own_id for row in partners.values()}
    _judge(connection, names, {one.id for one in own} | set(partners), found, now)
    found.moved -= {one.id for one in own}
    return found


def reconsider(connection: Connection, subjects: Collection[UUID], now: datetime) -> Identities:
    """Judges anew about speakers, names and profiles: somebody decided something about them."""
    found = Identities({})
    about = {
        key: row
        for column in ("own_id", "speaker_id", "id")
        for key, row in profiles.loaded(connection, column, subjects).items()
    }
    _judge(connection, {row.own_id for row in about.values()}, set(about), found, now)
    return found


def _judge(
    connection: Connection, names: Collection[UUID], start: Collection[UUID], found: Identities, now: datetime
) -> None:
    """Full names first, then the single names that lean on them."""
    _apply(connection, full_names.judge(connection, names), found, now)
    _apply(connection, single_names.judge(connection, {*start, *found.moved}), found, now)


def _apply(connection: Connection, judgements: Mapping[UUID, Judgement], found: Identities, now: datetime) -> None:
    """Writes judgements that differ from what is stored."""
    stored = profiles.loaded(connection, "id", judgements)
    _add_people(connection, judgements, stored, now)
    changed = []
    for key, one in judgements.items():
        row = stored[key]
        if (row.speaker_id, row.rule, row.score, row.detail) == (one.speaker, one.rule, one.score, one.detail):
            continue
        changed.append(
            {"id": key, "speaker_id": one.speaker, "rule": one.rule, "score": one.score, "detail": one.detail}
        )
        if row.speaker_id != one.speaker:
            found.moved.add(key)
            found.speakers[key] = one.speaker
            found.touched |= {row.speaker_id, one.speaker}
    rows.put(connection, tables.Profile, changed)


def _add_people(
    connection: Connection, judgements: Mapping[UUID, Judgement], stored: Mapping[UUID, Any], now: datetime
) -> None:
    """Rows for people nobody was before: further bearers of a name; their names are settled later."""
    kinds = {one.speaker: stored[key] for key, one in sorted(judgements.items(), reverse=True)}
    speaker = rows.table_of(tables.Speaker)
    known = {row.id for row in rows.among(connection, select(speaker.c.id), speaker.c.id, kinds)}
    new = {key: row for key, row in kinds.items() if key not in known}
    rows.put(
        connection,
        tables.Speaker,
        [{"id": key, "name": row.name, "folded": fold(row.name), "type": row.type} for key, row in new.items()],
        stamp={"updated_at": now},
    )
    for kind, model in ((SpeakerType.PERSON, tables.Person), (SpeakerType.ORGANIZATION, tables.Organization)):
        rows.put(connection, model, [{"id": key, "type": kind} for key, row in new.items() if row.type == kind])
