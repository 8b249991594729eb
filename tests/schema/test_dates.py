"""Dates of the world: what is accepted, what it means, what is refused and why."""

from datetime import UTC, date, datetime

import pytest

from schema.dates import day, interval, parse_edtf
from schema.errors import DateError


@pytest.mark.parametrize(
    ("value", "kept", "earliest", "latest"),
    [
        ("2022", "2022", datetime(2022, 1, 1, tzinfo=UTC), date(2022, 12, 31)),
        ("2022-02", "2022-02", datetime(2022, 2, 1, tzinfo=UTC), date(2022, 2, 28)),
        ("2024-12", "2024-12", datetime(2024, 12, 1, tzinfo=UTC), date(2024, 12, 31)),
        (" 2022-01-17 ", "2022-01-17", datetime(2022, 1, 17, tzinfo=UTC), date(2022, 1, 17)),
        ("2022-01-10/2022-01-16", "2022-01-10/2022-01-16", datetime(2022, 1, 10, tzinfo=UTC), date(2022, 1, 16)),
    ],
)
def test_a_date_keeps_its_precision_and_gives_its_range(
    value: str, kept: str, earliest: datetime, latest: date
) -> None:
    """From the first moment to the last."""
    found = parse_edtf(value)

    assert found.value == kept
    assert found.earliest == earliest
    assert found.latest.date() == latest
    assert found.latest.time().isoformat() == "23:59:59.999999"


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("2022-01-17T09:30:00Z", "2022-01-17T09:30:00Z"),
        ("2022-01-17T09:30:00.5+02:00", "2022-01-17T09:30:00.500000+02:00"),
        ("2022-01-17 09:30", "2022-01-17T09:30:00Z"),
        ("2022-01-17t09:30:00z", "2022-01-17T09:30:00Z"),
    ],
)
def test_an_instant_is_compared_in_utc_and_kept_in_its_zone(value: str, kept: str) -> None:
    """A missing zone means UTC."""
    found = parse_edtf(value)

    assert found.value == kept
    assert found.earliest == found.latest
    assert found.earliest.tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    ["", "Monday", "31/13/2024", "2022-02-30", "2022-13", "2022-1-7", "20220117", "2022-01-17/",
     "2022-01-16/2022-01-10",
     "2022-01-17T25:00:00Z", "0000", "2022-01-17T09:30:00Z/2022-01-18", "１９９９", "0001-01-01T00:00:00+09:00"],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_its_value(value: str) -> None:
    """Neither a guess nor a traceback."""
    with pytest.raises(DateError) as caught:
        parse_edtf(value)

    assert repr(value) in str(caught.value)


def test_the_day_of_a_date_is_its_own_calendar_day() -> None:
    """Half past midnight in Kyiv is that day there, whatever the day in London."""
    assert parse_edtf("2022-01-18T00:30:00+02:00").day == date(2022, 1, 18)
    assert parse_edtf("2022-01").day is None
    assert interval(date(2022, 1, 10), date(2022, 1, 16)).value == "2022-01-10/2022-01-16"
    assert day(date(2022, 1, 17)) == parse_edtf("2022-01-17")
