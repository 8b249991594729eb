"""Whether an article says that it is a translation. Forms of such notes are data (etl/data/translation_notes.en.tsv).

A note stands above or below the text. Not for what a text tells of translating, nor for remarks made in another
language: there nothing of the article itself is said.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from etl.copies.credits import body_end, body_start
from etl.records import CleanArticle

_FIRST, _LAST = 3, 5
"""Lines of the body, at its beginning and at its end, among which notes stand."""

_LONGEST = 500
"""Characters. A longer line is a paragraph of the body; its first and last sentence may still be notes."""

_CAPITAL = "[" + "".join(c for c in map(chr, range(0x41, 0x250)) if c.isupper()) + "]"
_WORD = rf"(?-i:{_CAPITAL}[\w.’'-]*)"
_NAME = rf"{_WORD}(?: (?:(?:von|van|de|der|den|da|di|del|la|le|al|el|bin|ter) ){{0,2}}{_WORD}){{0,4}}"
_SOMEBODY = (
    rf"(?:{_NAME}|(?:the )?(?:authors?|editors)|an? (?:\w+ )?(?:machine|translator|tool)|ai|machine|software"
    rf"|(?:our|its|the {_NAME}) (?:\w+ )?(?:staff|editors?|desk|team|reporters?))"
)
_FILLED_IN = {
    "{names}": rf"{_SOMEBODY}(?:(?:,? and | ?& ?|, ?|/){_SOMEBODY}){{0,4}}",
    "{tongue}": rf"(?!english\b){_WORD}(?:(?: and |[ /]){_WORD})?",
    "{text}": (
        "(?:article|story|report|piece|text|post|essay|interview|column|commentary|op-ed|opinion piece|analysis|"
        "editorial|dispatch|transcript|version|feature|investigation|excerpt|news item)"
    ),
    "{how}": r"(?:(?:machine|auto|computer|ai)[- ]?|(?:\w+ly|edited and|adapted and|transcribed and|abridged and) )?",
}

_LINE = re.compile(r"[^\n\r]+")
_AROUND = " \t[]()*_—–-•|"
_BEFORE = re.compile(r"(?:(?:editors?[’']?s?|translators?[’']?s?|publishers?[’']?s?) )?note: ?", re.I)
# An initial ends no sentence: "Translated by N. N. Meer".
_SENTENCE = re.compile(r"(?<!\b[A-Z])[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[*]?[A-Z0-9©])")
_AT_ITS_START = re.compile(r"\s*[(\[]([^()\[\]\n]{8,250})[)\]]")
_AT_ITS_END = re.compile(r"[.!?…”\"’'»]\s+[(\[]([^()\[\]\n]{8,250})[)\]]\.?\s*\Z")
_OF_ONE_THING = 120
"""Characters. A line about a book is no longer; a paragraph may name a price."""

# "320 pages, £12": the line beside it credits the translator of a book.
_OF_A_BOOK = re.compile(r"\b\d{2,4} ?(?:pp|pages)\b|\bISBN\b|[$£€] ?\d|\b(?:paperback|hardback|hardcover)\b", re.I)
_TELLING_WORDS = ("translat", "original", "english")
_IN = re.compile(r"in (\w+)")
_TELLING = re.compile(rf"{'|'.join(_TELLING_WORDS)}|\bin ", re.I)
"""What every form has one of, or "in" a language; it spares most sentences the forms."""

_TOLD = re.compile(r"\b(?:said|says|told|asked|urged|warned|wrote|added)\b", re.I)


def is_translated(article: CleanArticle) -> bool:
    """Whether a note above or below the text, or a byline, says that the article was translated into English."""
    if not any(map(_may_tell, (article.text, *article.raw.authors))):
        return False
    lines = _lines(article)
    if any(_is_note(author) for author in article.raw.authors):
        return True
    if any(_is_note(unit) for line in lines for unit in _units(line)):
        return True
    body = article.text[body_start(article) : body_end(article)]
    enclosed = (_AT_ITS_START.match(body), _AT_ITS_END.search(body))
    return any(_is_note(match[1]) for match in enclosed if match)


def _lines(article: CleanArticle) -> Sequence[str]:
    """The lines among which notes stand: the first and last ones of the body, and furniture of one line around it."""
    start, end = body_start(article), body_end(article)
    # Of many lines: comments and lists of other articles.
    long = [piece.span for piece in article.furniture if "\n" in piece.span.of(article.text)]
    lines = [line for line in _LINE.finditer(article.text) if line[0].strip()]
    books = [at for at, line in enumerate(lines) if len(line[0]) <= _OF_ONE_THING and _OF_A_BOOK.search(line[0])]
    beside_books = {near for at in books for near in range(at - 2, at + 3)}
    above: list[str] = []
    body: list[str] = []
    below: list[str] = []
    for at, line in enumerate(lines):
        if at in beside_books or any(span.start <= line.start() < span.end for span in long):
            continue
        where = above if line.end() <= start else below if line.start() >= end else body
        where.append(line[0].strip())
    return [*above, *(body if len(body) <= _FIRST + _LAST else body[:_FIRST] + body[-_LAST:]), *below]


def _units(line: str) -> Iterator[str]:
    """A line, its first and its last sentence: each may be a note."""
    ends = [match.end() for match in _SENTENCE.finditer(line)]
    yield line
    if ends:
        yield line[: ends[0]]
        yield line[ends[-1] :]


def _may_tell(text: str) -> bool:
    """Whether it has a word that every form has one of; most articles have none, and are not read line by line."""
    plain = text.lower()
    return any(word in plain for word in _TELLING_WORDS) or not _languages().isdisjoint(_IN.findall(plain))


@cache
def _languages() -> frozenset[str]:
    """The first word of the name of each language, in small letters."""
    return frozenset(word.lower() for name in _rows("languages.en.txt") for word in re.findall(r"\w+", name)[:1])


def _is_note(unit: str) -> bool:
    if len(unit) > _LONGEST or not _TELLING.search(unit):
        return False
    plain = _BEFORE.sub("", unit.strip(_AROUND), count=1).strip(_AROUND)
    if _TOLD.search(plain):
        return False
    whole, starts = _forms()
    return whole.fullmatch(plain.rstrip(". ")) is not None or starts.match(plain) is not None


@cache
def _forms() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The forms that are all of a note, and those that one begins with."""
    languages = "|".join(sorted(map(re.escape, _rows("languages.en.txt")), key=len, reverse=True))
    filled = {**_FILLED_IN, "{language}": rf"(?:{languages})(?:(?: and |[ /])(?:{languages}))?\b"}
    patterns: dict[str, list[str]] = {"whole": [], "start": []}
    for row in _rows("translation_notes.en.tsv"):
        place, pattern = row.split("\t")
        for blank, words in filled.items():
            pattern = pattern.replace(blank, words)
        patterns[place].append(pattern)
    return re.compile("|".join(patterns["whole"]), re.I), re.compile("|".join(patterns["start"]), re.I)


def _rows(file: str) -> list[str]:
    text = files("etl").joinpath("data", file).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
