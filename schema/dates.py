"""Dates of the world as the contract writes them: RFC 3339 or EDTF level 0, as exact as their evidence.

A value keeps its precision ("2022-01" stays a month) and gives the closed range of instants it may mean, so that
ranges can be compared and sorted in the database. A day without a zone is local to the outlet and is compared as UTC.
Only level 0 is accepted: the `edtf` package also reads levels 1 and 2, drops the time of day and takes 5 ms a value.
Source: Extended Date/Time Format, Library of Congress; RFC 3339.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache

from schema.errors import DateError

_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?\Z", re.ASCII)
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(:\d{2}([.]\d{1,9})?)?([Zz]|[+-]\d{2}:\d{2})?\Z", re.ASCII)
_LAST_MOMENT = time(23, 59, 59, 999999)


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date of the world: value is EDTF level 0; earliest and latest are the UTC instants it may mean, inclusive."""

    value: str
    earliest: datetime
    latest: datetime

    @property
    def day(self) -> date | None:
        """The one calendar day meant, in the value's own zone, or None when it is wider than a day."""
        return date.fromisoformat(self.value[:10]) if len(self.value) >= 10 and "/" not in self.value else None


@lru_cache(maxsize=1 << 12)
def parse_edtf(value: str) -> Edtf:
    """The date a string writes.

    Takes year, month, day, an instant (a missing zone means UTC) or an interval of years, months or days.
    Raises DateError for anything else, with what is wrong with it.
    """
    text = value.strip()
    if "/" in text:
        first, _, last = text.partition("/")
        if not (_DAY.match(first) and _DAY.match(last)):
            raise DateError(value, "is no EDTF interval of two years, months or days")
        start, end = _calendar(first, value), _calendar(last, value)
        if start.earliest > end.latest:
            raise DateError(value, "ends before it begins")
        return Edtf(text, start.earliest, end.latest)
    if _DAY.match(text):
        return _calendar(text, value)
    if _INSTANT.match(text):
        return _instant(text, value)
    raise DateError(value, "is neither RFC 3339 nor EDTF")


def in_zone(value: Edtf, zone: tzinfo) -> Edtf:
    """An instant written on the clock of a zone, so that its day is the local one; anything else unchanged."""
    if "T" not in value.value:
        return value
    try:
        return _instant(value.earliest.astimezone(zone).isoformat(), value.value)
    except OverflowError:  # the first or last hours of the calendar
        return value


def day(value: date) -> Edtf:
    """The EDTF of a calendar day."""
    return _calendar(value.isoformat(), value.isoformat())


def interval(first: date, last: date) -> Edtf:
    """The EDTF of the days from first to last, inclusive."""
    return parse_edtf(f"{first.isoformat()}/{last.isoformat()}")


def _calendar(text: str, value: str) -> Edtf:
    year, month, day_of_month = (int(part) for part in [*text.split("-"), "0", "0"][:3])
    try:
        first = date(year, month or 1, day_of_month or 1)
    except ValueError as error:
        raise DateError(value, f"is no date of the calendar ({error})") from error
    if day_of_month:
        last = first
    elif month:
        last = date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
    else:
        last = date(year, 12, 31)
    return Edtf(text, datetime.combine(first, time.min, UTC), datetime.combine(last, _LAST_MOMENT, UTC))


def _instant(text: str, value: str) -> Edtf:
    try:
        moment = datetime.fromisoformat(text.upper().replace(" ", "T"))
    except ValueError as error:
        raise DateError(value, f"is no instant of the calendar ({error})") from error
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        instant = zoned.astimezone(UTC)
    except OverflowError as error:
        raise DateError(value, "is outside the years 1 to 9999") from error
    return Edtf(zoned.isoformat().replace("+00:00", "Z"), instant, instant)
