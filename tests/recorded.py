"""A feed of made-up news that is loaded for real, but for the language model: what it would find is on record.

    python -m tests.recorded DATABASE FEED.jsonl BATCH_SIZE [backfill]

loads one, in a process that tests can kill; with backfill it is written first and placed then.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from sqlalchemy import Engine

from etl.guard import Reader, Reading
from etl.load.prepared import Prepared
from etl.load.waiting import Waiting
from etl.pipeline import load
from etl.place import place_all
from etl.read import Defaults
from etl.records import CleanArticle, RawArticle, ResolvedArticle
from schema.database import engine_for
from tests.bench.made_up import articles

ARTICLES = 120
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def write_feed(path: Path, *, count: int = ARTICLES, seed: int = 0) -> None:
    """A feed of so many articles, in an order that is the same for the same seed.

    Some come again with their address, some with another text, some lack a date, and some records are none.
    """
    order = random.Random(seed)
    made = [one.article.raw for one in articles(0, count)]
    records = [_record(raw) for raw in made]
    for nth, raw in enumerate(made):
        if nth % 6 == 0:
            records.append({**_record(raw), "url": f"https://news.example/{nth}"})
        if nth % 10 == 0:
            records.append({**_record(raw), "text": made[(nth + 1) % count].text})
        if nth % 15 == 0:
            records[nth].pop("published_on")
        if nth % 20 == 0:
            records.append({"headline": "No text", "external_id": f"none-{nth}"})
    order.shuffle(records)
    lines = [json.dumps(record) for record in records]
    lines.insert(len(lines) // 2, "{ no JSON")
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _record(raw: RawArticle) -> dict[str, object]:
    assert raw.published_on is not None
    given = {name: getattr(raw, name) for name in ("text", "source", "external_id", "headline")}
    return {**given, "published_on": raw.published_on.value, "language": "en"}


def on_record(some: Sequence[CleanArticle]) -> Reading[Prepared]:
    """What is on record of these articles, in the place of what reads them."""
    return Reading([Prepared.of(one) for one in resolved_on_record(some)])


def waiting_on_record(some: Sequence[CleanArticle]) -> Reading[Waiting]:
    """The same, to be placed later."""
    return Reading([Waiting.of(one) for one in resolved_on_record(some)])


def resolved_on_record(some: Sequence[CleanArticle]) -> Iterator[ResolvedArticle]:
    """The same, before anything is made of it."""
    for article in some:
        found = _by_text()[article.text]
        yield replace(found, article=replace(article, furniture=found.article.furniture), counts={})


@cache
def _by_text() -> dict[str, ResolvedArticle]:
    return {one.article.text: one for one in articles(0, ARTICLES)}


def load_feed(
    engine: Engine,
    feed: Path,
    batch_size: int,
    reader: Reader[Prepared | Waiting] = on_record,
    now: datetime = NOW,
) -> None:
    """Loads it."""
    load(
        engine,
        [feed],
        defaults=Defaults(),
        manifest=None,
        now=now,
        batch_size=batch_size,
        tell=lambda progress: None,
        reader=reader,
    )


if __name__ == "__main__":
    database, given, size, *how = sys.argv[1:]
    _by_text()
    print("begun", flush=True)
    if how == ["backfill"]:
        load_feed(engine_for(database), Path(given), int(size), waiting_on_record)
        place_all(engine_for(database), now=NOW, batch_size=int(size), tell=lambda placed: None)
    else:
        load_feed(engine_for(database), Path(given), int(size))
