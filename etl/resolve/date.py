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
_STEPS = {"last": -1, "this": 0, "next": 1}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_FEASTS = {
    "new year's day": (1, 1),
    "new year's eve": (12, 31),
    "christmas day": (12, 25),
    "christmas eve": (12, 24),
    "boxing day": (12, 26),
}
_WEEKDAY = r"(?:(?i:(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\.)"
# Case matters: "may 3 times" is no day.
MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
DAY_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?\b"
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_PART = r"(?:morning|afternoon|evening|night)"

_UNIT = r"(?:week(?:end)?|month|year)"
_WHICH = r"(?:early|late|last|next|this(?:\s+(?:past|coming))?|earlier|later)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_FEAST = r"(?:New\s+Year[’']s\s+(?:Day|Eve)|Christmas\s+(?:Day|Eve)|Boxing\s+Day)"

EXPRESSION = re.compile(
    rf"""\b(?:
      (?:(?:(?i:earlier|later|early|late)\s+)?(?i:on|early|late)\s+)?(?:(?i:{_WHICH})\s+)?{_WEEKDAY}(?:\s+(?i:{_PART})\b)?
          (?:,?\s+(?:{MONTH}\s+{DAY_NUMBER}|{DAY_NUMBER}\s+{MONTH})(?:,?\s+\d{{4}}\b)?
            |\s+(?i:(?:of\s+)?(?:last|this|next)\s+week|last)\b)?
    | (?:(?i:on)\s+)?{MONTH}\s+{DAY_NUMBER}(?:,?\s+\d{{4}}\b)?
    | (?:(?i:on)\s+(?:the\s+)?)?{DAY_NUMBER}\s+(?:of\s+)?{MONTH}(?:,?\s+\d{{4}}\b)?
    | (?:(?i:in)\s+)?(?:(?i:early|late|mid)[ -])?{MONTH}\s+\d{{4}}\b
    | (?i:in|last|this|in\s+early|in\s+late|in\s+mid|early\s+in|late\s+in)[ -]+{MONTH}\b(?!\s+\d)
    | (?:(?i:on)\s+)?\d{{4}}-\d{{2}}-\d{{2}}\b
    | (?i:on)\s+(?i:the)\s+(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)\b(?!\s+(?:of|floor|anniversary|day|century|time)\b)
    | (?i:the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow)\b
    | (?:(?i:earlier|late|later|early)\s+)?(?i:yesterday|today|tonight|tomorrow)(?:\s+(?i:{_PART}))?\b
    | (?i:overnight)\b
    | (?i:earlier|later)\s+(?i:in)\s+(?i:the)\s+(?i:day|week|month|year)\b
    | (?:(?i:earlier|later|early|late)\s+)?(?i:last|this|next)\s+(?i:{_UNIT}|{_PART})\b
    | (?i:at|over|on|during)\s+(?i:the\s+weekend)\b
    | (?i:{_NUMBER})\s+(?i:days?|weeks?|months?|years?|decades?)\s+(?i:ago)\b
    | (?i:in)\s+(?:(?i:early|late|mid)[ -])?(?:19|20)\d{{2}}\b
    | (?i:in\s+the)\s+(?:19|20)\d0s\b
    | (?i:last|this)\s+(?i:{_SEASON})\b | (?i:in\s+the)\s+(?i:{_SEASON})\s+(?i:of)\s+(?:19|20)\d{{2}}\b
    | (?:(?i:on)\s+)?{_FEAST}
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
        or _day_of_month(words, anchor, tense)
        or _season(words, anchor)
        or _feast(words, anchor, tense)
        or _parsed(words, anchor, tense)
    )


def _bare(expression: str) -> str:
    """The expression in lower case without what does not move the day: "on", "early", "night"."""
    words = " ".join(expression.casefold().replace(",", " ").split())
    words = re.sub(r"\A(?:earlier|later) in the ", "earlier this ", words)
    words = re.sub(r"\A(?:at|over|on|during) the weekend\Z", "the weekend", words)
    words = re.sub(r"\A(?:(?:earlier|later) )?(?:(?:on|in|by|at|since|early|late|of|mid)[ -])+", "", words)
    words = re.sub(r"\A(?:earlier|later|the) (?=today|yesterday|tomorrow|day |\d)", "", words)
    words = re.sub(rf" {_PART}\Z", "", words) if not re.match(rf"(?:last|this) {_PART}", words) else words
    return words.strip(" .")


def _weekday(words: str, anchor: date, tense: Tense) -> Edtf | None:
    match = re.fullmatch(
        r"(?:(?P<which>last|next|this|earlier|later|this past|this coming) )?(?P<day>[a-z]+)\.?"
        r"(?: (?:of )?(?:(?P<week>last|this|next) week|(?P<last>last)))?",
        words,
    )
    if match is None or match["day"] not in _DAYS:
        return None
    wanted, which = _DAYS[match["day"]], match["which"]
    if match["week"]:  # "Wednesday of last week"
        return _safe_day(anchor, wanted - anchor.weekday() + 7 * _STEPS[match["week"]])
    back = (anchor.weekday() - wanted) % 7
    if which in ("last", "this past") or match["last"]:
        return _safe_day(anchor, -(back or 7))
    if which in ("next", "this coming") or (tense == "future" and which != "this"):
        return _safe_day(anchor, 7 - back if back else 7)
    if which == "this":
        return _safe_day(anchor, wanted - anchor.weekday())
    return _safe_day(anchor, -back)


def _unit(words: str, anchor: date) -> Edtf | None:
    if words == "overnight":
        return interval(anchor - timedelta(days=1), anchor)
    if words == "the weekend":  # the one that is not over, or the last
        words = "this weekend" if anchor.weekday() >= _DAYS["saturday"] else "last weekend"
    match = re.fullmatch(r"(?:(?P<part>earlier|later|early|late) )?(?P<which>last|this|next) (?P<unit>[a-z]+)", words)
    if match is None:
        return None
    which, unit = match["which"], match["unit"]
    step = _STEPS[which]
    if unit == "day":
        return day(anchor)
    if unit in ("night", "evening", "morning", "afternoon"):
        return _safe_day(anchor, step)
    monday = anchor - timedelta(days=anchor.weekday()) + timedelta(weeks=step)
    if unit == "week":
        # Of the week that is not over only the part up to the anchor can have been spoken in.
        return interval(monday, anchor if match["part"] == "earlier" and not step else monday + timedelta(days=6))
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
    if decade := re.fullmatch(r"(?:the )?(?P<first>(?:19|20)\d0)s", words):
        return parse_edtf(f"{decade['first']}/{int(decade['first']) + 9}")
    if decades := re.fullmatch(rf"(?P<number>{_NUMBER}) decades? ago", words):
        number = decades["number"]
        count = int(number) if number.isdigit() else _COUNTS.get(number, 1)
        return parse_edtf(f"{anchor.year - 10 * count:04d}")
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


def _day_of_month(words: str, anchor: date, tense: Tense) -> Edtf | None:
    """ "on the 5th": the closest such day in the direction of the tense, the anchor's own included."""
    match = re.fullmatch(r"(?:the )?(?P<day>\d{1,2})(?:st|nd|rd|th)", words)
    if match is None:
        return None
    wanted, step = int(match["day"]), -1 if tense == "past" else 1
    for months in range(0, 3 * step, step):
        month = anchor.year * 12 + anchor.month - 1 + months
        try:
            found = date(month // 12, month % 12 + 1, wanted)
        except ValueError:
            continue  # a month without a 31st
        if (found <= anchor) if tense == "past" else (found >= anchor):
            return day(found)
    return None


def _season(words: str, anchor: date) -> Edtf | None:
    """ "last summer", "the spring of 2019" as months, by the northern year: EDTF level 0 has no seasons."""
    match = re.fullmatch(r"(?:(?P<which>last|this|the) )?(?P<season>[a-z]+)(?: of (?P<year>\d{4}))?", words)
    if match is None or match["season"] not in _SEASONS or not (match["year"] or match["which"] in ("last", "this")):
        return None
    first, last = _SEASONS[match["season"]]
    year = int(match["year"]) if match["year"] else anchor.year
    while match["which"] == "last" and (year + (last < first), last) >= (anchor.year, anchor.month):
        year -= 1  # the one that runs is "this"
    return parse_edtf(f"{year:04d}-{first:02d}/{year + (last < first):04d}-{last:02d}")


def _feast(words: str, anchor: date, tense: Tense) -> Edtf | None:
    """ "on New Year's Day": the closest in the direction of the tense."""
    found = _FEASTS.get(words.replace("’", "'"))
    if found is None:
        return None
    this_year = date(anchor.year, *found)
    if tense == "past" and this_year > anchor:
        return day(date(anchor.year - 1, *found))
    return day(date(anchor.year + 1, *found)) if tense == "future" and this_year < anchor else day(this_year)


def _parsed(words: str, anchor: date, tense: Tense) -> Edtf | None:
    """Everything else through dateparser: "yesterday", "Jan. 9", "9 January 2022", "two weeks ago"."""
    words = re.sub(rf"\A(?:{_WEEKDAY})\s+(?=\S)", "", words, flags=re.I)
    words = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", words).replace(" of ", " ")
    if words in ("tonight", "today"):
        return day(anchor)
    if words == "day before yesterday":
        return _safe_day(anchor, -2)
    if words == "day after tomorrow":
        return _safe_day(anchor, 2)
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
