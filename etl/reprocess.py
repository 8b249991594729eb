"""Stored articles read anew by the method of now, as if loads had read them by it: no feed is needed.

Articles stay those of the loads that brought them, and keep their ids; reports, statements, people and events are made
anew from what is found. What people decided stays, and holds for what is found now (etl.load.following).
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from etl import load as loading
from etl.clean import clean
from etl.guard import Reader
from etl.load import Overtaken, Run, annotations, given, reprocesses
from etl.load.articles import Stored, stored_articles
from etl.load.following import follow
from etl.load.prepared import Prepared
from etl.load.reprocesses import FIRST, Selection
from etl.records import CleanArticle, RawArticle, Refused
from etl.remembering import remembering
from etl.replay import replay
from schema.database import Database, reading


@dataclass(frozen=True, slots=True)
class Work:
    """What is to be done: by a new run, or by one that was stopped, after the last article it came to.

    articles: how many there are. is_begun: whether it was begun before.
    """

    run: Run
    chosen: Selection
    after: UUID
    articles: int
    is_begun: bool

    @classmethod
    def of(cls, database: Database, chosen: Selection, method: str, now: datetime) -> "Work":
        """All that is left to do. Raises DatabaseError when no database answers."""
        with reading(database) as connection:
            found = reprocesses.unfinished(connection, chosen, method)
            after = found[1] if found else FIRST
            count = reprocesses.count(connection, chosen, method, after)
        begun = loading.begin(database, method, now)
        # Rows that it writes now changed now, whenever it was begun.
        run = replace(begun, id=found[0]) if found else begun
        return cls(run, chosen, after, count, found is not None)


@dataclass(frozen=True, slots=True)
class Told:
    """How far it is: every outcome so far, and what the last batch refused."""

    outcomes: Mapping[str, int]
    refused: Sequence[Refused]


def reprocess(
    database: Database,
    work: Work,
    *,
    reader: Reader[Prepared],
    now: datetime,
    batch_size: int,
    tell: Callable[[Told], object],
) -> Mapping[str, int]:
    """Reads the articles anew; how many articles, quotations and mentions ended in which way.

    A batch of batch_size articles is one transaction, and tell hears of each; stopped in between, it goes on when it
    is run again. An article that cannot be read any more stays as it is. now: when it began.
    """
    reader = remembering(database, work.run.method, reader)
    outcomes: Counter[str] = Counter()
    after = work.after
    while True:
        with reading(database) as connection:
            articles = reprocesses.following(connection, work.chosen, work.run.method, after, batch_size)
        if not articles:
            break
        batch = _stored(database, work, articles, reader)
        after = articles[-1]
        outcomes += batch.counted
        tell(Told(outcomes, batch.refused))
    if outcomes or work.is_begun:
        loading.finish(database, work.run, {}, datetime.now(now.tzinfo))
    return outcomes


@dataclass(frozen=True, slots=True)
class _Batch:
    counted: Counter[str]
    refused: Sequence[Refused]


def _stored(database: Database, work: Work, articles: Sequence[UUID], reader: Reader[Prepared]) -> _Batch:
    """What came of a batch, which is stored; worked out anew for as long as loads store articles of it meanwhile."""
    while True:
        with reading(database) as connection:
            known = stored_articles(connection, articles)
            raws = _records(connection, known)
        counted: Counter[str] = Counter()
        cleaned: list[CleanArticle] = []
        refused: list[Refused] = []
        for raw in raws:
            article = clean(raw) if raw.id in known else _called_otherwise(raw)
            if isinstance(article, Refused):
                refused.append(article)
            else:
                cleaned.append(article)
        analysed = reader(cleaned)
        refused += analysed.refused
        counted.update(f"article: left as it is ({one.reason})" for one in refused)
        for one in analysed.made:
            counted["article: read anew"] += 1
            counted.update(f"note: {note}" for note in one.resolved.article.notes)
            counted.update(one.resolved.counts)

        def holds(connection: Connection, known: Mapping[UUID, Stored] = known) -> bool:
            return stored_articles(connection, articles) == known

        def again(connection: Connection, prepared: Sequence[Prepared]) -> None:
            follow(connection, prepared)
            annotations.outdate(connection, {one.id for one in prepared}, work.run.method)
            reprocesses.came_to(connection, work.run, work.chosen, articles[-1])

        try:
            loading.store(
                database,
                work.run,
                analysed.made,
                refused,
                counted,
                holds=holds,
                again=again,
            )
        except Overtaken:
            continue
        return _Batch(counted, refused)


def _records(connection: Connection, known: Mapping[UUID, Stored]) -> list[RawArticle]:
    """These articles as loads would read them, by id: as their records make them, where these are on record."""
    records: dict[UUID, list[given.Given]] = {}
    for one in given.of(connection, known):
        records.setdefault(one.article, []).append(one)
    found = []
    for key in sorted(known):
        made = replay(records.get(key, ())).articles.get(key)
        stored = known[key].raw
        # Articles that were stored before records were kept have some of them, or none.
        is_whole = made is not None and made.raw.text == stored.text and made.raw.external_ids == stored.external_ids
        found.append(made.raw if made is not None and is_whole else stored)
    return found


def _called_otherwise(raw: RawArticle) -> Refused:
    return Refused(
        raw.place,
        "called-otherwise",
        f"{raw.place}: an older Quoth stored it under another id than it would have now; load its record again",
        raw.text.encode("utf-8")[:65_536],
    )
