"""The cue lists and the weights made of them."""

from pathlib import Path

import pytest

from etl.extract import cues
from schema.enums import Act


def test_a_cue_of_saying_promises_more_than_one_of_eating():
    weights = cues.weights()

    assert weights.promise("that", "say") > 0.5
    assert weights.promise("object", "eat") < 0.2


def test_a_fact_against_lowers_the_score():
    weights = cues.weights()

    assert weights.score("that", "say", ["source none"]) < weights.score("that", "say", ["source PERSON"])


def test_belief_is_an_attitude_and_claim_is_speech():
    assert cues.act_of("believe") is Act.ATTITUDE
    assert cues.act_of("claim") is Act.SPEECH


@pytest.mark.parametrize(
    "name", [cues.CUE_LIST, cues.EVIDENCE_LIST, cues.ATTITUDE_LIST, cues.SPEECH_LIST, cues.REFUSAL_LIST]
)
def test_every_list_names_its_origin_and_licence(name):
    header = [
        line
        for line in (Path(cues.__file__).parents[1] / "data" / name).read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    ]

    assert any(line.startswith("# Origin:") for line in header)
    assert any(line.startswith("# Licence:") for line in header)


@pytest.mark.parametrize("name", [cues.ATTITUDE_LIST, cues.SPEECH_LIST, cues.REFUSAL_LIST])
def test_lists_are_sorted_without_doubles(name):
    entries = cues.lines(name)

    assert entries == sorted(set(entries))
