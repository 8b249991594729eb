"""What a record adds to an article that is already stored: nothing, what was missing, a new revision, or a conflict."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Engine

from etl.load.articles import Stored, articles_at, raw_id, stored_articles
from etl.records import RawArticle, Refused
from schema.keys import source_id, text_hash

_GIVEN = ("source", "domain", "url", "external_id", "headline", "published_on", "authors", "language", "file_name")


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of the articles of a batch: by id, and who holds their urls."""

    articles: Mapping[UUID, Stored]
    urls: Mapping[str, UUID]

    @classmethod
    def of(cls, engine: Engine, records: Sequence[RawArticle]) -> "Known":
        """What is stored of the articles that these records are about."""
        ids = {raw_id(raw) for raw in records}
        return cls(stored_articles(engine, ids), articles_at(engine, {raw.url for raw in records if raw.url}))

    def has(self, raw: RawArticle) -> bool:
        """Whether the article of this record was stored before."""
        return raw_id(raw) in self.articles


def settle(raw: RawArticle, known: Known) -> RawArticle | Refused | None:
    """The record to store, with what is on record filled in; None when the database already has all of it.

    The same text again fills what was missing and contradicts nothing. A text not seen before replaces the present one,
    an earlier one does not come back. A record that names another outlet for a known article is refused.
    """
    key = raw_id(raw)
    if raw.url is not None and (holder := known.urls.get(raw.url, key)) != key:
        return _conflict(raw, f"url {raw.url!r} is that of the stored article {holder}, which has another external_id")
    stored = known.articles.get(key)
    if stored is None:
        return raw
    names_outlet = raw.source is not None or raw.domain is not None
    there = source_id(stored.raw.domain, stored.raw.source)
    if names_outlet and stored.source_known and source_id(raw.domain, raw.source) != there:
        outlet = stored.raw.source or stored.raw.domain
        return _conflict(
            raw, f"article {key} is stored as one of {outlet!r}, the record says {raw.source or raw.domain!r}"
        )
    hashed = text_hash(raw.text)
    if hashed == stored.text_hash:
        filled = _filled(stored.raw, raw)
        return None if _given(filled) == _given(stored.raw) else filled
    return None if hashed in stored.texts else _filled(raw, stored.raw)


def _filled(first: RawArticle, second: RawArticle) -> RawArticle:
    """The first record with what it lacks taken from the second; a language the second gives more exactly as well."""
    missing = {name: getattr(second, name) for name in _GIVEN if not getattr(first, name)}
    if first.domain or first.source:
        # An outlet's name and domain belong together.
        missing.pop("source" if first.source else "domain", None)
    if second.language and first.language and second.language.startswith(f"{first.language}-"):
        missing["language"] = second.language
    return replace(first, place=second.place, notes=first.notes or second.notes, **missing)


def _given(raw: RawArticle) -> tuple[object, ...]:
    return tuple(getattr(raw, name) for name in _GIVEN)


def _conflict(raw: RawArticle, what: str) -> Refused:
    return Refused(
        raw.place,
        "identity-conflict",
        f"{raw.place}: {what}; give the article an external_id of its own or correct the record",
        raw.text.encode("utf-8")[:65_536],
    )
