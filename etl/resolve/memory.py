"""Whom a phrase means, and what the resolving of one article remembers from one phrase to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Span as Tokens

from etl.records import Reason
from etl.resolve.bodies import Kind
from etl.resolve.descriptions import Described
from etl.resolve.trail import Trail
from schema.enums import Stage


@dataclass(frozen=True, slots=True)
class Who:
    """Whom a phrase means. party: key, None where nobody is named or described. kind: of a body, where known."""

    party: str | None
    reason: Reason
    kind: Kind | None = None


@dataclass(slots=True)
class Memory:
    """What was resolved so far. last: key of the latest speaker; last_words: its phrase in the text."""

    trail: Trail
    last: str | None = None
    last_words: Tokens | None = None
    described: Described = field(default_factory=Described)


Whose = Callable[[Tokens], Who]
"""Whom the tokens of a phrase mean, in the article that is being resolved."""


def reason(rule: str, score: float | None = None, detail: str | None = None) -> Reason:
    """A reason of this stage."""
    return Reason(Stage.RESOLVE, rule, score, detail)
