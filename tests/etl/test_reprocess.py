"""Stored articles read anew by another method: as if that had read them from the start. Both databases."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl import load as loading
from etl.guard import Reading
from etl.load.reprocesses import Selection
from etl.pipeline import load
from etl.read import Defaults
from etl.records import Attribution, CleanArticle, ResolvedArticle, Span
from etl.reprocess import Told, Work, reprocess
from schema import tables
from schema.database import Database
from tests.etl.load.test_identities import empty
from tests.etl.test_dry_run import everything, feeds, graph
from tests.etl.test_undo import all_of, differing, feed, loads, named, record
from tests.recorded import NOW, on_record

OLD, NEW = "method 1", "method 2"


def found_less(some: Sequence[CleanArticle]) -> Reading:
    """What an older method found: not every remark, and some of them cut a word short."""
    return Reading([replace(one, attributions=tuple(_older(one))) for one in on_record(some).resolved])


def _older(article: ResolvedArticle) -> list[Attribution]:
    found = []
    for number, one in enumerate(article.attributions):
        (content,) = one.quotation.content
        if number % 3 == 1:
            short = Span(content.start, article.article.text.rindex(" ", content.start, content.end))
            found.append(replace(one, quotation=replace(one.quotation, content=(short,))))
        elif number % 3 == 0:
            found.append(one)
    return found


Reader = Callable[[Sequence[CleanArticle]], Reading]


def loaded(engine: Engine, *some: Path, method: str, reader: Reader) -> None:
    for one in some:
        load(
            engine,
            [one],
            defaults=Defaults(),
            manifest=None,
            now=NOW,
            batch_size=8,
            tell=lambda progress: None,
            reader=reader,
            run=loading.begin(engine, method, NOW),
        )


def reprocessed(
    database: Database,
    chosen: Selection = Selection(),
    *,
    batch_size: int = 5,
    reader: Reader = on_record,
    tell: Callable[[Told], object] = lambda told: None,
) -> Mapping[str, int]:
    work = Work.of(database, chosen, NEW, NOW)
    outcomes = reprocess(database, work, reader=reader, now=NOW, batch_size=batch_size, tell=tell)
    told = sum(count for name, count in outcomes.items() if name.startswith("article: "))
    assert told == work.articles
    return outcomes


def some_feeds(folder: Path, seed: int) -> list[Path]:
    """Records that bring articles, names, other texts, addresses."""
    chance = random.Random(seed)
    found = []
    for nth in range(2):
        some = []
        for number in chance.sample(range(24), 14):
            known: list[dict[str, str]] = [
                {},
                {"external_id": f"id-{number}"},
                {"url": f"https://p-{number}.example/a"},
            ]
            fields = chance.choice([*known, {**known[1], **known[2]}, {"headline": "Ferries"}, named(number, chance)])
            other = number + 24 if fields.get("external_id") and chance.random() < 0.4 else None
            some.append(record(number, other, **fields))
        found.append(feed(folder / f"{nth}.jsonl", some))
    return found


@pytest.mark.parametrize("seed", range(4))
def test_it_is_as_if_the_method_of_now_had_read_them_from_the_start(engine: Engine, tmp_path: Path, seed: int) -> None:
    """Every table but what names runs; and nothing is left to do."""
    some = some_feeds(tmp_path, seed)
    loaded(engine, *some, method=NEW, reader=on_record)
    expected, lines = all_of(engine), graph(engine)
    empty(engine)
    loaded(engine, *some, method=OLD, reader=found_less)
    assert graph(engine) != lines

    outcomes = reprocessed(engine)

    assert outcomes["article: read anew"] == len(expected["article"])
    assert differing(all_of(engine), expected) == {}
    assert graph(engine) == lines
    assert not reprocessed(engine)
