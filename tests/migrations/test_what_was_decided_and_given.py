"""What older databases hold stays: decisions through a table that is made anew, records for articles without any."""

from collections.abc import Sequence
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, select, text

from etl import load
from etl.load import given
from etl.load.deciding import merge_speakers, reject_report, revert
from etl.load.erasing import erase
from etl.load.prepared import Prepared
from etl.load.withholding import withhold_articles
from etl.records import RawArticle
from schema import tables
from schema.database import writing
from schema.migrate import migrate
from tests.bench.made_up import articles
from tests.etl.load.test_store import NOW

ROOT = Path(__file__).resolve().parents[2]


def back_and_forth(engine: Engine, url: str, revision: str) -> None:
    """Down to an older revision, and up to the newest again."""
    with writing(engine, by_key=False) as connection:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    assert migrate(url)[0] == revision


def decided(engine: Engine) -> Sequence[tuple[object, ...]]:
    """Every decision and what it is about."""
    with engine.connect() as connection:
        rows = [
            tuple(row)
            for table in (tables.Decision, tables.DecisionAbout)
            for row in connection.execute(select(table.__table__))  # type: ignore[attr-defined]
        ]
    return sorted(rows, key=repr)


def test_decisions_come_through_there_and_back(engine: Engine, database_url: str) -> None:
    """One of them is taken back, and refers to the one that did."""
    load.store(
        engine,
        load.begin(engine, "made up", NOW),
        [Prepared.of(one) for one in articles(0, 8)],
        [],
        {"article: added": 8},
    )
    with engine.connect() as connection:
        people = list(connection.execute(select(tables.Person.id).order_by(tables.Person.id).limit(2)).scalars())
        report = connection.execute(select(tables.Report.id).limit(1)).scalar_one()
    merge_speakers(engine, people[0], people[1:], by="ada", at=NOW)
    revert(engine, reject_report(engine, report, by="ada", at=NOW), by="ada", at=NOW)
    before = decided(engine)

    back_and_forth(engine, database_url, "0016")

    assert len(before) > 5
    assert decided(engine) == before
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            assert not connection.execute(text("PRAGMA foreign_key_check")).all()


def test_an_older_database_knows_nothing_of_texts_withheld_and_people_erased(engine: Engine, database_url: str) -> None:
    """Such decisions go, with what takes them back; the others stay, and nothing is withheld any more."""
    made = [Prepared.of(one) for one in articles(0, 8)]
    load.store(engine, load.begin(engine, "made up", NOW), made, [], {"article: added": 8})
    with engine.connect() as connection:
        article = connection.execute(select(tables.Article.id).limit(1)).scalar_one()
        people = list(connection.execute(select(tables.Person.id).order_by(tables.Person.id).limit(3)).scalars())
    merge_speakers(engine, people[0], people[1:2], by="ada", at=NOW)
    before = decided(engine)
    withhold_articles(engine, [article], called="it", by="ada", at=NOW, reason="a licence")
    revert(engine, erase(engine, people[2], by="ada", at=NOW, reason="asked"), by="ada", at=NOW)

    back_and_forth(engine, database_url, "0018")

    assert decided(engine) == before
    with engine.connect() as connection:
        assert set(connection.execute(select(tables.Article.withheld)).scalars()) == {False}


def test_articles_from_before_have_a_record_with_all_that_is_known_of_them(engine: Engine, database_url: str) -> None:
    """As their first load gave it, their place and the time of day aside."""
    some = list(articles(0, 3))
    run = load.begin(engine, "made up", NOW)
    load.store(engine, run, [Prepared.of(one) for one in some], [], {"article: added": 3})

    back_and_forth(engine, database_url, "0015")

    with writing(engine) as connection:
        found = given.of(connection, [one.article.raw.id for one in some])
    expected = {one.article.raw.id: one.article.raw for one in some}
    assert {one.article: told(one.raw) for one in found} == {key: told(raw) for key, raw in expected.items()}
    assert {one.load for one in found} == {run.id}


def told(raw: RawArticle) -> tuple[object, ...]:
    """What a record says of its article."""
    return raw.text, raw.source, raw.url, raw.external_id, raw.headline, raw.published_on, raw.authors
