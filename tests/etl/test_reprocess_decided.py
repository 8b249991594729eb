"""What people decided holds for what a newer method finds of stored articles. Both databases."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl.changes import Changes, How
from etl.load import deciding
from schema import tables
from schema.database import rehearsing
from schema.global_ids import decode, encode
from tests.etl.load.test_successors import answers
from tests.etl.test_dry_run import feeds, graph
from tests.etl.test_reprocess import OLD, found_less, loaded, reprocessed, told_by
from tests.recorded import NOW, on_record


def test_what_people_decided_holds_for_what_is_found_now(engine: Engine, database_url: str, tmp_path: Path) -> None:
    """Of a report that is found again, and of one that ends a word later: its id answers with the one of now."""
    loaded(engine, feeds(tmp_path)[0], method=OLD, reader=found_less)
    before = graph(engine)["reports"]
    with engine.connect() as connection, connection.begin() as transaction:
        reprocessed(connection)
        after = graph_of(connection)
        transaction.rollback()
    same = min(before.keys() & after)
    longer = min(before.keys() - after)
    deciding.reject_report(engine, UUID(same), by="ada", at=NOW)
    deciding.reattribute(engine, UUID(longer), None, by="ada", at=NOW)

    reprocessed(engine)

    found = graph(engine)["reports"]
    assert found[same]["withdrawn_at"]
    encoded = encode("Report", UUID(longer))
    now = str(decode(str(answers(database_url, [encoded])[encoded])).uuid)
    assert found[now]["text"].startswith(before[longer]["text"])
    assert len(found[now]["text"]) > len(before[longer]["text"])
    assert graph(engine)["statements"][found[now]["statement_id"]]["speaker_id"] is None


def graph_of(connection: Connection) -> set[str]:
    return {str(key) for key in connection.execute(select(tables.Report.id)).scalars()}


def test_decisions_about_what_is_not_found_any_more_are_told(engine: Engine, tmp_path: Path) -> None:
    """And those about what is found again are not."""
    loaded(engine, feeds(tmp_path)[0], method=OLD, reader=on_record)
    before = graph(engine)["reports"]
    with rehearsing(engine) as connection:
        gone = told_by(connection, reader=found_less)["reports"][How.GONE]
    kept = deciding.reject_report(engine, UUID(min(before.keys() - gone)), by="ada", at=NOW)
    lost = deciding.reject_report(engine, UUID(min(gone)), by="ada", at=NOW)

    with Changes.of_a_run() as changes:
        changes.look_before(engine, lambda read, total: None)
        reprocessed(engine, reader=found_less)
        changes.look_after(engine, lambda read, total: None)
        (told,) = changes.decided(engine)

    assert str(lost) in told
    assert str(kept) not in told
    with engine.connect() as connection:
        assert lost in set(connection.execute(select(tables.Decision.id)).scalars())
