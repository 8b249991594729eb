"""What all the alike articles say of a named person, put on each of their entities: who "the actress" is here."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from etl.identify.entity import Entity


def widened(entity: Entity, mates: Sequence[Entity]) -> Entity:
    """The entity with what the mates know. mates: entities of the same person in alike articles; names stay its own."""
    if not mates:
        return entity
    everybody = [entity, *mates]
    genders = Counter(one.gender for one in everybody if one.gender)
    return replace(
        entity,
        titles=frozenset().union(*(one.titles for one in everybody)),
        roles=frozenset().union(*(one.roles for one in everybody)),
        nouns=frozenset().union(*(one.nouns for one in everybody)),
        modifiers=frozenset().union(*(one.modifiers for one in everybody)),
        predicates=frozenset().union(*(one.predicates for one in everybody)),
        context=_mean([one.context for one in everybody]),
        gender=max(sorted(genders), key=lambda gender: genders[gender], default=""),
    )


def _mean(vectors: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    """The direction of the sum, of length 1."""
    total: dict[str, float] = {}
    for vector in vectors:
        for stem, weight in vector.items():
            total[stem] = total.get(stem, 0.0) + weight
    length = math.sqrt(sum(weight**2 for weight in total.values())) or 1.0
    return {stem: weight / length for stem, weight in total.items()}
