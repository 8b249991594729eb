"""Days that come late, and days read against another day than that of publication: what the rows say of them."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from readers import in_this_process
from sqlalchemy import Engine, inspect, select, text

from etl.pipeline import load
from etl.read import Defaults
from schema import tables
from schema.database import engine_for, writing
from schema.migrate import migrate

pytestmark = pytest.mark.model

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TEXT = 'Mayor Una Fell told reporters on Monday that the dam would hold. "It is old," she said.\n'


def stored(engine: Engine, folder: Path, words: str, **fields: str) -> list[tuple[str | None, ...]]:
    """The dates of all statements, by their words, after a load of this one article."""
    path = folder / "a.json"
    path.write_text(json.dumps({"text": words, "external_id": "lamp:1", **fields}), encoding="utf-8")
    load(
        engine,
        [path],
        defaults=Defaults(),
        manifest=None,
        now=NOW,
        batch_size=4,
        tell=lambda progress: None,
        reader=in_this_process(),
    )
    statement = tables.Statement
    columns = (statement.said_on, statement.said_basis, statement.said_expression, statement.said_anchor)
    with engine.connect() as connection:
        found = connection.execute(select(*columns).order_by(statement.text))
        return [(row[0], row[1] and row[1].value, row[2], row[3]) for row in found]


def test_a_later_load_that_brings_the_date_fills_the_day_in(engine: Engine, tmp_path: Path) -> None:
    """No anchor, no guess; the expression waits."""
    undated = stored(engine, tmp_path, TEXT)
    dated = stored(engine, tmp_path, TEXT, published_on="2022-01-18")

    assert undated == [(None, "SAME_OCCASION", "on Monday", None), (None, "STATED", "on Monday", None)]
    assert dated == [
        ("2022-01-17", "SAME_OCCASION", "on Monday", "2022-01-18"),
        ("2022-01-17", "STATED", "on Monday", "2022-01-18"),
    ]


def test_the_order_of_the_loads_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    """A record that lacks the date after one that had it takes nothing away."""
    dated = stored(engine, tmp_path, TEXT, published_on="2022-01-18")

    assert stored(engine, tmp_path, TEXT) == dated


def test_the_outlets_clock_and_a_dateline_are_what_days_are_read_against(engine: Engine, tmp_path: Path) -> None:
    """Monday evening in Toronto is Tuesday by UTC; agency copy is older than the paper."""
    clock = stored(engine, tmp_path, TEXT, published_on="2022-01-18T03:30:00Z", timezone="America/Toronto")
    agency = TEXT.replace("Mayor", "OSTRY, Jan 12 (Norwire) - Mayor")
    dateline = stored(engine, tmp_path, agency, published_on="2022-01-18", external_id="lamp:2")

    assert {row[0] for row in clock} == {"2022-01-17"}
    assert {row[3] for row in clock} == {"2022-01-17T22:30:00-05:00"}
    assert {(row[0], row[3]) for row in dateline} - {(row[0], row[3]) for row in clock} == {
        ("2022-01-10", "2022-01-12")
    }


def test_a_database_of_before_gets_its_anchors_and_loses_no_row(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """Revision 0001 had no column for what an expression was read against: it was the publication date."""
    stored(engine, tmp_path, TEXT, published_on="2022-01-18")
    before = _rows(engine)
    engine.dispose()

    _to_revision(database_url, "0001")
    older = _rows(engine)
    engine.dispose()
    migrate(database_url)

    assert {name: count for name, count in older.items() if count != before[name]} == {}
    assert _rows(engine) == before
    with engine.connect() as connection:
        assert set(connection.execute(select(tables.Report.said_anchor)).scalars()) == {"2022-01-18"}


def _rows(engine: Engine) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in inspect(connection).get_table_names()
            # Offices, keys of sentences and annotations are read from the text: they come back with the next load.
            if name not in ("office_count", "article_key", "annotation")
        }


def _to_revision(url: str, revision: str) -> None:
    engine = engine_for(url)
    with writing(engine) as connection:
        config = Config(toml_file=Path(__file__).resolve().parents[3] / "pyproject.toml")
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
    engine.dispose()
