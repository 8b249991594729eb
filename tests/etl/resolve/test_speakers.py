"""Who a source phrase is. Sentences are invented; the real model reads them, so each is short and plain."""

import pytest

from schema.enums import SpeakerType, Stage

pytestmark = pytest.mark.model

PEOPLE = [
    # full name, title, last name
    ("<s1>British Defence Secretary Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "Ben Wallace"),
    ("Ben Wallace spoke. <s1>Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "Ben Wallace"),
    ("Ben Wallace spoke. <s1>Mr Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "Ben Wallace"),
    ("<s1>Wallace</s1> <k1>said</k1> <q1>it was ready</q1>. Ben Wallace is the minister.", "Ben Wallace"),
    # apposition on either side
    ("<s1>Dana Ortiz, the health commissioner,</s1> <k1>said</k1> <q1>the wards were full</q1>.", "Dana Ortiz"),
    ("<s1>The health commissioner, Dana Ortiz,</s1> <k1>said</k1> <q1>the wards were full</q1>.", "Dana Ortiz"),
    (
        "<s1>Ukraine's Defense Minister Oleksii Reznikov</s1> <k1>said</k1> <q1>it was a good day</q1>.",
        "Oleksii Reznikov",
    ),
    ("<s1>Wallace's wife Liza Wallace</s1> <k1>said</k1> <q1>he was at home</q1>.", "Liza Wallace"),
    # words within words
    (
        "Mary Smith was there. <q1>“I told him that the road was shut,”</q1> <s1>Smith</s1> <k1>said</k1>. "
        "<q2>“It is dark, and <s3>I</s3> <k3>said</k3> <q3>that the lamps were broken</q3>,”</q2> <s2>she</s2> "
        "<k2>said</k2>.",
        "Mary Smith",
    ),
    # the relatives' name tells whose wife she is
    (
        "The captain, Aldo Renn, came in. A clerk, Peter Trask, left. <s1>His wife, Marta Renn,</s1> <k1>said</k1> "
        "<q1>it was late</q1>. <s2>He</s2> <k2>said</k2> <q2>that it rained</q2>.",
        "Aldo Renn",
    ),
    # the office before the name that nothing else explains; a headline may have the family name
    (
        "Halvard faces the chamber\n\n<s1>The transport minister</s1> <k1>said</k1> <q1>it was late</q1>.\n\n"
        "Ingrid Halvard told the chamber of the search.",
        "Ingrid Halvard",
    ),
    # a form of address that abbreviates an office; the office of somebody else
    (
        "Gov. Peter Jones met Mayor Una Fell. Fell smiled. <s1>The governor</s1> <k1>said</k1> <q1>it was late</q1>.",
        "Peter Jones",
    ),
    (
        "Carl Braf rose. <s1>Braf</s1> <k1>said</k1> <q1>it was late</q1>. <s2>The judge</s2> <k2>said</k2> "
        "<q2>it was not</q2>. Judge Dan Berm rose.",
        "Dan Berm",
    ),
    # a name within a longer word before it, and where she writes after it
    ("<s1>Oscar-winning actress Susan Roe, star of the film</s1>, <k1>said</k1> <q1>it was late</q1>.", "Susan Roe"),
    (
        "<s1>Conservative commentator Jon Roe of the Weekly Review</s1> <k1>said</k1> <q1>it was late</q1>.",
        "Jon Roe",
    ),
    # an office that somebody leaves
    (
        "Karin Holm resigned on Friday as chief executive of Tesmora. It rained. <s1>The chief executive</s1> "
        "<k1>said</k1> <q1>it was late</q1>.",
        "Karin Holm",
    ),
    # pronouns
    ("Mary Smith met Peter Jones. <s1>She</s1> <k1>said</k1> <q1>the talks went well</q1>.", "Mary Smith"),
    ("Mary Smith met Peter Jones. <s1>He</s1> <k1>said</k1> <q1>the talks went well</q1>.", "Peter Jones"),
    # descriptions
    (
        "British Defence Secretary Ben Wallace met Russian Foreign Minister Sergei Lavrov. "
        "<s1>The British minister</s1> <k1>said</k1> <q1>the talks went well</q1>.",
        "Ben Wallace",
    ),
    (
        "Actress Mary Smith came with Senator Peter Jones. <s1>The senator</s1> <k1>said</k1> <q1>he was glad</q1>.",
        "Peter Jones",
    ),
    # what carries words speaks for its maker
    ("<s1>A statement by Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "Ben Wallace"),
]

BODIES = [
    # somebody's office is a body, the same by name and by title
    ("The New York Times was early. <s1>The New York newspaper</s1> <k1>said</k1> <q1>so</q1>.", "The New York Times"),
    ("Global News was early. <s1>The television station</s1> <k1>said</k1> <q1>it was late</q1>.", "Global News"),
    ("Marco Fell came. <s1>The Fell campaign</s1> <k1>said</k1> <q1>it was late</q1>.", "Marco Fell’s campaign"),
    ("<s1>Senator Marco Fell’s campaign</s1> <k1>said</k1> <q1>it was late</q1>.", "Marco Fell’s campaign"),
    ("<s1>The Ostry prosecutor's office</s1> <k1>said</k1> <q1>it was late</q1>.", "Ostry prosecutor's office"),
    (
        "Mayor Dana Ortiz came late. <s1>Her office</s1> <k1>said</k1> <q1>there was ice</q1>.",
        "Dana Ortiz’s office",
    ),
    (
        "Dana Ortiz, the mayor, came late. <s1>The mayor’s office</s1> <k1>said</k1> <q1>there was ice</q1>.",
        "Dana Ortiz’s office",
    ),
    ("<s1>Moscow</s1> <k1>denied</k1> <q1>it had such plans</q1>.", "Russia"),
    ("<s1>The Kremlin</s1> <k1>denied</k1> <q1>it had such plans</q1>.", "Russia"),
    ("<s1>Downing Street</s1> <k1>said</k1> <q1>the visit was off</q1>.", "United Kingdom"),
    ("<s1>The Ukrainian government</s1> <k1>said</k1> <q1>the visit was off</q1>.", "Ukraine"),
    ("<s1>Reuters</s1> <k1>reported</k1> <q1>that the visit was off</q1>.", "Reuters"),
    ("<s1>The Canadian channel Global News</s1> <k1>reported</k1> <q1>that the visit was off</q1>.", "Global News"),
    (
        "The New York Times wrote about it. <s1>The newspaper</s1> <k1>said</k1> <q1>the visit was off</q1>.",
        "The New York Times",
    ),
    (
        "<s1>The Russian Ministry of Foreign Affairs</s1> <k1>said</k1> <q1>the visit was off</q1>.",
        "Russian Ministry of Foreign Affairs",
    ),
]

UNNAMED = [
    ("<s1>Wallace's spokesman</s1> <k1>said</k1> <q1>it was ready</q1>. Ben Wallace was ill.", "Wallace's spokesman"),
    ("<s1>A spokeswoman for Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.", "A spokeswoman for Ben Wallace"),
    ("<s1>defense officials</s1> <k1>said</k1> <q1>it was ready</q1>.", "defense officials"),
    (
        "<s1>Sources familiar with the matter</s1> <k1>said</k1> <q1>it was ready</q1>.",
        "Sources familiar with the matter",
    ),
]

NOBODY = [
    ("<q1>The troops have reportedly left</q1>.", "nobody named"),
    ("<s1>He</s1> <k1>said</k1> <q1>it was ready</q1>.", "pronoun unresolved"),
    ("<s1>No official</s1> <k1>confirmed</k1> <q1>that it was ready</q1>.", "nobody described"),
    ("<s1>This position</s1> <k1>shows</k1> <q1>that it was ready</q1>.", "source is neither person nor body"),
]


@pytest.mark.parametrize(("marked", "name"), PEOPLE)
def test_a_phrase_that_means_a_person_finds_the_full_name(read, marked, name):
    article = read(marked)

    party = article.parties[article.attributions[-1].speaker]
    assert (party.type, party.name) == (SpeakerType.PERSON, name)


@pytest.mark.parametrize(("marked", "name"), BODIES)
def test_a_phrase_that_means_a_body_finds_its_name(read, marked, name):
    article = read(marked)

    party = article.parties[article.attributions[-1].speaker]
    assert (party.type, party.name) == (SpeakerType.ORGANIZATION, name)


@pytest.mark.parametrize(("marked", "name"), UNNAMED)
def test_a_source_nobody_names_keeps_its_whole_phrase(read, marked, name):
    article = read(marked)

    party = article.parties[article.attributions[-1].speaker]
    assert (party.type, party.name) == (SpeakerType.UNNAMED_SOURCE, name)


@pytest.mark.parametrize(("marked", "rule"), NOBODY)
def test_nobody_at_all_says_why(read, marked, rule):
    (attribution,) = read(marked).attributions

    assert attribution.speaker is None
    assert [reason.rule for reason in attribution.reasons if reason.stage is Stage.RESOLVE] == [rule]


def test_titles_become_roles_and_no_part_of_the_name(read):
    article = read("<s1>British Defence Secretary Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.")

    assert article.parties["person:ben wallace"].roles == ("British Defence Secretary",)


def test_a_description_after_the_name_becomes_a_role(read):
    article = read("<s1>Dana Ortiz</s1>, the city's health commissioner, <k1>said</k1> <q1>the wards were full</q1>.")

    assert article.parties["person:dana ortiz"].roles == ("city's health commissioner",)


def test_every_spelling_in_the_article_is_an_alias(read):
    article = read("<s1>Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>. Wallace left.")

    assert article.parties["person:ben wallace"].aliases == ("Ben Wallace", "Wallace")


def test_two_people_of_one_family_name_are_told_apart_by_title(read):
    article = read(
        "Peter Jones and Mary Jones came. <s1>Mrs Jones</s1> <k1>said</k1> <q1>it was late</q1>. "
        "<s2>Mr Jones</s2> <k2>said</k2> <q2>it was early</q2>."
    )

    assert [one.speaker for one in article.attributions] == ["person:mary jones", "person:peter jones"]


def test_an_unnamed_source_has_the_bodies_of_its_phrase_for_affiliations(read):
    article = read("<s1>Ukrainian and US officials</s1> <k1>said</k1> <q1>it was ready</q1>.")

    party = article.parties[article.attributions[0].speaker]
    assert party.affiliations == ("organization:ukraine", "organization:united states")
    assert set(party.affiliations) <= set(article.parties)


def test_an_unnamed_source_belongs_to_its_article(read):
    one = read("<s1>Officials</s1> <k1>said</k1> <q1>it was ready</q1>.")
    other = read("<s1>Officials</s1> <k1>said</k1> <q1>it was not ready</q1>.")

    assert one.attributions[0].speaker != other.attributions[0].speaker


def test_the_official_is_the_official_described_before(read):
    article = read(
        "<s1>A senior Ukrainian official</s1> <k1>said</k1> <q1>it was ready</q1>. "
        "<s2>The official</s2> <k2>added</k2> <q2>that it was late</q2>."
    )

    assert len({one.speaker for one in article.attributions}) == 1


def test_a_quotation_without_source_right_after_another_goes_on(read):
    article = read("<s1>Ben Wallace</s1> <k1>said</k1>: <q1>“It is ready.”</q1> <q2>“We will not wait.”</q2>")

    assert [one.speaker for one in article.attributions] == ["person:ben wallace"] * 2


def test_an_acronym_the_article_explains_is_the_same_body(read):
    article = read(
        "<s1>The Border Workers Union (BWU)</s1> <k1>said</k1> <q1>it was late</q1>. "
        "<s2>The BWU</s2> <k2>said</k2> <q2>it would strike</q2>."
    )

    assert [one.speaker for one in article.attributions] == ["organization:border workers union"] * 2
    assert article.parties["organization:border workers union"].aliases == ("BWU", "Border Workers Union")


def test_a_name_in_capitals_is_the_person_named_before(read):
    article = read("Reporter Chris Waller met Ben Wallace.\n\n<s1>WALLACE</s1>: <q1>It is ready.</q1>")

    assert article.attributions[0].speaker == "person:ben wallace"


def test_parties_nobody_refers_to_are_left_out(read):
    article = read("Mary Smith was there. <s1>Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>.")

    assert set(article.parties) == {"person:ben wallace"}


def test_names_in_the_content_are_mentions_with_their_parties(read):
    article = read(
        "Sergei Lavrov left. <s1>Ben Wallace</s1> <k1>said</k1> "
        "<q1>that Lavrov had flown to Moscow after NATO met Russia</q1>."
    )

    (attribution,) = article.attributions
    text = article.article.text
    assert [(one.span.of(text), one.party) for one in attribution.mentions] == [
        ("Lavrov", "person:sergei lavrov"),
        ("NATO", "organization:nato"),
        ("Russia", "organization:russia"),
    ]


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "😀😀", "BEN WALLACE SAID", "a" * 5000, "“”", "' ' '"])
def test_odd_texts_are_read_without_a_fault(read, text):
    assert read(text).attributions == ()


def test_offsets_hold_with_astral_characters_and_windows_line_ends(read):
    article = read("😀 Sergei Lavrov left.\r\n\r\n<s1>Ben Wallace</s1> <k1>said</k1> <q1>that Lavrov 😀 had left</q1>.")

    (mention,) = article.attributions[0].mentions
    assert mention.span.of(article.article.text) == "Lavrov"


def test_an_unnamed_source_called_again_is_the_same(read):
    """An employee of the plant, then the employee."""
    article = read(
        "<s1>An employee of the plant</s1> <k1>said</k1> <q1>it was late</q1>. <s2>The employee</s2> <k2>told</k2> the "
        "paper <q2>that it rained</q2>."
    )

    first, second = article.attributions
    assert first.speaker == second.speaker
