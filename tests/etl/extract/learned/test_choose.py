"""Which readings of a text stay."""

import pytest

from etl.extract.learned.choose import Candidate, choose, confidence
from etl.extract.learned.decode import Reading


def reading(anchor=0.9, cue=0.9, source=0.9, content=0.9):
    return Reading(1, ((0, 1),), ((1, 2),), ((2, 5),), anchor, cue, source, content)


def candidate(content, cue, sure, outer=None):
    return Candidate(0, (), (cue,), (content,), reading(), sure, outer)


def test_surest_of_two_that_share_a_word_stays():
    weak, strong = candidate((2, 9), (1, 2), 0.5), candidate((5, 9), (4, 5), 0.8)

    assert choose([weak, strong], 0.3) == [strong]


def test_content_may_not_hold_the_cue_of_a_surer_one():
    strong, weak = candidate((6, 9), (5, 6), 0.8), candidate((2, 6), (1, 2), 0.5)

    assert choose([weak, strong], 0.3) == [strong]


def test_what_is_said_within_a_content_is_another_text():
    outer, inner = candidate((2, 9), (1, 2), 0.8), candidate((5, 9), (4, 5), 0.7, outer=0)

    assert choose([outer, inner], 0.3) == [outer, inner]


def test_unlikely_one_does_not_stay():
    assert choose([candidate((2, 9), (1, 2), 0.29)], 0.3) == []


def test_those_that_stay_are_in_text_order():
    late, early = candidate((20, 25), (19, 20), 0.9), candidate((2, 9), (1, 2), 0.5)

    assert choose([late, early], 0.3) == [early, late]


def test_ranges_of_a_window_become_ranges_of_the_doc():
    # a content in two pieces was read as one window: words 4, 5 and 9, 10 of the doc
    one = Candidate.of(Reading(0, (), ((0, 1),), ((1, 4),), 0.9, 0.9, 0.9, 0.9), 7, (4, 5, 9, 10), None, 0.6)

    assert one.cue == ((4, 5),)
    assert one.content == ((5, 6), (9, 11))


@pytest.mark.parametrize(("part", "less"), [("anchor", 0.2), ("content", 0.5), ("source", 0.4)])
def test_confidence_falls_with_each_part(part, less):
    weights = {"anchor": 1.0, "cue": 0.2, "source": 0.5, "content": 1.5, "bias": -1.0}

    assert confidence(reading(**{part: less}), weights) < confidence(reading(), weights)


def test_confidence_of_a_sure_zero_is_a_number():
    assert 0 < confidence(reading(anchor=0.0), {"anchor": 1, "cue": 1, "source": 1, "content": 1, "bias": 0}) < 0.5
