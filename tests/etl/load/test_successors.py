"""What statements and events were called: an id that a load took away answers with its successor, on both databases."""

import asyncio
from collections.abc import Iterable
from itertools import permutations

import pytest
from sqlalchemy import Engine, select

from etl.records import CleanArticle, ResolvedArticle
from schema import tables
from schema.database import async_engine_for
from schema.global_ids import decode, encode
from schema.graphql import graphql_schema
from schema.graphql.context import Context
from schema.keys import event_id, statement_id
from schema.migrate import migrate
from tests.etl.load.test_identities import FERRY, TUNNEL
from tests.etl.load.test_store import ARTICLES, an_article, store

SAILS = "The ferry will sail from Skarvik in March with forty lorries"
QUEUES = "Lorries will sail to Lunde as well, and nobody will have to queue at the customs house"

# Two remarks and two events; who heard all of it in between makes one of each.
EARLY = an_article(SAILS, source="The Fjord Post", on="2022-01-18", filler=FERRY)
LATE = an_article(QUEUES, source="Coast Radio", on="2022-01-26", filler=TUNNEL)
BETWEEN = an_article(f"{SAILS}. {QUEUES}", source="Dagny Weekly", on="2022-01-22", filler=f"{FERRY}. {TUNNEL}.")


def there(engine: Engine) -> dict[str, set[str]]:
    """The ids that clients see of all statements and all events."""
    tables_ = {"Statement": tables.Statement, "Event": tables.Event}
    with engine.connect() as connection:
        return {
            name: {encode(name, id_) for id_ in connection.execute(select(table.id)).scalars()}
            for name, table in tables_.items()
        }


def own(engine: Engine) -> dict[str, set[str]]:
    """The ids that all statements and events would have, were each report and each article alone."""
    with engine.connect() as connection:
        reports = connection.execute(select(tables.Report.id)).scalars().all()
        articles = connection.execute(select(tables.Article.id)).scalars().all()
    return {
        "Statement": {encode("Statement", statement_id([report])) for report in reports},
        "Event": {encode("Event", event_id([article])) for article in articles},
    }


def answers(database_url: str, asked: Iterable[str]) -> dict[str, str | None]:
    """What each id answers with: itself, the successor's id, or None."""
    values = sorted(asked)

    async def answered() -> dict[str, str | None]:
        engine = async_engine_for(database_url)
        query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
        result = await graphql_schema.execute(query, {"ids": values}, context_value=Context(engine))
        await engine.dispose()
        successors = {error.path[-1]: error.extensions["successor"] for error in result.errors or ()}
        nodes = enumerate(result.data["nodes"])
        return {values[i]: node["id"] if node else successors.get(i) for i, node in nodes}

    return asyncio.run(answered())


@pytest.mark.parametrize("kind", ["Statement", "Event"])
def test_the_id_that_a_load_took_away_answers_with_its_successor(engine: Engine, database_url: str, kind: str) -> None:
    """Two, until the article comes that makes them one."""
    store(engine, [EARLY], [LATE])
    before = there(engine)[kind]
    assert len(before) == 2

    store(engine, [BETWEEN])

    (now,) = there(engine)[kind]
    assert before - {now}
    assert answers(database_url, before) == dict.fromkeys(before, now)


@pytest.mark.parametrize("order", list(permutations(("early", "late", "between"))), ids="-".join)
def test_every_id_that_was_ever_there_leads_to_what_is_there(
    engine: Engine, database_url: str, order: tuple[str, ...]
) -> None:
    """One statement and one event in the end, whichever came first."""
    articles = {"early": EARLY, "late": LATE, "between": BETWEEN}
    seen: set[str] = set()
    for name in order:
        store(engine, [articles[name]])
        seen |= set().union(*there(engine).values())

    now = {id_: kind for kind, ids in there(engine).items() for id_ in ids}
    assert sorted(now.values()) == ["Event", "Statement"]
    found = answers(database_url, seen)
    assert {id_: now.get(successor) for id_, successor in found.items()} == {id_: decode(id_).type for id_ in seen}


@pytest.mark.parametrize("kind", ["Statement", "Event"])
def test_ids_that_one_batch_passed_over_lead_there_as_well(engine: Engine, database_url: str, kind: str) -> None:
    """Another database, loaded article by article, gave them out."""
    store(engine, [EARLY, LATE, BETWEEN])

    (now,) = there(engine)[kind]
    never_seen = own(engine)[kind] - {now}
    assert len(never_seen) == 2
    assert answers(database_url, never_seen) == dict.fromkeys(never_seen, now)


def test_an_id_that_comes_back_is_its_own_again(engine: Engine, database_url: str) -> None:
    """What made the two remarks one says nothing any more."""
    store(engine, [EARLY], [LATE])
    before = there(engine)["Statement"]
    store(engine, [BETWEEN])

    store(engine, [ResolvedArticle(CleanArticle(BETWEEN.article.raw, "en"), {}, ())])

    assert there(engine)["Statement"] == before
    assert answers(database_url, before) == {id_: id_ for id_ in before}


def test_every_row_keeps_the_id_that_its_key_gives(engine: Engine) -> None:
    """Of articles that came once, twice, together, and with other words."""
    silent = ResolvedArticle(CleanArticle(BETWEEN.article.raw, "en"), {}, ())
    store(engine, [EARLY, LATE], [silent], [BETWEEN, *ARTICLES], [EARLY])

    assert_kept_by_key(engine)


def test_rows_of_before_the_columns_were_there_get_them(engine: Engine, database_url: str) -> None:
    """The migration spells the keys out once more, for it may not change when they do."""
    store(engine, [EARLY, LATE, BETWEEN, *ARTICLES])
    engine.dispose()

    migrate(database_url, "0011")
    migrate(database_url)

    assert_kept_by_key(engine)


def assert_kept_by_key(engine: Engine) -> None:
    with engine.connect() as connection:
        reports = connection.execute(select(tables.Report.id, tables.Report.own_statement_id)).all()
        articles = connection.execute(select(tables.Article.id, tables.Article.own_event_id)).all()
    assert len(reports) == len(articles) == 8
    assert all(own_id == statement_id([report]) for report, own_id in reports)
    assert all(own_id == event_id([article]) for article, own_id in articles)
