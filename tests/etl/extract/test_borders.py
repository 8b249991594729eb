"""Where a content ends: before datelines and the reporter's own last clause."""

import pytest

from etl.annotate import annotate, load_model
from etl.extract import quotations
from etl.extract.borders import dateline_of
from etl.records import CleanArticle, RawArticle
from etl.settings import ModelSettings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("WESTPORT, Jan 17 (Westwire) - The vote was lost.", "WESTPORT, Jan 17 (Westwire) - "),
        ("WESTPORT — The vote was lost.", "WESTPORT — "),
        ("Westport (Westwire) - The vote was lost.", "Westport (Westwire) - "),
        ("Vote lost\n\nWEST PORT, Oregon — The vote was lost.", "WEST PORT, Oregon — "),
        ("The vote — WESTPORT — was lost.", None),
        ("Ana Ortiz - the mayor - lost.", None),
    ],
)
def test_a_dateline_stands_at_the_start_of_a_line(text, expected):
    span = dateline_of(text)

    assert (span.of(text) if span else None) == expected


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "WESTPORT, Jan 17 (Westwire) - The ferries have begun to sail, Mayor Ana Ortiz told the council on Monday.",
            "The ferries have begun to sail",
        ),
        (
            "The harbour master affirmed on Tuesday that the quay works normally, as the agency Westwire reports.",
            "that the quay works normally",
        ),
        (
            "The board has accused the union of preparing to strike, which union officials deny.",
            "the union of preparing to strike",
        ),
        (
            "“A small number” of pilots will come along, always according to Ortiz, who did not give the figure.",
            "“A small number” of pilots will come along",
        ),
        (
            "Ana Ortiz said that the storm was heavy, as heavy as any she had seen.",
            "that the storm was heavy, as heavy as any she had seen",
        ),
    ],
)
def test_content_ends_where_the_reporter_goes_on(text, content):
    ((_, doc),) = annotate([CleanArticle(RawArticle("test", text), "en")], load_model(ModelSettings(fast=True)))

    (one,) = quotations(doc)

    assert " | ".join(span.of(text) for span in one.content) == content
