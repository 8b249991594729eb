"""Where an article was written: what its dateline, or its byline, says; and openings that are neither."""

import pytest

from etl.resolve.place import dateline_place, in_title_case

LEAD = "The ferry Sorrel ran onto rocks in the night and nine people are missing."
LATER = "\n\nDivers will go down on Monday.\n"

DATELINES = [
    ("HARLOW, May 3 (Norwire) - ", "Harlow"),
    ("WASHINGTON (AP) — ", "Washington"),
    ("KYIV/WARSAW, Jan 12 (Reuters) - ", "Kyiv"),
    ("KYIV / WARSAW, Poland, Jan 12 (Reuters) - ", "Kyiv"),
    ("LONDON — ", "London"),
    ("LONDON (Norwire) -", "London"),
    ("Lviv, Ukraine – ", "Lviv, Ukraine"),
    ("ST. JOHN'S, Newfoundland — ", "St. John's, Newfoundland"),
    ("ST. JOHN’S, Newfoundland (CP) — ", "St. John’s, Newfoundland"),
    ("NEW YORK — ", "New York"),
    ("NEW YORK, Nov. 19 (UPI) — ", "New York"),
    ("VIKHOLM — ", "Vikholm"),
    ("VIKHOLM, Skerrand — ", "Vikholm, Skerrand"),
    ("VIKHOLM, SKERRAND — ", "Vikholm, Skerrand"),
    ("HARLOW, Skerrand, 3 May — ", "Harlow, Skerrand"),
    ("WASHINGTON, D.C. — ", "Washington, D.C."),
    ("MANCHESTER, N.H. - ", "Manchester, N.H."),
    ("NEWPORT NEWS, Va. -- ", "Newport News, Va."),
    ("McALLEN, Texas — ", "McAllen, Texas"),
    ("PORT-AU-PRINCE, Haiti (AP) — ", "Port-au-Prince, Haiti"),
    ("RIO DE JANEIRO — ", "Rio de Janeiro"),
    ("ATLANTIC CITY — ", "Atlantic City"),
    ("THE HAGUE, Netherlands — ", "The Hague, Netherlands"),
    ("ZÜRICH, 3 May — ", "Zürich"),
    ("OSLO — ", "Oslo"),
    ("UNITED NATIONS (AP) — ", "United Nations"),
    ("MOSCOW, January 17. /TASS/. ", "Moscow"),
    ("TARN, May 3, 2023 /Norwire/ -- ", "Tarn"),
    ("BEIJING, Jan. 17 (Xinhua) -- ", "Beijing"),
    ("NEW DELHI: ", "New Delhi"),
    ("TARN, Jan 8 (Meridian Press): ", "Tarn"),
    ("Cleveland (AFP) – ", "Cleveland"),
    ("Kyiv (CNN) — ", "Kyiv"),
    ("Vikholm, Jan 17 (Norwire) - ", "Vikholm"),
    ("Vikholm, Norway — ", "Vikholm, Norway"),
    ("London – ", "London"),
    ("Frankfurt am Main, 3 May (dpa) - ", "Frankfurt am Main"),
    ("CHARLESTON, S.C.\xa0— ", "Charleston, S.C."),
    ("PARIS, Monday (Norwire) - ", "Paris"),
    ("BERLIN, May 3 (Reuters) -", "Berlin"),
]

OTHERS = [
    "",
    "EXCLUSIVE - ",
    "EXCLUSIVE: ",
    "BREAKING NEWS — ",
    "UPDATE 1-",
    "WATCH: ",
    "LIVE — ",
    "FACTBOX - ",
    "WORLD NEWS — ",
    "OPINION — ",
    "JUST IN — ",
    "THE LATEST — ",
    "Analysis – ",
    "Exclusive – ",
    "May 3 (Norwire) - ",
    "MAY 3 (Norwire) - ",
    "MONDAY — ",
    "Monday, May 3 — ",
    "Updated, May 3 — ",
    "(Norwire) - ",
    "NORWIRE - ",
    "REUTERS — ",
    "BBC NEWS — ",
    "CNN — ",
    "NATO — ",
    "TESMORA GROUP — ",
    "HARBOUR BANK — ",
    "POLICE — ",
    "TRANSPORT MINISTER — ",
    "CAPTAIN SPEAKS OUT — ",
    "FJORD POST — ",
    "ABOARD THE SORREL — ",
    "NEAR HARLOW, Skerrand — ",
    "HARLOW: ",
    "HARLOW-",
    "Vikholm – ",
    "Una Fell – ",
    "Una Fell, May 3, 2023 — ",
    "Una Fell (Labour) — ",
    "Una Fell, Harbourmaster – ",
    "Ferries, Tunnels – ",
    "A night on the rocks — ",
    "Q: ",
    "WHITE HOUSE — ",
]


@pytest.mark.parametrize(("dateline", "place"), DATELINES)
def test_a_dateline_names_the_place(dateline: str, place: str) -> None:
    """At the start of the text, below a headline and below share buttons."""
    opening = f"{dateline}{LEAD}{LATER}"
    furniture = "Share this:\n\n"

    assert dateline_place(opening) == place
    assert dateline_place(f"Ferry runs onto rocks\n\n{opening}") == place
    assert dateline_place(furniture + opening, len(furniture)) == place


@pytest.mark.parametrize("opening", OTHERS)
def test_other_openings_name_no_place(opening: str) -> None:
    """Headings, days, agencies, bodies and people stand before dashes, too."""
    assert dateline_place(f"{opening}{LEAD}{LATER}", outlet="The Fjord Post") is None


@pytest.mark.parametrize(
    "text",
    [
        "FERRY RUNS ONTO ROCKS — NINE MISSING\n\nThe ferry left at noon.",
        "FERRY LOST — captain blames fog\n\nThe ferry left at noon.",
        "LONDON — A LIFE\n\nThe museum opened its doors.",
        "London – Paris trains will run again on Monday after a week in which none did.",
        "London – where the ferry was built – wants it back, its mayor told the council.",
        "Harlow, May 3: nine are missing.",
        # turns of a transcript
        "ORTIZ — I think that we all know what it costs to raise a ferry.\n\nRENNERT — We do not know it yet.\n",
        # far below, and in the second paragraph of a long text
        f"{LEAD * 4}\n\nLONDON — {LEAD}",
        f"{LEAD} {LEAD}\n\nVIKHOLM — {LEAD}",
        f"It was said in HARLOW, May 3 (Norwire) - {LEAD}",
        "VIKHOLM",
        "",
    ],
)
def test_headlines_transcripts_and_paragraphs_have_no_dateline(text: str) -> None:
    """A dateline opens the body."""
    assert dateline_place(text) is None


def test_below_a_teaser_only_a_sure_dateline_counts() -> None:
    """A sentence or two above the body may be a teaser."""
    assert dateline_place(f"{LEAD} {LEAD}\n\nLONDON — {LEAD}") == "London"
    assert dateline_place(f"{LEAD} {LEAD}\n\nVIKHOLM, May 3 (Norwire) - {LEAD}") == "Vikholm"


@pytest.mark.parametrize(
    ("byline", "place"),
    [
        ("By Ida Holm in Vikholm", "Vikholm"),
        ("By Ida Holm and Hugh Marn in Vikholm", "Vikholm"),
        ("By Ida Holm in Vikholm and Hugh Marn in Tarn", "Vikholm"),
        ("By Ida Holm, ferry reporter, in Vikholm, Norway", "Vikholm, Norway"),
        ("By Ida Holm in New York", "New York"),
        ("By Ida Holm", None),
        ("By Ida Holm in May", None),
        ("By Ida Holm in Opinion", None),
        ("By Night Train in Norway", None),
        ("By Ida Holm in Vikholm, where the ferry was built and is missed", None),
        ("The ferry was raised by Ida Holm in Vikholm", None),
    ],
)
def test_a_byline_may_name_the_place(byline: str, place: str | None) -> None:
    """Where it is a line of its own, furniture or not."""
    text = f"{byline}\n\n{LEAD}{LATER}"

    assert dateline_place(text) == place
    assert dateline_place(text, len(byline)) == place


def test_a_dateline_goes_before_a_byline() -> None:
    """It is the article's own word."""
    assert dateline_place(f"By Ida Holm in Vikholm\n\nLONDON — {LEAD}") == "London"


def test_the_outlets_own_name_is_no_place() -> None:
    """Some open each text with it."""
    assert dateline_place(f"CASTLEBURY — {LEAD}", outlet="The Castlebury") is None
    assert dateline_place(f"CASTLEBURY — {LEAD}", outlet="The Castlebury Post") == "Castlebury"


@pytest.mark.parametrize(
    ("printed", "wanted"),
    [
        ("ST. JOHN'S", "St. John's"),
        ("L'AQUILA", "L'Aquila"),
        ("O’FALLON", "O’Fallon"),
        ("COEUR D'ALENE", "Coeur d'Alene"),
        ("STRATFORD-UPON-AVON", "Stratford-upon-Avon"),
        ("EL PASO", "El Paso"),
        ("RIO DE JANEIRO", "Rio de Janeiro"),
        ("U.S.", "U.S."),
        ("McALLEN", "McAllen"),
        ("MCMURDO", "McMurdo"),
        ("ŁÓDŹ", "Łódź"),
    ],
)
def test_capitals_become_a_name_as_maps_print_it(printed: str, wanted: str) -> None:
    """With care."""
    assert in_title_case(printed) == wanted


@pytest.mark.parametrize(
    ("printed", "wanted"), [("UAE", "UAE"), ("DC", "DC"), ("SKERRAND", "Skerrand"), ("Va.", "Va.")]
)
def test_abbreviations_after_a_town_are_left(printed: str, wanted: str) -> None:
    """Of three letters at most."""
    assert in_title_case(printed, after=True) == wanted
