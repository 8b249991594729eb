"""Another text of a known article, from the feed to the answer: its reports, and those of its earlier texts."""

import asyncio
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load import deciding
from etl.load.forgetting import forget
from etl.pipeline import load
from etl.read import Defaults
from schema import tables
from schema.database import async_engine_for
from schema.errors import DecisionError
from schema.global_ids import encode
from schema.graphql import graphql_schema
from schema.graphql.context import Context
from schema.keys import article_id, report_id, statement_id, text_hash
from tests.etl.export.test_lines import lines
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import stored
from tests.etl.load.test_successors import answers
from tests.etl.test_undo import all_of, differing, feed, loaded, loads, record, taken_back
from tests.recorded import NOW, load_feed, on_record

HERE = {"external_id": "a", "source": "Coast Post"}
AT_URL = {"url": "https://post.example/a", "source": "Coast Post"}


def loads_of(engine: Engine, folder: Path, *records: Mapping[str, object]) -> list[UUID]:
    """The loads of these records, one a day."""
    found: list[UUID] = []
    for nth, one in enumerate(records):
        before = set(loads(engine))
        load(
            engine,
            [feed(folder / f"{text_hash(repr(one))[:9]}.jsonl", [one])],
            defaults=Defaults(),
            manifest=None,
            now=NOW + timedelta(days=nth),
            batch_size=8,
            tell=lambda progress: None,
            reader=on_record,
        )
        found += set(loads(engine)) - before
    return found


def reports(engine: Engine) -> Sequence[Any]:
    """Every report, in the order of the texts."""
    with engine.connect() as connection:
        table = tables.Report.__table__  # type: ignore[attr-defined]
        return connection.execute(select(table).order_by(table.c.text_hash, table.c.start)).all()


def withdrawn(engine: Engine) -> dict[str | None, set[datetime | None]]:
    """Since when the reports of each text are withdrawn."""
    found: dict[str | None, set[datetime | None]] = {}
    for one in reports(engine):
        found.setdefault(one.text_hash, set()).add(one.withdrawn_at)
    return found


def hash_of(text: int) -> str:
    return text_hash(str(record(text)["text"]))


def test_a_load_that_changed_a_text_taken_back_makes_its_reports_live_again(engine: Engine, tmp_path: Path) -> None:
    loads_of(engine, tmp_path, record(0, **HERE), record(1, **{**HERE, "external_id": "b"}))
    before = all_of(engine)
    (second,) = loads_of(engine, tmp_path, record(0, 2, **HERE))
    assert withdrawn(engine) == {None: {None}, hash_of(0): {NOW}}

    taken_back(engine, second)

    assert differing(all_of(engine), before) == {}


def test_the_first_of_three_texts_taken_back_leaves_the_second_withdrawn(engine: Engine, tmp_path: Path) -> None:
    first, *_ = loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE), record(0, 2, **HERE))

    taken_back(engine, first)

    assert withdrawn(engine) == {None: {None}, hash_of(1): {NOW + timedelta(days=2)}}


def test_the_second_of_three_texts_taken_back_leaves_the_first_until_the_third(engine: Engine, tmp_path: Path) -> None:
    """It is withdrawn since the third came, and not since the second did."""
    _, second, _ = loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE), record(0, 2, **HERE))
    assert withdrawn(engine)[hash_of(0)] == {NOW + timedelta(days=1)}

    taken_back(engine, second)

    assert withdrawn(engine) == {None: {None}, hash_of(0): {NOW + timedelta(days=2)}}


def test_a_text_that_two_loads_brought_is_there_since_the_other(engine: Engine, tmp_path: Path) -> None:
    """Where the earlier of the two is taken back."""
    again = {**record(0, 1, **HERE), "file_name": "again"}
    _, second, _ = loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE), again)

    taken_back(engine, second)

    assert withdrawn(engine) == {None: {None}, hash_of(0): {NOW + timedelta(days=2)}}


@pytest.mark.parametrize("seed", range(3))
def test_it_is_as_if_the_load_had_never_been(engine: Engine, tmp_path: Path, seed: int) -> None:
    """Three loads of a few articles that change their texts and are called otherwise; one of them is taken back."""
    chance = random.Random(seed)
    feeds = []
    for nth in range(3):
        some = []
        for number in chance.sample(range(5), 4):
            here, there = {"external_id": f"id-{number}"}, {"url": f"https://post-{number}.example/a"}
            # Each by one name in all its records: one without could be about another article while one is not there.
            fields = chance.choice(
                [there, {**here, **there}] if number % 2 else [here, {**here, "headline": "Ferries"}]
            )
            some.append(record(number, number + 5 * chance.randrange(3), **fields))
        feeds.append(feed(tmp_path / f"{nth}.jsonl", some))
    bad = chance.randrange(3)
    loaded(engine, *(one for nth, one in enumerate(feeds) if nth != bad))
    expected = all_of(engine)
    empty(engine)
    ids = loaded(engine, *feeds)

    taken_back(engine, ids[bad])

    assert differing(all_of(engine), expected) == {}


def test_the_size_of_a_batch_changes_no_row(engine: Engine, tmp_path: Path) -> None:
    texts = [record(number, number + 5 * nth, external_id=f"id-{number}") for nth in range(3) for number in range(5)]
    one = feed(tmp_path / "1.jsonl", texts)
    load_feed(engine, one, 16)
    expected = stored(engine)
    empty(engine)

    load_feed(engine, one, 4)

    assert differing(stored(engine), expected) == {}
    assert {hash_of(number) for number in range(10)} < withdrawn(engine).keys()


def test_an_article_that_is_called_otherwise_takes_its_withdrawn_reports_along(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """As if its id had been known from the first; the ids of before lead to those of now."""
    at_url, both = {**AT_URL, "file_name": "a"}, {**AT_URL, **HERE, "file_name": "a"}
    loads_of(engine, tmp_path, record(0, **at_url), record(0, 1, **at_url))
    old = [one.id for one in reports(engine)]
    loads_of(engine, tmp_path, record(0, 1, **both))
    called = stored(engine)

    empty(engine)
    loads_of(engine, tmp_path, record(0, **both), record(0, 1, **both))
    known = stored(engine)
    now = [encode("Report", one.id) for one in reports(engine)]

    assert {hash_of(0), None} == withdrawn(engine).keys()
    assert differing(called, known).keys() == {"redirect"}
    empty(engine)
    loads_of(engine, tmp_path, record(0, **at_url), record(0, 1, **at_url), record(0, 1, **both))
    found = answers(database_url, [encode("Report", one) for one in old])
    assert sorted(str(one) for one in found.values()) == sorted(now)


def test_an_article_that_is_forgotten_takes_its_withdrawn_reports_along(engine: Engine, tmp_path: Path) -> None:
    loads_of(engine, tmp_path, record(3, external_id="b"))
    before = stored(engine)
    loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE))

    forget(engine, [article_id("a", None, "")], called="a", by="ada", at=NOW, reason="a hoax")

    left = {name: rows for name, rows in stored(engine).items() if not name.startswith("decision")}
    assert differing(left, before) == {}


def ask(database_url: str, query: str, **variables: object) -> Any:
    """The answer's data, where nothing failed."""

    async def answered() -> Any:
        engine = async_engine_for(database_url)
        result = await graphql_schema.execute(query, variables, context_value=Context(engine))
        await engine.dispose()
        assert not result.errors
        return result.data

    return asyncio.run(answered())


def test_a_withdrawn_report_tells_where_it_stood_in_the_text_that_it_is_of(
    engine: Engine, database_url: str, tmp_path: Path
) -> None:
    """By its id, and in no list; what the article's text is now has nothing to do with it."""
    loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE))
    old, *others = [one for one in reports(engine) if one.text_hash]
    text = str(record(0)["text"])
    query = """query ($id: ID!) {
        node(id: $id) { ... on Report {
            exact start end prefix suffix withdrawnAt spans { role exact start end } chain { name } reasons { rule }
        } }
        reports { totalCount nodes { id } }
        statements { nodes { reports { nodes { id } } variants { text } } }
    }"""

    answer = ask(database_url, query, id=encode("Report", old.id))

    node = answer["node"]
    assert node["exact"] == text[node["start"] : node["end"]]
    assert node["prefix"] == text[node["start"] - len(node["prefix"]) : node["start"]] != ""
    assert node["suffix"] == text[node["end"] : node["end"] + 32]
    assert node["withdrawnAt"]
    assert all(span["exact"] == text[span["start"] : span["end"]] for span in node["spans"])
    assert len(node["chain"]) == 2
    assert node["reasons"]
    living = {encode("Report", one.id) for one in reports(engine) if not one.text_hash}
    assert {one["id"] for one in answer["reports"]["nodes"]} == living
    assert answer["reports"]["totalCount"] == len(living)
    assert {one["id"] for statement in answer["statements"]["nodes"] for one in statement["reports"]["nodes"]} == living
    words = {one["text"] for statement in answer["statements"]["nodes"] for one in statement["variants"]}
    assert words.isdisjoint(one.text for one in (old, *others))


def test_an_export_of_reports_has_them_with_the_text_that_they_are_of(engine: Engine, tmp_path: Path) -> None:
    """Statements do not name them."""
    loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE))

    found = {line["id"]: (line["text_hash"], line["withdrawn_at"] is None) for line in lines(engine, "reports")}

    assert set(found.values()) == {(None, True), (hash_of(0), False)}
    named = {key for line in lines(engine, "statements") for key in line["report_ids"]}
    assert named == {key for key, (_, lives) in found.items() if lives}


def test_what_people_decided_about_a_report_holds_again_when_it_lives_again(engine: Engine, tmp_path: Path) -> None:
    """While it is withdrawn it is so since another text came, whatever they said of it."""
    loads_of(engine, tmp_path, record(0, **HERE))
    rejected, moved, dated, *_ = [one.id for one in reports(engine)]
    decided = NOW + timedelta(days=9)
    deciding.reject_report(engine, rejected, by="ada", at=decided)
    deciding.reattribute(engine, moved, None, by="ada", at=decided)
    statement = next(one.statement_id for one in reports(engine) if one.id == dated)
    deciding.set_said_on(engine, statement, "2014-12-30", by="ada", at=decided)
    before = all_of(engine)
    (second,) = loads_of(engine, tmp_path, record(0, 1, **HERE))
    assert withdrawn(engine)[hash_of(0)] == {NOW}
    later = deciding.reject_report(engine, dated, by="bo", at=decided)
    deciding.revert(engine, later, by="bo", at=decided)
    assert withdrawn(engine)[hash_of(0)] == {NOW}

    taken_back(engine, second)

    about = {"decision", "decision_about"}
    assert {name: rows for name, rows in differing(all_of(engine), before).items() if name not in about} == {}
    assert {one.id: one.withdrawn_at for one in reports(engine)}[rejected] == decided


def test_a_statement_of_withdrawn_reports_alone_is_merged_and_split_with_none(engine: Engine, tmp_path: Path) -> None:
    loads_of(engine, tmp_path, record(0, **HERE), record(0, 40, **HERE))
    old, *_, new = reports(engine) if reports(engine)[0].text_hash else reversed(reports(engine))
    alone = {one.statement_id for one in reports(engine) if one.text_hash} - {
        one.statement_id for one in reports(engine) if not one.text_hash
    }
    assert old.statement_id in alone

    with pytest.raises(DecisionError, match="none of today"):
        deciding.merge_statements(engine, [new.statement_id, old.statement_id], by="ada", at=NOW)
    with pytest.raises(DecisionError, match="not there"):
        deciding.split_statement(engine, old.statement_id, [old.id], by="ada", at=NOW)


def test_the_ids_of_reports_are_functions_of_their_places(engine: Engine, tmp_path: Path) -> None:
    """Those of statements, too."""
    loads_of(engine, tmp_path, record(0, **HERE), record(0, 1, **HERE))

    article = article_id("a", None, "")
    for line in lines(engine, "reports"):
        spans = [(span["start"], span["end"]) for span in line["spans"] if span["role"] == "CONTENT"]
        assert UUID(line["id"]) == report_id(article, spans)
    assert all(one.own_statement_id == statement_id([one.id]) for one in reports(engine))
