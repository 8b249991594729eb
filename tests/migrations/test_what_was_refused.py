"""Records refused before it was kept how they are read again stay in quarantine. Both databases."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine, select

from etl import load
from etl.records import Kept, Refused
from schema import tables
from schema.database import writing
from schema.enums import RecordForm
from schema.migrate import migrate
from tests.etl.load.test_store import NOW

ROOT = Path(__file__).resolve().parents[2]


def test_refused_records_come_through_there_and_back(engine: Engine, database_url: str) -> None:
    """What was lent to them is lost on the way, so they are no whole records; a full row counts as cut."""
    whole = Kept(b"{}\x00\xff", form=RecordForm.JSON_LINE, encoding="cp1252", lent={"source": "The Fjord Post"})
    contents = {"a.jsonl:1": whole, "b.txt": Kept(b"b" * 65_536, cut=True, form=RecordForm.TEXT_FILE)}
    refused = [Refused(place, "bad-date", f"{place}: is none", b"", kept) for place, kept in contents.items()]
    load.store(engine, load.begin(engine, "test 1", NOW), [], refused, {"article: refused (bad-date)": 2})

    with writing(engine, by_key=False) as connection:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "0018")
    migrate(database_url)

    row = tables.Rejection
    with engine.connect() as connection:
        found = connection.execute(
            select(row.place, row.detail, row.content, row.cut, row.form, row.encoding, row.lent).order_by(row.place)
        ).all()
    assert [tuple(one) for one in found] == [
        (place, f"{place}: is none", kept.content, kept.cut, None, None, None) for place, kept in contents.items()
    ]
