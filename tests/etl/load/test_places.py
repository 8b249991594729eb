"""Where an event is reported from, and where an article's row says that it was written."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load.places import Written, place_of
from schema import tables
from tests.etl.load.test_store import an_article, store


def article(number: int, place: str | None, *, day: int | None = 3, copies: int | None = None) -> Written:
    return Written(
        UUID(int=number),
        place,
        UUID(int=copies) if copies is not None else None,
        datetime(2023, 5, day, tzinfo=UTC) if day else None,
    )


CASES = [
    # (what it is about, articles, place)
    ("no article", [], None),
    ("no dateline", [article(1, None), article(2, None)], None),
    ("one dateline", [article(1, None), article(2, "Harlow"), article(3, None)], "Harlow"),
    ("most", [article(1, "Tarn", day=1), article(2, "Harlow"), article(3, "Harlow")], "Harlow"),
    (
        "a copy and its original are one",
        [
            article(1, "Tarn", day=1),
            article(2, "Tarn", copies=1),
            article(3, "Tarn", copies=1),
            article(4, "Harlow"),
            article(5, "Harlow"),
        ],
        "Harlow",
    ),
    (
        "copies of an article that is not of the event are one",
        [article(1, "Tarn", copies=9, day=1), article(2, "Tarn", copies=9), article(3, "Oslo"), article(4, "Oslo")],
        "Oslo",
    ),
    (
        "a copy has the dateline that its original lacks",
        [article(1, None, day=1), article(2, "Tarn", copies=1)],
        "Tarn",
    ),
    ("equally many: the first by day", [article(1, "Tarn", day=4), article(2, "Harlow", day=3)], "Harlow"),
    ("equally many on one day: the smallest id", [article(2, "Tarn"), article(1, "Harlow")], "Harlow"),
    ("no date comes last", [article(1, "Tarn", day=None), article(2, "Harlow", day=30)], "Harlow"),
    (
        "case, accents and what follows the comma tell nothing apart",
        [article(1, "Oslo", day=1), article(2, "VIKHOLM"), article(3, "Vikholm, Norway")],
        "Vikholm, Norway",
    ),
    ("the fullest spelling", [article(1, "Zurich"), article(2, "Zürich")], "Zürich"),
    ("not in capitals", [article(1, "VIKHOLM", day=1), article(2, "Vikholm")], "Vikholm"),
    (
        "a copy's spelling counts",
        [article(1, "Vikholm", day=1), article(2, "Vikholm, Norway", copies=1)],
        "Vikholm, Norway",
    ),
]


@pytest.mark.parametrize(("articles", "place"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_an_event_is_where_most_of_its_articles_were_written(articles: Sequence[Written], place: str | None) -> None:
    """In whatever order they come."""
    for order in itertools.permutations(articles):
        assert place_of(order) == place


def test_the_row_of_an_article_has_the_place_of_its_dateline(engine: Engine) -> None:
    """And none where there is no dateline, also once that was corrected away."""
    without = an_article("Nobody will sail in March", source="Coast Radio")
    dated = f"VIKHOLM, Jan 18 (Norwire) - {without.article.text}"
    made = replace(without.article.raw, text=dated, external_id="coast:1")
    with_dateline = replace(without, article=replace(without.article, raw=made), attributions=())
    plain = replace(made, text=without.article.text)

    store(engine, [with_dateline])
    first = _places(engine)
    store(engine, [replace(with_dateline, article=replace(with_dateline.article, raw=plain))])

    assert (first, _places(engine)) == (["Vikholm"], [None])


def _places(engine: Engine) -> list[str | None]:
    with engine.connect() as connection:
        return list(connection.execute(select(tables.Article.place)).scalars())
