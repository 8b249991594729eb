"""Several loads at once: what comes out is what one after the other gives, and other days do not wait."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from etl import load
from etl.group import window
from etl.load import turns
from etl.load.articles import id_of
from etl.load.turns import Outgrown, Turn
from etl.records import ResolvedArticle
from schema.database import engine_for, writing
from schema.dates import day, parse_edtf
from tests.bench.made_up import articles
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import FERRIES, NOW, an_article, store, stored

LATER = 40_000
"""The number of a made-up article of another year than the first."""
BATCH = 4


def loaded(engine: Engine, some: list[ResolvedArticle]) -> None:
    store(engine, *(some[at : at + BATCH] for at in range(0, len(some), BATCH)))


def test_loads_at_once_give_what_one_after_the_other_gives(engine: Engine) -> None:
    """Two of the same days, one of another year; people who are in the news all the time are in all three."""
    early, late = list(articles(0, 48)), list(articles(LATER, 24))
    shares = [early[::2], early[1::2], late]
    with ThreadPoolExecutor(len(shares)) as pool:
        for done in [pool.submit(loaded, engine, share) for share in shares]:
            done.result()
    at_once = stored(engine)

    empty(engine)
    for share in shares:
        loaded(engine, share)

    assert at_once["report"]
    assert at_once == stored(engine)


@contextmanager
def held(engine: Engine, *days: str) -> Iterator[None]:
    """Somebody else has these days for themselves."""
    with writing(engine, beside_others=True) as connection:
        turns.take(connection, Turn.of(map(parse_edtf, days)))
        yield


def begun(pool: ThreadPoolExecutor, engine: Engine, on: str) -> "Future[None]":
    return pool.submit(store, engine, [an_article(FERRIES, on=on)])


def test_a_load_waits_for_its_own_days_only(database_url: str) -> None:
    """Another year is stored while somebody else holds this January; the same week waits. SQLite: all wait."""
    engine = engine_for(database_url)
    is_sqlite = engine.dialect.name == "sqlite"
    with ThreadPoolExecutor(2) as pool:
        with held(engine, "2022-01-18"):
            elsewhere, here = begun(pool, engine, "2024-06-01"), begun(pool, engine, "2022-01-20")
            finished, _ = wait([elsewhere], timeout=0.5 if is_sqlite else 20)
            assert bool(finished) is not is_sqlite
            assert not wait([here], timeout=0.5).done
        elsewhere.result(timeout=20)
        here.result(timeout=20)
    engine.dispose()


def test_an_article_without_a_day_may_be_near_any_other() -> None:
    """So its load has everything for itself."""
    monday, year = parse_edtf("2022-01-17"), parse_edtf("2022")

    assert not Turn.of([monday]).is_everything
    assert Turn.of([monday, None]).is_everything
    assert Turn.of([monday, year]).is_everything
    assert Turn.of([]).cells == frozenset()
    assert Turn.of([monday]).with_(Turn.of([None])).is_everything


def test_neighbours_are_among_the_days_of_a_turn() -> None:
    """However a day lies to the borders of cells: two that are near have a cell in common."""
    for shift in range(2 * turns.CELL):
        at = window(day(date(2022, 1, 1) + timedelta(days=shift)))
        assert at is not None
        turn = Turn.of([day(date(2022, 1, 1) + timedelta(days=shift))])
        assert turn.has([at - turns.REACH, at, at + turns.REACH])
        assert not turn.has([at - 2 * turns.CELL])
        assert not turn.has([None])


def test_an_article_that_moves_in_time_is_moved_out_of_its_old_days(engine: Engine) -> None:
    """It was printed in 2022, says the first feed; the load that knows better needs both days, and begins anew."""
    before, other = (
        an_article(FERRIES, on="2022-01-18"),
        an_article(FERRIES, source="Coast Radio", on="2022-01-19", filler="Later."),
    )
    after = an_article(FERRIES, on="2019-05-02")
    assert id_of(before.article) == id_of(after.article)
    store(engine, [before, other], [after])
    moved = stored(engine)

    empty(engine)
    store(engine, [after], [other])

    assert moved == stored(engine)


def test_a_load_that_meets_other_days_says_so(engine: Engine) -> None:
    """With all that it needs; on SQLite it has everything anyhow."""
    an_old_one = an_article(FERRIES, on="2022-01-18")
    store(engine, [an_old_one])
    turn = Turn.of([parse_edtf("2024-06-01")])
    with load.writing(engine, beside_others=True) as connection:
        if engine.dialect.name == "sqlite":
            turns.check(connection, turn, [id_of(an_old_one.article)])
            return
        with pytest.raises(Outgrown) as found:
            turns.check(connection, turn, [id_of(an_old_one.article)])
    assert found.value.turn == turn.with_(Turn.of([parse_edtf("2022-01-18")]))


def test_the_days_of_a_turn_are_let_go(engine: Engine) -> None:
    """At the end of the transaction, however it ends."""
    with pytest.raises(ZeroDivisionError), held(engine, "2022-01-18"):
        raise ZeroDivisionError
    store(engine, [an_article(FERRIES)], now=NOW)

    assert len(stored(engine)["article"]) == 1
