"""Articles taken out of the graph: what is left is what would be there had they never been loaded. Both databases."""

import random
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select

from etl.load.articles import id_of
from etl.load.removal import remove
from etl.records import ResolvedArticle
from schema import tables
from schema.database import writing
from schema.enums import SpeakerType
from tests.bench.made_up import articles
from tests.etl.load.test_identities import FERRY, NAMESAKES, SPELLINGS, body_says, empty
from tests.etl.load.test_store import ARTICLES, store, stored

LATER = datetime(2026, 1, 2, tzinfo=UTC)


def removed(engine: Engine, some: Collection[ResolvedArticle]) -> frozenset[UUID]:
    with writing(engine) as connection:
        return remove(connection, {id_of(one.article) for one in some}, LATER)


NEWS = {
    "remarks": ARTICLES,
    "namesakes": NAMESAKES,
    "spellings": SPELLINGS,
    "bodies": [
        body_says("Harbour Board", "Ferries sail at noon", FERRY, "Board"),
        body_says("Harbour Board", "Lifeboats were counted every spring", FERRY),
        body_says("Harbor Board", "Pilots must answer for what they did", FERRY),
    ],
    "made up": list(articles(0, 60)),
}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("news", NEWS.values(), ids=NEWS)
def test_what_is_left_is_as_if_they_had_never_been_there(
    engine: Engine, news: list[ResolvedArticle], seed: int
) -> None:
    chance = random.Random(seed)
    gone = chance.sample(news, chance.randint(1, len(news) - 1))
    store(engine, [one for one in news if one not in gone])
    expected = stored(engine)
    empty(engine)
    store(engine, news)

    assert removed(engine, gone) == {id_of(one.article) for one in gone}

    found = stored(engine)
    assert {name: found[name] for name in found if found[name] != expected[name]} == {}


def test_a_body_is_called_what_the_articles_that_are_left_call_it(engine: Engine) -> None:
    short, long = (body_says("Harbour Board", words, FERRY) for words in ("Ferries sail at noon", "Pilots must answer"))
    parties = {
        key: replace(one, name="Northern Harbour Board") if "board" in key else one for key, one in long.parties.items()
    }
    long = replace(long, parties=parties)

    def names() -> set[str]:
        query = select(tables.Speaker.name).where(tables.Speaker.type == SpeakerType.ORGANIZATION)
        with engine.connect() as connection:
            return set(connection.execute(query.where(tables.Speaker.name.like("%Board"))).scalars())

    store(engine, [short, long])
    assert names() == {"Northern Harbour Board"}

    removed(engine, [long])
    assert names() == {"Harbour Board"}

    store(engine, [long])
    store(engine, [replace(long, parties=body_says("Harbour Board", "Pilots must answer", FERRY).parties)])
    assert names() == {"Harbour Board"}


def test_all_of_it_leaves_nothing(engine: Engine) -> None:
    store(engine, NAMESAKES)

    removed(engine, NAMESAKES)

    assert [name for name, rows in stored(engine).items() if rows] == []


def test_an_article_that_is_not_there_changes_nothing(engine: Engine) -> None:
    store(engine, ARTICLES)
    before = stored(engine)

    with writing(engine) as connection:
        assert remove(connection, [uuid4()], LATER) == frozenset()

    assert stored(engine) == before
