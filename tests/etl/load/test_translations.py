"""A remark that a translation and an article in the speaker's own language both quote, on both databases."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from etl.records import ResolvedArticle
from schema import tables
from tests.etl.load.test_store import an_article, store, stored

OWN = "The new ferries will sail from every northern harbour in March"
NOTE = "Translated from the Velundian by Bela Surany"
# Longer than the speaker's own: between two direct quotations it would be shown.
BACK = f"{OWN} and nobody will have to wait for them"
PLAIN = an_article(OWN, source="The Fjord Post")


def translation() -> ResolvedArticle:
    """The same remark in an article that ends in a note."""
    made = an_article(BACK, source="Dagny Weekly")
    raw = replace(made.article.raw, text=f"{made.article.text}\n{NOTE}\n")
    return replace(made, article=replace(made.article, raw=raw))


def shown(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(select(tables.Statement.text)).scalars())


@pytest.mark.parametrize("first", ["translation", "own"])
@pytest.mark.parametrize("at_once", [True, False])
def test_the_speakers_own_words_are_shown_in_either_order(engine: Engine, first: str, at_once: bool) -> None:
    """Loaded before the translation, after it and with it."""
    articles = [translation(), PLAIN] if first == "translation" else [PLAIN, translation()]

    store(engine, *([articles] if at_once else [[article] for article in articles]))

    assert shown(engine) == [OWN]


def test_without_the_note_the_fuller_words_are_shown(engine: Engine) -> None:
    """So it is the note that decides above."""
    store(engine, [PLAIN, an_article(BACK, source="Dagny Weekly")])

    assert shown(engine) == [BACK]


def test_words_that_only_translations_have_are_shown(engine: Engine) -> None:
    """A translator's words are better than none."""
    store(engine, [translation()])

    assert shown(engine) == [BACK]


def test_the_article_is_marked_and_a_second_load_changes_nothing(engine: Engine) -> None:
    """What the row says is what the text said."""
    store(engine, [translation(), PLAIN])
    before = stored(engine)
    with engine.connect() as connection:
        marked = {
            row.text: row.translated
            for row in connection.execute(select(tables.Article.text, tables.Article.translated))
        }

    store(engine, [PLAIN], [translation()])

    assert {NOTE in text: translated for text, translated in marked.items()} == {True: True, False: False}
    assert stored(engine) == before
