"""Articles that are to be forgotten: gone as if never loaded, and no feed brings them again. Both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from etl.load.deciding import revert
from etl.load.forgetting import forget
from etl.pipeline import load
from etl.read import Defaults
from schema import tables
from schema.cli import main
from schema.database import engine_for
from tests.etl.test_undo import all_of, differing, empty, feed, loaded, record
from tests.recorded import NOW, on_record

LATER = datetime(2026, 2, 1, tzinfo=UTC)
ASIDE = ("decision", "decision_about", "given")


def graph(engine: Engine) -> Mapping[str, object]:
    return {name: rows for name, rows in all_of(engine).items() if name not in ASIDE}


def outcomes(engine: Engine, path: Path) -> Mapping[str, int]:
    counted = load(
        engine,
        [path],
        defaults=Defaults(),
        manifest=None,
        now=NOW,
        batch_size=8,
        tell=lambda progress: None,
        reader=on_record,
    )
    return {name: count for name, count in counted.items() if name.startswith("article: ")}


PASSED_OVER = {"article: passed over (forgotten by decision)": 1}


def test_a_forgotten_article_is_as_if_it_had_never_been(engine: Engine, tmp_path: Path) -> None:
    """What else its story, its people and its outlet have stays."""
    others = [record(number, external_id=f"id-{number}") for number in range(1, 9)]
    (tmp_path / "others").mkdir()
    loaded(engine, feed(tmp_path / "others" / "feed.jsonl", others))
    expected = graph(engine)
    empty(engine)
    loaded(engine, feed(tmp_path / "feed.jsonl", [*others, record(0, external_id="id-0")]))
    with engine.connect() as connection:
        key = connection.execute(select(tables.ExternalId.article_id).where(tables.ExternalId.value == "id-0")).scalar()
    assert key

    forget(engine, [key], called="id-0", by="ada", at=LATER, reason="a court order")

    assert graph(engine) == expected


@pytest.mark.parametrize(
    "again",
    [
        record(0, external_id="a"),
        record(0, 1, external_id="a"),
        record(0, url="https://post.example/a"),
        record(3, url="https://post.example/a"),
        record(0),
        record(0, source=""),
        record(2, external_id="other"),
    ],
    ids=["the record", "its id", "address", "address alone", "its text", "its text, no outlet", "an earlier text"],
)
def test_no_later_load_brings_it_again(engine: Engine, tmp_path: Path, again: dict[str, object]) -> None:
    """By whatever it is known; until the decision is taken back."""
    known = {"external_id": "a", "url": "https://post.example/a"}
    for number, text in enumerate((2, None), start=1):
        # Its outlet is known by its name alone, as in the later records.
        loaded(engine, feed(tmp_path / f"{number}.jsonl", [record(0, text, external_id="a")]))
    loaded(engine, feed(tmp_path / "3.jsonl", [record(0, **known)]))
    if again.get("external_id") == "other":
        again = {**again, "source": record(0)["source"]}
    with engine.connect() as connection:
        (key,) = connection.execute(select(tables.Article.id)).scalars()
    decision = forget(engine, [key], called="it", by="ada", at=LATER, reason="a court order")
    later = feed(tmp_path / "later.jsonl", [again])

    assert outcomes(engine, later) == PASSED_OVER
    assert not all_of(engine)["article"]
    revert(engine, decision, by="ada", at=LATER)
    assert outcomes(engine, later) == {"article: added": 1}


def test_other_articles_come_as_ever(engine: Engine, tmp_path: Path) -> None:
    """The same agency text in another outlet is another article."""
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="a")]))
    with engine.connect() as connection:
        (key,) = connection.execute(select(tables.Article.id)).scalars()
    forget(engine, [key], called="it", by="ada", at=LATER, reason="a court order")

    later = feed(tmp_path / "2.jsonl", [record(0, external_id="b", source="Coast Radio"), record(1)])

    assert outcomes(engine, later) == {"article: added": 2}


def test_what_is_kept_of_it_tells_nothing(engine: Engine, tmp_path: Path) -> None:
    """No word of its text, no address but the one that the decision was taken by."""
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="secret-id", url="https://post.example/secret")]))
    with engine.connect() as connection:
        (key,) = connection.execute(select(tables.Article.id)).scalars()
    forget(engine, [key], called=str(key), by="ada", at=LATER, reason="a court order")

    kept = repr(all_of(engine))

    assert "a court order" in kept
    assert "secret" not in kept
    assert "told reporters" not in kept


def test_the_command_takes_addresses_files_and_ids(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says what is not known."""
    engine = engine_for(database_url)
    by_file = feed(tmp_path / "file.jsonl", [record(1, external_id="b")])
    by_url = feed(tmp_path / "url.jsonl", [record(0, url="https://post.example/a")])
    not_loaded = feed(tmp_path / "never.jsonl", [record(2, external_id="c")])
    loaded(engine, by_file, by_url)
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)
    why = ["--reason", "a court order", "--by", "ada"]

    assert main(["forget", "https://post.example/a", str(by_file), str(not_loaded), *why]) == 0
    told = capsys.readouterr().out.splitlines()
    assert [("1 article removed" in line, "nothing was stored" in line) for line in told] == [
        (True, False),
        (True, False),
        (False, True),
    ]
    assert not all_of(engine)["article"]
    assert outcomes(engine, not_loaded) == PASSED_OVER
    assert main(["forget", "https://post.example/a", *why]) == 1
    assert "no article is stored under it" in capsys.readouterr().err
    assert main(["decisions"]) == 0
    assert "a court order" in capsys.readouterr().out
    engine.dispose()


def test_two_batches_differ_only_where_they_do() -> None:
    """The comparison that these tests rest on tells rows apart."""
    assert differing({"a": [(1,)], "b": [(2,)]}, {"a": [(1,)], "b": [(3,)]}) == {"b": {"(2,)", "(3,)"}}
