"""Nothing vanishes: one outcome for every attribution's speaker and for every name in a content; no party too many."""

import pytest

pytestmark = pytest.mark.model

SPEAKERS = [
    ("<s1>Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "speaker: named"),
    ("<s1>Downing Street</s1> <k1>said</k1> <q1>it was ready</q1>.", "speaker: body"),
    ("<s1>Officials</s1> <k1>said</k1> <q1>it was ready</q1>.", "speaker: unnamed source"),
    ("<q1>The troops have reportedly left</q1>.", "speaker: nobody named"),
    ("<s1>This position</s1> <k1>shows</k1> <q1>that it was ready</q1>.", "speaker: nobody named"),
    ("<s1>He</s1> <k1>said</k1> <q1>it was ready</q1>.", "speaker: pronoun not resolved"),
]


@pytest.mark.parametrize(("marked", "outcome"), SPEAKERS)
def test_every_attribution_ends_as_one_outcome_of_its_speaker(read, marked, outcome):
    counts = read(marked).counts

    assert {name: n for name, n in counts.items() if name.startswith("speaker: ")} == {outcome: 1}


def test_speaker_outcomes_add_up_to_the_attributions(read):
    article = read(" ".join(marked.replace("1>", f"{i}>") for i, (marked, _) in enumerate(SPEAKERS)))

    outcomes = [n for name, n in article.counts.items() if name.startswith("speaker: ")]
    assert sum(outcomes) == len(article.attributions) == len(SPEAKERS)


def test_every_name_in_a_content_ends_as_one_outcome(read):
    article = read(
        "<s1>Ben Wallace</s1> <k1>said</k1> <q1>that Sergei Lavrov wrote on Twitter in Moscow about NATO</q1>."
    )

    counts = {name: n for name, n in article.counts.items() if name.startswith("mention: ")}
    assert counts == {
        "mention: resolved": 2,
        "mention: not resolved (a platform)": 1,
        "mention: not resolved (a place)": 1,
    }
    assert counts["mention: resolved"] == len(article.attributions[0].mentions)


def test_parties_are_exactly_those_referred_to(read):
    article = read(
        "<s1>Global News</s1> <k1>reported</k1>, citing Ukrainian officials, <q1>that Anna Baer had left</q1>. "
        "<s2>A statement by Peter Jones</s2> <k2>said</k2> <q2>it was late</q2>. Martin Weber was not there."
    )

    referred = {mention.party for one in article.attributions for mention in one.mentions}
    referred |= {link.party for one in article.attributions for link in one.relayers if link.party}
    referred |= {one.speaker for one in article.attributions if one.speaker}
    affiliations = {body for key in referred for body in article.parties[key].affiliations}
    assert set(article.parties) == referred | affiliations
    assert affiliations == {"organization:ukraine"}
