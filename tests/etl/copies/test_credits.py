"""Which agency an article is credited to: a table of first lines and last lines."""

import pytest

from etl.clean import clean
from etl.copies.credits import agencies, credit, is_outlet
from etl.records import CleanArticle, RawArticle

BODY = "The harbour office has closed the northern pier until Monday after a storm broke two of its posts, it said."


def cleaned(text: str, authors: tuple[str, ...] = ()) -> CleanArticle:
    article = clean(RawArticle("test", text, authors=authors, language="en"))
    assert isinstance(article, CleanArticle)
    return article


CREDITED = [
    (f"(Reuters) - {BODY}", "Reuters"),
    (f"LONDON (AP) — {BODY}", "AP"),
    (f"SKELL, May 3 (Reuters) - {BODY}", "Reuters"),
    (f"Skell (AFP) – {BODY}", "AFP"),
    (f"SKELL, Skerrand (AP) — {BODY}", "AP"),
    (f"Skell (dpa/) - {BODY}", "DPA"),
    (f"dpa/ {BODY}", "DPA"),
    (f"AP – {BODY}", "AP"),
    (f"By AFP\n\n{BODY}\n\n{BODY}", "AFP"),
    (f"By The Associated Press\n\n{BODY}", "AP"),
    (f"HARLOW, May 3 (Norwire) - {BODY}", "Norwire"),
    (f"{BODY}\n\n(Norwire)", "Norwire"),
    (f"{BODY}\n\n— Reuters", "Reuters"),
    (f"{BODY}\n\nReuters", "Reuters"),
    (f"{BODY} (AFP)", "AFP"),
    (f"{BODY}\n\nSource: Reuters", "Reuters"),
    (f"{BODY}\n\nAFP/dpa", "AFP"),
    (f"{BODY}\n\n(Agencies)", "Agencies"),
]


@pytest.mark.parametrize(("text", "agency"), CREDITED)
def test_a_credit_at_the_start_or_the_end_names_the_agency(text: str, agency: str) -> None:
    """The name is the list's, and the span holds the credit and no word of the body."""
    found = credit(cleaned(text))
    assert found is not None
    assert found.agency == agency
    assert BODY[4:-1] not in found.span.of(text)


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"{BODY}\n\nWith reporting by AP",
        f"{BODY}\n\nReuters contributed to this report.",
        f"Reuters reported on Monday that a pier had been closed. {BODY}",
        f"{BODY} The office told AFP so.",
        f"{BODY}\n\n(Tove Askel)",
        f"Senator Ann Pell (R-S.C.) — who lives nearby — was not there. {BODY}",
        f"SKELL, Skerrand — {BODY}",
    ],
)
def test_a_contribution_or_a_mention_is_no_credit(text: str) -> None:
    """Only a credit for the whole text counts."""
    assert credit(cleaned(text)) is None


def test_an_agency_among_the_authors_is_a_credit() -> None:
    """Feeds give the agency as the author."""
    found = credit(cleaned(BODY, authors=("Agence France-Presse",)))
    assert found is not None
    assert found.agency == "AFP"


def test_an_agency_is_known_by_every_spelling() -> None:
    """The outlet of an agency's own articles is the agency."""
    assert is_outlet("AP", "The Associated Press")
    assert is_outlet("Norwire", "Norwire (invented)")
    assert not is_outlet("AP", "AFP")
    assert not is_outlet("AP", None)
    assert agencies()["agence france-presse"] == "AFP"
