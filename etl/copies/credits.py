"""Which agency an article is credited to, at its start or its end. Not for reporters: a contribution is no credit.

Agencies are data (etl/data/agencies.en.tsv). One that is not listed counts where only an agency can stand: within the
dateline, or alone on the last line under a name that ends like an agency's ("Norwire", "Hill Country News Service").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from etl.records import CleanArticle, Span
from schema.keys import fold, outlet_name


@dataclass(frozen=True, slots=True)
class Credit:
    """The agency (by the name it has in the list, else as printed) and the words that credit it, dateline included."""

    agency: str
    span: Span


_REACH = 160
"""Characters at the start, and at the end, within which a credit stands."""

_CITY = r"[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3}(?:,[ ][A-Z][\w. ]{1,20}?)?"
_DAY = r"(?:,?[ ](?:\d{1,2}[ ])?[A-Z][a-z]{2,8}\.?(?:[ ]\d{1,2})?(?:,?[ ]\d{4})?)?"
_DASH = r"[ ]?(?:[-–—]{1,2}|:)[ ]?"
_NAME = r"(?:dpa|[A-Z][\w.&’'-]*)(?:[ /](?:dpa|[A-Z&][\w.&’'-]*)){0,4}"
_DATELINE = re.compile(rf"\s*{_CITY}{_DAY}{_DASH}")
_IN_DATELINE = re.compile(rf"\s*(?:(?-i:[A-Z])[^\n()]{{2,60}})?\((?P<name>{_NAME})\)[ ]?[-–—:]{{1,2}}[ ]?")
_CAPITALS = re.compile(rf"\s*{_CITY}{_DAY}[ ]?\(")
_BEFORE_SLASH = re.compile(rf"\s*(?:[A-Z][^\n()]{{1,40}}\()?(?P<name>{_NAME})/\)?[ ]?(?:[-–—]{{1,2}}[ ]?)?")
_OPENING = re.compile(rf"\s*\(?(?P<name>{_NAME})\)?{_DASH}(?=[\"“‘A-Z])")
_BYLINE = re.compile(rf"\s*(?:By|From|Source:)[ ](?:the[ ]|The[ ])?(?P<name>{_NAME})[ ]*(?=\n|\Z)")
_LAST_LINE = re.compile(
    rf"""(?:\A|\n)[ \t]*(?P<open>[(\[]|[-–—]{{1,2}}[ ]?|(?:By|Source:|©)[ ](?:The[ ]|the[ ])?)?
    (?:Copyright[ ](?:\d{{4}}[ ])?)?(?P<name>{_NAME})[)\]]?\.?\s*\Z""",
    re.X,
)
_CLOSING = re.compile(rf"[ ]?(?:[-–—]{{1,2}}[ ]?(?P<dashed>{_NAME})|\((?P<name>{_NAME})\))\s*\Z")
_LIKE_AN_AGENCY = re.compile(r"(?:wire|press|news|agency|service|features)\Z", re.I)


@cache
def agencies() -> Mapping[str, str]:
    """Every listed spelling of an agency, folded -> the name it has everywhere."""
    text = files("etl").joinpath("data", "agencies.en.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return {fold(form): row[0] for row in rows for form in (row[0], *row[1].split(","))}


def agency_named(name: str) -> str | None:
    """The agency of this name, also within "AFP/dpa" or "Reuters London", None where none is listed."""
    known = agencies()
    plain = fold(re.sub(r"\A[Tt]he ", "", name).strip(" ./"))
    if plain in known:
        return known[plain]
    return next((known[part] for part in plain.split("/") if part in known), None)


def is_like_an_agency(name: str) -> bool:
    """Whether a name ends as agencies' names do: "Norwire", "Hill Country News Service"."""
    return _LIKE_AN_AGENCY.search(name) is not None


def credit(article: CleanArticle) -> Credit | None:
    """The agency the whole article is credited to: that of the dateline or byline, else that of the last line."""
    text = article.text
    start = body_start(article)
    head = text[start : start + _REACH]
    match = _IN_DATELINE.match(head)
    # Not listed, but after a place in capitals: "HARLOW, May 3 (Norwire) - ".
    agency = (agency_named(match["name"]) or (match["name"] if _CAPITALS.match(head) else None)) if match else None
    if match and agency:
        return Credit(agency, Span(start, start + match.end()))
    for pattern in (_BEFORE_SLASH, _BYLINE, _OPENING):
        match = pattern.match(head)
        agency = agency_named(match["name"]) if match else None
        if match and agency:
            return Credit(agency, Span(start, start + match.end()))
    for name in article.raw.authors:
        if agency := agency_named(name):
            return Credit(agency, Span(start, start))
    return _at_the_end(text, body_end(article)) or _in_furniture(article)


def _at_the_end(text: str, end: int) -> Credit | None:
    start = max(0, end - _REACH)
    tail = text[start:end]
    match = _LAST_LINE.search(tail)
    if match:
        agency = agency_named(match["name"])
        if agency is None and match["open"] and is_like_an_agency(match["name"]):
            agency = match["name"]
        if agency:
            return Credit(agency, Span(start + match.start(), end))
    match = _CLOSING.search(tail)
    agency = agency_named(match["name"] or match["dashed"]) if match else None
    return Credit(agency, Span(start + match.start(), end)) if match and agency else None


def _in_furniture(article: CleanArticle) -> Credit | None:
    # "By AFP" above the text looks like a byline, "AFP/dpa" below it like the credit of a picture.
    end = body_end(article)
    below = [piece for piece in article.furniture if piece.span.start >= end][:1]
    bylines = [piece for piece in article.furniture if piece.rule == "byline"]
    for piece, pattern in (*((one, _BYLINE) for one in bylines), *((one, _LAST_LINE) for one in below)):
        if match := pattern.match(piece.span.of(article.text)):
            agency = agency_named(match["name"])
            return Credit(agency, piece.span) if agency else None
    return None


def body_start(article: CleanArticle) -> int:
    """Where the body begins: after the furniture above it."""
    at = 0
    for piece in article.furniture:
        if article.text[at : piece.span.start].strip():
            break
        at = piece.span.end
    return at


def body_end(article: CleanArticle) -> int:
    """Where the body ends: before the furniture below it."""
    at = len(article.text)
    for piece in reversed(article.furniture):
        if article.text[piece.span.end : at].strip():
            break
        at = piece.span.start
    return at


def dateline_end(text: str, start: int) -> int:
    """Where a dateline without an agency that opens the text at start ends ("HARLOW, Skerrand — "), else start."""
    match = _DATELINE.match(text[start : start + _REACH])
    return start + match.end() if match else start


def is_outlet(agency: str, source: str | None) -> bool:
    """Whether an outlet is the agency itself ("Norwire (invented)" is Norwire, "The Associated Press" is AP)."""
    name = outlet_name(source)
    return bool(name) and (agency_named(name) or fold(name)) == (agency_named(agency) or fold(agency))
