"""Which expression dates the saying: never the day of what is said, never that of another verb."""

import pytest

from schema.enums import Stage

pytestmark = pytest.mark.model

DATED = [
    ("<s1>Ben Wallace</s1> <k1>said</k1> on Monday <q1>that it was ready</q1>.", "on Monday", "2022-01-17"),
    ("On Monday, <s1>Ben Wallace</s1> <k1>said</k1> <q1>that it was ready</q1>.", "On Monday", "2022-01-17"),
    ("In a speech on Monday, <s1>Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "on Monday", "2022-01-17"),
    ("<s1>Ben Wallace</s1> <k1>told</k1> the House on Jan. 9 <q1>that it was ready</q1>.", "on Jan. 9", "2022-01-09"),
    ("<s1>Ben Wallace</s1> <k1>said</k1> last week <q1>that it was ready</q1>.", "last week", "2022-01-10/2022-01-16"),
    (
        "<s1>Ben Wallace</s1> welcomed the offer on Monday, <k1>saying</k1> <q1>it was generous</q1>.",
        "on Monday",
        "2022-01-17",
    ),
    # right after the thing that the reporting words are about
    (
        "<s1>Ben Wallace</s1> <k1>defended</k1> <q1>the search for the ferry’s missing</q1> on Friday.",
        "on Friday",
        "2022-01-14",
    ),
    # counted from another day of the article
    (
        "Dana Ortiz left on Tuesday, a day after <s1>Britain</s1> <k1>said</k1> <q1>it was ready</q1>.",
        "a day after",
        "2022-01-17",
    ),
    (
        "The talks ended on Friday. The next day <s1>Ben Wallace</s1> <k1>said</k1> <q1>they were a success</q1>.",
        "The next day",
        "2022-01-15",
    ),
    (
        "The talks ended on Friday. <s1>Ben Wallace</s1> had <k1>said</k1> two days earlier <q1>they would fail</q1>.",
        "two days earlier",
        "2022-01-12",
    ),
]

UNDATED = [
    # the day is the paper's
    "The newspaper Hlas said so on Sunday, <k1>citing</k1> <s1>a worker at the plant</s1>, <q1>who had seen it</q1>.",
    "<s1>Ben Wallace</s1> <k1>said</k1> <q1>the troops would leave on Friday</q1>.",
    "<q1>The first train left on Monday</q1>, <s1>he</s1> <k1>said</k1>.",
    "<s1>Ben Wallace</s1>, who came to Kyiv on Monday, <k1>said</k1> <q1>it was ready</q1>.",
    "<q1>We are ready</q1>, <s1>Ben Wallace</s1> <k1>told</k1> the House, in the very words he had used on Monday.",
    "The talks ended on Monday. <s1>Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.",
]


@pytest.mark.parametrize(("marked", "expression", "value"), DATED)
def test_the_day_of_the_saying(read, marked, expression, value):
    article = read(marked)

    said = article.attributions[0].said
    assert said is not None
    assert (said.expression.of(article.article.text), said.on.value) == (expression, value)
    assert any(reason.stage is Stage.DATE for reason in article.attributions[0].reasons)


@pytest.mark.parametrize("marked", UNDATED)
def test_the_day_of_something_else_dates_no_saying(read, marked):
    assert read(marked).attributions[0].said is None


@pytest.mark.parametrize("published_on", [None, "2022-01", "2022"])
def test_without_a_day_of_publication_the_expression_is_kept_and_the_date_stays_open(read, published_on):
    article = read("<s1>Ben Wallace</s1> <k1>said</k1> on Monday <q1>that it was ready</q1>.", published_on)

    said = article.attributions[0].said
    assert said.expression.of(article.article.text) == "on Monday"
    assert said.on is None


def test_the_day_of_a_link_is_that_of_its_own_verb(read):
    """The ministry's day stays open."""
    article = read("<s1>The ministry</s1> <k1>said</k1> <q1>the unit had left</q1>, Interfax reported on Monday.")

    attribution = article.attributions[0]
    assert [(link.name, link.on) for link in attribution.relayers] == [("Interfax", "2022-01-17")]
    assert attribution.said is None


def test_a_sentence_without_a_quotation_dates_what_follows_it(read):
    """The day is that of the briefing."""
    article = read(
        "Commodore Piers Lund, who runs the service, briefed families on Thursday morning. "
        "<q1>Seven people were still missing</q1>, <s1>he</s1> <k1>said</k1>."
    )

    said = article.attributions[0].said
    assert said is not None
    assert (said.on.value, said.basis.name) == ("2022-01-13", "SAME_OCCASION")


def test_the_day_is_the_outlets_not_that_of_utc(read):
    """Half past three on Tuesday morning by UTC is Monday evening in Toronto: “on Monday” is today."""
    marked = "<s1>Ben Wallace</s1> <k1>said</k1> on Monday <q1>that it was ready</q1>."

    by_utc, local = (
        read(marked, on).attributions[0].said for on in ("2022-01-18T03:30:00Z", "2022-01-17T22:30:00-05:00")
    )

    assert by_utc.on.value == local.on.value == "2022-01-17"
    tuesday = marked.replace("Monday", "Tuesday")
    by_utc, local = (
        read(tuesday, on).attributions[0].said for on in ("2022-01-18T03:30:00Z", "2022-01-17T22:30:00-05:00")
    )
    assert (by_utc.on.value, local.on.value) == ("2022-01-18", "2022-01-11")
