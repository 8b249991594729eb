"""A content as it is stored: from its first word to its last, without the marks and commas around it."""

import re
from collections.abc import Sequence

from etl.extract.marks import quoted
from etl.records import Span
from schema.enums import StatementKind

MARKS = ("''", "``", "‘‘", "’’", '"', "“", "”", "„", "«", "»", "‘")
AROUND = (*MARKS, "'", "’")
"""All that may be a mark, singles too."""

AT_START = " \t\r\n\xa0\u2028\u2029\u200b,.;:!?–—―-…•*·)]}"
AT_END = " \t\r\n\xa0\u2028\u2029\u200b,;:.–—―-…([{"
ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Za-z]\.)+[A-Za-z]|\b(?:Mr|Mrs|Ms|Dr|Jr|Sr|Inc|Corp|Co|Ltd|St|etc|vs|a\.m|p\.m|No))\."
)
LINE_BREAK = re.compile(r"\s*[\r\n\u2028\u2029]\s*")


def worded(text: str, content: Sequence[Span], kind: StatementKind, lead: Span | None = None) -> tuple[Span, ...]:
    """The spans of a content from word to word; pieces without a word dropped, so it may be empty.

    lead: the conjunction at its start, cut too (Quotation.lead).
    Outer quotation marks, white space and trailing commas, full stops and dashes are cut; ! and ?, the full stop of
    an abbreviation, and the marks of a quotation inside the content stay; so do those of a piece of a MIXED content:
    they tell which words were the speaker's. The full stop of a sentence stays where another piece follows it.
    """
    if lead is not None:
        content = [Span(max(span.start, lead.end), span.end) for span in content if span.end > lead.end]
    kept: list[Span] = []
    for span in content:
        cut = word_to_word(text, span, unwrap=kind is not StatementKind.MIXED or len(content) == 1)
        if not any(char.isalnum() for char in cut.of(text)):
            continue
        if kept:
            kept[-1] = with_full_stop(text, kept[-1], cut)
        kept.append(cut)
    return tuple(kept)


def with_full_stop(text: str, piece: Span, following: Span) -> Span:
    """The piece with the full stop right after it where the next one begins a sentence: We lost. | We tried"""
    ends = text.startswith(".", piece.end) and not text.startswith("..", piece.end)
    return Span(piece.start, piece.end + 1) if ends and piece.end < following.start else piece


def words(text: str, spans: Sequence[Span]) -> str:
    """The pieces joined by one space; a line break in one, with the white space around it, is one space."""
    return " ".join(LINE_BREAK.sub(" ", span.of(text)) for span in spans)


def word_to_word(text: str, span: Span, *, unwrap: bool) -> Span:
    """A piece less what does not belong to its words; unwrap: marks around all of it do not."""
    start, end = span.start, span.end
    unwrapped = not unwrap
    while True:
        start, end = trimmed(text, start, end)
        opening = mark_at_start(text, start, end)
        closing = mark_at_end(text, start, end)
        pairs = quoted(text[start:end]) if opening or closing else []
        whole = bool(pairs) and pairs[0].start == 0 and pairs[0].end == end - start and pairs[0].closed
        if whole and not unwrapped:
            # “We lost.” -> We lost
            start, end, unwrapped = start + len(opening), end - len(closing), True
        elif whole:
            return Span(start, end)
        elif opening and not (pairs and pairs[0].start == 0 and pairs[0].closed):
            # the closing mark is in another piece, or nowhere
            start += len(opening)
        elif closing and not (pairs and pairs[-1].end == end - start and pairs[-1].closed):
            end -= len(closing)
        else:
            return Span(start, end)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds less white space and punctuation, the full stop of a last abbreviation kept."""
    while start < end and text[start] in AT_START:
        start += 1
    full = end
    while end > start and text[end - 1] in AT_END:
        end -= 1
    if end < full and text[end] == ".":
        last = text[start : end + 1].rsplit(None, 1)[-1:]
        if last and ABBREVIATION.fullmatch(last[0].lstrip("“\"'‘(")):
            end += 1
    return start, end


def mark_at_start(text: str, start: int, end: int) -> str:
    """The quotation mark a stretch begins with, or ""."""
    if not text.startswith(AROUND, start, end):
        return ""
    found = next((mark for mark in MARKS if text.startswith(mark, start, end)), "")
    return found or ("'" if is_in_straight_marks(text, start, end) else "")


def is_in_straight_marks(text: str, start: int, end: int) -> bool:
    """Whether a stretch begins and ends with a single straight mark: 'We lost.'"""
    return end - start > 2 and text[start] == text[end - 1] == "'"


def mark_at_end(text: str, start: int, end: int) -> str:
    """The quotation mark a stretch ends with, or "". The apostrophe of workers’ counts as none."""
    if not text.endswith(AROUND, start, end):
        return ""
    found = next((mark for mark in MARKS if text.endswith(mark, start, end)), "")
    if not found and text.endswith("’", start, end) and "‘" in text[start:end]:
        return "’"
    return found or ("'" if is_in_straight_marks(text, start, end) else "")
