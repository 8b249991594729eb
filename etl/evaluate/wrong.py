"""A corpus and what was found in it -> what is wrong, each error once: what belongs together is one error.

For what is right or wrong the rules are those of etl.evaluate.attributions; for the kinds of error see mistakes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from etl.evaluate.attributions import Said, Tokens, Words, matched, sources_agree
from etl.evaluate.corpus import Found, Marked, MarkedArticle


class Fault(Enum):
    """What is wrong with an attribution."""

    SOURCE = "wrong source"
    """The content was found, with a source that does not agree."""
    CONTENT = "wrong content"
    """A marked attribution and a found one share words of content, too few to be one, or a word of the cue."""
    MISSED = "missed"
    IN_VAIN = "in vain"


@dataclass(frozen=True, slots=True)
class Side:
    """An attribution, marked or found, as spans and as word tokens. cue: no tokens where there is none."""

    marked: Marked
    said: Said
    cue: Tokens

    @property
    def content(self) -> Tokens:
        """The words of the content; at least one."""
        return self.said.content

    @property
    def source(self) -> Tokens:
        """The words of the source, none where there is none."""
        return self.said.source or frozenset()


@dataclass(frozen=True, slots=True)
class Judged:
    """An article with both sides, and which marked attribution is which found one (positions), rightly or not."""

    article: MarkedArticle
    gold: tuple[Side, ...]
    found: tuple[Side, ...]
    pairs: tuple[tuple[int, int], ...]

    @property
    def right(self) -> list[tuple[int, int]]:
        """The pairs whose sources agree too."""
        return [(g, f) for g, f in self.pairs if sources_agree(self.gold[g].said.source, self.found[f].said.source)]


@dataclass(frozen=True, slots=True)
class Wrong:
    """An error. gold: what is marked, None where it was found in vain; found: None where it was missed."""

    judged: Judged
    fault: Fault
    gold: Side | None
    found: Side | None

    @property
    def side(self) -> Side:
        """What the error is about: the marked attribution where there is one, else the found one."""
        side = self.gold or self.found
        if side is None:
            raise ValueError("an error has a marked attribution, a found one or both")
        return side

    @property
    def text(self) -> str:
        """The text of the article."""
        return self.judged.article.text


def judged(articles: Sequence[MarkedArticle], found: Found) -> Iterator[Judged]:
    """Both sides of each article. Attributions without a word of content are left out, as the figures leave them."""
    for article in articles:
        words = Words(article.text)
        gold, got = _sides(words, article.attributions), _sides(words, found.get(article.id, ()))
        pairs = matched([one.said for one in gold], [one.said for one in got])
        yield Judged(article, gold, got, tuple(sorted(pairs)))


def wrong(one: Judged) -> Iterator[Wrong]:
    """Every error of an article: each attribution that is not right is in exactly one, on either side."""
    right = set(one.right)
    for g, f in one.pairs:
        if (g, f) not in right:
            yield Wrong(one, Fault.SOURCE, one.gold[g], one.found[f])
    paired_gold, paired_found = {g for g, _ in one.pairs}, {f for _, f in one.pairs}
    missed = [side for g, side in enumerate(one.gold) if g not in paired_gold]
    in_vain = [side for f, side in enumerate(one.found) if f not in paired_found]
    for shared in (_shared_content, _shared_cue):
        for gold, found in _joined(missed, in_vain, shared):
            missed.remove(gold)
            in_vain.remove(found)
            yield Wrong(one, Fault.CONTENT, gold, found)
    yield from (Wrong(one, Fault.MISSED, side, None) for side in missed)
    yield from (Wrong(one, Fault.IN_VAIN, None, side) for side in in_vain)


def inexact(one: Judged) -> Iterator[Wrong]:
    """The right pairs of an article whose contents differ by a word or more."""
    for g, f in one.right:
        if one.gold[g].content != one.found[f].content:
            yield Wrong(one, Fault.CONTENT, one.gold[g], one.found[f])


def _sides(words: Words, marked: Sequence[Marked]) -> tuple[Side, ...]:
    sides = (Side(one, words.said(one.content, one.source), words.tokens(one.cue)) for one in marked)
    return tuple(side for side in sides if side.content)


def _shared_content(gold: Side, found: Side) -> int:
    return len(gold.content & found.content)


def _shared_cue(gold: Side, found: Side) -> int:
    return len(gold.cue & found.cue)


def _joined(
    gold: Sequence[Side], found: Sequence[Side], shared: Callable[[Side, Side], int]
) -> list[tuple[Side, Side]]:
    """Pairs, one to one, that share something; those that share most are joined first."""
    ranked = [(-shared(a, b), g, f) for g, a in enumerate(gold) for f, b in enumerate(found) if shared(a, b)]
    chosen: dict[int, int] = {}
    for _, g, f in sorted(ranked):
        if g not in chosen and f not in chosen.values():
            chosen[g] = f
    return [(gold[g], found[f]) for g, f in chosen.items()]
