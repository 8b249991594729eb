"""People, bodies and unnamed sources as rows, with the names and roles each article gives them."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, exists, select

from etl.load import outlets, profiles, rows
from etl.load.articles import id_of
from etl.load.identities import Identities
from etl.records import Party, ResolvedArticle
from schema import tables
from schema.enums import SpeakerType
from schema.keys import fold, speaker_id

RARE = 20
"""A spelling printed so many times less often than the usual one is a slip: "Floridians Jeb Bush"."""


def write(connection: Connection, resolved: Sequence[ResolvedArticle], now: datetime) -> None:
    """The parties of these articles, each as the speaker of their name."""
    parties = {speaker_id(party.key): party for item in resolved for party in item.parties.values()}
    _write_speakers(connection, parties, now)
    _write_kinds(connection, resolved)


def name(connection: Connection, resolved: Sequence[ResolvedArticle], who: Identities) -> set[UUID]:
    """Names and roles that these articles, and those with moved profiles, give; all speakers named now or before."""
    moved = profiles.loaded(connection, "id", who.moved)
    articles = {id_of(item.article) for item in resolved} | {row.article_id for row in moved.values()}
    before = _named_in(connection, articles)
    _write_names(connection, resolved, articles)
    return before | _named_in(connection, articles)


def settle(connection: Connection, touched: Collection[UUID], now: datetime) -> None:
    """Names each touched person by the fullest spelling on record and removes speakers nothing refers to any more."""
    remaining = set(touched) - _remove_orphans(connection, touched)
    _name_people(connection, remaining, now)


def _write_speakers(connection: Connection, parties: Mapping[UUID, Party], now: datetime) -> None:
    """A person's name is settled later, from all aliases; a body keeps the fuller of its names."""
    speaker = rows.table_of(tables.Speaker)
    stored = {row.id: row.name for row in rows.among(connection, select(speaker), speaker.c.id, parties)}
    wanted = []
    for key, party in parties.items():
        name = party.name
        if key in stored:
            bodies = party.type is SpeakerType.ORGANIZATION
            name = min(name, stored[key], key=_fullness) if bodies else stored[key]
        wanted.append({"id": key, "type": party.type, "name": name, "folded": fold(name)})
    rows.put(connection, tables.Speaker, wanted, stamp={"updated_at": now})


def _write_kinds(connection: Connection, resolved: Sequence[ResolvedArticle]) -> None:
    people, bodies, unnamed, affiliations = [], [], [], []
    for item in resolved:
        for party in item.parties.values():
            key = speaker_id(party.key)
            if party.type is SpeakerType.PERSON:
                people.append({"id": key, "type": party.type})
            elif party.type is SpeakerType.ORGANIZATION:
                bodies.append({"id": key, "type": party.type})
            else:
                unnamed.append({"id": key, "type": party.type, "article_id": id_of(item.article)})
                affiliations += [
                    {"unnamed_source_id": key, "organization_id": speaker_id(body)} for body in party.affiliations
                ]
    rows.put(connection, tables.Person, people)
    rows.put(connection, tables.Organization, bodies)
    rows.put(connection, tables.UnnamedSource, unnamed)
    rows.remove(connection, tables.Affiliation, "unnamed_source_id", [row["id"] for row in unnamed])
    rows.put(connection, tables.Affiliation, affiliations)


def _write_names(connection: Connection, resolved: Sequence[ResolvedArticle], articles: Collection[UUID]) -> None:
    """Those of the profiles of these articles; unnamed sources keep theirs, the batch brings its own."""
    alias, unnamed = rows.table_of(tables.Alias), rows.table_of(tables.UnnamedSource)
    query = select(alias).join(unnamed, unnamed.c.id == alias.c.speaker_id)
    kept = {
        (row.speaker_id, row.article_id, row.name)
        for row in rows.among(connection, query, alias.c.article_id, articles)
    }
    batch = {id_of(item.article) for item in resolved}
    stored = profiles.loaded(connection, "article_id", articles).values()
    aliases = {(row.speaker_id, row.article_id, alias) for row in stored for alias in row.aliases}
    aliases |= {one for one in kept if one[1] not in batch}
    aliases |= {
        (speaker_id(party.key), id_of(item.article), alias)
        for item in resolved
        for party in item.parties.values()
        if party.type is SpeakerType.UNNAMED_SOURCE
        for alias in party.aliases
    }
    roles = {(row.speaker_id, row.article_id, title) for row in stored for title in row.roles}
    counted = Counter((speaker, name) for speaker, _, name in aliases)
    before = rows.among(connection, select(alias), alias.c.article_id, articles)
    counted.subtract((row.speaker_id, row.name) for row in before)
    rows.count(connection, tables.AliasCount, counted)
    for model, wanted in ((tables.Alias, aliases), (tables.Role, roles)):
        column = "name" if model is tables.Alias else "title"
        rows.remove(connection, model, "article_id", articles)
        made = [{"speaker_id": key, "article_id": article, column: value} for key, article, value in sorted(wanted)]
        rows.add(
            connection,
            model,
            [row | {"folded": fold(str(row["name"]))} for row in made] if model is tables.Alias else made,
        )


def _named_in(connection: Connection, articles: Collection[UUID]) -> set[UUID]:
    alias, unnamed = rows.table_of(tables.Alias), rows.table_of(tables.UnnamedSource)
    named = rows.among(connection, select(alias.c.speaker_id).distinct(), alias.c.article_id, articles)
    described = rows.among(connection, select(unnamed.c.id), unnamed.c.article_id, articles)
    return {row[0] for row in named} | {row[0] for row in described}


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
