"""By what an article is known again: ids made of its addresses, its external ids, its texts and its outlets.

From none of them what it was made of can be read. What people decided of articles rests on them: it holds for records
that come later, and whatever ids the articles have by then.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from etl.load import given, rows
from etl.records import RawArticle
from schema import tables
from schema.keys import content_id, source_id, text_hash

_ANY, _UNKNOWN, _BARE = "any outlet", "unknown outlet", "no domain"


@dataclass(frozen=True, slots=True)
class Telling:
    """What a record tells of its article: names, the hash of its text, and its outlet."""

    hashed: str
    url: str | None = None
    external_ids: Collection[str] = ()
    domain: str | None = None
    source: str | None = None

    @classmethod
    def of(cls, raw: RawArticle) -> "Telling":
        """What a record tells."""
        return cls(text_hash(raw.text), raw.url, raw.external_ids, raw.domain, raw.source)

    @property
    def outlets(self) -> set[UUID]:
        """The outlet, and that of its name alone: a record without a domain may mean either."""
        by_name = {source_id(None, self.source)} if self.source else set()
        return by_name | ({source_id(self.domain, self.source)} if self.domain else set())

    @property
    def names(self) -> set[UUID]:
        """By what an article with this record is known as one that people decided about: any of these."""
        if not self.outlets:
            return self._names | {_name("text", self.hashed, _UNKNOWN)}
        bare = {_name("text", self.hashed, _BARE, str(one)) for one in self.outlets if self.domain is None}
        return self._names | bare | {_name("text", self.hashed, str(one)) for one in (*self.outlets, _ANY)}

    @property
    def left(self) -> set[UUID]:
        """What a decision keeps of an article with this record.

        A record without an outlet may be of any; so may an article without one be that of any record. A record that
        gives the outlet's name and no domain may be of any outlet of that name.
        """
        if not self.outlets:
            return self._names | {_name("text", self.hashed, one) for one in (_UNKNOWN, _ANY)}
        own = str(source_id(self.domain, self.source))
        found = self._names | {_name("text", self.hashed, one) for one in (_UNKNOWN, own)}
        if self.domain and self.source:
            found.add(_name("text", self.hashed, _BARE, str(source_id(None, self.source))))
        return found

    @property
    def _names(self) -> set[UUID]:
        named = {_name("external_id", name) for name in self.external_ids}
        return named if self.url is None else {*named, _name("url", self.url)}


def names_of(raw: RawArticle) -> set[UUID]:
    """By what a record is known as one of an article that people decided about: any of these."""
    return Telling.of(raw).names


def left_by(connection: Connection, articles: Collection[UUID], records: Sequence[RawArticle]) -> set[UUID]:
    """What a decision about these articles keeps of them. records: further ones of the same, stored or not."""
    tellings = [telling for its in tellings_of(connection, articles).values() for telling in its]
    return {name for telling in (*map(Telling.of, records), *tellings) for name in telling.left}


def tellings_of(connection: Connection, articles: Collection[UUID]) -> dict[UUID, list[Telling]]:
    """What the records of stored articles tell, and what the articles themselves do, with every text they had."""
    article, source = rows.table_of(tables.Article), rows.table_of(tables.Source)
    external, revision = rows.table_of(tables.ExternalId), rows.table_of(tables.Revision)
    names: dict[UUID, list[str]] = {}
    for row in rows.among(connection, select(external), external.c.article_id, articles):
        names.setdefault(row.article_id, []).append(row.value)
    hashes: dict[UUID, set[str]] = {}
    texts = select(revision.c.article_id, revision.c.text_hash)
    for row in rows.among(connection, texts, revision.c.article_id, articles):
        hashes.setdefault(row.article_id, set()).add(row.text_hash)
    columns = (article.c.id, article.c.url, article.c.text_hash, source.c.domain, source.c.name, source.c.known)
    query = select(*columns).join(source, source.c.id == article.c.source_id)
    found: dict[UUID, list[Telling]] = {}
    for row in rows.among(connection, query, article.c.id, articles):
        called = row.name if row.known and row.name != row.domain else None
        its = {row.text_hash, *hashes.get(row.id, ())}
        found[row.id] = [Telling(one, row.url, names.get(row.id, ()), row.domain, called) for one in sorted(its)]
    for key, hashed, told in given.told_of(connection, found):
        found[key].append(_telling(hashed, told))
    return found


def keys_of(connection: Connection, articles: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """By which names and outlets people may have decided about these articles; those not stored are missing."""
    return {
        key: {name for telling in its for name in (*telling.names, *telling.outlets)}
        for key, its in tellings_of(connection, articles).items()
    }


def with_texts(connection: Connection, hashes: Iterable[str]) -> set[UUID]:
    """The stored articles that have or had a text of one of these hashes."""
    revision = rows.table_of(tables.Revision)
    query = select(revision.c.article_id)
    return {row.article_id for row in rows.among(connection, query, revision.c.text_hash, set(hashes))}


def _telling(hashed: str, told: Any) -> Telling:
    named = [name for name in (told.get("external_id"), *told.get("further_ids", ())) if name]
    return Telling(hashed, told.get("url"), named, told.get("domain"), told.get("source"))


def _name(*parts: str) -> UUID:
    return content_id("forgotten", *parts)
