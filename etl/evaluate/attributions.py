"""Who said what, counted: contents matched by the words they share, sources by agreement.

The rules are those of the scorer that the project is measured with:
a span is the set of word tokens it touches, so that quotation marks, punctuation and white space never count; contents
are matched one to one, greedily by falling intersection over union, ties to the pair whose sources agree.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from etl.evaluate.figures import Counts
from etl.records import Span

LEAST_OVERLAP = 0.5
"""Intersection over union of two contents that are one."""

_WORD = re.compile(r"\w+(?:['’]\w+)*")
_QUOTE = re.compile(r"[\"“”„«»]|''|``")
_OPENING = re.compile(r"(?:[\"“„«]|''|``)$")
_CLOSING = re.compile(r"[,.!?;:…—-]{0,3}(?:[\"”»]|'')")

Tokens = frozenset[int]
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Said:
    """An attribution as sets of word tokens; source is None where there is none.

    is_quoted: a double quotation mark is in the content or right against it.
    """

    content: Tokens
    source: Tokens | None
    is_quoted: bool


class Words:
    """The word tokens of a text."""

    def __init__(self, text: str) -> None:
        self._text = text
        spans = [found.span() for found in _WORD.finditer(text)]
        self._starts, self._ends = [start for start, _ in spans], [end for _, end in spans]

    def said(self, content: Sequence[Span], source: Iterable[Span]) -> Said:
        """The attribution with this content and source."""
        return Said(self.tokens(content), self.tokens(source) or None, any(map(self._is_quoted, content)))

    def tokens(self, spans: Iterable[Span]) -> Tokens:
        """The numbers of the words these spans touch."""
        found = set()
        for span in spans:
            i = bisect_left(self._ends, span.start + 1)
            while i < len(self._starts) and self._starts[i] < span.end:
                found.add(i)
                i += 1
        return frozenset(found)

    def _is_quoted(self, span: Span) -> bool:
        return bool(
            _QUOTE.search(self._text, span.start, span.end)
            or _OPENING.search(self._text[max(0, span.start - 2) : span.start])
            or _CLOSING.match(self._text, span.end)
        )


def sources_agree(a: Tokens | None, b: Tokens | None) -> bool:
    """Both absent, or half of either one shared, or the same last word."""
    if a is None or b is None:
        return a is b
    return max(a) == max(b) or 2 * len(a & b) >= min(len(a), len(b))


def matched(gold: Sequence[Said], found: Sequence[Said]) -> list[tuple[int, int]]:
    """Which gold attribution is which found one, by their positions; the best overlaps first."""
    pairs = []
    for g, a in enumerate(gold):
        for f, b in enumerate(found):
            shared = len(a.content & b.content)
            if shared and (overlap := shared / len(a.content | b.content)) >= LEAST_OVERLAP:
                pairs.append((-overlap, not sources_agree(a.source, b.source), g, f))
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, f in sorted(pairs):
        if g not in chosen and f not in taken:
            chosen[g] = f
            taken.add(f)
    return list(chosen.items())


def counts(gold: Sequence[Said], found: Sequence[Said]) -> Mapping[str, Counts]:
    """What one article adds to each measure. Attributions without a word of content are left out on both sides."""
    gold, found = [one for one in gold if one.content], [one for one in found if one.content]
    exact = (Counter(one.content for one in gold) & Counter(one.content for one in found)).total()
    overlap = matched(gold, found)
    attributed = [(g, f) for g, f in overlap if sources_agree(gold[g].source, found[f].source)]
    made = {
        "content words": _shared(_all(one.content for one in gold), _all(one.content for one in found)),
        "source words": _shared(_all(one.source for one in gold), _all(one.source for one in found)),
        "contents, exact": (exact, len(found), exact, len(gold)),
    }
    for name, pairs in (("contents", overlap), ("attributions", attributed)):
        made[name] = (len(pairs), len(found), len(pairs), len(gold))
        for label, quoted in (("quoted", True), ("indirect", False)):
            made[f"{name}, {label}"] = (
                sum(found[f].is_quoted is quoted for _, f in pairs),
                sum(one.is_quoted is quoted for one in found),
                sum(gold[g].is_quoted is quoted for g, _ in pairs),
                sum(one.is_quoted is quoted for one in gold),
            )
    return made


def _all(sets: Iterable[Tokens | None]) -> Tokens:
    return frozenset().union(*(one or () for one in sets))


def _shared(gold: Tokens, found: Tokens) -> Counts:
    both = len(gold & found)
    return (both, len(found), both, len(gold))
