"""The line that opens agency copy: "HARLOW, May 3 (Norwire) - ", its agency and its day."""

import re
from datetime import date, timedelta

from etl.resolve.date import DAY_NUMBER, MONTH, date_of
from schema.dates import Edtf

_AGENCY = r"\((?P<agency>[A-Z][\w.& ]{1,40})\)"
_AGENCYS = re.compile(rf"\s*[A-Z][^\n()]{{2,60}}{_AGENCY}\s*[-–—]+\s")
_DATED = re.compile(
    rf"""(?:\A|\n)[ \t]*[A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){{0,3}}(?:,[ ][A-Z][\w. ]{{1,20}}?)?
    ,[ ](?P<day>{MONTH}[ ]{DAY_NUMBER}(?:,[ ]\d{{4}})?|{DAY_NUMBER}[ ]{MONTH}(?:[ ]\d{{4}})?)
    [ ]?(?:\([A-Z][^()\n]{{1,40}}\))?[ ]?[—–-]{{1,2}}[ ]""",
    re.X,
)
_REACH = 400
"""Characters within which a dateline stands: after a headline at most."""

_LATEST = timedelta(days=14)
"""A text printed later than this after its dateline has it by mistake, or is of another year."""


def dateline_end(text: str) -> int:
    """Where the dateline that opens a text ends ("ARNESUND, Sept 17 (Norwire) - "), 0 where none does."""
    match = _AGENCYS.match(text)
    return match.end() if match else 0


def dateline_agency(text: str) -> str | None:
    """The agency of the dateline that opens a text, None where none does."""
    match = _AGENCYS.match(text)
    return " ".join(match["agency"].split()) if match else None


def dateline_day(text: str, published: Edtf | None) -> date | None:
    """The day against which "Monday" is read: that of the dateline where it fits the publication, else that one's.

    A dateline mostly has no year: without a publication it dates nothing. None where no day is known.
    """
    own = published.day if published else None
    match = _DATED.search(text, 0, _REACH)
    if match is None:
        return own
    if re.search(r"\d{4}", match["day"]):
        found = date_of(match["day"], own or date.max)
    else:
        found = date_of(match["day"], own or published.latest.date()) if published else None
    day = found.day if found else None
    if day is None:
        return own
    if own is not None:
        return day if timedelta(0) <= own - day <= _LATEST else own
    return day if published is None or published.earliest.date() <= day <= published.latest.date() else None
