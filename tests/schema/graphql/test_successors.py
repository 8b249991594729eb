"""What an id answers that a statement or an event had before a load merged it away."""

from uuid import UUID

import builders
import pytest

from schema import tables
from schema.graphql import ids
from schema.keys import event_id, statement_id

TALKS, DELAY = ids.encode("Statement", UUID(int=0x61)), ids.encode("Statement", UUID(int=0x62))
STRIKE, FLOOD = ids.encode("Event", UUID(int=0x51)), ids.encode("Event", UUID(int=0x52))
# What was called by the report or the article that came to each of them.
ONCE = {
    TALKS: ids.encode("Statement", statement_id([UUID(int=0x71)])),
    DELAY: ids.encode("Statement", statement_id([UUID(int=0x72)])),
    STRIKE: ids.encode("Event", event_id([UUID(int=0x31)])),
    FLOOD: ids.encode("Event", event_id([UUID(int=0x32)])),
}


@pytest.fixture
def merged(session) -> None:
    """Two articles, each of an event and with a remark that were called otherwise before; the second covers both."""
    first, second = (
        builders.an_article(session, f"Nobody slept, said the mayor, {number}.", id=UUID(int=0x30 + number))
        for number in (1, 2)
    )
    builders.an_event(session, "The strike", id=UUID(int=0x51), articles=[first])
    builders.an_event(session, "The flood", id=UUID(int=0x52), articles=[second])
    link = tables.EventArticle(event_id=UUID(int=0x51), article_id=second.id, score=0.9, main=False)
    session.add(link)
    for number, article in ((1, first), (2, second)):
        statement = builders.a_statement(session, "Nobody slept", id=UUID(int=0x60 + number))
        builders.a_report(session, id=UUID(int=0x70 + number), statement=statement, article=article)
    session.commit()


@pytest.mark.parametrize("now", list(ONCE), ids=["talks", "delay", "strike", "flood"])
def test_node_is_null_and_names_the_successor(merged, ask, now: str) -> None:
    answer = ask("query ($id: ID!) { node(id: $id) { id } }", id=ONCE[now])

    assert answer.data == {"node": None}
    assert [error.extensions for error in answer.errors] == [{"code": "SUPERSEDED", "successor": now}]


@pytest.mark.parametrize(("field", "now"), [("statement", TALKS), ("event", FLOOD)])
def test_the_field_of_its_type_names_the_successor_as_well(merged, ask, field: str, now: str) -> None:
    query = f"query ($id: ID!) {{ {field}(id: $id) {{ id }} }}"

    answer = ask(query, id=ONCE[now])

    assert answer.data == {field: None}
    assert [error.extensions["successor"] for error in answer.errors] == [now]
    assert ask(query, id=now).data == {field: {"id": now}}


def test_the_field_of_a_person_names_the_successor_as_well(session, ask) -> None:
    vance = builders.a_person(session, "Ada Vance", id=UUID(int=0x41))
    told = {"rule": "one name of somebody in alike articles", "score": 0.8, "detail": "Ada Vance"}
    article = builders.an_article(session)
    link = builders.a_link(
        session, report=builders.a_report(session, article=article), position=0, role="SPEAKER", party=vance
    )
    builders.a_profile(session, speaker=vance, article=article, own_id=UUID(int=0x4A), link=link, name="Vance", **told)

    answer = ask("query ($id: ID!) { person(by: {id: $id}) { id } }", id=ids.encode("Person", UUID(int=0x4A)))

    assert answer.data == {"person": None}
    assert [error.extensions["successor"] for error in answer.errors] == [ids.encode("Person", vance.id)]


def test_an_article_of_two_events_leads_to_its_own(merged, ask) -> None:
    """However alike it is to the other one."""
    answer = ask("query ($id: ID!) { event(id: $id) { title } }", id=ONCE[FLOOD])

    assert [error.extensions["successor"] for error in answer.errors] == [FLOOD]


def test_of_several_ids_each_answers_for_itself_in_one_more_query_a_type_and_one_for_all(merged, ask) -> None:
    """What is there, what has a successor, twice as well, and what never was."""
    never = [ids.encode("Statement", UUID(int=0x99)), ids.encode("Event", UUID(int=0x99))]
    asked = [TALKS, *ONCE.values(), ONCE[TALKS], *never, FLOOD]

    answer = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=asked)

    assert [node and node["id"] for node in answer.data["nodes"]] == [TALKS, *[None] * 7, FLOOD]
    told = {error.path[-1]: error.extensions["successor"] for error in answer.errors}
    assert told == {**dict(enumerate(ONCE, start=1)), 5: TALKS}
    assert answer.statements == 5


def test_ids_that_are_all_there_cost_no_query_more(merged, ask) -> None:
    answer = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[TALKS, DELAY, STRIKE, FLOOD])

    assert answer.errors == []
    assert answer.statements == 2


@pytest.mark.parametrize(
    "asked",
    [
        ids.encode("Statement", UUID(int=0x99)),
        ids.encode("Event", UUID(int=0x99)),
        # Another type's name for what once was a statement, or an event.
        ids.encode("Event", statement_id([UUID(int=0x71)])),
        ids.encode("Person", event_id([UUID(int=0x31)])),
        ids.encode("Report", statement_id([UUID(int=0x71)])),
    ],
)
def test_an_id_that_never_was_one_is_null_without_a_word(merged, ask, asked: str) -> None:
    answer = ask("query ($id: ID!) { node(id: $id) { id } }", id=asked)

    assert answer.data == {"node": None}
    assert answer.errors == []


def test_an_article_that_tells_of_no_event_any_more_leads_nowhere(session, ask) -> None:
    """What it was called by is gone for good."""
    article = builders.an_article(session)

    answer = ask("query ($id: ID!) { event(id: $id) { id } }", id=ids.encode("Event", article.own_event_id))

    assert answer.data == {"event": None}
    assert answer.errors == []
