"""Direct, indirect or mixed: how much of a content stands between quotation marks."""

from collections.abc import Sequence

from etl.extract.marks import Quoted
from etl.records import Span
from schema.enums import StatementKind


def kind_of(quotes: Sequence[Quoted], content: Sequence[Span]) -> StatementKind:
    """DIRECT when every piece lies within marks, INDIRECT when no word does, MIXED otherwise."""
    hulls = [Span(quote.start, quote.end) for quote in quotes]
    if all(any(hull.covers(piece) for hull in hulls) for piece in content):
        return StatementKind.DIRECT
    if any(hull.touches(piece) for hull in hulls for piece in content):
        return StatementKind.MIXED
    return StatementKind.INDIRECT
