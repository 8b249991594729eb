"""The ruler that remembers gives what spaCy's own gives, for every rule and for words it met before."""

import pytest
import spacy
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from etl.annotate import installed_model
from etl.ruler import RememberingRuler, remember

COLUMNS = ["TAG", "POS", "MORPH", "LEMMA"]

TEXTS = [
    "Ana Ortiz didn't say whether she'd rather have gone; what's done is done.",
    "“That's that,” Roe said. There is no more money, and there won't be.",
    "The mayor, who had been told so, gave up on it.\n\n\tThe 1990s: better than the 2000s?",
    "All but three of the boats, let alone the pier, are gone. CAN’T BE.",
    "The mayor, who had been told so, gave up on it.",
    "",
    " ",
]

RULES = [
    {"patterns": [[{"TAG": "NN"}]], "attrs": {"POS": "NOUN"}},
    {"patterns": [[{"LOWER": "well"}]], "attrs": {"POS": "ADV"}},
    {"patterns": [[{"LOWER": {"IN": ["well", "oh"]}, "TAG": {"NOT_IN": ["NN"]}}]], "attrs": {"POS": "INTJ"}},
    {"patterns": [[{"LOWER": "oh"}, {"LOWER": "well"}]], "attrs": {"POS": "X"}, "index": 1},
    {"patterns": [[{"LOWER": {"REGEX": "^un"}}], [{"IS_SPACE": True}]], "attrs": {"MORPH": "Polarity=Neg"}},
    {"patterns": [[{"TAG": "RB", "OP": "+"}]], "attrs": {"MORPH": "Degree=Pos"}},
]


@pytest.fixture
def rulers():
    """spaCy's ruler and ours, with the same rules."""
    nlp = spacy.blank("en")
    both = AttributeRuler(nlp.vocab), RememberingRuler(nlp.vocab)
    for ruler in both:
        ruler.add_patterns(RULES)
    return both


def a_doc(ruler, told):
    """A doc of words and their tags: "oh/UH well/RB"."""
    words, tags = zip(*(one.rsplit("/", 1) for one in told.split(" ")), strict=True)
    return Doc(ruler.vocab, list(words), tags=list(tags))


@pytest.mark.parametrize(
    "told",
    [
        "the/DT well/NN",
        "oh/UH well/RB",
        "well/RB well/RB",
        "unless/IN well/NN oh/NN",
        "Well/UH Oh/UH well/NN",
        "very/RB quite/RB well/RB",
        "\n/_SP unkind/JJ",
    ],
)
def test_rules_of_one_word_and_of_several_match_as_they_do_in_spacy(rulers, told):
    theirs, ours = rulers
    for _ in range(2):
        assert ours.match(a_doc(ours, told)) == theirs.match(a_doc(theirs, told))
        expected, found = theirs(a_doc(theirs, told)), ours(a_doc(ours, told))
        assert found.to_array(COLUMNS).tolist() == expected.to_array(COLUMNS).tolist()


def test_rule_added_later_counts_for_words_met_before(rulers):
    _, ours = rulers
    before = ours(a_doc(ours, "unless/IN"))[0].pos_

    ours.add([[{"LOWER": "unless"}]], {"POS": "SCONJ"})

    assert (before, ours(a_doc(ours, "unless/IN"))[0].pos_) == ("", "SCONJ")


def test_cleared_ruler_has_no_rule(rulers):
    _, ours = rulers
    ours.clear()

    assert ours.match(a_doc(ours, "well/RB")) == []


def test_pipeline_without_a_ruler_stays_as_it_is():
    nlp = spacy.blank("en")
    remember(nlp)

    assert nlp.pipe_names == []


@pytest.mark.model
def test_pipeline_reads_as_it_did_before():
    name = installed_model().split()[0]
    plain, quick = spacy.load(name), spacy.load(name)
    remember(quick)

    assert quick.pipe_names == plain.pipe_names
    assert isinstance(quick.get_pipe("attribute_ruler"), RememberingRuler)
    for text in TEXTS:
        assert quick(text).to_array(COLUMNS).tolist() == plain(text).to_array(COLUMNS).tolist()
