"""What one article says of one person or group: the record that is compared across articles, without the Doc."""

from collections.abc import Mapping
from dataclasses import dataclass

Key = tuple[str, int, int]
"""A mention: id of the article, start, end. An entity and a person are known by their smallest one."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A person or group as one article shows them.

    mentions: start and end of each, in text order, at least one. names: full ones as printed. full: their keys, called:
    keys of the single words that call their bearer again, given: of given names. roles: words of offices that the
    article gives, folded. nouns: head nouns of descriptions, folded and singular. modifiers: stems of the words that
    describe. context: stems of the sentences around, weighted, as a vector of length 1. predicates: what they do or
    undergo ("nsubj escape"). gender: "male", "female" or "". rank: 0 for the individual whom the article mentions most
    often, None for a group.
    """

    article: str
    mentions: tuple[tuple[int, int], ...]
    names: frozenset[str]
    full: frozenset[str]
    called: frozenset[str]
    given: frozenset[str]
    roles: frozenset[str]
    nouns: frozenset[str]
    modifiers: frozenset[str]
    context: Mapping[str, float]
    predicates: frozenset[str]
    gender: str
    is_plural: bool
    rank: int | None

    @property
    def key(self) -> Key:
        """The first mention, which no other entity has."""
        return (self.article, *self.mentions[0])

    @property
    def is_named(self) -> bool:
        """Whether the article names them."""
        return bool(self.called)
