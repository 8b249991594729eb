"""Refused records are loaded again from what is kept of them, as if nobody had refused them. Both databases."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl.guard import Reader, Reading
from etl.load import AS_SET, begin, quarantine
from etl.load.prepared import Prepared
from etl.manifest import read_manifest
from etl.pipeline import BY_DEFAULT, Progress, load, method
from etl.read import Defaults, formats
from etl.records import CleanArticle, Refused, ResolvedArticle
from etl.rejects import Choice
from etl.retry import retry, to_retry
from schema import tables
from schema.cli import main
from schema.database import engine_for, reading
from schema.tables import metadata
from tests.etl.load.test_store import stored

NOW = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = "The ferries will sail on Monday, the minister told the harbour council."


def plain(articles: Sequence[CleanArticle]) -> Reading:
    """Every article is read, and nobody says anything in it."""
    return Reading([Prepared.of(ResolvedArticle(one, {}, ())) for one in articles])


def tired(articles: Sequence[CleanArticle]) -> Reading:
    """None is."""
    return Reading([], [Refused(one.raw.place, "over-time-budget", f"{one.raw.place}: slow", b"") for one in articles])


def loaded(
    engine: Engine,
    *paths: Path,
    reader: Reader = plain,
    manifest: Path | None = None,
    now: datetime = NOW,
    **lent: str,
) -> Mapping[str, int]:
    return load(
        engine,
        paths,
        defaults=Defaults(**lent),
        manifest=read_manifest(manifest, now=now) if manifest else None,
        now=now,
        batch_size=4,
        tell=lambda progress: None,
        reader=reader,
    )


def again(
    engine: Engine,
    reader: Reader = plain,
    *,
    batch_size: int = 4,
    now: datetime = NOW,
    choice: Choice = Choice(),  # noqa: B008 - frozen
    tell: Callable[[Progress], None] = lambda progress: None,
) -> Mapping[str, int]:
    with reading(engine) as connection:
        task = to_retry(connection, choice)
    run = begin(engine, method(BY_DEFAULT), now)
    return retry(engine, run, task, batch_size=batch_size, tell=tell, reader=reader, limits=AS_SET)


def kept(engine: Engine) -> list[tuple[Any, ...]]:
    """Place and reason of what is in quarantine."""
    with engine.connect() as connection:
        return sorted(map(tuple, connection.execute(select(tables.Rejection.place, tables.Rejection.reason))))


def texts(engine: Engine) -> set[str]:
    with engine.connect() as connection:
        return set(connection.execute(select(tables.Article.text)).scalars())


def a_feed(path: Path, *records: Mapping[str, object]) -> Path:
    path.write_text("".join(f"{json.dumps(record)}\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Engine]:
    """Another database, to compare with."""
    made = engine_for(f"sqlite:///{tmp_path / 'another.db'}")
    metadata.create_all(made)
    yield made
    made.dispose()


def a_folder(folder: Path) -> Path:
    """Records of every format and encoding, alone and among others, and a manifest about one of the files."""
    inbox = folder / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_bytes(f"{WORDS} The café closes – that’s all.".encode("cp1252"))
    (inbox / "b.json").write_text("\ufeff" + json.dumps({"text": f"{WORDS} One.", "headline": "Ferries"}), "utf-8")
    entries = [{"text": f"{WORDS} {word}.", "external_id": word} for word in ("Two", "Thrée")]
    (inbox / "c.json").write_text(json.dumps(entries), "utf-16")
    lines = [{"text": f"{WORDS} {word}.", "authors": ["Ann Stone"]} for word in ("Four – that’s all", "Five")]
    feed = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (inbox / "d.jsonl").write_bytes(feed.encode("cp1252"))
    (inbox / "e.jsonl").write_text(f"\ufeff{json.dumps({'text': f'{WORDS} Six.', 'domain': 'e.example'})}\n", "utf-8")
    (folder / "manifest.csv").write_text(
        "file,url,published_on,authors,timezone\n"
        "inbox/a.txt,https://fjord.example/a,2022-01-18T03:30:00Z,Ida Holm;Ann Stone,America/Toronto\n",
        encoding="utf-8",
    )
    return inbox


def test_it_is_as_if_nobody_had_refused_them(engine: Engine, another: Engine, tmp_path: Path) -> None:
    """Whatever the format, the encoding, and what was lent to them; their files may be gone."""
    inbox, manifest = a_folder(tmp_path), tmp_path / "manifest.csv"
    loaded(another, inbox, manifest=manifest, source="The Fjord Post")
    first = loaded(engine, inbox, reader=tired, manifest=manifest, source="The Fjord Post")
    for file in inbox.iterdir():
        file.unlink()

    outcomes = again(engine)

    assert first == {"article: refused (over-time-budget)": 7}
    assert outcomes["article: added"] == outcomes["rejection: left the quarantine"] == 7
    assert kept(engine) == []
    assert stored(engine) == stored(another)
    assert again(engine) == {}


def test_what_is_refused_again_stays_with_the_new_reason(engine: Engine, tmp_path: Path) -> None:
    """Under the run that refused it last."""
    loaded(engine, a_feed(tmp_path / "a.jsonl", {"text": WORDS, "published_on": "2026-02-01"}))
    (before,) = kept(engine)

    outcomes = again(engine, tired, now=NOW + timedelta(days=60))

    assert before == (f"{tmp_path / 'a.jsonl'}:1", "bad-date")
    assert outcomes == {"article: refused (over-time-budget)": 1, "rejection: refused again": 1}
    assert kept(engine) == [(f"{tmp_path / 'a.jsonl'}:1", "over-time-budget")]
    with engine.connect() as connection:
        last = select(tables.Load.id).order_by(tables.Load.started_at.desc()).limit(1)
        assert connection.execute(last).scalar() == connection.execute(select(tables.Rejection.load_id)).scalar()
    assert again(engine, now=NOW + timedelta(days=61))["article: added"] == 1


def test_what_was_stored_meanwhile_leaves(engine: Engine, tmp_path: Path) -> None:
    """As after a kill between what is stored and what leaves, were there anything between the two."""
    feed = a_feed(tmp_path / "a.jsonl", {"text": WORDS})
    loaded(engine, feed, reader=tired)
    loaded(engine, feed)

    outcomes = again(engine)

    assert outcomes == {"article: unchanged": 1, "rejection: left the quarantine": 1}
    assert kept(engine) == []


def test_what_cannot_be_read_again_is_counted_and_stays(engine: Engine, tmp_path: Path) -> None:
    """Bytes that are cut, none at all, and an address that was lent to several."""
    long = a_feed(tmp_path / "long.jsonl", {"text": WORDS * 1000})
    loaded(engine, long, tmp_path / "missing.txt", reader=tired)
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"{WORDS} {name}", encoding="utf-8")
    loaded(engine, tmp_path / "a.txt", tmp_path / "b.txt", url="https://fjord.example/")
    before = kept(engine)

    outcomes = again(engine)

    assert outcomes == {
        "rejection: not read again (cut)": 1,
        "rejection: not read again (lent what names another article)": 1,
        "rejection: not read again (no whole record)": 1,
    }
    assert kept(engine) == before
    assert len(before) == 3


@pytest.mark.parametrize("lender", ["command line", "manifest"])
def test_a_lent_address_that_another_article_has_meanwhile_is_no_record_of_it(
    engine: Engine, tmp_path: Path, lender: str
) -> None:
    """Its text would become that article's."""
    manifest = tmp_path / "manifest.csv"
    manifest.write_text("file,external_id\na.txt,7\nb.txt,7\n", encoding="utf-8")
    lent: dict[str, Any] = {"manifest": manifest} if lender == "manifest" else {"url": "https://fjord.example/"}
    for name, reader in (("a", tired), ("b", plain)):
        (tmp_path / f"{name}.txt").write_text(f"{WORDS} {name}", encoding="utf-8")
        loaded(engine, tmp_path / f"{name}.txt", reader=reader, **lent)

    outcomes = again(engine)

    assert outcomes == {"article: refused (same-identity)": 1, "rejection: refused again": 1}
    assert texts(engine) == {f"{WORDS} b"}


def test_a_later_text_of_an_article_replaces_an_earlier_one(engine: Engine, tmp_path: Path) -> None:
    """Lines 9 and 10 of a feed, and a feed of the day before."""
    versions = [f"{WORDS} Version {number}." for number in range(12)]
    older = a_feed(tmp_path / "z.jsonl", {"text": f"{WORDS} Before.", "external_id": "1"})
    newer = a_feed(tmp_path / "a.jsonl", *({"text": text, "external_id": "1"} for text in versions))
    loaded(engine, older, reader=tired)
    loaded(engine, newer, reader=tired, now=NOW + timedelta(days=1))

    again(engine, now=NOW + timedelta(days=2))

    assert texts(engine) == {versions[-1]}


def test_a_place_whose_bytes_changed_is_two_records(engine: Engine, tmp_path: Path) -> None:
    """Neither is taken for the other, in one batch or two."""
    file = tmp_path / "a.jsonl"
    for day, word in enumerate(("First", "Second")):
        a_feed(file, {"text": f"{WORDS} {word}.", "external_id": word})
        loaded(engine, file, reader=tired, now=NOW + timedelta(days=day))

    assert again(engine, tired)["rejection: refused again"] == 2
    again(engine)

    assert texts(engine) == {f"{WORDS} First.", f"{WORDS} Second."}


def test_a_file_that_now_has_many_records_leaves_with_the_last_of_them(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its entries that are refused are in quarantine by themselves."""
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"text": f"{WORDS} {n}."} for n in range(3)] + [{"headline": "none"}]), "utf-8")
    with monkeypatch.context() as patched:
        patched.setattr(formats, "_json_value", lambda text: formats._NotJson("is not JSON"))
        loaded(engine, file)
    assert kept(engine) == [(str(file), "not-json")]

    def stop(progress: Progress) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        again(engine, batch_size=1, tell=stop)
    assert kept(engine) == [(str(file), "not-json")]
    outcomes = again(engine, batch_size=1)

    assert outcomes == {
        "article: unchanged": 1,
        "article: added": 2,
        "article: refused (no-text)": 1,
        "rejection: left the quarantine": 1,
    }
    assert kept(engine) == [(f"{file}[3]", "no-text")]
    assert again(engine) == {"article: refused (no-text)": 1, "rejection: refused again": 1}


def test_a_record_leaves_in_the_transaction_that_stores_it(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed there, nothing is stored and nothing has left; killed after a batch, the rest goes on."""
    feed = a_feed(tmp_path / "a.jsonl", *({"text": f"{WORDS} {n}.", "external_id": str(n)} for n in range(3)))
    loaded(engine, feed, reader=tired)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(quarantine, "release", killed)
        with pytest.raises(KeyboardInterrupt):
            again(engine)
    assert (len(kept(engine)), texts(engine)) == (3, set())
    with pytest.raises(KeyboardInterrupt):
        again(engine, batch_size=2, tell=killed)
    assert (len(kept(engine)), len(texts(engine))) == (1, 2)

    assert again(engine)["article: added"] == 1
    assert (len(kept(engine)), len(texts(engine))) == (0, 3)


def test_what_was_lent_and_is_of_no_use_any_more_is_told(engine: Engine, tmp_path: Path) -> None:
    """A clock that was wrong, or a zone that is gone: the others are read."""
    file = tmp_path / "a.txt"
    file.write_text(WORDS, encoding="utf-8")
    loaded(engine, file, reader=tired, published_on="2025-12-31")
    loaded(engine, a_feed(tmp_path / "b.jsonl", {"text": f"{WORDS} Two."}), reader=tired)

    outcomes = again(engine, now=NOW - timedelta(days=30))

    assert outcomes["article: refused (bad-date)"] == outcomes["article: added"] == 1
    assert kept(engine) == [(str(file), "bad-date")]
    assert again(engine)["article: added"] == 1


def test_two_loads_that_refuse_the_same_at_once_keep_it_once(engine: Engine, tmp_path: Path) -> None:
    """On PostgreSQL they write side by side."""
    feeds = [a_feed(tmp_path / f"{n}.jsonl", *({"headline": f"{m}"} for m in range(40))) for n in range(3)]

    def some(nth: int) -> Mapping[str, int]:
        return loaded(engine, *(feeds if nth % 2 else reversed(feeds)), reader=tired)

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(some, range(4)))

    assert outcomes == [{"article: refused (no-text)": 120}] * 4
    assert len(kept(engine)) == 120


def test_the_command_loads_again_and_tells_the_way_out(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    """Of a reason alone, if it is given; 1 as long as something stays."""
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)
    engine = engine_for(database_url)
    feed, missing = a_feed(tmp_path / "a.jsonl", {"text": WORDS}), tmp_path / "missing.txt"
    loaded(engine, feed, missing, reader=tired, now=datetime.now(UTC))
    engine.dispose()

    assert main(["rejects", "--retry", "--fast", "--reason", "over-time-budget"]) == 0
    assert "1  rejection: left the quarantine" in capsys.readouterr().out
    assert main(["rejects", "--retry", "--fast"]) == 1
    told = capsys.readouterr()
    assert "1  rejection: not read again (no whole record)" in told.out
    assert f"{missing}: cannot be read again" in told.err
    assert "load its file again" in told.err
