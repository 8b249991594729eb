"""A corpus with marked attributions -> how well they are found. No database, nothing but attributions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, Field, TypeAdapter, ValidationError
from spacy.language import Language
from tqdm import tqdm

from etl.annotate import annotate
from etl.errors import LabelError, PredictError
from etl.evaluate.attributions import Words, counts
from etl.evaluate.scores import Scores, attributions
from etl.extract import quotations
from etl.predict import article_of, object_of
from etl.records import CleanArticle, RawArticle, Span

_WANTED = (
    'give {"id": "a1", "text": "...", "attributions": [{"content": [[start, end], ...], "source": [...] or null}]}'
)
_PREDICTED = 'give {"article": "a1", "attributions": [{"content": [[start, end], ...], "source": [...] or null}]}'


class _Marked(BaseModel):
    """An attribution of a corpus or a file of predictions; whatever else it has is not looked at."""

    content: list[tuple[int, int]]
    source: list[tuple[int, int]] | None = None
    cue: list[tuple[int, int]] | None = None
    confidence: float | None = Field(default=None, ge=0, le=1)


_MARKED = TypeAdapter(list[_Marked])


@dataclass(frozen=True, slots=True)
class Marked:
    """An attribution as a corpus marks it, or as it was found; source and cue are empty where there is none.

    confidence: how likely it is right, 0..1; None in a corpus, and where predictions have none.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An article of a corpus, and what is marked in it."""

    id: str
    text: str
    attributions: tuple[Marked, ...]


Found = Mapping[str, Sequence[Marked]]
"""What was found in an article, by the article's id; an article that is left out has nothing."""


def read_corpus(path: Path) -> list[MarkedArticle]:
    """The articles of a file of JSON lines: id, text, attributions; other fields are ignored.

    Raises LabelError with every problem.
    """
    found: dict[str, MarkedArticle] = {}
    problems: list[str] = []
    for place, line in lines_of(path, "--gold"):
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


def read_predictions(path: Path, articles: Sequence[MarkedArticle]) -> Found:
    """What a file of predictions (as `quoth predict` writes it) finds in these articles.

    Raises LabelError with every problem: an article given twice or not in the corpus, a span outside its text.
    """
    texts = {article.id: article.text for article in articles}
    found: dict[str, tuple[Marked, ...]] = {}
    problems: list[str] = []
    for place, line in lines_of(path, "--pred"):
        try:
            row = object_of(line, place)
            article_id = row.get("article")
            if not isinstance(article_id, str) or article_id not in texts:
                raise PredictError(f"{place}: article {article_id!r} is not in the corpus; {_PREDICTED}")
            if article_id in found:
                raise PredictError(f"{place}: article {article_id!r} was given before; give each once")
            found[article_id] = _marked(row, texts[article_id], place, _PREDICTED)
        except PredictError as error:
            problems.append(str(error))
    if problems:
        raise LabelError(problems)
    return found


def extracted(articles: Sequence[MarkedArticle], nlp: Language, *, progress: bool = True) -> Found:
    """What extraction finds in these texts, the corpus view of `quoth predict`. progress: a bar on stderr."""
    texts = [CleanArticle(RawArticle(article.id, article.text, external_id=article.id), "en") for article in articles]
    bar = tqdm(annotate(texts, nlp), total=len(texts), unit="article", desc="evaluate", disable=not progress)
    return {
        article.id: [Marked(one.content, one.source, one.cue, one.confidence) for one in quotations(doc)]
        for article, (_, doc) in zip(articles, bar, strict=True)
    }


def score_corpus(articles: Sequence[MarkedArticle], found: Found) -> Scores:
    """What was found in these texts against what is marked."""
    counted = []
    for article in articles:
        words = Words(article.text)
        gold, got = (
            [words.said(one.content, one.source) for one in side]
            for side in (article.attributions, found.get(article.id, ()))
        )
        counted.append(counts(gold, got))
    return Scores(tuple(attributions(counted)))


def lines_of(path: Path, option: str) -> Iterator[tuple[str, bytes]]:
    """The place and the bytes of each line that is not blank. Raises LabelError where there is no such file."""
    if not path.is_file():
        raise LabelError([f"{path}: there is no such file; give one of JSON lines to {option}"])
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield f"{path}:{number}", line


def _article(line: bytes, place: str) -> MarkedArticle:
    """The article of a line. Raises PredictError where it has none."""
    article_id, text = article_of(line, place)
    return MarkedArticle(article_id, text, _marked(object_of(line, place), text, place, _WANTED))


def _marked(row: Mapping[str, object], text: str, place: str, wanted: str) -> tuple[Marked, ...]:
    """The attributions of a line about a text. Raises PredictError where they are none or outside it."""
    try:
        marked = _MARKED.validate_python(row.get("attributions"))
    except ValidationError as error:
        first = error.errors()[0]
        where = "".join(f"[{part!r}]" for part in first["loc"])
        raise PredictError(f"{place}: attributions{where}: {first['msg']}; {wanted}") from error
    for one in marked:
        for start, end in (*one.content, *(one.source or ()), *(one.cue or ())):
            if not 0 <= start <= end <= len(text):
                raise PredictError(
                    f"{place}: span {start}-{end} is outside the text of {len(text)} characters; "
                    "give code points, end excluded"
                )
    return tuple(
        Marked(_spans(one.content), _spans(one.source or []), _spans(one.cue or []), one.confidence) for one in marked
    )


def _spans(pairs: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in pairs)
