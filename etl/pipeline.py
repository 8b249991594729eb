"""The stages in order, one article after the other: read, clean, annotate, extract, resolve; then, a batch in one
transaction, merge, group and load. A table of contents: what a stage does stands in its own module.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from uuid import UUID

from etl import load as loading
from etl.annotate import installed_model
from etl.clean import clean
from etl.extract.learned.network import settings
from etl.guard import Reader, Reading, guarded
from etl.history import of_replaced
from etl.known import Known, Settled, may_be_one, settle
from etl.load import AS_SET, Overtaken, Run, quarantine, waiting
from etl.load.given import Given
from etl.load.prepared import Prepared
from etl.load.waiting import Waiting
from etl.manifest import Manifest
from etl.place import place
from etl.read import Defaults, Record, find, read
from etl.records import CleanArticle, RawArticle, Refused
from etl.remembering import remembering
from etl.settings import ArticleBudget, ModelSettings, QuarantineSettings
from schema.database import Database, reading

RULES = "quoth-rules"

BY_DEFAULT = ModelSettings()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a load is: bytes_read of all bytes of its input, every outcome so far, what the last batch refused."""

    bytes_read: int
    outcomes: Mapping[str, int]
    refused: Sequence[Refused] = ()


def method(model: ModelSettings) -> str:
    """All that decides what is found of a text, with versions: 'quoth-attribution 1f0c22ab, en_core_web_sm 3.8.0, …'.

    The attribution model or the rules, the language model, Quoth itself, and what the model computes with where it is
    not chosen for the processor. Articles of one method need not be read anew.
    """
    named = [RULES if model.fast else settings().name, installed_model(), f"quoth {version('quoth')}"]
    if not model.fast and model.precision != BY_DEFAULT.precision:
        named.append(model.precision)
    return ", ".join(named)


def load(
    database: Database,
    paths: Sequence[Path],
    *,
    defaults: Defaults,
    manifest: Manifest | None,
    now: datetime,
    batch_size: int,
    tell: Callable[[Progress], None],
    model: ModelSettings = BY_DEFAULT,
    reader: Reader[Prepared | Waiting] | None = None,
    run: Run | None = None,
    limits: QuarantineSettings = AS_SET,
) -> Mapping[str, int]:
    """Loads files and folders; how many records, quotations and mentions ended in which way.

    A batch of batch_size records is one transaction; tell hears of each. Run again after a kill, it goes on where it
    stopped: an article that is stored as it is given is "unchanged". The "article: …" outcomes add up to the records
    that were read.
    reader: what reads the articles of a batch, with this model; what it makes Waiting of new ones is placed later
    (etl.place). None: a process of its own for this load, guarded so
    that an article which hangs, eats memory or crashes is refused and the others are stored.
    run: under which all of it is stored (etl.load.begin); None: one that begins here. limits: of the quarantine.
    Raises QuothError for what stops a load as a whole (no database, no model, an unusable option).
    """
    if reader is None:
        with guarded(model, ArticleBudget()) as guard:
            return load(
                database,
                paths,
                defaults=defaults,
                manifest=manifest,
                now=now,
                batch_size=batch_size,
                tell=tell,
                model=model,
                reader=guard,
                run=run,
                limits=limits,
            )
    records = read(paths, defaults, manifest, now=now)
    run = run or loading.begin(database, method(model), now)
    before = passed_over(paths, manifest)
    return load_records(database, run, records, before, batch_size=batch_size, tell=tell, reader=reader, limits=limits)


def load_records(
    database: Database,
    run: Run,
    records: Iterable[Record],
    before: Mapping[str, int],
    *,
    batch_size: int,
    tell: Callable[[Progress], None],
    reader: Reader[Prepared | Waiting],
    limits: QuarantineSettings,
) -> Mapping[str, int]:
    """Loads records that are read already, as load() does; before: what was counted of the run until then."""
    reader = remembering(database, run.method, reader)
    outcomes = Counter(before)
    for batch in _batches(records, batch_size):
        rest: Sequence[Record] = batch
        refused: list[Refused] = []
        while rest:
            work = _stored(database, run, rest, reader, limits)
            outcomes += work.counted
            refused += work.refused
            rest = rest[len(rest) - len(work.rest) :]
        tell(Progress(batch[-1].bytes_read, outcomes, refused))
    outcomes += Counter(loading.finish(database, run, before, datetime.now(run.started_at.tzinfo), limits=limits))
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


@dataclass(frozen=True, slots=True)
class _Work:
    """What comes of a batch.

    replaced: the stored articles that those of these ids are, under other ids so far. records: what was given of each
    article that is stored then. rest: items about an article that another item before them is about.
    """

    made: Sequence[Prepared | Waiting]
    refused: Sequence[Refused]
    replaced: Mapping[UUID, Collection[UUID]]
    records: Sequence[tuple[UUID, RawArticle]]
    counted: Counter[str]
    rest: Sequence[RawArticle | Refused]


def _stored(
    database: Database,
    run: Run,
    records: Sequence[Record],
    reader: Reader[Prepared | Waiting],
    limits: QuarantineSettings,
) -> _Work:
    """What came of a batch, which is stored; worked out anew for as long as other loads store articles of it first."""
    items = [record.item for record in records]

    def placed_now(articles: Sequence[CleanArticle]) -> Reading[Prepared]:
        found = reader(articles)
        return Reading([_placed_now(one) for one in found.made], found.refused)

    while True:
        with reading(database) as connection:
            known = Known.of(connection, [item for item in items if isinstance(item, RawArticle)])
            waits = waiting.among(connection, _changed(known, items))
        if waits:
            # What they were until now is part of what they become: its reports are withdrawn then, not lost.
            place(database, waits, run.started_at)
            continue
        work = _work(known, items, reader)
        stored = known.articles.keys() | work.replaced.keys()
        later = [one for one in work.made if isinstance(one, Waiting) and one.id not in stored]
        now = [_placed_now(one) for one in work.made if isinstance(one, Prepared) or one.id in stored]
        refused, released = _quarantined(records[: len(records) - len(work.rest)], work)
        history = of_replaced(
            database, work.replaced, (Given(key, run.id, raw) for key, raw in work.records), placed_now
        )
        work.counted["note: earlier text not read again"] += len(history.refused)
        try:
            counted = loading.store(
                database,
                run,
                now,
                refused,
                work.counted,
                waiting=later,
                replaced=work.replaced,
                records=work.records,
                earlier=history.earlier,
                holds=known.holds,
                released=released,
                limits=limits,
            )
        except Overtaken:
            continue
        return replace(work, counted=Counter(counted))


def _changed(known: Known, items: Sequence[RawArticle | Refused]) -> set[UUID]:
    """The stored articles that these records change."""
    raws = [item for item in items if isinstance(item, RawArticle)] if known.articles else []
    settled = [(known.about(raw), settle(raw, known)) for raw in raws]
    return {key for about, one in settled if isinstance(one, Settled) for key in about}


def _placed_now(made: Prepared | Waiting) -> Prepared:
    return made.prepared if isinstance(made, Waiting) else made


def _quarantined(records: Sequence[Record], work: _Work) -> tuple[Sequence[Refused], Collection[UUID]]:
    """The refusals of these records with what is kept of each, and the rows of the quarantine that are settled.

    How the rows have ended that were read again is counted.
    """
    kept = {record.item.place: record.kept for record in records}
    refused = [replace(one, kept=kept[one.place]) for one in work.refused]
    again = {record.of for record in records if record.of is not None}
    released = again - {quarantine.id_of(one) for one in refused}
    work.counted.update(
        {"rejection: left the quarantine": len(released), "rejection: refused again": len(again) - len(released)}
    )
    return refused, released


def _work(known: Known, items: Sequence[RawArticle | Refused], reader: Reader[Prepared | Waiting]) -> _Work:
    """The articles of a batch that are to be written, and its refusals; every item counted once as "article: …"."""
    counted: Counter[str] = Counter()
    refused: list[Refused] = []
    cleaned: list[CleanArticle] = []
    records: dict[UUID, RawArticle] = {}
    updated: set[UUID] = set()
    replaced: dict[UUID, Collection[UUID]] = {}
    met: set[UUID] = set()
    rest: Sequence[RawArticle | Refused] = ()
    for at, item in enumerate(items):
        if isinstance(item, RawArticle) and known.is_forgotten(item):
            counted["article: passed over (forgotten by decision)"] += 1
            continue
        about = [] if isinstance(item, Refused) else known.about(item)
        settled = item if isinstance(item, Refused) else settle(item, known)
        its = {*about, settled.raw.id} if isinstance(settled, Settled) else set(about)
        if its & met:
            # Two names of one stored article: the second record sees what the first one made of it.
            rest = items[at:]
            break
        met |= its
        article = clean(settled.raw) if isinstance(settled, Settled) else settled
        if isinstance(article, Refused):
            refused.append(article)
            counted[f"article: refused ({article.reason})"] += 1
            continue
        assert isinstance(item, RawArticle)
        records[article.raw.id if article else about[0]] = item
        if article is None:
            counted["article: unchanged"] += 1
            continue
        cleaned.append(article)
        if about:
            updated.add(article.raw.id)
        if isinstance(settled, Settled) and settled.replaces:
            # One that keeps its id is written anew as well: what it was comes in between what the others were.
            replaced[article.raw.id] = settled.replaces | (known.articles.keys() & {article.raw.id})
    analysed = reader(cleaned)
    for one in analysed.refused:
        refused.append(one)
        counted[f"article: refused ({one.reason})"] += 1
    for one_read in analysed.made:
        counted["article: updated" if one_read.id in updated else "article: added"] += 1
        counted.update(f"note: {note}" for note in one_read.notes)
        counted.update(one_read.counts)
    failed = {article.raw.id for article in cleaned} - {one.id for one in analysed.made}
    return _Work(
        made=analysed.made,
        refused=refused,
        replaced={key: its for key, its in replaced.items() if key not in failed},
        records=[(key, raw) for key, raw in records.items() if key not in failed],
        counted=counted,
        rest=rest,
    )


def _batches(records: Iterable[Record], size: int) -> Iterator[list[Record]]:
    """Lists of at most size records; none holds one article twice: a later record sees the earlier one stored."""
    batch: list[Record] = []
    names: set[tuple[str, str]] = set()
    by_text: dict[str, list[RawArticle]] = {}
    for record in records:
        raw = record.item if isinstance(record.item, RawArticle) else None
        # Two of one place are bytes of one file at two times.
        its = {("place", record.item.place)} | (_names(raw) if raw else set())
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
    names = {("external_id", name) for name in raw.external_ids}
    return names if raw.url is None else {*names, ("url", raw.url)}
