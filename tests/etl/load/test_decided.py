"""What people decide about statements and events holds, whatever comes in which order, until it is taken back."""

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl import group
from etl.cluster import components
from etl.load import deciding
from etl.load.articles import id_of
from etl.load.decided import settled
from etl.records import ResolvedArticle
from schema import decisions, tables
from schema.decisions import EventMerge, StatementMerge, StatementSplit
from schema.errors import DecisionError
from schema.global_ids import encode
from schema.keys import event_id, statement_id
from tests.etl.load.test_deciding import rows_but_decisions
from tests.etl.load.test_events import articles_of, further, place, some_scores, stored_events, stored_further
from tests.etl.load.test_identities import FERRY, TUNNEL, empty, says
from tests.etl.load.test_store import NOW, store
from tests.etl.load.test_successors import answers

A, B, C, D = (UUID(int=n) for n in range(1, 5))

STEEL, RAILS, SLEEPERS = (
    "Steel is dear these days and will be dearer in spring",
    "Rails come from the north and nobody can pay for them",
    "Oak sleepers rot in the rain while committees talk",
)
RISING = says("Bill Orlov", STEEL, TUNNEL)
NORTH = says("Bill Orlov", RAILS, TUNNEL)
LATER_NORTH = says("Bill Orlov", f"{RAILS}, he is sure", TUNNEL, external_id="later")
OTHERS = [says("Bill Orlov", STEEL, FERRY, external_id=name) for name in ("second", "third")]
SOMEBODY_ELSE = says("Ann Stone", "Ropes were frozen in the morning", FERRY, on="2022-06-01")


@pytest.mark.parametrize(
    ("groupings", "together", "apart"),
    [
        ([StatementMerge((A, B))], [{A, B}], set()),
        ([StatementMerge((A, B)), StatementMerge((B, C))], [{A, B, C}], set()),
        ([StatementSplit((A,), (B, C))], [], {(A, B), (A, C)}),
        ([StatementSplit((A, B), (C,))], [{A, B}], {(A, C), (B, C)}),
        # The later one holds.
        ([StatementMerge((A, B)), StatementSplit((A,), (B,))], [], {(A, B)}),
        ([StatementSplit((A,), (B,)), StatementMerge((A, B))], [{A, B}], set()),
        ([StatementMerge((A, B, C)), StatementSplit((A,), (B, C))], [{B, C}], {(A, B), (A, C)}),
        ([StatementMerge((A, B)), StatementSplit((A,), (B,)), StatementMerge((A, B, C))], [{A, B, C}], set()),
        # B goes with C, of which A is kept apart.
        ([StatementMerge((A, B)), StatementSplit((A,), (C,)), StatementMerge((B, C))], [{B, C}], {(A, C)}),
        # D is not there: nothing ties A to B.
        ([EventMerge((A, D)), EventMerge((B, D)), EventMerge((B, C))], [{B, C}], set()),
    ],
)
def test_of_two_decisions_that_contradict_each_other_the_later_one_holds(
    groupings: Sequence[Any], together: list[set[UUID]], apart: set[tuple[UUID, UUID]]
) -> None:
    """And of the earlier one whatever it leaves."""
    found = settled(groupings, {A, B, C})

    assert [set(one) for one in found.together] == together
    assert found.apart == apart


def remarks(engine: Engine) -> set[frozenset[str]]:
    """The reports of each statement, by outlet."""
    report, article, source = tables.Report, tables.Article, tables.Source
    found: dict[UUID, set[str]] = {}
    with engine.connect() as connection:
        for row in connection.execute(
            select(report.statement_id, source.name)
            .join(article, article.id == report.article_id)
            .join(source, source.id == article.source_id)
        ):
            found.setdefault(row.statement_id, set()).add(row.name)
    return set(map(frozenset, found.values()))


def statement_of(engine: Engine, *articles: ResolvedArticle) -> list[UUID]:
    """The statement that each article carries."""
    query = select(tables.Report.article_id, tables.Report.statement_id)
    with engine.connect() as connection:
        by_article = {row.article_id: row.statement_id for row in connection.execute(query)}
    return [by_article[id_of(article.article)] for article in articles]


def reports_of(engine: Engine, *articles: ResolvedArticle) -> list[UUID]:
    """The report of each article."""
    query = select(tables.Report.article_id, tables.Report.id)
    with engine.connect() as connection:
        by_article = {row.article_id: row.id for row in connection.execute(query)}
    return [by_article[id_of(article.article)] for article in articles]


def events_of(engine: Engine, *articles: ResolvedArticle) -> list[UUID]:
    """The main event of each article."""
    query = select(tables.EventArticle.article_id, tables.EventArticle.event_id).where(tables.EventArticle.main)
    with engine.connect() as connection:
        by_article = {row.article_id: row.event_id for row in connection.execute(query)}
    return [by_article[id_of(article.article)] for article in articles]


def reasons(engine: Engine, statement: UUID) -> list[tuple[str, str, float, str]]:
    table = tables.StatementReason
    query = select(table.stage, table.rule, table.score, table.detail).where(table.statement_id == statement)
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query.order_by(table.position))]


def kept_decisions(engine: Engine) -> list[tuple[Any, list[dict[str, Any]]]]:
    """The rows of all decisions."""
    with engine.begin() as connection:
        return [
            (model, [dict(row._mapping) for row in connection.execute(select(model.__table__))])
            for model in (tables.Decision, tables.DecisionAbout)
        ]


def start_with(engine: Engine, kept: Iterable[tuple[Any, list[dict[str, Any]]]]) -> None:
    """Nothing but these decisions."""
    empty(engine)
    with engine.begin() as connection:
        for model, found in kept:
            # A decision may point to a later one.
            connection.execute(model.__table__.insert(), sorted(found, key=lambda row: bool(row.get("reverted_by_id"))))


def test_statements_that_were_merged_are_one_and_say_why(engine: Engine, database_url: str) -> None:
    """The id of the other one leads there; taken back, every row is as before."""
    store(engine, [RISING, NORTH, *OTHERS])
    before = rows_but_decisions(engine)
    steel, north = statement_of(engine, RISING, NORTH)
    assert steel != north

    decision = deciding.merge_statements(engine, [steel, north], by="ada", at=NOW, reason="one press conference")

    (one,) = set(statement_of(engine, RISING, NORTH, *OTHERS))
    assert reasons(engine, one)[0] == (
        "CURATION",
        "decision",
        1.0,
        "people decided that 4 of 4 reports belong together",
    )
    old = {encode("Statement", key) for key in (steel, north)}
    assert answers(database_url, old) == dict.fromkeys(old, encode("Statement", one))
    with engine.connect() as connection:
        (told,) = decisions.listed(connection)
        texts = connection.execute(select(tables.Statement.text)).scalars().all()
    assert len(texts) == 1
    assert "are one remark" in told.what["told"]
    assert f"“{STEEL}”" in told.what["told"]

    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before


def test_whatever_carries_one_of_merged_remarks_carries_the_other(engine: Engine) -> None:
    """Many copies of the one later, and of the other: they are like one of the two alone."""
    store(engine, [RISING, NORTH])
    deciding.merge_statements(engine, statement_of(engine, RISING, NORTH), by="ada", at=NOW)

    store(engine, OTHERS, [LATER_NORTH], [RISING])

    assert len(set(statement_of(engine, RISING, NORTH, LATER_NORTH, *OTHERS))) == 1


def test_a_report_that_was_split_off_stays_away(engine: Engine) -> None:
    """With the very same words; a later report goes with one of the two, and neither carries the other's remark."""
    store(engine, [RISING, *OTHERS])
    before = rows_but_decisions(engine)
    (statement,) = set(statement_of(engine, RISING, *OTHERS))
    reports = reports_of(engine, OTHERS[0])

    decision = deciding.split_statement(engine, statement, reports, by="ada", at=NOW)

    for again in (False, True):
        if again:
            store(engine, [OTHERS[0]], [RISING])
        first, other, rest = statement_of(engine, RISING, *OTHERS)
        assert first == rest != other
        with engine.connect() as connection:
            assert connection.execute(select(tables.AlsoCarries.__table__)).all() == []
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before


def test_several_reports_that_were_split_off_carry_one_remark(engine: Engine) -> None:
    """Whatever they are like without the others."""
    store(engine, [RISING, NORTH, *OTHERS])
    merge = deciding.merge_statements(engine, statement_of(engine, RISING, NORTH), by="ada", at=NOW)
    (statement,) = set(statement_of(engine, RISING, NORTH, *OTHERS))

    deciding.split_statement(engine, statement, reports_of(engine, NORTH, OTHERS[0]), by="ada", at=NOW)

    steel, north, second, third = statement_of(engine, RISING, NORTH, *OTHERS)
    assert north == second != steel == third
    deciding.revert(engine, merge, by="ada", at=NOW)
    assert statement_of(engine, RISING, NORTH, *OTHERS) == [steel, north, second, third]


def test_a_later_decision_holds_though_a_clock_says_that_it_was_no_later(engine: Engine) -> None:
    """Merged, split, merged again, all within one instant."""
    store(engine, [RISING, NORTH])
    taken = []
    for expected in (1, 2, 1, 2):
        now = statement_of(engine, RISING, NORTH)
        if expected == 1:
            taken.append(deciding.merge_statements(engine, now, by="ada", at=NOW))
        else:
            taken.append(deciding.split_statement(engine, now[0], reports_of(engine, NORTH), by="ada", at=NOW))
        assert len(set(statement_of(engine, RISING, NORTH))) == expected
    for last, left in zip(reversed(taken), (1, 2, 1, 2), strict=True):
        deciding.revert(engine, last, by="ada", at=NOW)
        assert len(set(statement_of(engine, RISING, NORTH))) == left


def test_a_decision_about_remarks_does_not_say_who_speaks(engine: Engine) -> None:
    """Words that are given to somebody else leave a merged statement, and come back to it."""
    store(engine, [RISING, NORTH, SOMEBODY_ELSE])
    deciding.merge_statements(engine, statement_of(engine, RISING, NORTH), by="ada", at=NOW)
    merged = rows_but_decisions(engine)
    (north,) = reports_of(engine, NORTH)
    with engine.connect() as connection:
        ann = connection.execute(select(tables.Speaker.id).where(tables.Speaker.name == "Ann Stone")).scalar_one()

    for decision in (
        lambda: deciding.reattribute(engine, north, ann, by="ada", at=NOW),
        lambda: deciding.reject_report(engine, north, by="ada", at=NOW),
    ):
        taken = decision()
        assert len(set(statement_of(engine, RISING, NORTH))) == 2
        deciding.revert(engine, taken, by="ada", at=NOW)
        assert rows_but_decisions(engine) == merged


def test_events_that_were_merged_are_one(engine: Engine, database_url: str) -> None:
    """Their statements are of it, for later articles as well; the id of the other one leads there."""
    store(engine, [RISING, SOMEBODY_ELSE])
    before = rows_but_decisions(engine)
    tunnel, ferry = events_of(engine, RISING, SOMEBODY_ELSE)
    assert tunnel != ferry

    decision = deciding.merge_events(engine, [tunnel, ferry], by="ada", at=NOW, reason="one storm")

    (one,) = set(events_of(engine, RISING, SOMEBODY_ELSE))
    old = {encode("Event", key) for key in (tunnel, ferry)}
    assert answers(database_url, old) == dict.fromkeys(old, encode("Event", one))
    with engine.connect() as connection:
        assert set(connection.execute(select(tables.Statement.event_id)).scalars()) == {one}
        assert connection.execute(select(tables.Event.id)).scalars().all() == [one]
        assert set(connection.execute(select(tables.EventArticle.score)).scalars()) == {None}
        assert decisions.listed(connection)[0].what["told"].endswith("are one event")
    store(engine, [NORTH], [OTHERS[0]])
    assert len(set(events_of(engine, RISING, NORTH, SOMEBODY_ELSE, OTHERS[0]))) == 1
    empty(engine)
    store(engine, [RISING, SOMEBODY_ELSE])
    assert rows_but_decisions(engine) == before

    decision = deciding.merge_events(engine, [tunnel, ferry], by="ada", at=NOW)
    deciding.revert(engine, decision, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before


def test_articles_of_one_event_may_come_in_any_order(engine: Engine) -> None:
    """Long after the decision, in years far apart; by two loads at once as well, of which neither sees the other's."""
    other_year = says("Ann Stone", "Ropes were frozen in the morning", FERRY, on="2024-06-01")
    store(engine, [RISING, other_year])
    deciding.merge_events(engine, events_of(engine, RISING, other_year), by="ada", at=NOW)
    expected = rows_but_decisions(engine)
    kept = kept_decisions(engine)

    for batches in ([[RISING], [other_year]], [[other_year], [RISING]], [[RISING, other_year]]):
        start_with(engine, kept)
        store(engine, *batches)
        assert rows_but_decisions(engine) == expected

    for _ in range(4):
        start_with(engine, kept)
        with ThreadPoolExecutor(2) as at_once:
            for done in [at_once.submit(store, engine, [one]) for one in (RISING, other_year)]:
                done.result()
        assert rows_but_decisions(engine) == expected


def test_what_cannot_be_decided_says_why(engine: Engine) -> None:
    """The value, the place and the way out; nothing is written."""
    store(engine, [RISING, NORTH, SOMEBODY_ELSE])
    steel, north, ropes = statement_of(engine, RISING, NORTH, SOMEBODY_ELSE)
    (report,) = reports_of(engine, RISING)
    event, nobody = events_of(engine, RISING)[0], UUID(int=7)
    record = {"by": "ada", "at": NOW}

    with pytest.raises(DecisionError, match=f"statement {nobody} is not there.* may have a successor"):
        deciding.merge_statements(engine, [steel, nobody], **record)
    with pytest.raises(DecisionError, match=f"statement {steel} cannot be merged with itself; name two or more"):
        deciding.merge_statements(engine, [steel, steel], **record)
    with pytest.raises(DecisionError, match="no statement is named; name two or more"):
        deciding.merge_statements(engine, [], **record)
    with pytest.raises(
        DecisionError, match=f"{steel} is by Bill Orlov, statement {ropes} by Ann Stone; .*people merge"
    ):
        deciding.merge_statements(engine, [steel, north, ropes], **record)
    with pytest.raises(DecisionError, match=f"statement {nobody} is not there"):
        deciding.split_statement(engine, nobody, [report], **record)
    with pytest.raises(DecisionError, match=f"all of the 1 reports of statement {steel}.*; name a part"):
        deciding.split_statement(engine, steel, [report], **record)
    with pytest.raises(DecisionError, match=f"none of the 1 reports of statement {steel}"):
        deciding.split_statement(engine, steel, [], **record)
    with pytest.raises(DecisionError, match=f"report {report} is not there or carries another statement than {north}"):
        deciding.split_statement(engine, north, [report], **record)
    with pytest.raises(DecisionError, match=f"event {nobody} is not there"):
        deciding.merge_events(engine, [event, nobody], **record)
    with pytest.raises(DecisionError, match=f"event {event} cannot be merged with itself"):
        deciding.merge_events(engine, [event, event], **record)
    with engine.connect() as connection:
        assert decisions.listed(connection) == []
    deciding.reject_report(engine, report, **record)
    with pytest.raises(DecisionError, match=f"its report {report} was rejected; take that back first"):
        deciding.merge_statements(engine, [*statement_of(engine, RISING), north], **record)


MANY = [
    says("Bill Orlov", words, about, external_id=f"{n}", on=on)
    for n, (words, about, on) in enumerate(
        (words, about, on)
        for words in (STEEL, f"{STEEL}, {RAILS}", RAILS, f"{RAILS}. {SLEEPERS}", SLEEPERS)
        for about, on in ((TUNNEL, "2022-01-18"), (FERRY, "2022-01-19"), (TUNNEL, "2022-02-18"))
    )
]
"""Remarks of one speaker of which each is like the next, in two stories and two months."""


@pytest.mark.parametrize("seed", range(6))
def test_decisions_in_force_and_any_order_and_batches_give_the_same_rows(engine: Engine, seed: int) -> None:
    """Taken one after the other on what is there, some taken back; all taken back, the rows are those without any."""
    order = random.Random(seed)
    store(engine, MANY)
    before = rows_but_decisions(engine)
    taken = [one for _ in range(7) if (one := decide(engine, order))]
    for one in order.sample(taken, 2):
        deciding.revert(engine, one, by="ada", at=NOW)
        taken.remove(one)
    expected, kept = rows_but_decisions(engine), kept_decisions(engine)
    assert expected != before

    start_with(engine, kept)
    shuffled = order.sample(MANY, len(MANY))
    cuts = sorted(order.sample(range(1, len(MANY)), 4))
    batches = [shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(MANY)], strict=True)]
    store(engine, *batches, order.sample(MANY, 3))
    assert rows_but_decisions(engine) == expected

    for one in order.sample(taken, len(taken)):
        deciding.revert(engine, one, by="ada", at=NOW)
    assert rows_but_decisions(engine) == before


def decide(engine: Engine, order: random.Random) -> UUID | None:
    """Merges some statements or events, or splits a statement that has several reports; None where nothing can be."""
    with engine.connect() as connection:
        carried: dict[UUID, list[UUID]] = {}
        for row in connection.execute(select(tables.Report.id, tables.Report.statement_id).order_by(tables.Report.id)):
            carried.setdefault(row.statement_id, []).append(row.id)
        events = connection.execute(select(tables.Event.id).order_by(tables.Event.id)).scalars().all()
    kind = order.choice(("merge", "split", "split", "event"))
    if kind == "merge" and len(carried) > 1:
        return deciding.merge_statements(engine, order.sample(sorted(carried), 2), by="ada", at=NOW)
    if kind == "event" and len(events) > 1:
        return deciding.merge_events(engine, order.sample(events, 2), by="ada", at=NOW)
    if several := sorted(key for key, reports in carried.items() if len(reports) > 1):
        statement = order.choice(several)
        part = order.sample(carried[statement], order.randint(1, len(carried[statement]) - 1))
        return deciding.split_statement(engine, statement, part, by="ada", at=NOW)
    return None


@pytest.mark.parametrize("seed", range(8))
def test_events_batch_by_batch_are_all_at_once_with_decisions_in_force(engine: Engine, seed: int) -> None:
    """In any order and batches; afterwards some articles change, and others are alike to them."""
    order = random.Random(seed)
    with engine.begin() as connection:
        ids = articles_of(connection, 40)
        scores = some_scores(ids, order)
        merges = [tuple(sorted(order.sample(ids, order.randint(2, 5)))) for _ in range(4)]
        for merge in merges:
            decisions.record(connection, EventMerge(merge), "", by="ada", at=NOW)
        ties = [(first, other) for first, *others in merges for other in others]
        together = components({one for merge in merges for one in merge}, ties)
        shuffled, there = order.sample(ids, len(ids)), set[UUID]()
        while shuffled:
            fresh = [shuffled.pop() for _ in range(min(len(shuffled), order.randint(1, 4)))]
            there |= set(fresh)
            new = {key: score for key, score in scores.items() if there.issuperset(key) and set(key) & set(fresh)}
            place(connection, fresh, new)
        assert stored_events(connection) == set(map(tuple, group.events(ids, scores, together)))
        assert stored_further(connection) == further(ids, scores, together)

        changed = order.sample(ids, 3)
        others = some_scores(ids, order)
        scores = {key: score for key, score in scores.items() if not set(key) & set(changed)}
        anew = {key: score for key, score in others.items() if set(key) & set(changed)}
        place(connection, changed, anew)
        assert stored_events(connection) == set(map(tuple, group.events(ids, scores | anew, together)))
        assert stored_further(connection) == further(ids, scores | anew, together)


def test_the_ids_of_what_was_merged_are_those_of_the_smallest(engine: Engine) -> None:
    """As of any other statement and event."""
    store(engine, [RISING, NORTH, SOMEBODY_ELSE])
    deciding.merge_statements(engine, statement_of(engine, RISING, NORTH), by="ada", at=NOW)
    deciding.merge_events(engine, events_of(engine, RISING, SOMEBODY_ELSE), by="ada", at=NOW)

    assert statement_of(engine, RISING) == [statement_id(reports_of(engine, RISING, NORTH))]
    articles = [id_of(one.article) for one in (RISING, NORTH, SOMEBODY_ELSE)]
    assert set(events_of(engine, RISING, NORTH, SOMEBODY_ELSE)) == {event_id(articles)}
