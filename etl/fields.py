"""The fields a record may have, and what each may hold: the same checks for files, manifest and command line."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from etl.errors import FieldError
from schema.dates import Edtf, parse_edtf
from schema.errors import AddressError, DateError
from schema.keys import fold
from schema.urls import canonical_url, folded_domain

MAX_NAME_BYTES = 1000
"""Names are keys in an index; PostgreSQL takes 2,704 bytes there, and folding may lengthen a name."""
MAX_AHEAD = timedelta(hours=24)
"""How far after now an article may be dated: clocks and zones differ, nothing else is printed tomorrow."""
FIRST_YEAR = 1600
"""Newspapers begin in 1605; an earlier date is a slip, often a zero of some other calendar."""

_MAX_NOTES = 20
_PLAIN_NAME = re.compile(r"[\w.:@$-]{1,40}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fields:
    """The values of one record, checked; None and () where it has none."""

    text: str | None = None
    source: str | None = None
    domain: str | None = None
    url: str | None = None
    external_id: str | None = None
    headline: str | None = None
    published_on: Edtf | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    timezone: ZoneInfo | None = None
    external_ids: tuple[str, ...] = ()
    """All names that feeds give it, external_id among them, in the order of the alphabet."""
    file_name: str | None = None
    """The file its text came from, where that is not the one that is read."""


NAMES = frozenset(field.name for field in fields(Fields))

LENT = NAMES - {"external_ids", "file_name"}
"""Fields that a manifest or the command line may give a record that lacks them."""

EXPORTED = frozenset(
    {
        "id", "label", "text_hash", "source_id", "published_from", "published_to", "copy_of_id", "correction_of_id",
        "place", "translated", "events", "profiles", "relations", "method", "load_id", "updated_at", "withheld",
    }
)  # fmt: skip
"""What a line of `quoth export articles` has beside fields: a load makes it anew from them."""

_TELLING = frozenset({"id", "label", "text_hash"})
"""By these a record is known as such a line: an `id` alone is somebody else's, and passing over it is worth a note."""


def checked(values: Mapping[str, object], *, now: datetime) -> Fields:
    """The fields of a record. Null and, but for text, blank strings mean that the record lacks the field.

    Raises FieldError for wrong-type, control-characters, lone-surrogate, too-large, bad-date, bad-timezone, bad-url or
    bad-domain.
    """
    domain, url, published_on = (_name(values, name) for name in ("domain", "url", "published_on"))
    named = {*_names(values.get("external_ids"), "external_ids"), _name(values, "external_id")}
    external_ids = tuple(sorted(name for name in named if name is not None))
    return Fields(
        text=_string(values.get("text"), "text"),
        source=_name(values, "source"),
        domain=None if domain is None else _address(folded_domain, domain),
        url=None if url is None else _address(canonical_url, url),
        external_id=external_ids[0] if external_ids else None,
        external_ids=external_ids,
        headline=_name(values, "headline"),
        published_on=None if published_on is None else publication_date(published_on, now=now),
        authors=_names(values.get("authors"), "authors"),
        language=_name(values, "language"),
        file_name=_name(values, "file_name"),
        timezone=None if (zone := _name(values, "timezone")) is None else _zone(zone),
    )


def spelled(fields: Fields) -> dict[str, Any]:
    """What may be lent of the fields as JSON has it, what is empty left out: checked() makes the same of it."""
    values = {name: getattr(fields, name) for name in sorted(LENT)}
    if fields.published_on is not None:
        values["published_on"] = fields.published_on.value
    if fields.timezone is not None:
        values["timezone"] = fields.timezone.key
    values["authors"] = list(fields.authors)
    return {name: value for name, value in values.items() if value}


def ignored_notes(values: Mapping[str, object]) -> tuple[str, ...]:
    """One note for each field that Quoth does not know, sorted; the twentieth stands for all that follow."""
    known = NAMES | EXPORTED if values.keys() >= _TELLING else NAMES
    unknown = sorted(name if _PLAIN_NAME.match(name) else "(unprintable)" for name in values.keys() - known)
    shown = unknown if len(unknown) <= _MAX_NOTES else [*unknown[: _MAX_NOTES - 1], "(more)"]
    return tuple(dict.fromkeys(f"ignored field: {name}" for name in shown))


def filled(record: Fields, *lenders: Fields) -> Fields:
    """The record, with what it lacks from the first lender that has it."""
    for lender in lenders:
        lacking = {name: getattr(lender, name) for name in LENT if not getattr(record, name)}
        record = replace(record, **lacking)
    return record


def publication_date(value: str, *, now: datetime) -> Edtf:
    """The date an article carries.

    Raises FieldError("bad-date") for what is no date, is before 1600 or more than 24 hours ahead of now.
    """
    try:
        date = parse_edtf(value)
        last = parse_edtf(date.value.rpartition("/")[2])
    except DateError as error:
        raise FieldError(
            "bad-date",
            f"published_on {_shown(value)} is neither RFC 3339 nor EDTF; "
            "give a date such as 2022-01-17, 2022-01 or 2022-01-17T09:30:00Z, or leave it out",
        ) from error
    if date.earliest.year < FIRST_YEAR:
        raise FieldError("bad-date", f"published_on {value!r} is before {FIRST_YEAR}; correct the date or leave it out")
    if last.earliest > now + MAX_AHEAD:
        raise FieldError(
            "bad-date",
            f"published_on {value!r} is more than 24 hours ahead of {now:%Y-%m-%dT%H:%M%z}; correct it or leave it out",
        )
    return date


def _zone(value: str) -> ZoneInfo:
    """The zone of the outlet's clock. Raises FieldError("bad-timezone") for a name the tz database does not have."""
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        # KeyError: no such zone; ValueError: a path or a NUL; OSError: a folder of zones such as "America"
        raise FieldError(
            "bad-timezone",
            f"timezone {_shown(value)} is no zone of the tz database; give one such as Europe/London, or leave it out",
        ) from error


def _address(read: Callable[[str], str], value: str) -> str:
    try:
        return read(value)
    except AddressError as error:
        raise FieldError(error.reason, str(error)) from error


def kind_of(value: object) -> str:
    """What JSON calls a value of this type."""
    names: tuple[tuple[type | tuple[type, ...], str], ...] = (
        (bool, "a boolean"),
        ((int, float), "a number"),
        (str, "a string"),
        (list, "a list"),
        (dict, "an object"),
    )
    return next((name for types, name in names if isinstance(value, types)), "null")


def _string(value: object, name: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise FieldError(
            "wrong-type", f"{name} {_shown(value)} is {kind_of(value)}; give a string{_instead(name)} or leave it out"
        )
    if "\x00" in value:
        raise FieldError("control-characters", f"{name} holds a NUL character, which no database stores; take it out")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise FieldError(
            "lone-surrogate",
            f"{name} holds half a character at {error.start} ({value[error.start]!a}), which is no text; "
            "write the file as UTF-8",
        ) from error
    return value


def _name(values: Mapping[str, object], name: str) -> str | None:
    value = (_string(values.get(name), name) or "").strip()
    if max(len(value.encode()), len(fold(value).encode())) > MAX_NAME_BYTES and name != "url":
        raise FieldError("too-large", f"{name} {_shown(value)} is longer than {MAX_NAME_BYTES} bytes; shorten it")
    return value or None


def _names(value: object, field: str) -> tuple[str, ...]:
    if value is None or isinstance(value, str):
        entries: list[object] = [value]
    elif isinstance(value, list):
        entries = value
    else:
        raise FieldError(
            "wrong-type", f"{field} {_shown(value)} is {kind_of(value)}; give a list of names or leave it out"
        )
    names = (_name({f"{field}[{place}]": entry}, f"{field}[{place}]") for place, entry in enumerate(entries))
    return tuple(name for name in names if name is not None)


def _instead(name: str) -> str:
    return {"published_on": ' such as "2022-01-17"', "external_id": " (in quotation marks)"}.get(name, "")


def _shown(value: object) -> str:
    shown = repr(value[:80]) if isinstance(value, str) else ascii(value)
    return shown if len(shown) <= 80 else f"{shown[:79]}…"
