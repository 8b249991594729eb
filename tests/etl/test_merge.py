"""Which reports are one remark: pairs that are, pairs that only look like it, and what stands for a statement."""

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid5

import pytest

from etl.cluster import pair
from etl.merge import JOIN, Wording, likeness, remarks, same_words
from schema.dates import day
from schema.enums import Act, AttributionBasis, Stage, StatementKind

SPEAKER = UUID(int=7)
FERRIES = "The new ferries will sail from every northern harbour in March"


def a_wording(text: str, **given: object) -> Wording:
    """A direct report of one speaker, published on 18 January 2022."""
    fields: dict[str, object] = {
        "report": uuid5(SPEAKER, repr((text, sorted(given.items(), key=repr)))),
        "article": uuid5(SPEAKER, text),
        "speaker": SPEAKER,
        "kind": StatementKind.DIRECT,
        "act": Act.SPEECH,
        "basis": AttributionBasis.EXPLICIT,
        "published": day(date(2022, 1, 18)),
    }
    return Wording(text=text, **{**fields, **given})


def merged(*wordings: Wording) -> list[list[str]]:
    """The texts of each statement these wordings make."""
    return [
        sorted(by_id[report].text for report in remark.reports)
        for remark in found_in(*wordings)
        for by_id in [ids(wordings)]
    ]


def ids(wordings: tuple[Wording, ...]) -> dict[UUID, Wording]:
    """The wordings by report."""
    return {wording.report: wording for wording in wordings}


def found_in(*wordings: Wording, **decided: object):
    """The remarks these wordings make. decided: together and apart, as people said."""
    evidence = {
        pair(a.report, b.report): found
        for i, a in enumerate(wordings)
        for b in wordings[i + 1 :]
        if (found := likeness(a, b))
    }
    return remarks(wordings, evidence, **decided)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FERRIES, f"{FERRIES} and nobody will wait in the cold"),
        (FERRIES, "new ferries will sail from every northern harbor in March"),
        (
            "We have decided to close both tunnels for the winter",
            "the government decided to close both tunnels for winter",
        ),
        (
            "They are not strategic weapons and pose no threat to the fishing grounds",
            "The weapons pose no threat to the fishing grounds and are to be used in defence",
        ),
        (
            "The alliance is “at its core, defensive”",
            "It was ‘at its core, defensive’ and open to whoever met its rules",
        ),
        ("There is no more money", "there was no more money"),
        ("They aren't a threat to any of the fishing grounds", "They are not a threat to any of the fishing grounds"),
    ],
)
def test_one_remark_cut_or_told_differently(one: str, other: str) -> None:
    """Direct here and indirect there, longer here and shorter there."""
    found = likeness(a_wording(one), a_wording(other))

    assert found is not None
    assert found.score >= JOIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (FERRIES, "The old ferries will be sold to a yard in Poland"),
        (
            "The troops will leave the northern harbour in March",
            "The troops will not leave the northern harbour in March",
        ),
        ("the tunnel would cost the town 200 million crowns", "the tunnel would cost the town 350 million crowns"),
        ("Nine people were still missing on the quay", "Seven people were still missing on the quay"),
        ("It is not true that the ferries will sail in March", "the ferries will sail in March"),
        ("yes", "no"),
    ],
)
def test_look_alikes_are_no_evidence(one: str, other: str) -> None:
    """Another remark, its denial, another figure."""
    found = likeness(a_wording(one), a_wording(other))

    assert found is None or found.score < JOIN


def test_the_same_words_of_somebody_else_are_another_statement() -> None:
    """Speakers come first."""
    assert likeness(a_wording(FERRIES), a_wording(FERRIES, speaker=UUID(int=8))) is None
    assert likeness(a_wording(FERRIES, speaker=None), a_wording(FERRIES, speaker=None, article=UUID(int=3))) is None


def test_a_remark_repeated_on_another_day_is_another_statement() -> None:
    """By the day of saying where both have one, by the day of printing where not."""
    monday, friday = day(date(2022, 1, 17)), day(date(2022, 1, 21))

    assert likeness(a_wording(FERRIES, said=monday), a_wording(FERRIES, said=friday)) is None
    assert likeness(a_wording(FERRIES), a_wording(FERRIES, published=day(date(2022, 2, 18)))) is None
    assert likeness(a_wording(FERRIES), a_wording(FERRIES, published=None)) is not None


def test_what_was_said_on_wednesday_was_in_no_paper_of_tuesday() -> None:
    """The same words printed before the day they were said on are of another occasion."""
    said, tuesday, thursday = day(date(2022, 1, 19)), day(date(2022, 1, 18)), day(date(2022, 1, 20))

    assert likeness(a_wording(FERRIES, said=said), a_wording(FERRIES, published=tuesday)) is None
    assert likeness(a_wording(FERRIES, said=said), a_wording(FERRIES, published=thursday)) is not None


def test_day_of_saying_is_as_good_as_a_day_of_printing() -> None:
    """A report of next week that dates the saying to this week is of this week's occasion."""
    told_later = a_wording(FERRIES, said=day(date(2022, 1, 18)), published=day(date(2022, 1, 26)))

    assert likeness(told_later, a_wording(FERRIES, published=day(date(2022, 1, 19)))) is not None
    assert likeness(told_later, a_wording(FERRIES, published=day(date(2022, 2, 19)))) is None


def test_an_undated_report_does_not_join_two_days() -> None:
    """It is like both; they stay apart."""
    monday, friday = a_wording(FERRIES, said=day(date(2022, 1, 17))), a_wording(FERRIES, said=day(date(2022, 1, 21)))

    assert len(merged(monday, friday, a_wording(FERRIES))) == 2


def test_a_belief_is_not_the_saying_of_it() -> None:
    """Speech and attitude are different acts."""
    assert likeness(a_wording(FERRIES), a_wording(FERRIES, act=Act.ATTITUDE)) is None


def test_words_in_quotation_marks_were_said_whatever_the_article_calls_it() -> None:
    """She said that ...; she fears “...”."""
    said = a_wording("It could lead to a huge loss of life on all sides of the harbour")
    feared = "a “huge loss of life on all sides”"

    assert likeness(said, a_wording(feared, act=Act.ATTITUDE, kind=StatementKind.MIXED)) is not None
    assert likeness(said, a_wording(feared.replace("“", "").replace("”", ""), act=Act.ATTITUDE)) is None


def test_the_same_half_said_counts_more_of_one_speaker_and_less_in_one_article() -> None:
    """Who, where and when are evidence too; the words alone are what the command knows."""
    one, other = a_wording("The repairs would last 12 days"), a_wording("The work on the lock would take 12 days")
    found = likeness(one, other)

    assert found is not None
    assert found.score > same_words(one.text, other.text).score
    same_article = likeness(one, replace(other, article=one.article))
    assert same_article is None or same_article.score < found.score
    late = likeness(one, replace(other, published=day(date(2022, 1, 21))))
    assert late is None or late.score < found.score


def test_a_score_comes_with_all_its_evidence() -> None:
    """The rule names what of the words says most; the detail has the rest."""
    found = likeness(a_wording(FERRIES), a_wording(FERRIES, article=UUID(int=5)))

    assert found is not None
    assert found.rule == "same words in runs"
    assert "one speaker +1.50" in found.detail


def test_a_denial_is_not_the_claim() -> None:
    """The minister said the ferries would sail; the minister denied that the ferries would sail."""
    assert likeness(a_wording(FERRIES), a_wording(FERRIES, denied=True)) is None
    assert likeness(a_wording(FERRIES, denied=True, article=UUID(int=5)), a_wording(FERRIES, denied=True)) is not None


def test_the_fullest_direct_wording_stands_for_the_statement() -> None:
    """An indirect one is longer, an implied one as well: neither stands for it."""
    short = a_wording("The new ferries will sail from every harbour in March")
    full = a_wording("The new ferries will sail from every harbour in March, all of them")
    indirect = a_wording(
        "that the new ferries will sail from every harbour in March as was planned", kind=StatementKind.INDIRECT
    )
    implied = a_wording(
        "The new ferries will sail from every harbour in March, all of them and more", basis=AttributionBasis.IMPLIED
    )

    (remark,) = found_in(short, full, indirect, implied)

    assert remark.wording == full
    assert len(remark.reports) == 4
    assert remark.reasons


def test_a_report_that_holds_a_second_remark_carries_it_too() -> None:
    """One sentence here, two there: the long one joins the first and also carries the second."""
    second = "Diesel taxes double before the summer holidays begin"
    a, b, both = a_wording(FERRIES), a_wording(second), a_wording(f"{FERRIES}. {second}")

    found = found_in(a, b, both)

    assert len(found) == 2
    alone = next(remark for remark in found if len(remark.reports) == 1)
    assert alone.also_carried_by == (both.report,)


def test_two_parts_are_not_pulled_together_by_reports_of_the_whole() -> None:
    """However many have both: they carry the other one too."""
    second = "Diesel taxes double before the summer holidays begin"
    a, b = a_wording(FERRIES), a_wording(second)
    wholes = [a_wording(f"{FERRIES}. {second}", article=UUID(int=n)) for n in range(1, 6)]

    found = found_in(a, b, *wholes)

    assert len(found) == 2
    assert not any({a.report, b.report} <= set(remark.reports) for remark in found)
    assert sum(len(remark.also_carried_by) for remark in found) >= len(wholes)


def test_a_report_that_holds_part_of_a_second_remark_carries_it_too() -> None:
    """The long one joins the first, and has half of the second."""
    taxes = "Diesel taxes double before the summer holidays begin, and nobody in the harbour will be spared by them"
    a, b = a_wording(FERRIES), a_wording(taxes)
    both = a_wording(f"{FERRIES}. Diesel taxes double before the summer holidays begin")

    found = found_in(a, b, both)

    assert len(found) == 2
    other = next(remark for remark in found if both.report not in remark.reports)
    assert other.also_carried_by == (both.report,)


def test_what_carries_nothing_else_is_the_text() -> None:
    """The longest wording has another remark as well: a shorter one stands for the statement, even an indirect one."""
    second = "Diesel taxes double before the summer holidays begin"
    indirect = a_wording(f"that {FERRIES.lower()}", kind=StatementKind.INDIRECT)
    other, both = a_wording(second), a_wording(f"{FERRIES}. {second}")

    found = found_in(indirect, other, both)

    assert {remark.wording.text for remark in found} == {indirect.text, second}


def test_a_translation_does_not_stand_for_what_was_said() -> None:
    """Its marks hold the translator's words, and it is longer."""
    ours = a_wording(FERRIES)
    translated = a_wording(f"{FERRIES} of the year that comes", translated=True)

    (remark,) = found_in(ours, translated)

    assert remark.wording == ours


def test_reports_of_other_figures_stay_apart_though_a_third_is_like_both() -> None:
    """Nine or seven; the one without a figure joins one of them."""
    nine = a_wording("Nine people of the ferry were still missing in the fog")
    seven = a_wording("Seven people of the ferry were still missing in the fog")
    nobody_counts = [
        a_wording("people of the ferry were still missing in the fog", article=UUID(int=n)) for n in (1, 2)
    ]

    found = found_in(nine, seven, *nobody_counts)

    assert not any({nine.report, seven.report} <= set(remark.reports) for remark in found)


def test_the_reasons_of_a_statement_are_those_of_its_pairs() -> None:
    """How many pairs a rule joins, its best score, and all the evidence for the likest pair."""
    (remark,) = found_in(a_wording(FERRIES), a_wording(f"{FERRIES} at last"), a_wording(f"{FERRIES}, all of them"))

    (reason,) = remark.reasons
    assert reason.rule == "same words in runs"
    assert reason.detail.startswith("3 of 3 pairs of 3 reports; the likest: same words in runs +")


TAXES = "Taxes on diesel will double before the summer"


def test_reports_that_people_put_together_are_one_remark_and_say_why() -> None:
    """Though no word and no day speaks for it; a report that is like one of them comes along."""
    one, other = a_wording(FERRIES), a_wording(TAXES, said=day(date(2022, 3, 1)))
    like_one = a_wording(f"{FERRIES}, she says", said=day(date(2022, 1, 17)))

    (remark,) = found_in(one, other, like_one, together=[{one.report, other.report}])

    assert len(remark.reports) == 3
    decision, evidence = remark.reasons
    assert (decision.stage, decision.rule, decision.score) == (Stage.CURATION, "decision", 1.0)
    assert decision.detail == "people decided that 2 of 3 reports belong together"
    assert evidence.stage is Stage.MERGE


def test_reports_that_people_put_together_are_as_many_remarks_as_they_have_speakers() -> None:
    """A decision about remarks does not say who speaks; what nobody is named for is of nobody."""
    hers, his = a_wording(FERRIES), a_wording(TAXES, speaker=UUID(int=8))
    nobodys = [a_wording(text, speaker=None, is_named=False) for text in (f"{FERRIES} again", f"{TAXES} again")]
    everybody = (hers, his, *nobodys)

    found = found_in(*everybody, together=[{one.report for one in everybody}])

    assert sorted(len(remark.reports) for remark in found) == [1, 1, 2]


def test_reports_that_people_part_are_two_remarks_and_neither_carries_the_other() -> None:
    """In the very same words."""
    one, other = a_wording(FERRIES), a_wording(FERRIES, article=UUID(int=9))

    found = found_in(one, other, apart={pair(one.report, other.report)})

    assert [remark.also_carried_by for remark in found] == [(), ()]
    assert [remark.reasons for remark in found] == [(), ()]
