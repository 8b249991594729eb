"""Every measure on cases small enough to be counted by hand: labels and reports that agree, and one thing changed."""

from dataclasses import replace
from uuid import UUID

import pytest

from etl.evaluate.comparison import comparison
from etl.evaluate.faults import details
from etl.evaluate.faults import faults as told
from etl.evaluate.figures import figures
from etl.evaluate.gold import (
    GoldArticle,
    GoldAttribution,
    GoldDate,
    GoldLink,
    GoldParty,
    Labels,
    LookAlike,
)
from etl.evaluate.pairs import names_agree
from etl.evaluate.scores import measures, scores
from etl.evaluate.store import Stored, StoredArticle, StoredLink, StoredReport
from etl.records import RawArticle, ResolvedMention, Span
from schema.dates import parse_edtf
from schema.enums import Act, AttributionBasis, DateBasis, SpeakerType, StatementKind

TEXT = "The old dam will hold, Ada Roe told Norwire. Rain may come soon, Bo Lind said. Roads are closed, she said."
CONTENTS = ("The old dam will hold", "Rain may come soon", "Roads are closed")
SOURCES = ("Ada Roe", "Bo Lind", "she")
PEOPLE = ("roe", "lind", "roe")
DAY = parse_edtf("2022-01-17")


def uuid(name: str) -> UUID:
    return UUID(bytes=name.encode().ljust(16, b"."))


def at(piece: str) -> Span:
    return Span(TEXT.index(piece), TEXT.index(piece) + len(piece))


def gold(stem: str, number: int) -> GoldAttribution:
    return GoldAttribution(
        key=f"{stem}#{number}",
        content=(at(CONTENTS[number]),),
        source=at(SOURCES[number]),
        cue=None,
        kind=StatementKind.INDIRECT,
        act=Act.SPEECH,
        basis=AttributionBasis.EXPLICIT,
        denied=False,
        speaker=PEOPLE[number],
        chain=(GoldLink("norwire", "Norwire"),) if number == 0 else (),
        said=GoldDate(DAY, "on Monday", DateBasis.STATED) if number == 0 else None,
        statement=f"s{number}",
        mentions=(ResolvedMention(at("dam"), "dam"),) if number == 0 else (),
    )


def report(stem: str, number: int) -> StoredReport:
    return StoredReport(
        id=uuid(f"{stem}{number}"),
        text=CONTENTS[number],
        content=(at(CONTENTS[number]),),
        source=(at(SOURCES[number]),),
        kind=StatementKind.INDIRECT,
        act=Act.SPEECH,
        basis=AttributionBasis.EXPLICIT,
        denied=False,
        speaker=uuid(PEOPLE[number]),
        said_on=DAY if number == 0 else None,
        said_expression="on Monday" if number == 0 else None,
        chain=(StoredLink("Norwire", uuid("norwire")),) if number == 0 else (),
        statement=uuid(f"s{number}"),
        mentions=((at("dam"), uuid("dam")),) if number == 0 else (),
    )


def a_pair(change=lambda stem, number, one: one, **links):
    """Two articles of the same text, labelled and stored alike but for what change makes of a stored report.

    links: copy_of and correction_of of the article b, as (labelled, stored).
    """
    parties = {
        "roe": GoldParty("roe", SpeakerType.PERSON, "Ada Roe"),
        "lind": GoldParty("lind", SpeakerType.PERSON, "Bo Lind"),
        "norwire": GoldParty("norwire", SpeakerType.ORGANIZATION, "Norwire"),
        "dam": GoldParty("dam", SpeakerType.ORGANIZATION, "Dam Board"),
    }
    labelled, stored = {}, {}
    for stem in ("a", "b"):
        wanted = {name: values[0] if stem == "b" else None for name, values in links.items()}
        found = {name: values[1] if stem == "b" else None for name, values in links.items()}
        labelled[stem] = GoldArticle(
            stem,
            RawArticle(stem, TEXT),
            "dam",
            wanted.get("copy_of"),
            wanted.get("correction_of"),
            tuple(gold(stem, number) for number in range(3)),
        )
        reports = (change(stem, number, report(stem, number)) for number in range(3))
        stored[stem] = StoredArticle(
            stem,
            uuid("event"),
            found.get("copy_of"),
            found.get("correction_of"),
            tuple(one for one in reports if one),
        )
    names = {uuid("roe"): "Ada Roe", uuid("lind"): "Bo Lind", uuid("norwire"): "Norwire", uuid("dam"): "Dam Board"}
    return Labels(labelled, parties, (LookAlike("a#1", "b#2", "both are short"),)), Stored(stored, names)


def only(stem, number, **values):
    """A change of one report."""
    return lambda s, n, one: replace(one, **values) if (s, n) == (stem, number) else one


def every(number, **values):
    """A change of the reports of one number in both articles."""
    return lambda _, n, one: replace(one, **values) if n == number else one


def measured(labels, stored):
    return {one.name: figures(one.rows) for one in measures(comparison(labels, stored))}


def faults(labels, stored):
    return {one.name: one for one in told(comparison(labels, stored))}


def test_what_agrees_in_everything_has_full_marks_and_no_fault():
    both = comparison(*a_pair(copy_of=("a", "a")))

    assert set(scores(measures(both)).values()) == {1.0}
    assert [one.lines for one in (*told(both), *details(both))] == [()] * 11


def test_what_neither_side_has_is_left_out():
    found = scores(measures(comparison(*a_pair())))

    assert {"denial", "copies", "corrections", "contents, quoted"} & set(found) == set()
    assert {"attributions", "speaker", "chain", "date", "mentions", "events (B-cubed)"} <= set(found)


def test_an_attribution_that_is_not_stored_is_missed():
    found = measured(*a_pair(lambda stem, number, one: None if (stem, number) == ("b", 1) else one))

    assert (found["attributions"].precision, found["attributions"].recall) == (1.0, pytest.approx(5 / 6))
    assert found["speaker"].f1 == 1.0  # judged where the content was found


@pytest.mark.parametrize(
    ("measure", "change"),
    [
        ("kind", {"kind": StatementKind.MIXED}),
        ("act", {"act": Act.ATTITUDE}),
        ("basis", {"basis": AttributionBasis.IMPLIED}),
        ("speaker", {"speaker": uuid("lind")}),
        ("speaker", {"speaker": None}),
    ],
)
def test_one_wrong_answer_of_six(measure, change):
    assert measured(*a_pair(only("a", 2, **change)))[measure].f1 == pytest.approx(5 / 6)


def test_a_party_that_is_stored_twice_is_right_where_it_has_more_evidence():
    # 'she' is somebody else than Ada Roe in one article: her named remarks decide who Ada Roe is
    assert measured(*a_pair(only("b", 2, speaker=uuid("she"))))["speaker"].f1 == pytest.approx(5 / 6)


def test_of_two_parties_under_one_stored_speaker_one_is_wrong():
    found = measured(*a_pair(lambda _stem, _number, one: replace(one, speaker=uuid("roe"))))

    assert found["speaker"].f1 == pytest.approx(4 / 6)


def test_two_people_under_one_stored_speaker_are_a_wrong_merge():
    found = faults(*a_pair(lambda _stem, _number, one: replace(one, speaker=uuid("roe"))))

    assert found["wrong merges of people (pairs)"].lines == ("Bo Lind (lind) and Ada Roe (roe) are both 'Ada Roe'",)


def test_one_remark_under_a_wrong_name_is_no_merge_of_people():
    found = faults(*a_pair(only("a", 2, speaker=uuid("lind"))))

    assert found["wrong merges of people (pairs)"].lines == ()


def test_people_are_clusters_of_their_remarks():
    # Roe has four remarks and Lind two; one of Roe's is under Lind.
    found = measured(*a_pair(only("a", 2, speaker=uuid("lind"))))["people (B-cubed)"]

    assert found.precision == pytest.approx((3 * 1 + 2 * 2 / 3 + 1 / 3) / 6)
    assert found.recall == pytest.approx((3 * 3 / 4 + 2 * 1 + 1 / 4) / 6)


@pytest.mark.parametrize(
    ("chain", "precision", "recall"),
    [
        ((), 1.0, 0.5),
        ((StoredLink("the agency Norwire", None),), 1.0, 1.0),  # no party, but the same name as printed
        ((StoredLink("Norwire", uuid("lind")),), 0.5, 0.5),
        ((StoredLink("Norwire", uuid("norwire")), StoredLink("Quill", None)), 0.5, 0.5),
    ],
)
def test_a_chain_is_right_when_all_of_it_is(chain, precision, recall):
    found = measured(*a_pair(only("b", 0, chain=chain)))["chain"]

    assert (found.precision, found.recall) == (precision, recall)


def test_a_chain_where_there_is_none_costs_precision():
    found = measured(*a_pair(only("b", 1, chain=(StoredLink("Quill", None),))))["chain"]

    assert (found.precision, found.recall) == (pytest.approx(2 / 3), 1.0)


@pytest.mark.parametrize(
    ("change", "precision", "recall", "lines"),
    [
        (only("b", 0, said_on=None), 1.0, 0.5, 0),
        (only("b", 0, said_on=parse_edtf("2022-01-18")), 0.5, 0.5, 1),
        (only("b", 1, said_on=DAY), 2 / 3, 1.0, 1),
    ],
)
def test_dates_are_right_wrong_or_missing(change, precision, recall, lines):
    pair = a_pair(change)

    found = measured(*pair)["date"]
    assert (found.precision, found.recall) == (pytest.approx(precision), pytest.approx(recall))
    assert len(faults(*pair)["dates wrongly given"].lines) == lines


def test_the_day_one_article_gives_holds_for_every_article_of_the_statement():
    labels, stored = a_pair()
    other = labels.articles["b"]
    undated = replace(other, attributions=tuple(replace(one, said=None) for one in other.attributions))

    found = measured(replace(labels, articles={**labels.articles, "b": undated}), stored)["date"]

    assert (found.precision, found.recall) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("mentions", "precision", "recall"),
    [
        ((), 1.0, 0.5),
        (((at("dam"), uuid("lind")),), 0.5, 0.5),
        (((at("dam"), uuid("dam")), (at("hold"), uuid("hold"))), 2 / 3, 1.0),
        (((at("dam"), uuid("dam")), (at("hold"), uuid("dam"))), 1.0, 1.0),
    ],
)
def test_a_party_in_the_content_counts_once(mentions, precision, recall):
    found = measured(*a_pair(only("b", 0, mentions=mentions)))["mentions"]

    assert (found.precision, found.recall) == (pytest.approx(precision), recall)


def test_two_remarks_in_one_stored_statement_are_a_wrong_merge_named_by_both():
    pair = a_pair(only("a", 1, statement=uuid("s2")))

    found = faults(*pair)["wrong merges of statements (pairs of reports)"]
    assert found.lines == (
        "a#1 (s1) Rain may come soon | a#2 (s2) Roads are closed",
        "a#1 (s1) Rain may come soon | b#2 (s2) Roads are closed",
    )
    clusters = measured(*pair)["statements (B-cubed)"]
    assert clusters.precision == pytest.approx((2 * 1 + 1 / 3 + 1 + 2 * 2 / 3) / 6)
    assert clusters.recall == pytest.approx((2 * 1 + 2 * 1 / 2 + 2 * 1) / 6)


def test_look_alikes_in_one_statement_are_told():
    found = faults(*a_pair(only("a", 1, statement=uuid("s2"))))["look-alikes merged (of those found)"]

    assert found.lines == ("a#1 (s1) Rain may come soon | b#2 (s2) Roads are closed",)
    assert found.of == 1


def test_one_remark_in_two_stored_statements_costs_recall_and_is_no_wrong_merge():
    pair = a_pair(only("a", 1, statement=uuid("alone")))

    found = measured(*pair)["statements (B-cubed)"]
    assert (found.precision, found.recall) == (1.0, pytest.approx(5 / 6))
    assert faults(*pair)["wrong merges of statements (pairs of reports)"].lines == ()


@pytest.mark.parametrize("measure", ["copies", "corrections"])
@pytest.mark.parametrize(
    ("wanted", "stored", "precision", "recall"), [("a", "a", 1, 1), ("a", None, 0, 0), (None, "a", 0, 0)]
)
def test_links_between_articles_are_right_wrong_or_missing(measure, wanted, stored, precision, recall):
    field = {"copies": "copy_of", "corrections": "correction_of"}[measure]

    found = measured(*a_pair(**{field: (wanted, stored)}))[measure]

    assert (found.precision, found.recall) == (precision, recall)


def test_a_denial_that_is_taken_for_a_claim_is_missed():
    labels, stored = a_pair(every(1, denied=True))

    found = measured(labels, stored)["denial"]

    assert (found.precision, found.recall) == (0.0, 0.0)


def test_events_are_clusters_of_articles():
    labels, stored = a_pair()
    apart = {**stored.articles, "b": replace(stored.articles["b"], event=None)}

    found = measured(labels, replace(stored, articles=apart))["events (B-cubed)"]

    assert (found.precision, found.recall) == (1.0, 0.5)


def test_a_speaker_of_the_same_name_is_the_party_although_the_sources_are_other_words():
    # The paper reported, citing Bo Lind: the store has the paper's words as the source and Bo Lind as the speaker.
    assert measured(*a_pair(every(1, source=(at("Rain"),))))["speaker"].f1 == 1.0


@pytest.mark.parametrize(
    ("name", "change", "lines"),
    [
        (
            "attributions missed",
            lambda stem, number, one: None if (stem, number) == ("a", 1) else one,
            ["a#1 (s1) Rain may come soon"],
        ),
        ("attributions found in vain", only("a", 1, content=(at("Bo Lind said"),)), ["a Rain may come soon"]),
        ("wrong speakers", only("a", 1, speaker=None), ["a#1 (s1) Rain may come soon: nobody, the labels say lind"]),
        (
            "wrong chains",
            only("a", 0, chain=()),
            ["a#0 (s0) The old dam will hold: through nobody, the labels say Norwire"],
        ),
        ("dates missed", only("a", 0, said_on=None), ["a#0 (s0) The old dam will hold: 2022-01-17"]),
        ("statements kept apart", only("a", 1, statement=uuid("alone")), ["s1: a#1 | b#1"]),
    ],
)
def test_details_name_every_other_fault(name, change, lines):
    found = {one.name: one.lines for one in details(comparison(*a_pair(change)))}

    assert list(found[name]) == lines


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [("the agency Norwire", "Norwire", True), ("Norwire", "Norwire agency", True), ("The Quill", "Norwire", False)],
)
def test_names_agree_by_half_of_their_words_or_their_last(a, b, agree):
    assert names_agree(a, b) is agree
