"""What is kept of refused records: so long, so many, each once. Both databases."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from etl import load
from etl.load.quarantine import CONTENT_BYTES
from etl.records import Kept, Refused
from etl.settings import QuarantineSettings
from schema import tables
from schema.enums import RecordForm

NOW = datetime(2026, 1, 1, tzinfo=UTC)
REFUSED = "article: refused (bad-date)"
BEYOND, OLD = "rejection: gone (beyond QUOTH_REJECTED_MAX)", "rejection: gone (older than QUOTH_REJECTED_DAYS)"


def a_refusal(place: str, reason: str = "bad-date", content: bytes = b"{}") -> Refused:
    return Refused(place, reason, f"{place}: is of no use", content, Kept(content, form=RecordForm.JSON_LINE))


def refuse(
    engine: Engine, *refused: Refused, day: float = 0, limits: QuarantineSettings = load.AS_SET
) -> Mapping[str, int]:
    """What goes because of a load that refuses these, so many days after the first; by batch and at its end."""
    run = load.begin(engine, "test 1", NOW + timedelta(days=day))
    counted = load.store(engine, run, [], refused, {REFUSED: len(refused)}, limits=limits)
    at_end = load.finish(engine, run, {}, NOW + timedelta(days=day), limits=limits)
    return {name: count for name, count in {**counted, **at_end}.items() if name != REFUSED}


def kept(engine: Engine) -> list[str]:
    """The places of what is in quarantine."""
    with engine.connect() as connection:
        return sorted(connection.execute(select(tables.Rejection.place)).scalars())


def outcomes(engine: Engine) -> list[Mapping[str, int]]:
    """Those of every load, the first one's first."""
    outcome = tables.LoadOutcome
    with engine.connect() as connection:
        ids = list(connection.execute(select(tables.Load.id).order_by(tables.Load.started_at)).scalars())
        counted = connection.execute(select(outcome.load_id, outcome.outcome, outcome.count)).all()
    return [{name: count for load_id, name, count in counted if load_id == key} for key in ids]


def test_the_oldest_go_where_there_are_too_many(engine: Engine) -> None:
    """Counted by the load for whose records they go."""
    limits = QuarantineSettings(most=3)
    refuse(engine, a_refusal("a:1"), a_refusal("a:2"), limits=limits)

    gone = refuse(engine, a_refusal("b:1"), a_refusal("b:2"), day=1, limits=limits)

    assert gone == {BEYOND: 1}
    assert kept(engine) == ["a:2", "b:1", "b:2"]
    assert outcomes(engine) == [
        {"article: refused (bad-date)": 2},
        {"article: refused (bad-date)": 2, BEYOND: 1},
    ]


def test_one_load_alone_may_have_too_many(engine: Engine) -> None:
    gone = refuse(engine, *(a_refusal(f"a:{n}") for n in range(5)), limits=QuarantineSettings(most=2))

    assert gone == {BEYOND: 3}
    assert len(kept(engine)) == 2


def test_a_smaller_limit_counts_from_the_next_load_on(engine: Engine) -> None:
    """One that refuses nothing itself, too; none may be kept."""
    refuse(engine, a_refusal("a:1"), a_refusal("a:2"))

    assert refuse(engine, day=1, limits=QuarantineSettings(most=0)) == {BEYOND: 2}
    assert kept(engine) == []


def test_what_is_too_old_goes_at_the_end_of_a_load(engine: Engine) -> None:
    """By when the load began that refused it: a day more than so many, not so many."""
    limits = QuarantineSettings(days=30)
    refuse(engine, a_refusal("old:1"), a_refusal("old:2"))
    refuse(engine, a_refusal("new:1"), day=1)

    assert refuse(engine, day=30, limits=limits) == {}
    assert refuse(engine, day=30.5, limits=limits) == {OLD: 2}
    assert kept(engine) == ["new:1"]
    assert outcomes(engine)[-1] == {OLD: 2}


def test_the_same_bytes_at_the_same_place_are_one_row_of_the_last_time(engine: Engine) -> None:
    """So it is not old as long as loads bring it; other bytes there are another record."""
    refuse(engine, a_refusal("a:1"))
    refuse(engine, a_refusal("a:1", "no-text"), a_refusal("a:1", content=b"{ }"), day=60)

    refuse(engine, day=91)

    with engine.connect() as connection:
        found = connection.execute(select(tables.Rejection.reason, tables.Rejection.content)).all()
    assert sorted(map(tuple, found)) == [("bad-date", b"{ }"), ("no-text", b"{}")]


def test_what_was_lent_is_kept_up_to_its_limit(engine: Engine) -> None:
    """A manifest may lend whole texts; what is not kept is no whole record."""
    lent = [{"text": "a" * length} for length in (100, CONTENT_BYTES)]
    records = [Kept(b"{}", form=RecordForm.JSON_LINE, encoding="cp1252", lent=one) for one in lent]
    refuse(engine, *(Refused(f"a:{nth}", "r", f"a:{nth}: r", b"", one) for nth, one in enumerate(records)))

    with engine.connect() as connection:
        query = select(tables.Rejection.form, tables.Rejection.encoding, tables.Rejection.lent)
        short, long = connection.execute(query.order_by(tables.Rejection.place)).all()
    assert short == (RecordForm.JSON_LINE, "cp1252", lent[0])
    assert long == (None, None, None)
