"""What the network is given of a doc."""

from itertools import pairwise

import numpy as np
import pytest
import spacy
from spacy.tokens import Doc

from etl.extract.learned.network import FOLDER, VOCABULARY
from etl.extract.learned.words import OVERLAP, Vocabulary, parts, windows, words_of


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(FOLDER / VOCABULARY)


@pytest.fixture(scope="module")
def blank():
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Élysée", ["elysee"]),
        ("don’t", ["don", "’", "t"]),
        ("''", ['"']),
        ("U.S.", ["u", ".", "s", "."]),
        ("3,000", ["3", ",", "000"]),
    ],
)
def test_word_is_cut_as_the_encoder_was_trained_to_read(word, expected):
    assert list(parts(word)) == expected


def test_letter_of_another_script_is_unknown(vocabulary):
    assert vocabulary.of("щ") == (vocabulary.unknown,)


def test_white_space_is_no_word(blank, vocabulary):
    doc = blank("Ortiz  said:\n\n“No.”")

    words = words_of(doc, vocabulary)

    assert [doc[int(token)].text for token in words.token] == ["Ortiz", "said", ":", "“", "No", ".", "”"]


def test_columns_say_how_a_word_looks_and_where_it_stands(blank, vocabulary):
    words = words_of(blank("Ortiz said “no”. BBC: 12"), vocabulary)

    assert words.shape.tolist() == [3, 1, 4, 1, 4, 0, 2, 0, 5]
    assert words.quote.tolist() == [0, 0, 1, 1, 1, 0, 0, 0, 0]
    assert words.start.tolist()[0] == 2
    assert words.start.tolist()[6] == 1


def test_windows_hold_every_word_and_break_between_paragraphs(blank, vocabulary):
    doc = blank("\n\n".join(["Ortiz said the vote was lost and went home."] * 9))
    words = words_of(doc, vocabulary)

    found = windows(words, 40)

    assert sorted({number for begin, end in found for number in range(begin, end)}) == list(range(len(words)))
    assert all(words.start[begin] == 2 for begin, _ in found)


def test_paragraph_too_long_is_cut_at_sentences_that_are_read_twice(blank, vocabulary):
    words = words_of(blank("Ortiz said the vote was lost. " * 60), vocabulary)

    found = windows(words, 190)

    assert len(found) > 1
    assert all(sum(len(words.pieces[k]) for k in range(a, b)) <= 190 for a, b in found)
    assert all(words.start[begin] for begin, _ in found)
    for (_, end), (begin, _) in pairwise(found):
        assert 0 < end - begin <= OVERLAP


def test_sentence_before_a_colon_is_read_with_what_it_announces(blank, vocabulary):
    text = "The town was quiet. " * 3 + "\n\nOrtiz clarified:\n\n" + "We lost and we are sorry. " * 8
    words = words_of(blank(text), vocabulary)

    found = windows(words, 60)

    first = next(k for k in range(len(words)) if words.ends_with_colon[k])
    assert any(begin < first < end for begin, end in found)


def test_one_endless_sentence_is_cut_anywhere(blank, vocabulary):
    words = words_of(blank("and so " * 400), vocabulary)

    assert all(sum(len(words.pieces[k]) for k in range(a, b)) <= 190 for a, b in windows(words, 190))


def test_doc_of_white_space_has_no_window(blank, vocabulary):
    assert windows(words_of(blank(" \n "), vocabulary), 190) == []
    assert windows(words_of(Doc(blank.vocab), vocabulary), 190) == []


def test_cuts_vary_the_windows_and_lose_no_word(blank, vocabulary):
    words = words_of(blank("\n\n".join(["Ortiz said the vote was lost and went home."] * 30)), vocabulary)

    found = windows(words, 190, [50, 120, 190])

    assert found != windows(words, 190)
    assert np.array_equal(sorted({k for a, b in found for k in range(a, b)}), np.arange(len(words)))
