"""The clock of the outlet: an instant is read on it, so that "Monday" is the outlet's."""

import json
from datetime import UTC, datetime

import pytest

from etl.errors import OptionError
from etl.read import Defaults, read
from etl.records import RawArticle, Refused
from schema.dates import in_zone, parse_edtf

NOW = datetime(2022, 1, 20, tzinfo=UTC)


def only(tmp_path, defaults=None, **fields):
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"text": "A boat came.", **fields}), encoding="utf-8")
    (record,) = read([path], defaults or Defaults(), now=NOW)
    return record.item


@pytest.mark.parametrize(
    ("published_on", "zone", "wanted"),
    [
        ("2022-01-18T03:30:00Z", "America/Toronto", "2022-01-17T22:30:00-05:00"),
        ("2022-01-17T23:30:00Z", "Australia/Sydney", "2022-01-18T10:30:00+11:00"),
        ("2021-07-01T23:30:00Z", "Europe/London", "2021-07-02T00:30:00+01:00"),
        ("2022-01-17", "America/Toronto", "2022-01-17"),
        ("2022-01", "America/Toronto", "2022-01"),
    ],
)
def test_an_instant_is_written_on_the_outlets_clock(tmp_path, published_on, zone, wanted):
    """Days and months are the outlet's already."""
    article = only(tmp_path, published_on=published_on, timezone=zone)

    assert isinstance(article, RawArticle)
    assert article.published_on.value == wanted
    assert article.published_on.earliest == parse_edtf(published_on).earliest


def test_the_command_line_lends_a_zone(tmp_path):
    """As it lends every field."""
    article = only(tmp_path, Defaults(timezone="America/Toronto"), published_on="2022-01-18T03:30:00Z")

    assert article.published_on.day.isoformat() == "2022-01-17"


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../etc/passwd", "America", "a\\b"])
def test_what_is_no_zone_is_refused_with_the_way_out(tmp_path, zone):
    """Never read as a file name, either."""
    refused = only(tmp_path, timezone=zone)

    assert isinstance(refused, Refused)
    assert refused.reason == "bad-timezone"
    assert "give one such as Europe/London" in refused.detail
    with pytest.raises(OptionError, match="--timezone"):
        only(tmp_path, Defaults(timezone=zone))


def test_the_ends_of_the_calendar_stay_as_they_are():
    """Year 10000 has no date."""
    last = parse_edtf("9999-12-31T23:30:00Z")

    assert in_zone(last, datetime.now().astimezone().tzinfo) is not None
