"""What one article says of one person, group or body: the record that is compared across articles, without the Doc."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from etl.identify.offices import Office
from etl.resolve.names import parse_name, person_key
from etl.resolve.spelling import family_key, given_key, letters

Key = tuple[str, int, int]
"""A mention: id of the article, start, end. An entity and a person are known by their smallest one."""

_ANY_ARTICLE = UUID(int=0)  # keys of full names have no article in them
_BEGUN = 3
"""Letters with which spellings of a family name begin alike."""

_ACRONYM = re.compile(r"(?:[A-Z][a-z]?\.?){2,7}")


@dataclass(frozen=True)
class Called:
    """How an article calls somebody.

    names: full ones as printed. full: their keys. called: keys of the single words that call their bearer again;
    given: of given names; acronyms: those among the words that are written as such; initials: what full names may be
    abbreviated to. A body is called by its acronyms.
    """

    names: frozenset[str] = frozenset()
    full: frozenset[str] = frozenset()
    called: frozenset[str] = frozenset()
    given: frozenset[str] = frozenset()
    acronyms: frozenset[str] = frozenset()
    initials: frozenset[str] = frozenset()

    @cached_property
    def blocks(self) -> frozenset[str]:
        """Keys of which two share one, if there is any evidence that they call one person or body."""
        begun = (f"{key[:_BEGUN]}*" for key in self.called)
        return self.called.union(self.given, self.acronyms, self.initials, begun)

    @classmethod
    def person(cls, printed: Collection[str]) -> "Called":
        """A person with these names."""
        parsed = {name: parse_name(name) for name in printed}
        full = {name: one for name, one in parsed.items() if one.is_full}
        single = {family_key(one.family) for one in parsed.values() if not one.is_full}
        return cls(
            names=frozenset(full),
            full=frozenset(person_key(name, _ANY_ARTICLE) for name in full),
            called=frozenset(single).union(*(one.called for one in full.values())),
            given=frozenset(given_key(one.given) for one in full.values()),
            acronyms=frozenset(letters(name) for name in printed if is_acronym(name)),
            initials=frozenset(short for name in full for short in _initials(name)),
        )

    @classmethod
    def body(cls, name: str, aliases: Collection[str]) -> "Called":
        """A body of this name, called otherwise as well."""
        acronyms = frozenset(letters(one) for one in {name, *aliases} if is_acronym(one))
        if is_acronym(name):
            return cls(called=acronyms, acronyms=acronyms)
        return cls(
            names=frozenset({name}),
            full=frozenset({letters(name)}),
            called=acronyms,
            acronyms=acronyms,
            initials=frozenset(_initials(name)),
        )


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, group or body as one article shows them.

    name: how it calls them. titles: offices and descriptions that it gives, folded; roles: their words; offices: those
    of known fields; year: of its publication. gender: "male", "female" or "".

    The rest is known where the Doc is there to be read, and counts for nothing where it is empty. mentions: start and
    end of each, in text order; nouns: head nouns of descriptions, folded and singular; modifiers: stems of the words
    that describe; context: stems of the sentences around, weighted, as a vector of length 1; predicates: what they do
    or undergo ("nsubj escape").
    """

    article: str
    name: Called
    titles: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    offices: tuple[Office, ...] = ()
    year: int | None = None
    gender: str = ""
    is_body: bool = False
    is_plural: bool = False
    mentions: tuple[tuple[int, int], ...] = ()
    nouns: frozenset[str] = frozenset()
    modifiers: frozenset[str] = frozenset()
    context: Mapping[str, float] = field(default_factory=dict)
    predicates: frozenset[str] = frozenset()

    @property
    def key(self) -> Key:
        """The first mention, which no other entity has."""
        return (self.article, *self.mentions[0])

    @property
    def is_named(self) -> bool:
        """Whether the article names them."""
        return bool(self.name.called or self.name.names)


def is_acronym(name: str) -> bool:
    """ "BWU", "MoD", "U.N.": a short name made of first letters."""
    return _ACRONYM.fullmatch(name) is not None and sum(letter.isupper() for letter in name) > 1


def _initials(name: str) -> set[str]:
    """ "Department of Defence": dod and dd; empty for less than two words."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()]
    every = "".join(word[0] for word in words)
    capitals = "".join(letter for letter in every if letter.isupper())
    return {letters(short) for short in (every, capitals) if len(short) > 1}
