"""Remarks where some reports are of texts that their articles have no longer: those say nothing about a remark.

A report of an earlier text is with the remark of the present report that it is likest to, so that whoever knew its
statement finds what became of it. Those that are like none are remarks by themselves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from etl.merge.clusters import Remark, remarks
from etl.merge.scoring import REPRINTED, Likeness
from etl.merge.weights import JOIN
from etl.merge.wording import Wording

Evidence = Mapping[tuple[UUID, UUID], Likeness]


def remarks_with_earlier(
    wordings: Sequence[Wording],
    likenesses: Evidence,
    outside: Sequence[Wording] = (),
    together: Iterable[Collection[UUID]] = (),
    apart: Collection[tuple[UUID, UUID]] = frozenset(),
) -> list[Remark]:
    """The statements that these reports are, those of earlier texts among them; arguments as of remarks().

    together, apart: name no reports of earlier texts. Those of present texts come first, sorted by their first report.
    """
    earlier = {one.report: one for one in wordings if one.revision is not None}
    not_counted = earlier.keys() | {one.report for one in outside if one.revision is not None}
    if not not_counted:
        return remarks(wordings, likenesses, outside, together, apart)
    present = [one for one in wordings if one.revision is None]
    found = remarks(
        present,
        {key: one for key, one in likenesses.items() if not_counted.isdisjoint(key)},
        [one for one in outside if one.revision is None],
        together,
        apart,
    )
    likest = _likest(earlier, {one.report: one for one in present}, likenesses)
    with_: dict[UUID, list[UUID]] = {}
    for report in sorted(likest):
        with_.setdefault(likest[report], []).append(report)
    left = [one for report, one in earlier.items() if report not in likest]
    among = {one.report for one in left}
    alone = remarks(left, {key: one for key, one in likenesses.items() if among.issuperset(key)})
    return [
        replace(remark, withdrawn=tuple(report for one in remark.reports for report in with_.get(one, ())))
        for remark in found
    ] + [replace(remark, also_carried_by=()) for remark in alone]


def _likest(earlier: Mapping[UUID, Wording], present: Mapping[UUID, Wording], likenesses: Evidence) -> dict[UUID, UUID]:
    """The present report that each earlier one is likest to, of those that could be one remark with it.

    Before others one of its own article that has the same words.
    """
    found: dict[UUID, tuple[bool, float, UUID]] = {}
    for both, one in likenesses.items():
        for report, other in (both, both[::-1]):
            if report in earlier and other in present and one.score >= JOIN:
                rank = one.rule != REPRINTED, -one.score, other
                found[report] = min(found.get(report, rank), rank)
    return {report: other for report, (_, _, other) in found.items()}
