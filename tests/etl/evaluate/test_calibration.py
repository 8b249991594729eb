"""Confidences against what was right: bins, expected error, and a picture that is well-formed and shows both."""

from xml.etree import ElementTree

import pytest

from etl.errors import LabelError
from etl.evaluate.calibration import Answer, Bin, answers, calibration, expected_error, picture, table
from etl.evaluate.corpus import Marked, MarkedArticle
from etl.records import Span

SVG = "{http://www.w3.org/2000/svg}"


def given(*pairs):
    """Answers of (confidence, how many are right, how many there are)."""
    return [Answer(confidence, n < right) for confidence, right, count in pairs for n in range(count)]


def circles_of(root):
    """The circles that stand for a bin: those with a title, which the legend's lack."""
    return [one for one in root.iter(f"{SVG}circle") if one.find(f"{SVG}title") is not None]


def test_confidences_that_hold_have_no_error():
    measured = calibration(given((0.25, 1, 4), (0.5, 5, 10), (0.8, 8, 10)))

    assert measured.error == measured.error_of_widths == pytest.approx(0)


def test_the_error_is_the_mean_distance_over_attributions():
    # Naeini et al. 2015: 10 of 40 are 0.3 too sure, 30 are 0.1 too modest.
    assert expected_error([Bin(10, 0.8, 0.5), Bin(30, 0.6, 0.7)]) == pytest.approx((10 * 0.3 + 30 * 0.1) / 40)


def test_nothing_found_has_no_error_and_no_bins():
    measured = calibration([])

    assert (measured.equal_count, measured.error) == ((), 0.0)
    ElementTree.fromstring(picture(measured))


def test_bins_of_equal_counts_hold_a_tenth_each_wherever_the_confidences_lie():
    measured = calibration([Answer(0.9 + n / 2000, True) for n in range(100)])

    assert [one.count for one in measured.equal_count] == [10] * 10
    assert [one.count for one in measured.equal_width] == [100]


def test_bins_of_equal_width_hold_a_tenth_of_the_scale_and_the_last_one_its_end():
    measured = calibration(given((0.05, 0, 1), (0.1, 1, 1), (0.95, 1, 1), (1.0, 1, 1)))

    assert [(one.count, one.right) for one in measured.equal_width] == [(1, 0.0), (1, 1.0), (2, 1.0)]


def test_equal_confidences_stay_together_so_that_their_order_does_not_matter():
    some = given((0.5, 20, 40), (0.9, 9, 10))

    assert calibration(some) == calibration(some[::-1])
    assert [(one.count, one.right) for one in calibration(some).equal_count] == [(40, 0.5), (10, 0.9)]


def test_one_bin_hides_what_is_wrong_in_two_directions_and_two_do_not():
    measured = calibration(given((0.41, 10, 10), (0.49, 0, 10)))

    assert measured.error_of_widths == pytest.approx(0.05)
    assert measured.error == pytest.approx((0.59 + 0.49) / 2)


def test_the_table_tells_both_errors_and_each_bin():
    lines = list(table(calibration(given((0.8, 5, 10)))))

    assert lines[0].endswith("bins of equal counts: 0.300")
    assert lines[2].split() == ["10", "0.800", "0.500", "+0.300"]
    assert lines[3].endswith("bins of equal widths: 0.300")


def test_the_picture_has_the_error_in_its_title_a_diagonal_and_circles_by_count():
    root = ElementTree.fromstring(picture(calibration(given((0.25, 1, 4), (0.75, 12, 16))), "A & B"))

    assert root.find(f"{SVG}title").text.startswith("A & B: expected calibration error 0.000")
    assert [path for path in root.iter(f"{SVG}path") if path.get("stroke-dasharray")] != []
    few, many = (float(circle.get("r")) for circle in circles_of(root) if circle.get("fill-opacity"))
    assert (few / many) ** 2 == pytest.approx(4 / 16, rel=0.01)
    assert {one.text for one in root.iter(f"{SVG}text")} >= {"confidence", "share that was right", "0.2", "1.0"}


def test_points_stand_where_confidence_and_share_say():
    root = ElementTree.fromstring(picture(calibration(given((0.0, 0, 3), (1.0, 3, 3)))))

    frame = root.findall(f"{SVG}rect")[1]
    left, top, side = (float(frame.get(name)) for name in ("x", "y", "width"))
    places = {(float(one.get("cx")), float(one.get("cy"))) for one in circles_of(root)}
    assert places == {(left, top + side), (left + side, top)}


TEXT = "Ana Ortiz said that the vote was lost. Bo Lind added that the ferry was late."
GOLD = MarkedArticle("a", TEXT, (Marked((Span(15, 37),), (Span(0, 9),)), Marked((Span(53, 76),), (Span(39, 46),))))


def test_right_is_a_content_that_is_found_with_a_source_that_agrees():
    found = [
        Marked((Span(15, 37),), (Span(0, 9),), confidence=0.9),
        Marked((Span(53, 76),), (Span(0, 9),), confidence=0.7),
        Marked((Span(0, 14),), confidence=0.1),
        Marked((Span(37, 38),), confidence=0.5),  # a full stop: no word, counted nowhere
    ]

    assert answers([GOLD], {"a": found}) == [Answer(0.9, True), Answer(0.7, False), Answer(0.1, False)]


def test_an_attribution_without_a_confidence_is_told():
    with pytest.raises(LabelError, match="1 attributions have no confidence, the first in article 'a'"):
        answers([GOLD], {"a": [Marked((Span(15, 37),))]})
