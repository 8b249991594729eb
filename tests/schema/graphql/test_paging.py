"""Pages of lists: sizes, cursors, and every row exactly once however one walks."""

import itertools
from uuid import UUID

import builders
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import col

from schema import tables
from schema.graphql.errors import BadUserInputError
from schema.graphql.orders import statement_keys
from schema.graphql.paging import Key, Listing, Page, cursor, page, position
from schema.graphql.queries import statements

PAGES = """
query ($orderBy: [StatementOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  statements(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    totalCount
    nodes { id }
    edges { cursor node { id } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}
"""

# --- sizes ---


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ({}, Page(20, None, None, backward=False)),
        ({"first": 0}, Page(0, None, None, backward=False)),
        ({"first": 100, "after": "x"}, Page(100, "x", None, backward=False)),
        ({"last": 5, "before": "x"}, Page(5, None, "x", backward=True)),
        ({"before": "x"}, Page(20, None, "x", backward=True)),
        ({"first": 5, "before": "x"}, Page(5, None, "x", backward=False)),
    ],
)
def test_arguments_choose_a_page(arguments: dict, expected: Page) -> None:
    given_ = {"first": None, "after": None, "last": None, "before": None, **arguments}

    assert page(**given_) == expected


@pytest.mark.parametrize(
    "arguments", [{"first": -1}, {"first": 101}, {"last": -1}, {"last": 101}, {"first": 1, "last": 1}]
)
def test_impossible_pages_are_refused_with_value_and_way_out(arguments: dict) -> None:
    with pytest.raises(BadUserInputError) as refused:
        page(**{"first": None, "after": None, "last": None, "before": None, **arguments})

    assert str(next(iter(arguments.values()))) in refused.value.message
    assert refused.value.extensions == {"code": "BAD_USER_INPUT"}


def test_impossible_page_is_one_error_of_the_field_and_not_of_its_parts(ask) -> None:
    answer = ask("{ statements(first: 101) { nodes { id } edges { cursor } totalCount } }")

    assert answer.codes == ["BAD_USER_INPUT"]
    assert answer.errors[0].path == ["statements"]


def test_no_size_means_twenty(session, ask) -> None:
    for _ in range(21):
        builders.a_statement(session)

    answer = ask("{ statements { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }")

    assert len(answer.data["statements"]["nodes"]) == 20
    assert answer.data["statements"]["pageInfo"] == {"hasNextPage": True, "hasPreviousPage": False}


def test_page_of_no_size_tells_whether_there_is_anything(session, ask) -> None:
    builders.a_statement(session)

    answer = ask("{ statements(first: 0) { nodes { id } pageInfo { hasNextPage endCursor } } }")

    assert answer.data == {"statements": {"nodes": [], "pageInfo": {"hasNextPage": True, "endCursor": None}}}


# --- cost ---


@pytest.mark.parametrize(
    ("selection", "statements_", "rows"),
    [
        ("nodes { id }", 1, 3),
        ("nodes { id } edges { cursor node { id speaker { name } } } pageInfo { endCursor }", 1, 3),
        ("totalCount", 1, 1),
        ("...counted nodes @skip(if: true) { id }", 1, 1),
        ("nodes { id } how: totalCount", 2, 4),
        ("__typename", 0, 0),
    ],
)
def test_page_and_count_are_read_only_when_asked_for(session, ask, selection, statements_, rows) -> None:
    speaker = builders.a_person(session)
    for _ in range(3):
        builders.a_statement(session, speaker=speaker)
    counted = "fragment counted on StatementConnection { totalCount }" if "counted" in selection else ""

    answer = ask(f"{{ statements {{ {selection} }} }} {counted}")

    assert answer.errors == []
    assert (answer.statements, answer.rows) == (statements_, rows)


# --- cursors ---


def test_cursor_of_another_order_is_refused(session, ask) -> None:
    builders.a_statement(session)
    first = ask(PAGES, first=1, orderBy=[{"field": "SAID_ON"}]).data["statements"]["pageInfo"]["endCursor"]

    answer = ask(PAGES, after=first, orderBy=[{"field": "SAID_ON", "direction": "ASC"}])

    assert answer.codes == ["BAD_USER_INPUT"]
    assert answer.messages[0].startswith("after: ")


def test_cursor_of_another_list_is_refused(session, ask) -> None:
    builders.a_person(session)
    cursor_ = ask("{ people { pageInfo { endCursor } } }").data["people"]["pageInfo"]["endCursor"]

    answer = ask("query ($after: String) { sources(after: $after) { nodes { id } } }", after=cursor_)

    assert answer.codes == ["BAD_USER_INPUT"]


def test_cursor_goes_on_where_it_stands_when_its_row_is_gone(session, ask) -> None:
    ids = sorted(builders.a_statement(session).id for _ in range(3))
    cursors = [edge["cursor"] for edge in ask(PAGES, first=2).data["statements"]["edges"]]
    session.delete(session.get(tables.Statement, ids[1]))

    rest = ask(PAGES, after=cursors[1]).data["statements"]["nodes"]

    assert len(rest) == 1


def listing() -> Listing:
    return statements(None, [], None)


def test_cursor_comes_back_as_it_went() -> None:
    made = cursor(listing(), [None], UUID(int=7))

    assert position(listing(), made, "after") == ([None], UUID(int=7))


@given(st.text() | st.binary().map(lambda raw: raw.decode("latin-1")))
def test_garbage_is_no_cursor(garbage: str) -> None:
    with pytest.raises(BadUserInputError):
        position(listing(), garbage, "after")


JSON = st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5)


@given(st.lists(JSON, max_size=3), JSON)
def test_forged_cursor_is_refused_or_harmless(values: list, uuid: object) -> None:
    import base64
    import json

    made = listing()
    forged = base64.urlsafe_b64encode(json.dumps([made.order, values, uuid]).encode()).decode()

    try:
        found, _ = position(made, forged, "after")
    except BadUserInputError:
        return
    assert found == [None]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**63, True, "1", None])
def test_number_that_no_column_holds_is_refused(value: object) -> None:
    counted = Listing("x", listing().rows, col(tables.Statement.id), (Key("N", col(tables.Statement.id), "number"),))

    with pytest.raises(BadUserInputError):
        position(counted, cursor(counted, [value], UUID(int=1)), "after")


# --- walks ---


@pytest.fixture
def ties(session) -> list[tables.Statement]:
    """Statements with every combination of dates, none and one of two, and of counts; each twice."""
    dates = [None, "2022-01-17", "2022-02"]
    rows = [
        builders.a_statement(session, said=said, first_reported=reported, independent_source_count=count)
        for said, reported, count in itertools.product(dates, dates, [1, 2])
        for _ in range(2)
    ]
    session.commit()
    for row in rows:
        session.refresh(row)
    return rows


COLUMNS = {
    "SAID_ON": "said_from",
    "FIRST_REPORTED_ON": "first_reported_from",
    "SOURCE_COUNT": "independent_source_count",
}
ORDERS = st.lists(
    st.tuples(st.sampled_from(list(COLUMNS)), st.sampled_from(["ASC", "DESC"])),
    max_size=3,
    unique_by=lambda order: order[0],
)


def in_order(rows: list[tables.Statement], order: list[tuple[str, str]]) -> list[str]:
    """What the order means, in Python: sorted by the last key first; what has no value stays last."""
    found = sorted(rows, key=lambda row: row.id)
    for field, direction in reversed(order or [("FIRST_REPORTED_ON", "DESC")]):
        valued = [row for row in found if getattr(row, COLUMNS[field]) is not None]
        valued.sort(key=lambda row: getattr(row, COLUMNS[field]), reverse=direction == "DESC")
        found = valued + [row for row in found if getattr(row, COLUMNS[field]) is None]
    return [str(row.id) for row in found]


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=ORDERS, size=st.integers(3, 40), backward=st.booleans())
def test_walking_pages_yields_every_row_once_in_order(ties, ask, order, size, backward) -> None:
    from schema.graphql import ids

    order_by = [{"field": field, "direction": direction} for field, direction in order]
    seen: list[str] = []
    token, more = None, True
    while more:
        arguments = {"last": size, "before": token} if backward else {"first": size, "after": token}
        answer = ask(PAGES, orderBy=order_by or None, **arguments)
        assert answer.errors == []
        found = answer.data["statements"]
        names = [str(ids.decode(node["id"]).uuid) for node in found["nodes"]]
        seen = names + seen if backward else seen + names
        token = found["pageInfo"]["startCursor" if backward else "endCursor"]
        more = found["pageInfo"]["hasPreviousPage" if backward else "hasNextPage"]
        assert len(names) == size or not more

    assert seen == in_order(ties, order)


def test_rows_that_come_in_between_pages_repeat_and_skip_nothing(session, ask) -> None:
    old = {builders.a_statement(session, first_reported=f"2022-01-{day:02}").id for day in range(10, 16)}
    from schema.graphql import ids

    seen, token = [], None
    for step in range(4):
        found = ask(PAGES, first=2, after=token).data["statements"]
        seen += [ids.decode(node["id"]).uuid for node in found["nodes"]]
        token = found["pageInfo"]["endCursor"] or token
        builders.a_statement(session, first_reported=f"2022-02-{step + 1:02}")
        builders.a_statement(session, first_reported=f"2022-01-{9 - step:02}")

    assert len(seen) == len(set(seen))
    assert old <= set(seen)


NAMES = [
    "Émile",
    "emil",
    "Zoë",
    "d'Arc",
    "D Arc",
    "Ångström",
    "ß",
    "中",
    "😀",
    "a_b",
    "A%",
    "Ａ",
    "z",
    "Ł",
    "łb",
    "-",
    "O’Neil",
]


def test_names_are_ordered_by_code_point_of_their_folded_form(session, ask) -> None:
    rows = [builders.a_person(session, name) for name in NAMES]
    expected = [row.name for row in sorted(rows, key=lambda row: (row.folded, row.id))]

    names, token = [], None
    for _ in NAMES:
        answer = ask(
            "query ($after: String) { people(first: 1, after: $after) { nodes { name } pageInfo { endCursor } } }",
            after=token,
        )
        names += [node["name"] for node in answer.data["people"]["nodes"]]
        token = answer.data["people"]["pageInfo"]["endCursor"]

    assert names == expected


def test_order_field_given_twice_is_refused() -> None:
    from schema.graphql.enums import StatementOrderField
    from schema.graphql.orders import StatementOrder

    twice = [StatementOrder(field=StatementOrderField.SAID_ON), StatementOrder(field=StatementOrderField.SAID_ON)]

    with pytest.raises(BadUserInputError):
        statement_keys(twice, None)
