"""Whom the words are about: names, pronouns and descriptions in the content, never the speaker by a pronoun."""

import pytest

pytestmark = pytest.mark.model

CASES = [
    # (marked text, parties that the last quotation mentions)
    ("<s1>Ben Wallace</s1> <k1>said</k1> <q1>Sergei Lavrov had left</q1>.", ["Sergei Lavrov"]),
    # "he" in somebody's indirect words is the speaker; a woman's "he" is somebody else
    ("Peter Jones sat down. <s1>Ben Wallace</s1> <k1>said</k1> <q1>that he was tired</q1>.", []),
    ("Peter Jones sat down. <s1>Mary Smith</s1> <k1>said</k1> <q1>that he was tired</q1>.", ["Peter Jones"]),
    # within quotation marks it never is
    ("Peter Jones sat down. <q1>“He was tired,”</q1> <s1>Ben Wallace</s1> <k1>said</k1>.", ["Peter Jones"]),
    # descriptions of one bearer, and bodies
    (
        "Mayor Una Fell met the Bus and Tram Union. <s1>Peter Jones</s1> <k1>said</k1> <q1>the mayor had lied</q1>.",
        ["Una Fell"],
    ),
    (
        "Mayor Una Fell met the Bus and Tram Union. <s1>Fell</s1> <k1>said</k1> <q1>the union had walked out</q1>.",
        ["Bus and Tram Union"],
    ),
    ("<s1>Ben Wallace</s1> <k1>said</k1> <q1>the British government had paid</q1>.", ["United Kingdom"]),
    # what the speaker speaks for is not what he speaks about
    (
        "Mayor Una Fell met the Bus and Tram Union. <s1>A spokesman for the union</s1> <k1>said</k1> "
        "<q1>the union had walked out</q1>.",
        [],
    ),
    # countries, where they are more than places
    ("<s1>Ben Wallace</s1> <k1>said</k1> <q1>they were no threat to Russia</q1>.", ["Russia"]),
    ("<s1>Ben Wallace</s1> <k1>said</k1> <q1>two villages in Russia had no water</q1>.", []),
    ("<s1>Ben Wallace</s1> <k1>said</k1> <q1>he had a flight to Moscow</q1>.", []),
]


@pytest.mark.parametrize(("marked", "wanted"), CASES)
def test_the_parties_of_a_content(read, marked, wanted):
    article = read(marked)

    found = {mention.party for mention in article.attributions[-1].mentions}
    assert sorted(article.parties[party].name for party in found) == wanted


def test_a_party_meant_twice_is_told_once_where_no_name_stands(read):
    """The first pronoun stands for all of them."""
    article = read("Peter Jones sat down. <q1>“He was tired, and he left,”</q1> <s1>Ben Wallace</s1> <k1>said</k1>.")

    (mention,) = article.attributions[0].mentions
    assert mention.span.of(article.article.text) == "He"


def test_every_name_of_a_party_is_a_mention_of_it(read):
    """Names are evidence wherever they stand."""
    article = read("<s1>Ben Wallace</s1> <k1>said</k1> <q1>Sergei Lavrov had left and Lavrov was late</q1>.")

    words = [mention.span.of(article.article.text) for mention in article.attributions[0].mentions]
    assert words == ["Sergei Lavrov", "Lavrov"]


def test_a_mention_that_is_no_name_carries_its_reason(read):
    """What the evidence is, as for a speaker."""
    article = read("Peter Jones sat down. <q1>“He was tired,”</q1> <s1>Ben Wallace</s1> <k1>said</k1>.")

    (why,) = [one for one in article.attributions[0].reasons if one.rule == "mention"]
    assert why.detail.startswith("He -> Peter Jones, by pronoun: 'He': ")
    assert why.score is not None
