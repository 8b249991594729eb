"""RawArticle to CleanArticle: page furniture is marked off and the language told. The text itself is never changed.

Rules are lines of data/furniture.en.txt; what they cannot say stands here: the headline repeated above the
text, and the title line that ends in the outlet's name.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from etl.language import UNDETERMINED, detect, is_spoken, is_well_formed
from etl.records import CleanArticle, Furniture, RawArticle, Refused, Span
from schema.keys import fold

MAX_LINE = 500
"""Characters. No furniture line is longer; a longer one is prose, and is not searched by thirty patterns."""
BODY_BEFORE_END = 200
"""Characters of body that must precede a rule that marks all that follows; "Leave a comment" stands under titles."""
MAX_CONTENT_BYTES = 64 * 1024

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
# "- Ministers meet in Utrecht": an item of a list of links has no full stop, a paragraph begun by a dash has.
_ITEM = re.compile(r"(?:[-–—•*·▪►▸>»]|\d{1,2}[.)])\s*\S.{0,250}[^.\s]")
_SENTENCE = re.compile(r".{200,}|.*[.!?…][\"”’')\]]*")
_TITLE_TAIL = re.compile(r"\s+[|–—-]\s+\S.{0,60}")


class Reach(StrEnum):
    """How far a rule marks."""

    LINE = "line"
    LIST = "list"
    END = "end"
    TOP = "top"
    INSIDE = "inside"


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the rule file."""

    reach: Reach
    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: where it stands, without the spaces around it."""

    span: Span
    text: str


def clean(raw: RawArticle) -> CleanArticle | Refused:
    """The article with its furniture marked off, or its refusal: Quoth speaks English only ("unsupported-language").

    notes: "language undetermined: read as English" and "declared language is no BCP 47 tag" where they apply.
    """
    furniture = tuple(sorted(_furniture(raw), key=lambda piece: piece.span))
    language = detect(_body(raw.text, furniture), raw.language)
    if not is_spoken(language):
        how = "declared" if raw.language is not None and is_well_formed(raw.language) else "found by its words"
        return Refused(
            raw.place,
            "unsupported-language",
            f"{raw.place}: language {language!r} ({how}) is not spoken here; load English articles, "
            'or declare "language": "en" where this is one',
            raw.text[:MAX_CONTENT_BYTES].encode()[:MAX_CONTENT_BYTES],
        )
    notes = []
    if raw.language is not None and not is_well_formed(raw.language):
        notes.append("declared language is no BCP 47 tag")
    if language == UNDETERMINED:
        notes.append("language undetermined: read as English")
    return CleanArticle(raw, language, furniture, tuple(notes))


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of furniture.en.txt, in its order; the first that matches a line marks it."""
    lines = files("etl.data").joinpath("furniture.en.txt").read_text("utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(Rule(Reach(reach), name, re.compile(pattern, re.IGNORECASE)) for reach, name, pattern in cells)


def _furniture(raw: RawArticle) -> Iterator[Furniture]:
    """The pieces of furniture, none of them sharing a character, inside pieces after the lines around them."""
    lines = list(_lines(raw.text))
    at, body = 0, 0
    while at < len(lines):
        line = lines[at]
        rule = _rule_of(line, raw, above_body=body == 0, alone=len(lines) == 1)
        at += 1
        if rule is None:
            if body or _SENTENCE.fullmatch(line.text):
                body += len(line.text)
            yield from _inside(line)
            continue
        reach, name = rule
        last = line
        if reach is Reach.END and body >= BODY_BEFORE_END:
            last, at = lines[-1], len(lines)
        while reach is Reach.LIST and at < len(lines) and _ITEM.fullmatch(lines[at].text):
            last, at = lines[at], at + 1
        yield Furniture(Span(line.span.start, last.span.end), name)


def _rule_of(line: _Line, raw: RawArticle, *, above_body: bool, alone: bool) -> tuple[Reach, str] | None:
    if len(line.text) > MAX_LINE:
        return None
    if above_body and not alone:
        for test, name in _TITLE_TESTS:
            if test(line.text, raw):
                return Reach.TOP, name
    for rule in rules():
        applies = rule.reach is not Reach.INSIDE and (rule.reach is not Reach.TOP or above_body)
        if applies and rule.pattern.fullmatch(line.text):
            return rule.reach, rule.name
    return None


def _is_headline(line: str, raw: RawArticle) -> bool:
    """Whether the line is the article's headline again, be it with " | Section" or " - Outlet" after it."""
    if raw.headline is None:
        return False
    headline, repeated = raw.headline.rstrip(" ."), line.rstrip(" .")
    if fold(headline) == fold(repeated):
        return True
    return repeated.startswith(headline) and _TITLE_TAIL.fullmatch(repeated[len(headline) :]) is not None


def _is_page_title(line: str, raw: RawArticle) -> bool:
    """Whether the line ends in the outlet's name as page titles do: "Panel hears the minister - The Daily Example"."""
    outlets = {fold(name) for name in (raw.source, raw.domain) if name}
    head, _, tail = line.rpartition(" - ") if " - " in line else line.rpartition(" – ")
    return bool(head) and fold(tail) in outlets


_TITLE_TESTS: tuple[tuple[Callable[[str, RawArticle], bool], str], ...] = (
    (_is_headline, "headline"),
    (_is_page_title, "page title"),
)


def _inside(line: _Line) -> Iterator[Furniture]:
    found: list[Span] = []
    for rule in rules():
        if rule.reach is Reach.INSIDE and "(" in line.text:
            for match in rule.pattern.finditer(line.text):
                span = Span(line.span.start + match.start(), line.span.start + match.end())
                if not any(span.touches(other) for other in found):
                    found.append(span)
                    yield Furniture(span, rule.name)


def _lines(text: str) -> Iterator[_Line]:
    for match in _LINE.finditer(text):
        line = match.group()
        stripped = line.strip()
        if stripped:
            start = match.start() + len(line) - len(line.lstrip())
            yield _Line(Span(start, start + len(stripped)), stripped)


def _body(text: str, furniture: tuple[Furniture, ...]) -> str:
    """The text without its furniture, for judging it as a whole; offsets into it mean nothing."""
    pieces, start = [], 0
    for piece in furniture:
        pieces.append(text[start : piece.span.start])
        start = piece.span.end
    return "".join((*pieces, text[start:]))
