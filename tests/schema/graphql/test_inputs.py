"""Whatever a client sends is answered, or refused with a code and a readable message; never a failure of ours."""

import pytest
from graphql import GraphQLInputObjectType, GraphQLNonNull, GraphQLScalarType, get_named_type, is_list_type

from schema.graphql import graphql_schema

NASTY = ["a\0b", "x\ud800", "", "%_\\*)([“😀ß", "A" * 5_000]


def string_arguments() -> list[tuple[str, str, list[str]]]:
    """Every place of the root fields that takes a string: (field, argument, path inside it)."""
    found: list[tuple[str, str, list[str]]] = []

    def walk(field: str, argument: str, type_: object, path: list[str]) -> None:
        named = get_named_type(type_)
        if isinstance(named, GraphQLScalarType) and named.name in ("String", "ID", "EDTF", "URL", "DateTime"):
            found.append((field, argument, path))
        elif isinstance(named, GraphQLInputObjectType) and len(path) < 3:
            for name, value in named.fields.items():
                if name not in ("and", "or"):
                    walk(field, argument, value.type, [*path, name])

    for field, definition in graphql_schema._schema.query_type.fields.items():
        for argument, value in definition.args.items():
            walk(field, argument, value.type, [])
    return found


def query_of(field: str, argument: str) -> str:
    definition = graphql_schema._schema.query_type.fields[field]
    type_ = definition.args[argument].type
    others = "".join(
        f", {name}: [KIND]"
        for name, each in definition.args.items()
        if name != argument and isinstance(each.type, GraphQLNonNull) and name == "groupBy"
    )
    return f"query ($value: {type_}) {{ {field}({argument}: $value{others}) {{ __typename {deeper(definition)} }} }}"


def deeper(definition: object) -> str:
    name = get_named_type(definition.type).name
    if name == "StatementCount":
        return "count"
    return "totalCount nodes { __typename }" if name.endswith("Connection") else "id"


def value_at(field: str, argument: str, path: list[str], text: str) -> object:
    """The argument's value with the text at this path, in a list where a list is wanted."""
    type_ = graphql_schema._schema.query_type.fields[field].args[argument].type

    def build(type_: object, path: list[str]) -> object:
        inner = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if is_list_type(inner):
            return [build(inner.of_type, path)]
        return {path[0]: build(inner.fields[path[0]].type, path[1:])} if path else text

    return build(type_, path)


def test_every_string_of_every_argument_takes_anything(ask) -> None:
    places = string_arguments()
    failures = []

    for field, argument, path in places:
        for text in NASTY:
            answer = ask(query_of(field, argument), value=value_at(field, argument, path, text))
            if any(code != "BAD_USER_INPUT" for code in answer.codes):
                failures.append((field, argument, path, text[:10], answer.messages))
            for message in answer.messages:
                message.encode()

    assert len(places) > 60
    assert failures == []


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ article(by: {}) { id } }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ article(by: {url: "https://a.example/", externalId: "x"}) { id } }', "GRAPHQL_VALIDATION_FAILED"),
        ('{ article(by: {url: "nowhere"}) { id } }', "BAD_USER_INPUT"),
        ('{ article(by: {url: "http://[::"}) { id } }', "BAD_USER_INPUT"),
        ('{ statements(where: {said: {from: "soon"}}) { totalCount } }', "BAD_USER_INPUT"),
        ('{ statements(where: {changedSince: "2022-01-17"}) { totalCount } }', "BAD_USER_INPUT"),
        ('{ statements(where: {changedSince: "9999-12-31T23:59:59-01:00"}) { totalCount } }', "BAD_USER_INPUT"),
        ("{ statements(where: {changedSince: 5}) { totalCount } }", "BAD_USER_INPUT"),
        ("query ($x: Int = 5) { statements(first: $x, last: $x) { totalCount } }", "BAD_USER_INPUT"),
        ("query ($x: Int!) { statements(first: $x) { totalCount } }", "BAD_USER_INPUT"),
        ("{ statementCounts(groupBy: [KIND, KIND]) { count } }", "BAD_USER_INPUT"),
        ("{ statementCounts(groupBy: [KIND], first: -1) { count } }", "BAD_USER_INPUT"),
    ],
)
def test_what_is_refused_has_a_code_and_stays_readable(query: str, code: str, ask) -> None:
    answer = ask(query)

    assert answer.codes == [code]
    assert "Unexpected" not in answer.messages[0]


def test_mistyped_field_is_told_by_name(ask) -> None:
    assert "Did you mean 'totalCount'?" in ask("{ statements { totalCont } }").messages[0]


def test_messages_can_be_sent_whatever_a_client_sent(ask) -> None:
    answer = ask("query ($act: Act!) { statements(acts: [$act]) { totalCount } }", act="\ud800")

    assert answer.codes == ["BAD_USER_INPUT"]
    assert "\\ud800" in answer.messages[0].encode().decode()


def test_long_values_are_cut_in_messages(ask) -> None:
    answer = ask("query ($id: ID!) { statements(where: {saidBy: [$id]}) { totalCount } }", id="x" * 10_000)

    assert len(answer.messages[0]) < 250


def test_null_means_left_out_for_every_optional_argument(ask) -> None:
    answer = ask(
        "{ statements(where: null, orderBy: null, first: null, after: null, last: null, before: null) { totalCount } "
        "speakers(name: null, type: null) { totalCount } statementCounts(groupBy: [], first: null) { count } "
        "articles(where: {published: {from: null, to: null}, text: null, language: null}) { totalCount } }"
    )

    assert answer.errors == []
