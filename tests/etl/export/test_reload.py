"""The lines of articles are what `quoth load` reads: loaded into an empty database they give the same graph."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from etl.clean import clean
from etl.export_cli import KINDS
from etl.guard import Reader, Reading
from etl.load.prepared import Prepared
from etl.records import CleanArticle, ResolvedArticle
from schema import tables
from schema.dates import parse_edtf
from tests.bench import made_up
from tests.etl.export.test_lines import lines, written
from tests.etl.load.test_identities import ALONE, FERRY, NAMESAKES, SPELLINGS, body_says, empty
from tests.etl.load.test_store import ARTICLES, an_article, store
from tests.etl.test_pipeline import SAMPLES, loaded

ABOUT_RUNS = {"load_id", "method", "updated_at", "withdrawn_at"}


def known_by(words: str, **fields: Any) -> ResolvedArticle:
    """An article of which its record said so."""
    article = an_article(words)
    return replace(article, article=replace(article.article, raw=replace(article.article.raw, **fields)))


NAMED = [
    known_by("Whoever fishes pays", source=None, domain="bare.example"),
    known_by(
        "Nets are mended in winter", source="The Quay", domain="quay.example", url="https://quay.example/nets?a=1"
    ),
    known_by("Herring is back", external_id="b:2", further_ids=("c:3", "d:4")),
    known_by("Cod is not", source=None, published_on=None, headline="Cod", authors=("Sam Reed", "Jo Marsh")),
    known_by("Eels come at night", published_on=parse_edtf("2022-01-17T22:30:00-05:00"), language="en-GB"),
]
BODIES = [
    body_says("Harbour Board", "Tugs are on their way", FERRY, "Board"),
    body_says("Harbor Board", "Pilots were warned in time", FERRY),
]


def from_files(articles: Sequence[ResolvedArticle]) -> list[ResolvedArticle]:
    """As reading and cleaning leave them, each from a file of its own."""
    found = []
    for number, one in enumerate(articles):
        raw = one.article.raw
        cleaned = clean(replace(raw, file_name=f"{number}.json", language=raw.language or "en"))
        assert isinstance(cleaned, CleanArticle)
        found.append(replace(one, article=cleaned))
    return found


def recorded(articles: Sequence[ResolvedArticle]) -> Reader:
    """Finds in a text what was found in it before."""
    by_text = {one.article.text: one for one in articles}
    assert len(by_text) == len(articles)
    return lambda cleaned: Reading([Prepared.of(replace(by_text[one.text], article=one)) for one in cleaned])


def nothing_in_it(cleaned: Sequence[CleanArticle]) -> Reading:
    """Articles in which nobody says anything."""
    return Reading([Prepared.of(ResolvedArticle(one, {}, ())) for one in cleaned])


def graph(engine: Engine, *kinds: str) -> dict[str, list[dict[str, Any]]]:
    """All lines of some kinds, of all when none is given; what is about runs aside."""
    return {
        kind: [{key: value for key, value in line.items() if key not in ABOUT_RUNS} for line in lines(engine, kind)]
        for kind in kinds or KINDS
    }


def ids(engine: Engine) -> dict[str, list[Any]]:
    models = (tables.Article, tables.Report, tables.Statement, tables.Event, tables.Speaker)
    with engine.connect() as connection:
        return {one.__name__: sorted(connection.execute(select(one.id)).scalars()) for one in models}


def exported(engine: Engine, file: Path) -> Path:
    file.write_bytes(b"".join(written(engine, "articles")))
    return file


def test_a_fresh_load_of_exported_articles_gives_the_same_ids_and_lines(engine: Engine, tmp_path: Path) -> None:
    """Articles, reports, statements, events, people; known by text, url, one name or several, of outlets or none."""
    articles = from_files([*ARTICLES, *NAMESAKES, *SPELLINGS, *ALONE, *NAMED, *BODIES, *made_up.articles(0, 40)])
    store(engine, articles)
    before, lines_before = ids(engine), graph(engine)
    assert {name: len(found) for name, found in before.items() if len(found) < 4} == {}
    file = exported(engine, tmp_path / "articles.jsonl")
    empty(engine)

    outcomes = loaded(engine, file, reader=recorded(articles))

    assert outcomes["article: added"] == len(articles)
    assert [name for name in outcomes if name.startswith("note: ignored")] == []
    assert ids(engine) == before
    assert graph(engine) == lines_before


def test_exported_articles_are_unchanged_where_they_came_from(engine: Engine, tmp_path: Path) -> None:
    """Nothing in a line says more, or other, than what is stored."""
    articles = from_files([*ARTICLES, *NAMED])
    store(engine, articles)

    outcomes = loaded(engine, exported(engine, tmp_path / "articles.jsonl"), reader=recorded(articles))

    assert outcomes == {"article: unchanged": len(articles)}


@pytest.mark.model
def test_a_fresh_load_of_the_exported_samples_gives_the_same_ids(engine: Engine, tmp_path: Path) -> None:
    """The real stages from end to end. Not all lines: what a body is called still depends on the order of a batch."""
    loaded(engine, SAMPLES)
    before, lines_before = ids(engine), graph(engine, "reports", "events", "articles")
    file = exported(engine, tmp_path / "articles.jsonl")
    empty(engine)

    loaded(engine, file)

    assert ids(engine) == before
    assert graph(engine, "reports", "events", "articles") == lines_before


def test_an_article_of_several_names_is_one_whichever_a_record_gives(engine: Engine, tmp_path: Path) -> None:
    """The export of a database with two feeds, loaded into that of one of them; in one batch, and over batches."""
    feed, both = tmp_path / "feed.json", tmp_path / "both.jsonl"
    feed.write_text(json.dumps({"text": "Ferries sail.", "external_id": "feed:2"}), encoding="utf-8")
    records = [
        {"text": "Ferries sail again.", "external_ids": ["feed:2", "agency:1"]},
        {"text": "Ferries sail at noon.", "external_id": "feed:2"},
    ]
    both.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")

    loaded(engine, feed, reader=nothing_in_it)
    outcomes = loaded(engine, both, reader=nothing_in_it)

    assert outcomes["article: updated"] == 2
    (line,) = lines(engine, "articles")
    assert (line["external_ids"], line["text"]) == (["agency:1", "feed:2"], "Ferries sail at noon.")
