"""A load taken back: the database is what it would be had that load never been. Both databases."""

import json
import random
from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.errors import UndoError
from etl.guard import Reading
from etl.pipeline import BY_DEFAULT, method
from etl.records import CleanArticle, Refused
from etl.undo import undo
from schema import tables
from schema.cli import main
from schema.database import engine_for
from tests.bench.made_up import articles
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import stored
from tests.recorded import NOW, load_feed, on_record

COUNT = 24
Rows = Mapping[str, Sequence[tuple[object, ...]]]


def feed(path: Path, records: Sequence[Mapping[str, object]]) -> Path:
    """A feed of these records."""
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


def record(number: int, text: int | None = None, **fields: str) -> dict[str, object]:
    """What a feed gives of a made-up article, by default its text, outlet and day; text: that of another one."""
    raw = next(iter(articles(number, 1))).article.raw
    words = raw.text if text is None else next(articles(text, 1)).article.raw.text
    assert raw.published_on is not None
    return {"text": words, "source": raw.source, "published_on": raw.published_on.value, "language": "en", **fields}


def loads(engine: Engine) -> list[UUID]:
    """The loads, in the order in which they came."""
    with engine.connect() as connection:
        found = connection.execute(select(tables.Load.__table__)).all()
        outcomes = {row.load_id for row in connection.execute(select(tables.LoadOutcome.__table__))}
    return [row.id for row in found if row.id in outcomes]


def loaded(engine: Engine, *feeds: Path) -> list[UUID]:
    """The id of the load of each of these feeds; one that is called by a number comes in so many minutes."""
    found: list[UUID] = []
    for one in feeds:
        before = set(loads(engine))
        load_feed(engine, one, 8, now=NOW + timedelta(minutes=int(one.stem) if one.stem.isdigit() else 0))
        found += set(loads(engine)) - before
    return found


def taken_back(engine: Engine, load: UUID) -> Mapping[str, int]:
    return undo(
        engine, load, method=method(BY_DEFAULT), reader=on_record, now=NOW, batch_size=5, tell=lambda outcomes: None
    )


def all_of(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """What is stored, and what loads gave, ids that lead elsewhere aside."""
    with engine.connect() as connection:
        given = connection.execute(
            select(tables.Given.article_id, tables.Given.position, tables.Given.text_hash, tables.Given.given)
        )
        rows = sorted(map(tuple, given), key=repr)
    return {name: rows for name, rows in stored(engine).items() if name != "redirect"} | {"given": rows}


def differing(a: Rows, b: Rows) -> dict[str, set[str]]:
    """The rows that only one of them has, by table."""
    return {name: set(map(repr, a[name])) ^ set(map(repr, b[name])) for name in a if a[name] != b[name]}


def named(number: int, chance: random.Random) -> dict[str, str]:
    """An article of an outlet that is called this or that."""
    name = chance.choice(["Coast Radio", "Coast Radio News"])
    return {"domain": "coast.example", "source": name, "external_id": f"coast-{number}"}


@pytest.mark.parametrize("seed", range(6))
def test_it_is_as_if_the_load_had_never_been(engine: Engine, tmp_path: Path, seed: int) -> None:
    """Three loads of records that bring articles, names, other texts; one of them is taken back, any of them."""
    chance = random.Random(seed)
    feeds = []
    for nth in range(3):
        some = []
        for number in chance.sample(range(COUNT), 12):
            known = [{}, {"external_id": f"id-{number}"}, {"url": f"https://post-{number}.example/a"}]
            fields = chance.choice([*known, {**known[1], **known[2]}, {"headline": "Ferries"}, named(number, chance)])
            other = number + COUNT if fields.get("external_id") and chance.random() < 0.4 else None
            if fields and chance.random() < 0.1:
                other = chance.randrange(COUNT)
            some.append(record(number, other, **fields))
        feeds.append(feed(tmp_path / f"{nth}.jsonl", some))
    bad = chance.randrange(3)
    loaded(engine, *(one for nth, one in enumerate(feeds) if nth != bad))
    expected = all_of(engine)
    empty(engine)
    ids = loaded(engine, *feeds)

    outcomes = taken_back(engine, ids[bad])

    assert sum(outcomes.values())
    assert differing(all_of(engine), expected) == {}
    assert not taken_back(engine, ids[bad])


def test_what_a_bad_feed_kept_apart_becomes_one(engine: Engine, tmp_path: Path) -> None:
    """A text without a name, and the same text under a name that the bad feed had given to other words before."""
    first = feed(tmp_path / "1.jsonl", [record(0), record(2)])
    bad = feed(tmp_path / "2.jsonl", [record(0, 1, external_id="a"), record(3, external_id="b")])
    last = feed(tmp_path / "3.jsonl", [record(0, external_id="a"), record(4)])
    loaded(engine, first, last)
    expected = all_of(engine)
    assert len(expected["article"]) == 3
    empty(engine)
    _, load, _ = loaded(engine, first, bad, last)

    outcomes = taken_back(engine, load)

    assert outcomes == {"article: rewritten as other loads have it": 2, "article: removed": 1}
    assert differing(all_of(engine), expected) == {}


def test_what_cannot_be_read_any_more_stops_it(engine: Engine, tmp_path: Path) -> None:
    """Nothing of the batch has changed; the article that other loads brought stays."""
    first = feed(tmp_path / "1.jsonl", [record(0, external_id="a")])
    second = feed(tmp_path / "2.jsonl", [record(0, external_id="a", headline="Ferries")])
    _, load = loaded(engine, first, second)
    before = all_of(engine)

    def reader(some: Sequence[CleanArticle]) -> Reading:
        return Reading([], [Refused(one.raw.place, "over-time-budget", "took too long", b"") for one in some])

    with pytest.raises(UndoError, match="took too long"):
        undo(engine, load, method="m", reader=reader, now=NOW, batch_size=5, tell=lambda outcomes: None)

    assert all_of(engine) == before


def test_an_id_that_was_merged_comes_apart_and_leads_on(engine: Engine, tmp_path: Path) -> None:
    """Two articles that a bad feed made one: each is itself again, and the decisions about them stay."""
    here, there = {"external_id": "a"}, {"url": "https://post.example/a"}
    ours = [record(0, source="Coast Post", **here), record(1, source="Coast Post", **there)]
    bad = feed(tmp_path / "2.jsonl", [record(0, source="Coast Post", **here, **there)])
    (first,) = loaded(engine, feed(tmp_path / "1.jsonl", ours))
    before = all_of(engine)
    (second,) = loaded(engine, bad)
    assert len(stored(engine)["article"]) == 1

    assert taken_back(engine, second) == {"article: rewritten as other loads have it": 1}

    assert differing(all_of(engine), before) == {}
    with engine.connect() as connection:
        undone = dict(connection.execute(select(tables.Load.id, tables.Load.undone_at)).all())
    assert undone[second]
    assert not undone[first]


def test_the_command_lists_loads_and_takes_one_back(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the beginning of its id; decisions about what goes are told."""
    engine = engine_for(database_url)
    (load,) = loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="a"), record(1, external_id="b")]))
    with engine.connect() as connection:
        report = connection.execute(select(tables.Report.id)).scalars().first()
    engine.dispose()
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)
    assert main(["reports", "reject", str(report), "--by", "ada"]) == 0
    capsys.readouterr()

    assert main(["loads"]) == 0
    assert str(load) in capsys.readouterr().out
    assert main(["loads", "show", load.hex[:12]]) == 0
    assert "2  article: added" in capsys.readouterr().out
    assert main(["loads", "undo", "no-such"]) == 1
    assert "quoth loads" in capsys.readouterr().err
    assert main(["loads", "undo", load.hex[:12], "--fast"]) == 0
    told = capsys.readouterr().out
    assert "2  article: removed" in told
    assert "stays decided" in told
    assert "ada" in told
    assert main(["loads", "--json"]) == 0
    assert [line for line in map(json.loads, capsys.readouterr().out.splitlines()) if line["undone_at"]]
