"""Our labelled pairs: floors for precision and recall on either half, and what the pairs must hold."""

from collections import Counter

import pytest

from etl.copies.bands import bands
from tests.etl.copies.labelled import RELATED, editions, figures, found, pairs, precision, recall, wanted_of


@pytest.mark.parametrize("half", ["dev", "held"])
def test_copies_are_told_from_other_texts(half: str) -> None:
    """Precision 0.99 at recall 0.95, candidates by their keys included, and each called what it is."""
    counts = figures(half)
    assert precision(counts) >= 0.99, counts
    assert recall(counts) >= 0.95, counts
    assert counts["mistyped"] <= 1, counts


def test_the_pairs_are_many_and_of_every_kind() -> None:
    """300 pairs, 100 copies, 50 stories in other words, and the other look-alikes."""
    labels = Counter(pair.label for pair in pairs())
    assert labels.total() >= 300
    assert labels["copy"] >= 100
    assert labels["in other words"] >= 50
    assert min(labels.values()) >= 20


def test_the_halves_share_no_base_text() -> None:
    """What thresholds were chosen on is not measured again."""
    names: dict[str, set[str]] = {"dev": set(), "held": set()}
    for pair in pairs():
        for side in (pair.a, pair.b):
            names[pair.half] |= {name.split("#")[0].split(">")[0].rstrip("+") for name in side.text.split("&")}
    assert not names["dev"] & names["held"]


def test_every_text_that_is_one_shares_a_key() -> None:
    """No pair labelled as one text is lost before it is compared."""
    lost = []
    for pair in pairs():
        a, b = editions(pair)
        if pair.label in RELATED and not set(bands(a.wording)) & set(bands(b.wording)):
            lost.append(pair)
    assert not lost


def test_the_same_story_in_other_words_is_no_copy() -> None:
    """Two reporters share the quotations and nothing else: never a copy, on either half."""
    assert not [pair for pair in pairs() if pair.label == "in other words" and found(pair)]
    assert all(wanted_of(pair) == "" for pair in pairs() if pair.label == "in other words")
