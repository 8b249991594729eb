"""Names that the words around them explain, and the descriptions that mean bodies. Sentences are invented."""

import pytest

from etl.resolve.introduced import countries, introduced
from schema.enums import SpeakerType

pytestmark = pytest.mark.model

BODIES = [
    # the name holds the noun
    (
        "The National Bridges Board met. In a letter, <s1>the board</s1> <k1>said</k1> <q1>that it was safe</q1>.",
        "National Bridges Board",
    ),
    (
        "The Harbour Workers Union met the mayor. It rained. <q1>Forty men were out</q1>, <k1>according to</k1> "
        "<s1>the union</s1>.",
        "Harbour Workers Union",
    ),
    # however far back
    (
        "The Lake Council met. It rained. It was late. Nobody left. Tea came. Cakes came. The band played. All sang. "
        "<s1>The council</s1> <k1>says</k1> <q1>it was ready</q1>.",
        "Lake Council",
    ),
    # only later
    (
        "<q1>No ferry will sail</q1>, <s1>the union</s1> <k1>said</k1>. Later the Harbour Workers Union met.",
        "Harbour Workers Union",
    ),
    # introduced so
    (
        "The bicycle maker Vandora stopped its work. It rained. Next week its owners will meet, "
        "<s1>the company</s1> <k1>said</k1>, and <q1>that it was ready</q1>.",
        "Vandora",
    ),
    (
        "The lamps were called back by their maker, Vandora, in May. <s1>Vandora</s1> <k1>said</k1> <q1>so</q1>.",
        "Vandora",
    ),
    ("<s1>Its operator, Green Lake Boats,</s1> <k1>said</k1> <q1>that it was ready</q1>.", "Green Lake Boats"),
    # a company, no institution
    (
        "Harland Ferries has two ships. The Harbour Board met. "
        "<s1>The company</s1> <k1>said</k1> <q1>it was full</q1>.",
        "Harland Ferries",
    ),
    (
        "Harland Ferries has two ships. The FBI came. <s1>The company</s1> <k1>said</k1> <q1>it was full</q1>.",
        "Harland Ferries",
    ),
    # no ship
    (
        "Harland Ferries was late. Boats left the ferry Sorrel. The Sorrel was full. <s1>The company</s1> "
        "<k1>said</k1> <q1>it was full</q1>.",
        "Harland Ferries",
    ),
    ("<s1>The state news agency VKA</s1> <k1>reported</k1> <q1>that it was ready</q1>.", "VKA"),
    ("<s1>St Corran's Hospital</s1> <k1>asked</k1> <q1>for help</q1>.", "St Corran's Hospital"),
    (
        "St Corran's Hospital was full. <s1>The hospital</s1> <k1>said</k1> <q1>it was late</q1>.",
        "St Corran's Hospital",
    ),
    # registered by its description
    (
        "<s1>The Brindle prosecutor's office</s1> <k1>said</k1> <q1>it was late</q1>. "
        "<s2>The prosecutor's office</s2> <k2>said</k2> <q2>it was early</q2>.",
        "Brindle prosecutor's office",
    ),
    # "it" is the body that spoke
    (
        "<s1>The Lake Council</s1> <k1>said</k1> <q1>that nobody came</q1>. Under the treaty, <s2>it</s2> "
        "<k2>said</k2>, <q2>ships must wait</q2>.",
        "Lake Council",
    ),
]


@pytest.mark.parametrize(("marked", "name"), BODIES)
def test_a_description_or_introduction_of_a_body_gives_its_name(read, marked, name):
    article = read(marked)

    party = article.parties[article.attributions[-1].speaker]
    assert (party.type, party.name) == (SpeakerType.ORGANIZATION, name)


PEOPLE = [
    # an office of a body that opens the article
    (
        "The bicycle maker Vandora called back its lamps, <q1>which were hot</q1>, <s1>the company's chief executive"
        "</s1> <k1>said</k1>.\n\n<s0>Dana Ortiz</s0> <k0>said</k0> on Monday <q0>that it was late</q0>.",
        "Dana Ortiz",
    ),
    # a country that no list has
    (
        "<s1>Ostland's energy minister</s1> <k1>repeated</k1> <q1>that the ships were late</q1>. The Ostlandian ships "
        "waited.\n\n<s0>Dana Ortiz</s0> <k0>said</k0> in the town <q0>that help would come</q0>.",
        "Dana Ortiz",
    ),
    # the model cuts a given name that no list has
    (
        "Mr Darby drove. <s1>Aoife Darby</s1> <k1>told</k1> us <q1>that it was late</q1>. Colm Darby left.",
        "Aoife Darby",
    ),
    # a given name alone
    ("Captain Peter Jones left. <s1>Peter</s1> <k1>said</k1> <q1>it was late</q1>.", "Peter Jones"),
    # of two relatives the one named before
    (
        "Karin Jones resigned. <q1>“We found it,”</q1> <s1>Jones</s1> <k1>said</k1>. Erik Jones, her brother, left. "
        "Erik Jones laughed.",
        "Karin Jones",
    ),
    ("<s1>Its chairwoman, Una Fell,</s1> <k1>said</k1> <q1>that it was late</q1>.", "Una Fell"),
    # the subject after a dateline
    (
        "<s1>HARBURY, Sept 17 (Tern)</s1> - Dana Ortiz resigned on Friday and <k1>said</k1> <q1>it was late</q1>.",
        "Dana Ortiz",
    ),
]


@pytest.mark.parametrize(("marked", "name"), PEOPLE)
def test_a_description_or_short_name_gives_the_person(read, marked, name):
    article = read(marked)

    party = article.parties[article.attributions[0].speaker]
    if marked.startswith("The bicycle") or marked.startswith("<s1>Ostland"):
        party = article.parties[article.attributions[1].speaker]
    assert (party.type, party.name) == (SpeakerType.PERSON, name)


RELAYERS = [
    ("<s1>Dana Ortiz</s1> <k1>told</k1> Velday, the state agency, <q1>that it was late</q1>.", ["organization:velday"]),
    ("<s1>Dana Ortiz</s1> <k1>told</k1> the Tern agency <q1>that it was late</q1>.", ["organization:tern"]),
    ("<s1>Dana Ortiz</s1> <k1>told</k1> VKA <q1>that it was late</q1>.", ["organization:vka"]),
    (
        "<s0>The Press Office</s0> <k0>said</k0> <q0>so</q0>. Dana Ortiz spoke to the Tern agency. <s1>She</s1> "
        "<k1>told</k1> the agency <q1>that it was late</q1>.",
        ["organization:tern"],
    ),
    (
        "Boats left Radio Harbury. <s1>Dana Ortiz</s1> <k1>told</k1> the station <q1>that it was late</q1>.",
        ["organization:radio harbury"],
    ),
]


@pytest.mark.parametrize(("marked", "keys"), RELAYERS)
def test_an_outlet_that_only_the_article_explains_is_a_link(read, marked, keys):
    assert [link.party for link in read(marked).attributions[-1].relayers] == keys


DATELINED = "HARBURY, May 3 (Tern) - Rain fell. <s1>Dana Ortiz</s1> <k1>told</k1> Tern <q1>that it was late</q1>."


def test_the_outlet_itself_is_a_link_where_the_text_names_it(read):
    (link,) = read(DATELINED, source="Tern (invented)").attributions[0].relayers

    assert link.party == "organization:tern"


def test_in_the_reprint_of_another_outlet_the_agency_is_a_link(read):
    (link,) = read(DATELINED, source="The Harbury Post").attributions[0].relayers

    assert link.party == "organization:tern"


def test_the_outlet_is_known_by_its_short_name(read):
    marked = "<s1>Dana Ortiz</s1> <k1>told</k1> the Post <q1>that it was late</q1>."

    (link,) = read(marked, source="The Harbury Post").attributions[0].relayers

    assert link.name == "Post"


CORRECTION = "It was late. <s1>The article</s1> <k1>said</k1> <q1>that it was early</q1>."


def test_an_article_is_no_speaker(read):
    (one,) = read(CORRECTION, source="The Harbury Post").attributions

    assert (one.speaker, one.reasons[0].rule) == (None, "an article is no speaker")


def test_the_article_of_a_named_outlet_is_a_source(read):
    (one,) = read("<s1>The Harland Mirror article</s1> <k1>said</k1> <q1>that it was early</q1>.").attributions

    assert one.speaker is not None


def test_an_article_is_its_outlet_where_the_text_names_that(read):
    (one,) = read(CORRECTION + " He wrote to the Post.", source="The Harbury Post").attributions

    assert one.speaker == "organization:harbury post"


@pytest.mark.parametrize("name", ["Kessland", "Morvia", "Tarno"])
def test_the_adjective_of_an_unknown_country_is_found_by_its_name(nlp, name):
    people = name.removesuffix("ia").removesuffix("o") + "ian"
    doc = nlp(f"The {people} ships left. {name}'s foreign ministry was late.")

    assert countries(doc) == {name: name, people: name}


def test_no_person_is_a_country(nlp):
    assert countries(nlp("Vladimir Ostland's foreign minister left. Ostland's ministry was late.")) == {}


OSTLAND = "Ostlandian ships left. Ostland's foreign ministry was late. "


@pytest.mark.parametrize(
    ("marked", "key"),
    [
        ("<s1>Ostland</s1> <k1>denied</k1> <q1>that it was late</q1>.", "organization:ostland"),
        ("<s1>Ostland's interior ministry</s1> <k1>said</k1> <q1>so</q1>.", "organization:ostland ministry interior"),
        (
            "<s1>The Ostlandian interior ministry</s1> <k1>said</k1> <q1>so</q1>.",
            "organization:ostland ministry interior",
        ),
        (
            "<s1>The Ministry of the Interior of Ostland</s1> <k1>said</k1> <q1>so</q1>.",
            "organization:ostland ministry interior",
        ),
        ("<s1>The Ostlandian embassy</s1> <k1>said</k1> <q1>so</q1>.", "organization:ostland embassy"),
    ],
)
def test_a_country_that_no_list_has_speaks_under_one_key(read, marked, key):
    assert read(OSTLAND + marked).attributions[0].speaker == key


def test_a_spokeswoman_belongs_to_the_body_described(read):
    article = read(
        "St Corran's Hospital was full. <q1>“It was late,”</q1> <s1>a spokeswoman for the hospital</s1> <k1>wrote</k1>."
    )

    party = article.parties[article.attributions[0].speaker]
    assert [article.parties[key].name for key in party.affiliations] == ["St Corran's Hospital"]


@pytest.mark.parametrize("marked", ["<s1>Renn's wife</s1> <k1>said</k1> <q1>so</q1>. Captain Aldo Renn left."])
def test_a_relative_nobody_names_is_an_unnamed_source(read, marked):
    article = read(marked)

    assert article.parties[article.attributions[0].speaker].type is SpeakerType.UNNAMED_SOURCE


def test_the_name_of_a_thing_or_place_is_nobodys(read):
    article = read(
        "The heart medicine Cordavia was late in Tarnby. <s1>Dana Ortiz</s1> <k1>said</k1> "
        "<q1>that Cordavia was safe in Tarnby</q1>."
    )

    assert set(article.parties) == {"person:dana ortiz"}


def test_two_names_of_one_body_are_one_key(read):
    article = read(
        "<s1>The Ostlandian Coast Guard</s1> <k1>said</k1> <q1>it was late</q1>. "
        "<s2>The Coast Guard</s2> <k2>said</k2> <q2>it was early</q2>."
    )

    assert len({one.speaker for one in article.attributions}) == 1


def test_a_family_name_beside_a_noun_of_bodies_is_no_body(nlp) -> None:
    """Somewhere in the article it stands after a given name."""
    alone = "It rained. After the campaign, Ortiz, the lamps went out."
    told = f"Dana Ortiz spoke first. {alone}"

    assert "Ortiz" in introduced(nlp(alone), alone)
    assert "Ortiz" not in introduced(nlp(told), told)
