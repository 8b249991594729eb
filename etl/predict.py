"""JSON lines of articles -> JSON lines of attributions or people, the corpus view: what a scorer reads. No database."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from spacy.language import Language
from spacy.tokens import Doc
from tqdm import tqdm

from etl import json_lines
from etl.annotate import annotate
from etl.errors import PredictError
from etl.extract import quotations
from etl.records import CleanArticle, Quotation, RawArticle, Span
from etl.resolve import references

_WANTED = 'give one object a line: {"id": "a1", "text": "..."}'


@dataclass(frozen=True, slots=True)
class Predicted:
    """How a run went: lines that became predictions, and one message for each line that did not."""

    articles: int
    errors: tuple[str, ...]

    @property
    def exit_code(self) -> int:
        """0 when every line was predicted, else 1."""
        return 1 if self.errors else 0


def attributions_of(article: CleanArticle, doc: Doc) -> dict[str, Any]:
    """Who said what in an article."""
    return {"attributions": [as_json(quotation) for quotation in quotations(doc)]}


def persons_of(article: CleanArticle, doc: Doc) -> dict[str, Any]:
    """Which words of an article mean which of its people: each mention with the person's key in this article."""
    found = references(article, doc, quotations(doc)).mentions
    return {"persons": [{"start": one.span.start, "end": one.span.end, "person": one.party} for one in found]}


Of = Callable[[CleanArticle, Doc], dict[str, Any]]
"""What is printed of an article that was read."""


def predict(path: Path, out: TextIO, nlp: Language, write: Of = attributions_of, *, progress: bool = True) -> Predicted:
    """Writes one line an article to out, in the order of the file; bad lines are told on stderr and left out.

    write: what of an article. A line of the file is {"id": str, "text": str}; other fields are ignored. progress: a bar
    on stderr.
    Raises PredictError where the file cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise PredictError(f"{path}: {error.strerror}; give a file of one article a line") from error
    errors: list[str] = []
    seen: dict[str, int] = {}
    count = 0

    def articles() -> Iterator[CleanArticle]:
        with file:
            for number, line in enumerate(file, start=1):
                if not line.strip():
                    continue
                place = f"{path}:{number}"
                try:
                    article_id, text = article_of(line, place)
                except PredictError as error:
                    told(str(error), errors)
                    continue
                if article_id in seen:
                    told(
                        f"{place}: id {article_id!r} was given in line {seen[article_id]} already; ids are unique",
                        errors,
                    )
                    continue
                seen[article_id] = number
                # Half a surrogate pair has no UTF-8; a "?" in its place keeps every offset.
                text = text.encode("utf-8", "replace").decode("utf-8")
                yield CleanArticle(RawArticle(place, text, external_id=article_id), "en")

    bar = tqdm(annotate(articles(), nlp), unit="article", disable=not progress)
    for article, doc in bar:
        out.write(json.dumps({"article": article.raw.external_id, **write(article, doc)}) + "\n")
        count += 1
    return Predicted(count, tuple(errors))


def told(message: str, errors: list[str]) -> None:
    """Notes an error and tells it on stderr without breaking the bar."""
    errors.append(message)
    tqdm.write(message, file=sys.stderr)


def article_of(line: bytes, place: str) -> tuple[str, str]:
    """The id and text of a line. Raises PredictError where it has none."""
    row = object_of(line, place)
    for name in ("id", "text"):
        if name not in row:
            raise PredictError(f"{place}: no {name!r}; {_WANTED}")
        if not isinstance(row[name], str):
            raise PredictError(f"{place}: {name!r} is {json_lines.shown(row[name])}, not a string; {_WANTED}")
    return row["id"], row["text"]


def object_of(line: bytes, place: str) -> dict[str, Any]:
    """The JSON object of a line. Raises PredictError where there is none."""
    return json_lines.object_of(line, place, _WANTED, PredictError)


def as_json(quotation: Quotation) -> dict[str, list[list[int]] | float | None]:
    """An attribution as scorers read it, and its confidence, 0..1, which they ignore."""
    return {
        "source": pairs(quotation.source),
        "cue": pairs(quotation.cue),
        "content": pairs(quotation.content),
        "confidence": round(quotation.confidence, 3),
    }


def pairs(spans: tuple[Span, ...]) -> list[list[int]] | None:
    """The spans as [start, end] pairs; None where there are none."""
    return [[span.start, span.end] for span in spans] or None
