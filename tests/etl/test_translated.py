"""What articles say of their translation: notes above and below the text, bylines; and texts about translating."""

import pytest

from etl.clean import clean
from etl.records import CleanArticle, RawArticle
from etl.translated import is_translated

BODY = (
    "The harbour office has closed the northern pier until Monday, its head, Una Fell, said.\n\n"
    "“Two posts broke in the night,” she told the council. “Nobody may set foot on it.”\n\n"
    "Fishermen moved their boats to the southern pier on Friday and complained of the price.\n\n"
    "The council will vote on a loan in March.\n\n"
    "A ferry that was to leave at noon left from Dagny instead."
)


def cleaned(text: str, **fields: object) -> CleanArticle:
    article = clean(RawArticle("test", text, language="en", **fields))
    assert isinstance(article, CleanArticle)
    return article


NOTES = [
    "Translated from the Ukrainian by N.N.",
    "Translated from the Velundian by Bela Surany",
    "(Translated from Russian by Ines Korda and Bela Surany)",
    "[Translated from Spanish]",
    "Translated by Bela Surany",
    "*Translated and edited by Ines Korda*",
    "Edited and translated from Polish by I. Korda.",
    "Translated into English by Tove van der Askel",
    "Translated from German with DeepL",
    "Translated from our edition in the original language.",
    "Translated for Fjord Voices by Ines Korda",
    "Translation: Bela Surany",
    "Translation by Élodie Quint-Amar",
    "— Translation from French: Ines Korda",
    "English translation by Bela Surany",
    "English version: Bela Surany",
    "Translator: Ines Korda",
    "Unofficial translation",
    "Machine translation from Danish",
    "This article was translated from Norwegian.",
    "This article has been automatically translated from Norwegian and may contain errors.",
    "This story was machine-translated from Swedish. Read more about how we work.",
    "This text has been translated by Ines Korda.",
    "This is a machine translation of an article that was printed in Skerrand first.",
    "This is an unofficial English translation of the original interview.",
    "This article first appeared in German in Die Brücke and was translated by Ines Korda.",
    "This report was first published in Hungarian by Ostry Híradó.",
    "This column was originally written in Dutch.",
    "This interview, conducted in French, has been translated into English by Ines Korda.",
    "The interview was conducted in Ukrainian.",
    "All quotes in this article have been translated from Danish.",
    "Originally published in French by Le Phare on 3 May",
    "First published in Swedish in Kustbladet.",
    "Originally written in Italian, this essay was shortened for our readers.",
    "Read the original in German",
    "Read the original article in Finnish here.",
    "Read the Norwegian original",
    "See the original Danish version on kystposten.example",
    "Original in Portuguese",
    "Original language: Icelandic",
    "The original Estonian version of this article can be found here.",
    "Editor’s note: This article was translated from Latvian by Ines Korda.",
    "By Ines Korda, translated by Bela Surany",
    "By Ines Korda. Translated from the Velundian by Bela Surany.",
    "(Reporting by Ines Korda; translated by Bela Surany; editing by Hugh Marn)",
    "Text: Ines Korda / Translation: Bela Surany",
    "© 2023 Kystposten. Translated from Norwegian by Bela Surany.",
    "The following is a translated transcript of a speech to the council.",
    "The following article was translated from Greek by our staff.",
    "This article was printed in Fjord Nytt on May 3. It was translated from Norwegian by Bela Surany.",
]

TOLD = [
    "He translated the book from Russian.",
    "The song, translated into English, was heard on every ferry.",
    "“We go home,” the captain said through a translator.",
    "Fell spoke through an interpreter.",
    "Translated from Russian, the word means a pier for small boats.",
    "Translated into figures, the loss comes to nine boats.",
    "Translation: the pier is not coming back.",
    "Translation: Nothing.",
    "This article was translated into German by readers.",
    "This article has also been translated from English into Spanish by volunteers.",
    "This article is also available in German.",
    "Read this article in Spanish",
    "Read the original in English",
    "Read the original here",
    "Originally published in English by Fjord Voices",
    "This article was originally published in Harbour Weekly.",
    "This story was first published in the Norwire bulletin.",
    "Originally published in French, the novel sold ten copies in Harlow.",
    "This is a German translation of an article from our archive.",
    "This is a bad translation of the article, Fell said.",
    "This letter was translated from Latin by a monk, the museum said.",
    "This book was translated from Danish by her aunt.",
    "The prize went to “The Pier” by Ines Korda, translated by Bela Surany.",
    "The interview was conducted in the harbour office.",
    "The interview was conducted in German, Fell told the council, because nobody there had Danish.",
    "She wrote in Russian on her page that the pier was lost (translated from Russian).",
    "Fell wrote in Ukrainian on Tuesday.",
    "Machine translation",
    "Translation services are paid for by the council.",
    "The translation from the Danish took Korda nine years.",
    "The council had its rules translated by Ines Korda.",
    "Lyrics translated by Bela Surany",
    "A translation of this article appeared in Kystposten.",
    "The original German tiles of the pier are gone.",
    "(Reporting by Ines Korda; additional translation by Bela Surany)",
    "Translated by hand and printed in a cellar, the leaflet went from boat to boat.",
    "Her poems were first published in Swedish in 1951.",
]


@pytest.mark.parametrize("note", NOTES)
def test_a_note_above_or_below_the_text_says_that_it_is_a_translation(note: str) -> None:
    """With and without room between."""
    assert is_translated(cleaned(f"{note}\n\n{BODY}\n"))
    assert is_translated(cleaned(f"{BODY}\n\n{note}\n"))
    assert is_translated(cleaned(f"{BODY}\n{note}"))


@pytest.mark.parametrize("told", TOLD)
def test_a_text_about_translating_is_no_translation(told: str) -> None:
    """Not where a note would stand either."""
    assert not is_translated(cleaned(f"{told}\n\n{BODY}\n"))
    assert not is_translated(cleaned(f"{BODY}\n\n{told}\n"))
    assert not is_translated(cleaned(f"{BODY} {told}"))


def test_an_article_without_a_note_is_none() -> None:
    """Nor one without words."""
    assert not is_translated(cleaned(BODY))
    assert not is_translated(cleaned("Pier."))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"(Translated from Danish) {BODY}", True),
        (f"{BODY} (Translated by Bela Surany)", True),
        (f"{BODY} Translated from Danish by Bela Surany.", True),
        # a parenthesis within a sentence is about a word of it
        (f"{BODY} It is called the old one (translated from Danish).", False),
        (f"{BODY} The leaflet (translated by Bela Surany) is free.", False),
    ],
)
def test_a_parenthesis_and_a_sentence_count_at_the_very_start_and_end(text: str, wanted: bool) -> None:
    """Where nothing else of the sentence stands."""
    assert is_translated(cleaned(text)) is wanted


def test_a_note_amid_the_text_is_about_something_else() -> None:
    """A poem that an article prints has a translator of its own."""
    paragraphs = [f"Paragraph {number} is about the pier and nothing else." for number in range(20)]
    paragraphs[10] = "Translated from Danish by Bela Surany"

    assert not is_translated(cleaned("\n\n".join(paragraphs)))


@pytest.mark.parametrize("beside", ["Harbour Books. 320 pages", "ISBN 0-00-000000-0", "£12, paperback"])
def test_the_translator_of_a_book_is_not_that_of_its_review(beside: str) -> None:
    """The lines that name them stand where notes do."""
    assert not is_translated(cleaned(f"THE PIER\nBy Ines Korda\nTranslated by Bela Surany\n{beside}\n\n{BODY}"))


def test_a_paragraph_that_names_a_price_is_about_no_book() -> None:
    """The note below it is about the article."""
    price = "The pier cost £12 million when it was built, and it will cost as much again, the harbour office reckons."
    price += " The council has not found the money yet."

    assert is_translated(cleaned(f"{BODY}\n\n{price}\n\nTranslated by Bela Surany"))


@pytest.mark.parametrize(
    ("authors", "wanted"),
    [
        (("Ines Korda", "Translated by Bela Surany"), True),
        (("By Ines Korda, translated by Bela Surany",), True),
        (("Ines Korda", "Bela Surany"), False),
        ((), False),
    ],
)
def test_a_byline_may_name_the_translator(authors: tuple[str, ...], wanted: bool) -> None:
    """As the record's own field gives it."""
    assert is_translated(cleaned(BODY, authors=authors)) is wanted


def test_a_note_among_the_furniture_counts() -> None:
    """Share buttons above it, a form below it; what readers write under the form does not."""
    page = f"Share this:\n\nTranslated from Danish by Bela Surany\n\n{BODY}\n\nLeave a Reply\nYour name"
    comment = f"{BODY}\n\nLeave a Reply\n\nTranslated from Danish by Bela Surany\n\nShare this:"

    assert is_translated(cleaned(page))
    assert not is_translated(cleaned(comment))
