"""Pairing quotation marks: every kind, every odd count."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract.marks import quoted, unclosed_marks


def found(text):
    return [text[quote.start : quote.end] for quote in quoted(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We lost,” she said. “We tried.”", ["“We lost,”", "“We tried.”"]),
        ('"We lost," she said. "We tried."', ['"We lost,"', '"We tried."']),
        ("''We lost,'' she said.", ["''We lost,''"]),
        ("``We lost,'' she said.", ["``We lost,''"]),
        ("«We lost», she said.", ["«We lost»"]),
        ("„We lost“, she said.", ["„We lost“"]),
        ("” We lost,” she said.", []),
        ("‘We don’t give up the workers’ pay,’ she said.", ["‘We don’t give up the workers’ pay,’"]),
        ("“They cried ‘stop’ at us,” she said.", ["“They cried ‘stop’ at us,”"]),
        ("‘It is no “reform” but a cut,’ she said.", ["‘It is no “reform” but a cut,’"]),
        ("‘It is no “reform”,’ she said, ‘and I fear it.’", ["‘It is no “reform”,’", "‘and I fear it.’"]),
        ("The board ‘greatly appreciates’ the boats.", ["‘greatly appreciates’"]),
        ("'We will go,' she said of the workers' pay.", ["'We will go,'"]),
        ("The workers' pay and 'Twas the night", []),
        ('A 6" pipe and a 5\' 10" man', []),
        ("Rock ‘n’ roll of the ‘90s", []),
        ("It’s the workers’ own", []),
    ],
)
def test_each_kind_of_mark_is_paired(text, expected):
    assert found(text) == expected


def test_a_quotation_never_closed_ends_with_its_paragraph():
    text = "“We lost, she said.\n\nThe hall was silent."

    assert found(text) == ["“We lost, she said."]
    assert unclosed_marks(text) == 1


def test_a_quotation_over_two_paragraphs_is_closed_by_the_last_one():
    text = "“We lost.\n\n“We tried,” she said."

    first, second = quoted(text)

    assert first.goes_on
    assert not first.closed
    assert second.closed
    assert unclosed_marks(text) == 0


def test_a_straight_mark_that_opens_again_leaves_the_first_unclosed():
    text = '"We lost. "We tried," she said.'

    assert found(text) == ['"We lost.', '"We tried,"']
    assert unclosed_marks(text) == 1


def test_a_wrapped_line_does_not_end_a_quotation():
    text = "“We lost the\nvote,” she said."

    assert found(text) == ["“We lost the\nvote,”"]


@given(st.text(alphabet="“”\"'‘’«»„`a. \n\r", max_size=60))
def test_no_count_of_marks_raises_and_quotations_never_overlap(text):
    quotes = quoted(text)

    assert all(0 <= quote.start < quote.end <= len(text) for quote in quotes)
    assert all(one.end <= other.start for one, other in pairwise(quotes))
