"""Migrations go up from nothing and down again, and equal the tables, on both databases."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, inspect, text

from etl import load
from etl.load.prepared import Prepared
from etl.load.rows import table_of
from schema import tables
from schema.database import engine_for, writing
from schema.dates import parse_edtf
from schema.errors import DatabaseError
from schema.migrate import check_current, migrate
from schema.tables import metadata
from tests.bench.made_up import articles


def structure(engine: Engine) -> dict[str, object]:
    """Every table, column, key, index and check of a database, as comparable values."""
    inspector = inspect(engine)

    def plain(items: list[dict[str, object]]) -> list[str]:
        # SQLAlchemy's text clauses have no readable repr of their own; str() gives their SQL.
        return sorted(
            re.sub(r"\s+", " ", str(sorted((key, str(value)) for key, value in item.items()))) for item in items
        )

    return {
        table: (
            plain([{**column, "type": repr(column["type"])} for column in inspector.get_columns(table)]),
            repr(inspector.get_pk_constraint(table)),
            plain(inspector.get_foreign_keys(table)),
            plain(inspector.get_unique_constraints(table)),
            plain(
                [{**i, **i.get("dialect_options", {}), "dialect_options": None} for i in inspector.get_indexes(table)]
            ),
            plain(inspector.get_check_constraints(table)),
        )
        for table in inspector.get_table_names()
        if table != "alembic_version"
    }


def test_migrations_from_nothing_equal_the_tables(empty_database_url: str) -> None:
    """Column for column, key for key, check for check."""
    engine = engine_for(empty_database_url)
    metadata.create_all(engine)
    from_tables = structure(engine)
    metadata.drop_all(engine)
    engine.dispose()

    migrate(empty_database_url)

    engine = engine_for(empty_database_url)
    from_migrations = structure(engine)
    engine.dispose()
    assert sorted(from_migrations) == sorted(from_tables)
    for table, expected in from_tables.items():
        assert from_migrations[table] == expected, table


def test_down_takes_every_table_away_and_up_brings_them_back(database_url: str) -> None:
    """A migration that cannot be undone would be found in production."""
    migrate(database_url, "base")
    engine = engine_for(database_url)
    assert inspect(engine).get_table_names() == ["alembic_version"]

    before, after = migrate(database_url)

    assert before is None
    assert after is not None
    assert set(metadata.tables) <= set(inspect(engine).get_table_names())
    engine.dispose()


def test_stored_outlets_get_the_name_by_which_they_are_quoted(database_url: str) -> None:
    """Those loaded before the column was there, the unknown one aside."""
    names = ("The Castlebury Post", "NORWIRE (invented)", "Unknown source")
    migrate(database_url, "base")
    migrate(database_url, "0002")
    engine = engine_for(database_url)
    with engine.begin() as connection:
        for name in names:
            connection.execute(
                text("INSERT INTO source (id, name, folded, known) VALUES (:id, :name, :folded, :known)"),
                {"id": uuid4().hex, "name": name, "folded": name.lower(), "known": name != "Unknown source"},
            )

    migrate(database_url)

    with engine.connect() as connection:
        stored = connection.execute(text("SELECT name, masthead FROM source"))
        assert {row.name: row.masthead for row in stored} == dict(
            zip(names, ("castlebury post", "norwire", ""), strict=True)
        )
    engine.dispose()


def test_evidence_is_the_same_after_a_way_back_and_forth(engine: Engine, database_url: str) -> None:
    """What the columns of revisions 0013 and 0014 hold, is made of what was there before; an article of before 1970."""
    made = list(articles(400, 100))
    raw = replace(made[0].article.raw, published_on=parse_edtf("1969-07-20"))
    older = replace(made[0], article=replace(made[0].article, raw=raw))
    run = load.begin(engine, "test", datetime(2026, 1, 1, tzinfo=UTC))
    load.store(engine, run, [Prepared.of(one) for one in (*made[1:], older)], [], {"article: added": len(made)})
    evidence = (tables.ArticleTerm, tables.ArticleKey, tables.ArticlePair, tables.ReportPair, tables.ReportWindow)

    def stored() -> dict[str, list[str]]:
        with engine.connect() as connection:
            return {
                model.__tablename__: sorted(map(str, connection.execute(table_of(model).select())))
                for model in (*evidence, tables.ProfilePair)
            }

    before = stored()
    with writing(engine, by_key=False) as connection:
        config = Config(toml_file=Path(__file__).resolve().parents[2] / "pyproject.toml")
        config.attributes["connection"] = connection
        command.downgrade(config, "0012")
    migrate(database_url)

    assert all(before.values())
    assert stored() == before


def test_a_second_migration_changes_nothing(database_url: str) -> None:
    """`make run` migrates at every start."""
    before, after = migrate(database_url)

    assert before == after


def test_an_empty_database_is_refused_with_the_way_out(empty_database_url: str) -> None:
    """`quoth serve` on a database nobody migrated."""
    with pytest.raises(DatabaseError, match=r"(is empty|does not exist).* quoth migrate"):
        check_current(empty_database_url)


def test_asking_for_a_file_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    """A mistyped --database would leave an empty file behind."""
    missing = tmp_path / "folder" / "typo.db"

    with pytest.raises(DatabaseError, match=r"typo\.db does not exist; make it: quoth migrate"):
        check_current(f"sqlite:///{missing}")

    assert not missing.parent.exists()


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Neither a traceback nor a changed file."""
    file = tmp_path / "notes.txt"
    file.write_text("no database at all, but long enough to be looked at" * 50)

    with pytest.raises(DatabaseError, match=r"notes\.txt: file is not a database"):
        migrate(f"sqlite:///{file}")


def test_a_current_database_is_accepted(database_url: str) -> None:
    """No false alarm."""
    check_current(database_url)


def test_a_newer_database_is_refused(engine: Engine, database_url: str) -> None:
    """Somebody went back to an older Quoth."""
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(DatabaseError, match=r"revision 9999, made by a newer Quoth"):
        migrate(database_url)
