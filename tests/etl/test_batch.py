"""Records of one batch that are about one stored article: the second sees what the first one made of it."""

from pathlib import Path

from sqlalchemy import Engine, select

from schema import tables
from tests.etl.test_forget import outcomes
from tests.etl.test_undo import feed, loaded, record


def test_two_names_of_one_article_in_one_batch(engine: Engine, tmp_path: Path) -> None:
    """One record knows its external id, the other its address, and each brings something."""
    url = "https://post.example/a"
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="a", url=url)]))
    both = [record(0, external_id="a", headline="Ferries"), record(0, url=url, language="en-GB"), record(0, url=url)]

    counted = outcomes(engine, feed(tmp_path / "2.jsonl", [record(1), *both, record(2)]))

    assert counted == {"article: added": 2, "article: updated": 2, "article: unchanged": 1}
    with engine.connect() as connection:
        article = connection.execute(
            select(tables.Article.headline, tables.Article.language).where(tables.Article.url == url)
        )
        assert article.one() == ("Ferries", "en-GB")
        given = connection.execute(select(tables.Given.position).join(tables.Article).where(tables.Article.url == url))
        assert sorted(given.scalars()) == [0, 1, 2, 3]
