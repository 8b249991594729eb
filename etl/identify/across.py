"""Entities of many articles -> who is one person, by the table of weights; a function of the set, not of its order.

Names come first: named entities are put together, and each then knows what alike articles say of the same person. So
"the actress" of one article meets the name that only another one explains.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from etl.cluster import average_linkage, pair
from etl.identify.entity import Entity, Key
from etl.identify.evidence import Kind, Pair, full_names_differ
from etl.identify.scoring import link, score
from etl.identify.weights import APART, JOIN, KEPT, NAMES_JOIN
from etl.identify.widened import widened
from etl.scored import Scored

Likeness = Mapping[tuple[str, str], float]
"""How alike two articles are, the smaller id first; a pair that is missing is not alike."""


@dataclass(frozen=True, slots=True)
class People:
    """Who is who in a set of articles.

    clusters: the entities of each person or group by key, each sorted, in the order of their first. known: each
    entity with what alike articles say of the same name. likeness: of the articles.
    """

    clusters: tuple[tuple[Key, ...], ...]
    known: Mapping[Key, Entity]
    likeness: Likeness

    def strongest_link(self, key: Key, cluster: Iterable[Key]) -> tuple[Key, Scored] | None:
        """The entity of the cluster that this one is likest to, and why; None where no likeness was weighed."""
        found = []
        for other in cluster:
            likeness = _likeness(self.likeness, key[0], other[0])
            if other != key and likeness is not None:
                found.append((other, link(Pair(*_ordered(self.known[key], self.known[other]), likeness))))
        return max(found, key=lambda one: one[1].score, default=None)


def people(entities: Iterable[Entity], likeness: Likeness) -> People:
    """The people and groups whom these entities are. likeness: of every two articles at least ALIKE."""
    known = {entity.key: entity for entity in sorted(entities, key=lambda one: one.key)}
    of_article: dict[str, list[Entity]] = defaultdict(list)
    for entity in known.values():
        of_article[entity.article].append(entity)
    apart: set[tuple[Key, Key]] = set()
    scores: dict[tuple[Key, Key], float] = {}
    for one in _pairs(of_article, likeness):
        if one.kind is Kind.NAMES:
            if full_names_differ(one) > APART:
                apart.add(pair(one.a.key, one.b.key))
            else:
                _keep(scores, one)
    together = _of_one_name(known.values())
    named = [key for key, entity in known.items() if entity.is_named]
    for cluster in average_linkage(named, scores, NAMES_JOIN, apart, together):
        known |= _told_together([known[key] for key in cluster], likeness)
    of_article = {article: [known[one.key] for one in its] for article, its in of_article.items()}
    for one in _pairs(of_article, likeness):
        if one.kind is not Kind.NAMES:
            _keep(scores, one)
    clusters = average_linkage(known, scores, JOIN, apart, together)
    return People(tuple(map(tuple, clusters)), known, likeness)


def _keep(scores: dict[tuple[Key, Key], float], one: Pair) -> None:
    value = score(one)
    if value >= KEPT:
        scores[pair(one.a.key, one.b.key)] = value


def _pairs(of_article: Mapping[str, Sequence[Entity]], likeness: Likeness) -> Iterator[Pair]:
    """Every two entities of one article, and of two that are alike."""
    for its in of_article.values():
        for a, b in combinations(its, 2):
            yield Pair(a, b, 1.0)
    for (first, second), value in likeness.items():
        for a, b in product(of_article.get(first, ()), of_article.get(second, ())):
            yield Pair(a, b, value)


def _of_one_name(entities: Iterable[Entity]) -> list[list[Key]]:
    """The entities of each full name, in alike articles or not; one that goes by two names is left to its evidence."""
    by_name: dict[str, list[Key]] = defaultdict(list)
    for entity in entities:
        if len(entity.name.full) == 1:
            by_name[next(iter(entity.name.full))].append(entity.key)
    return [keys for keys in by_name.values() if len(keys) > 1]


def _told_together(bearers: Sequence[Entity], likeness: Likeness) -> dict[Key, Entity]:
    """The entities of one named person, each with what those of alike articles know."""
    found = {}
    for entity in bearers:
        mates = [
            one for one in bearers if one is not entity and _likeness(likeness, entity.article, one.article) is not None
        ]
        found[entity.key] = widened(entity, mates)
    return found


def _likeness(likeness: Likeness, a: str, b: str) -> float | None:
    return 1.0 if a == b else likeness.get(pair(a, b))


def _ordered(a: Entity, b: Entity) -> tuple[Entity, Entity]:
    return (a, b) if a.key < b.key else (b, a)
