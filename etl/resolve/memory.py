"""Whom a phrase means, and what the resolving of one article remembers from one phrase to the next."""

from collections.abc import Callable
from dataclasses import dataclass, field

from spacy.tokens import Span as Tokens

from etl.records import Reason, Span
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
    """What was resolved so far.

    last: key of the latest speaker; last_words: its phrase in the text. words: what was said between quotation marks,
    and by whom, an outer quotation before those within it.
    """

    trail: Trail
    last: str | None = None
    last_words: Tokens | None = None
    described: Described = field(default_factory=Described)
    words: list[tuple[Span, str | None]] = field(default_factory=list)

    def speaker_at(self, character: int) -> str | None:
        """The key of whoever speaks these words, the innermost quotation's; None outside of quotation marks."""
        said = [speaker for span, speaker in self.words if span.start <= character < span.end]
        return said[-1] if said else None


Whose = Callable[[Tokens], Who]
"""Whom the tokens of a phrase mean, in the article that is being resolved."""


def reason(rule: str, score: float | None = None, detail: str | None = None) -> Reason:
    """A reason of this stage."""
    return Reason(Stage.RESOLVE, rule, score, detail)
