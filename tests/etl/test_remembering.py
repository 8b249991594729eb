"""What the language model found of a text is kept, and no text is analysed twice. Both databases."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from readers import in_this_process
from sqlalchemy import Engine, func, select

from etl.analyse import language_model
from etl.annotate import annotate, packed, unpacked
from etl.clean import clean
from etl.extract import quotations
from etl.guard import Reading
from etl.load import annotations
from etl.load.forgetting import forget
from etl.pipeline import BY_DEFAULT, load, method
from etl.read import Defaults, read
from etl.records import CleanArticle, RawArticle
from etl.resolve import resolve
from etl.settings import ModelSettings
from etl.undo import undo
from schema import tables
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import stored

pytestmark = pytest.mark.model

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Asked:
    """What reads articles, and how many of them the model was asked about."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, articles: Sequence[CleanArticle]) -> Reading:
        self.count += sum(article.annotation is None for article in articles)
        return in_this_process()(articles)


def asked(engine: Engine, *paths: Path, **lent: str) -> int:
    """About how many articles a load asks the model."""
    reader = Asked()
    load(
        engine,
        paths,
        defaults=Defaults(**lent),
        manifest=None,
        now=NOW,
        batch_size=4,
        tell=lambda progress: None,
        reader=reader,
    )
    return reader.count


def some() -> list[Path]:
    return sorted(SAMPLES.glob("*.json"))[:5]


def kept(engine: Engine) -> int:
    with engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(tables.Annotation)).scalar_one())


def test_what_is_unpacked_says_what_was_packed() -> None:
    """Every quotation, with its evidence, and everything that resolving makes of it."""
    cleaned = [clean(record.item) for record in read([SAMPLES], Defaults(), None, now=NOW) if _is_raw(record.item)]
    articles = [article for article in cleaned if isinstance(article, CleanArticle)]
    nlp = language_model(ModelSettings())

    for article, doc in annotate(articles, nlp):
        again = unpacked(packed(doc), nlp)
        assert again.text == article.text
        found = quotations(doc)
        assert quotations(again) == found
        assert resolve(article, again, found) == resolve(article, doc, found)
    assert len(articles) > 20


def _is_raw(item: object) -> bool:
    return isinstance(item, RawArticle)


def test_a_database_that_was_emptied_is_filled_again_without_the_model(engine: Engine, tmp_path: Path) -> None:
    """The same rows come out; another method asks again."""
    assert asked(engine, *some()) == 5
    before = stored(engine)
    with engine.connect() as connection:
        content = connection.execute(select(tables.Annotation.text_hash, tables.Annotation.content)).all()
    empty(engine)
    with engine.begin() as connection:
        found = {row.text_hash: row.content for row in content}
        for text, one in found.items():
            by = method(BY_DEFAULT)
            connection.execute(
                tables.Annotation.__table__.insert().values(text_hash=text, method=by, content=one)  # type: ignore[attr-defined]
            )

    assert asked(engine, *some()) == 0
    assert stored(engine) == before
    with engine.connect() as connection:
        assert not annotations.of(connection, set(found), "another method")


def test_undoing_asks_about_nothing_twice(engine: Engine) -> None:
    """What another load gave of an article is stored anew from what is kept."""
    assert asked(engine, *some()) == 5
    assert asked(engine, *some()[:1], timezone="America/Toronto") == 0
    with engine.connect() as connection:
        loads = list(connection.execute(select(tables.Load.id)).scalars())
    reader = Asked()

    for one in loads:
        undo(engine, one, method=method(BY_DEFAULT), reader=reader, now=NOW, batch_size=4, tell=lambda outcomes: None)

    assert reader.count == 0
    assert not stored(engine)["article"]
    assert asked(engine, *some()) == 0


def test_what_is_forgotten_is_not_kept(engine: Engine) -> None:
    """It has every word of the text."""
    asked(engine, *some())
    with engine.connect() as connection:
        articles = list(connection.execute(select(tables.Article.id)).scalars())
    assert kept(engine) == 5

    forget(engine, articles[:2], called="two", by="ada", at=NOW, reason="a court order")

    assert kept(engine) == 3


def test_articles_come_out_as_they_went_in(engine: Engine) -> None:
    """In one batch, some on record and some not."""
    assert asked(engine, *some()[1:3]) == 2
    with engine.connect() as connection:
        (load_id,) = connection.execute(select(tables.Load.id)).scalars()
    undo(
        engine,
        load_id,
        method=method(BY_DEFAULT),
        reader=in_this_process(),
        now=NOW,
        batch_size=4,
        tell=lambda outcomes: None,
    )
    places: list[tuple[str, bool]] = []

    def reader(articles: Sequence[CleanArticle]) -> Reading:
        found = in_this_process()(articles)
        assert [one.resolved.article.raw.place for one in found.made] == [one.raw.place for one in articles]
        places.extend((article.raw.place, article.annotation is None) for article in articles)
        return found

    load(
        engine,
        some(),
        defaults=Defaults(),
        manifest=None,
        now=NOW,
        batch_size=8,
        tell=lambda progress: None,
        reader=reader,
    )
    assert [is_new for _, is_new in places] == [True, False, False, True, True]
