"""Which other remarks of an article the day of one remark dates."""

from datetime import date

from etl.records import Attribution, Quotation, SayingDate, Span
from etl.resolve.occasion import on_same_occasion
from schema.dates import day, parse_edtf
from schema.enums import Act, AttributionBasis, DateBasis, StatementKind

MONDAY = SayingDate(Span(10, 19), day(date(2022, 1, 17)))
FRIDAY = SayingDate(Span(90, 99), day(date(2022, 1, 21)))
UNREAD = SayingDate(Span(50, 60), None)


def said(speaker: str | None, on: SayingDate | None = None, act: Act = Act.SPEECH) -> Attribution:
    """A remark of this speaker."""
    quotation = Quotation(
        (Span(0, 1),), (), (Span(2, 3),), StatementKind.DIRECT, act, AttributionBasis.EXPLICIT, 0.9, "test"
    )
    return Attribution(quotation, speaker, said=on)


def dates(*attributions: Attribution) -> list[tuple[str, str] | None]:
    """The date of each remark and its basis."""
    return [
        (one.said.on.value if one.said.on else "unread", one.said.basis.name) if one.said else None
        for one in on_same_occasion(attributions)
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
    _, shared = on_same_occasion((said("holm", MONDAY), said("holm")))

    assert shared.said is not None
    assert shared.said.basis is DateBasis.SAME_OCCASION
    assert shared.reasons[-1].rule == "same occasion"
