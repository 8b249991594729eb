"""The schema as printed: up to date, described to the last value, and holding the contract part by part."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
    GraphQLUnionType,
    build_schema,
    print_ast,
)

from schema.graphql import graphql_schema

CHECKOUT = Path(__file__).resolve().parents[3]
PRINTED = CHECKOUT / "schema" / "schema.graphql"
CONTRACT = CHECKOUT.parent / "shared" / "contract.graphql"

NOT_YET = {
    "Mutation",
    "MergeInput",
    "SplitSpeakerInput",
    "SplitStatementInput",
    "ReattributeInput",
    "RejectReportInput",
    "SetSaidOnInput",
    "RevertInput",
    "Decision",
    "UserError",
    "CurationPayload",
    "Subscription",
    "Change",
    "ReportEvent",
    "Coverage",
    "Event.coverage",
}
"""Parts of the contract that later work builds; take a name out when it is there."""


def ours() -> GraphQLSchema:
    return build_schema(PRINTED.read_text(encoding="utf-8"))


def parts(schema: GraphQLSchema) -> dict[str, str]:
    """Every part of a schema by its path ("Statement.reports(first)") with what it promises ("Int = 20")."""
    found: dict[str, str] = {}
    for name, type_ in schema.type_map.items():
        if name.startswith("__"):
            continue
        found[name] = type(type_).__name__
        if isinstance(type_, GraphQLScalarType):
            found[f"{name} @specifiedBy"] = str(type_.specified_by_url)
        elif isinstance(type_, GraphQLEnumType):
            found.update({f"{name}.{value}": "value" for value in type_.values})
        elif isinstance(type_, GraphQLUnionType):
            found.update({f"{name} | {member.name}": "member" for member in type_.types})
        elif isinstance(type_, GraphQLInputObjectType):
            found[f"{name} @oneOf"] = str(type_.is_one_of)
            for field, value in type_.fields.items():
                found[f"{name}.{field}"] = promise(value)
        elif isinstance(type_, GraphQLObjectType | GraphQLInterfaceType):
            found.update({f"{name} implements {each.name}": "interface" for each in type_.interfaces})
            for field, value in type_.fields.items():
                found[f"{name}.{field}"] = str(value.type)
                found.update({f"{name}.{field}({each})": promise(arg) for each, arg in value.args.items()})
    return found


def promise(value: object) -> str:
    node = value.ast_node
    return f"{value.type}" if node.default_value is None else f"{value.type} = {print_ast(node.default_value)}"


def built(part: str) -> bool:
    return not any(part == name or part.startswith((f"{name}.", f"{name} ", f"{name}(")) for name in NOT_YET)


def test_printed_schema_is_up_to_date() -> None:
    printed = PRINTED.read_text(encoding="utf-8")

    assert printed == graphql_schema.as_str() + "\n", "run: python -m schema.graphql > schema/schema.graphql"


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract stands beside the checkout, in ../shared")
def test_schema_holds_every_built_part_of_the_contract() -> None:
    promised = {
        part: told for part, told in parts(build_schema(CONTRACT.read_text(encoding="utf-8"))).items() if built(part)
    }
    given = parts(ours())

    assert len(promised) > 500
    assert {part: (told, given.get(part)) for part, told in promised.items() if given.get(part) != told} == {}


@pytest.mark.skipif(not CONTRACT.exists(), reason="the contract stands beside the checkout, in ../shared")
def test_parts_named_as_not_yet_built_are_parts_of_the_contract_and_not_built() -> None:
    promised, given = parts(build_schema(CONTRACT.read_text(encoding="utf-8"))), parts(ours())

    assert NOT_YET - promised.keys() == set()
    assert NOT_YET & given.keys() == set()


def described() -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    for name, type_ in ours().type_map.items():
        if name.startswith("__") or name in ("String", "Int", "Float", "Boolean", "ID"):
            continue
        found[name] = type_.description
        for field, value in getattr(type_, "fields", {}).items():
            found[f"{name}.{field}"] = value.description
            for argument, each in getattr(value, "args", {}).items():
                found[f"{name}.{field}({argument})"] = each.description
        if isinstance(type_, GraphQLEnumType):
            found.update({f"{name}.{value}": each.description for value, each in type_.values.items()})
    return found


def test_every_type_field_argument_and_value_has_a_description() -> None:
    told = described()

    assert len(told) > 300
    assert [part for part, description in told.items() if not description] == []


@pytest.mark.parametrize("name", ["SourceBy", "ArticleBy", "PersonBy", "OrganizationBy"])
def test_what_tells_one_thing_takes_exactly_one_field(name: str) -> None:
    assert ours().type_map[name].is_one_of
