"""Where in a text a labelled piece stands: an exact substring, whole words only. Rules: seeds/labelled/README.md."""

from collections.abc import Sequence

from etl.records import Span


class PieceError(ValueError):
    """A piece that points at nothing, or at more than one place; str() has value and way out, no place."""


def unique(text: str, piece: object) -> Span:
    """The one place of a piece, {"text": ..., "nth": n} counted from 1 in the whole text."""
    words, nth = _read(piece)
    found = occurrences(text, words)
    if nth is not None:
        return _nth(words, nth, found)
    if len(found) > 1:
        raise PieceError(f"{shown(words)} stands {len(found)} times in the text; {_nth_of(words)}, or copy more words")
    return found[0]


def nearest(text: str, piece: object, to: Sequence[Span], outside: Sequence[Span]) -> Span:
    """The place of a piece that is nearest to these spans and touches none of the spans it must stay outside of.

    One between two of the spans comes before any that stands before or after them all.
    """
    words, nth = _read(piece)
    found = occurrences(text, words)
    if nth is not None:
        chosen = _nth(words, nth, found)
        if any(chosen.touches(span) for span in outside):
            raise PieceError(f"{shown(words)} number {nth} stands within the content; give another nth")
        return chosen
    free = [one for one in found if not any(one.touches(span) for span in outside)]
    if not free:
        raise PieceError(f"{shown(words)} stands only within the content; shorten the content or choose other words")
    within = [one for one in free if to[0].end <= one.start and one.end <= to[-1].start] or free
    by_gap = sorted((min(_gap(one, span) for span in to), one) for one in within)
    if len(by_gap) > 1 and by_gap[0][0] == by_gap[1][0]:
        raise PieceError(f"{shown(words)} stands twice equally near; {_nth_of(words)}")
    return by_gap[0][1]


def first_inside(text: str, piece: object, spans: Sequence[Span]) -> Span:
    """The first place of a piece within these spans."""
    words, nth = _read(piece)
    found = occurrences(text, words)
    chosen = found if nth is None else [_nth(words, nth, found)]
    for one in chosen:
        if any(span.covers(one) for span in spans):
            return one
    raise PieceError(f"{shown(words)} is not within the content; copy it from there, or leave it out")


def occurrences(text: str, words: str) -> list[Span]:
    """Every place of these words that neither begins nor ends within a word, in order; at least one, or PieceError."""
    found = []
    at = text.find(words)
    while at >= 0:
        end = at + len(words)
        if not (_joined(text, at, words[0]) or _joined(text, end, words[-1], after=True)):
            found.append(Span(at, end))
        at = text.find(words, at + 1)
    if not found:
        raise PieceError(f"{shown(words)} is not in the text, as whole words; copy it character for character")
    return found


def shown(value: str) -> str:
    """A piece as an error names it, short."""
    return repr(value if len(value) <= 60 else f"{value[:57]}…")


def _read(piece: object) -> tuple[str, int | None]:
    match piece:
        case str(words):
            nth = None
        case {"text": str(words), "nth": int(nth), **rest} if nth >= 1 and not rest:
            pass
        case _:
            words, nth = "", None
    if not words or words.strip() != words:
        wanted = 'a string without outer spaces, or {"text": "…", "nth": 2}'
        raise PieceError(f"{shown(str(piece))} is no piece; give {wanted}")
    return words, nth


def _nth(words: str, nth: int, found: Sequence[Span]) -> Span:
    if nth > len(found):
        raise PieceError(
            f"{shown(words)} number {nth} is wanted, but it stands {len(found)} times in the text; correct nth"
        )
    return found[nth - 1]


def _nth_of(words: str) -> str:
    return f'say which with {{"text": {shown(words)}, "nth": 1}}'


def _joined(text: str, border: int, edge: str, *, after: bool = False) -> bool:
    """Whether the border cuts through a word."""
    outer = border if after else border - 1
    return 0 <= outer < len(text) and text[outer].isalnum() and edge.isalnum()


def _gap(one: Span, other: Span) -> int:
    """How many characters lie between the two."""
    return max(other.start - one.end, one.start - other.end, 0)
