"""Probabilities -> which words belong to an anchor."""

import numpy as np
import pytest

from etl.extract.learned.decode import LABELS, best_labels, readings


def sure(*names):
    """Log-probabilities (1, words, 7) of a network that is sure of these labels."""
    share = np.full((1, len(names), len(LABELS)), 0.01, np.float32)
    for word, name in enumerate(names):
        share[0, word, LABELS.index(name)] = 0.94
    return np.log(share)


def read(*names, at, length=None):
    return readings(np.array([0.9], np.float32), sure(*names), np.array([at]), np.array([length or len(names)]))[0]


def test_split_content_is_one_reading_with_two_pieces():
    # "We lost," Ortiz said, "badly"
    reading = read("B-content", "I-content", "B-source", "B-cue", "B-content", at=3)

    assert reading.content_words == ((0, 2), (4, 5))
    assert reading.source_words == ((2, 3),)
    assert reading.cue_words == ((3, 4),)


def test_inside_without_its_beginning_belongs_to_the_run_before_or_begins_one():
    role = sure("O", "I-content", "B-cue")
    labels = best_labels(role, np.array([2]), np.array([3]))

    assert LABELS[labels[0, 1]] in {"B-content", "O"}


def test_only_cue_of_a_reading_begins_at_its_anchor():
    # the network is sure of another cue, which has a reading of its own
    labels = best_labels(sure("B-cue", "O", "O", "B-content"), np.array([2]), np.array([4]))

    assert [LABELS[label] for label in labels[0]][2] == "B-cue"
    assert [LABELS[label] for label in labels[0]].count("B-cue") == 1


def test_anchor_without_content_is_no_reading():
    assert read("B-source", "B-cue", "O", at=1) is None


def test_words_after_the_length_of_a_row_count_for_nothing():
    reading = read("B-source", "B-cue", "B-content", "I-content", at=1, length=3)

    assert reading.content_words == ((2, 3),)


def test_of_two_sources_the_surer_is_taken():
    role = sure("B-source", "B-cue", "B-content", "B-source")
    role[0, 3, LABELS.index("B-source")] = np.log(0.5)

    (reading,) = readings(np.array([0.9], np.float32), role, np.array([1]), np.array([4]))

    assert reading.source_words == ((0, 1),)


def test_nobody_as_source_is_as_sure_as_no_word_begins_one():
    reading = read("B-cue", "B-content", "I-content", at=0)

    assert reading.source_words == ()
    assert reading.source == pytest.approx(0.99**3, abs=1e-3)


def test_probabilities_of_a_reading_are_means_over_its_words():
    reading = read("B-source", "B-cue", "B-content", "I-content", at=1)

    assert reading.anchor == pytest.approx(0.9)
    assert reading.cue == pytest.approx(0.94)
    assert reading.content == pytest.approx(0.95, abs=1e-3)
