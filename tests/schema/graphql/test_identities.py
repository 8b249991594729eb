"""Who is who across articles, as clients see it: why a speaker is who it is, and what became of an id."""

from uuid import UUID

import builders
import pytest
from sqlalchemy import update

from schema import tables
from schema.enums import ReportingRole
from schema.graphql import ids

VANCE, EARLIER = ids.encode("Person", UUID(int=0x41)), UUID(int=0x4A)


@pytest.fixture
def merged(session) -> None:
    """A "Vance" of one article who was a person of her own once, and is Ada Vance now."""
    article = builders.an_article(session, "“Nobody asked,” said Vance.")
    vance = builders.a_person(session, "Ada Vance", id=UUID(int=0x41))
    statement = builders.a_statement(session, "Nobody asked", id=UUID(int=0x6A), speaker=vance)
    report = builders.a_report(session, statement=statement, article=article)
    link = builders.a_link(session, report=report, position=0, role=ReportingRole.SPEAKER, party=vance)
    told = {"rule": "one name of somebody in alike articles", "score": 0.8, "detail": "Ada Vance"}
    builders.a_profile(session, speaker=vance, article=article, own_id=EARLIER, link=link, name="Vance", **told)
    session.commit()


def test_an_id_that_was_merged_away_answers_with_its_successor(merged, ask) -> None:
    """Null, and in extensions the id to ask for."""
    gone = ids.encode("Person", EARLIER)

    answer = ask("query ($id: ID!) { node(id: $id) { id } }", id=gone)

    assert answer.data == {"node": None}
    assert [error.extensions for error in answer.errors] == [{"code": "SUPERSEDED", "successor": VANCE}]


def test_of_several_ids_each_answers_for_itself(merged, ask) -> None:
    """The others are there."""
    gone = ids.encode("Person", EARLIER)

    answer = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=[VANCE, gone, "nonsense"])

    assert answer.data == {"nodes": [{"id": VANCE}, None, None]}
    assert [(error.path, error.extensions["successor"]) for error in answer.errors] == [(["nodes", 1], VANCE)]


def test_an_id_that_somebody_merged_away_answers_with_its_successor(session, merged, ask) -> None:
    """A namesake's id is no profile's own: the decision knows it."""
    gone = UUID(int=0x4B)
    what = {"into": str(UUID(int=0x41)), "nodes": [str(gone)], "told": "Ada Vance is also Ada Vance"}
    decision = tables.Decision(id=UUID(int=0xD1), at=builders.NOW, by="ada", kind="MERGE_SPEAKERS", what=what)
    session.add(decision)
    session.flush()
    session.add(tables.DecisionAbout(decision_id=decision.id, subject_id=gone))

    answer = ask("query ($id: ID!) { node(id: $id) { id } }", id=ids.encode("Person", gone))

    assert [error.extensions for error in answer.errors] == [{"code": "SUPERSEDED", "successor": VANCE}]


def test_a_report_tells_why_its_speaker_is_who_it_is(merged, ask) -> None:
    """Beside the reasons of its own article."""
    query = "query ($id: ID!) { statement(id: $id) { reports { nodes { reasons { stage rule score detail } } } } }"

    answer = ask(query, id=ids.encode("Statement", UUID(int=0x6A)))

    assert answer.data["statement"]["reports"]["nodes"][0]["reasons"] == [
        {"stage": "RESOLVE", "rule": "one name of somebody in alike articles", "score": 0.8, "detail": "Ada Vance"}
    ]


def test_a_name_alone_is_no_reason_to_tell(session, merged, ask) -> None:
    """Everybody has one."""
    session.execute(update(tables.Profile).values(rule=tables.BY_NAME))
    session.commit()
    query = "query ($id: ID!) { statement(id: $id) { reports { nodes { reasons { rule } } } } }"

    answer = ask(query, id=ids.encode("Statement", UUID(int=0x6A)))

    assert answer.data["statement"]["reports"]["nodes"][0]["reasons"] == []


def test_a_statement_whose_reports_were_all_withdrawn_is_found_by_its_id_alone(session, merged, ask) -> None:
    """Somebody rejected what carried it."""
    id_ = ids.encode("Statement", UUID(int=0x6A))
    query = "query ($id: ID!) { statement(id: $id) { text } statements { totalCount } }"
    assert ask(query, id=id_).data["statements"]["totalCount"] == 1

    session.execute(update(tables.Report).values(withdrawn_at=builders.NOW))
    session.commit()

    assert ask(query, id=id_).data == {"statement": {"text": "Nobody asked"}, "statements": {"totalCount": 0}}
