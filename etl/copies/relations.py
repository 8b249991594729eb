"""Which article is the original of a text, and which are copies, corrections and later versions of what.

A pure function of a set of editions and the links between them: neither order nor repetition changes anything. Every
copy points to the one original of its text, so that there are no chains and no cycles.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from etl.cluster import components
from etl.copies.edition import Edition
from etl.copies.evidence import credits_it
from etl.copies.marks import MarkKind
from etl.copies.scoring import Link, link
from etl.copies.weights import ONE_TEXT
from schema.keys import fold


class RelationKind(StrEnum):
    """What one article is of another.

    COPY: the same text in another outlet. CORRECTION: the same outlet says that it, or its note, corrects the other.
    VERSION: a later text of the same outlet in much the same words, which says nothing of a mistake.
    """

    COPY = "copy"
    CORRECTION = "correction"
    VERSION = "version"


@dataclass(frozen=True, slots=True)
class Relation:
    """What an article is of another (of), how sure that is (0..1), the rule and its evidence in one line."""

    kind: RelationKind
    of: UUID
    score: float
    rule: str
    detail: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Two articles that are one text, a before b: how sure that is (0..1), the rule and its evidence in one line."""

    a: UUID
    b: UUID
    score: float
    rule: str
    detail: str

    @classmethod
    def of(cls, link: Link) -> "Tie":
        """What a database keeps of a link."""
        a, b = sorted((link.pair.shorter.id, link.pair.longer.id))
        return cls(a, b, link.score, link.rule, link.detail)


CITED_SCORE = 0.95
"""Score of a correction that names what it corrects by its headline; by its address it is 1."""

INDIRECT = 0.1
"""An article like a copy of the original must be as much like the original itself, to be one of its copies."""

_LAST_INSTANT = datetime.max.replace(tzinfo=UTC)


def ties(editions: Mapping[UUID, Edition], candidates: Iterable[tuple[UUID, UUID]]) -> Iterator[Tie]:
    """The scored candidate pairs that are one text; a pair given twice, or turned around, is scored once."""
    for a, b in sorted({(min(one), max(one)) for one in candidates if one[0] != one[1]}):
        found = link(editions[a], editions[b])
        if found.score >= ONE_TEXT:
            yield Tie.of(found)


def relations(editions: Collection[Edition], ties: Iterable[Tie]) -> Mapping[UUID, tuple[Relation, ...]]:
    """What each article is of others: at most one COPY, and at most one CORRECTION or VERSION, in this order.

    An original of nothing else has no entry. The original of a text is the article of the agency its copies are
    credited to, else the earliest published one, else the fullest, else that of the smallest id. An outlet's later
    texts point to its first one of the same text, its corrections to the latest before them.
    """
    by_id = {edition.id: edition for edition in editions}
    between = {frozenset((one.a, one.b)): one for one in ties}
    found: dict[UUID, list[Relation]] = defaultdict(list)
    for group in components(sorted(by_id), [(min(ends), max(ends)) for ends in between]):
        if len(group) > 1:
            for id, relation in _within([by_id[id] for id in group], between):
                found[id].append(relation)
    for edition in by_id.values():
        if not any(relation.kind is RelationKind.CORRECTION for relation in found.get(edition.id, ())):
            cited = _cited_by(edition, by_id.values())
            if cited:
                found[edition.id] = [one for one in found[edition.id] if one.kind is RelationKind.COPY]
                found[edition.id].append(cited)
    return {id: tuple(found[id]) for id in sorted(found)}


def _within(group: Sequence[Edition], between: Mapping[frozenset[UUID], Tie]) -> Iterator[tuple[UUID, Relation]]:
    """The relations of editions linked to each other, however indirectly.

    Whatever is unlike the original, and only like one of its copies, is looked at again without them.
    """
    original = _original(group)
    to_original: dict[UUID, Tie] = {}
    for edition in group:
        if edition is not original:
            found = between.get(frozenset((original.id, edition.id))) or Tie.of(link(original, edition))
            if found.score >= INDIRECT:
                to_original[edition.id] = found
    members = [edition for edition in group if edition is original or edition.id in to_original]
    for edition in members:
        if edition is not original and not _of_one_outlet(edition, original):
            yield edition.id, _relation(RelationKind.COPY, original, to_original[edition.id])
    yield from _versions(members)
    left = {edition.id: edition for edition in group if edition is not original and edition.id not in to_original}
    ends = [(min(one), max(one)) for one in between if one <= left.keys()]
    for rest in components(sorted(left), ends):
        if len(rest) > 1:
            yield from _within([left[id] for id in rest], between)


def _versions(members: Sequence[Edition]) -> Iterator[tuple[UUID, Relation]]:
    """Later texts of each outlet, related to its earlier ones."""
    by_outlet: dict[UUID, list[Edition]] = defaultdict(list)
    for edition in sorted(members, key=_age):
        if edition.outlet is not None:
            by_outlet[edition.outlet].append(edition)
    for editions in by_outlet.values():
        for at, later in enumerate(editions[1:], start=1):
            corrects = later.mark is not None and later.mark.kind is MarkKind.CORRECTION
            earlier = editions[at - 1] if corrects else editions[0]
            kind = RelationKind.CORRECTION if corrects else RelationKind.VERSION
            yield later.id, _relation(kind, earlier, Tie.of(link(earlier, later)))


def _original(group: Collection[Edition]) -> Edition:
    """The agency's own article where another is credited to it, else the oldest."""
    own = [one for one in group if any(credits_it(other, one) for other in group if other is not one)]
    return min(own or group, key=_age)


def _age(edition: Edition) -> tuple[datetime, bool, int, UUID]:
    # A day may mean its last instant: what has a time of that day comes before it.
    on = edition.published_on
    return (on.latest if on else _LAST_INSTANT), edition.mark is not None, -len(edition.wording.words), edition.id


def _cited_by(edition: Edition, others: Iterable[Edition]) -> Relation | None:
    """What a note of correction says that it corrects: an earlier article of its outlet, by address or headline."""
    if edition.mark is None or edition.mark.kind is not MarkKind.CORRECTION:
        return None
    urls, titles = edition.cited
    folded = {fold(title).rstrip(".") for title in titles} | {edition.headline.partition(":")[2].strip()}
    best: tuple[float, tuple[datetime, bool, int, UUID], str] | None = None
    for other in others:
        if other is edition or not _of_one_outlet(other, edition) or _age(other) > _age(edition):
            continue
        if other.url is not None and other.url in urls:
            found = (1.0, _age(other), "names its address")
        elif other.headline and other.headline.rstrip(".") in folded:
            found = (CITED_SCORE, _age(other), "names its headline")
        else:
            continue
        best = found if best is None else max(best, found)
    if best is None:
        return None
    score, (*_, of), rule = best
    return Relation(RelationKind.CORRECTION, of, score, rule, f"{edition.mark.phrase!r}")


def _of_one_outlet(a: Edition, b: Edition) -> bool:
    return a.outlet is not None and a.outlet == b.outlet


def _relation(kind: RelationKind, of: Edition, found: Tie) -> Relation:
    return Relation(kind, of.id, found.score, found.rule, found.detail)
