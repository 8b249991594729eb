"""People who were erased, known again in what a load brings, and left out of it as if the articles had not named them.

What is known of such a person is what the decision keeps: ids made of names, offices by which others of the name are
told apart, and the articles that named the person. How a person is erased from the graph is etl.load.erasing's.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Connection, select

from etl.cluster import pair
from etl.identify.entity import Called
from etl.identify.namesakes import Held, namesakes, whose
from etl.identify.profiles import Profile
from etl.load import profiles, rows
from etl.load.known_by import Telling
from etl.load.prepared import Prepared
from etl.load.profiles import offices_of
from etl.load.reports import Draft
from etl.load.silencing import names_in
from etl.records import Attribution, ChainLink, Party, Reason, ResolvedArticle
from schema import decisions, tables
from schema.decisions import Erasure, Split
from schema.enums import SpeakerType
from schema.keys import content_id

QUOTATION = "quotation: passed over (speaker erased by decision)"
SPEAKER = "speaker: erased by decision"
MENTION = "mention: passed over (erased by decision)"

_STORED, _RESOLVED = "quotation: stored", "mention: resolved"
_SPEAKERS = {
    SpeakerType.PERSON: "speaker: named",
    SpeakerType.ORGANIZATION: "speaker: body",
    SpeakerType.UNNAMED_SOURCE: "speaker: unnamed source",
    None: "speaker: nobody named",
}


def single_key(key: str) -> UUID:
    """What a decision keeps of a single name (a key of Called.called)."""
    return content_id("erased", "single", key)


def told_key(article: UUID, key: str) -> UUID:
    """What it keeps of a single name in an article; article: by what that is known (etl.load.known_by)."""
    return content_id("erased", "told", str(article), key)


def held_text(name: UUID, year: int | None, offices: str) -> str:
    """What it keeps of the offices that an article tells of somebody of a name."""
    return f"{name} {year or 0} {offices}"


def without(connection: Connection, prepared: Sequence[Prepared]) -> tuple[Sequence[Prepared], Mapping[str, int]]:
    """These articles without whoever was erased; by how much that changes what was counted of them.

    The articles themselves are stored already, with how alike they are, and what was stored of their people is gone.
    """
    if not decisions.are_there(connection):
        return prepared, {}
    named = [_Named(one, key, profile) for one in prepared for key, profile in one.profiles.items()]
    people = _People(connection, [one for one in named if one.profile.type is SpeakerType.PERSON], prepared)
    gone: dict[UUID, set[str]] = {}
    for one in people.erased():
        gone.setdefault(one.article.id, set()).add(one.key)
    found: list[Prepared] = []
    counted: Counter[str] = Counter()
    for article in prepared:
        keys = gone.get(article.id, set())
        if not keys and people.reports.isdisjoint(draft.id for draft in article.drafts):
            found.append(article)
            continue
        resolved, changes = _left(article, keys, people.reports)
        counted.update(changes)
        its = {key: profile for key, profile in article.profiles.items() if key in resolved.parties}
        found.append(replace(article, resolved=resolved, profiles=its, drafts=Draft.of_article(resolved)))
    return found, counted


@dataclass(frozen=True, slots=True)
class _Named:
    """Somebody whom an article names; key: of the party in it."""

    article: Prepared
    key: str
    profile: Profile


class _People:
    """Who among those that some articles name was erased. reports: those that people had given to somebody erased."""

    def __init__(self, connection: Connection, named: Sequence[_Named], prepared: Sequence[Prepared]) -> None:
        self._connection, self._named = connection, named
        full = {one.profile.own for one in named if one.profile.is_full}
        splits = decisions.splits(connection, full | {one.profile.id for one in named})
        self._splits: Collection[Split] = splits.values()
        single = {single_key(key) for one in named if not one.profile.is_full for key in one.profile.called.called}
        drafts = {draft.id for article in prepared for draft in article.drafts}
        others = {split.other for split in self._splits}
        self._erasures = decisions.erasures(connection, full | single | others | drafts)
        self.reports = {report for one in self._erasures for report in one.reports}
        self._people = {person for one in self._erasures for person in one.people}
        near = {one.article.id for one in named} if self._erasures else set()
        self._alike = profiles.likeness(connection, near)

    def erased(self) -> list[_Named]:
        """Those who were: full names first, then the single names that others may explain."""
        if not self._erasures:
            return []
        gone: list[_Named] = []
        kept: list[_Named] = []
        for one in self._named:
            if one.profile.is_full:
                (gone if self._is_erased(one) else kept).append(one)
        return gone + [one for one in self._named if not one.profile.is_full and self._is_called_so(one, kept)]

    def _is_erased(self, one: _Named) -> bool:
        """Whether somebody with a full name is a person who was erased, and nobody else of the name."""
        profile = one.profile
        for split in self._splits:
            is_about = profile.own in split.names or profile.id in split.profiles
            if is_about and split.takes(profile.id, profile.aliases):
                return split.other in self._people
        erasures = [erasure for erasure in self._erasures if profile.own in erasure.names]
        if not erasures:
            return False
        lost = _held(erasures, profile.own)
        stored = self._stored_held(profile.own)
        fresh = [
            (other.profile.offices, other.profile.year) for other in self._named if other.profile.own == profile.own
        ]
        people = namesakes([*lost, *stored, *fresh])
        if len(people) < 2:
            return True
        at = whose(profile.offices, people)
        gone, others = (
            {which for which in range(len(people)) if people[which] & _ever(held)} for held in (lost, stored)
        )
        if at is not None:
            # Where no office was told of the person, whoever holds one that nobody else of the name does may be him.
            return at in gone or (not gone and at not in others)
        mine = [article for erasure in erasures for article in erasure.articles]
        theirs = self._articles_with_office(profile.own)
        for other in self._named:
            if other.profile.own == profile.own and other is not one and other.profile.offices:
                (mine if whose(other.profile.offices, people) in gone else theirs).append(other.article.id)
        near, far = (sum(self._likeness(one, article) for article in its) for its in (set(mine), set(theirs)))
        return near >= far if near or far else not gone or 0 in gone

    def _is_called_so(self, one: _Named, kept: Sequence[_Named]) -> bool:
        """Whether a single name calls a person who was erased: it did so in this article, or does in those alike to it.

        kept: full names of the same articles that call somebody else.
        """
        keys = one.profile.called.called
        by_name = [erasure for erasure in self._erasures if not {*map(single_key, keys)}.isdisjoint(erasure.singles)]
        told = {told_key(name, key) for name in Telling.of(one.article.raw).names for key in keys}
        if any(not told.isdisjoint(erasure.alone) for erasure in by_name):
            return True
        near = max((self._likeness(one, article) for each in by_name for article in each.articles), default=0.0)
        return near > 0 and near >= self._rival(one, kept)

    def _rival(self, one: _Named, kept: Sequence[_Named]) -> float:
        """How alike the nearest article is that names somebody else in full who may be called so."""
        called = one.profile.called.called
        beside = {other: score for both, score in self._alike.items() if one.article.id in both for other in both}
        stored = profiles.loaded(self._connection, "article_id", beside.keys() - {one.article.id}).values()
        scores = [beside[row.article_id] for row in stored if row.is_full and called & _called(row.type, row.name)]
        scores += [
            beside.get(other.article.id, 0.0)
            for other in kept
            if called & _called(other.profile.type, other.profile.name)
        ]
        return max(scores, default=0.0)

    def _likeness(self, one: _Named, article: UUID) -> float:
        return 1.0 if article == one.article.id else self._alike.get(pair(article, one.article.id), 0.0)

    def _stored_held(self, name: UUID) -> list[Held]:
        told = rows.table_of(tables.OfficeCount)
        found = self._connection.execute(select(told).where(told.c.own_id == name))
        return [(offices_of(row.offices), row.year or None) for row in found]

    def _articles_with_office(self, name: UUID) -> list[UUID]:
        profile = rows.table_of(tables.Profile)
        query = select(profile.c.article_id).where(profile.c.own_id == name, profile.c.is_full, profile.c.offices != "")
        return list(self._connection.execute(query).scalars())


def _held(erasures: Iterable[Erasure], name: UUID) -> list[Held]:
    """The offices that articles told of the people of a name who were erased."""
    parts = (text.split(" ", 2) for erasure in erasures for text in erasure.held)
    return [(offices_of(offices), int(year) or None) for own, year, offices in parts if own == str(name)]


def _ever(held: Iterable[Held]) -> frozenset[object]:
    return frozenset(office.ever for offices, _ in held for office in offices)


def _called(kind: SpeakerType, name: str) -> frozenset[str]:
    return Called.person({name}).called if kind == SpeakerType.PERSON else frozenset()


def _left(
    article: Prepared, gone: Collection[str], reports: Collection[UUID]
) -> tuple[ResolvedArticle, Mapping[str, int]]:
    """What is left of an article without these parties and reports, and the changes of what was counted."""
    resolved = article.resolved
    kept: list[Attribution] = []
    changes: Counter[str] = Counter()
    left = Counter(resolved.counts)
    names = {name for key in gone for name in (resolved.parties[key].name, *resolved.parties[key].aliases)}
    names |= {link.name for one in resolved.attributions for link in one.relayers if link.party in gone}

    def move(before: str, now: str, number: int = 1) -> None:
        """Nothing is counted otherwise that was not counted."""
        moved = min(number, left[before])
        for counts in (changes, left):
            counts[before] -= moved
            counts[now] += moved

    for draft, one in zip(article.drafts, resolved.attributions, strict=True):
        if one.speaker in gone or draft.id in reports:
            move(_STORED, QUOTATION)
            move(_SPEAKERS[resolved.parties[one.speaker].type if one.speaker else None], SPEAKER)
            move(_RESOLVED, MENTION, len(one.mentions))
            continue
        mentions = tuple(mention for mention in one.mentions if mention.party not in gone)
        move(_RESOLVED, MENTION, len(one.mentions) - len(mentions))
        relayers = tuple(replace(link, name="", party=None) if link.party in gone else link for link in one.relayers)
        reasons = _without_names(one.reasons, names)
        quotation = replace(one.quotation, reasons=_without_names(one.quotation.reasons, names))
        kept.append(replace(one, quotation=quotation, relayers=relayers, mentions=mentions, reasons=reasons))
    return replace(resolved, parties=_referred(kept, resolved.parties), attributions=tuple(kept)), changes


def _without_names(reasons: Sequence[Reason], names: Collection[str]) -> tuple[Reason, ...]:
    """A reason that names somebody who was erased loses its detail: "Orlov: says that others said"."""
    return tuple(replace(one, detail=None) if names_in(one.detail, names) else one for one in reasons)


def _referred(kept: Sequence[Attribution], parties: Mapping[str, Party]) -> Mapping[str, Party]:
    """The parties that these attributions refer to, with the bodies that the unnamed ones belong to."""
    links: list[ChainLink] = [link for one in kept for link in one.relayers]
    keys = {one.speaker for one in kept} | {link.party for link in links}
    keys |= {mention.party for one in kept for mention in one.mentions}
    keys |= {body for key in keys if key for body in parties[key].affiliations}
    return {key: party for key, party in parties.items() if key in keys}
