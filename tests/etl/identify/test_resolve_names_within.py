"""Which mentions are names, and where the name stands in them."""

import pytest

from etl.identify.names_within import name_within, names_among
from etl.records import Span

NAMES = [
    # (mention, the name in it)
    ("Dana Ortiz", "Dana Ortiz"),
    ("Ortiz's", "Ortiz's"),
    ("lawyer Dana Ortiz", "Dana Ortiz"),
    ("Attorney Dana Ortiz", "Dana Ortiz"),
    ("Harbour Trust trustee, Una Fell, M. D.", "Una Fell"),
    ("Una Fell, 40", "Una Fell"),
    ("Una Fell MD", "Una Fell"),
    ("Ivo Brandt, Jr.", "Ivo Brandt, Jr."),
    ("Lucy Baker", "Lucy Baker"),
    ("Vincent van Dorn", "Vincent van Dorn"),
]


@pytest.mark.parametrize(("mention", "name"), NAMES)
def test_the_name_in_a_mention(mention, name):
    found = name_within(Span(0, len(mention)), mention)

    assert found is not None
    assert found.of(mention) == name


@pytest.mark.parametrize(
    "mention",
    [
        "Mayor",
        "She",
        "she'd",
        "Bus Driver",
        "Player of the Year",
        "President-elect",
        "Norwegian",
        "Three",
        "No. 2",
        "he",
    ],
)
def test_what_is_capitalised_and_no_name(mention):
    assert name_within(Span(0, len(mention)), mention) is None


def test_a_noun_is_a_name_where_a_fuller_one_ends_with_it():
    text = "Lucy Baker came. Baker sat down."

    assert set(names_among([Span(0, 10), Span(17, 22)], text)) == {Span(0, 10), Span(17, 22)}
    assert set(names_among([Span(17, 22)], text)) == set()
