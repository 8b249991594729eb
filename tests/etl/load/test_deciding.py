"""What people decide holds, for what is stored and for what comes later, until it is taken back; on both databases."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load import deciding
from etl.load.articles import id_of
from etl.records import Party, ResolvedArticle
from schema import decisions, tables
from schema.enums import SpeakerType
from schema.errors import DateError, DecisionError
from tests.etl.load.test_identities import FERRY, TUNNEL, empty, people, says
from tests.etl.load.test_store import NOW, store, stored

BILL = says("Bill Orlov", "Steel is dear these days", TUNNEL)
WILLIAM = says("Vilém Orlov", "Rails come from the north", FERRY)
LATER = says("Vilém Orlov", "Nobody asked me about it", TUNNEL)
SMITH = [
    says("Ann Smith", "Ropes were frozen in the morning", FERRY),
    says("Ann B. Smith", "Concrete is cheaper than it was", TUNNEL),
]


def who(engine: Engine, words: str) -> UUID:
    return people(engine)[words]


def rows_but_decisions(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {name: found for name, found in stored(engine).items() if not name.startswith("decision")}


def test_a_merge_makes_one_of_two_and_holds_for_later_articles(engine: Engine) -> None:
    """No evidence says that Bill and Vilém are one; somebody knows."""
    store(engine, [BILL, WILLIAM])
    bill, william = who(engine, "Steel is dear these days"), who(engine, "Rails come from the north")
    assert bill != william

    deciding.merge_speakers(engine, bill, [william], by="ada", at=NOW, reason="one passport")
    store(engine, [LATER])

    assert set(people(engine).values()) == {bill}
    with engine.connect() as connection:
        assert connection.execute(select(tables.Speaker.id).where(tables.Speaker.id == william)).first() is None
        profile = connection.execute(select(tables.Profile).where(tables.Profile.own_id == william)).first()
        told = connection.execute(select(tables.Decision)).all()
    assert (profile.rule, profile.score) == ("decision", 1.0)
    assert [(row.by, row.reason, row.at) for row in told] == [("ada", "one passport", NOW)]


def test_decisions_taken_before_the_articles_came_back_give_the_same_graph(engine: Engine) -> None:
    """The articles go and come again in another order: a decision speaks of names, not of rows."""
    store(engine, [BILL, WILLIAM, LATER])
    bill, william = who(engine, "Steel is dear these days"), who(engine, "Rails come from the north")
    deciding.merge_speakers(engine, bill, [william], by="ada", at=NOW)
    expected = rows_but_decisions(engine)
    with engine.begin() as connection:
        kept = {
            model: [dict(row._mapping) for row in connection.execute(select(model.__table__))]
            for model in (tables.Decision, tables.DecisionAbout)
        }
    empty(engine)
    with engine.begin() as connection:
        for model, found in kept.items():
            connection.execute(model.__table__.insert(), found)

    store(engine, [LATER], [WILLIAM], [BILL])

    assert rows_but_decisions(engine) == expected


def test_a_merge_taken_back_leaves_the_graph_as_it_was(engine: Engine) -> None:
    """And the decision stays on record, reverted."""
    store(engine, [BILL, WILLIAM, LATER])
    before = rows_but_decisions(engine)
    bill, william = who(engine, "Steel is dear these days"), who(engine, "Rails come from the north")
    merge = deciding.merge_speakers(engine, bill, [william], by="ada", at=NOW)

    taken_back = deciding.revert(engine, merge, by="eve", at=NOW, reason="two passports")

    assert rows_but_decisions(engine) == before
    with engine.connect() as connection:
        by_id = {row.id: row for row in decisions.listed(connection)}
    assert by_id[merge].reverted_by_id == taken_back
    with pytest.raises(DecisionError, match="reverted already"):
        deciding.revert(engine, merge, by="eve", at=NOW)
    with pytest.raises(DecisionError, match="takes another one back"):
        deciding.revert(engine, taken_back, by="eve", at=NOW)


@pytest.mark.parametrize("by_report", [False, True])
def test_a_split_parts_a_spelling_or_a_report(engine: Engine, by_report: bool) -> None:
    """Ann B. Smith digs tunnels, Ann Smith climbs: two people, for later articles as well."""
    store(engine, SMITH)
    smith = who(engine, "Ropes were frozen in the morning")
    assert who(engine, "Concrete is cheaper than it was") == smith
    with engine.connect() as connection:
        query = select(tables.Report.id).where(tables.Report.text == "Concrete is cheaper than it was")
        report = connection.execute(query).scalar_one()
    before = rows_but_decisions(engine)
    part: dict[str, list] = {"reports": [report]} if by_report else {"aliases": ["Ann B. Smith"]}

    split = deciding.split_speaker(engine, smith, **part, by="ada", at=NOW)

    other = who(engine, "Concrete is cheaper than it was")
    assert who(engine, "Ropes were frozen in the morning") == smith != other
    later = says("Ann B. Smith", "Drills were ordered in spring", FERRY)
    store(engine, [later])
    assert who(engine, "Drills were ordered in spring") == (smith if by_report else other)
    _forget(engine, later)
    deciding.revert(engine, split, by="ada", at=NOW)
    assert rows_but_decisions(engine)["profile"] == before["profile"]


def _forget(engine: Engine, article: ResolvedArticle) -> None:
    """Says nothing any more; its article and outlet stay."""
    with engine.begin() as connection:
        for model in (tables.Report, tables.Profile):
            query = select(tables.Article.id).where(tables.Article.text == article.article.text)
            connection.execute(model.__table__.delete().where(model.__table__.c.article_id.in_(query)))


def test_a_decision_that_cannot_be_taken_says_why(engine: Engine) -> None:
    """The value, the place and the way out; nothing is written."""
    store(engine, [BILL, WILLIAM])
    bill = who(engine, "Steel is dear these days")
    nobody = UUID(int=7)
    with engine.connect() as connection:
        body = connection.execute(select(tables.Organization.id)).scalars().first()

    with pytest.raises(DecisionError, match=f"{nobody} is not there"):
        deciding.merge_speakers(engine, bill, [nobody], by="ada", at=NOW)
    with pytest.raises(DecisionError, match="people with people"):
        deciding.merge_speakers(engine, bill, [body], by="ada", at=NOW)
    with pytest.raises(DecisionError, match="name another one"):
        deciding.merge_speakers(engine, bill, [bill], by="ada", at=NOW)
    with pytest.raises(DecisionError, match="has no spelling 'Bob'; it has Bill Orlov"):
        deciding.split_speaker(engine, bill, aliases=["Bob"], by="ada", at=NOW)
    with pytest.raises(DecisionError, match="name a part of it"):
        deciding.split_speaker(engine, bill, aliases=["Bill Orlov"], by="ada", at=NOW)
    with pytest.raises(DecisionError, match="is not there or not by"):
        deciding.split_speaker(engine, bill, reports=[nobody], by="ada", at=NOW)
    with engine.connect() as connection:
        assert decisions.listed(connection) == []


def _report(engine: Engine, words: str) -> UUID:
    with engine.connect() as connection:
        return connection.execute(select(tables.Report.id).where(tables.Report.text == words)).scalar_one()


def _statement(engine: Engine, words: str) -> Any:
    with engine.connect() as connection:
        return connection.execute(select(tables.Statement).where(tables.Statement.text == words)).one()


@pytest.mark.parametrize("to_nobody", [False, True])
def test_words_given_to_somebody_else_stay_theirs_until_it_is_taken_back(engine: Engine, to_nobody: bool) -> None:
    """In the statement and in the chain, and when the article comes again."""
    words = "Steel is dear these days"
    store(engine, [BILL, WILLIAM])
    before = rows_but_decisions(engine)
    other = None if to_nobody else who(engine, "Rails come from the north")

    decision = deciding.reattribute(engine, _report(engine, words), other, by="ada", at=NOW)

    for load_again in (False, True):
        if load_again:
            store(engine, [BILL])
        assert who(engine, words) == other
        with engine.connect() as connection:
            query = select(tables.ReportingLink.speaker_id).where(
                tables.ReportingLink.report_id == _report(engine, words), tables.ReportingLink.position == 0
            )
            assert connection.execute(query).scalar_one() == other
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before


def test_words_are_somebodys_whom_a_later_article_brings_back(engine: Engine) -> None:
    """The decision waits for its speaker, whatever comes first."""
    words = "Steel is dear these days"
    store(engine, [BILL, WILLIAM])
    deciding.reattribute(engine, _report(engine, words), who(engine, "Rails come from the north"), by="ada", at=NOW)
    expected = rows_but_decisions(engine)
    with engine.begin() as connection:
        kept = {
            model: [dict(row._mapping) for row in connection.execute(select(model.__table__))]
            for model in (tables.Decision, tables.DecisionAbout)
        }
    for batches in ([[BILL], [WILLIAM]], [[WILLIAM], [BILL]]):
        empty(engine)
        with engine.begin() as connection:
            for model, found in kept.items():
                connection.execute(model.__table__.insert(), found)

        store(engine, *batches)

        assert rows_but_decisions(engine) == expected


@pytest.mark.parametrize("day", ["2022-01-12", None])
def test_a_day_that_somebody_set_stays_until_it_is_taken_back(engine: Engine, day: str | None) -> None:
    """The expression in the article stays with the report; the statement stands on the decision."""
    words = "Steel is dear these days"
    store(engine, [BILL])
    before = rows_but_decisions(engine)
    statement = _statement(engine, words)
    assert statement.said_on == "2022-01-17"

    decision = deciding.set_said_on(engine, statement.id, day, by="ada", at=NOW, reason="the record of the hall")

    store(engine, [BILL])
    found = _statement(engine, words)
    assert (found.said_on, found.said_expression, found.said_basis, found.said_article_id) == (day, None, None, None)
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before


def test_what_is_not_there_cannot_be_corrected(engine: Engine) -> None:
    """Reports, speakers, statements and days."""
    store(engine, [BILL])
    report, nobody = _report(engine, "Steel is dear these days"), UUID(int=7)

    with pytest.raises(DecisionError, match=f"report {nobody} is not there"):
        deciding.reattribute(engine, nobody, None, by="ada", at=NOW)
    with pytest.raises(DecisionError, match=f"speaker {nobody} is not there"):
        deciding.reattribute(engine, report, nobody, by="ada", at=NOW)
    with pytest.raises(DecisionError, match=f"statement {nobody} is not there"):
        deciding.set_said_on(engine, nobody, "2022", by="ada", at=NOW)
    with pytest.raises(DateError, match="'soon'"):
        deciding.set_said_on(engine, _statement(engine, "Steel is dear these days").id, "soon", by="ada", at=NOW)


def test_a_rejected_report_is_withdrawn_and_comes_back_when_that_is_taken_back(engine: Engine) -> None:
    """It parts from the remark that others carry, and stays away when its article comes again."""
    words = "Steel is dear these days"
    store(engine, [BILL, says("Bill Orlov", words, TUNNEL, external_id="again"), WILLIAM])
    before = rows_but_decisions(engine)
    with engine.connect() as connection:
        query = select(tables.Report.id)
        reports = [row.id for row in connection.execute(query.where(tables.Report.text == words))]
    assert len(reports) == 2
    rejected = min(reports)

    decision = deciding.reject_report(engine, rejected, by="ada", at=NOW, reason="a headline")

    for load_again in (False, True):
        if load_again:
            store(engine, [BILL, says("Bill Orlov", words, TUNNEL, external_id="again")])
        with engine.connect() as connection:
            found = connection.execute(
                select(tables.Report.id, tables.Report.withdrawn_at, tables.Statement.speaker_id)
                .join(tables.Statement, tables.Statement.id == tables.Report.statement_id)
                .where(tables.Report.text == words)
            ).all()
        assert {(row.id == rejected, row.withdrawn_at == NOW, row.speaker_id is None) for row in found} == {
            (True, True, True),
            (False, False, False),
        }
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before
    with pytest.raises(DecisionError, match="is not there"):
        deciding.reject_report(engine, UUID(int=7), by="ada", at=NOW)


def test_the_words_of_an_unnamed_source_come_back_to_it(engine: Engine) -> None:
    """It has no profile to ask."""
    store(engine, [by_an_official(says("Bill Orlov", "Steel is dear these days", TUNNEL)), WILLIAM])
    before = rows_but_decisions(engine)
    report = _report(engine, "Steel is dear these days")

    given = deciding.reattribute(engine, report, who(engine, "Rails come from the north"), by="ada", at=NOW)
    deciding.revert(engine, given, by="ada", at=NOW)

    assert rows_but_decisions(engine) == before


def by_an_official(article: ResolvedArticle) -> ResolvedArticle:
    """The article with a speaker whom nobody names."""
    party = next(one for one in article.parties.values() if one.type is SpeakerType.PERSON)
    key = f"unnamed:{id_of(article.article)}:an official"
    official = Party(key, SpeakerType.UNNAMED_SOURCE, "an official", ("an official",))
    others = {name: one for name, one in article.parties.items() if one is not party}
    attributions = tuple(replace(one, speaker=key) for one in article.attributions)
    return replace(article, parties={**others, key: official}, attributions=attributions)


def test_a_day_is_of_all_copies_of_what_an_unnamed_source_said(engine: Engine) -> None:
    """Their reports are one statement because one text prints them: a decision about the day leaves them so."""
    words = "Steel is dear these days and will be dearer in spring"
    copies = [by_an_official(says("Bill Orlov", words, TUNNEL, external_id=name)) for name in ("one", "two")]
    store(engine, copies)
    before = rows_but_decisions(engine)

    decision = deciding.set_said_on(engine, _statement(engine, words).id, "2022-01-03", by="ada", at=NOW)

    assert _statement(engine, words).said_on == "2022-01-03"
    store(engine, copies[:1])
    assert _statement(engine, words).said_on == "2022-01-03"
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before
