"""Reporting words between commas: what stands on both sides of them is one quotation."""

import pytest

from etl.annotate import annotate, load_model
from etl.extract import quotations
from etl.records import CleanArticle, RawArticle
from etl.settings import ModelSettings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def found():
    nlp = load_model(ModelSettings(fast=True))

    def of(text):
        ((_, doc),) = annotate([CleanArticle(RawArticle("test", text), "en")], nlp)
        return [
            (*(" | ".join(span.of(text) for span in spans) for spans in (one.source, one.content)),)
            for one in quotations(doc)
        ]

    return of


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("The ferries, she insisted, were not late.", "she", "The ferries | were not late"),
        (
            "Ana Ortiz waited. She would, she said, invite the fishermen to the harbour.",
            "she",
            "She would | invite the fishermen to the harbour",
        ),
        (
            "The first of them sailed on Monday, she said, and a handful of sailors would follow for a week.",
            "she",
            "The first of them sailed on Monday | and a handful of sailors would follow for a week",
        ),
        ("Her board, Ana Ortiz said, does not threaten anyone.", "Ana Ortiz", "Her board | does not threaten anyone"),
        (
            "The quay, said Ana Ortiz, has been closed since March.",
            "Ana Ortiz",
            "The quay | has been closed since March",
        ),
        ("The quay, she said, is “at its core, sound”.", "she", "The quay | is “at its core, sound”"),
        (
            "The quay pays for itself, Ana Ortiz said, and is to be opened in March.",
            "Ana Ortiz",
            "The quay pays for itself | and is to be opened in March",
        ),
        (
            "The harbour has lent boats since 2020, the spokesman said, and with “pilots and training.”",
            "the spokesman",
            "The harbour has lent boats since 2020 | and with “pilots and training.”",
        ),
    ],
)
def test_both_sides_of_an_aside_are_one_quotation(found, text, source, content):
    assert found(text) == [(source, content)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The ferries have left Easthaven, The Westport Times reported on Monday, citing a harbour official.",
            ("The Westport Times", "The ferries have left Easthaven"),
        ),
        (
            "The ferries are on their way to Easthaven, the mayor announced in the hall on Monday, in the clearest "
            "sign so far that the board takes the storm seriously.",
            ("the mayor", "The ferries are on their way to Easthaven"),
        ),
        (
            "The Westport Times reported, citing a harbour official, that the ferries had sailed.",
            ("The Westport Times", "that the ferries had sailed"),
        ),
    ],
)
def test_what_the_reporter_adds_is_no_content(found, text, expected):
    assert found(text) == [expected]


def test_after_and_a_second_verb_of_saying_is_the_reporters(found):
    made = found("The vote was lost, she said, and added that nobody wept.")

    assert ("she", "The vote was lost") in made


def test_an_introduced_quotation_is_no_aside(found):
    made = found("Talking about the vote, Ana Ortiz said, “We lost it.”")

    assert ("Ana Ortiz", "“We lost it.”") in made


def test_an_apposition_is_no_aside(found):
    assert found("Ana Ortiz, the mayor, said that the vote was lost.") == [
        ("Ana Ortiz, the mayor", "that the vote was lost")
    ]
