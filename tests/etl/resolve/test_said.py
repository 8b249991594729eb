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
]

UNDATED = [
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
