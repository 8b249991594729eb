"""What is an attribution and yet no statement of the graph, and what is one after all."""

import pytest

from etl.annotate import annotate, load_model
from etl.extract import quotations
from etl.records import CleanArticle, RawArticle
from etl.settings import ModelSettings

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def nlp():
    return load_model(ModelSettings(fast=True))


@pytest.mark.parametrize(
    ("text", "unfit"),
    [
        ("Ana Ortiz rejected the claim.", "no clause"),
        ("Ana Ortiz asked for dialogue.", "no clause"),
        ("Ana Ortiz rejected the claim that the vote was lost.", None),
        ("Ana Ortiz said a first boat left on Monday.", None),
        ("Ana Ortiz talked about a crew expected to be sent to Easthaven.", "no clause"),
        ("Ana Ortiz called for a quay that pays for itself.", None),
        ("Ana Ortiz did not say how many boats would come.", "refusal"),
        ("Ana Ortiz would not confirm the report.", "refusal"),
        ("Ana Ortiz declined to say whether the boats would come.", "refusal"),
        ("Ana Ortiz refused to comment.", "refusal"),
        ("Ana Ortiz said she could not confirm the report.", None),
        ("Ana Ortiz denied that the vote was lost.", None),
        ("The boats were late. That was confirmed on Monday by the mayor, Ana Ortiz.", "pointer"),
        ("Ana Ortiz called her book “The Long Count” a success.", "title"),
        ("Ana Ortiz called him “Lucky” Bell.", "nickname"),
        ("Ana Ortiz called the vote “a disgrace to all of us”.", None),
    ],
)
def test_a_statement_says_something(nlp, text, unfit):
    ((_, doc),) = annotate([CleanArticle(RawArticle("test", text), "en")], nlp)

    (one,) = quotations(doc)

    assert one.unfit == unfit
