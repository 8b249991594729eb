"""Which words of an article mean which of its people."""

import pytest

from etl.records import CleanArticle, RawArticle
from etl.resolve import references

pytestmark = pytest.mark.model

CASES = [
    # (text, words of Dana Ortiz)
    ("Mayor Dana Ortiz came. Ortiz sat down.", ["Mayor", "Dana Ortiz", "Ortiz"]),
    ("Dana Ortiz came with Peter Jones. She sat down, and he left.", ["Dana Ortiz", "She"]),
    ("Dana Ortiz checked herself in.", ["Dana Ortiz", "herself"]),
    # a headline in capitals, the name cut as the text has it
    ("Dana Ortiz Checks Into Clinic\nThe singer Dana Ortiz has left.", ["Dana Ortiz", "singer", "Dana Ortiz"]),
    ("Dana Ortiz Should Win\nDana Ortiz has left.", ["Dana Ortiz", "Dana Ortiz"]),
    # a family name of two words
    ("Gaetano Lo Presti came. Lo Presti sat down. Dana Ortiz left.", ["Dana Ortiz"]),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_the_words_of_one_person(nlp, text, wanted):
    article = CleanArticle(RawArticle("test", text), "en")

    found = references(article, nlp(text), []).mentions

    assert [one.span.of(text) for one in found if one.party == "person:dana ortiz"] == wanted


def test_a_name_within_a_title_means_its_bearer(nlp):
    """Whose lawyer he is, is not part of his name."""
    text = "Dana Ortiz checked in today.\nOrtiz lawyer Mark Heller told the court that Ortiz had left."

    found = references(CleanArticle(RawArticle("test", text), "en"), nlp(text), []).mentions

    at = [one.party for one in found if one.span.start == text.index("Ortiz lawyer")]
    assert at == ["person:dana ortiz"]
    assert {one.span.of(text) for one in found if one.party == "person:mark heller"} == {"lawyer", "Mark Heller"}


def test_no_day_of_the_week_is_a_person(nlp):
    """ "at 7 p. m. Friday" """
    text = "Dana Ortiz parked her car at 7 p. m. Friday at the market."

    found = references(CleanArticle(RawArticle("test", text), "en"), nlp(text), []).mentions

    assert {one.party for one in found} == {"person:dana ortiz"}
