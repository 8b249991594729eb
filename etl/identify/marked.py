"""The two files that `quoth resolve` is given: articles, and the spans in them that mean people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from etl.errors import PredictError
from etl.json_lines import lines_of
from etl.predict import article_of
from etl.records import Span

_WANTED = 'give one mention a line: {"article": "a1", "start": 0, "end": 9}'


class _Row(BaseModel):
    """A line of mentions; whatever else it has is not looked at."""

    model_config = ConfigDict(strict=True)

    article: str
    start: int
    end: int


_ROW = TypeAdapter(_Row)


@dataclass(frozen=True, slots=True)
class MarkedMention:
    """A span of an article, by its id, that means a person or a group."""

    article: str
    span: Span


def read_articles(path: Path, tell: Callable[[str], object]) -> dict[str, str]:
    """The text of each article by its id; each line that has none, and each id given again, is told and left out.

    Raises PredictError where the file cannot be read.
    """
    texts: dict[str, str] = {}
    for _, place, line in lines_of(path, "articles"):
        try:
            name, text = article_of(line, place)
        except PredictError as error:
            tell(str(error))
            continue
        if name in texts:
            tell(f"{place}: id {name!r} was given before; ids are unique, leave one of the two out")
            continue
        # Half a surrogate pair has no UTF-8; a "?" in its place keeps every offset.
        texts[name] = text.encode("utf-8", "replace").decode("utf-8")
    return texts


def read_mentions(path: Path, texts: Mapping[str, str], tell: Callable[[str], object]) -> list[MarkedMention]:
    """The mentions in the order of the file; each line that is none, or is about no text, is told and left out.

    texts: article id -> text. Raises PredictError where the file cannot be read.
    """
    found = []
    for _, place, line in lines_of(path, "mentions"):
        try:
            row = _ROW.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            tell(f"{place}: {'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}; {_WANTED}")
            continue
        if row.article not in texts:
            tell(f"{place}: there is no article {row.article!r}; give it a line among the articles, or leave this out")
        elif not 0 <= row.start < row.end <= len(texts[row.article]):
            length = len(texts[row.article])
            tell(
                f"{place}: no characters {row.start}-{row.end} in article {row.article!r} of {length}; "
                "count code points from 0, the end exclusive"
            )
        else:
            found.append(MarkedMention(row.article, Span(row.start, row.end)))
    return found
