"""A piece points at one place, by a rule that a labeller can keep in mind; where it cannot, it says so."""

import pytest

from etl.evaluate.pieces import PieceError, first_inside, nearest, occurrences, unique
from etl.records import Span

#        0         1         2         3         4         5         6
#        0123456789012345678901234567890123456789012345678901234567890123456
TEXT = "He waits. “It holds,” he said, “and it held,” she said. He left it."
CONTENT = (Span(11, 20), Span(32, 44))


def test_the_text_is_what_the_offsets_below_are_about():
    assert [span.of(TEXT) for span in CONTENT] == ["It holds,", "and it held,"]


def test_a_piece_that_stands_once_is_found():
    assert unique(TEXT, "It holds,") == Span(11, 20)


def test_a_piece_that_stands_twice_must_say_which():
    with pytest.raises(PieceError, match=r"'He' stands 2 times .* \"nth\": 1"):
        unique(TEXT, "He")


def test_nth_counts_from_one_in_the_whole_text():
    assert unique(TEXT, {"text": "He", "nth": 2}) == Span(56, 58)


def test_words_are_whole():
    assert occurrences(TEXT, "it") == [Span(36, 38), Span(64, 66)]  # not in "waits"


def test_a_possessive_ends_where_its_name_does():
    assert occurrences("Ukraine’s army", "Ukraine") == [Span(0, 7)]


def test_a_cue_between_two_pieces_of_content_comes_before_a_nearer_one_behind_them():
    assert nearest(TEXT, "said", CONTENT, CONTENT) == Span(25, 29)


def test_a_source_is_the_occurrence_nearest_to_the_cue():
    text = "He said the dam holds. He left."

    assert nearest(text, "He", [Span(3, 7)], [Span(8, 21)]) == Span(0, 2)


def test_a_piece_inside_the_content_is_neither_source_nor_cue():
    text = "Roe said Roe had said so."

    assert nearest(text, "said", [Span(9, 24)], [Span(9, 24)]) == Span(4, 8)


def test_two_equally_near_occurrences_are_not_guessed_between():
    with pytest.raises(PieceError, match="equally near"):
        nearest("said it said", "said", [Span(5, 7)], [Span(5, 7)])


def test_a_mention_is_the_first_inside_the_content():
    assert first_inside(TEXT, "it", CONTENT) == Span(36, 38)


def test_a_mention_outside_the_content_is_refused():
    with pytest.raises(PieceError, match="not within the content"):
        first_inside(TEXT, "she", CONTENT)


@pytest.mark.parametrize(
    ("piece", "why"),
    [
        ("it holds,", "is not in the text"),
        ("He ", "is no piece"),
        ("", "is no piece"),
        (3, "is no piece"),
        ({"text": "He"}, "is no piece"),
        ({"text": "He", "nth": 0}, "is no piece"),
        ({"text": "He", "nth": 1, "at": 4}, "is no piece"),
        ({"text": "He", "nth": 3}, "number 3 is wanted, but it stands 2 times"),
    ],
)
def test_a_piece_that_points_nowhere_says_why(piece, why):
    with pytest.raises(PieceError, match=why):
        unique(TEXT, piece)
