"""Whom a profile means: the judgement, with its score and its reason. Functions of the evidence alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from etl.identify.namesakes import whose
from etl.identify.offices import Office
from schema.keys import namesake_id
from schema.tables import BY_NAME

DECIDED = "decision"
"""The rule of whoever a person said it is."""

MARGIN = 0.5
"""Who comes second among those a single name may call has at most this share of the first one's odds."""

ENOUGH = 4.0
"""Odds, of one alike article or several together, that a single name calls whom they name, and nobody else."""

_BY_OFFICE, _BY_DEFAULT = 0.9, 0.5


@dataclass(frozen=True, slots=True)
class Judgement:
    """The speaker a profile means. score: 0..1; rule: the strongest evidence; detail: what it was here."""

    speaker: UUID
    rule: str = BY_NAME
    score: float = 1.0
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Bearers:
    """The people of one full name: the offices of each, see namesakes(); at most one where nothing tells them apart.

    own: the speaker of the name. profiles: how many articles print it.
    """

    own: UUID
    people: tuple[frozenset[Office], ...]
    profiles: int = 0

    @property
    def speakers(self) -> tuple[UUID, ...]:
        """The speaker of each; the first has the name's own id."""
        return (self.own, *(namesake_id(self.own, str(min(person))) for person in self.people[1:]))

    def offices(self, speaker: UUID) -> frozenset[Office]:
        """The offices of one of them."""
        return dict(zip(self.speakers, self.people, strict=False)).get(speaker, frozenset())

    def judge(self, offices: Collection[Office], votes: Mapping[UUID, float]) -> Judgement:
        """Which of them holds these offices; else the one named in the articles most alike; else the first.

        votes: for each of the speakers the likeness of articles that name him or her with an office, summed.
        """
        if len(self.people) < 2:
            return Judgement(self.own)
        told = ", ".join(str(office).rstrip(":") for office in sorted(offices))
        by_office = whose(offices, self.people)
        if by_office is not None:
            detail = f"{told}; {len(self.people)} people of this name hold offices that exclude one another"
            return Judgement(self.speakers[by_office], "office", _BY_OFFICE, detail)
        if votes:
            best = _first(votes)
            share = votes[best] / sum(votes.values())
            return Judgement(
                best, "namesake in alike articles", round(share, 4), f"{len(self.people)} people of this name"
            )
        detail = f"{len(self.people)} people of this name, nothing tells which"
        return Judgement(self.own, "first of several of this name", _BY_DEFAULT, detail)


def single(votes: Mapping[UUID, float], rule: str) -> Judgement | None:
    """Whom a single name calls: the one with the best odds, None where these are not enough or two come close.

    votes: the odds for each speaker.
    """
    best = _first(votes) if votes else None
    if best is None or votes[best] < ENOUGH:
        return None
    others = [value for key, value in votes.items() if key != best]
    if any(value > MARGIN * votes[best] for value in others):
        return None
    share = votes[best] / sum(votes.values())
    return Judgement(best, rule, round(min(1.0, share), 4))


def _first(votes: Mapping[UUID, float]) -> UUID:
    """The one with the most, the smallest id of several."""
    return min(votes, key=lambda key: (-round(votes[key], 6), key))
