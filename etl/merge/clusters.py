"""Reports of one speaker and the evidence between them -> statements: which reports, in whose words, of which day."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import combinations
from uuid import UUID

from etl.cluster import components, decided_linkage, pair
from etl.merge.scoring import Likeness, compared
from etl.merge.weights import JOIN
from etl.merge.wording import Wording, can_be_one_occasion, have_one_speaker
from etl.records import Reason
from schema.enums import AttributionBasis, DateBasis, Stage, StatementKind

CARRIES = 0.9
"""A report holds a statement when at least this share of the statement's telling words stand in its own."""

LEAST_PART = 2
"""Telling words of a part of a longer report; fewer are no remark of their own."""

DECIDED = "decision"
"""The rule that people decide by."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One statement: its reports (sorted), the one whose wording stands for it, the ones that date it, and why.

    also_carried_by: reports of other remarks whose words hold this one's as well, or part of them. withdrawn: those of
    earlier texts that are this remark, too, and of no account (etl.merge.earlier).
    """

    reports: tuple[UUID, ...]
    wording: Wording
    dated_by: Wording | None
    reasons: tuple[Reason, ...]
    also_carried_by: tuple[UUID, ...] = field(default=())
    withdrawn: tuple[UUID, ...] = field(default=())

    @property
    def all_reports(self) -> tuple[UUID, ...]:
        """Those that say what the statement is, and those that are withdrawn."""
        return self.reports + self.withdrawn


def remarks(
    wordings: Iterable[Wording],
    likenesses: Mapping[tuple[UUID, UUID], Likeness],
    outside: Iterable[Wording] = (),
    together: Iterable[Collection[UUID]] = (),
    apart: Collection[tuple[UUID, UUID]] = frozenset(),
) -> list[Remark]:
    """The statements these reports are, sorted by their first report.

    likenesses: the evidence by pair(a, b) of report ids, as likeness() gives it; a missing pair is no evidence.
    outside: reports of other statements that there is evidence on, too: they may carry these, and tell them apart.
    together: groups of reports, none sharing one, that people decided carry one remark; they do as far as one speaker
    made it. apart: pairs that people decided carry two, and neither of them the other's as well.
    """
    by_report = {wording.report: wording for wording in wordings}
    everybody = by_report | {wording.report: wording for wording in outside}
    scores = {key: found.score for key, found in likenesses.items()}
    inside = {key: score for key, score in scores.items() if by_report.keys() >= set(key)}
    decided = [part for group in together for part in _of_one_speaker([by_report[report] for report in group])]
    not_joined = _other_occasions(by_report, inside) | _only_joined_by_others(everybody, scores)
    clusters = decided_linkage(by_report, inside, JOIN, not_joined, decided, apart)
    carrying = _carrying(clusters, everybody, {key: found for key, found in likenesses.items() if key not in apart})
    # A report that carries a further statement does not stand for one where another can.
    carriers = {carrier for carrier, _ in carrying}
    found = [_remark([by_report[report] for report in cluster], likenesses, carriers, decided) for cluster in clusters]
    by_others: dict[UUID, set[UUID]] = {}
    for carrier, carried in carrying:
        by_others.setdefault(carried, set()).add(carrier)
    return [
        replace(
            remark,
            also_carried_by=tuple(sorted(set().union(*(by_others.get(report, ()) for report in remark.reports)))),
        )
        for remark in found
    ]


def _of_one_speaker(wordings: Sequence[Wording]) -> list[list[UUID]]:
    """The reports of each speaker who has two or more: a decision about remarks does not say who speaks."""
    one = [
        (a.report, b.report)
        for a, b in combinations(wordings, 2)
        if have_one_speaker(a, b) or a.speaker is b.speaker is None
    ]
    return components({report for both in one for report in both}, one)


def _other_occasions(
    by_report: Mapping[UUID, Wording], scores: Mapping[tuple[UUID, UUID], float]
) -> set[tuple[UUID, UUID]]:
    """Pairs whose dates keep them apart, whatever an undated report between them is like."""
    apart = {key for key in scores if not can_be_one_occasion(by_report[key[0]], by_report[key[1]])}
    # Only what hangs together could ever be joined.
    for reports in components(by_report, scores):
        dated = [report for report in reports if by_report[report].said]
        apart |= {(a, b) for a, b in combinations(dated, 2) if not can_be_one_occasion(by_report[a], by_report[b])}
    return apart


def _only_joined_by_others(
    by_report: Mapping[UUID, Wording], scores: Mapping[tuple[UUID, UUID], float]
) -> set[tuple[UUID, UUID]]:
    """Pairs that a third report is like, and that are not one remark for all that.

    Two parts of a longer report that have nothing in common: it carries both, and belongs to one of them. Reports that
    give other figures.
    """
    near: dict[UUID, set[UUID]] = {}
    for a, b in scores:
        near.setdefault(a, set()).add(b)
        near.setdefault(b, set()).add(a)
    apart = set()
    for between in sorted(near):
        whole = by_report[between].telling
        others = sorted(near[between])
        parts = {other: telling for other in others if _is_part(telling := by_report[other].telling, whole)}
        figures = {other: told for other in others if (told := by_report[other].words.figures)}
        for words in (parts, figures):
            for a, b in combinations(words, 2):
                if b not in near[a] and words[a].isdisjoint(words[b]):
                    apart.add((a, b))
    return apart


def _is_part(part: frozenset[str], whole: frozenset[str]) -> bool:
    return len(part) >= LEAST_PART and len(part & whole) >= CARRIES * len(part)


def _remark(
    members: Sequence[Wording],
    likenesses: Mapping[tuple[UUID, UUID], Likeness],
    carriers: Collection[UUID],
    decided: Iterable[Collection[UUID]],
) -> Remark:
    return Remark(
        reports=tuple(sorted(member.report for member in members)),
        wording=_wording(members, carriers),
        dated_by=min((member for member in members if member.said), key=_precision, default=None),
        reasons=_decision(members, decided) + _reasons(members, likenesses),
    )


def _decision(members: Sequence[Wording], decided: Iterable[Collection[UUID]]) -> tuple[Reason, ...]:
    """That people decided so, of how many of them; nothing where nobody did."""
    reports = {member.report for member in members}
    count = sum(len(group) for group in decided if not reports.isdisjoint(group))
    if not count:
        return ()
    return (
        Reason(Stage.CURATION, DECIDED, 1.0, f"people decided that {count} of {len(members)} reports belong together"),
    )


def _reasons(members: Sequence[Wording], likenesses: Mapping[tuple[UUID, UUID], Likeness]) -> tuple[Reason, ...]:
    """Each rule that joins some of them: its best score, how many pairs it joins, and all that speaks for the best."""
    by_report = {member.report: member for member in members}
    inside = {
        key: found for a, b in combinations(members, 2) if (found := likenesses.get(key := pair(a.report, b.report)))
    }
    counts = Counter(found.rule for found in inside.values())
    pairs = len(members) * (len(members) - 1) // 2
    reasons = []
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        of_rule = {key: found.score for key, found in inside.items() if found.rule == rule}
        likest = min(of_rule, key=lambda key: (-of_rule[key], key))
        # Asked again rather than kept with every pair of the database: the wordings say it all.
        detail = compared(*(by_report[report] for report in likest)).detail
        reasons.append(
            Reason(
                Stage.MERGE,
                rule,
                round(of_rule[likest], 3),
                f"{count} of {pairs} pairs of {len(members)} reports; the likest: {detail}",
            )
        )
    return tuple(reasons)


def _wording(members: Sequence[Wording], carriers: Collection[UUID]) -> Wording:
    """The one that stands for the statement.

    Attributed outright before by its neighbours, the speaker's own words before a translator's; then what carries
    nothing else, direct before mixed before indirect, the fullest.
    """
    kinds = (StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT)

    def standing(wording: Wording) -> tuple[bool, bool, bool, int, int, UUID]:
        implied = wording.basis is AttributionBasis.IMPLIED
        kind = kinds.index(wording.kind)
        return implied, wording.translated, wording.report in carriers, kind, -len(wording.text), wording.report

    return min(members, key=standing)


def _precision(wording: Wording) -> tuple[bool, timedelta, UUID]:
    """A date of this very saying before one of its occasion, then the narrowest."""
    width = wording.said.latest - wording.said.earliest if wording.said else timedelta.max
    return wording.said_basis is not DateBasis.STATED, width, wording.report


def _carrying(
    clusters: Sequence[Sequence[UUID]],
    by_report: Mapping[UUID, Wording],
    likenesses: Mapping[tuple[UUID, UUID], Likeness],
) -> set[tuple[UUID, UUID]]:
    """Reports that carry those of other remarks, whole or in part: one sentence here, three there.

    By the reports alone and not by the wording that stands for a remark, so that a change reaches its neighbours only.
    """
    home = {report: i for i, cluster in enumerate(clusters) for report in cluster}
    found = set()
    for key, alike in likenesses.items():
        for carrier, carried in (key, key[::-1]):
            telling = by_report[carried].telling
            is_whole = bool(telling) and len(telling & by_report[carrier].telling) >= CARRIES * len(telling)
            if home.get(carrier) != home.get(carried) and (is_whole or alike.score >= JOIN):
                found.add((carrier, carried))
    return found
