"""What identifies an article may come after its text: the rows are those of the article as it is known in the end."""

import json
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl import load
from etl.load import deciding
from etl.load.articles import id_of
from etl.load.prepared import Prepared
from etl.records import ResolvedArticle
from schema import tables
from schema.global_ids import encode
from schema.keys import event_id, statement_id
from tests.etl.load.test_identities import FERRY, TUNNEL, empty, says
from tests.etl.load.test_store import ARTICLES, NOW, store, stored
from tests.etl.load.test_successors import answers
from tests.etl.test_pipeline import loaded

WORDS = "Steel is dear these days"
BARE = says("Bill Orlov", WORDS, FERRY)
KNOWN = says("Bill Orlov", WORDS, FERRY, external_id="feed:7")
KNOWN = replace(KNOWN, article=replace(KNOWN.article, raw=replace(KNOWN.article.raw, text=BARE.article.text)))
OTHERS = [says("Bill Orlov", WORDS, TUNNEL, external_id="other"), *ARTICLES]


def upgrade(engine: Engine, old: ResolvedArticle, new: ResolvedArticle) -> None:
    """A load that knows more of a stored article."""
    run = load.begin(engine, "test 1", NOW)
    replaced = {id_of(new.article): {id_of(old.article)}}
    load.store(engine, run, [Prepared.of(new)], [], {"article: updated": 1}, replaced=replaced)


def without_redirects(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: rows for name, rows in stored(engine).items() if name not in {"redirect", "decision", "decision_about"}
    }


def reports(engine: Engine, article: ResolvedArticle) -> list[UUID]:
    query = select(tables.Report.id).where(tables.Report.article_id == id_of(article.article))
    with engine.connect() as connection:
        return list(connection.execute(query.order_by(tables.Report.id)).scalars())


def test_the_rows_are_those_of_the_article_as_it_is_known_now(engine: Engine) -> None:
    store(engine, [BARE, *OTHERS])

    upgrade(engine, BARE, KNOWN)

    found = without_redirects(engine)
    assert (reports(engine, BARE), len(reports(engine, KNOWN))) == ([], 1)
    empty(engine)
    store(engine, [KNOWN, *OTHERS])
    assert without_redirects(engine) == found


def test_ids_of_before_lead_to_those_of_now(engine: Engine, database_url: str) -> None:
    """The article's, its report's, and those of the statement and the event that were called by them."""
    store(engine, [BARE])
    old, (old_report,) = id_of(BARE.article), reports(engine, BARE)

    upgrade(engine, BARE, KNOWN)

    new, (new_report,) = id_of(KNOWN.article), reports(engine, KNOWN)
    leads = {
        encode("Article", old): encode("Article", new),
        encode("Report", old_report): encode("Report", new_report),
        encode("Statement", statement_id([old_report])): encode("Statement", statement_id([new_report])),
        encode("Event", event_id([old])): encode("Event", event_id([new])),
    }
    assert answers(database_url, leads) == leads


def test_ids_lead_on_when_it_is_called_otherwise_twice(engine: Engine, database_url: str) -> None:
    store(engine, [BARE])
    third = replace(KNOWN, article=replace(KNOWN.article, raw=replace(KNOWN.article.raw, external_id="a feed:7")))

    upgrade(engine, BARE, KNOWN)
    upgrade(engine, KNOWN, third)

    now = encode("Article", id_of(third.article))
    before = [encode("Article", id_of(one.article)) for one in (BARE, KNOWN)]
    assert answers(database_url, before) == dict.fromkeys(before, now)


def test_what_people_decided_comes_along(engine: Engine) -> None:
    store(engine, [BARE, *OTHERS])
    (report,) = reports(engine, BARE)
    decision = deciding.reject_report(engine, report, by="ada", at=NOW)

    upgrade(engine, BARE, KNOWN)

    def withdrawn() -> bool:
        query = select(tables.Report.withdrawn_at).where(tables.Report.id.in_(reports(engine, KNOWN)))
        with engine.connect() as connection:
            return connection.execute(query).scalar_one() is not None

    assert withdrawn()
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert not withdrawn()


LINE = {"text": "The minister, Ida Holm, said on Monday that the ferries would sail.", "published_on": "2022-01-18"}
LATER = [{"url": "https://fjord.example/1"}, {"external_id": "7"}, {"source": "The Fjord Post"}]


@pytest.mark.model
@pytest.mark.parametrize("later", LATER, ids=lambda given: next(iter(given)))
def test_files_in_either_order_give_the_same_rows(engine: Engine, tmp_path: Path, later: dict[str, str]) -> None:
    bare, known = tmp_path / "monday" / "feed.jsonl", tmp_path / "tuesday" / "feed.jsonl"
    for file, line in ((bare, LINE), (known, LINE | later)):
        file.parent.mkdir()
        file.write_text(json.dumps(line), encoding="utf-8")

    assert loaded(engine, bare)["article: added"] == 1
    assert loaded(engine, known)["article: updated"] == 1
    upgraded = without_redirects(engine)
    assert len(upgraded["article"]) == 1
    assert loaded(engine, bare, known)["article: unchanged"] == 2
    assert without_redirects(engine) == upgraded
    empty(engine)
    outcomes = loaded(engine, known, bare)
    assert (outcomes["article: added"], outcomes["article: unchanged"]) == (1, 1)
    assert without_redirects(engine) == upgraded
