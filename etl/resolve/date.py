"""When something was said: expressions that name a day, what they mean, and which of them dates the saying itself.

A news convention (written down beside the shared cases): a bare weekday in the past is the closest such day up to and
including the day of publication, in the future the closest after it; "last Tuesday" on a Tuesday is seven days before.
"""

import calendar
import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from dateparser.date import DateDataParser

from schema.dates import Edtf, day, interval, parse_edtf

Tense = Literal["past", "future"]

_DAYS = {name.casefold(): i for i, name in enumerate(calendar.day_name)}
_DAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
_MONTHS = {name.casefold(): i for i, name in enumerate(calendar.month_name) if name}
_MONTHS |= {name.casefold(): i for i, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_WEEKDAY = r"(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
# Case matters: "may 3 times" is no day.
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_PART = r"(?:morning|afternoon|evening|night)"

EXPRESSION = re.compile(
    rf"""\b(?:
      (?:(?i:on|early|late)\s+)?(?:(?i:early|late|last|next|this|earlier|later)\s+)?{_WEEKDAY}(?:\s+(?i:{_PART})\b)?
          (?:,\s+{_MONTH}\s+{_DAY_NUMBER}(?:,\s+\d{{4}}\b)?)?
    | (?:(?i:on)\s+)?{_MONTH}\s+{_DAY_NUMBER}(?:,?\s+\d{{4}}\b)?
    | (?:(?i:on)\s+(?:the\s+)?)?{_DAY_NUMBER}\s+(?:of\s+)?{_MONTH}(?:,?\s+\d{{4}}\b)?
    | (?:(?i:in)\s+)?(?:(?i:early|late)\s+)?{_MONTH}\s+\d{{4}}\b
    | (?i:in|last|this|early\s+in|late\s+in)\s+{_MONTH}\b(?!\s+\d)
    | (?:(?i:on)\s+)?\d{{4}}-\d{{2}}-\d{{2}}\b
    | (?i:yesterday|today|tonight|tomorrow)(?:\s+(?i:{_PART}))?\b
    | (?i:last|this|earlier\s+this|later\s+this|next|late\s+last|early\s+last)\s+(?i:week(?:end)?|month|year|{_PART})\b
    | (?i:{_NUMBER})\s+(?i:days?|weeks?|months?|years?)\s+(?i:ago)\b
    | (?i:in)\s+(?:(?i:early|late|mid)[ -])?(?:19|20)\d{{2}}\b
    )""",
    re.X,
)
"""Where an expression stands in a text; date_of says what it means."""


def date_of(expression: str, anchor: date, tense: Tense = "past") -> Edtf | None:
    """The date an expression means when read on the anchor day, as exact as it is; None when it names none.

    "on Monday", "late Thursday" -> a day; "last week" -> an interval of days, Monday to Sunday; "last month",
    "in March" -> a month; "in 2014" -> a year. tense: of the verb that the expression belongs to.
    """
    words = _bare(expression)
    if not words:
        return None
    return (
        _weekday(words, anchor, tense)
        or _unit(words, anchor)
        or _month_or_year(words, anchor, tense)
        or _parsed(words, anchor, tense)
    )


def _bare(expression: str) -> str:
    """The expression in lower case without what does not move the day: "on", "early", "night"."""
    words = " ".join(expression.casefold().replace(",", " ").split())
    words = re.sub(r"\A(?:(?:on|in|by|at|since|early|late|the|of|mid)[ -])+", "", words)
    words = re.sub(rf" {_PART}\Z", "", words) if not re.match(rf"(?:last|this) {_PART}", words) else words
    return words.strip(" .")


def _weekday(words: str, anchor: date, tense: Tense) -> Edtf | None:
    match = re.fullmatch(
        r"(?:(?P<which>last|next|this|earlier|later|this past|this coming) )?(?P<day>[a-z]+)\.?", words
    )
    if match is None or match["day"] not in _DAYS:
        return None
    wanted, which = _DAYS[match["day"]], match["which"]
    back = (anchor.weekday() - wanted) % 7
    if which in ("last", "this past"):
        return _safe_day(anchor, -(back or 7))
    if which in ("next", "this coming") or (tense == "future" and which != "this"):
        return _safe_day(anchor, 7 - back if back else 7)
    if which == "this":
        return _safe_day(anchor, wanted - anchor.weekday())
    return _safe_day(anchor, -back)


def _unit(words: str, anchor: date) -> Edtf | None:
    match = re.fullmatch(
        r"(?P<which>last|this|next|earlier this|later this|early last|late last) (?P<unit>[a-z]+)", words
    )
    if match is None:
        return None
    which, unit = match["which"].split()[-1], match["unit"]
    step = {"last": -1, "this": 0, "next": 1}[which]
    if unit in ("night", "evening", "morning", "afternoon"):
        return _safe_day(anchor, step)
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
    if unit == "week":
        # Of the week that is not over only the part up to the anchor can have been spoken in.
        return interval(monday, anchor if match["which"] == "earlier this" else monday + timedelta(days=6))
    if unit == "weekend":
        return interval(monday + timedelta(days=5), monday + timedelta(days=6))
    if unit == "month":
        months = anchor.year * 12 + anchor.month - 1 + step
        return parse_edtf(f"{months // 12:04d}-{months % 12 + 1:02d}")
    if unit == "year":
        return parse_edtf(f"{anchor.year + step:04d}")
    if unit in _MONTHS:
        return _month(_MONTHS[unit], anchor, "future" if which == "next" else "past")
    return None


def _month_or_year(words: str, anchor: date, tense: Tense) -> Edtf | None:
    if re.fullmatch(r"(?:19|20)\d{2}", words):
        return parse_edtf(words)
    match = re.fullmatch(r"(?P<month>[a-z]+)\.?(?: (?P<year>\d{4}))?", words)
    if match is None or match["month"] not in _MONTHS:
        return None
    if match["year"]:
        return parse_edtf(f"{match['year']}-{_MONTHS[match['month']]:02d}") if int(match["year"]) else None
    return _month(_MONTHS[match["month"]], anchor, tense)


def _month(month: int, anchor: date, tense: Tense) -> Edtf:
    """The closest such month in the direction of the tense, the anchor's own included."""
    year = anchor.year
    if tense == "past" and month > anchor.month:
        year -= 1
    if tense == "future" and month < anchor.month:
        year += 1
    return parse_edtf(f"{year:04d}-{month:02d}")


def _parsed(words: str, anchor: date, tense: Tense) -> Edtf | None:
    """Everything else through dateparser: "yesterday", "Jan. 9", "9 January 2022", "two weeks ago"."""
    words = re.sub(rf"\A(?:{_WEEKDAY})\s+(?=\S)", "", words, flags=re.I)
    words = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", words).replace(" of ", " ")
    if words in ("tonight", "today"):
        return day(anchor)
    return _dateparser(words, anchor, tense)


@lru_cache(maxsize=4096)
def _dateparser(words: str, anchor: date, tense: Tense) -> Edtf | None:
    parser = DateDataParser(
        languages=["en"],
        settings={
            "RELATIVE_BASE": datetime.combine(anchor, time(12)),
            "PREFER_DATES_FROM": tense,
            "RETURN_AS_TIMEZONE_AWARE": False,
            "DATE_ORDER": "MDY",
        },
    )
    data = parser.get_date_data(words)
    if data is None or data.date_obj is None:
        return None
    found = data.date_obj.date()
    if data.period == "year":
        return parse_edtf(f"{found.year:04d}")
    if data.period == "month":
        return parse_edtf(f"{found.year:04d}-{found.month:02d}")
    return day(found)  # "a week ago" too: seven days before


def _safe_day(anchor: date, days: int) -> Edtf | None:
    """The day so many days from the anchor; None outside the calendar."""
    ordinal = anchor.toordinal() + days
    return day(date.fromordinal(ordinal)) if 1 <= ordinal <= date.max.toordinal() else None
