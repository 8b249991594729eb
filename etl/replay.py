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
class Past:
    """An article as it was when it had an earlier text for the last time; until: the load that brought another one."""

    raw: RawArticle
    until: UUID


@dataclass(frozen=True, slots=True)
class Made:
    """An article as its records make it. texts: all that it has or had, by hash, with the load that brought each.

    past: of each text that it has no longer, the earliest first.
    """

    raw: RawArticle
    texts: Mapping[str, tuple[str, UUID]]
    records: Sequence[Given]
    past: Sequence[Past] = ()

    @property
    def told(self) -> tuple[object, ...]:
        """What is stored of it: two that are equal here need not be written anew."""
        # Withdrawn reports tell which load brought their text, and since when there is another.
        loads = tuple(sorted((hashed, load) for hashed, (_, load) in self.texts.items())) if self.past else ()
        past = tuple((_as_told(one.raw), one.until) for one in self.past)
        return _as_told(self.raw), tuple(sorted(self.texts)), loads, past


def _as_told(raw: RawArticle) -> RawArticle:
    return replace(raw, place="", notes=())


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
        past = _past(raw, so_far, one.load)
        for key in about:
            del found[key]
        found[raw.id] = Made(raw, texts, [*kept, one], past)
    return Replayed(found, refused)


def _past(raw: RawArticle, so_far: Sequence[Made], load: UUID) -> Sequence[Past]:
    """The texts that the article had before this one, which a load gave it or left; so_far: what it was until then.

    Of several articles that are one now the text of the first came last.
    """
    every = [one for made in reversed(so_far) for one in made.past]
    every += [Past(made.raw, load) for made in reversed(so_far) if made.raw.text != raw.text]
    last = {one.raw.text: one for one in every if one.raw.text != raw.text}
    return [one for one in every if last.get(one.raw.text) is one]


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
