"""Quotations with others inside -> one list: the deepest are statements, those around them pass them on."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from etl.records import Quotation, Span

_BACK = 20  # characters
_CITING = re.compile(r"\b(?:citing|quoting|based on|referring to)\s+\Z")
_CITED = re.compile(r"[^,“”\"‘]{3,120}?,? that\s+")
_THAT = re.compile(r"that\s")
_ACCORDING = re.compile(r"according\s+to\b", re.I)
_PRINTED = re.compile(r"\b(?:article|story|report|column|correction|headline|paper|newspaper|daily|magazine)\Z")
_THAN = re.compile(r"\bthan\s+\Z")
_NOBODY = frozenset(
    {"whoever", "anyone", "anybody", "everyone", "everybody", "no one", "nobody", "one", "someone", "somebody", "you"}
)

LEAST_OWN = 4
"""Words of its own that an outer quotation needs to be a statement beside those within it."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A quotation as it stands in the text, and what of it is the speaker's own: None where he only passes words on."""

    whole: Quotation
    own: Quotation | None


def laid_out(text: str, quotations: Sequence[Quotation]) -> list[Laid]:
    """Every quotation and every one within it, an outer one before those within it."""
    return [laid for quotation in quotations for laid in _laid(text, _less_cited(text, quotation))]


def _less_cited(text: str, quotation: Quotation) -> Quotation:
    """The quotation without the source it cites: "The daily reported, citing an employee, that managers had known"."""
    first, *rest = quotation.content
    if not _CITING.search(text, max(first.start - _BACK, 0), first.start):
        return quotation
    if rest and _THAT.match(text, rest[0].start):
        return replace(quotation, content=tuple(rest), lead=None)
    begins = _CITED.match(text, first.start, first.end)
    if begins is None or begins.end() >= first.end:
        return quotation
    return replace(quotation, content=(Span(begins.end(), first.end), *rest), lead=None)


def _says_something(text: str, inner: Quotation, outer: Quotation) -> bool:
    """Whether an inner quotation is anybody's: not "whoever says so", nor "more than the mayor admitted".

    Nor that of whoever only printed it: "The article said that crime rose, according to the union", is the union's.
    """
    if inner.unfit is not None:
        return False
    if not inner.source:
        return True
    source = inner.source[0]
    printed = _PRINTED.search(source.of(text)) and any(_ACCORDING.match(text, cue.start) for cue in outer.cue)
    compared = _THAN.search(text, max(source.start - _BACK, 0), source.start)
    return not (printed or compared) and source.of(text).casefold() not in _NOBODY


def _laid(text: str, quotation: Quotation) -> Iterator[Laid]:
    inner = [one for one in quotation.inner if _says_something(text, one, quotation)]
    yield Laid(quotation, _own(text, quotation, inner) if inner else quotation)
    for one in inner:
        yield from _laid(text, one)


def _own(text: str, quotation: Quotation, inner: Sequence[Quotation]) -> Quotation | None:
    """The quotation less what others within it say: "Officials told me it was shut, and that is a disgrace," she said.

    None where too little is left to be a remark.
    """
    rest = list(quotation.content)
    for one in inner:
        spans = (*one.source, *one.cue, *one.content)
        hole = Span(min(span.start for span in spans), max(span.end for span in spans))
        rest = [part for span in rest for part in _around(span, hole)]
    rest = [span for span in rest if len(span.of(text).split()) >= LEAST_OWN]
    return replace(quotation, content=tuple(rest), inner=()) if rest else None


def _around(span: Span, hole: Span) -> Iterator[Span]:
    """What of a span lies before and after a hole."""
    if not span.touches(hole):
        yield span
        return
    if span.start < hole.start:
        yield Span(span.start, hole.start)
    if hole.end < span.end:
        yield Span(hole.end, span.end)
