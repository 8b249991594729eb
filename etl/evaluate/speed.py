"""How fast read … extract is beside the bare spaCy pipeline, where its time goes, and whether its memory stays level.

Each article is resolved, too; that time is no part of read … extract and told as a share of annotate's.

It measures and judges nothing. Memory comes before the second pipeline is loaded: what a process has freed once would
hide what it takes afterwards.
"""

import gc
import sys
from array import array
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NoReturn, TypeVar

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from tqdm import tqdm

from etl.analyse import fit_for_the_graph
from etl.annotate import PIECE_LENGTH, annotate, installed_model, load_model, pieces
from etl.clean import clean
from etl.errors import OptionError
from etl.evaluate.core import stray_threads
from etl.evaluate.loading import Loading, loading
from etl.evaluate.resident import LEAST_ARTICLES, Resident, can_measure, peak_mib, resident, resident_mib
from etl.extract import quotations as default_quotations
from etl.read import Defaults, read, size_of
from etl.records import CleanArticle, Quotation, RawArticle, Refused
from etl.resolve import resolve

Extractor = Callable[[Doc], list[Quotation]]

ROUNDS = 5
ROUND_ARTICLES = 100
"""Articles of a round at most; with more given, the next round goes on where the last one stopped."""
LOADINGS = 3
"""Fresh processes of each side whose loading is timed."""
STAGES = ("read", "clean", "annotate", "extract")

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is measured on: the articles of these paths, their whitespace-separated words, refused records by reason."""

    paths: tuple[Path, ...]
    articles: int
    words: int
    refused: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Whole:
    """What read … extract runs on: the pipeline, what finds quotations, texts analysed together."""

    nlp: Language
    quotations: Extractor
    batch_size: int


@dataclass(frozen=True, slots=True)
class Pass:
    """One way through the articles of a round: seconds by the clock and of the processor, and by stage (of STAGES).

    resolve_s: seconds of resolving, which is in none of the others.
    """

    words: int
    wall_s: float
    cpu_s: float
    stages: Mapping[str, float] = field(default_factory=dict)
    resolve_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Round:
    """Both passes over the same texts, one right after the other."""

    whole: Pass
    bare: Pass

    @property
    def ratio(self) -> float:
        """Words a second of read … extract as a share of the bare pipeline's."""
        return self.bare.wall_s / self.whole.wall_s

    @property
    def cpu_ratio(self) -> float:
        """The same by processor time: what other programs take of the core does not count."""
        return self.bare.cpu_s / self.whole.cpu_s


@dataclass(frozen=True, slots=True)
class Measured:
    """A whole measurement. core: the one it was pinned to, None where the system cannot; stray_threads: not on it."""

    model: str
    core: int | None
    stray_threads: int
    batch_size: int
    corpus: Corpus
    loading: Loading
    resident: Resident | None
    rounds: tuple[Round, ...]


class Clock:
    """Seconds by stage, of the work that was done under its name."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(STAGES, 0.0)
        self.resolve_s = self.resolve_cpu_s = 0.0

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Times what is done within as resolving."""
        wall, cpu = perf_counter(), process_time()
        yield
        self.resolve_s += perf_counter() - wall
        self.resolve_cpu_s += process_time() - cpu

    def timed(self, stage: str, work: Callable[[_Given], _Made], given: _Given) -> _Made:
        """What the work makes of what it is given."""
        begun = perf_counter()
        made = work(given)
        self.seconds[stage] += perf_counter() - begun
        return made


def measured(
    paths: Sequence[Path],
    *,
    articles: int,
    batch_size: int,
    core: int | None,
    now: datetime,
    load: Callable[[], Language] = load_model,
    quotations: Extractor = default_quotations,
) -> Measured:
    """The measurement of these files and folders; progress goes to stderr. Call it within one_core().

    articles: how many the memory is watched over, the given ones again and again; 0 leaves that out.
    load, quotations: what makes the pipeline and what finds quotations; functions that pickle finds by their names.
    Raises OptionError for a number that cannot be used or a path without articles, ModelError when no model is there.
    """
    if articles != 0 and articles < LEAST_ARTICLES:
        raise OptionError(f"--articles {articles}: give {LEAST_ARTICLES} or more, or 0 to leave memory out")
    if batch_size < 1:
        raise OptionError(f"--batch-size {batch_size}: give 1 or more texts")
    model = installed_model()
    with _bar("survey", size_of(paths), "B") as bar:
        corpus = surveyed(paths, now, bar.update)
    with _bar("loading", 2 * LOADINGS, "process") as bar:
        loads = loading(model.split()[0], load, quotations, LOADINGS, bar.update)
    whole = Whole(load(), quotations, batch_size)
    held = None
    if articles and can_measure():
        with _bar("memory", articles) as bar:
            held = watched(endless(paths, now), whole, articles, bar.update)
    size = min(corpus.articles, ROUND_ARTICLES)
    with _bar("speed", 2 * size * (ROUNDS + 1)) as bar:
        bare = spacy.load(model.split()[0])
        # The first round warms both up and does not count.
        _, *rounds = compared(endless(paths, now), whole, bare, size, ROUNDS + 1, bar.update)
    strays = 0 if core is None else stray_threads(core)
    return Measured(model, core, strays, batch_size, corpus, loads, held, tuple(rounds))


def surveyed(paths: Sequence[Path], now: datetime, tell: Callable[[int], object]) -> Corpus:
    """What there is to measure on; tell hears of bytes read. Raises OptionError where a path leads to no article."""
    count, words = 0, 0
    refused: list[Refused] = []
    for path in paths:
        before, refused_before, bytes_read = count, len(refused), 0
        for record in read([path], Defaults(), now=now):
            tell(record.bytes_read - bytes_read)
            bytes_read = record.bytes_read
            article = record.item if isinstance(record.item, Refused) else clean(record.item)
            if isinstance(article, Refused):
                refused.append(article)
            else:
                count, words = count + 1, words + word_count(article.text)
        if count == before:
            first, more = refused[refused_before], len(refused) - refused_before - 1
            raise OptionError(first.detail + (f" (and {more} more records that cannot be used)" if more else ""))
    return Corpus(tuple(paths), count, words, Counter(one.reason for one in refused))


def word_count(text: str) -> int:
    """How many whitespace-separated words a text has."""
    return len(text.split())


def endless(paths: Sequence[Path], now: datetime) -> Iterator[RawArticle | Refused]:
    """The records of these paths, read again from the first whenever the last is done. Never ends; holds one file."""
    while True:
        for record in read(paths, Defaults(), now=now):
            yield record.item


def worked(records: Iterator[RawArticle | Refused], whole: Whole, count: int, clock: Clock) -> Iterator[CleanArticle]:
    """So many articles, each when it has gone through every stage. Takes no record it does not need.

    records: endless, with an article among them now and then. The clock times read, clean and extract, not annotate,
    within which the first two happen.
    """

    def cleaned() -> Iterator[CleanArticle]:
        while True:
            record = clock.timed("read", next, records)
            article = record if isinstance(record, Refused) else clock.timed("clean", clean, record)
            if not isinstance(article, Refused):
                yield article

    for article, doc in annotate(islice(cleaned(), count), whole.nlp, batch_size=whole.batch_size):
        found = clock.timed("extract", whole.quotations, doc)
        with clock.apart():
            resolve(article, doc, fit_for_the_graph(article, doc, found)[0])
        yield article


def watched(
    records: Iterator[RawArticle | Refused], whole: Whole, count: int, tell: Callable[[int], object]
) -> Resident:
    """Resident memory while so many articles go through; tell hears 1 for each."""
    # Plain doubles: a list of 5,000 floats would grow by what it is there to notice.
    samples = array("d")
    for _ in worked(records, whole, count, Clock()):
        samples.append(resident_mib())
        tell(1)
    return resident(samples, peak_mib())


def compared(
    records: Iterator[RawArticle | Refused],
    whole: Whole,
    bare: Language,
    size: int,
    rounds: int,
    tell: Callable[[int], object],
) -> list[Round]:
    """So many rounds of size articles: read … extract, then the bare pipeline on the same texts, and again.

    Turn by turn, so that whatever else the machine does slows both. tell hears 1 for each article of each pass.
    """
    found = []
    for _ in range(rounds):
        texts: list[str] = []
        gc.collect()
        ours = _whole_pass(records, whole, size, texts, tell)
        gc.collect()
        found.append(Round(ours, _bare_pass(texts, bare, whole.batch_size, tell)))
    return found


def _whole_pass(
    records: Iterator[RawArticle | Refused], whole: Whole, size: int, texts: list[str], tell: Callable[[int], object]
) -> Pass:
    """One pass of read … extract; the texts it went over are added to texts."""
    clock = Clock()
    wall, cpu = perf_counter(), process_time()
    for article in worked(records, whole, size, clock):
        texts.append(article.text)
        tell(1)
    wall = perf_counter() - wall - clock.resolve_s
    cpu = process_time() - cpu - clock.resolve_cpu_s
    stages = {**clock.seconds, "annotate": wall - sum(clock.seconds.values())}
    return Pass(sum(map(word_count, texts)), wall, cpu, stages, clock.resolve_s)


def _bare_pass(texts: Sequence[str], nlp: Language, batch_size: int, tell: Callable[[int], object]) -> Pass:
    """One pass of the bare pipeline; a very long text in the pieces that annotate takes, else it would refuse it."""
    cut = [pieces(text, PIECE_LENGTH) for text in texts]
    tasks = [(piece, piece is one[-1]) for one in cut for piece in one]
    wall, cpu = perf_counter(), process_time()
    for _, is_last in nlp.pipe(tasks, as_tuples=True, batch_size=batch_size):
        tell(is_last)
    wall, cpu = perf_counter() - wall, process_time() - cpu
    return Pass(sum(map(word_count, texts)), wall, cpu)


def words_per_s(passes: Sequence[Pass]) -> float:
    """The median of the passes, by the clock."""
    return median(one.words / one.wall_s for one in passes)


def words_per_cpu_s(passes: Sequence[Pass]) -> float:
    """The median of the passes, by processor time."""
    return median(one.words / one.cpu_s for one in passes)


def shares(passes: Sequence[Pass]) -> dict[str, float]:
    """The share of each stage in the time of all passes; they add up to 1."""
    total = sum(one.wall_s for one in passes)
    return {stage: sum(one.stages[stage] for one in passes) / total for stage in STAGES}


def resolve_share(passes: Sequence[Pass]) -> float:
    """The time of resolving as a share of annotate's, over all passes."""
    return sum(one.resolve_s for one in passes) / sum(one.stages["annotate"] for one in passes)


def _bar(what: str, total: int, unit: str = "article") -> "tqdm[NoReturn]":
    # No smoothing: the passes differ in speed, only the mean over both tells when all is done.
    return tqdm(total=total, unit=unit, unit_scale=unit == "B", desc=what, smoothing=0, file=sys.stderr)
