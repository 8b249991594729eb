"""The line that opens agency copy: its agency, and the day against which "Monday" is read."""

from datetime import date

import pytest

from etl.resolve.dateline import dateline_agency, dateline_day, dateline_end
from schema.dates import parse_edtf

DAYS = [
    # (text, published, day)
    # printed two days after its dateline
    ("HARLOW, May 3 (Norwire) - A boat came.", "2023-05-05", date(2023, 5, 3)),
    ("WASHINGTON, Dec. 31 (UPI) — A boat came.", "2022-01-02T08:00:00Z", date(2021, 12, 31)),
    ("Boats come\n\nHARLOW, Skerrand, 3 May — A boat came.", "2023-05-05", date(2023, 5, 3)),
    # the day of a month that is known
    ("HARLOW, May 3 (Norwire) - A boat came.", "2023-05", date(2023, 5, 3)),
    ("HARLOW, May 3 (Norwire) - A boat came.", "2023", date(2023, 5, 3)),
    # a year of its own
    ("HARLOW, May 3, 2023 (Norwire) - A boat came.", None, date(2023, 5, 3)),
    # no day, no year, no dateline, or one that does not fit
    ("HARLOW (Norwire) - A boat came.", "2023-05-05", date(2023, 5, 5)),
    ("HARLOW, May 3 (Norwire) - A boat came.", None, None),
    ("A boat came on May 3 - and left.", "2023-05-05", date(2023, 5, 5)),
    ("HARLOW, May 3 (Norwire) - A boat came.", "2023-06-20", date(2023, 6, 20)),
    ("HARLOW, May 3 (Norwire) - A boat came.", "2023-07", None),
    ("A boat came.", "2023-05", None),
    ("A boat came.", None, None),
]


@pytest.mark.parametrize(("text", "published", "wanted"), DAYS)
def test_the_day_that_expressions_are_read_against(text, published, wanted):
    assert dateline_day(text, parse_edtf(published) if published else None) == wanted


def test_the_agency_of_a_dateline():
    """And where the dateline ends."""
    text = "ARNESUND, Sept 17 (Norwire) - A boat came."

    assert dateline_agency(text) == "Norwire"
    assert text[dateline_end(text) :] == "A boat came."
    assert (dateline_agency("A boat came."), dateline_end("A boat came.")) == (None, 0)


@pytest.mark.model
def test_agency_copy_is_read_against_its_own_day(read):
    """Printed on Friday: "on Thursday" is the one before Wednesday May 3, and the evidence says so."""
    marked = "HARLOW, May 3 (Norwire) - <s1>Dana Ortiz</s1> <k1>said</k1> on Thursday <q1>it was late</q1>."

    own, printed = (read(text, "2023-05-05").attributions[0].said for text in (marked, marked.partition(" - ")[2]))

    assert (own.on.value, own.anchor) == ("2023-04-27", "2023-05-03")
    assert (printed.on.value, printed.anchor) == ("2023-05-04", "2023-05-05")


@pytest.mark.model
def test_a_dateline_alone_dates_no_saying(read):
    """It is when the agency wrote."""
    article = read("HARLOW, May 3 (Norwire) - <s1>Dana Ortiz</s1> <k1>said</k1> <q1>it was late</q1>.", "2023-05-03")

    assert article.attributions[0].said is None
