"""The language model that pip brings is the one our rules were measured with: a golden reading of two sentences.

The package's hash is pinned in .requirements.lock. Another model that calls itself by the same name, or an official
release that reads differently, shows here before it shows in the graph.
"""

import pytest

from etl.annotate import load_model

pytestmark = pytest.mark.model

TEXT = (
    "“The ferries will sail in March,” Ida Holm, the transport minister, told Reuters on Monday. "
    "She denied that Norway had paid $2 million."
)

READING = """
“/``/punct/told The/DT/det/ferries ferries/NNS/nsubj/sail will/MD/aux/sail sail/VB/ccomp/told in/IN/prep/sail
March/NNP/pobj/in ,/,/punct/told ”/''/punct/told Ida/NNP/compound/Holm Holm/NNP/nsubj/told ,/,/punct/Holm
the/DT/det/minister transport/NN/compound/minister minister/NN/appos/Holm ,/,/punct/Holm told/VBD/ROOT/told
Reuters/NNP/dobj/told on/IN/prep/told Monday/NNP/pobj/on ././punct/told
She/PRP/nsubj/denied denied/VBD/ROOT/denied that/IN/mark/paid Norway/NNP/nsubj/paid had/VBD/aux/paid
paid/VBN/ccomp/denied $/$/quantmod/million 2/CD/compound/million million/CD/dobj/paid ././punct/denied
"""

NAMES = [
    ("March", "DATE"),
    ("Ida Holm", "PERSON"),
    ("Reuters", "ORG"),
    ("Monday", "DATE"),
    ("Norway", "GPE"),
    ("$2 million", "MONEY"),
]


def test_the_model_reads_two_sentences_as_it_did_when_it_was_pinned() -> None:
    """Word, tag, dependency and head of every token, and every name."""
    doc = load_model()(TEXT)

    assert [f"{token.text}/{token.tag_}/{token.dep_}/{token.head.text}" for token in doc] == READING.split()
    assert [(ent.text, ent.label_) for ent in doc.ents] == NAMES
