"""A content as stored: from its first word to its last."""

import pytest

from etl.extract.wording import worded, words
from etl.records import Span
from schema.enums import StatementKind

DIRECT, INDIRECT, MIXED = StatementKind.DIRECT, StatementKind.INDIRECT, StatementKind.MIXED


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        ("“We lost.”", DIRECT, "We lost"),
        ("“We lost,”", DIRECT, "We lost"),
        ("“We lost!”", DIRECT, "We lost!"),
        ("“Did we lose?”", DIRECT, "Did we lose?"),
        ("''We lost,''", DIRECT, "We lost"),
        ("“We lost", DIRECT, "We lost"),
        ("we lost.”", DIRECT, "we lost"),
        ("that she lives in the U.S.", INDIRECT, "that she lives in the U.S."),
        ("the vote was lost —", INDIRECT, "the vote was lost"),
        ("the vote (of Monday).", INDIRECT, "the vote (of Monday)"),
        ("“a small number” of nurses would come", MIXED, "“a small number” of nurses would come"),
        ("it had been “a disgrace.”", MIXED, "it had been “a disgrace.”"),
        ("“They cried ‘stop’”", DIRECT, "They cried ‘stop’"),
        ("the workers’", INDIRECT, "the workers’"),
        ("“We lost the\r\nvote.”", DIRECT, "We lost the vote"),
    ],
)
def test_content_is_cut_to_its_words(content, kind, expected):
    spans = worded(content, [Span(0, len(content))], kind)

    assert words(content, spans) == expected


def test_pieces_without_a_word_are_dropped():
    text = "“We lost,” — …"

    assert worded(text, [Span(0, 10), Span(11, len(text))], DIRECT) == (Span(1, 8),)


def test_a_full_stop_between_two_sentences_stays():
    spans = worded("“We lost. We cried.” She left. “We tried.”", [Span(0, 20), Span(31, 42)], DIRECT)

    assert words("“We lost. We cried.” She left. “We tried.”", spans) == "We lost. We cried. We tried"


def test_a_full_stop_after_the_mark_of_a_first_piece_is_not_drawn_in():
    text = "“We lost”. “We tried.”"

    assert words(text, worded(text, [Span(0, 9), Span(11, len(text))], DIRECT)) == "We lost We tried"


def test_the_conjunction_a_content_begins_with_is_cut():
    text = "that, in her view, the vote was lost"

    assert words(text, worded(text, [Span(0, len(text))], INDIRECT, Span(0, 4))) == "in her view, the vote was lost"


def test_straight_single_marks_are_cut():
    text = "'We lost,'"

    assert words(text, worded(text, [Span(0, len(text))], DIRECT)) == "We lost"


def test_pieces_are_joined_by_one_space():
    text = "“We lost,” she said. “We tried.”"

    spans = worded(text, [Span(0, 10), Span(21, len(text))], DIRECT)

    assert words(text, spans) == "We lost We tried"


def test_a_piece_in_marks_of_a_mixed_content_keeps_them():
    text = "the plan, she said, was “a farce.”"

    spans = worded(text, [Span(0, 8), Span(24, len(text))], MIXED)

    assert words(text, spans) == "the plan “a farce.”"
