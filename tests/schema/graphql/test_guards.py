"""Limits of an operation: what is too large is refused with a code, and what people ask is not."""

import builders
import pytest
from graphql import get_introspection_query, parse

from schema.graphql import limits
from schema.graphql.guards import Size, size


def levels(count: int) -> str:
    """A query of so many levels of fields."""
    pairs, odd = divmod(count - 1, 2)
    assert odd == 0
    return (
        "{ statements { nodes "
        + "{ event { statements " * (pairs - 1)
        + "{ totalCount }"
        + " } }" * (pairs - 1)
        + " } }"
    )


@pytest.mark.parametrize(
    ("document", "expected"),
    [
        ("{ a }", Size(1, 0, 0)),
        ("{ a { b } c: a { b { d: b } } }", Size(5, 2, 2)),
        ("{ ...f } fragment f on Query { a { x: b } }", Size(3, 1, 1)),
        ("{ a { ... { b } ... on A { b } } }", Size(5, 0, 1)),
        ("{ ...f ...f } fragment f on Query { ...g ...g } fragment g on Query { x: a }", Size(10, 4, 0)),
        ("query a { a } query b { a { b } }", Size(3, 0, 1)),
        ("{ ...f } fragment f on Query { ...f a }", Size(3, 0, 0)),
        ("{ ...missing }", Size(1, 0, 0)),
        ("{ __schema { types { fields { name } } } }", Size(1, 0, 0)),
    ],
)
def test_a_document_is_measured_with_its_fragments_written_out(document: str, expected: Size) -> None:
    assert size(parse(document)) == expected


def bomb(fragments: int) -> str:
    uses = "".join(f"fragment f{n} on Query {{ ...f{n + 1} ...f{n + 1} }} " for n in range(fragments))
    return f"{{ ...f0 }} {uses} fragment f{fragments} on Query {{ __typename }}"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ("{ " + "a: __typename " * (limits.MAX_ALIASES + 1) + "}", "31 aliases"),
        (bomb(60), "more than 2000"),
        ("{ " + "__typename " * limits.MAX_TOKENS + "}", "2000 tokens"),
        ("{ a(x: " + "[" * 400 + "]" * 400 + ") }", "nested too deeply"),
        (
            "{ statements { nodes " + "{ speaker { statements { nodes " * 5 + "{ text }" + " } } }" * 5 + " } }",
            "levels deep",
        ),
    ],
)
def test_documents_beyond_a_limit_are_refused(document: str, told: str, ask) -> None:
    answer = ask(document)

    assert answer.data is None
    assert answer.codes == ["OPERATION_TOO_LARGE"]
    assert told in answer.messages[0]
    assert answer.statements == 0


def test_introspection_passes_the_limits(ask) -> None:
    answer = ask(get_introspection_query(descriptions=True, input_value_deprecation=True, specified_by_url=True))

    assert answer.errors == []
    assert len(answer.data["__schema"]["types"]) > 60


def test_operation_that_needs_too_many_statements_is_refused(session, ask, monkeypatch) -> None:
    monkeypatch.setattr("schema.graphql.context.MAX_STATEMENTS", 5)
    for _ in range(5):
        builders.a_report(session)

    answer = ask("{ statements { nodes { reports { nodes { exact } } } } }")

    assert answer.data is None
    assert answer.codes[0] == "OPERATION_TOO_LARGE"
    assert answer.statements == 5


def test_operation_that_reads_too_many_rows_is_refused(session, ask, monkeypatch) -> None:
    monkeypatch.setattr("schema.graphql.context.MAX_ROWS", 5)
    for _ in range(6):
        builders.a_statement(session)

    assert ask("{ statements { nodes { text } } }").codes == ["OPERATION_TOO_LARGE"]
    assert ask("{ statements(first: 4) { nodes { text } } }").codes == []


def test_the_common_question_costs_one_statement_and_one_for_each_list_of_reports(session, ask) -> None:
    article = builders.an_article(session)
    person = builders.a_person(session)
    for _ in range(20):
        builders.a_report(session, statement=builders.a_statement(session, speaker=person), article=article)

    answer = ask(
        "{ statements { nodes { text saidOn speaker { name } "
        "reports { nodes { exact prefix suffix reportedOn source { name } article { label url } } } } } }"
    )

    assert answer.errors == []
    assert answer.statements == 1 + 20


def test_what_objects_share_is_read_once(session, ask) -> None:
    load = builders.a_load(session)
    article = builders.an_article(session, load=load)
    event = builders.an_event(session)
    for _ in range(5):
        builders.a_report(session, statement=builders.a_statement(session, event=event), article=article)

    answer = ask(
        "{ reports { nodes { load { method } cue speakerMention spans { exact } } } "
        "statements { nodes { event { title } } } }"
    )

    assert answer.errors == []
    assert answer.statements == (1 + 1 + 5) + (1 + 1)
