"""CleanArticle -> ResolvedArticle -> Prepared or Waiting: the stages for which one article is enough."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from etl.annotate import annotate, load_model, packed
from etl.extract import quotations
from etl.extract.marks import unclosed_marks
from etl.extract.wording import worded
from etl.records import CleanArticle, Quotation, ResolvedArticle
from etl.resolve import resolve
from etl.settings import ModelSettings

Made = TypeVar("Made")


@cache
def language_model(model: ModelSettings) -> Language:
    """The language model, loaded when the first article needs it. Raises ModelError when none is installed."""
    return load_model(model)


def reader(
    model: ModelSettings, make: Callable[[ResolvedArticle], Made]
) -> Callable[[Iterable[CleanArticle]], Iterator[Made]]:
    """What reads with this model, which is loaded here. make: what is made of an article that is read.

    Raises ModelError when no model is installed.
    """
    language_model(model)
    return partial(_made, model=model, make=make)


def read_articles(articles: Iterable[CleanArticle], model: ModelSettings) -> Iterator[ResolvedArticle]:
    """Each article read to its end: annotated, its quotations found, filtered and resolved."""
    for article, doc in annotate(articles, language_model(model)):
        found, counts = fit_for_the_graph(article, doc, quotations(doc))
        resolved = resolve(article, doc, found)
        yield replace(
            resolved,
            counts={**resolved.counts, **counts, "quotation: stored": len(resolved.attributions)},
            annotation=None if article.annotation else packed(doc),
        )


def _made(
    articles: Iterable[CleanArticle], model: ModelSettings, make: Callable[[ResolvedArticle], Made]
) -> Iterator[Made]:
    return map(make, read_articles(articles, model))


def fit_for_the_graph(
    article: CleanArticle, doc: Doc, found: Sequence[Quotation]
) -> tuple[list[Quotation], Mapping[str, int]]:
    """The quotations that are statements of the article's body, and how many are not, by reason."""
    kept: list[Quotation] = []
    counts: Counter[str] = Counter()
    for quotation in found:
        if why := why_unfit(article, quotation):
            counts[f"quotation: {why}"] += 1
        else:
            kept.append(quotation)
    if unclosed := unclosed_marks(doc.text):
        counts["note: quotation mark never closed"] = unclosed
    return kept, counts


def why_unfit(article: CleanArticle, quotation: Quotation) -> str | None:
    """Why a quotation is no statement of the graph, None when it is one."""
    if quotation.unfit:
        return quotation.unfit
    if any(piece.span.touches(span) for piece in article.furniture for span in quotation.content):
        return "furniture"
    if not worded(article.text, quotation.content, quotation.kind, quotation.lead):
        return "no words"
    return None
