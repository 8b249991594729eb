"""What stands around the mentions of a person or group in one article: words of the sentence, modifiers, predicates."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from etl.frequency import weight_of
from etl.identify.given_mentions import Form, Mention
from etl.stems import telling_stems

_STEMS_KEPT = 60
"""Stems of the context kept of an entity, the heaviest first: ten thousand articles are held at once."""

_MODIFIERS = frozenset({"amod", "compound", "nummod", "nmod"})
_MODIFIER_REACH = 4
_RELATIONS = {**{dep: dep for dep in ("nsubj", "dobj", "poss", "pobj", "agent")}, "nsubjpass": "dobj"}


def context(group: Sequence[Mention]) -> Mapping[str, float]:
    """The stems of the sentences with the mentions, weighted, as a vector of length 1; empty without any."""
    counts: Counter[str] = Counter()
    for mention in group:
        start, end = mention.tokens.start, mention.tokens.end
        words = (token.text for token in mention.tokens[0].sent if not start <= token.i < end)
        counts.update(set(telling_stems(" ".join(words))))
    vector = {stem: (1 + math.log(count)) * weight_of(stem) for stem, count in counts.items()}
    kept = sorted(vector, key=lambda stem: (-vector[stem], stem))[:_STEMS_KEPT]
    length = math.sqrt(sum(vector[stem] ** 2 for stem in kept)) or 1.0
    return {stem: vector[stem] / length for stem in sorted(kept)}


def modifiers(group: Sequence[Mention]) -> frozenset[str]:
    """The stems of the words that describe: those of the descriptions, and what stands before nouns and names."""
    found: set[str] = set()
    for mention in group:
        if mention.form is Form.DESCRIPTION:
            found.update(telling_stems(mention.text))
        if mention.is_pronoun:
            continue
        first = max(0, mention.tokens.start - _MODIFIER_REACH)
        for token in mention.tokens.doc[first : mention.tokens.end]:
            if token.head == mention.head and token.dep_ in _MODIFIERS:
                found.update(telling_stems(token.text))
    return frozenset(found)


def predicates(group: Sequence[Mention]) -> frozenset[str]:
    """What they do, undergo or have: "nsubj escape", "dobj arrest", "poss lawyer"."""
    found = set()
    for mention in group:
        relation = _RELATIONS.get(mention.head.dep_)
        if relation is not None:
            governor = mention.head.head.head if relation == "pobj" else mention.head.head
            found.add(f"{relation} {governor.lemma_}")
    return frozenset(found)
