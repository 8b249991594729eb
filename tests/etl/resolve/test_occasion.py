"""Which other remarks of an article the day of one remark dates."""

from datetime import date

from etl.records import Attribution, Quotation, SayingDate, Span
from etl.resolve.occasion import Appearance, Remark, on_same_occasion
from schema.dates import day, parse_edtf
from schema.enums import Act, AttributionBasis, DateBasis, StatementKind

MONDAY = SayingDate(Span(10, 19), day(date(2022, 1, 17)))
FRIDAY = SayingDate(Span(90, 99), day(date(2022, 1, 21)))
UNREAD = SayingDate(Span(50, 60), None)


def said(
    speaker: str | None,
    on: SayingDate | None = None,
    act: Act = Act.SPEECH,
    *,
    at: int = 0,
    setting: str | None = None,
    recalled: bool = False,
    passed_on: bool = False,
) -> Remark:
    """A remark of this speaker, its content at this character."""
    quotation = Quotation(
        (Span(at, at + 1),), (), (Span(2, 3),), StatementKind.DIRECT, act, AttributionBasis.EXPLICIT, 0.9, "test"
    )
    return Remark(Attribution(quotation, speaker, said=on), setting, recalled, passed_on)


def dates(*remarks: Remark, appearances: tuple[Appearance, ...] = ()) -> list[tuple[str, str] | None]:
    """The date of each remark and its basis."""
    return [
        (one.said.on.value if one.said.on else "unread", one.said.basis.name) if one.said else None
        for one in on_same_occasion(remarks, appearances)
    ]


def test_what_follows_a_dated_remark_is_of_its_day() -> None:
    """ "…" Holm said on Monday. "…" she added."""
    assert dates(said("holm", MONDAY), said("holm")) == [("2022-01-17", "STATED"), ("2022-01-17", "SAME_OCCASION")]


def test_another_speaker_is_not_dated_by_it() -> None:
    """Nor is nobody."""
    assert dates(said("holm", MONDAY), said("vik"), said(None)) == [("2022-01-17", "STATED"), None, None]


def test_a_second_day_dates_what_follows_it() -> None:
    """And what stands before the first of two days stays undated: it may be of either."""
    found = dates(said("holm"), said("holm", MONDAY), said("holm", FRIDAY), said("holm"))

    assert found[0] is None
    assert found[3] == ("2022-01-21", "SAME_OCCASION")


def test_the_only_day_dates_what_stands_before_it() -> None:
    """The lead quotes her, the second paragraph says when."""
    assert dates(said("holm"), said("holm", MONDAY))[0] == ("2022-01-17", "SAME_OCCASION")


def test_a_month_or_a_week_is_an_occasion_that_is_only_recalled() -> None:
    """She had said in December that the gates were sound."""
    assert dates(said("holm", SayingDate(Span(1, 9), parse_edtf("2021-12"))), said("holm"))[1] is None


def test_a_belief_is_of_no_occasion() -> None:
    """She thinks so on other days as well."""
    assert dates(said("holm", MONDAY), said("holm", act=Act.ATTITUDE))[1] is None


def test_an_expression_without_an_anchor_is_shared_and_dates_nothing() -> None:
    """Filled in for both when the article's date is known."""
    assert dates(said("holm", UNREAD), said("holm")) == [("unread", "STATED"), ("unread", "SAME_OCCASION")]


def test_the_judgement_carries_its_reason() -> None:
    """So that `quoth explain` can show it."""
    _, shared = on_same_occasion([said("holm", MONDAY), said("holm")])

    assert shared.said is not None
    assert shared.said.basis is DateBasis.SAME_OCCASION
    assert shared.reasons[-1].rule == "same occasion"


SHARED_MONDAY = ("2022-01-17", "SAME_OCCASION")


def test_another_setting_is_another_occasion_of_no_date() -> None:
    """She told the council on Monday … she told Norwire … "…" she said."""
    found = dates(said("holm", MONDAY, setting="council"), said("holm", setting="norwire"), said("holm"))

    assert found[1:] == [None, None]


def test_the_same_setting_is_the_same_occasion() -> None:
    """She told the council on Monday … she told the council."""
    assert dates(said("holm", MONDAY, setting="council"), said("holm", setting="council"))[1] == SHARED_MONDAY


def test_a_setting_keeps_to_a_second_remark_of_that_day() -> None:
    """She told the council on Monday … she said on Monday … she wrote in a letter."""
    found = dates(said("holm", MONDAY, setting="council"), said("holm", MONDAY), said("holm", setting="letter"))

    assert found[2] is None


def test_what_is_only_recalled_dates_nothing_else() -> None:
    """ "…" she told the council on Friday. She had said the same on Monday. There was, she said, more time."""
    found = dates(said("holm", FRIDAY), said("holm", MONDAY, recalled=True), said("holm"))

    assert found[2] == ("2022-01-21", "SAME_OCCASION")


def test_what_is_recalled_first_dates_what_follows() -> None:
    """She had promised on Monday that … By then, she said, …"""
    assert dates(said("holm", MONDAY, recalled=True), said("holm"))[1] == SHARED_MONDAY


def test_a_recalled_day_dates_nothing_before_it() -> None:
    """ "…" said Holm. On Monday she had told Norwire otherwise."""
    assert dates(said("holm"), said("holm", MONDAY, recalled=True))[0] is None


def test_what_somebody_else_passed_on_is_of_no_occasion_of_the_article() -> None:
    """ "…" Holm said on Monday. Vik said Holm had told him …"""
    assert dates(said("holm", MONDAY), said("holm", passed_on=True))[1] is None


def test_an_appearance_dates_what_follows_until_the_next_day() -> None:
    """Holm told the council on Monday … She met reporters on Friday. The raise, she said, …"""
    found = dates(said("holm", MONDAY, at=0), said("holm", at=200), appearances=(Appearance("holm", FRIDAY),))

    assert found == [("2022-01-17", "STATED"), ("2022-01-21", "SAME_OCCASION")]
