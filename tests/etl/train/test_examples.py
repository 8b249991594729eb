"""Marked texts -> what the network learns from. Needs torch, which `pip install -e .[train]` brings."""

import random

import pytest
import spacy

pytest.importorskip("torch", reason="torch is installed for training only")

from etl.extract.learned.decode import LABELS
from etl.extract.learned.network import FOLDER, VOCABULARY
from etl.extract.learned.words import Vocabulary
from etl.train.examples import IGNORED, examples, lesson, lessons, varied


@pytest.fixture(scope="module")
def vocabulary():
    return Vocabulary(FOLDER / VOCABULARY)


def doc_of(text):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp(text)


def at(text, *pieces):
    return [(text.index(piece), text.index(piece) + len(piece)) for piece in pieces]


def marked(text, source, cue, *content):
    return {"source": at(text, source) if source else [], "cue": at(text, cue), "content": at(text, *content)}


SPLIT = "“We lost,” Ortiz said, “badly.”"
NESTED = "Ortiz said that officials had told her the road was shut."


def test_split_content_is_one_anchor_with_two_pieces(vocabulary):
    given = list(examples(doc_of(SPLIT), [marked(SPLIT, "Ortiz", "said", "“We lost,”", "“badly.”")], vocabulary))

    made = lesson(next(iter(lessons(given, vocabulary, longest=190, pieces=512, chance=None))), vocabulary)

    names = [LABELS[label] for label in made.roles[0].tolist() if label != IGNORED]
    assert names.count("B-content") == 2
    assert names[made.at[0]] == "B-cue"
    assert names.count("B-source") == 1


def test_what_is_said_within_a_content_is_learnt_from_the_content_alone(vocabulary):
    outer = marked(NESTED, "Ortiz", "said", "that officials had told her the road was shut")
    inner = marked(NESTED, "officials", "had told", "the road was shut")

    whole, within = examples(doc_of(NESTED), [outer, inner], vocabulary)

    assert len(whole.gold) == 1
    assert within.held is not None
    assert len(within.gold) == 1
    assert within.gold[0].anchor in within.held


def test_anchors_that_fill_a_batch_up_count_for_nothing(vocabulary):
    given = list(examples(doc_of(SPLIT), [marked(SPLIT, "Ortiz", "said", "“We lost,”")], vocabulary))

    made = lesson(next(iter(lessons(given, vocabulary, longest=190, pieces=512, chance=None))), vocabulary)

    assert len(made.row) == 32
    assert (made.roles[1:] == IGNORED).all()


def test_attribution_without_a_cue_cannot_be_learnt(vocabulary):
    (only,) = examples(doc_of(SPLIT), [{"source": [], "cue": [], "content": at(SPLIT, "“We lost,”")}], vocabulary)

    assert only.gold == ()


def test_same_chance_gives_the_same_batches(vocabulary):
    text = "\n\n".join([SPLIT] * 30)
    given = list(examples(doc_of(text), [], vocabulary))

    def held(seed):
        chance = random.Random(seed)
        return [
            [tuple(window.held) for window in batch]
            for batch in lessons(given, vocabulary, longest=60, pieces=256, chance=chance)
        ]

    assert held(1) == held(1)
    assert held(1) != held(2)


def test_varied_text_keeps_its_words_and_what_is_marked(vocabulary):
    (given,) = examples(doc_of(SPLIT), [marked(SPLIT, "Ortiz", "said", "“We lost,”")], vocabulary)

    for number in range(50):
        other = varied(given, vocabulary, random.Random(number))
        assert len(other.words) == len(given.words)
        assert other.gold == given.gold
