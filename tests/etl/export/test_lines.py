"""Lines of every kind: their order, what hangs on them, one state of the database, level memory. On both databases."""

import tracemalloc
from typing import Any

import orjson
import pytest
from builders import (
    NOW,
    a_link,
    a_load,
    a_person,
    a_profile,
    a_reason,
    a_report,
    a_source,
    a_statement,
    an_article,
    an_event,
    an_organization,
    the_unknown_source,
)
from sqlalchemy import Engine, delete, func, select
from sqlmodel import Session

from etl.export import lines as exporting
from etl.export_cli import KINDS
from etl.load.rows import table_of
from schema import tables
from schema.enums import ReportingRole, Stage
from tests.bench import made_up
from tests.etl.load.test_store import ARTICLES, store


def written(engine: Engine, kind: str, **options: Any) -> list[bytes]:
    """What is written, a line each."""
    found: list[bytes] = []
    exporting.export(engine, kind, found.append, lambda written, total: None, **options)
    return found


def lines(engine: Engine, kind: str) -> list[dict[str, Any]]:
    """The objects of the lines."""
    return [orjson.loads(line) for line in written(engine, kind)]


def test_the_command_offers_the_kinds_there_are() -> None:
    assert tuple(exporting.KINDS) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_there_is_a_line_for_every_row_ordered_by_id_whatever_the_page(engine: Engine, kind: str) -> None:
    """Pages of one, of two, of exactly as many as there are, and of more."""
    store(engine, [*ARTICLES, *made_up.articles(0, 20)])
    with engine.connect() as connection:
        table = table_of(exporting.KINDS[kind].model)
        ids = sorted(map(str, connection.execute(select(table.c.id)).scalars()))
    assert len(ids) > 1

    found = written(engine, kind)

    assert [orjson.loads(line)["id"] for line in found] == ids
    assert all(line.endswith(b"\n") and line.count(b"\n") == 1 for line in found)
    for size in (1, 2, len(ids)):
        assert written(engine, kind, page=size) == found


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_database_gives_no_line(engine: Engine, kind: str) -> None:
    assert written(engine, kind) == []


def test_every_page_is_told(engine: Engine) -> None:
    """How many lines were written by then, of how many."""
    store(engine, ARTICLES)
    told: list[tuple[int, int]] = []

    exporting.export(engine, "articles", lambda line: None, lambda *pair: told.append(pair), page=2)

    assert told == [(2, 5), (4, 5), (5, 5)]


def test_a_report_that_was_withdrawn_says_when_and_its_statement_has_it_no_more(engine: Engine) -> None:
    with Session(engine) as session:
        statement = a_statement(session)
        kept = a_report(session, statement=statement)
        withdrawn = a_report(session, statement=statement, withdrawn_at=NOW)
        expected = {str(kept.id): None, str(withdrawn.id): "2022-01-20T12:00:00Z"}
        only = [str(kept.id)]
        session.commit()

    assert {line["id"]: line["withdrawn_at"] for line in lines(engine, "reports")} == expected
    assert [line["report_ids"] for line in lines(engine, "statements")] == [only]


def test_a_statement_names_its_speaker_and_nobody_where_nobody_is_named(engine: Engine) -> None:
    """Null, not left out: every line of a kind has the same keys."""
    with Session(engine) as session:
        named = a_statement(session, speaker=a_person(session, "Ada Vance"))
        nobodys = a_statement(session)
        for position, rule in enumerate(("same words", "same day")):
            a_reason(session, of=named, rule=rule, position=position)
        ids = str(named.id), str(nobodys.id)
        session.commit()

    by_id = {line["id"]: line for line in lines(engine, "statements")}

    first, second = (by_id[key] for key in ids)
    assert (first["speaker_type"], first["speaker_name"], first["denied"]) == ("PERSON", "Ada Vance", False)
    assert [reason["rule"] for reason in first["reasons"]] == ["same words", "same day"]
    assert (second["speaker_id"], second["speaker_type"], second["speaker_name"]) == (None, None, None)
    assert first.keys() == second.keys()


def test_a_report_has_its_words_its_chain_and_why_the_speaker_is_who_it_is(engine: Engine) -> None:
    """The last in the order of the stages: it was judged over articles."""
    with Session(engine) as session:
        person, paper = a_person(session), a_source(session, "The Courier")
        article = an_article(session, source=paper, published="2022-01-18")
        report = a_report(session, article=article, cue="said", speaker_mention="Ada Vance")
        a_link(session, report=report, position=1, role=ReportingRole.PUBLISHER, party=paper)
        link = a_link(session, report=report, position=0, role=ReportingRole.SPEAKER, party=person)
        a_profile(session, speaker=person, article=article, link=link, rule="office", score=0.7, detail="mayor")
        a_reason(session, of=report, rule="subject of the cue")
        source_id, speaker_id = str(paper.id), str(person.id)
        session.commit()

    (line,) = lines(engine, "reports")

    assert (line["cue"], line["speaker_mention"], line["reported_on"]) == ("said", "Ada Vance", "2022-01-18")
    assert line["source_id"] == source_id
    assert [span["role"] for span in line["spans"]] == ["CONTENT", "CUE", "SPEAKER"]
    assert [link["speaker_id"] or link["source_id"] for link in line["chain"]] == [speaker_id, source_id]
    assert [(reason["stage"], reason["rule"]) for reason in line["reasons"]] == [
        (Stage.EXTRACT, "subject of the cue"),
        (Stage.RESOLVE, "office"),
    ]


def test_a_speaker_has_spellings_and_offices_with_the_number_of_articles_most_frequent_first(engine: Engine) -> None:
    with Session(engine) as session:
        person = a_person(session, roles=("reeve",))
        for _ in range(2):
            mayor = tables.Role(speaker_id=person.id, article_id=an_article(session).id, title="mayor")
            session.add(mayor)
        for name, articles in (("vance", 1), ("Ada Vance", 1), ("Vance", 2)):
            session.add(tables.AliasCount(speaker_id=person.id, name=name, articles=articles))
        session.commit()

    (line,) = lines(engine, "people")

    assert [(alias["name"], alias["articles"]) for alias in line["aliases"]] == [
        ("Vance", 2),
        ("Ada Vance", 1),
        ("vance", 1),
    ]
    assert [(role["title"], role["articles"]) for role in line["roles"]] == [("mayor", 2), ("reeve", 1)]
    assert (line["type"], line["article_id"], line["organization_ids"], line["authority"]) == ("PERSON", None, [], None)


def test_a_body_has_the_outlets_that_it_is(engine: Engine) -> None:
    with Session(engine) as session:
        body = an_organization(session, "The Courier")
        papers = [a_source(session, organization_id=body.id) for _ in range(2)]
        expected = sorted(str(paper.id) for paper in papers)
        session.commit()

    assert [line["source_ids"] for line in lines(engine, "people")] == [expected]


def test_an_event_has_its_articles_and_an_article_its_events_the_main_one_first(engine: Engine) -> None:
    with Session(engine) as session:
        article = an_article(session)
        events = [an_event(session) for _ in range(3)]
        main = max(events, key=lambda event: event.id)
        for event in events:
            link = tables.EventArticle(event_id=event.id, article_id=article.id, score=0.4, main=event is main)
            session.add(link)
        article_id, main_id = str(article.id), str(main.id)
        session.commit()

    (line,) = lines(engine, "articles")

    assert [event["main"] for event in line["events"]] == [True, False, False]
    assert line["events"][0] == {"event_id": main_id, "score": 0.4, "main": True}
    assert {(one["article_id"], one["main"]) for event in lines(engine, "events") for one in event["articles"]} == {
        (article_id, True),
        (article_id, False),
    }


def test_what_nobody_said_of_an_outlet_is_null(engine: Engine) -> None:
    """A domain stands in for a name in the table, and the unknown outlet has one there: no record gave either."""
    with Session(engine) as session:
        for source in (
            a_source(session, "The Courier"),
            a_source(session, "bare.example", domain="bare.example"),
            a_source(session, "The Ledger", domain=None),
            the_unknown_source(session),
        ):
            an_article(session, source=source, file_name=source.name)
        domain = session.execute(select(tables.Source.domain).where(tables.Source.name == "The Courier")).scalar_one()
        session.commit()

    assert {line["file_name"]: (line["source"], line["domain"]) for line in lines(engine, "articles")} == {
        "The Courier": ("The Courier", domain),
        "bare.example": (None, "bare.example"),
        "The Ledger": ("The Ledger", None),
        "unknown": (None, None),
    }


def test_all_lines_are_of_one_state_of_the_database(engine: Engine) -> None:
    """What others do while it is written is in the next export."""
    with Session(engine) as session:
        for _ in range(6):
            an_event(session)
        session.commit()
    expected = written(engine, "events")
    found: list[bytes] = []

    def write(line: bytes) -> None:
        if not found:
            with engine.begin() as connection:
                connection.execute(delete(tables.Event))
        found.append(line)

    exporting.export(engine, "events", write, lambda written, total: None, page=1)

    assert found == expected
    assert written(engine, "events") == []


def test_memory_stays_level_however_many_lines_there_are(engine: Engine) -> None:
    """A page of them is held: 2 of 40 MB of text here."""
    with Session(engine) as session:
        source, load = a_source(session), a_load(session)
        for number in range(200):
            an_article(session, f"{number} " * 50_000, source=source, load=load)
        session.commit()
    with engine.connect() as connection:
        stored = connection.execute(select(func.sum(func.length(tables.Article.text)))).scalar_one()
    size = 0

    def write(line: bytes) -> None:
        nonlocal size
        size += len(line)

    tracemalloc.start()
    try:
        exporting.export(engine, "articles", write, lambda written, total: None, page=10)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert size > stored > 30_000_000
    assert peak < 10_000_000
