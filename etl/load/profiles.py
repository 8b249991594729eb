"""Profiles as rows: what articles say of people and bodies, and the evidence between those of alike articles."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, or_, select

from etl.identify.offices import Office
from etl.identify.profiles import Profile, evidence
from etl.identify.weights import ALIKE
from etl.load import rows
from etl.scored import Scored
from schema import tables
from schema.enums import ReportingRole, SpeakerType


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for two profiles being of one person or body: score 0..1, the strongest piece, and all of it."""

    score: float
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Gone:
    """What was removed with articles that are written anew: whose names, which profiles it was evidence for."""

    own: frozenset[UUID]
    partners: frozenset[UUID]
    speakers: frozenset[UUID]


def take_out(connection: Connection, articles: Collection[UUID]) -> Gone:
    """Removes the profiles of these articles with all evidence that rests on them."""
    profile = rows.table_of(tables.Profile)
    of = rows.among(connection, select(profile.c.id), profile.c.article_id, articles)
    return remove(connection, {row.id for row in of})


def remove(connection: Connection, removed: Collection[UUID]) -> Gone:
    """Removes these profiles with all evidence that rests on them."""
    profile = rows.table_of(tables.Profile)
    query = select(profile.c.id, profile.c.own_id, profile.c.speaker_id, profile.c.offices, profile.c.year)
    found = rows.among(connection, query, profile.c.id, removed)
    partners = {key for one in pairs_of(connection, removed) for key in one} - set(removed)
    rows.remove(connection, tables.Profile, "id", removed)
    held = Counter((row.own_id, row.offices, row.year or 0) for row in found)
    rows.count(connection, tables.OfficeCount, {key: -number for key, number in held.items()})
    return Gone(frozenset(row.own_id for row in found), frozenset(partners), frozenset(row.speaker_id for row in found))


def add(connection: Connection, fresh: Iterable[Profile]) -> None:
    """Stores new profiles, each as the speaker of its name, and the evidence between them and those stored."""
    fresh = list(fresh)
    made = [_row(one) for one in fresh]
    rows.add(connection, tables.Profile, made)
    rows.count(
        connection,
        tables.OfficeCount,
        Counter((row["own_id"], row["offices"], row["year"] or 0) for row in made),
    )
    _add_pairs(connection, fresh)


def loaded(connection: Connection, column: str, values: Collection[Any]) -> dict[UUID, Any]:
    """The rows of the profiles whose column is one of the values, by id."""
    profile = rows.table_of(tables.Profile)
    return {row.id: row for row in rows.among(connection, select(profile), profile.c[column], values)}


def pairs_of(connection: Connection, profiles: Collection[UUID]) -> dict[tuple[UUID, UUID], Evidence]:
    """The evidence between these profiles and any others."""
    table = rows.table_of(tables.ProfilePair)
    return {
        (row.profile_id, row.other_id): Evidence(row.score, row.rule, row.detail)
        for chunk in rows.chunks(sorted(profiles))
        for row in connection.execute(
            select(table).where(
                or_(*(rows.one_of(connection, table.c[end], chunk) for end in ("profile_id", "other_id")))
            )
        )
    }


def speaking(connection: Connection, column: str, values: Collection[UUID]) -> dict[UUID, UUID]:
    """The profile that speaks in each report; column: report_id or profile_id, which is one of the values."""
    link, about = rows.table_of(tables.ReportingLink), rows.table_of(tables.LinkProfile)
    same_link = (link.c.report_id == about.c.report_id) & (link.c.position == about.c.position)
    query = select(about.c.report_id, about.c.profile_id).join(link, same_link)
    found = rows.among(connection, query.where(link.c.role == ReportingRole.SPEAKER), about.c[column], values)
    return {row.report_id: row.profile_id for row in found}


def meant_by(connection: Connection, speaker: UUID) -> UUID:
    """Whom this id means now: itself while anybody is meant by it, else whom the full name with this id means."""
    profile = rows.table_of(tables.Profile)
    full = select(profile.c.speaker_id).where(profile.c.is_full).order_by(profile.c.speaker_id).limit(1)
    for column in (profile.c.speaker_id, profile.c.own_id):
        if found := connection.execute(full.where(column == speaker)).first():
            return UUID(str(found.speaker_id))
    return speaker


@lru_cache(maxsize=1 << 12)
def offices_of(text: str) -> tuple[Office, ...]:
    """The offices as a profile's row has them."""
    return tuple(Office.parse(part) for part in text.split(",") if part)


def _row(one: Profile) -> Mapping[str, Any]:
    return {
        "id": one.id,
        "article_id": one.article,
        "speaker_id": one.own,
        "own_id": one.own,
        "type": one.type,
        "name": one.name,
        "is_full": one.is_full,
        "offices": ",".join(map(str, one.offices)),
        "year": one.year,
        "gender": one.gender,
        "aliases": list(one.aliases),
        "roles": list(one.roles),
        "rule": tables.BY_NAME,
        "score": 1.0,
    }


def of_row(row: Any) -> Profile:
    """The profile that was stored as this row."""
    return Profile(
        id=row.id,
        article=row.article_id,
        own=row.own_id,
        type=SpeakerType(row.type),
        name=row.name,
        is_full=row.is_full,
        offices=offices_of(row.offices),
        year=row.year,
        gender=row.gender,
        aliases=tuple(row.aliases),
        roles=tuple(row.roles),
    )


def _add_pairs(connection: Connection, fresh: Sequence[Profile]) -> None:
    """The evidence between fresh profiles, which are all of their articles, and those of articles alike to theirs."""
    articles = {one.article for one in fresh}
    alike = likeness(connection, articles)
    stored = loaded(connection, "article_id", {article for both in alike for article in both} - articles)
    made = []
    for a, b, score in _met([*fresh, *map(of_row, stored.values())], alike):
        if link := evidence(a.entity, b.entity, score):
            first, second = (a, b) if a.id < b.id else (b, a)
            made.append(_pair_row(first, second, link))
    rows.add(connection, tables.ProfilePair, sorted(made, key=lambda row: (row["profile_id"], row["other_id"])))


def _pair_row(a: Profile, b: Profile, link: Scored) -> Mapping[str, Any]:
    both_full = a.is_full and b.is_full
    return {
        "profile_id": a.id,
        "other_id": b.id,
        "rule": link.rule,
        "score": link.score,
        "detail": link.detail,
        "own_id": a.own if both_full else None,
        "other_own_id": b.own if both_full else None,
    }


def _met(
    profiles: Sequence[Profile], alike: Mapping[tuple[UUID, UUID], float]
) -> Iterator[tuple[Profile, Profile, float]]:
    """Every two profiles of alike articles that may be one and have not one name already, and how alike these are."""
    # Numbers stand for profiles and names: comparing and hashing them takes a fraction of the time that ids take.
    names: dict[UUID, int] = {}
    by_block: dict[UUID, dict[str, list[tuple[int, int]]]] = {}
    for number, one in enumerate(profiles):
        name = names.setdefault(one.own, len(names))
        of_article = by_block.setdefault(one.article, {})
        for block in one.called.blocks:
            of_article.setdefault(block, []).append((number, name))
    for (a, b), score in alike.items():
        mine, theirs = by_block.get(a, {}), by_block.get(b, {})
        met = {
            (first, second)
            for block in mine.keys() & theirs.keys()
            for first, name in mine[block]
            for second, other_name in theirs[block]
            if name != other_name
        }
        for first, second in met:
            yield profiles[first], profiles[second], score


def likeness(connection: Connection, articles: Collection[UUID]) -> dict[tuple[UUID, UUID], float]:
    """How alike these articles and others are, by pair, where it is enough for their people to be compared."""
    table = rows.table_of(tables.ArticlePair)
    query = select(table.c.article_id, table.c.other_id, table.c.score).where(table.c.score >= ALIKE)
    return {
        (row.article_id, row.other_id): row.score
        for column in (table.c.article_id, table.c.other_id)
        for row in rows.among(connection, query, column, articles)
    }
