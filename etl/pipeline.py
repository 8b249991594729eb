"""The stages in order, one article after the other: read, clean, annotate, extract, resolve; then, a batch in one
transaction, merge, group and load. A table of contents: what a stage does stands in its own module.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from spacy.language import Language
from spacy.tokens import Doc
from sqlalchemy import Engine

from etl import load as loading
from etl.annotate import annotate, installed_model, load_model
from etl.clean import clean
from etl.extract import quotations
from etl.extract.learned.network import settings
from etl.extract.marks import unclosed_marks
from etl.extract.wording import worded
from etl.known import Known, Settled, may_be_one, settle
from etl.manifest import Manifest
from etl.read import Defaults, Record, find, read
from etl.records import CleanArticle, Quotation, RawArticle, Refused, ResolvedArticle
from etl.resolve import resolve
from etl.settings import ModelSettings

RULES = "quoth-rules"


BY_DEFAULT = ModelSettings()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: bytes_read of all bytes of its input, every outcome so far, what the last batch refused."""

    bytes_read: int
    outcomes: Mapping[str, int]
    refused: Sequence[Refused] = ()


@cache
def language_model(model: ModelSettings) -> Language:
    """The language model, loaded when the first article needs it. Raises ModelError when none is installed."""
    return load_model(model)


def method(model: ModelSettings) -> str:
    """Name and version of what extracts: 'quoth-attribution 1f0c22ab, en_core_web_sm 3.8.0'."""
    extractor = f"{RULES} {version('quoth')}" if model.fast else settings().name
    return f"{extractor}, {installed_model()}"


def load(
    engine: Engine,
    paths: Sequence[Path],
    *,
    defaults: Defaults,
    manifest: Manifest | None,
    now: datetime,
    batch_size: int,
    tell: Callable[[Progress], None],
    model: ModelSettings = BY_DEFAULT,
) -> Mapping[str, int]:
    """Loads files and folders; how many records, quotations and mentions ended in which way.

    A batch of batch_size records is one transaction; tell hears of each. Run again after a kill, it goes on where it
    stopped: an article that is stored as it is given is "unchanged". The "article: …" outcomes add up to the records
    that were read.
    Raises QuothError for what stops a load as a whole (no database, no model, an unusable option).
    """
    records = read(paths, defaults, manifest, now=now)
    run = loading.begin(engine, method(model), now)
    outcomes = passed_over(paths, manifest)
    before = dict(outcomes)
    for batch in _batches(records, batch_size):
        counted: Counter[str] = Counter()
        work = _work(engine, [record.item for record in batch], counted, model)
        loading.store(engine, run, work.resolved, work.refused, counted, work.replaced)
        outcomes += counted
        tell(Progress(batch[-1].bytes_read, outcomes, work.refused))
    loading.finish(engine, run, before, datetime.now(now.tzinfo))
    return outcomes


def passed_over(paths: Sequence[Path], manifest: Manifest | None) -> Counter[str]:
    """What was given and is about no record: files in no format Quoth reads, lines and columns of the manifest."""
    found = find(paths)
    counted: Counter[str] = Counter()
    counted["file: passed over (neither .txt nor .json nor .jsonl)"] = len(found.passed_over)
    if manifest is not None:
        counted["manifest: line about no loaded file"] = len(manifest.unused(found.files))
        counted.update(f"manifest: ignored column {column}" for column in manifest.ignored)
    return +counted


def read_articles(articles: Iterable[CleanArticle], model: ModelSettings) -> Iterator[ResolvedArticle]:
    """Each article read to its end: annotated, its quotations found, filtered and resolved."""
    for article, doc in annotate(articles, language_model(model)):
        found, counts = fit_for_the_graph(article, doc, quotations(doc))
        resolved = resolve(article, doc, found)
        yield replace(resolved, counts={**resolved.counts, **counts, "quotation: stored": len(resolved.attributions)})


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


@dataclass(frozen=True, slots=True)
class _Work:
    """What comes of a batch. replaced: the stored articles that those of these ids are, under other ids so far."""

    resolved: Sequence[ResolvedArticle]
    refused: Sequence[Refused]
    replaced: Mapping[UUID, Collection[UUID]]


def _work(engine: Engine, items: Sequence[RawArticle | Refused], counted: Counter[str], model: ModelSettings) -> _Work:
    """The articles of a batch that are to be written, and its refusals; every item counted once as "article: …"."""
    known = Known.of(engine, [item for item in items if isinstance(item, RawArticle)])
    refused: list[Refused] = []
    cleaned: list[CleanArticle] = []
    replaced: dict[UUID, Collection[UUID]] = {}
    for item in items:
        settled = item if isinstance(item, Refused) else settle(item, known)
        if settled is None:
            counted["article: unchanged"] += 1
            continue
        article = settled if isinstance(settled, Refused) else clean(settled.raw)
        if isinstance(article, Refused):
            refused.append(article)
            counted[f"article: refused ({article.reason})"] += 1
            continue
        cleaned.append(article)
        is_known = isinstance(item, RawArticle) and known.has(item)
        counted["article: updated" if is_known else "article: added"] += 1
        counted.update(f"note: {note}" for note in (*article.raw.notes, *article.notes))
        if isinstance(settled, Settled) and settled.replaces:
            replaced[article.raw.id] = settled.replaces
    resolved = list(read_articles(cleaned, model))
    for read_one in resolved:
        counted.update(read_one.counts)
    return _Work(resolved, refused, replaced)


def _batches(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Lists of at most size records; none holds one article twice: a later record sees the earlier one stored."""
    batch: list[Record] = []
    names: set[tuple[str, str]] = set()
    by_text: dict[str, list[RawArticle]] = {}
    for record in records:
        raw = record.item if isinstance(record.item, RawArticle) else None
        its = _names(raw) if raw else set()
        alike = by_text.get(raw.text, []) if raw else []
        if len(batch) == size or its & names or any(raw and may_be_one(raw, other) for other in alike):
            yield batch
            batch, names, by_text = [], set(), {}
        batch.append(record)
        names |= its
        if raw:
            by_text.setdefault(raw.text, []).append(raw)
    if batch:
        yield batch


def _names(raw: RawArticle) -> set[tuple[str, str]]:
    """By what a record names its article."""
    given = (("external_id", raw.external_id), ("url", raw.url))
    return {(kind, name) for kind, name in given if name is not None}
