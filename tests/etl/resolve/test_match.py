"""The table of evidence: each question alone, and the weights together."""

from collections import Counter

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from etl.records import CleanArticle, RawArticle
from etl.resolve.features import Candidate, Reference, country_differs, gender_differs, office_agrees, office_alike
from etl.resolve.match import match
from etl.resolve.names import parse_name
from etl.resolve.people import Person
from etl.resolve.reading import Reading, read
from etl.resolve.trail import Trail
from etl.resolve.weights import FEATURES


def a_candidate(name: str = "Ben Wallace", *, roles: tuple[str, ...] = (), country: str | None = None) -> Candidate:
    person = Person(f"person:{name}", parse_name(name), name, Counter([name]), list(roles))
    if country:
        person.countries.add(country)
    return Candidate(person, traces=(), rank=0, sentences_back=1, spoke_last=False)


def a_reading(blank: Language, sentences: list[str]) -> Reading:
    """Sentences of "word/POS/dep": a compound hangs on the next word, all else on the first of its sentence."""
    words, pos, deps, heads, starts = [], [], [], [], []
    for sentence in sentences:
        first = len(words)
        for i, token in enumerate(sentence.split()):
            word, tag, dep = token.split("/")
            words.append(word)
            pos.append(tag)
            deps.append(dep)
            heads.append(first + i + 1 if dep == "compound" else first)
            starts.append(i == 0)
    doc = Doc(blank.vocab, words=words, pos=pos, deps=deps, heads=heads)
    return read(CleanArticle(RawArticle(place="test", text=doc.text), "en"), doc)


@pytest.mark.parametrize(
    ("noun", "roles", "agrees", "alike"),
    [
        ("minister", ("British Minister of Defence",), 1.0, 0.0),
        ("minister", ("Defence Secretary",), 0.0, 1.0),
        ("senator", ("Defence Secretary",), 0.0, 0.0),
        ("", ("Defence Secretary",), 0.0, 0.0),
    ],
)
def test_an_office_agrees_or_is_alike(blank, noun, roles, agrees, alike):
    reading = a_reading(blank, ["he/PRON/nsubj"])
    reference, candidate = Reference(reading.doc[0], noun, "", None), a_candidate(roles=roles)

    assert office_agrees(reference, candidate, reading) == agrees
    assert office_alike(reference, candidate, reading) == alike


def test_an_unknown_country_differs_from_none(blank):
    reading = a_reading(blank, ["he/PRON/nsubj"])
    reference = Reference(reading.doc[0], "minister", "", "Russia")

    assert country_differs(reference, a_candidate(), reading) == 0.0
    assert country_differs(reference, a_candidate(country="United Kingdom"), reading) == 1.0


def test_gender_comes_from_the_given_name(blank):
    reading = a_reading(blank, ["she/PRON/nsubj"])
    reference = Reference(reading.doc[0], "", "female", None)

    assert gender_differs(reference, a_candidate("Ben Wallace"), reading) == 1.0
    assert gender_differs(reference, a_candidate("Quorra Wallace"), reading) == 0.0


def test_a_pronoun_goes_to_the_nearest_subject_of_its_gender(blank):
    reading = a_reading(
        blank,
        [
            "met/VERB/ROOT Mary/PROPN/compound Smith/PROPN/nsubj then/ADV/advmod Peter/PROPN/compound Jones/PROPN/dobj",
            "said/VERB/ROOT she/PRON/nsubj",
        ],
    )

    found = match(Reference(reading.doc[7], "", "female", None), Trail(reading).before(7, 6), reading, None)

    assert found is not None
    assert found.person.name == "Mary Smith"
    assert 0 < found.score <= 1
    assert "gender_agrees" in found.reason.detail


def test_a_pronoun_with_nobody_of_its_gender_refers_to_nobody(blank):
    reading = a_reading(
        blank, ["left/VERB/ROOT Peter/PROPN/compound Jones/PROPN/nsubj", "said/VERB/ROOT she/PRON/nsubj"]
    )

    assert match(Reference(reading.doc[4], "", "female", None), Trail(reading).before(4, 6), reading, None) is None


def test_a_description_needs_more_than_being_named_nearest(blank):
    reading = a_reading(
        blank, ["left/VERB/ROOT Peter/PROPN/compound Jones/PROPN/nsubj", "said/VERB/ROOT the/DET/det coach/NOUN/nsubj"]
    )

    assert match(Reference(reading.doc[5], "coach", "", None), Trail(reading).before(5, 6), reading, None) is None


def test_every_question_explains_itself():
    assert all(feature.func.__doc__ for feature in FEATURES)
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)
