"""DateTime, EDTF and URL: what they are in Python, and how strings of clients become them."""

from datetime import UTC, datetime
from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from schema.dates import parse_edtf
from schema.errors import AddressError, DateError
from schema.graphql.errors import BadUserInputError, readable
from schema.urls import canonical_url

EDTF = NewType("EDTF", str)
URL = NewType("URL", str)


def _string(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise BadUserInputError(place, value, "is no string; give one")
    return readable(value, place)


def _parse_datetime(value: object) -> datetime:
    text = _string(value, "DateTime")
    try:
        instant = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadUserInputError("DateTime", value, "is not RFC 3339; write 2022-01-17T09:30:00Z") from error
    if instant.tzinfo is None:
        raise BadUserInputError("DateTime", value, "has no zone; write 2022-01-17T09:30:00Z")
    try:
        return instant.astimezone(UTC)
    except OverflowError as error:
        raise BadUserInputError("DateTime", value, "is outside the years 1 to 9999; give another") from error


def _serialize_datetime(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parse_edtf(value: object) -> EDTF:
    text = _string(value, "EDTF")
    try:
        return EDTF(parse_edtf(text).value)
    except DateError as error:
        raise BadUserInputError("EDTF", text, str(error).removeprefix(repr(text)).strip()) from error


def _parse_url(value: object) -> URL:
    text = _string(value, "URL")
    try:
        # Articles are kept under their canonical address; whoever asks may have one with utm_source and a fragment.
        return URL(canonical_url(text))
    except AddressError as error:
        raise BadUserInputError("URL", value, "is no http(s) address; write https://example.org/1") from error


SCALARS: dict[object, ScalarDefinition] = {
    datetime: strawberry.scalar(
        name="DateTime",
        description="An instant of the system's own clock, RFC 3339 in UTC.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=_serialize_datetime,
        parse_value=_parse_datetime,
    ),
    EDTF: strawberry.scalar(
        name="EDTF",
        description=(
            "A date or instant of the world, as exact as its evidence: EDTF level 0 (2022-01-17T09:30:00Z, 2022-01-17, "
            "2022-01, 2022) or an interval 2022-01-10/2022-01-16."
        ),
        specified_by_url="https://www.loc.gov/standards/datetime/",
        serialize=str,
        parse_value=_parse_edtf,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An absolute web address.",
        specified_by_url="https://url.spec.whatwg.org/",
        serialize=str,
        parse_value=_parse_url,
    ),
}
