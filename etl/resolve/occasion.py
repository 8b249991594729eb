"""The day of an occasion for the other remarks made on it: who is dated once in an article is dated for what follows.

"… Holm told the council on Monday. … “We are late,” she said." The second remark is of the same Monday, until the
article names another day for her. A remark before the first dated one shares it only if the article knows no other.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeGuard

from etl.records import Attribution, Reason, SayingDate
from schema.enums import Act, AttributionBasis, DateBasis, Stage

RULE = "same occasion"


def on_same_occasion(attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions in their order, those without a day of their own dated by their speaker's last (or only) one.

    Attitudes are of no occasion; an expression that could not be read keeps its remark undated.
    """
    days: dict[str, set[str]] = {}
    first: dict[str, SayingDate] = {}
    for attribution in attributions:
        if attribution.speaker and _dates_an_occasion(attribution.said):
            days.setdefault(attribution.speaker, set()).add(_day(attribution.said))
            first.setdefault(attribution.speaker, attribution.said)
    last: dict[str, SayingDate] = {}
    dated: list[Attribution] = []
    for attribution in attributions:
        speaker = attribution.speaker
        if speaker and attribution.said:
            if _dates_an_occasion(attribution.said):
                last[speaker] = attribution.said
        elif speaker and _can_share(attribution):
            only = first[speaker] if len(days.get(speaker, ())) == 1 else None
            if (occasion := last.get(speaker) or only) is not None:
                attribution = _with_day(attribution, occasion)
        dated.append(attribution)
    return tuple(dated)


def _day(said: SayingDate) -> str:
    return said.on.value if said.on else f"unread at {said.expression.start}"


def _dates_an_occasion(said: SayingDate | None) -> TypeGuard[SayingDate]:
    """Whether it is one day: "had said in December" or "last week" is of an occasion that the article only recalls."""
    return said is not None and (said.on is None or said.on.day is not None)


def _can_share(attribution: Attribution) -> bool:
    quotation = attribution.quotation
    return quotation.act is Act.SPEECH and (bool(quotation.cue) or quotation.basis is AttributionBasis.IMPLIED)


def _with_day(attribution: Attribution, occasion: SayingDate) -> Attribution:
    on = occasion.on.value if occasion.on else "no date without a publication date"
    reason = Reason(Stage.DATE, RULE, 0.7, f"as another remark of this speaker in the article: {on}")
    return replace(
        attribution,
        said=replace(occasion, basis=DateBasis.SAME_OCCASION),
        reasons=(*attribution.reasons, reason),
    )
