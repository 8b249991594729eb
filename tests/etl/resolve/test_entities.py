"""Names and titles in hand-built Docs: what the lists and the shape of the words settle, whatever a model says."""

from itertools import pairwise

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from etl.resolve.bodies import Kind
from etl.resolve.entities import named


def a_doc(blank: Language, tagged: str, ents: dict[str, str] | None = None) -> Doc:
    """A Doc of one sentence from "word/POS ..."; ents: phrase -> label."""
    words, pos = zip(*(pair.rsplit("/", 1) for pair in tagged.split()), strict=True)
    labels = ["O"] * len(words)
    for phrase, label in (ents or {}).items():
        parts = phrase.split()
        at = next(i for i in range(len(words)) if list(words[i : i + len(parts)]) == parts)
        labels[at : at + len(parts)] = [f"B-{label}"] + [f"I-{label}"] * (len(parts) - 1)
    starts = [i == 0 for i in range(len(words))]
    return Doc(blank.vocab, words=list(words), pos=list(pos), ents=labels, sent_starts=starts)


CASES = [
    # (tagged words, entities of the model, names found: kind, name, canonical)
    (
        "Reuters/PROPN said/VERB so/ADV",
        {"Reuters": "PERSON"},
        [(Kind.AGENCY, "Reuters", "Reuters")],
    ),
    (
        "spokesman/NOUN Ned/PROPN Price/PROPN spoke/VERB",
        {},
        [(Kind.PERSON, "Ned Price", None)],
    ),
    (
        "Defense/PROPN Minister/PROPN Oleksii/PROPN Reznikov/PROPN spoke/VERB",
        {"Defense": "ORG"},
        [(Kind.PERSON, "Oleksii Reznikov", None)],
    ),
    (
        "Ben/PROPN Wallace/PROPN left/VERB ./PUNCT Then/ADV Wallace/PROPN spoke/VERB",
        {"Ben Wallace": "PERSON"},
        [(Kind.PERSON, "Ben Wallace", None), (Kind.PERSON, "Wallace", None)],
    ),
    (
        "the/DET Kremlin/PROPN and/CCONJ No/PROPN 10/NUM spoke/VERB",
        {},
        [(Kind.COUNTRY, "Kremlin", "Russia"), (Kind.COUNTRY, "No 10", "United Kingdom")],
    ),
    (
        "Ursula/PROPN von/ADP der/ADP Leyen/PROPN spoke/VERB",
        {},
        [(Kind.PERSON, "Ursula von der Leyen", None)],
    ),
    (
        "the/DET Russian/ADJ Ministry/PROPN of/ADP Foreign/PROPN Affairs/PROPN spoke/VERB",
        {"Russian Ministry of Foreign Affairs": "ORG"},
        [(Kind.BODY, "Russian Ministry of Foreign Affairs", None)],
    ),
    (
        "Michael/PROPN Jordan/PROPN flew/VERB to/ADP Jordan/PROPN",
        {"Michael Jordan": "PERSON"},
        [(Kind.PERSON, "Michael Jordan", None), (Kind.COUNTRY, "Jordan", "Jordan")],
    ),
    ("she/PRON left/VERB Friday/PROPN", {"Friday": "PERSON"}, []),
    ("he/PRON posted/VERB on/ADP Twitter/PROPN", {}, [(Kind.PLATFORM, "Twitter", "Twitter")]),
]


@pytest.mark.parametrize(("tagged", "ents", "want"), CASES)
def test_names_and_their_kinds(blank, tagged, ents, want):
    found = named(a_doc(blank, tagged, ents))

    assert [(one.kind, one.name, one.canonical) for one in found] == want


TITLES = [
    (
        "British/ADJ Defense/PROPN Secretary/PROPN Ben/PROPN Wallace/PROPN",
        "British Defense Secretary",
        "United Kingdom",
    ),
    (
        "U.S./PROPN Secretary/PROPN of/ADP State/PROPN Antony/PROPN Blinken/PROPN",
        "U.S. Secretary of State",
        "United States",
    ),
    ("Ukraine/PROPN 's/PART Defense/PROPN Minister/PROPN Oleg/PROPN Reznikov/PROPN", "Defense Minister", "Ukraine"),
    (
        "the/DET secretary/NOUN of/ADP the/DET Harbour/PROPN Council/PROPN ,/PUNCT Anna/PROPN Baer/PROPN",
        "secretary of the Harbour Council",
        None,
    ),
    ("troubled/ADJ actress/NOUN Mary/PROPN Smith/PROPN", "actress", None),
    ("his/PRON German/ADJ counterpart/NOUN Anna/PROPN Baer/PROPN", "", "Germany"),
    ("former/ADJ president/NOUN Mary/PROPN Smith/PROPN", "former president", None),
]


@pytest.mark.parametrize(("tagged", "role", "country"), TITLES)
def test_titles_before_a_name_are_its_role(blank, tagged, role, country):
    (person,) = [one for one in named(a_doc(blank, tagged)) if one.kind is Kind.PERSON]

    assert person.title is not None
    assert (person.title.role, person.title.country) == (role, country)


def test_a_form_of_address_gives_gender_and_no_role(blank):
    (person,) = named(a_doc(blank, "Mrs./PROPN Jones/PROPN spoke/VERB"))

    assert person.title is not None
    assert (person.title.role, person.title.gender) == ("", "female")


def test_names_never_overlap(blank):
    found = named(
        a_doc(blank, "The/DET New/PROPN York/PROPN Times/PROPN of/ADP New/PROPN York/PROPN", {"York Times": "ORG"})
    )

    assert all(one.end <= other.start for one, other in pairwise(found))
    assert found[0].canonical == "The New York Times"


def test_a_hyphenated_family_name_alone_is_its_bearers(nlp) -> None:
    """It is three words to the model."""
    doc = nlp("Carlos Mora-Vidal will stand again. On his website, Mora-Vidal promises to end the tolls.")

    assert [(one.name, one.kind) for one in named(doc)] == [
        ("Carlos Mora-Vidal", Kind.PERSON),
        ("Mora-Vidal", Kind.PERSON),
    ]
