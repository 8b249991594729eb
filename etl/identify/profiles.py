"""What one article says of one person or body, as it is stored, and the entity that is compared with others."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from uuid import UUID

from etl.identify.entity import Called, Entity
from etl.identify.evidence import Pair
from etl.identify.offices import Office, offices
from etl.identify.scoring import link, score
from etl.identify.weights import ALIKE, STORED
from etl.records import Party, ResolvedArticle
from etl.scored import Scored
from schema.enums import SpeakerType
from schema.keys import fold, profile_id, speaker_id


@dataclass(frozen=True)
class Profile:
    """A named person or body as one article shows them.

    own: the speaker they are if nothing but the name counts; people known by one name only have one in every article.
    is_full: more than a single name, or than an acronym. year: that of the publication.
    """

    id: UUID
    article: UUID
    own: UUID
    type: SpeakerType
    name: str
    is_full: bool
    offices: tuple[Office, ...]
    year: int | None
    gender: str = ""
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()

    @classmethod
    def of(cls, party: Party, article: UUID, year: int | None) -> "Profile":
        """The profile of a party that has a name."""
        aliases = tuple(sorted(set(party.aliases)))
        return cls(
            id=profile_id(article, party.key),
            article=article,
            own=speaker_id(party.key),
            type=party.type,
            name=party.name,
            is_full=bool(_called(party.type, party.name, aliases).names),
            offices=offices(party.roles) if party.type is SpeakerType.PERSON else (),
            year=year,
            gender=party.gender,
            aliases=aliases,
            roles=tuple(sorted(set(party.roles))),
        )

    @property
    def called(self) -> Called:
        """How the article calls them."""
        return _called(self.type, self.name, self.aliases)

    @cached_property
    def entity(self) -> Entity:
        """What of it is compared with other articles."""
        return Entity(
            article=str(self.article),
            name=self.called,
            titles=frozenset(fold(role) for role in self.roles),
            offices=self.offices,
            year=self.year,
            gender=self.gender,
            is_body=self.type is SpeakerType.ORGANIZATION,
        )


def _called(kind: SpeakerType, name: str, aliases: tuple[str, ...]) -> Called:
    return _body(name, aliases) if kind is SpeakerType.ORGANIZATION else _person(name)


@lru_cache(maxsize=1 << 14)
def _person(name: str) -> Called:
    """People in the news are the same few thousand over and over."""
    return Called.person({name})


@lru_cache(maxsize=1 << 14)
def _body(name: str, aliases: tuple[str, ...]) -> Called:
    return Called.body(name, aliases)


def profiles_of(resolved: ResolvedArticle) -> Mapping[str, Profile]:
    """The people and bodies that an article names, by their keys in it."""
    raw = resolved.article.raw
    key = raw.id
    year = raw.published_on.earliest.year if raw.published_on else None
    return {
        party.key: Profile.of(party, key, year)
        for party in resolved.parties.values()
        if party.type is not SpeakerType.UNNAMED_SOURCE
    }


def evidence(a: Entity, b: Entity, likeness: float) -> Scored | None:
    """How likely two people, or two bodies, of alike articles are one; None where it is not worth keeping.

    Bodies with other full names are two.
    likeness: of their articles, 0..1.
    """
    if likeness < ALIKE or a.is_body != b.is_body or (a.is_body and a.name.names and b.name.names):
        return None
    both = Pair(a, b, likeness)
    return link(both) if score(both) >= STORED else None
