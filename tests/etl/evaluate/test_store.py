"""What the database holds of the labelled articles is read as it is; what it lacks is told."""

import pytest
from builders import (
    NOW,
    a_link,
    a_person,
    a_report,
    a_source,
    a_statement,
    an_article,
    an_event,
    an_organization,
)
from sqlmodel import Session

from etl.errors import LabelError
from etl.evaluate.gold import GoldArticle
from etl.evaluate.store import stored
from etl.records import RawArticle, Span
from schema.enums import ReportingRole, StatementKind
from schema.keys import article_id

TEXT = "The dam will hold, Ada Roe told Norwire on Monday. It may rain, she said."


def labelled(stem: str, text: str = TEXT) -> GoldArticle:
    return GoldArticle(stem, RawArticle(f"articles/{stem}.json", text, external_id=stem), "dam", None, None, ())


def of(session: Session, stem: str, **columns):
    return an_article(session, TEXT, id=article_id(stem, None, TEXT), external_ids=[stem], **columns)


def test_a_report_comes_with_its_spans_speaker_chain_date_and_mentions(engine):
    with Session(engine) as session:
        article = of(session, "a")
        roe, norwire, board = (
            a_person(session, "Ada Roe"),
            an_organization(session, "Norwire"),
            an_organization(session),
        )
        statement = a_statement(
            session, "The dam will hold", speaker=roe, said="2022-01-17", kind=StatementKind.INDIRECT
        )
        report = a_report(
            session, statement=statement, article=article, cue="told", speaker_mention="Ada Roe", mentions=[board]
        )
        for position, (role, party) in enumerate(
            [
                (ReportingRole.SPEAKER, roe),
                (ReportingRole.RELAYER, norwire),
                (ReportingRole.PUBLISHER, a_source(session)),
            ]
        ):
            a_link(session, report=report, position=position, role=role, party=party)
        event = an_event(session, articles=[article]).id
        session.commit()
        expected = (report.id, statement.id, roe.id, norwire.id, board.id)

    found = stored(engine, [labelled("a")])

    (one,) = found.articles["a"].reports
    assert (one.id, one.statement, one.speaker, one.chain[0].speaker, one.mentions[0][1]) == expected
    assert [(link.name) for link in one.chain] == ["Norwire"]
    assert ([span.of(TEXT) for span in one.content], [span.of(TEXT) for span in one.source]) == (
        ["The dam will hold"],
        ["Ada Roe"],
    )
    assert (one.said_on.value, one.kind, one.mentions[0][0]) == ("2022-01-17", StatementKind.INDIRECT, Span(0, 1))
    assert found.articles["a"].event == event
    assert found.names[one.speaker] == "Ada Roe"


def test_reports_stand_in_the_order_of_the_text_and_withdrawn_ones_are_left_out(engine):
    with Session(engine) as session:
        article = of(session, "a")
        for text, withdrawn in (("It may rain", None), ("The dam will hold", None), ("Ada Roe", NOW)):
            a_report(session, statement=a_statement(session, text), article=article, withdrawn_at=withdrawn)
        session.commit()

    found = stored(engine, [labelled("a")])

    assert [one.text for one in found.articles["a"].reports] == ["The dam will hold", "It may rain"]


def test_copies_and_corrections_are_named_by_their_stem_or_else_by_their_id(engine):
    with Session(engine) as session:
        original, other = of(session, "a"), an_article(session)
        of(session, "b", copy_of_id=original.id, correction_of_id=other.id)
        session.commit()
        unlabelled = str(other.id)

    found = stored(engine, [labelled("a"), labelled("b")])

    assert (found.articles["b"].copy_of, found.articles["b"].correction_of) == ("a", unlabelled)
    assert (found.articles["a"].copy_of, found.articles["a"].event) == (None, None)


def test_a_labelled_article_that_is_not_there_is_told_with_the_way_out(engine):
    with pytest.raises(LabelError, match="labelled articles not in the database: a; run quoth load articles with"):
        stored(engine, [labelled("a")])


def test_an_article_with_another_text_is_told(engine):
    with Session(engine) as session:
        of(session, "a")
        session.commit()

    with pytest.raises(LabelError, match="labelled articles in the database with another text: a; run quoth load"):
        stored(engine, [labelled("a", TEXT + " More.")])
