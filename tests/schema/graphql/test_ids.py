"""Opaque ids: one spelling each, and null for whatever Quoth never gave."""

from uuid import UUID

import builders
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schema.graphql import ids
from schema.graphql.errors import BadUserInputError

SOURCE = ids.encode("Source", UUID(int=5))


@given(st.sampled_from(["Person", "Statement"]), st.uuids())
def test_ids_come_back_as_they_went(type_name: str, uuid: UUID) -> None:
    assert ids.decode(ids.encode(type_name, uuid)) == ids.GlobalId(type_name, uuid)


@given(st.text())
def test_garbage_is_no_id(garbage: str) -> None:
    assert ids.decode(garbage) is None


@pytest.mark.parametrize(
    "spelling", [SOURCE + "=", SOURCE + "==", SOURCE + "\n", " " + SOURCE, SOURCE[:8] + "\n" + SOURCE[8:]]
)
def test_an_id_has_one_spelling(spelling: str) -> None:
    assert ids.decode(spelling) is None


@pytest.mark.parametrize("value", ["", "x", "é", "\0", "\ud800", SOURCE[:-1], ids.encode("Alias", UUID(int=5))])
def test_ids_in_filters_that_can_match_nothing_are_refused(value: str) -> None:
    with pytest.raises(BadUserInputError) as refused:
        ids.wanted([value], ("Source",), "where.source")

    assert refused.value.message.startswith("where.source: ")


@pytest.mark.parametrize(
    "value", ["", "x", "é", "😀" * 100, "\0", "\ud800", SOURCE, ids.encode("Nothing", UUID(int=5)), "null"]
)
def test_node_of_an_id_that_nothing_has_is_null(ask, value) -> None:
    answer = ask("query ($id: ID!) { node(id: $id) { id } statement(id: $id) { id } event(id: $id) { id } }", id=value)

    assert answer.errors == []
    assert answer.data == {"node": None, "statement": None, "event": None}


def test_nodes_come_in_the_order_of_their_ids_with_null_for_none(story, ask) -> None:
    query = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    given_ = [
        ids.encode(type_name, UUID(int=number))
        for type_name, number in [
            ("Report", 0x71),
            ("Person", 0x41),
            ("Organization", 0x42),
            ("UnnamedSource", 0x44),
            ("Statement", 0x61),
            ("Event", 0x51),
            ("Load", 0x10),
            ("Article", 0x31),
            ("Source", 0x21),
            ("Person", 0x41),
        ]
    ]
    wrong = [ids.encode("Person", UUID(int=0x42)), "nonsense", ids.encode("Person", UUID(int=0x99))]

    answer = ask(query, ids=[*given_, *wrong])

    assert [node and node["id"] for node in answer.data["nodes"]] == [*given_, None, None, None]
    assert all(ids.decode(node["id"]).type == node["__typename"] for node in answer.data["nodes"] if node)


def test_withdrawn_reports_are_reached_by_their_id(story, ask) -> None:
    answer = ask(
        "query ($id: ID!) { node(id: $id) { ... on Report { withdrawnAt } } }", id=ids.encode("Report", UUID(int=0x76))
    )

    assert answer.data == {"node": {"withdrawnAt": "2022-01-21T00:00:00Z"}}


def test_lookup_by_the_id_of_another_type_is_null(session, ask) -> None:
    body = builders.an_organization(session)

    answer = ask(
        "query ($id: ID!) { person(by: {id: $id}) { id } organization(by: {id: $id}) { id } "
        "source(by: {id: $id}) { id } article(by: {id: $id}) { id } }",
        id=ids.encode("Organization", body.id),
    )

    assert answer.data["organization"] is not None
    assert answer.data["person"] is answer.data["source"] is answer.data["article"] is None


def test_more_than_a_hundred_ids_are_refused(ask) -> None:
    answer = ask("query ($ids: [ID!]!) { nodes(ids: $ids) { id } }", ids=["x"] * 101)

    assert answer.codes == ["BAD_USER_INPUT"]
