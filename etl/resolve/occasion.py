"""The day of an occasion for the other remarks made on it: who is dated once in an article is dated for what follows.

"… Holm told the council on Monday. … “We are late,” she said." The second remark is of the same Monday, until the
article takes her to another day or setting. A sentence without a quotation dates what follows it, too ("Holm met
reporters on Friday."). A remark before the first dated one shares it only if the article knows no other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from etl.records import Attribution, Reason, SayingDate
from schema.enums import Act, AttributionBasis, DateBasis, Stage

RULE = "same occasion"


@dataclass(frozen=True, slots=True)
class Remark:
    """An attribution and what tells its occasion from another.

    setting: where or to whom it was said, None where the words do not tell. is_recalled: told as said before the others
    ("had said"). is_passed_on: known from the words of somebody else in the article.
    """

    attribution: Attribution
    setting: str | None = None
    is_recalled: bool = False
    is_passed_on: bool = False


@dataclass(frozen=True, slots=True)
class Appearance:
    """A sentence that has somebody speak on a day without saying what: "Holm met reporters on Friday."."""

    speaker: str
    date: SayingDate


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Where somebody speaks at this point of the article. date: None where nobody says."""

    date: SayingDate | None
    setting: str | None

    def joined(self, setting: str | None) -> "_Occasion":
        """The same occasion for a remark of this setting, another one of no date where it cannot be the same."""
        if setting and self.setting and setting != self.setting:
            return _Occasion(None, setting)
        return _Occasion(self.date, setting or self.setting)


def on_same_occasion(remarks: Sequence[Remark], appearances: Iterable[Appearance] = ()) -> tuple[Attribution, ...]:
    """The attributions in their order, those without a day of their own dated by the occasion they were made on.

    Attitudes are of no occasion, nor is what somebody else passed on; an expression that could not be read keeps its
    remark undated.
    """
    waiting = sorted(appearances, key=lambda one: one.date.expression)
    only = _only(remarks, waiting)
    now: dict[str, _Occasion] = {}
    dated: list[Attribution] = []
    for remark in remarks:
        attribution = remark.attribution
        while waiting and waiting[0].date.expression < attribution.quotation.content[0]:
            one = waiting.pop(0)
            now[one.speaker] = _Occasion(one.date, None)
        speaker = attribution.speaker
        if speaker and attribution.said:
            before = now.get(speaker)
            # "He had said the same on Monday. There was, he said, more time": what was recalled is over.
            if _dates_an_occasion(attribution.said) and not (remark.is_recalled and before):
                where = (
                    before.setting if before and before.date and _day(before.date) == _day(attribution.said) else None
                )
                now[speaker] = _Occasion(attribution.said, remark.setting or where)
        elif speaker and _can_share(remark):
            current = now.get(speaker) or only.get(speaker) or _Occasion(None, None)
            occasion = now[speaker] = current.joined(remark.setting)
            if occasion.date is not None:
                attribution = _with_day(attribution, occasion.date)
        dated.append(attribution)
    return tuple(dated)


def _only(remarks: Sequence[Remark], appearances: Sequence[Appearance]) -> dict[str, _Occasion]:
    """The occasion of each speaker whom the article dates on one day only."""
    found: dict[str, dict[str, _Occasion]] = {}

    def note(speaker: str | None, date: SayingDate | None, setting: str | None) -> None:
        if speaker and _dates_an_occasion(date):
            found.setdefault(speaker, {}).setdefault(_day(date), _Occasion(date, setting))

    for one in remarks:
        if not (one.is_passed_on or one.is_recalled):
            note(one.attribution.speaker, one.attribution.said, one.setting)
    for appearance in appearances:
        note(appearance.speaker, appearance.date, None)
    return {speaker: next(iter(days.values())) for speaker, days in found.items() if len(days) == 1}


def _day(said: SayingDate) -> str:
    return said.on.value if said.on else f"unread at {said.expression.start}"


def _dates_an_occasion(said: SayingDate | None) -> TypeGuard[SayingDate]:
    """Whether it is one day: "had said in December" or "last week" is of an occasion that the article only recalls."""
    return said is not None and (said.on is None or said.on.day is not None)


def _can_share(remark: Remark) -> bool:
    quotation = remark.attribution.quotation
    reported = bool(quotation.cue) or quotation.basis is AttributionBasis.IMPLIED
    return quotation.act is Act.SPEECH and reported and not remark.is_recalled and not remark.is_passed_on


def _with_day(attribution: Attribution, occasion: SayingDate) -> Attribution:
    on = occasion.on.value if occasion.on else "no date without a publication date"
    reason = Reason(Stage.DATE, RULE, 0.7, f"as this speaker spoke elsewhere in the article: {on}")
    return replace(
        attribution,
        said=replace(occasion, basis=DateBasis.SAME_OCCASION),
        reasons=(*attribution.reasons, reason),
    )
