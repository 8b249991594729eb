"""Days counted from another day of the article: "a day after Britain said", "the next day", "two days earlier"."""

import re
from datetime import date, timedelta

from spacy.tokens import Span as Tokens

from etl.records import Span
from etl.resolve.date import EXPRESSION, date_of
from etl.resolve.reading import Reading
from schema.dates import Edtf, day

_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
COUNTED = re.compile(
    rf"""\b(?:
      (?P<number>{"|".join(_NUMBERS)}|\d{{1,2}})\s+(?P<unit>days?|weeks?)\s+(?P<way>earlier|later|before|after|afterwards)
    | the\s+(?P<which>same|next|following|previous)\s+day
    | (?P<before>the\s+day\s+before)
    )\b""",
    re.X | re.I,
)
"""Where such a count stands in a text; counted says what it means."""

_SENTENCES_BACK = 2


def counted(match: re.Match[str], tokens: Tokens, reading: Reading) -> Edtf | None:
    """The day of a saying that stands at this count from the last day named before; None where none was.

    "On Tuesday she left, a day after Britain said ...": the clause that follows "after" is on the earlier of two days.
    """
    days = _days(match)
    from_day = _named_before(tokens, reading)
    if from_day is None:
        return None
    try:
        return day(from_day + timedelta(days=days))
    except OverflowError:
        return None


def begins_clause(match: re.Match[str]) -> bool:
    """Whether a clause that the count is of may follow: "a day after she said"."""
    return (match["way"] or "").casefold() in ("before", "after")


def _days(match: re.Match[str]) -> int:
    if match["before"]:
        return -1
    if match["which"]:
        return {"same": 0, "next": 1, "following": 1, "previous": -1}[match["which"].casefold()]
    number = match["number"].casefold()
    count = _NUMBERS.get(number) or int(number)
    count *= 7 if match["unit"].casefold().startswith("week") else 1
    # "a day after she said": she said it the day before; "a day later she said": the day after.
    return count if match["way"].casefold() in ("later", "afterwards", "before") else -count


def _named_before(tokens: Tokens, reading: Reading) -> date | None:
    """The day named last before, or beside it in its sentence; the day of publication where none is near."""
    if reading.anchor is None:
        return None
    here = reading.sentences[tokens.start]
    near = [i for i, number in enumerate(reading.sentences) if here - _SENTENCES_BACK <= number <= here]
    first, last = reading.doc[near[0]], reading.doc[near[-1]]
    own = Span(tokens.start_char, tokens.end_char)
    found: date | None = None
    for match in EXPRESSION.finditer(reading.text, first.idx, last.idx + len(last)):
        if own.touches(Span(match.start(), match.end())):
            continue
        meant = date_of(match.group(), reading.anchor)
        if meant is not None and meant.day is not None and (match.start() < own.start or found is None):
            found = meant.day
    return found or reading.anchor
