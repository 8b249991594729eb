"""By what way the words came: the deepest source speaks, those who passed the words on are links."""

import pytest

from schema.enums import ReportingRole

pytestmark = pytest.mark.model

CASES = [
    # (marked text, speaker, relayers as printed)
    # an outlet that nothing but its being told explains, one known by its masthead
    ("<s1>Dana Ortiz</s1> <k1>told</k1> Norwire <q1>that it was ready</q1>.", "Dana Ortiz", ["Norwire"]),
    ("<s1>Dana Ortiz</s1> <k1>said</k1> to The Ostry Post <q1>that it was ready</q1>.", "Dana Ortiz", ["Ostry Post"]),
    # what somebody called something is nobody else's to pass on
    (
        "Dana Ortiz spoke. <s1>She</s1> <k1>raised</k1> <q1>what Ben Wallace called the “troubling” plan</q1>.",
        "Ben Wallace",
        [],
    ),
    # somebody told is no outlet
    ("<s1>Dana Ortiz</s1> <k1>told</k1> Parliament <q1>that it was ready</q1>.", "Dana Ortiz", []),
    # the parser hangs the outlet on the sentence before it
    (
        "<q1>Russia has started to bring diplomats home from Ukraine</q1>, The New York Times reported on Monday, "
        "<k1>citing</k1> <s1>a senior Ukrainian official</s1>.",
        "a senior Ukrainian official",
        ["The New York Times"],
    ),
    # who quoted the source, who consulted it, whom the outlet cites for somebody else's words
    (
        "<q1>It was ready</q1>, <k1>according to</k1> <s1>sources quoted by the CBC</s1>.",
        "sources quoted by the CBC",
        ["CBC"],
    ),
    (
        "<k1>According to</k1> <s1>an official whom the CBC cited on Monday</s1>, <q1>it was ready</q1>.",
        "an official",
        ["CBC"],
    ),
    (
        "The New York Times was early. <s1>Ukrainian officials, consulted by the New York newspaper</s1>, <k1>say</k1> "
        "<q1>it was ready</q1>.",
        "Ukrainian officials, consulted by the New York newspaper",
        ["the New York newspaper"],
    ),
    (
        "The New York Times was early. <s1>Ukrainian officials</s1>, consulted by the New York newspaper, <k1>say</k1> "
        "<q1>it was ready</q1>.",
        "Ukrainian officials",
        ["the New York newspaper"],
    ),
    ("<s1>Ben Wallace</s1> <k1>told</k1> Reuters <q1>that it was ready</q1>.", "Ben Wallace", ["Reuters"]),
    (
        "<s1>Ben Wallace</s1> <k1>said</k1> in an interview with the BBC <q1>that it was ready</q1>.",
        "Ben Wallace",
        ["BBC"],
    ),
    (
        "In a statement to the BBC, <s1>Ben Wallace</s1> <k1>said</k1> <q1>that it was ready</q1>.",
        "Ben Wallace",
        ["BBC"],
    ),
    ("<s1>Ben Wallace</s1> <k1>told</k1> the House of Commons <q1>that it was ready</q1>.", "Ben Wallace", []),
    ("<s1>Ben Wallace</s1> <k1>told</k1> lawmakers <q1>that it was ready</q1>.", "Ben Wallace", []),
    ("<s1>Ben Wallace</s1> <k1>wrote</k1> on Twitter <q1>that it was ready</q1>.", "Ben Wallace", ["Twitter"]),
    (
        "<s1>Ben Wallace</s1> <k1>said</k1> <q1>that it was ready</q1>, according to the BELTA news agency.",
        "Ben Wallace",
        ["BELTA"],
    ),
    (
        "<s1>Global News</s1> <k1>reported</k1>, citing anonymous sources, <q1>that the unit had left</q1>.",
        "anonymous sources",
        ["Global News"],
    ),
    (
        "<s1>The New York Times</s1> <k1>reported</k1>, based on a senior Ukrainian official, <q1>it had gone</q1>.",
        "a senior Ukrainian official",
        ["The New York Times"],
    ),
    (
        "<k1>According to</k1> <s1>the BELTA news agency</s1>, <q1>Ben Wallace said that they had left at dawn</q1>.",
        "Ben Wallace",
        ["the BELTA news agency"],
    ),
    (
        "<s1>Spokesman Ned Price</s1> <k1>said</k1> <q1>Antony Blinken stressed that the talks had to go on</q1>.",
        "Antony Blinken",
        ["Spokesman Ned Price"],
    ),
    (
        'Later <q1>Antony Blinken "stressed the weight of talks,"</q1> <k1>said</k1> <s1>spokesman Ned Price</s1>.',
        "Antony Blinken",
        ["spokesman Ned Price"],
    ),
    (
        "<s1>The ministry</s1> <k1>said</k1> <q1>the unit had left</q1>, state media reported.",
        "The ministry",
        ["state media"],
    ),
    (
        "<q1>In the town, the secretary of the Harbour Board, Peter Jones, said boats had arrived</q1>, "
        "<s1>the news agency BELTA</s1> <k1>reported</k1>.",
        "Peter Jones",
        ["the news agency BELTA"],
    ),
    (
        "<q1>In Oslo, the secretary of the Harbour Council, Peter Jones, said Danish boats had started to arrive for "
        "a race planned for May</q1>, <s1>the news agency BELTA</s1> <k1>reported</k1>.",
        "Peter Jones",
        ["the news agency BELTA"],
    ),
    (
        "<s1>Ben Wallace</s1> <k1>affirmed</k1> on Tuesday <q1>that the office was open</q1>, as the agency Interfax "
        "reports.",
        "Ben Wallace",
        ["Interfax"],
    ),
    (
        "<s1>Ben Wallace</s1> <k1>affirmed</k1> on Tuesday <q1>that the office was open, as the agency Interfax "
        "reports</q1>.",
        "Ben Wallace",
        ["Interfax"],
    ),
    (
        "<q1>He “stressed the weight of talks,”</q1> <s1>spokesman Ned Price</s1> <k1>said</k1> after Antony Blinken "
        "called.",
        "Ned Price",
        [],
    ),
    (
        "Antony Blinken called Sergei Lavrov. <q1>He “stressed the weight of talks,”</q1> <s1>spokesman Ned "
        "Price</s1> <k1>said</k1>.",
        "Antony Blinken",
        ["spokesman Ned Price"],
    ),
]


@pytest.mark.parametrize(("marked", "speaker", "relayers"), CASES)
def test_the_way_of_the_words(read, marked, speaker, relayers):
    article = read(marked)

    (attribution,) = article.attributions
    assert article.parties[attribution.speaker].name == speaker
    assert [link.name for link in attribution.relayers] == relayers
    assert all(link.role is ReportingRole.RELAYER for link in attribution.relayers)


def test_an_outlet_that_relays_is_a_party(read):
    article = read("<s1>Ben Wallace</s1> <k1>told</k1> Reuters <q1>that it was ready</q1>.")

    assert article.attributions[0].relayers[0].party == "organization:reuters"
    assert "organization:reuters" in article.parties


def test_a_platform_is_a_link_without_party(read):
    article = read("<s1>Ben Wallace</s1> <k1>wrote</k1> on Twitter <q1>that it was ready</q1>.")

    assert article.attributions[0].relayers[0].party is None


def test_the_day_of_the_outlet_is_the_links_not_the_sayings(read):
    article = read(
        "<s1>Global News</s1> <k1>reported</k1> on Monday, citing anonymous sources, <q1>that the unit had left</q1>."
    )

    (attribution,) = article.attributions
    assert attribution.said is None
    assert attribution.relayers[0].on == "2022-01-17"


def test_a_quotation_within_a_reported_one_was_relayed_by_its_reporter(read):
    article = read(
        "<s1>The BELTA news agency</s1> <k1>reported</k1> "
        "<q1>that <s2>Ben Wallace</s2> <k2>said</k2> <q2>it was ready</q2></q1>."
    )

    inner = article.attributions[1]
    assert (inner.speaker, [link.party for link in inner.relayers]) == ("person:ben wallace", ["organization:belta"])


@pytest.mark.parametrize(
    ("marked", "words", "source", "cue"),
    [
        (
            "<q1>Norway's harbour board secretary Dana Ortiz said on Monday that boats had arrived</q1>, "
            "<k1>according to</k1> <s1>the Tern news agency</s1>.",
            "that boats had arrived",
            "Norway's harbour board secretary Dana Ortiz",
            "said",
        ),
        (
            "<q1>The ferries will sail in March</q1>, <s1>Dana Ortiz</s1> <k1>said</k1> on Monday.",
            "The ferries will sail in March",
            "Dana Ortiz",
            "said",
        ),
    ],
)
def test_the_words_are_those_of_the_deepest_source_alone(read, marked, words, source, cue):
    """Who relayed them and that they were said stand in the chain, not in the statement."""
    article = read(marked)

    (attribution,) = article.attributions
    text = article.article.text
    quotation = attribution.quotation
    assert [span.of(text) for span in quotation.content] == [words]
    assert [span.of(text) for span in quotation.source] == [source]
    assert [span.of(text) for span in quotation.cue] == [cue]
