"""Which reports are one remark: (new and stored reports of one speaker) -> statements, each with its reports.

Not for: who speaks (etl.resolve), nor reading or writing rows (etl.load). The evidence for a pair depends on that pair
alone and clusters are a function of the set, so the order in which articles were loaded changes nothing.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from etl.cluster import average_linkage, pair
from etl.records import Reason
from etl.stems import NEGATORS, stems, telling_stems, words
from schema.dates import Edtf
from schema.enums import Act, AttributionBasis, DateBasis, Stage, StatementKind

JOIN = 0.6
"""Reports join a statement while their mean likeness to its reports is at least this."""

CARRIES = 0.9
"""A report also carries a statement when at least this share of the statement's telling stems stand in its words."""

DENIAL_REACH = 4
"""A negator this many words before what two wordings share denies it."""

FIGURE_REACH = 2
"""A figure this many words before what two wordings share belongs to it."""

MARKED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|‘(.+?)’(?!\w)|«([^»]+)»", re.S)
LEAST_TELLING, QUOTED_SHARE = 2, 0.66
"""Telling stems that two quoted stretches share in one run at least, and its share of the shorter one: “increasingly
threatening behaviour” here, “increasingly threatening behavior” there."""

LEAST_WORDS = 3
"""Words that are alike but for the tense; fewer say too little."""

BEING = frozenset(word for form in ("am", "are", "be", "been", "is", "was", "were") for word in stems(form))

SAME_OCCASION = timedelta(days=4)
"""Reports without a date of saying can be of one occasion when they were published at most this far apart."""


@dataclass(frozen=True)
class Wording:
    """What merging knows of one report.

    speaker is None where nobody is named; such a report stands alone. denied: the reporting words deny the content
    ("denied that", "rejected claims that").
    """

    report: UUID
    article: UUID
    speaker: UUID | None
    text: str
    kind: StatementKind
    act: Act
    basis: AttributionBasis
    denied: bool = False
    said: Edtf | None = None
    said_basis: DateBasis | None = None
    expression: str | None = None
    anchor: str | None = None
    published: Edtf | None = None

    @cached_property
    def stems(self) -> list[str]:
        """Every word as its stem, in order."""
        return stems(self.text)

    @cached_property
    def telling(self) -> frozenset[str]:
        """The stems that carry news."""
        return frozenset(telling_stems(self.text))

    def negated(self, start: int = 0, end: int | None = None) -> bool:
        """Whether the words from start to end deny: an odd number of negators."""
        return sum(word in NEGATORS for word in words(self.text)[start:end]) % 2 == 1

    def denies(self, stem: str) -> bool:
        """Whether a negator stands shortly before the first word of this stem: not "not ... without talking to her"."""
        at = self.stems.index(stem)
        start = max(0, at - DENIAL_REACH)
        if "without" in words(self.text)[start:at]:
            start = max(0, start - 2 * DENIAL_REACH)
        return self.negated(start, at)

    @cached_property
    def quoted(self) -> list[list[str]]:
        """The stems of what stands between quotation marks, each stretch on its own."""
        return [stems("".join(parts)) for parts in MARKED.findall(self.text)]

    @cached_property
    def numbers(self) -> frozenset[str]:
        """The figures in the words."""
        return self.figures()

    def figures(self, start: int = 0, end: int | None = None) -> frozenset[str]:
        """Those in the words from start to end."""
        return frozenset(word for word in words(self.text)[start:end] if word[0].isdigit())


@dataclass(frozen=True, slots=True)
class Remark:
    """One statement: its reports (sorted), the one whose wording stands for it, the ones that date it, and why.

    also_carried_by: reports of other remarks whose words hold this one's as well.
    """

    reports: tuple[UUID, ...]
    wording: Wording
    dated_by: Wording | None
    reasons: tuple[Reason, ...]
    also_carried_by: tuple[UUID, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two wordings are, 0..1, and the rule that says so."""

    score: float
    rule: str


def likeness(a: Wording, b: Wording) -> Likeness | None:
    """The evidence that two reports carry one remark, None when there is none or a guard speaks against it."""
    if a.speaker is None or a.speaker != b.speaker or a.act is not b.act or a.denied != b.denied:
        return None
    if not can_be_one_occasion(a, b):
        return None
    best = max((rule(a, b) for rule in EVIDENCE), key=lambda found: found.score)
    if best.score < FLOOR or contradicts(a, b, best):
        return None
    return best


def can_be_one_occasion(a: Wording, b: Wording) -> bool:
    """Whether the dates allow it: days of saying that overlap, else days of publication close together.

    What was said on Wednesday is not what was in Tuesday's paper.
    """
    if a.said and b.said:
        return a.said.earliest <= b.said.latest and b.said.earliest <= a.said.latest
    for said, published in ((a.said, b.published), (b.said, a.published)):
        if said and published and published.latest < said.earliest:
            return False
    days = [(x, y) for x in (a.said, a.published) if x for y in (b.said, b.published) if y]
    return not days or any(
        x.earliest - y.latest <= SAME_OCCASION and y.earliest - x.latest <= SAME_OCCASION for x, y in days
    )


def contradicts(a: Wording, b: Wording, best: Likeness) -> bool:
    """Whether one denies what the other says, or gives other figures for it."""
    if best.rule == "same run of words":
        # "It is not true that the ferries will sail" denies what follows; a "not" further off is of another clause.
        run, end_a, end_b = _longest_run(a.stems, b.stems)
        before = [(wording, max(0, end - run - DENIAL_REACH), end - run) for wording, end in ((a, end_a), (b, end_b))]
        if before[0][0].negated(*before[0][1:]) != before[1][0].negated(*before[1][1:]):
            return True
        # "Nine people are missing" / "Seven people are missing": the figure that the run is about stands beside it
        beside = [
            wording.figures(max(0, end - run - FIGURE_REACH), end - run) for wording, end in ((a, end_a), (b, end_b))
        ]
        return all(beside) and not beside[0] & beside[1]
    # "Troops will leave" / "Troops will not leave": most of what both tell of is denied in one of them alone.
    shared = a.telling & b.telling
    if 2 * sum(a.denies(stem) != b.denies(stem) for stem in shared) > len(shared):
        return True
    # "200 troops" / "2,000 troops"
    return bool(a.numbers and b.numbers and not a.numbers & b.numbers)


def remarks(wordings: Iterable[Wording], likenesses: Mapping[tuple[UUID, UUID], Likeness]) -> list[Remark]:
    """The statements these reports are, sorted by their first report.

    likenesses: the evidence by pair(a, b) of report ids, as likeness() gives it; a missing pair is no evidence.
    """
    by_report = {wording.report: wording for wording in wordings}
    scores = {key: found.score for key, found in likenesses.items()}
    apart = {key for key in scores if not can_be_one_occasion(by_report[key[0]], by_report[key[1]])}
    dated = sorted(report for report, wording in by_report.items() if wording.said)
    for i, a in enumerate(dated):
        apart |= {pair(a, b) for b in dated[i + 1 :] if not can_be_one_occasion(by_report[a], by_report[b])}
    clusters = average_linkage(by_report, scores, JOIN, apart)
    found = [_remark([by_report[report] for report in cluster], likenesses) for cluster in clusters]
    return _with_carriers(found, by_report, likenesses)


def _remark(members: Sequence[Wording], likenesses: Mapping[tuple[UUID, UUID], Likeness]) -> Remark:
    inside = {
        key: found
        for i, a in enumerate(members)
        for b in members[i + 1 :]
        if (found := likenesses.get(key := pair(a.report, b.report)))
    }
    best_rules = Counter(found.rule for found in inside.values())
    reasons = tuple(
        Reason(
            Stage.MERGE,
            rule,
            round(max(found.score for found in inside.values() if found.rule == rule), 3),
            f"{count} of {len(members) * (len(members) - 1) // 2} pairs of {len(members)} reports",
        )
        for rule, count in sorted(best_rules.items(), key=lambda item: (-item[1], item[0]))
    )
    return Remark(
        reports=tuple(sorted(member.report for member in members)),
        wording=min(members, key=_standing),
        dated_by=min((member for member in members if member.said), key=_precision, default=None),
        reasons=reasons,
    )


def _standing(wording: Wording) -> tuple[int, int, int, UUID]:
    """Direct before mixed before indirect, attributed outright before by its neighbours, then the fullest."""
    kinds = (StatementKind.DIRECT, StatementKind.MIXED, StatementKind.INDIRECT)
    implied = wording.basis is AttributionBasis.IMPLIED
    return implied, kinds.index(wording.kind), -len(wording.text), wording.report


def _precision(wording: Wording) -> tuple[bool, timedelta, UUID]:
    """A date of this very saying before one of its occasion, then the narrowest."""
    width = wording.said.latest - wording.said.earliest if wording.said else timedelta.max
    return wording.said_basis is not DateBasis.STATED, width, wording.report


def _with_carriers(
    found: Sequence[Remark], by_report: Mapping[UUID, Wording], likenesses: Mapping[tuple[UUID, UUID], Likeness]
) -> list[Remark]:
    """The remarks, each with the reports of others that hold it whole: one sentence here, three there."""
    home = {report: i for i, remark in enumerate(found) for report in remark.reports}
    carriers: dict[int, set[UUID]] = {}
    for key in likenesses:
        for carrier, carried in (key, key[::-1]):
            i = home[carried]
            telling = found[i].wording.telling
            if home[carrier] != i and len(telling & by_report[carrier].telling) >= CARRIES * len(telling):
                carriers.setdefault(i, set()).add(carrier)
    return [replace(remark, also_carried_by=tuple(sorted(carriers.get(i, ())))) for i, remark in enumerate(found)]


def same_run(a: Wording, b: Wording) -> Likeness:
    """The longest run of words that both have, over the length of the shorter; runs under four words say little."""
    run, _, _ = _longest_run(a.stems, b.stems)
    shorter = min(len(a.stems), len(b.stems))
    return Likeness(
        run / shorter if run >= 4 or (shorter and run == max(len(a.stems), len(b.stems))) else 0.0, "same run of words"
    )


def same_telling_words(a: Wording, b: Wording) -> Likeness:
    """The share of telling stems that both have (Jaccard), lifted so that a half means as much as a half run."""
    common = len(a.telling & b.telling)
    if common < 3:
        return Likeness(0.0, "same telling words")
    return Likeness(min(1.0, 1.25 * common / len(a.telling | b.telling)), "same telling words")


def telling_words_within(a: Wording, b: Wording) -> Likeness:
    """The share of the shorter one's telling stems that stand in the longer one; needs at least four."""
    smaller = min(len(a.telling), len(b.telling))
    if smaller < 4:
        return Likeness(0.0, "telling words within")
    return Likeness(0.8 * len(a.telling & b.telling) / smaller, "telling words within")


def same_quoted_words(a: Wording, b: Wording) -> Likeness:
    """What both have between quotation marks is mostly one run of words that carry news."""
    for one in a.quoted:
        for other in b.quoted:
            run, end, _ = _longest_run(one, other)
            telling = a.telling.intersection(one[end - run : end])
            if len(telling) >= LEAST_TELLING and run >= QUOTED_SHARE * min(len(one), len(other)):
                return Likeness(0.9, "same quoted words")
    return Likeness(0.0, "same quoted words")


def same_but_tense(a: Wording, b: Wording) -> Likeness:
    """Every word alike, but that one is and the other was: There is no more money."""
    one, other = ([stem for stem in wording.stems if stem not in BEING] for wording in (a, b))
    return Likeness(0.9 if len(one) >= LEAST_WORDS and one == other and a.telling else 0.0, "same words but tense")


EVIDENCE = (same_run, same_telling_words, telling_words_within, same_quoted_words, same_but_tense)
FLOOR = 0.4
"""Evidence below this is not kept."""


def _longest_run(a: Sequence[str], b: Sequence[str]) -> tuple[int, int, int]:
    """The length of the longest run of words both have, and where it ends in each."""
    best, before = (0, 0, 0), [0] * (len(b) + 1)
    for i, word in enumerate(a, start=1):
        row = [0]
        for j, other in enumerate(b, start=1):
            row.append(before[j - 1] + 1 if word == other else 0)
            if row[j] > best[0]:
                best = (row[j], i, j)
        before = row
    return best
