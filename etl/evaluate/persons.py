"""Mentions of people in a corpus that marks who is who -> how well one article's are told apart and put together.

B-cubed over mentions, each article by itself, or the whole corpus at once with its mentions given: for mentions that
begin with a capital, as corpora print names; for names alone; and for all, pronouns and descriptions among them. A
mention to which nobody is found is alone.
Source of the figure: Bagga and Baldwin 1998; of the usual corpus: Cybulska and Vossen 2014, "Using a sledgehammer to
crack a nut? Lexical diversity and event coreference resolution" (ECB+).
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from spacy.language import Language
from tqdm import tqdm

from etl.annotate import annotate
from etl.errors import LabelError, PredictError
from etl.evaluate.clusters import b_cubed
from etl.evaluate.corpus import lines_of
from etl.evaluate.figures import Counts, Measure, total
from etl.evaluate.scores import Scores
from etl.extract import quotations
from etl.identify.corpus import people_of, person_ids
from etl.identify.marked import MarkedMention
from etl.predict import article_of
from etl.records import CleanArticle, RawArticle, ResolvedMention, Span
from etl.resolve import references

_WANTED = 'give {"article": "a1", "start": 0, "end": 9, "person": "p1"}'
_PRONOUN = re.compile(
    r"(?:he|she|it|i|we|they|you|who|his|her|its|my|our|their|your|him|me|us|them)(?:self|selves)?\b", re.I
)


class _Row(BaseModel):
    """A mention as the corpus marks it; whatever else a row has is not looked at."""

    model_config = ConfigDict(strict=True)

    article: str
    start: int
    end: int
    person: str


_ROW = TypeAdapter(_Row)


@dataclass(frozen=True, slots=True)
class MarkedPerson:
    """A mention and the person or group it means; text: its characters."""

    span: Span
    person: str
    text: str

    @property
    def is_capitalised(self) -> bool:
        """Whether it begins with a capital."""
        return self.text[:1].isupper()

    @property
    def is_name(self) -> bool:
        """Whether it is capitalised and no pronoun."""
        return self.is_capitalised and not _PRONOUN.match(self.text)


@dataclass(frozen=True, slots=True)
class PersonsArticle:
    """An article of the corpus with its mentions, in text order."""

    article: CleanArticle
    mentions: tuple[MarkedPerson, ...]

    @property
    def name(self) -> str:
        """The corpus's id of the article."""
        return self.article.raw.external_id or ""


_PARTS: tuple[tuple[str, Callable[[MarkedPerson], bool]], ...] = (
    ("names", lambda mention: mention.is_name),
    ("capitals", lambda mention: mention.is_capitalised),
    ("all mentions", lambda mention: True),
)


def read_persons(mentions: Path, articles: Path) -> list[PersonsArticle]:
    """The articles that have mentions. articles: JSON lines with id and text; mentions: JSON lines, one a mention.

    Raises LabelError with every problem: a line that is none, a mention outside of its text or of no article.
    """
    problems: list[str] = []
    texts: dict[str, str] = {}
    for place, line in lines_of(articles, "--articles"):
        try:
            name, text = article_of(line, place)
        except PredictError as error:
            problems.append(str(error))
            continue
        texts[name] = text
    marked: dict[str, list[MarkedPerson]] = defaultdict(list)
    for place, line in lines_of(mentions, "--persons"):
        try:
            row = _ROW.validate_json(line)
        except ValidationError as error:
            first = error.errors()[0]
            problems.append(f"{place}: {'.'.join(map(str, first['loc'])) or 'the line'}: {first['msg']}; {_WANTED}")
            continue
        words = texts.get(row.article, "")[max(row.start, 0) : row.end]
        if not 0 <= row.start < row.end <= len(texts.get(row.article, "")):
            problems.append(f"{place}: no characters {row.start}-{row.end} in article {row.article!r}; correct the row")
            continue
        marked[row.article].append(MarkedPerson(Span(row.start, row.end), row.person, words))
    if problems:
        raise LabelError(problems)
    return [
        PersonsArticle(
            CleanArticle(RawArticle(f"{articles}:{name}", text, external_id=name), "en"),
            tuple(sorted(marked[name], key=lambda one: one.span)),
        )
        for name, text in texts.items()
        if marked.get(name)
    ]


def persons_found(articles: Sequence[PersonsArticle], nlp: Language) -> Iterator[Sequence[ResolvedMention]]:
    """What resolving finds in each article, in order."""
    texts = (one.article for one in articles)
    for article, doc in tqdm(annotate(texts, nlp), total=len(articles), unit="article", desc="evaluate"):
        yield references(article, doc, quotations(doc)).mentions


def persons_scores(articles: Sequence[PersonsArticle], found: Sequence[Sequence[ResolvedMention]]) -> Scores:
    """The three figures over these articles, each by itself."""
    measures = []
    for name, is_asked in _PARTS:
        rows = []
        for one, references_of in zip(articles, found, strict=True):
            asked = [mention for mention in one.mentions if is_asked(mention)]
            gold, got = _clusters(asked, references_of)
            rows.append(total(iter(b_cubed(gold, got).values())))
        measures.append(Measure(f"{name} (B-cubed)", tuple(rows)))
    return Scores(tuple(measures))


def across_scores(articles: Sequence[PersonsArticle], nlp: Language) -> Scores:
    """The three figures over the whole corpus, its mentions given: a person is one in all of its articles."""
    texts = {one.name: one.article.text for one in articles}
    given = [MarkedMention(one.name, mention.span) for one in articles for mention in one.mentions]
    ids = person_ids(people_of(texts, given, nlp))
    measures = []
    for name, is_asked in _PARTS:
        asked = [(one.name, mention) for one in articles for mention in one.mentions if is_asked(mention)]
        gold = {f"{article}:{mention.span}": mention.person for article, mention in asked}
        got = {
            f"{article}:{mention.span}": ids.get((article, mention.span.start, mention.span.end), str(mention.span))
            for article, mention in asked
        }
        counted = b_cubed(gold, got)
        rows: dict[str, list[Counts]] = defaultdict(list)
        for article, mention in asked:
            rows[article].append(counted[f"{article}:{mention.span}"])
        measures.append(Measure(f"{name} (B-cubed)", tuple(total(iter(rows[one.name])) for one in articles)))
    return Scores(tuple(measures))


def _clusters(
    asked: Sequence[MarkedPerson], found: Sequence[ResolvedMention]
) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Each mention's person by the corpus and by what was found at its last word; alone where nothing was."""
    gold = {str(one.span): one.person for one in asked}
    got: dict[str, str] = {}
    for one in asked:
        at = [mention for mention in found if mention.span.touches(one.span)]
        got[str(one.span)] = max(at, key=lambda mention: mention.span.end).party if at else str(one.span)
    return gold, got
