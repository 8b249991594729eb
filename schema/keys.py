"""Ids from content: the same article, speaker or report has the same id in every database and every run.

All ids are UUIDv5 in one namespace over a kind and its natural key (RFC 9562). Nothing here reads a clock or a counter.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID, uuid5

NAMESPACE = UUID("6f1d5a0e-6a57-5d0c-9a3e-2f3c1b1f0a77")
"""Fixed for ever: changing it changes every id of every database."""

_SEPARATOR = "\x1f"

_ADDED = re.compile(r"\s*\(.*\)\s*\Z")  # "Norwire (invented)", "The Times (London)"
_ARTICLE = re.compile(r"(?i)\Athe ")


@lru_cache(maxsize=1 << 16)
def content_id(kind: str, *parts: str) -> UUID:
    """The id of the thing of this kind with this natural key. A load asks for each many times over."""
    return uuid5(NAMESPACE, _SEPARATOR.join((kind, *parts)))


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def fold(text: str) -> str:
    """Text for comparison: accents and case gone, white space single ("Mélanie  JOLY" and "Melanie Joly" are equal)."""
    if text.isascii():  # nothing to take apart
        return " ".join(text.casefold().split())
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(plain.replace("’", "'").casefold().split())


def outlet_name(source: str | None) -> str:
    """The outlet's name as others print it, without article and what stands in parentheses; empty if not known."""
    return _ARTICLE.sub("", _ADDED.sub("", source or "").strip())


def article_id(external_id: str | None, url: str | None, text: str, outlet: UUID | None = None) -> UUID:
    """An article is its external_id, else its canonical url, else the hash of its text as its outlet printed it.

    outlet: None where it is not known.
    """
    if external_id is not None:
        return content_id("article", "external_id", external_id)
    if url is not None:
        return content_id("article", "url", url)
    if outlet is not None:
        return content_id("article", "text", text_hash(text), str(outlet))
    return content_id("article", "text", text_hash(text))


def source_id(domain: str | None, name: str | None) -> UUID:
    """An outlet is its domain, else its name; neither: the one source of unknown outlet."""
    if domain is not None:
        return content_id("source", "domain", domain.casefold())
    if name is not None:
        return content_id("source", "name", fold(name))
    return UNKNOWN_SOURCE_ID


UNKNOWN_SOURCE_ID = content_id("source", "unknown")


def speaker_id(party_key: str) -> UUID:
    """A person, body or unnamed source is its key, see etl.records.Party.key."""
    return content_id("speaker", party_key)


def profile_id(article: UUID, party_key: str) -> UUID:
    """What one article says of one person or body is the article and the party's key in it."""
    return content_id("profile", str(article), party_key)


def namesake_id(speaker: UUID, offices: str) -> UUID:
    """Another bearer of a speaker's name is the name and the first of the offices that tell them apart."""
    return content_id("speaker", "namesake", str(speaker), offices)


def report_id(article: UUID, spans: Iterable[tuple[int, int]]) -> UUID:
    """A report is its article and where in it the words stand."""
    return content_id("report", str(article), ",".join(f"{start}-{end}" for start, end in spans))


def earlier_report_id(article: UUID, spans: Iterable[tuple[int, int]], text_hash: str) -> UUID:
    """A report of an earlier text, where a later one has other words at the place, is that place in that text."""
    return content_id("report", str(article), ",".join(f"{start}-{end}" for start, end in spans), text_hash)


def statement_id(reports: Iterable[UUID]) -> UUID:
    """A statement is the smallest of its reports' ids: a function of the set, not of the order it was loaded in."""
    return content_id("statement", str(min(reports)))


def event_id(articles: Iterable[UUID]) -> UUID:
    """An event is the smallest of its articles' ids: a function of the set, not of the order it was loaded in."""
    return content_id("event", str(min(articles)))
