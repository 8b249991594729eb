"""Two files of `quoth cluster remarks` -> pairs of wordings: articles, and the spans in them that are compared.

What is wrong with a line is said with its place and the way out.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl.errors import PredictError
from etl.json_lines import date_of, lines_of, object_of, shown
from etl.merge import Printed
from schema.dates import Edtf

_ARTICLE = 'give one article a line: {"id": "a1", "text": "...", "date": "2022-01-17"}'
_PAIR = 'give one pair a line: {"a": {"article": "a1", "start": 0, "end": 9}, "b": {"article": "a2", ...}}'


@dataclass(frozen=True, slots=True)
class PrintedArticle:
    """An article of the file: its text, and the day it was published, None where the file has none."""

    text: str
    published: Edtf | None


@dataclass(frozen=True, slots=True)
class PrintedPair:
    """Two wordings, and the number of their line, from 1."""

    line: int
    a: Printed
    b: Printed


def read_articles(path: Path, tell: Callable[[str], object]) -> dict[str, PrintedArticle]:
    """The articles by id; a line that has none, and an id given again, is told and left out.

    A date that is none is told, and the article kept without it. Raises PredictError where the file cannot be read.
    """
    found: dict[str, PrintedArticle] = {}
    for _, place, line in lines_of(path, "articles"):
        try:
            row = object_of(line, place, _ARTICLE, PredictError)
            name, text = _string(row, "id", place, _ARTICLE), _string(row, "text", place, _ARTICLE)
        except PredictError as error:
            tell(str(error))
            continue
        if name in found:
            tell(f"{place}: id {name!r} was given before; ids are unique, leave one of the two out")
            continue
        found[name] = PrintedArticle(text, date_of(row, place, tell))
    return found


def read_pairs(
    path: Path, articles: Mapping[str, PrintedArticle], tell: Callable[[str], object]
) -> Iterator[PrintedPair]:
    """The pairs in the order of the file; a line that has none, or is about no text, is told and left out.

    Raises PredictError where the file cannot be read.
    """
    for number, place, line in lines_of(path, "pairs"):
        try:
            row = object_of(line, place, _PAIR, PredictError)
            a, b = (_wording(row, side, place, articles) for side in ("a", "b"))
        except PredictError as error:
            tell(str(error))
            continue
        yield PrintedPair(number, a, b)


def _wording(row: Mapping[str, Any], side: str, place: str, articles: Mapping[str, PrintedArticle]) -> Printed:
    one = row.get(side)
    if not isinstance(one, dict):
        raise PredictError(f"{place}: {side!r} is {shown(one)}, not an object; {_PAIR}")
    where = f"{place}: {side!r}"
    name = _string(one, "article", where, _PAIR)
    if name not in articles:
        raise PredictError(f"{where}: there is no article {name!r}; give it a line in --articles, or leave this out")
    text = articles[name].text
    start, end = _offset(one, "start"), _offset(one, "end")
    if not 0 <= start < end <= len(text):
        raise PredictError(
            f"{where}: no characters {shown(one.get('start'))}-{shown(one.get('end'))} in article {name!r} of "
            f"{len(text)}; count code points from 0, the end exclusive"
        )
    words = text[start:end]
    if one.get("text", words) != words:
        raise PredictError(
            f"{where}: 'text' is {shown(one['text'])}, the article has {shown(words)} at {start}-{end}; "
            "count code points from 0, or leave 'text' out"
        )
    return Printed(words, name, articles[name].published)


def _offset(row: Mapping[str, Any], name: str) -> int:
    """The number under a name, -1 where there is none."""
    value = row.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) else -1


def _string(row: Mapping[str, Any], name: str, place: str, wanted: str) -> str:
    if name not in row:
        raise PredictError(f"{place}: no {name!r}; {wanted}")
    if not isinstance(row[name], str):
        raise PredictError(f"{place}: {name!r} is {shown(row[name])}, not a string; {wanted}")
    found: str = row[name]
    return found
