"""Who is the same person in different articles, their mentions given: cases of names and descriptions, and the set."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.annotate import load_model
from etl.identify.corpus import people_of, person_ids, reasons
from etl.identify.marked import MarkedMention
from etl.records import Span
from etl.settings import ModelSettings

pytestmark = pytest.mark.model

HARBOUR = (
    "A crane fell on two warehouses in the harbour of Brannoc on Tuesday night. The crane driver, {}, climbed out "
    "unhurt, the harbour office said. Firefighters searched the warehouses until the morning."
)
AGAIN = (
    "The crane that fell on two warehouses in Brannoc harbour will be taken apart. {} climbed out of the cabin unhurt "
    "on Tuesday night. Firefighters had searched the warehouses."
)
ORCHARD = (
    "The apple harvest in the valley of Selm has begun early. {} has pickers from four villages in his orchard. Frost "
    "in April had spared the blossom, the cider presses of Selm were oiled in July, and bees were hired from Torvane."
)


@pytest.fixture(scope="module")
def nlp():
    return load_model(ModelSettings(fast=True))


def found(nlp, *marked: tuple[str, tuple[str, ...]]):
    """Who is who: (text, mentions) an article -> mention words -> id of the person; words as "a0:Dana Ortiz"."""
    texts, mentions, words = {}, [], {}
    for number, (text, wanted) in enumerate(marked):
        name, at = f"a{number}", 0
        texts[name] = text
        for word in wanted:
            at = text.index(word, at)
            mentions.append(MarkedMention(name, Span(at, at + len(word))))
            words[f"{name}:{word}"] = (name, at, at + len(word))
            at += len(word)
    ids = person_ids(people_of(texts, mentions, nlp, progress=False))
    return {word: ids.get(key) for word, key in words.items()}


def test_one_full_name_is_one_person_in_alike_articles(nlp):
    ids = found(nlp, (HARBOUR.format("Ivo Brandt"), ("Ivo Brandt",)), (AGAIN.format("Ivo Brandt"), ("Ivo Brandt",)))

    assert ids["a0:Ivo Brandt"] == ids["a1:Ivo Brandt"]


def test_one_full_name_is_one_person_in_articles_about_other_things(nlp):
    ids = found(nlp, (HARBOUR.format("Ivo Brandt"), ("Ivo Brandt",)), (ORCHARD.format("Ivo Brandt"), ("Ivo Brandt",)))

    assert ids["a0:Ivo Brandt"] == ids["a1:Ivo Brandt"]


def test_a_family_name_is_the_person_of_the_full_name_in_an_alike_article(nlp):
    ids = found(nlp, (HARBOUR.format("Ivo Brandt"), ("Ivo Brandt",)), (AGAIN.format("Brandt"), ("Brandt",)))

    assert ids["a0:Ivo Brandt"] == ids["a1:Brandt"]


def test_a_family_name_in_an_article_about_other_things_is_somebody_else(nlp):
    ids = found(nlp, (HARBOUR.format("Ivo Brandt"), ("Ivo Brandt",)), (ORCHARD.format("Brandt"), ("Brandt",)))

    assert ids["a0:Ivo Brandt"] != ids["a1:Brandt"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ivo Brandt", "Ivo Brandt Jr."),  # father and son
        ("Ivo Brandt", "Lena Brandt"),  # of one family
        ("Ivo Brandt", "Olaf Kern"),
    ],
)
def test_two_full_names_are_two_people_however_alike_their_articles(nlp, one, other):
    ids = found(nlp, (HARBOUR.format(one), (one,)), (HARBOUR.format(other), (other,)))

    assert ids[f"a0:{one}"] != ids[f"a1:{other}"]


def test_another_spelling_is_one_person_in_alike_articles(nlp):
    ids = found(
        nlp, (HARBOUR.format("Bettie Krane"), ("Bettie Krane",)), (AGAIN.format("Betty Krane"), ("Betty Krane",))
    )

    assert ids["a0:Bettie Krane"] == ids["a1:Betty Krane"]


def test_a_description_beside_a_name_is_of_that_person(nlp):
    ids = found(nlp, (HARBOUR.format("Ivo Brandt"), ("driver", "Ivo Brandt")))

    assert ids["a0:driver"] == ids["a0:Ivo Brandt"]


def test_a_description_is_the_person_whom_another_article_names(nlp):
    """Only the first article says that Ivo Brandt is the crane driver."""
    ids = found(
        nlp,
        (HARBOUR.format("Ivo Brandt"), ("driver", "Ivo Brandt")),
        (AGAIN.format("The crane driver"), ("driver",)),
    )

    assert ids["a1:driver"] == ids["a0:Ivo Brandt"]


def test_a_group_is_no_single_person(nlp):
    ids = found(
        nlp,
        (HARBOUR.format("Ivo Brandt"), ("Ivo Brandt", "Firefighters")),
        (AGAIN.format("Brandt"), ("Brandt", "Firefighters")),
    )

    assert ids["a0:Firefighters"] == ids["a1:Firefighters"] != ids["a0:Ivo Brandt"]


def test_a_pronoun_is_the_person_before_it(nlp):
    text = "Lena Brandt opened the lock. She closed it at noon."

    ids = found(nlp, (text, ("Lena Brandt", "She")))

    assert ids["a0:She"] == ids["a0:Lena Brandt"]


def test_whom_a_verb_parts_are_two_people(nlp):
    """ "The driver hit her" is not about one person."""
    text = "The driver hit her in the lane of Selm."

    ids = found(nlp, (text, ("driver", "her")))

    assert ids["a0:her"] != ids["a0:driver"]


def test_somebody_whom_nobody_else_means_has_an_id_of_their_own(nlp):
    ids = found(nlp, (HARBOUR.format("Ivo Brandt"), ("Ivo Brandt", "Firefighters")))

    assert ids["a0:Firefighters"] is not None


def test_what_has_no_word_is_nobody(nlp):
    ids = found(nlp, ("Ivo Brandt came -- and left.", ("Ivo Brandt", "--")))

    assert ids["a0:--"] is None


SET = {
    "a": HARBOUR.format("Ivo Brandt"),
    "b": AGAIN.format("Brandt"),
    "c": ORCHARD.format("Ivo Brandt"),
    "d": HARBOUR.format("Lena Brandt"),
}
WORDS = ("Ivo Brandt", "Lena Brandt", "Brandt", "driver", "Firefighters", "pickers")
MENTIONS = [
    MarkedMention(name, Span(text.index(word), text.index(word) + len(word)))
    for name, text in SET.items()
    for word in WORDS
    if word in text
]


@settings(max_examples=5, deadline=None)
@given(mentions=st.permutations(MENTIONS), articles=st.permutations(list(SET.items())))
def test_the_order_of_lines_carries_nothing(nlp, mentions, articles):
    again = person_ids(people_of(dict(articles), mentions, nlp, progress=False))

    assert again == person_ids(people_of(SET, MENTIONS, nlp, progress=False))


def test_every_link_tells_its_score_and_evidence_the_strongest_first(nlp):
    people = people_of(SET, MENTIONS, nlp, progress=False)

    told = reasons(people)

    start = SET["b"].index("Brandt")
    assert "single_name_of_full_name +" in told["b", start, start + 6]
    for cluster in people.clusters:
        link = people.strongest_link(cluster[0], cluster)
        sizes = [abs(value) for _, value in link[1].evidence] if link else []
        assert sizes == sorted(sizes, reverse=True)
