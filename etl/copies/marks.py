"""What an article says of itself: that it corrects another, or is a later version. Phrases are data.

Not for what it corrects: a note names it by headline or address (`cited`), a version is found by its wording.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from etl.copies.credits import body_end, body_start
from etl.records import CleanArticle, Span


class MarkKind(StrEnum):
    """What the phrase says: some of the text was wrong, or it was written on."""

    CORRECTION = "correction"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Mark:
    """The phrase, and where it stands in the text (None: in the headline)."""

    kind: MarkKind
    phrase: str
    span: Span | None = None


class Place(StrEnum):
    """Where a phrase must stand to speak of the article itself."""

    HEADLINE = "headline"
    START = "start"
    LINE = "line"


_REACH = 300
"""Characters of a paragraph that a note begins within."""

_FIRST, _LAST = 3, 5
"""Paragraphs at the beginning and at the end among which notes stand."""

_LINE = re.compile(r"[^\n]+")
_URL = re.compile(r"https?://[^\s<>()\"“”‘’]+[^\s<>()\"“”‘’.,;:!?]")
_TITLE = re.compile(r"[“\"‘']([^“”\"\n]{10,160})[”\"’'](?=[ ,.(:;)]|\Z)")


@cache
def _phrases() -> tuple[tuple[MarkKind, Place, re.Pattern[str]], ...]:
    text = files("etl").joinpath("data", "correction_marks.en.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple((MarkKind(kind), Place(place), re.compile(pattern, re.I)) for kind, place, pattern in rows)


def mark(article: CleanArticle) -> Mark | None:
    """The first phrase by which the article calls itself a correction, else a later version; None without either.

    Looked for in the headline, and at the start of the first and last paragraphs.
    """
    text, headline = article.text, (article.raw.headline or "").strip()
    start, end = body_start(article), body_end(article)
    lines = [line for line in _LINE.finditer(text, start, end) if not line[0].isspace()]
    lines = lines if len(lines) <= _FIRST + _LAST else lines[:_FIRST] + lines[-_LAST:]
    found: list[Mark] = []
    for kind, place, pattern in _phrases():
        if place is Place.HEADLINE:
            if match := pattern.match(headline):
                found.append(Mark(kind, match[0].strip()))
            continue
        for line in lines[:1] if place is Place.START else lines:
            if match := pattern.match(line[0].lstrip(" \t([*_")[:_REACH]):
                found.append(Mark(kind, match[0].strip(), Span(line.start(), line.end())))
                break
    return min(found, key=lambda one: one.kind is not MarkKind.CORRECTION, default=None)


def cited(article: CleanArticle) -> tuple[frozenset[str], frozenset[str]]:
    """Addresses, and quoted titles, in the first two paragraphs: how a correction names what it corrects."""
    start, end = body_start(article), body_end(article)
    paragraphs = [line for line in article.text[start:end].splitlines() if line.strip()][:2]
    opening = "\n".join(paragraphs)
    return frozenset(_URL.findall(opening)), frozenset(title.strip(" ,.") for title in _TITLE.findall(opening))
