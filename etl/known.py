"""What a record adds to articles that are already stored: nothing, what was missing, a new revision, or a conflict."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from sqlalchemy import Connection

from etl.load.articles import Held, Stored, held, in_order, stored_articles
from etl.load.known_by import names_of
from etl.records import RawArticle, Refused
from schema import decisions
from schema.keys import fold, text_hash

_GIVEN = ("source", "domain", "url", "external_id", "headline", "published_on", "authors", "language", "file_name")


@dataclass(frozen=True, slots=True)
class Settled:
    """A record that is to be stored, with what is on record filled in.

    replaces: stored articles that it is, under another id: what tells it from others came later than its text.
    """

    raw: RawArticle
    replaces: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What the database knows of the articles of a batch: by id, and who has which external id, url and text.

    records: those of the batch. forgotten: by which of their names articles are known that are not to be stored.
    """

    articles: Mapping[UUID, Stored] = field(default_factory=dict)
    held: Held = field(default_factory=lambda: Held({}, {}, {}))
    records: Sequence[RawArticle] = field(default=(), repr=False, compare=False)
    forgotten: Collection[UUID] = frozenset()

    @classmethod
    def of(cls, connection: Connection, records: Sequence[RawArticle]) -> "Known":
        """What is stored of the articles that these records are about."""
        found = held(connection, records)
        ids = {
            *found.external_ids.values(),
            *found.urls.values(),
            *(key for its in found.texts.values() for key in its),
        }
        forgotten: Collection[UUID] = frozenset()
        if decisions.are_there(connection):
            forgotten = decisions.forgotten(connection, {name for raw in records for name in names_of(raw)})
        return cls(stored_articles(connection, ids), found, records, forgotten)

    def holds(self, connection: Connection) -> bool:
        """Whether the database knows the same of them still: nobody else has stored any of them meanwhile."""
        return Known.of(connection, self.records) == self

    def is_forgotten(self, raw: RawArticle) -> bool:
        """Whether people decided that the article of this record is not to be stored."""
        return bool(self.forgotten) and not names_of(raw).isdisjoint(self.forgotten)

    def about(self, raw: RawArticle) -> list[UUID]:
        """The stored articles that this record is about: those of its external ids first, then that at its url.

        Where neither is known it is the one with its text that nothing tells apart from it: the same outlet, or one of
        unknown outlet, and not another url or another external id. Of several such it is the one that would be called
        as it is, else none: nothing is guessed.
        """
        named = [
            key
            for key in (*map(self.held.external_ids.get, raw.external_ids), self.held.urls.get(raw.url or ""))
            if key is not None
        ]
        if named:
            return list(dict.fromkeys(named))
        alike = [key for key in self.held.texts.get(text_hash(raw.text), ()) if may_be_one(raw, self.articles[key].raw)]
        same_outlet = [key for key in alike if raw.outlet is not None and self.articles[key].raw.outlet == raw.outlet]
        same_id = [key for key in alike if key == raw.id]
        return next((found for found in (same_outlet, alike, same_id) if len(found) == 1), [])


def may_be_one(a: RawArticle, b: RawArticle) -> bool:
    """Whether two records of one text may be about one article: outlet, url and external id agree or one lacks them."""
    both = ((a.url, b.url), (a.external_id, b.external_id))
    return _may_be_of_one_outlet(a, b) and all(one is None or other is None or one == other for one, other in both)


def _may_be_of_one_outlet(a: RawArticle, b: RawArticle) -> bool:
    """Whether it is the same, one lacks it, or one tells its name alone and the other the same name and a domain."""
    if a.outlet is None or b.outlet is None or a.outlet == b.outlet:
        return True
    tells_no_domain = a.domain is None or b.domain is None
    return tells_no_domain and a.source is not None and b.source is not None and fold(a.source) == fold(b.source)


def settle(raw: RawArticle, known: Known) -> Settled | Refused | None:
    """The record to store, with what is on record filled in; None when the database already has all of it.

    The same text again fills what was missing and contradicts nothing. A text not seen before replaces the present one,
    an earlier one does not come back. A record that names another outlet for a known article is refused.
    """
    keys = known.about(raw)
    if not keys:
        return Settled(raw)
    for key in keys:
        there = known.articles[key].raw
        if not _may_be_of_one_outlet(raw, there):
            return _conflict(
                raw,
                f"article {key} is stored as one of {there.source or there.domain!r}, "
                f"the record says {raw.source or raw.domain!r}",
            )
    stored = known.articles[keys[0]]
    texts = frozenset[str]().union(*(known.articles[key].texts for key in keys))
    on_record = stored.raw
    for key in keys[1:]:
        on_record = _filled(on_record, known.articles[key].raw)
    hashed = text_hash(raw.text)
    is_new_text = hashed not in texts
    if is_new_text:
        filled = _filled(raw, on_record)
    elif hashed == stored.text_hash:
        filled = _filled(on_record, raw)
    else:
        filled = on_record
    # Whatever is told of it is about this record.
    settled = Settled(replace(filled, place=raw.place), frozenset(keys) - {filled.id})
    adds_nothing = not is_new_text and not settled.replaces and _given(filled) == _given(stored.raw)
    return None if adds_nothing else settled


def _filled(first: RawArticle, second: RawArticle) -> RawArticle:
    """The first record with what it lacks taken from the second; a language the second gives more exactly as well."""
    missing = {name: getattr(second, name) for name in _GIVEN if not getattr(first, name)}
    if second.language and first.language and second.language.startswith(f"{first.language}-"):
        missing["language"] = second.language
    missing["external_id"], missing["further_ids"] = in_order({*first.external_ids, *second.external_ids})
    return replace(first, place=second.place, notes=first.notes or second.notes, **missing)


def _given(raw: RawArticle) -> tuple[object, ...]:
    return (*(getattr(raw, name) for name in _GIVEN), raw.further_ids)


def _conflict(raw: RawArticle, what: str) -> Refused:
    return Refused(
        raw.place,
        "identity-conflict",
        f"{raw.place}: {what}; give the article an external_id of its own or correct the record",
        raw.text.encode("utf-8")[:65_536],
    )
