"""DateTime, EDTF and URL: what comes in and what goes out."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from schema.graphql.errors import BadUserInputError
from schema.graphql.scalars import EDTF, SCALARS, URL

DATETIME = SCALARS[datetime]


def test_instants_are_published_in_utc() -> None:
    noon = datetime(2022, 1, 17, 12, tzinfo=timezone(timedelta(hours=2)))

    assert DATETIME.serialize(noon) == "2022-01-17T10:00:00Z"


@pytest.mark.parametrize("text", ["2022-01-17T10:00:00Z", "2022-01-17T12:00:00+02:00", "2022-01-17T10:00:00.000Z"])
def test_instants_of_any_zone_are_read(text: str) -> None:
    assert DATETIME.parse_value(text) == datetime(2022, 1, 17, 10, tzinfo=UTC)


@pytest.mark.parametrize("value", ["2022-01-17", "2022-01-17T10:00:00", "soon", "", 5, None, True, "\0"])
def test_what_is_no_instant_is_refused(value: object) -> None:
    with pytest.raises(BadUserInputError):
        DATETIME.parse_value(value)


@pytest.mark.parametrize("value", ["2022", "2022-01", "2022-01-17", "2022-01-10/2022-01-16", "2022-01-17T09:30:00Z"])
def test_dates_keep_their_precision(value: str) -> None:
    assert SCALARS[EDTF].parse_value(value) == value


@pytest.mark.parametrize("value", ["31/13/2024", "2022-13", "2022-01-16/2022-01-10", "2022~", "", 2022, "\ud800"])
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(BadUserInputError):
        SCALARS[EDTF].parse_value(value)


@pytest.mark.parametrize("value", ["", "news", "//a.example", "mailto:a@b.example", "http://[", 5])
def test_what_is_no_absolute_address_is_refused(value: object) -> None:
    with pytest.raises(BadUserInputError):
        SCALARS[URL].parse_value(value)


def test_an_article_is_found_by_its_address_however_it_was_shared() -> None:
    shared = SCALARS[URL].parse_value("HTTPS://Lamp.example:443/bridge?utm_source=feed#top")

    assert shared == "https://lamp.example/bridge"
