"""Stored articles read anew by another method: as if that had read them from the start. Both databases."""

import random
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl import load as loading
from etl.changes import Changes, How
from etl.errors import UndoError
from etl.export.lines import KINDS
from etl.guard import Reading
from etl.load.prepared import Prepared
from etl.load.reprocesses import Selection
from etl.pipeline import load
from etl.read import Defaults
from etl.records import Attribution, CleanArticle, Refused, ResolvedArticle, Span
from etl.reprocess import Told, Work, reprocess
from etl.undo import undo
from schema import tables
from schema.database import Database, rehearsing
from schema.dates import parse_edtf
from tests.etl.export.test_lines import lines
from tests.etl.load.test_identities import empty
from tests.etl.test_dry_run import differing as changed
from tests.etl.test_dry_run import everything, feeds, gone_or_merged, graph
from tests.etl.test_undo import all_of, differing, feed, loads, named, record
from tests.recorded import NOW, on_record, resolved_on_record

OLD, NEW = "method 1", "method 2"
OF_OTHERS = Selection()


def found_less(some: Sequence[CleanArticle]) -> Reading:
    """What an older method found: not every remark, and some of them cut a word short."""
    return Reading([Prepared.of(replace(one, attributions=tuple(_older(one)))) for one in resolved_on_record(some)])


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
    chosen: Selection = OF_OTHERS,
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


def some_feeds(folder: Path, seed: int, count: int = 12) -> list[Path]:
    """Records that bring articles, names, other texts, addresses."""
    chance = random.Random(seed)
    found = []
    for nth in range(2):
        some = []
        for number in chance.sample(range(20), count):
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


@pytest.mark.parametrize("seed", range(2))
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


class Killed(Exception):  # noqa: N818 - no error
    """What ends a run in these tests."""


@pytest.mark.parametrize("chosen", [OF_OTHERS, Selection(every=True)], ids=["others", "all"])
def test_stopped_in_the_middle_it_goes_on_as_the_same_run(engine: Engine, tmp_path: Path, chosen: Selection) -> None:
    """After a batch that was stored, and while one is at work; no article is read twice."""
    some = feeds(tmp_path)[:1]
    loaded(engine, *some, method=NEW, reader=on_record)
    expected = all_of(engine)
    empty(engine)
    loaded(engine, *some, method=OLD, reader=found_less)
    before = set(loads(engine))
    read: list[str] = []

    def reader(articles: Sequence[CleanArticle]) -> Reading:
        if len(read) >= 10:
            raise Killed
        read.extend(str(one.raw.id) for one in articles)
        return on_record(articles)

    def killed(told: Told) -> None:
        raise Killed

    with pytest.raises(Killed):
        reprocessed(engine, chosen, reader=reader, tell=killed)
    with pytest.raises(Killed):
        reprocessed(engine, chosen, reader=reader)
    assert differing(all_of(engine), expected)
    reader_of_rest: list[str] = []

    def rest(articles: Sequence[CleanArticle]) -> Reading:
        reader_of_rest.extend(str(one.raw.id) for one in articles)
        return on_record(articles)

    reprocessed(engine, chosen, reader=rest)

    assert differing(all_of(engine), expected) == {}
    assert sorted(read + reader_of_rest) == sorted(graph(engine)["articles"])
    (run,) = set(loads(engine)) - before
    with engine.connect() as connection:
        (finished,) = connection.execute(select(tables.Load.finished_at).where(tables.Load.id == run)).scalars()
    assert finished


def told_by(database: Database, reader: Reader = on_record) -> dict[str, dict[How, set[str]]]:
    """What a run tells, by kind."""
    with Changes.of_a_run() as changes:
        changes.look_before(database, lambda read, total: None)
        reprocessed(database, reader=reader)
        changes.look_after(database, lambda read, total: None)
        return {kind: {how: {str(one.id) for one in changes.told(kind, how)} for how in How} for kind in KINDS}


def test_a_dry_run_tells_what_the_run_then_changes(engine: Engine, tmp_path: Path) -> None:
    """And changes nothing itself; what is the same thing keeps its id."""
    loaded(engine, feeds(tmp_path)[0], method=OLD, reader=found_less)
    rows, before = everything(engine), graph(engine)

    with rehearsing(engine) as connection:
        rehearsed = told_by(connection)

    assert everything(engine) == rows
    assert told_by(engine) == rehearsed
    after = graph(engine)
    assert gone_or_merged(rehearsed) == changed(before, after)
    assert before["articles"].keys() == after["articles"].keys()
    assert before["people"].keys() <= after["people"].keys()
    kept = before["reports"].keys() & after["reports"].keys()
    assert len(kept) > 20
    assert rehearsed["reports"][How.ADDED]
    assert rehearsed["reports"][How.MERGED]


def test_loads_can_be_taken_back_afterwards(engine: Engine, tmp_path: Path) -> None:
    """Articles are those of the loads that brought them; the run itself brought nothing."""
    first, second = some_feeds(tmp_path, 2, 8)
    loaded(engine, first, method=NEW, reader=on_record)
    expected = all_of(engine)
    empty(engine)
    loaded(engine, first, method=OLD, reader=found_less)
    (ours,) = loads(engine)
    loaded(engine, second, method=OLD, reader=found_less)
    (theirs,) = set(loads(engine)) - {ours}
    reprocessed(engine)
    (run,) = set(loads(engine)) - {ours, theirs}
    with engine.connect() as connection:
        assert set(connection.execute(select(tables.Article.load_id)).scalars()) <= {ours, theirs}
        assert set(connection.execute(select(tables.Report.load_id)).scalars()) == {run}

    undo(engine, theirs, method=NEW, reader=on_record, now=NOW, batch_size=5, tell=lambda outcomes: None)

    assert differing(all_of(engine), expected) == {}
    with pytest.raises(UndoError, match="brought nothing"):
        undo(engine, run, method=NEW, reader=on_record, now=NOW, batch_size=5, tell=lambda outcomes: None)


def test_a_load_that_comes_between_is_not_undone(engine: Engine, tmp_path: Path) -> None:
    """It brings another text of an article that is being read anew; what was found of the first one stays."""
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="a")]), method=OLD, reader=found_less)
    newer = feed(tmp_path / "2.jsonl", [record(0, 1, external_id="a")])
    asked: list[int] = []

    def reader(some: Sequence[CleanArticle]) -> Reading:
        asked.append(len(some))
        if len(asked) == 1:
            loaded(engine, newer, method=OLD, reader=found_less)
        return on_record(some)

    reprocessed(engine, reader=reader)
    found, withdrawn = present(engine)

    assert asked == [1, 1]
    assert {line["method"] for line in withdrawn.values()} == {OLD}
    empty(engine)
    loaded(engine, tmp_path / "1.jsonl", newer, method=NEW, reader=on_record)
    assert present(engine)[0] == found


def present(engine: Engine) -> tuple[dict[str, Any], dict[str, Any]]:
    """What is said of the present texts, without runs and times, and the reports of earlier texts."""
    found = {line["id"]: line for line in lines(engine, "reports")}
    withdrawn = {key: line for key, line in found.items() if line["withdrawn_at"]}
    of_runs = {"load_id", "withdrawn_at"}
    return (
        {
            key: {name: value for name, value in line.items() if name not in of_runs}
            for key, line in found.items()
            if key not in withdrawn
        },
        withdrawn,
    )


def test_a_load_may_run_beside_it(engine: Engine, tmp_path: Path) -> None:
    """It brings other articles, and more of the same, while the first of these are read anew."""
    first = feed(tmp_path / "1.jsonl", [record(number, external_id=f"id-{number}") for number in range(6)])
    second = feed(tmp_path / "2.jsonl", [record(number, external_id=f"id-{number}") for number in range(3, 10)])
    loaded(engine, first, method=NEW, reader=on_record)
    loaded(engine, second, method=NEW, reader=on_record)
    expected = graph(engine)
    empty(engine)
    loaded(engine, first, method=OLD, reader=found_less)
    both_have_begun = Barrier(2, timeout=30)

    def waiting() -> Reader:
        asked: list[None] = []

        def reader(some: Sequence[CleanArticle]) -> Reading:
            if not asked:
                asked.append(None)
                both_have_begun.wait()
            return on_record(some)

        return reader

    with ThreadPoolExecutor(2) as pool:
        load_beside = pool.submit(loaded, engine, second, method=NEW, reader=waiting())
        anew = pool.submit(
            reprocess,
            engine,
            Work.of(engine, OF_OTHERS, NEW, NOW),
            reader=waiting(),
            now=NOW,
            batch_size=3,
            tell=lambda told: None,
        )
        for done in (load_beside, anew):
            done.result()

    assert set(methods(engine).values()) == {NEW}
    assert graph(engine) == expected


def test_an_article_that_cannot_be_read_any_more_stays_and_is_tried_again(engine: Engine, tmp_path: Path) -> None:
    """The others go on."""
    loaded(engine, feeds(tmp_path)[0], method=OLD, reader=found_less)
    before = all_of(engine)
    bad = min(graph(engine)["articles"])

    def reader(some: Sequence[CleanArticle]) -> Reading:
        readable = [one for one in some if str(one.raw.id) != bad]
        refused = [Refused(one.raw.place, "failed", "a fault", b"") for one in some if str(one.raw.id) == bad]
        return Reading(on_record(readable).made, refused)

    outcomes = reprocessed(engine, reader=reader)

    assert outcomes["article: left as it is (failed)"] == 1
    assert methods(engine) == {bad: OLD} | dict.fromkeys(graph(engine)["articles"].keys() - {bad}, NEW)
    assert reprocessed(engine)["article: read anew"] == 1
    assert len(all_of(engine)["article"]) == len(before["article"])


def methods(engine: Engine) -> dict[str, str]:
    with engine.connect() as connection:
        return {str(row.id): row.method for row in connection.execute(select(tables.Article.id, tables.Article.method))}


def test_it_can_be_about_one_outlet_and_from_a_day_on(engine: Engine, tmp_path: Path) -> None:
    """The others keep what was found of them."""
    loaded(engine, feeds(tmp_path)[1], method=OLD, reader=found_less)
    lines = graph(engine)["articles"]
    outlet = lines[min(lines)]["source"]
    days = sorted(line["published_on"] for line in lines.values())
    since = parse_edtf(days[len(days) // 2])

    reprocessed(engine, Selection(source=outlet.upper()))
    ours = {key for key, line in lines.items() if line["source"] == outlet}
    assert {key for key, method in methods(engine).items() if method == NEW} == ours
    reprocessed(engine, Selection(since=since.earliest))
    ours |= {key for key, line in lines.items() if parse_edtf(line["published_on"]).earliest >= since.earliest}
    assert {key for key, method in methods(engine).items() if method == NEW} == ours


def test_what_the_model_found_before_goes_when_nothing_uses_it(engine: Engine, tmp_path: Path) -> None:
    """One text of two outlets: with the first it is still used, with the second not."""
    some = [record(number, external_id=f"id-{number}") for number in (0, 1)]
    some.append(record(2, 0, external_id="id-2", source="Coast Radio"))

    def packed(articles: Sequence[CleanArticle]) -> Reading:
        return Reading([Prepared.of(replace(one, annotation=b"found")) for one in resolved_on_record(articles)])

    loaded(engine, feed(tmp_path / "1.jsonl", some), method=OLD, reader=packed)
    seen: list[int] = []

    def tell(told: Told) -> None:
        found, article = tables.Annotation, tables.Article
        with engine.connect() as connection:
            kept = {tuple(row) for row in connection.execute(select(found.text_hash, found.method))}
            of = {tuple(row) for row in connection.execute(select(article.text_hash, article.method))}
        assert kept == of
        seen.append(len(kept))

    reprocessed(engine, batch_size=1, reader=packed, tell=tell)

    assert len(seen) == 3
    assert seen[-1] == 2
