"""People, bodies and unnamed sources as rows, with the names and roles each article gives them."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, exists, select

from etl.identify.profiles import Profile
from etl.load import outlets, profiles, rows
from etl.load.articles import id_of
from etl.load.identities import Identities
from etl.records import Party, ResolvedArticle
from schema import tables
from schema.enums import SpeakerType
from schema.keys import fold, speaker_id

Naming = tuple[UUID, UUID, str]
"""A speaker, an article, and a name or role that the one has in the other."""

RARE = 20
"""A spelling printed so many times less often than the usual one is a slip: "Floridians Jeb Bush"."""


def write(
    connection: Connection, resolved: Sequence[ResolvedArticle], now: datetime, kept: Iterable[Profile] = ()
) -> None:
    """The parties of these articles, each as the speaker of their name; kept: whom only their earlier texts name."""
    # Of a body that articles spell in several ways the fullest comes last, in whatever order they stand in the batch.
    every = (party for item in resolved for party in item.parties.values())
    parties = {
        speaker_id(party.key): party for party in sorted(every, key=lambda one: _fullness(one.name), reverse=True)
    }
    parties = {one.own: Party(str(one.own), one.type, one.name) for one in kept} | parties
    _write_speakers(connection, parties, now)
    _write_kinds(connection, parties)
    _write_unnamed(connection, resolved)


def name(
    connection: Connection, resolved: Sequence[ResolvedArticle], who: Identities, also: Collection[UUID] = frozenset()
) -> set[UUID]:
    """Names and roles that these articles, and those with moved profiles, give; all speakers named now or before.

    also: further articles of which a profile went.

    Names are those of the profiles of these articles; unnamed sources keep theirs, the batch brings its own.
    """
    batch = {id_of(item.article) for item in resolved}
    articles = {*batch, *also} | {row.article_id for row in profiles.loaded(connection, "id", who.moved).values()}
    alias, unnamed = rows.table_of(tables.Alias), rows.table_of(tables.UnnamedSource)
    before = rows.among(connection, select(alias), alias.c.article_id, articles)
    described = rows.among(connection, select(unnamed.c.id), unnamed.c.article_id, articles)
    nameless = {row.id for row in described}
    profile = rows.table_of(tables.Profile)
    query = select(profile.c.speaker_id, profile.c.article_id, profile.c.aliases, profile.c.roles)
    stored = rows.among(connection, query, profile.c.article_id, articles)
    aliases = {(row.speaker_id, row.article_id, name) for row in stored for name in row.aliases}
    aliases |= {
        (row.speaker_id, row.article_id, row.name)
        for row in before
        if row.article_id not in batch and row.speaker_id in nameless
    }
    aliases |= _aliases_of_unnamed(resolved)
    _write_aliases(connection, before, aliases)
    roles = {(row.speaker_id, row.article_id, title) for row in stored for title in row.roles}
    rows.remove(connection, tables.Role, "article_id", articles)
    rows.add(connection, tables.Role, [_named(one, "title") for one in sorted(roles, key=_in_order)])
    return nameless | {row.speaker_id for row in before} | {speaker for speaker, _, _ in aliases}


def take_out(connection: Connection, articles: Collection[UUID]) -> set[UUID]:
    """Removes the names and roles that these articles give; all whom they name, unnamed sources as well."""
    alias, unnamed = rows.table_of(tables.Alias), rows.table_of(tables.UnnamedSource)
    before = rows.among(connection, select(alias), alias.c.article_id, articles)
    nameless = {row.id for row in rows.among(connection, select(unnamed.c.id), unnamed.c.article_id, articles)}
    affiliation = rows.table_of(tables.Affiliation)
    query = select(affiliation.c.organization_id)
    bodies = rows.among(connection, query, affiliation.c.unnamed_source_id, nameless)
    rows.remove(connection, tables.Affiliation, "unnamed_source_id", nameless)
    _write_aliases(connection, before, frozenset())
    rows.remove(connection, tables.Role, "article_id", articles)
    return nameless | {row.speaker_id for row in before} | {row.organization_id for row in bodies}


def settle(connection: Connection, touched: Collection[UUID], now: datetime) -> None:
    """Names each touched person by the fullest spelling on record and removes speakers nothing refers to any more."""
    remaining = set(touched) - _remove_orphans(connection, touched)
    _name_people(connection, remaining, now)


def _write_speakers(connection: Connection, parties: Mapping[UUID, Party], now: datetime) -> None:
    """A person's name is settled later, from all aliases; a body keeps the fuller of its names."""
    speaker = rows.table_of(tables.Speaker)
    stored = {
        row.id: row.name for row in rows.among(connection, select(speaker.c.id, speaker.c.name), speaker.c.id, parties)
    }
    wanted = []
    for key, party in parties.items():
        name = party.name
        if key in stored:
            bodies = party.type is SpeakerType.ORGANIZATION
            name = min(name, stored[key], key=_fullness) if bodies else stored[key]
        wanted.append({"id": key, "type": party.type, "name": name, "folded": fold(name)})
    rows.put(connection, tables.Speaker, wanted, stamp={"updated_at": now})


def _write_kinds(connection: Connection, parties: Mapping[UUID, Party]) -> None:
    for kind, model in ((SpeakerType.PERSON, tables.Person), (SpeakerType.ORGANIZATION, tables.Organization)):
        rows.put(connection, model, [{"id": key, "type": kind} for key, one in parties.items() if one.type is kind])


def _write_unnamed(connection: Connection, resolved: Sequence[ResolvedArticle]) -> None:
    """The unnamed sources of these articles and the bodies they belong to."""
    unnamed, affiliations = [], []
    for article, party in _unnamed(resolved):
        key = speaker_id(party.key)
        unnamed.append({"id": key, "type": party.type, "article_id": article})
        affiliations += [{"unnamed_source_id": key, "organization_id": speaker_id(body)} for body in party.affiliations]
    rows.put(connection, tables.UnnamedSource, unnamed)
    rows.remove(connection, tables.Affiliation, "unnamed_source_id", [row["id"] for row in unnamed])
    rows.put(connection, tables.Affiliation, affiliations)


def _unnamed(resolved: Sequence[ResolvedArticle]) -> Iterator[tuple[UUID, Party]]:
    """The unnamed sources of these articles, each with its article."""
    for item in resolved:
        for party in item.parties.values():
            if party.type is SpeakerType.UNNAMED_SOURCE:
                yield id_of(item.article), party


def _aliases_of_unnamed(resolved: Sequence[ResolvedArticle]) -> set[Naming]:
    return {(speaker_id(party.key), article, alias) for article, party in _unnamed(resolved) for alias in party.aliases}


def _write_aliases(connection: Connection, before: Collection[Row[Any]], aliases: Collection[Naming]) -> None:
    """The names of some articles in place of those before, and in how many articles each stands."""
    counted = Counter((speaker, name) for speaker, _, name in aliases)
    counted.subtract((row.speaker_id, row.name) for row in before)
    rows.count(connection, tables.AliasCount, counted)
    rows.remove(connection, tables.Alias, "article_id", {row.article_id for row in before})
    made = [{**_named(one, "name"), "folded": fold(one[2])} for one in sorted(aliases, key=_in_order)]
    rows.add(connection, tables.Alias, made)


def _named(one: Naming, column: str) -> dict[str, Any]:
    """A row that has the words in this column."""
    speaker, article, words = one
    return {"speaker_id": speaker, "article_id": article, column: words}


def _in_order(one: Naming) -> tuple[int, int, str]:
    """The order of the ids; numbers are compared in a fraction of the time."""
    speaker, article, words = one
    return speaker.int, article.int, words


def _name_people(connection: Connection, speakers: Collection[UUID], now: datetime) -> None:
    """The name an authority file gives, else the fullest alias that more than a few articles print.

    That is the one with most words, then most accents (Mélanie), most articles, longest, first in the alphabet.
    """
    speaker, alias = rows.table_of(tables.Speaker), rows.table_of(tables.AliasCount)
    query = select(alias).join(speaker, speaker.c.id == alias.c.speaker_id).where(speaker.c.type == SpeakerType.PERSON)
    spellings: dict[UUID, Counter[str]] = {}
    for row in rows.among(connection, query, alias.c.speaker_id, speakers):
        spellings.setdefault(row.speaker_id, Counter())[row.name] = row.articles
    authority = rows.table_of(tables.Authority)
    query = select(authority.c.id, authority.c.name)
    given = {row.id: row.name for row in rows.among(connection, query, authority.c.id, speakers)}
    wanted = []
    for key, counts in spellings.items():
        usual = [name for name, articles in counts.items() if articles * RARE >= max(counts.values())]
        name = given.get(key) or min(
            usual, key=lambda name: (-len(name.split()), -_accents(name), -counts[name], -len(name), name)
        )
        wanted.append({"id": key, "name": name, "folded": fold(name)})
    rows.put(connection, tables.Speaker, wanted, stamp={"updated_at": now})


def rename_bodies(connection: Connection, bodies: Collection[UUID], now: datetime) -> None:
    """Names those of these that are bodies by the fullest name that an article which is still there gives.

    For after an article went or has another text: while articles only come, _write_speakers keeps the fuller name.
    """
    profile = rows.table_of(tables.Profile)
    query = select(profile.c.own_id, profile.c.name).where(profile.c.type == SpeakerType.ORGANIZATION).distinct()
    names: dict[UUID, set[str]] = {}
    for row in rows.among(connection, query, profile.c.own_id, bodies):
        names.setdefault(row.own_id, set()).add(row.name)
    fullest = {key: min(its, key=_fullness) for key, its in names.items()}
    wanted = [{"id": key, "name": name, "folded": fold(name)} for key, name in fullest.items()]
    rows.put(connection, tables.Speaker, wanted, stamp={"updated_at": now})


def _fullness(name: str) -> tuple[int, int, str]:
    return -len(name.split()), -len(name), name


def _remove_orphans(connection: Connection, speakers: Collection[UUID]) -> set[UUID]:
    """Removes those of the speakers that no article names and no row refers to; their ids."""
    speaker = rows.table_of(tables.Speaker)
    references = (
        rows.table_of(tables.Statement).c.speaker_id,
        rows.table_of(tables.Mention).c.speaker_id,
        rows.table_of(tables.ReportingLink).c.speaker_id,
        rows.table_of(tables.Alias).c.speaker_id,
        rows.table_of(tables.Affiliation).c.organization_id,
        rows.table_of(tables.Authority).c.id,
    )
    unused = select(speaker.c.id).where(*(~exists().where(column == speaker.c.id) for column in references))
    orphans = {row.id for row in rows.among(connection, unused, speaker.c.id, speakers)}
    outlets.untie(connection, orphans)
    rows.remove(connection, tables.Speaker, "id", orphans)
    return orphans


def _accents(name: str) -> int:
    """Letters that an outlet without them would have printed plain."""
    return sum(letter.isalpha() and not letter.isascii() for letter in name)
