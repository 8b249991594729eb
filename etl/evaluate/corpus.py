"""A corpus with marked attributions -> how well extraction finds them. No database, nothing but attributions."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, TypeAdapter, ValidationError
from spacy.language import Language
from tqdm import tqdm

from etl.annotate import annotate
from etl.errors import LabelError, PredictError
from etl.evaluate.attributions import Words, counts
from etl.evaluate.scores import Scores, attributions
from etl.extract import quotations
from etl.predict import article_of
from etl.records import CleanArticle, RawArticle, Span

_WANTED = (
    'give {"id": "a1", "text": "...", "attributions": [{"content": [[start, end], ...], "source": [...] or null}]}'
)


class _Marked(BaseModel):
    """An attribution of a corpus; cue and whatever else it has is not looked at."""

    content: list[tuple[int, int]]
    source: list[tuple[int, int]] | None = None


_MARKED = TypeAdapter(list[_Marked])


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article of a corpus, and the (content, source) spans marked in it."""

    id: str
    text: str
    attributions: tuple[tuple[tuple[Span, ...], tuple[Span, ...]], ...]


def read_corpus(path: Path) -> list[MarkedArticle]:
    """The articles of a file of JSON lines: id, text, attributions; other fields are ignored.

    Raises LabelError with every problem.
    """
    if not path.is_file():
        raise LabelError([f"{path}: there is no such file; give one of JSON lines to --gold"])
    found: dict[str, MarkedArticle] = {}
    problems: list[str] = []
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                article = _article(line, place)
            except PredictError as error:
                problems.append(str(error))
                continue
            if article.id in found:
                problems.append(f"{place}: id {article.id!r} was given before; ids are unique")
            found[article.id] = article
    if not (found or problems):
        problems.append(f"{path}: holds no article; {_WANTED}")
    if problems:
        raise LabelError(problems)
    return list(found.values())


def score_corpus(articles: Sequence[MarkedArticle], nlp: Language, *, progress: bool = True) -> Scores:
    """What extraction finds in these texts, the corpus view of `quoth predict`, against what is marked.

    progress: a bar on stderr.
    """
    texts = [CleanArticle(RawArticle(article.id, article.text, external_id=article.id), "en") for article in articles]
    counted = []
    bar = tqdm(annotate(texts, nlp), total=len(texts), unit="article", desc="evaluate", disable=not progress)
    for article, (_, doc) in zip(articles, bar, strict=True):
        words = Words(article.text)
        gold = [words.said(content, source) for content, source in article.attributions]
        found = [words.said(one.content, one.source) for one in quotations(doc)]
        counted.append(counts(gold, found))
    return Scores(tuple(attributions(counted)))


def _article(line: bytes, place: str) -> MarkedArticle:
    """The article of a line. Raises PredictError where it has none."""
    article_id, text = article_of(line, place)
    row = json.loads(line.decode("utf-8-sig"))
    try:
        marked = _MARKED.validate_python(row.get("attributions"))
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"[{part!r}]" for part in first["loc"])
        raise PredictError(f"{place}: attributions{where}: {first['msg']}; {_WANTED}") from error
    made = []
    for one in marked:
        for start, end in (*one.content, *(one.source or ())):
            if not 0 <= start <= end <= len(text):
                raise PredictError(
                    f"{place}: span {start}-{end} is outside the text of {len(text)} characters; "
                    "give code points, end excluded"
                )
        made.append((_spans(one.content), _spans(one.source or [])))
    return MarkedArticle(article_id, text, tuple(made))


def _spans(pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
