"""A score with the evidence it was made of: what tables of weights have to say of a pair."""

from dataclasses import dataclass
from typing import Protocol


class Named(Protocol):
    """A question of a table of weights."""

    @property
    def name(self) -> str:
        """Its name, as code has it: "same_full_name"."""


@dataclass(frozen=True, slots=True)
class Scored:
    """How likely two are one. score: 0..1; evidence: what fired and its log odds, strongest first."""

    score: float
    evidence: tuple[tuple[Named, float], ...]

    @property
    def rule(self) -> str:
        """What speaks for it most, in words: "single name of full name"."""
        strongest = max(self.evidence, key=lambda one: one[1], default=None)
        return strongest[0].name.replace("_", " ") if strongest else "nothing"

    @property
    def detail(self) -> str:
        """The evidence in one line: "same_full_name +1.90, gender_differs -0.80"."""
        return ", ".join(f"{feature.name} {value:+.2f}" for feature, value in self.evidence)
