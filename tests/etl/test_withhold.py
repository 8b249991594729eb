"""Texts that are withheld: stored, and given away by no question and no export, whatever loads do. Both databases."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update

from etl.load import events
from etl.load.articles import first_words
from etl.load.deciding import revert
from etl.load.forgetting import forget
from etl.load.withholding import UNTITLED, withhold_articles, withhold_outlet
from schema import tables
from schema.cli import main
from schema.database import async_engine_for, engine_for
from schema.global_ids import encode
from schema.graphql import graphql_schema
from schema.graphql.context import Context
from schema.keys import source_id
from tests.etl.export.test_lines import lines
from tests.etl.test_forget import outcomes
from tests.etl.test_undo import all_of, feed, loaded, record, taken_back

LATER = datetime(2026, 2, 1, tzinfo=UTC)
WHY = {"by": "ada", "at": LATER, "reason": "a licence"}
EVERYTHING = """{
  articles { nodes { id label text headline events { title } } }
  reports { nodes { exact prefix suffix article { text } } }
}"""


def asked(engine: Engine, question: str = EVERYTHING) -> Any:
    """What the API answers."""

    async def ask() -> Any:
        server = async_engine_for(engine.url.render_as_string(hide_password=False))
        try:
            result = await graphql_schema.execute(question, context_value=Context(server))
        finally:
            await server.dispose()
        assert not result.errors, result.errors
        return result.data

    return asyncio.run(ask())


def stored_articles(engine: Engine) -> dict[UUID, bool]:
    """Whether the text of each article is withheld."""
    with engine.connect() as connection:
        return {row.id: row.withheld for row in connection.execute(select(tables.Article.id, tables.Article.withheld))}


def only(engine: Engine) -> UUID:
    (found,) = stored_articles(engine)
    return found


def words_of(engine: Engine) -> set[str]:
    """Runs of words of the stored texts that stand in no quotation."""
    with engine.connect() as connection:
        texts = connection.execute(select(tables.Article.text)).scalars().all()
    return {" ".join(part.split()[:4]) for one in texts for part in one.split("\n\n") if "“" not in part}


@pytest.mark.parametrize("fields", [{"external_id": "a"}, {"external_id": "a", "headline": "Ferries"}])
def test_no_question_and_no_export_gives_it_away(engine: Engine, tmp_path: Path, fields: dict[str, str]) -> None:
    """The words of the speakers stay; no word around them is told, in a label or a title either."""
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, **fields)]))
    key = only(engine)
    with engine.begin() as connection:
        # The file stands in for the headline; here is an article that has neither.
        words = connection.execute(select(tables.Article.text)).scalar_one()
        label = fields.get("headline", first_words(words))
        connection.execute(update(tables.Article).values(file_name=None, label=label))
        events.retitle(connection, [key])
    around = words_of(engine)
    before = asked(engine)
    assert {before["articles"]["nodes"][0]["label"], *_titles(before)} == {label}
    assert "headline" in fields or any(label.startswith(run) for run in around)

    decision = withhold_articles(engine, [key], called="it", **WHY)

    answer = asked(engine)
    (article,) = answer["articles"]["nodes"]
    assert article["text"] is None
    assert article["label"] == fields.get("headline", UNTITLED)
    assert _titles(answer) == {fields.get("headline", UNTITLED)}
    reports = answer["reports"]["nodes"]
    assert {(one["prefix"], one["suffix"], one["article"]["text"]) for one in reports} == {("", "", None)}
    assert [one["exact"] for one in reports] == [one["exact"] for one in before["reports"]["nodes"]]
    told = json.dumps(answer, ensure_ascii=False)
    for kind in ("articles", "reports", "statements", "events", "people"):
        told += json.dumps(lines(engine, kind), ensure_ascii=False)
    assert not [run for run in around if run in told]
    (line,) = lines(engine, "articles")
    assert (line["text"], line["text_hash"], line["withheld"]) == (None, None, True)
    assert {one["withheld"] for one in lines(engine, "reports")} == {True}

    revert(engine, decision, by="ada", at=LATER)

    assert asked(engine) == before


def _titles(answer: Any) -> set[str]:
    return {event["title"] for article in answer["articles"]["nodes"] for event in article["events"]}


def test_no_search_probes_it(engine: Engine, tmp_path: Path) -> None:
    """Neither for words that are in it nor without words that are not."""
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="a", headline="Ferries sail")]))
    (run,) = sorted(words_of(engine))[:1]
    question = f'{{ found: articles(where: {{text: "\\"{run}\\""}}) {{ totalCount }} '
    question += f'without: articles(where: {{text: "ferries -\\"{run}\\""}}) {{ totalCount }} }}'
    assert asked(engine, question) == {"found": {"totalCount": 1}, "without": {"totalCount": 0}}

    withhold_articles(engine, [only(engine)], called="it", **WHY)

    assert asked(engine, question) == {"found": {"totalCount": 0}, "without": {"totalCount": 1}}


@pytest.mark.parametrize(
    "again",
    [
        record(0, external_id="a", url="https://post.example/a"),
        record(1, external_id="a"),
        record(0, external_id="a", source="Coast Post", domain="post.example"),
        record(0, external_id="0", url="https://post.example/a"),
    ],
    ids=["an address", "another text", "an outlet", "another id"],
)
def test_what_later_loads_bring_of_it_is_withheld(engine: Engine, tmp_path: Path, again: dict[str, object]) -> None:
    """Whatever it is called by then; and it is so still when either load is taken back."""
    first = record(0, external_id="a", url="https://post.example/a")
    first["source"] = again["source"] = "Coast Post"
    ids = loaded(engine, feed(tmp_path / "1.jsonl", [first]))
    withhold_articles(engine, [only(engine)], called="it", **WHY)

    ids += loaded(engine, feed(tmp_path / "2.jsonl", [again]))

    assert set(stored_articles(engine).values()) == {True}
    taken_back(engine, ids[1])
    assert set(stored_articles(engine).values()) == {True}
    ids += loaded(engine, feed(tmp_path / "3.jsonl", [again]))
    taken_back(engine, ids[0])
    assert set(stored_articles(engine).values()) == {True}


def test_an_article_known_by_its_text_stays_withheld_under_another_id(engine: Engine, tmp_path: Path) -> None:
    """Its outlet was known by name alone; a later record tells the domain. Other outlets print the same text openly."""
    ours = record(0, source="Coast Post")
    first, *_ = loaded(engine, feed(tmp_path / "1.jsonl", [ours]))
    before = only(engine)
    withhold_articles(engine, [before], called="it", **WHY)

    loaded(engine, feed(tmp_path / "2.jsonl", [{**ours, "domain": "post.example"}]))
    assert only(engine) != before
    assert set(stored_articles(engine).values()) == {True}
    taken_back(engine, first)
    assert set(stored_articles(engine).values()) == {True}

    loaded(engine, feed(tmp_path / "3.jsonl", [record(0, source="Other Post", domain="other.example")]))
    assert sorted(stored_articles(engine).values()) == [False, True]


def test_two_articles_of_one_decision_that_prove_to_be_one_stay_withheld(engine: Engine, tmp_path: Path) -> None:
    """A later record has the external id of the one and the address of the other."""
    here, there = {"external_id": "a"}, {"url": "https://post.example/a"}
    ours = [record(0, source="Coast Post", **here), record(1, source="Coast Post", **there)]
    loaded(engine, feed(tmp_path / "1.jsonl", ours))
    withhold_articles(engine, list(stored_articles(engine)), called="both", **WHY)

    loaded(engine, feed(tmp_path / "2.jsonl", [record(0, source="Coast Post", **here, **there)]))

    assert list(stored_articles(engine).values()) == [True]


def test_an_article_that_goes_and_comes_again_is_withheld(engine: Engine, tmp_path: Path) -> None:
    """Its load was taken back, or people forgot it for a while."""
    one = feed(tmp_path / "1.jsonl", [record(0, external_id="a")])
    (load,) = loaded(engine, one)
    withhold_articles(engine, [only(engine)], called="it", **WHY)
    taken_back(engine, load)
    assert not stored_articles(engine)
    loaded(engine, one)
    assert set(stored_articles(engine).values()) == {True}

    decision = forget(engine, [only(engine)], called="it", by="ada", at=LATER, reason="a court order")
    assert not stored_articles(engine)
    revert(engine, decision, by="ada", at=LATER)
    loaded(engine, one)

    assert set(stored_articles(engine).values()) == {True}


@pytest.mark.parametrize("domain", ["post.example", None])
def test_all_articles_of_an_outlet_are_withheld(engine: Engine, tmp_path: Path, domain: str | None) -> None:
    """Those stored, and those of later loads, also where the outlet has another name by then or was gone meanwhile."""
    fields = {"source": "Coast Post"} | ({"domain": domain} if domain else {})
    first = feed(tmp_path / "1.jsonl", [record(0, external_id="a", **fields), record(1, external_id="b")])
    (load,) = loaded(engine, first)
    decision = withhold_outlet(engine, source_id(domain, "Coast Post"), called="Coast Post", **WHY)
    assert sorted(stored_articles(engine).values()) == [False, True]

    renamed = {**fields, "source": "The Coast Post and Mail"} if domain else {**fields, "domain": "post.example"}
    loaded(engine, feed(tmp_path / "2.jsonl", [record(2, external_id="c", **renamed)]))
    assert sorted(stored_articles(engine).values()) == [False, True, True]
    taken_back(engine, load)
    loaded(engine, first)
    assert sorted(stored_articles(engine).values()) == [False, True, True]

    revert(engine, decision, by="ada", at=LATER)
    assert set(stored_articles(engine).values()) == {False}


def test_two_decisions_about_one_article_are_taken_back_one_by_one(engine: Engine, tmp_path: Path) -> None:
    """It is withheld until the last is."""
    loaded(engine, feed(tmp_path / "1.jsonl", [record(0, external_id="a", source="Coast Post", domain="post.example")]))
    first = withhold_articles(engine, [only(engine)], called="it", **WHY)
    second = withhold_outlet(engine, source_id("post.example", None), called="post.example", **WHY)

    revert(engine, first, by="ada", at=LATER)
    assert set(stored_articles(engine).values()) == {True}
    revert(engine, second, by="ada", at=LATER)
    assert set(stored_articles(engine).values()) == {False}


def test_who_follows_changes_hears_of_it_and_nothing_else_changes(engine: Engine, tmp_path: Path) -> None:
    """The graph is the same but for the column; a load of the same files changes no row."""
    one = feed(tmp_path / "1.jsonl", [record(number, external_id=f"id-{number}") for number in range(4)])
    loaded(engine, one)
    before = all_of(engine)
    key = sorted(stored_articles(engine))[0]

    decision = withhold_articles(engine, [key], called="it", **WHY)
    with engine.connect() as connection:
        changed = dict(connection.execute(select(tables.Article.id, tables.Article.updated_at)).all())
    assert [article for article, at in changed.items() if at == LATER] == [key]
    withheld = all_of(engine)
    assert {name for name in before if before[name] != withheld[name]} == {"article", "decision", "decision_about"}
    assert outcomes(engine, one) == {"article: unchanged": 4}
    with engine.connect() as connection:
        again = dict(connection.execute(select(tables.Article.id, tables.Article.updated_at)).all())
    assert again == changed

    revert(engine, decision, by="ada", at=LATER)
    assert all_of(engine)["article"] == before["article"]


def test_the_command_takes_addresses_files_ids_and_outlets(
    database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Says what it withheld, and what is not known; the decisions are listed and taken back."""
    engine = engine_for(database_url)
    records = [
        record(0, url="https://post.example/a"),
        record(1, external_id="b"),
        record(2, external_id="c"),
        record(3, external_id="d", source="Radio", domain="radio.example"),
        record(4, external_id="e", source="Tunnel Times"),
    ]
    by_file = feed(tmp_path / "file.jsonl", records[1:2])
    not_loaded = feed(tmp_path / "never.jsonl", [record(5, external_id="f")])
    loaded(engine, feed(tmp_path / "all.jsonl", records))
    with engine.connect() as connection:
        called = dict(connection.execute(select(tables.ExternalId.value, tables.ExternalId.article_id)).all())
    monkeypatch.setenv("QUOTH_DATABASE_URL", database_url)
    why = ["--reason", "a licence", "--by", "ada"]
    ids = [encode("Article", called["c"]), "www.Radio.example", encode("Source", source_id(None, "Tunnel Times"))]

    assert main(["withhold", "https://post.example/a", str(by_file), *ids, str(not_loaded), "new.example", *why]) == 0

    told = capsys.readouterr().out.splitlines()
    assert [line.split(": ", 1)[1].split(";")[0] for line in (one.split(tmp_path.name)[-1] for one in told)][2:] == [
        "the text of 1 article is withheld",
        "the texts of 1 article of it are withheld, and those that later loads bring",
        "the texts of 1 article of it are withheld, and those that later loads bring",
        "nothing is stored of it",
        "the texts of 0 articles of it are withheld, and those that later loads bring",
    ]
    assert set(stored_articles(engine).values()) == {True}
    loaded(engine, not_loaded, feed(tmp_path / "new.jsonl", [record(6, source="New", domain="new.example")]))
    assert set(stored_articles(engine).values()) == {True}
    for unknown in ("https://post.example/none", "nonsense", str(UUID(int=7)), str(source_id(None, None))):
        assert main(["withhold", unknown, *why]) == 1
        assert unknown in capsys.readouterr().err
    assert main(["decisions"]) == 0
    listed = capsys.readouterr().out
    assert "ada: the texts of www.Radio.example are withheld; a licence" in listed
    assert main(["decisions", "--revert", listed.split()[0]]) == 0
    assert sorted(set(stored_articles(engine).values())) == [False, True]
    engine.dispose()
