"""A load taken back: its records go, and articles are what those of other loads say of them.

Equal to never having loaded it: what nobody else brought is removed, what it had added to articles or merged is as it
was before. Decisions that people took stay, for their articles may come again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl import load as loading
from etl import related
from etl.clean import clean
from etl.errors import UndoError
from etl.guard import Reader
from etl.history import read_again
from etl.load import Overtaken, Run, given, reprocesses, rows
from etl.load.given import Given
from etl.load.prepared import Prepared
from etl.load.taking_back import Without, take_back
from etl.records import CleanArticle, RawArticle, Refused
from etl.remembering import remembering
from etl.replay import Made, replay
from etl.settings import QuarantineSettings
from schema import tables
from schema.database import reading


def undo(
    engine: Engine,
    load: UUID,
    *,
    method: str,
    reader: Reader[Prepared],
    now: datetime,
    batch_size: int,
    tell: Callable[[Mapping[str, int]], object],
    limits: QuarantineSettings = loading.AS_SET,
) -> Mapping[str, int]:
    """Takes back a load; how many articles ended in which way.

    A batch of batch_size articles is one transaction; stopped in between, it goes on when it is run again. What other
    loads say of an article is read anew by reader, and stored by a run of its own with this method. tell hears of
    each batch. limits: of the quarantine. Raises UndoError when an article cannot be read any more: nothing of its
    batch is taken back; and where the run is none that brought anything.
    """
    with reading(engine) as connection:
        if reprocesses.is_one(connection, load):
            raise UndoError(
                f"load {load} read stored articles anew and brought nothing that could be taken back; "
                "take back the loads that brought them, or run `quoth reprocess` with the Quoth of before"
            )
    run = loading.begin(engine, method, now)
    reader = remembering(engine, method, reader)
    outcomes: Counter[str] = Counter()
    while True:
        with reading(engine) as connection:
            articles = given.by_load(connection, load, batch_size)
        if not articles:
            break
        outcomes += _taken_back(engine, run, load, articles, reader)
        tell(outcomes)
    return outcomes + Counter(loading.finish(engine, run, {}, datetime.now(now.tzinfo), load, limits))


def decisions_about(connection: Connection, load: UUID) -> Sequence[str]:
    """What people decided about articles of which this load gave a record, and about their reports, in words."""
    decision, about = rows.table_of(tables.Decision), rows.table_of(tables.DecisionAbout)
    brought, report = rows.table_of(tables.Given), rows.table_of(tables.Report)
    articles = select(brought.c.article_id).where(brought.c.load_id == load)
    subjects = articles.union(select(report.c.id).where(report.c.article_id.in_(articles)))
    concerned = select(about.c.decision_id).where(about.c.subject_id.in_(subjects))
    query = select(decision).where(decision.c.id.in_(concerned), decision.c.reverted_by_id.is_(None))
    return [f"{row.id}  {row.by}: {row.what['told']}" for row in connection.execute(query.order_by(decision.c.at))]


def _taken_back(
    engine: Engine, run: Run, load: UUID, articles: Sequence[UUID], reader: Reader[Prepared]
) -> Counter[str]:
    while True:
        with reading(engine) as connection:
            records = related.records(connection, articles, load)
        plan = _plan(load, records)
        left = plan.left(reader)
        try:
            take_back(engine, run, left, plan.outcomes, holds=partial(_holds, articles, load, records))
        except Overtaken:
            continue
        return plan.outcomes


def _holds(articles: Sequence[UUID], load: UUID, records: Sequence[Given], connection: Connection) -> bool:
    """Whether these are all records of these articles, and of those they might be, still."""
    return related.records(connection, articles, load) == records


@dataclass(slots=True)
class _Plan:
    """What is to become of articles. made: what is left of which, where it is not what is stored."""

    gone: list[UUID] = field(default_factory=list)
    kept: dict[UUID, UUID] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)
    records: list[Given] = field(default_factory=list)
    refused: list[tuple[UUID, Refused]] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def add(self, load: UUID, records: Sequence[Given]) -> None:
        """What becomes of articles that nobody else can be, by all their records, without those of this load."""
        others = [one for one in records if one.load != load]
        before, after = replay(records).articles, replay(others)
        its, left = _by_article(records), _by_article(others)
        alike = {
            key
            for key, made in after.articles.items()
            if key in before and made.told == before[key].told and made.records == left.get(key)
        }
        made = [one for key, one in after.articles.items() if key not in alike]
        rewritten = {record.article for one in made for record in one.records}
        self.made += made
        self.refused += [(one.load, refused) for one, refused in after.refused]
        for article, given_of_it in its.items():
            if article in alike:
                if left[article] != given_of_it:
                    self.kept[article] = left[article][0].load
                    self.records += left[article]
                    self.outcomes["article: kept, other loads say the same"] += 1
            elif article in rewritten:
                self.outcomes["article: rewritten as other loads have it"] += 1
            else:
                self.gone.append(article)
                self.outcomes["article: removed"] += 1

    def left(self, reader: Reader[Prepared]) -> Without:
        """The same, read to its end."""
        history = read_again(self.made, reader)
        _check(history.refused)
        return Without(
            gone=self.gone,
            kept=self.kept,
            rewritten={one.raw.id: sorted({record.article for record in one.records}) for one in self.made},
            prepared=_read([one.raw for one in self.made], reader),
            records=[
                *self.records,
                *(replace(record, article=one.raw.id) for one in self.made for record in one.records),
            ],
            revisions=[
                {"article_id": one.raw.id, "text_hash": hashed, "load_id": load, "text": text}
                for one in self.made
                for hashed, (text, load) in one.texts.items()
            ],
            earlier=history.earlier,
            refused=self.refused,
        )


def _plan(load: UUID, records: Sequence[Given]) -> _Plan:
    """What becomes of articles, by all their records, without those of this load."""
    plan, its = _Plan(), _by_article(records)
    if {key: made.records for key, made in replay(records).articles.items()} == its:
        plan.add(load, records)
    else:
        # Loads ran side by side, and which record came first is not known: what others gave of an article stays of it.
        for given_of_it in its.values():
            if any(one.load == load for one in given_of_it):
                plan.add(load, given_of_it)
    return plan


def _by_article(records: Iterable[Given]) -> Mapping[UUID, list[Given]]:
    found: dict[UUID, list[Given]] = {}
    for one in records:
        found.setdefault(one.article, []).append(one)
    return found


def _read(raws: Iterable[RawArticle], reader: Reader[Prepared]) -> Sequence[Prepared]:
    cleaned: list[CleanArticle] = []
    refused: list[Refused] = []
    for raw in raws:
        article = clean(raw)
        if isinstance(article, Refused):
            refused.append(article)
        else:
            cleaned.append(article)
    analysed = reader(cleaned)
    _check([*refused, *analysed.refused])
    return analysed.made


def _check(refused: Iterable[Refused]) -> None:
    """Raises UndoError for the first of these."""
    for one in refused:
        raise UndoError(
            f"{one.place}: what other loads gave cannot be read any more: {one.detail}; "
            "nothing of this batch was taken back, load that record again first"
        )
