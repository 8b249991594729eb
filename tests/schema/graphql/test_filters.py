"""What filters find, on one small set of rows: tables of (filter, what it finds)."""

from datetime import UTC, datetime
from types import SimpleNamespace

import builders
import pytest

from schema.enums import Act, AttributionBasis, ReportingRole, StatementKind
from schema.graphql import ids
from schema.keys import UNKNOWN_SOURCE_ID

FIND = {
    "statements": "query ($where: StatementFilter) { statements(where: $where) { totalCount nodes { text } } }",
    "reports": "query ($where: ReportFilter) { reports(where: $where) { totalCount nodes { exact } } }",
    "articles": "query ($where: ArticleFilter) { articles(where: $where) { totalCount nodes { label } } }",
    "events": "query ($where: EventFilter) { events(where: $where) { totalCount nodes { title } } }",
}


def found(ask, field: str, where: dict | None) -> str:
    """The first letters of what a filter finds, sorted; every row of these tests begins with one of its own."""
    answer = ask(FIND[field], where=where)
    assert answer.errors == [], where
    nodes = answer.data[field]["nodes"]
    assert answer.data[field]["totalCount"] == len(nodes)
    return "".join(sorted(next(iter(node.values()))[0] for node in nodes))


def found_by(ask, field: str, table: list[tuple[dict | None, str]]) -> dict[str, str]:
    return {repr(where): found(ask, field, where) for where, _ in table}


def expected(table: list[tuple[dict | None, str]]) -> dict[str, str]:
    return {repr(where): letters for where, letters in table}


@pytest.fixture
def world(session) -> SimpleNamespace:
    """Statements a, b, c, d (d said by nobody, undated); articles A, B, C; events E, F."""
    s = session
    lamp, herald = builders.a_source(s, "Daily Lâmp"), builders.a_source(s, "Harbour Herald")
    unknown = builders.the_unknown_source(s)
    early, late = builders.a_load(s), builders.a_load(s)
    text_a = builders.an_article(
        s, "A text by Zoë.", label="A", source=lamp, load=early, published="2022-01-10", language="en",
        headline="Árbol over the café"
    )  # fmt: skip
    text_b = builders.an_article(
        s, "B text about war.", label="B", source=herald, load=late, published="2022-01", language="en-GB",
        copy_of_id=text_a.id, updated_at=datetime(2022, 2, 1, tzinfo=UTC)
    )  # fmt: skip
    text_c = builders.an_article(s, "C text, a warning.", label="C", source=unknown, published=None, language=None)
    vance = builders.a_person(s, "Ada Vance", aliases=["Ms Vánce", "Vance"], article=text_a)
    ministry = builders.an_organization(s, "Ministry", aliases=["The Ministry"], article=text_a)
    official = builders.an_unnamed_source(s, "an official", article=text_b)
    bridge = builders.an_event(s, "E: the bridge", occurred="2022-01-09", articles=[text_a, text_b])
    war = builders.an_event(s, "F: the war", occurred=None, articles=[text_c])
    a = builders.a_statement(
        s, "a", speaker=vance, event=bridge, said="2022-01-09", independent_source_count=2, first_reported="2022-01-10"
    )
    b = builders.a_statement(s, "b", speaker=ministry, said="2022-01", updated_at=datetime(2022, 2, 1, tzinfo=UTC))
    c = builders.a_statement(
        s, "c", speaker=official, event=war, kind=StatementKind.INDIRECT, said="2022-01-10/2022-01-12"
    )
    d = builders.a_statement(s, "d", first_reported=None)
    builders.a_statement(s, "x thinks", speaker=vance, act=Act.ATTITUDE)
    a1 = builders.a_report(
        s, statement=a, article=text_a, text="1 Café “open” at six; we'll see 100% of_it", mentions=[ministry]
    )
    builders.a_report(s, statement=a, article=text_b, text="2 MÉLANIE’S war\nis over", confidence=0.5, exact="2")
    b1 = builders.a_report(
        s, statement=b, article=text_b, text="3 warning of war", basis=AttributionBasis.IMPLIED, method="m2"
    )
    builders.a_report(s, statement=c, article=text_c, text="4 Straße", kind=StatementKind.INDIRECT)
    builders.a_report(s, statement=d, article=text_a, text="5 nothing", confidence=0.1)
    builders.a_report(
        s, statement=d, article=text_b, text="6 withdrawn war", mentions=[vance], withdrawn_at=builders.NOW
    )
    builders.a_link(s, report=a1, position=1, role=ReportingRole.RELAYER, party=ministry, name="the Ministry’s aide")
    builders.a_link(s, report=b1, position=1, role=ReportingRole.RELAYER, party=lamp)
    builders.a_link(s, report=b1, position=2, role=ReportingRole.PUBLISHER, party=herald)
    s.commit()
    names = {
        "lamp": lamp,
        "herald": herald,
        "A": text_a,
        "B": text_b,
        "C": text_c,
        "E": bridge,
        "F": war,
        "early": early,
        "late": late,
    }
    speakers = {"vance": vance, "ministry": ministry, "official": official}
    made = {name: ids.encode(type(row).__name__, row.id) for name, row in names.items()}
    made |= {
        name: ids.encode({"PERSON": "Person", "ORGANIZATION": "Organization"}.get(row.type, "UnnamedSource"), row.id)
        for name, row in speakers.items()
    }
    return SimpleNamespace(**made, unknown=ids.encode("Source", UNKNOWN_SOURCE_ID))


def test_statements(world, ask) -> None:
    w = world
    table = [
        (None, "abcd"),
        ({}, "abcd"),
        ({"saidBy": None, "text": None, "and": None, "or": None, "not": None, "report": None}, "abcd"),
        ({"saidBy": [w.vance, w.official]}, "ac"),
        ({"saidBy": []}, ""),
        ({"saidByName": "ms  VANCE"}, "a"),
        ({"saidByName": "ada vance"}, "a"),
        ({"saidByName": "an official"}, "c"),
        ({"saidByName": "van"}, ""),
        ({"saidByName": ""}, ""),
        ({"speakerType": ["PERSON", "UNNAMED_SOURCE"]}, "ac"),
        ({"mentioning": [w.ministry]}, "a"),
        ({"mentioning": [w.vance]}, ""),
        ({"event": [w.E, w.F]}, "ac"),
        ({"said": {"from": "2022-01-12"}}, "bc"),
        ({"said": {"to": "2022-01-09"}}, "ab"),
        ({"said": {"from": "2022-01-09T10:00:00Z", "to": "2022-01-09T11:00:00Z"}}, "ab"),
        ({"said": {"from": "2022-02"}}, ""),
        ({"said": {}}, "abc"),
        ({"dated": True}, "abc"),
        ({"dated": False}, "d"),
        ({"minSources": 2}, "a"),
        ({"maxSources": 1}, "bcd"),
        ({"changedSince": "2022-02-01T00:00:00Z"}, "b"),
        ({"changedSince": "2022-02-01T01:00:00.000+01:00"}, "b"),
        ({"and": [{"dated": True}, {"maxSources": 1}]}, "bc"),
        ({"or": [{"saidBy": [w.vance]}, {"dated": False}]}, "ad"),
        ({"or": []}, ""),
        ({"and": []}, "abcd"),
        ({"not": {}}, ""),
        ({"not": {"saidBy": [w.vance]}}, "bcd"),
        ({"not": {"said": {"from": "2022-01-12"}}}, "ad"),
        ({"not": {"not": {"saidBy": [w.vance]}}}, "a"),
        ({"not": {"or": [{"saidBy": [w.vance]}, {"not": {"dated": True}}]}}, "bc"),
    ]

    assert found_by(ask, "statements", table) == expected(table)


def test_one_report_meets_all_of_a_report_filter(world, ask) -> None:
    w = world
    table = [
        ({"report": {"source": [w.lamp]}}, "ad"),
        ({"report": {"source": [w.lamp], "maxConfidence": 0.5}}, "d"),
        ({"report": {"source": [w.herald], "maxConfidence": 0.5}}, "a"),
        ({"report": {"and": [{"source": [w.lamp]}, {"maxConfidence": 0.5}]}}, "d"),
        ({"and": [{"report": {"source": [w.lamp]}}, {"report": {"maxConfidence": 0.5}}]}, "ad"),
        ({"report": {"not": {"source": [w.lamp]}}}, "abc"),
        ({"not": {"report": {"source": [w.lamp]}}}, "bc"),
        ({"report": {}}, "abcd"),
    ]

    assert found_by(ask, "statements", table) == expected(table)


def test_words_of_any_wording(world, ask) -> None:
    table = [
        ({"text": "cafe"}, "a"),
        ({"text": "CAFÉ OPEN"}, "a"),
        ({"text": '"open at"'}, ""),
        ({"text": '"at six"'}, "a"),
        ({"text": "“at six”"}, "a"),
        ({"text": "war"}, "ab"),
        ({"text": "war -warning"}, "a"),
        ({"text": '-"of war" war'}, "a"),
        ({"text": "cafe war"}, ""),
        ({"text": "melanie's"}, "a"),
        ({"text": '"war is over"'}, "a"),
        ({"text": "100%"}, "a"),
        ({"text": "of_it"}, "a"),
        ({"text": "of%it"}, ""),
        ({"text": "straße"}, "c"),
        ({"text": "STRASSE"}, ""),
        ({"text": "w.r"}, ""),
        ({"text": "[a-z]"}, ""),
        ({"text": "(warning"}, ""),
        ({"text": "we'll"}, "a"),
        ({"text": "we’ll"}, "a"),
        ({"text": "withdrawn"}, ""),
        ({"not": {"text": "war"}}, "cd"),
        ({"text": "***:war"}, ""),
        ({"text": "\\d"}, ""),
    ]

    assert found_by(ask, "statements", table) == expected(table)


def test_reports(world, ask) -> None:
    w = world
    table = [
        (None, "12345"),
        ({"source": [w.lamp]}, "15"),
        ({"source": [w.unknown]}, "4"),
        ({"sourceName": "daily lamp"}, "15"),
        ({"sourceName": "daily"}, ""),
        ({"relayedBy": [w.ministry]}, "1"),
        ({"relayedBy": [w.lamp, w.herald]}, "3"),
        ({"relayedByName": "the ministry"}, "1"),
        ({"relayedByName": "the ministry's AIDE"}, "1"),
        ({"relayedByName": "daily lamp"}, "3"),
        ({"relayedByName": ""}, ""),
        ({"article": [w.B]}, "23"),
        ({"on": {"from": "2022-01-31"}}, "23"),
        ({"on": {"to": "2022-01-10"}}, "1235"),
        ({"on": {}}, "1235"),
        ({"kind": ["INDIRECT"]}, "4"),
        ({"basis": "IMPLIED"}, "3"),
        ({"minConfidence": 0.5, "maxConfidence": 0.5}, "2"),
        ({"method": ["m2"]}, "3"),
        ({"load": [w.early]}, "15"),
        ({"or": [{"kind": ["INDIRECT"]}, {"basis": "IMPLIED"}]}, "34"),
        ({"not": {"on": {"from": "2022-01-31"}}}, "145"),
    ]

    assert found_by(ask, "reports", table) == expected(table)


def test_articles(world, ask) -> None:
    w = world
    table = [
        (None, "ABC"),
        ({"source": [w.unknown, w.lamp]}, "AC"),
        ({"event": [w.E]}, "AB"),
        ({"published": {"from": "2022-01-20"}}, "B"),
        ({"dated": True}, "AB"),
        ({"dated": False}, "C"),
        ({"text": "arbol zoe"}, "A"),
        ({"text": "text -war"}, "AC"),
        ({"language": ["EN"]}, "AB"),
        ({"language": ["en-gb"]}, "B"),
        ({"language": ["e"]}, ""),
        ({"isCopy": True}, "B"),
        ({"isCopy": False}, "AC"),
        ({"load": [w.early, w.late]}, "AB"),
        ({"changedSince": "2022-01-31T00:00:00Z"}, "B"),
    ]

    assert found_by(ask, "articles", table) == expected(table)


def test_events(world, ask) -> None:
    w = world
    table = [
        (None, "EF"),
        ({"text": "bridge"}, "E"),
        ({"text": "cafe"}, "E"),
        ({"text": "the -war"}, "E"),
        ({"text": "the -cafe"}, "F"),
        ({"date": {"to": "2022-01"}}, "E"),
        ({"speaker": [w.official]}, "F"),
        ({"speaker": [w.ministry]}, ""),
        ({"source": [w.lamp]}, "E"),
        ({"minSources": 2}, "E"),
        ({"minSources": 0}, "EF"),
    ]

    assert found_by(ask, "events", table) == expected(table)


def test_names_as_one_types(session, ask) -> None:
    article = builders.an_article(session)
    builders.a_person(session, "Jean-Marc Élan", aliases=["Mr Élan"], article=article)
    builders.an_organization(session, "50%_off Élan")
    builders.an_unnamed_source(session, "an elated aide")
    query = "query ($name: String, $type: [SpeakerType!]) { speakers(name: $name, type: $type) { nodes { name } } }"
    table = [
        ("", None, "5Ja"),
        ("ela", None, "5Ja"),
        ("ÉLAN", None, "5J"),
        ("ma el", None, "J"),
        ("mr el", None, "J"),
        ("mr je", None, ""),
        ("50%", None, "5"),
        ("50_", None, ""),
        ("lan", None, ""),
        ("el", ["ORGANIZATION", "UNNAMED_SOURCE"], "5a"),
        (None, [], ""),
    ]

    answers = {
        (name, str(types)): "".join(
            sorted(node["name"][0] for node in ask(query, name=name, type=types).data["speakers"]["nodes"])
        )
        for name, types, _ in table
    }

    assert answers == {(name, str(types)): letters for name, types, letters in table}


@pytest.mark.parametrize(
    ("field", "where", "place"),
    [
        ("statements", {"saidBy": ["nobody"]}, "where.saidBy"),
        ("statements", {"saidBy": [ids.encode("Article", UNKNOWN_SOURCE_ID)]}, "where.saidBy"),
        ("statements", {"or": [{"event": [""]}]}, "where.or.event"),
        ("statements", {"report": {"source": ["x"]}}, "where.report.source"),
        ("statements", {"report": {"not": {"load": ["x"]}}}, "where.report.not.load"),
        ("statements", {"said": {"from": "2022-02", "to": "2022-01"}}, "where.said"),
        ("statements", {"text": ""}, "where.text"),
        ("statements", {"text": "-war"}, "where.text"),
        ("statements", {"text": '"" - %'}, "where.text"),
        ("statements", {"text": "x" * 201}, "where.text"),
        ("statements", {"text": "x " * 21}, "where.text"),
        ("statements", {"saidByName": "x" * 201}, "where.saidByName"),
        ("reports", {"relayedBy": ["x"] * 101}, "where.relayedBy"),
        ("reports", {"method": ["x"] * 101}, "where.method"),
        ("articles", {"language": ["\0"]}, "where.language"),
        ("events", {"speaker": ["x"]}, "where.speaker"),
    ],
)
def test_what_can_match_nothing_is_refused_by_name(field, where, place, session, ask) -> None:
    answer = ask(FIND[field], where=where)

    assert answer.codes == ["BAD_USER_INPUT"]
    assert answer.messages[0].startswith(f"{place}: ")


def nested(levels: int) -> dict:
    where: dict = {}
    for _ in range(levels):
        where = {"not": where}
    return where


@pytest.mark.parametrize("where", [nested(8), nested(50), {"or": [{}] * 51}, {"report": {"and": [nested(7)]}}])
def test_filters_too_deep_or_too_many_are_refused(where, ask) -> None:
    answer = ask(FIND["statements"], where=where)

    assert answer.codes == ["OPERATION_TOO_LARGE"]


@pytest.mark.parametrize("where", [nested(7), {"or": [{}] * 49}, {"report": {"and": [nested(5)]}}])
def test_filters_within_the_limits_are_answered(where, ask) -> None:
    assert ask(FIND["statements"], where=where).errors == []


def test_relevance_is_the_number_of_reports_that_hold_the_words(session, ask) -> None:
    for text, count in (("one", 1), ("three", 3), ("two", 2)):
        statement = builders.a_statement(session, text)
        for _ in range(count):
            builders.a_report(session, statement=statement, text="the river rose")

    answer = ask('{ statements(where: {text: "river"}, orderBy: [{field: RELEVANCE}]) { nodes { text } } }')

    assert [node["text"] for node in answer.data["statements"]["nodes"]] == ["three", "two", "one"]


@pytest.mark.parametrize("field", ["statements", "articles", "events"])
def test_relevance_without_a_text_is_refused(field, ask) -> None:
    answer = ask(f"{{ {field}(orderBy: [{{field: RELEVANCE}}]) {{ totalCount }} }}")

    assert answer.codes == ["BAD_USER_INPUT"]
    assert "where.text" in answer.messages[0]


def test_relevance_of_articles_and_events_looks_at_headlines(session, ask) -> None:
    plain = builders.an_article(session, "The river rose.", label="plain", published="2022-02")
    headed = builders.an_article(session, "It rose.", label="headed", headline="The river", published="2022-01")
    builders.an_event(session, "The river", articles=[plain], occurred="2022-02")
    builders.an_event(session, "The river again", articles=[headed], occurred="2022-01")

    answer = ask(
        '{ articles(where: {text: "river"}, orderBy: [{field: RELEVANCE}]) { nodes { label } } '
        'events(where: {text: "river"}, orderBy: [{field: RELEVANCE}]) { nodes { title } } }'
    )

    assert [node["label"] for node in answer.data["articles"]["nodes"]] == ["headed", "plain"]
    assert [node["title"] for node in answer.data["events"]["nodes"]] == ["The river again", "The river"]


def test_events_by_how_much_was_said(session, ask) -> None:
    for title, count in (("one", 1), ("none", 0), ("two", 2)):
        event = builders.an_event(session, title)
        for _ in range(count):
            builders.a_statement(session, event=event)

    answer = ask("{ events(orderBy: [{field: STATEMENT_COUNT}]) { nodes { title } } }")

    assert [node["title"] for node in answer.data["events"]["nodes"]] == ["two", "one", "none"]


def test_attitudes_are_found_when_asked_for(world, ask) -> None:
    query = "{ statements(acts: [SPEECH, ATTITUDE]) { totalCount } none: statements(acts: []) { totalCount } }"

    assert ask(query).data == {"statements": {"totalCount": 5}, "none": {"totalCount": 0}}
