"""Words and stems, as merging and grouping compare them."""

import pytest

from etl.stems import denies, stems, telling_stems, words


def test_words_are_folded_and_contractions_written_out() -> None:
    """A denial is seen in "isn't" as in "is not"."""
    assert words("The minister’s U.S. visit isn’t over, she can't CANCEL") == [
        "the", "minister", "us", "visit", "is", "not", "over", "she", "can", "not", "cancel",
    ]  # fmt: skip


def test_inflection_does_not_part_two_wordings() -> None:
    """Ferry and ferries are one."""
    assert stems("ferries sailing") == stems("ferry sails")


def test_telling_stems_leave_grammar_out_and_keep_denials() -> None:
    """Grammar carries no news; a denial does."""
    assert telling_stems("It is not the ferry") == ["not", "ferri"]


@pytest.mark.parametrize(
    ("cue", "expected"),
    [("denied", True), ("has rejected", True), ("did not deny", False), ("said", False), ("", False)],
)
def test_reporting_words_that_deny(cue: str, expected: bool) -> None:
    """ "Denied that" turns the content into its opposite."""
    assert denies(cue) is expected
