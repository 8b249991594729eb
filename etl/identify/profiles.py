"""What one article says of one person or body, and the evidence that two such profiles are of one."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from etl.identify.name_evidence import name_evidence
from etl.identify.offices import Office, exclude, offices
from etl.records import Party, ResolvedArticle
from etl.resolve.names import parse_name
from etl.resolve.spelling import family_key, given_key
from schema.enums import SpeakerType
from schema.keys import article_id, fold, profile_id, speaker_id

ALIKE = 0.1
"""Articles at least this alike (etl.group) may call one person by different names."""

SPELLED = 0.8
"""Name evidence from which two full names in such articles are spellings of one."""

FAMILY_NAME, GIVEN_NAME = 1.0, 0.5
"""What a single name counts that is the family name of a full one, and one that is the given name."""

SAME_ROLE = 3.0
"""How much more it counts where both articles give the office or description in the same words ("captain")."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A named person or body as one article shows them.

    own: the speaker they are if nothing but the name counts; people known by one name only have one in every article.
    called: the single words that call them, as keys. year: that of the publication.
    """

    id: UUID
    article: UUID
    own: UUID
    type: SpeakerType
    name: str
    is_full: bool
    called: frozenset[str]
    offices: tuple[Office, ...]
    year: int | None
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @classmethod
    def of(cls, party: Party, article: UUID, year: int | None) -> "Profile":
        """The profile of a party that has a name."""
        is_person = party.type is SpeakerType.PERSON
        return cls(
            id=profile_id(article, party.key),
            article=article,
            own=speaker_id(party.key),
            type=party.type,
            name=party.name,
            is_full=not is_person or parse_name(party.name).is_full,
            called=called(party.name) if is_person else frozenset(),
            offices=offices(party.roles) if is_person else (),
            year=year,
            aliases=tuple(sorted(set(party.aliases))),
            roles=tuple(sorted(set(party.roles))),
        )


@dataclass(frozen=True, slots=True)
class Link:
    """The evidence that two profiles are of one person: score 0..1, and what it rests on."""

    score: float
    rule: str


def profiles_of(resolved: ResolvedArticle) -> Mapping[str, Profile]:
    """The people and bodies that an article names, by their keys in it."""
    raw = resolved.article.raw
    key = article_id(raw.external_id, raw.url, raw.text)
    year = raw.published_on.earliest.year if raw.published_on else None
    return {
        party.key: Profile.of(party, key, year)
        for party in resolved.parties.values()
        if party.type is not SpeakerType.UNNAMED_SOURCE
    }


def called(name: str) -> frozenset[str]:
    """The single words that may call a person of this name, as keys: family names, and the given name."""
    parsed = parse_name(name)
    return parsed.called | ({given_key(parsed.given)} if parsed.given else frozenset())


def link(a: Profile, b: Profile, likeness: float) -> Link | None:
    """The evidence that people of alike articles are one although their names are not; None where there is too little.

    likeness: of their articles, 0..1. Who has one name in both articles is one already, see Profile.own.
    """
    if likeness < ALIKE or a.own == b.own or a.article == b.article or not (a.type is b.type is SpeakerType.PERSON):
        return None
    if a.is_full and b.is_full:
        found = name_evidence(a.name, b.name)
        return Link(round(found.score, 4), f"another spelling: {found.reason}") if found.score >= SPELLED else None
    short, other = (a, b) if not a.is_full else (b, a)
    name = family_key(short.name)
    if name not in other.called or any(exclude(x, y, a.year, b.year) for x in a.offices for y in b.offices):
        return None
    if not other.is_full:
        return Link(round(likeness, 4), "the same single name in an alike article")
    is_family = name in parse_name(other.name).called
    worth = FAMILY_NAME if is_family else GIVEN_NAME
    if _roles(short) & _roles(other):
        worth *= SAME_ROLE
    rule = "family name of somebody in an alike article" if is_family else "given name of somebody in an alike article"
    return Link(round(min(1.0, likeness * worth), 4), rule)


def _roles(one: Profile) -> frozenset[str]:
    return frozenset(fold(role) for role in one.roles)
