"""Records that loads gave, one after the other -> the articles that they make, as loads would have settled them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from etl.known import Known, settle
from etl.load.articles import Held, Stored
from etl.load.given import Given
from etl.records import RawArticle, Refused
from schema.keys import text_hash


@dataclass(frozen=True, slots=True)
class Made:
    """An article as its records make it. texts: all that it has or had, by hash, with the load that brought each."""

    raw: RawArticle
    texts: Mapping[str, tuple[str, UUID]]
    records: Sequence[Given]

    @property
    def told(self) -> tuple[object, ...]:
        """What is stored of it: two that are equal here need not be written anew."""
        return replace(self.raw, place="", notes=()), tuple(sorted(self.texts))


@dataclass(frozen=True, slots=True)
class Replayed:
    """The articles, by id, and the records that would have been refused, each with whose it was."""

    articles: Mapping[UUID, Made]
    refused: Sequence[tuple[Given, Refused]]


def replay(records: Iterable[Given]) -> Replayed:
    """What these records make of articles that nobody else knows."""
    found: dict[UUID, Made] = {}
    refused: list[tuple[Given, Refused]] = []
    for one in records:
        known = _known(found)
        about, settled = known.about(one.raw), settle(one.raw, known)
        if isinstance(settled, Refused):
            refused.append((one, settled))
            continue
        so_far = [found[key] for key in about]
        texts = {text_hash(one.raw.text): (one.raw.text, one.load)}
        for made in reversed(so_far):
            texts |= made.texts
        kept = [record for made in so_far for record in made.records]
        raw = settled.raw if settled else so_far[0].raw
        for key in about:
            del found[key]
        found[raw.id] = Made(raw, texts, [*kept, one])
    return Replayed(found, refused)


def _known(articles: Mapping[UUID, Made]) -> Known:
    """What a load would know, were these articles stored and no others."""
    texts: dict[str, list[UUID]] = {}
    for key in sorted(articles):
        texts.setdefault(text_hash(articles[key].raw.text), []).append(key)
    names = {name: key for key, one in articles.items() for name in (one.raw.external_id, *one.raw.further_ids) if name}
    urls = {one.raw.url: key for key, one in articles.items() if one.raw.url}
    stored = {
        key: Stored(text_hash(one.raw.text), frozenset(one.texts), one.raw, one.raw.outlet is not None)
        for key, one in articles.items()
    }
    return Known(stored, Held(names, urls, texts))
