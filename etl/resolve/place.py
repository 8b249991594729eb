"""Where an article was written, as its dateline has it: "KYIV/WARSAW, Jan 12 (Norwire) - " is Kyiv.

A town in capitals before a dash is one unless it is known to be something else. In small letters it needs more: a day
and an agency, a state or country after it, or to be a town that stands alone ("London – "). Not for where things
happen.
"""

import re
from collections.abc import Iterator
from functools import cache

from etl.copies.credits import agency_named, is_like_an_agency
from etl.resolve.bodies import Kind, is_body_word, listed
from etl.resolve.countries import Word, places
from etl.resolve.date import DAY_NUMBER, MONTH
from etl.resolve.lists import given_names, known_nouns, rows, singular
from schema.keys import fold, outlet_name

_REACH = 400
"""Characters within which a dateline stands: after a headline at most."""

_TEASER, _PARAGRAPH = 80, 240
"""Characters. A line with a full sentence is a headline below the first, and the body from the second on: a dateline
stands above it or not at all. Below what lies between, only one that is sure counts.
"""

_AFTER = 40
"""Characters that follow a dash where nothing else tells a dateline from a heading; fewer if a sentence ends."""

_SHORT = 4
"""Letters. A word in capitals of no more is an abbreviation ("NATO — "), unless a known town ("OSLO — ")."""

_CAPITAL = "[" + "".join(c for c in map(chr, range(0x41, 0x250)) if c.isupper()) + "]"
_LOUD = rf"(?:{_CAPITAL}|Mc(?={_CAPITAL}))(?:{_CAPITAL}|[.'’-])+"
_CALM = rf"{_CAPITAL}[\w.'’-]*"
_JOINT = r"(?:de[ ]la|de|del|la|le|el|al|an[ ]der|am|on|upon|of|do|da|di|du|sur|the|den)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b\.?)"
_DATE = rf"(?:{MONTH}[ ]{DAY_NUMBER}|{DAY_NUMBER}[ ]{MONTH})(?:,?[ ]\d{{4}})?"
_DAY = rf"(?:,[ ]?|[ ][–—-][ ]|[ ])(?:{_WEEKDAY}(?:,?[ ]{_DATE})?|{_DATE})"
_DATELINE = re.compile(
    rf"""
    (?: (?P<loud>{_LOUD}(?:[ ]{_LOUD}){{0,3}}) (?P<also>(?:[ ]?/[ ]?{_LOUD}(?:[ ]{_LOUD}){{0,3}})*)
      | (?P<calm>{_CALM}(?:[ ](?:{_JOINT}[ ])?{_CALM}){{0,3}}) )
    (?P<regions>(?:,[ ](?!(?:{MONTH}|{_WEEKDAY})(?![\w])){_CALM}(?:[ ](?:of[ ]|and[ ])?{_CALM}){{0,2}}){{0,2}})
    (?P<day>{_DAY})?
    (?: [ ]?-*\((?P<agency>dpa|{_CAPITAL}[^()\n]{{1,40}})\)  # (Norwire)
      | \.?[ ]?/(?P<wire>{_CAPITAL}[^/\n]{{1,30}})/ )?  # /Norwire/
    (?P<later>{_DAY})?
    (?P<end>\.(?=[ ]) | [ ]?:(?=[ ]) | [ ]?[–—-]{{1,2}}[ ]? | (?<=/)(?=[ ]))
    (?=\s*["“‘'(]*(?:{_CAPITAL}|\d))
    """,
    re.X,
)
_LINE = re.compile(r"[^\n\r]+")
_SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s|\Z)")
_SPEAKS = re.compile(rf"(?m)^[ \t]*{_LOUD}(?:[ ]{_LOUD}){{0,3}}(?:,[^:\n]{{1,40}})?[ ]?(?::|[–—]|--|[ ]-[ ])")
"""How the turns of a transcript begin: "HOLM: ", "ORTIZ — "."""
_BYLINE = re.compile(
    rf"(?:By|BY)[ ](?P<name>{_CALM}(?:[ ]{_CALM}){{1,3}})(?:(?:,|[ ]and|[ ]&)[ ][^\n]{{3,60}}?)?,?[ ]in[ ]"
    rf"(?P<place>{_CALM}(?:[ ](?:{_JOINT}[ ])?{_CALM}){{0,3}}(?:,[ ]{_CALM}(?:[ ]{_CALM})?)?)"
    rf"(?:(?:,|[ ]and|[ ]&)[ ][^\n]{{3,60}}[ ]in[ ][^\n]{{2,40}})?"
)


def dateline_place(text: str, start: int = 0, outlet: str | None = None) -> str | None:
    """The place of the dateline, else of a byline that is a line of its own ("By Ida Holm in Vikholm"), else None.

    start: where the body begins; above it only bylines are looked at. outlet: whose name before a dash is none.
    "ST. JOHN'S, Newfoundland (Norwire) - " gives "St. John's, Newfoundland"; of several towns the first.
    """
    own = fold(outlet_name(outlet))
    from_byline, is_open = None, True
    for line in _LINE.finditer(text, 0, start + _REACH):
        # To its end, though it may lie beyond what is looked at.
        printed = _whole(text, line).replace("\xa0", " ").strip()
        if from_byline is None and (match := _BYLINE.fullmatch(printed)) and _is_reporter(match["name"]):
            from_byline = match["place"] if not _is_none(match["place"].partition(",")[0], own) else None
        if line.start() < start or not printed:
            continue
        if (match := _DATELINE.match(printed)) and (place := _place(match, printed, own, text if is_open else None)):
            return place
        if len(printed) >= _TEASER and _SENTENCE_END.search(printed):
            is_open = False
            if len(printed) >= _PARAGRAPH:
                break
    return from_byline


def _whole(text: str, line: re.Match[str]) -> str:
    found = _LINE.match(text, line.start())
    return found[0] if found else line[0]


def _place(match: re.Match[str], line: str, outlet: str, text: str | None) -> str | None:
    """The place of what looks like a dateline, None where it is none. Without the text only one that is sure."""
    loud, regions = match["loud"], [part.strip() for part in match["regions"].split(",")[1:]]
    town = loud or match["calm"]
    by_agency = _is_agency(match["agency"] or match["wire"], outlet)
    in_region = any(region in _regions() for region in regions)
    has_day = bool(match["day"] or match["later"])
    # NEWPORT NEWS, Va.
    if _is_heading(town) if in_region else _is_none(town, outlet):
        return None
    if not _may_end_so(match, town, is_agency_copy=by_agency or has_day):
        return None
    if loud:
        is_sure = by_agency or in_region or has_day or fold(town) in _towns()
        is_town = is_sure or (text is not None and _may_be_town(match, text))
    else:
        # Ida Holm (Norwire) – / Ida Holm, May 3 —
        is_like_name = " " in town and fold(town.split()[0]) in given_names()
        is_sure = in_region or (by_agency and (has_day or not is_like_name)) or (has_day and " " not in town)
        is_town = is_sure or (fold(town) in _towns() and not _follows_place(line, match.end()))
    if not is_town or not (by_agency or _is_followed(line[match.end() :])):
        return None
    if match["also"]:  # "KYIV/WARSAW, Poland": the country is that of the last
        regions = []
    return ", ".join([in_title_case(town) if loud else town, *(in_title_case(one, after=True) for one in regions)])


def _may_end_so(match: re.Match[str], town: str, *, is_agency_copy: bool) -> bool:
    """Whether a dateline may end in this mark. Only some do without a dash, and without a blank hyphens join words."""
    end = match["end"].strip()
    if end in ("", "."):
        return match["wire"] is not None
    if end == ":":
        return is_agency_copy or fold(town) in _towns()
    return match["end"] != "-" or is_agency_copy


def _may_be_town(match: re.Match[str], text: str) -> bool:
    """Whether capitals of which nothing is known may be a town: no abbreviation, office or body, nor who speaks."""
    words = match["loud"].split()
    if len(words) == 1 and sum(c.isalpha() for c in words[0]) <= _SHORT:
        return False
    if is_like_an_agency(match["loud"]):
        return False
    # ATLANTIC CITY
    telling = [word for word in words if word != "CITY"]
    if len(words) > 2 or any(is_body_word(word) or singular(word) in known_nouns() for word in telling):
        return False
    return len(_SPEAKS.findall(text)) < 2


def _is_none(words: str, outlet: str) -> bool:
    """Whether words before a dash are known to be no town: a heading, a day, an agency, an outlet, a body."""
    folded = fold(words)
    if _is_heading(words):
        return True
    if folded in _towns():
        return False
    if any(part in _heading_words() or part in _calendar() for part in folded.replace(".", "").split()):
        return True
    return folded == outlet or agency_named(words) is not None or folded in _bodies()


def _is_heading(words: str) -> bool:
    """Whether words open a line as no town does: "THE LATEST", "ABOARD AIR FORCE ONE"."""
    folded = fold(words)
    return folded in _heading_words() or folded.partition(" ")[0] in _set("before")


def _is_agency(name: str | None, outlet: str) -> bool:
    if name is None:
        return False
    known = agency_named(name) is not None or is_like_an_agency(name) or fold(name) in _outlets()
    return known or (bool(outlet) and fold(outlet_name(name)) == outlet) or name.casefold() == "business wire"


def _is_reporter(name: str) -> bool:
    """Whether a byline's name is one: "By Night Train in Norway" is a title."""
    return fold(name.split()[0]) in given_names()


def _is_followed(rest: str) -> bool:
    """Whether a text begins: a sentence ends, or much follows, and not all of it is in capitals."""
    opening = rest[:_AFTER]
    return not opening.isupper() and (len(rest) >= _AFTER or _SENTENCE_END.search(rest) is not None)


def _follows_place(line: str, end: int) -> bool:
    """Whether another place follows the dash: "London – Paris trains"."""
    match = re.match(r"\w+", line[end:])
    return match is not None and match[0] in places()


def in_title_case(words: str, *, after: bool = False) -> str:
    """Words in capitals as a map prints them: "ST. JOHN'S" -> "St. John's", "RIO DE JANEIRO" -> "Rio de Janeiro".

    after: they stand after a town, where two or three letters are an abbreviation ("DC", "UAE"). What is not in
    capitals, and "U.S.", is left as it is.
    """
    found = []
    for number, word in enumerate(words.split(" ")):
        if not word.isupper() or re.fullmatch(r"(?:\w\.){2,}", word) or (after and len(word) <= 3 and word.isalpha()):
            found.append(_with_small_prefix(word))
        elif number and word.casefold() in _set("small"):
            found.append(word.casefold())
        else:
            found.append(_capitalized(word, first=not number))
    return " ".join(found)


def _with_small_prefix(word: str) -> str:
    # McALLEN
    return "Mc" + word[2:].capitalize() if word.startswith("Mc") and word[2:].isupper() else word


def _capitalized(word: str, *, first: bool) -> str:
    """One word: "PORT-AU-PRINCE", "L'AQUILA", "O'FALLON", "COEUR D'ALENE", "MCALLEN"."""
    parts = []
    for number, part in enumerate(word.split("-")):
        if number and part.casefold() in _set("small"):
            parts.append(part.casefold())
            continue
        before, mark, rest = re.fullmatch(r"([^'’]*)(['’]?)(.*)", part).groups()  # type: ignore[union-attr]
        if len(before) == 1 and len(rest) > 1:
            before = before if first or before == "O" else before.casefold()
            parts.append(before + mark + rest.capitalize())
        elif part.startswith("MC") and len(part) > _SHORT:
            parts.append("Mc" + part[2:].capitalize())
        else:
            parts.append(before.capitalize() + mark + rest.casefold())
    return "-".join(parts)


@cache
def _set(name: str) -> frozenset[str]:
    """One set of dateline_words.en.tsv, folded."""
    return frozenset(_folded(name))


@cache
def _heading_words() -> frozenset[str]:
    return _set("none")


@cache
def _calendar() -> frozenset[str]:
    words = next(row[1] for row in rows("resolve_words.en.tsv") if row[0] == "calendar")
    return frozenset(words.split())


@cache
def _towns() -> frozenset[str]:
    """Towns that stand without a state or country, and countries, folded."""
    known = (form for form, (_, word) in places().items() if word is not Word.SEAT)
    return _set("cities") | frozenset(map(fold, known))


@cache
def _regions() -> frozenset[str]:
    """States and countries as printed after a town."""
    countries = {form for form, (_, word) in places().items() if word is Word.NAME}
    listed_ones = next(row[1] for row in rows("dateline_words.en.tsv") if row[0] == "regions").split(",")
    printed = countries.union(listed_ones)
    return frozenset(printed | {region.upper() for region in printed})


@cache
def _bodies() -> frozenset[str]:
    return frozenset(fold(form) for form, (_, kind) in listed().items() if kind is not Kind.COUNTRY)


@cache
def _outlets() -> frozenset[str]:
    return frozenset(fold(form) for form, (_, kind) in listed().items() if kind.is_outlet)


def _folded(name: str) -> Iterator[str]:
    words = next(row[1] for row in rows("dateline_words.en.tsv") if row[0] == name)
    yield from map(fold, words.split(","))
