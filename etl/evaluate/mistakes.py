"""Errors of extraction -> how many there are of each kind: a table to read, and each error under its kind."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.evaluate.corpus import Found, MarkedArticle
from etl.evaluate.mistake_kinds import KINDS, Kind, kind_of
from etl.evaluate.wrong import Fault, Wrong, inexact, judged, wrong
from etl.records import Span

_WIDTH = 40
"""Characters of the name of a kind."""

_SHOWN = 90
"""Characters of a content shown at most."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """An error and its kind."""

    wrong: Wrong
    kind: Kind


def mistakes(articles: Sequence[MarkedArticle], found: Found) -> list[Mistake]:
    """Every attribution that is missed, found in vain or wrong, each once, in the order of the articles."""
    return [Mistake(one, kind_of(one)) for article in judged(articles, found) for one in wrong(article)]


def wrong_borders(articles: Sequence[MarkedArticle], found: Found) -> list[Mistake]:
    """Attributions that are right although their contents are not the same words: no mistakes, but not exact."""
    return [Mistake(one, kind_of(one)) for article in judged(articles, found) for one in inexact(article)]


def table(name: str, found: Sequence[Mistake], *, details: bool = False) -> Iterator[str]:
    """How many there are under this name; then one line a kind, the commonest first: count, share, kind, question.

    details: under each kind its errors, one line each.
    """
    by_fault = Counter(one.wrong.fault for one in found)
    parts = ", ".join(f"{fault.value} {by_fault[fault]}" for fault in Fault if by_fault[fault])
    counted = Counter(one.kind for one in found)
    yield f"{name}: {len(found)}" + (f" ({parts}), {len(counted)} kinds" if found else "")
    for kind, count in sorted(counted.items(), key=lambda item: (-item[1], KINDS.index(item[0]))):
        title = f"{kind.fault.value}: {kind.name}"
        yield f"{count:6}{100 * count / len(found):6.1f} %  {title:{_WIDTH}} {kind.question}"
        if details:
            yield from (f"{'':16}{_told(one.wrong)}" for one in found if one.kind is kind)


def _told(one: Wrong) -> str:
    """The article and both sides of an error as printed."""
    sides = [
        f"{name} [{_words(one.text, side.marked.source)} | {_words(one.text, side.marked.cue)}] "
        f"{_words(one.text, side.marked.content)}"
        for name, side in (("marked", one.gold), ("found", one.found))
        if side
    ]
    return f"{one.judged.article.id}: " + " / ".join(sides)


def _words(text: str, spans: Sequence[Span]) -> str:
    words = " … ".join(" ".join(span.of(text).split()) for span in spans)
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
