"""Records that loads gave, one after the other -> the articles that they make, as loads would have settled them."""

from bisect import insort
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
    found = _Articles()
    refused: list[tuple[Given, Refused]] = []
    for one in records:
        about, settled = found.known.about(one.raw), settle(one.raw, found.known)
        if isinstance(settled, Refused):
            refused.append((one, settled))
            continue
        so_far = [found.take(key) for key in about]
        texts = {text_hash(one.raw.text): (one.raw.text, one.load)}
        for made in reversed(so_far):
            texts |= made.texts
        kept = [record for made in so_far for record in made.records]
        raw = settled.raw if settled else so_far[0].raw
        found.put(Made(raw, texts, [*kept, one], _past(raw, so_far, one.load)))
    return Replayed(found.articles, refused)


def _past(raw: RawArticle, so_far: Sequence[Made], load: UUID) -> Sequence[Past]:
    """The texts that the article had before this one, which a load gave it or left; so_far: what it was until then.

    Of several articles that are one now the text of the first came last.
    """
    every = [one for made in reversed(so_far) for one in made.past]
    every += [Past(made.raw, load) for made in reversed(so_far) if made.raw.text != raw.text]
    last = {one.raw.text: one for one in every if one.raw.text != raw.text}
    return [one for one in every if last.get(one.raw.text) is one]


class _Articles:
    """Articles by id, and what a load would know of them, were they stored and no others."""

    def __init__(self) -> None:
        self.articles: dict[UUID, Made] = {}
        self._names: dict[str, UUID] = {}
        self._urls: dict[str, UUID] = {}
        self._texts: dict[str, list[UUID]] = {}
        self._stored: dict[UUID, Stored] = {}
        self.known = Known(self._stored, Held(self._names, self._urls, self._texts))

    def put(self, made: Made) -> None:
        """One more."""
        key, raw, hashed = made.raw.id, made.raw, text_hash(made.raw.text)
        self.articles[key] = made
        self._stored[key] = Stored(hashed, frozenset(made.texts), raw, raw.outlet is not None)
        self._names |= dict.fromkeys(raw.external_ids, key)
        if raw.url:
            self._urls[raw.url] = key
        insort(self._texts.setdefault(hashed, []), key)

    def take(self, key: UUID) -> Made:
        """This one, which is there no longer."""
        made = self.articles.pop(key)
        del self._stored[key]
        for name in made.raw.external_ids:
            del self._names[name]
        if made.raw.url:
            del self._urls[made.raw.url]
        self._texts[text_hash(made.raw.text)].remove(key)
        return made
