"""Statements counted by what they have in common."""

import builders
import pytest

QUERY = """
query ($by: [StatementGroup!]!, $where: StatementFilter, $first: Int = 20) {
  statementCounts(groupBy: $by, where: $where, first: $first) { count keys { label } }
}
"""


def counted(answer) -> list[tuple[str, int]]:
    assert answer.errors == []
    return [("+".join(key["label"] for key in each["keys"]), each["count"]) for each in answer.data["statementCounts"]]


@pytest.fixture
def sayings(session) -> None:
    """Three remarks of one person on two days and a month, one of another; reported by two methods and on two days."""
    ada, bo = builders.a_person(session, "Ada"), builders.a_person(session, "Bo")
    monday = builders.an_article(session, published="2022-01-17T22:30:00-05:00")
    month = builders.an_article(session, published="2022-01")
    for speaker, said in ((ada, "2022-01-17"), (ada, "2022-01-17T23:30:00+02:00"), (ada, "2022-01"), (bo, None)):
        statement = builders.a_statement(session, speaker=speaker, said=said)
        builders.a_report(session, statement=statement, article=monday, method="m1")
        builders.a_report(session, statement=statement, article=monday, method="m1", start=100, end=101)
        if speaker is bo:
            builders.a_report(session, statement=statement, article=month, method="M2")


def test_largest_groups_come_first(sayings, ask) -> None:
    assert counted(ask(QUERY, by=["SPEAKER"])) == [("Ada", 3), ("Bo", 1)]


def test_first_cuts_the_list(sayings, ask) -> None:
    assert counted(ask(QUERY, by=["SPEAKER"], first=1)) == [("Ada", 3)]


def test_days_are_those_of_the_dates_own_zone(sayings, ask) -> None:
    assert counted(ask(QUERY, by=["SAID_DAY"])) == [("2022-01-17", 2), ("2022-01", 1), ("none", 1)]


def test_statement_counts_once_for_each_day_and_method_it_was_reported_by(sayings, ask) -> None:
    assert counted(ask(QUERY, by=["REPORTED_DAY"])) == [("2022-01-17", 4), ("2022-01", 1)]
    assert counted(ask(QUERY, by=["METHOD"])) == [("m1", 4), ("M2", 1)]


def test_groups_combine_in_the_order_asked_for(sayings, ask) -> None:
    answer = ask(QUERY, by=["METHOD", "SPEAKER"])

    assert counted(answer) == [("m1+Ada", 3), ("M2+Bo", 1), ("m1+Bo", 1)]


def test_only_statements_that_meet_the_filter_count(sayings, ask) -> None:
    assert counted(ask(QUERY, by=["SPEAKER"], where={"dated": False})) == [("Bo", 1)]
    assert counted(ask(QUERY, by=[], where={"saidByName": "nobody"})) == [("", 0)]


def test_groups_cost_one_statement_until_nodes_are_asked_for(sayings, ask) -> None:
    assert ask(QUERY, by=["SPEAKER", "METHOD", "SOURCE", "RELAYER"]).statements == 1
