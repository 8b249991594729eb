"""Pronouns and descriptions to the people of the article, by the table of weights."""

from dataclasses import dataclass

from etl.records import Reason
from etl.resolve.features import Candidate, Reference
from etl.resolve.people import Person
from etl.resolve.reading import Reading
from etl.resolve.weights import (
    DESCRIPTION_THRESHOLD,
    FEATURES,
    PEOPLE_WEIGHED,
    PRONOUN_THRESHOLD,
    SENTENCES_BACK,
    SURE,
)
from schema.enums import Stage


@dataclass(frozen=True, slots=True)
class Match:
    """The person referred to. score: 0..1; reason names the evidence, strongest first."""

    person: Person
    score: float
    reason: Reason


def match(reference: Reference, reading: Reading, last_speaker: str | None) -> Match | None:
    """The person a reference refers to, None when the evidence is too thin.

    last_speaker: key of the party whose quotation stands before, None where that is nobody.
    """
    best: Match | None = None
    for candidate in _candidates(reference, reading, last_speaker):
        fired = [
            (one.name, one.weight * value) for one in FEATURES if (value := one.func(reference, candidate, reading))
        ]
        total = sum(worth for _, worth in fired)
        score = max(0.0, min(1.0, total / SURE))
        if total >= (DESCRIPTION_THRESHOLD if reference.noun else PRONOUN_THRESHOLD) and (
            best is None or score > best.score
        ):
            fired.sort(key=lambda one: -abs(one[1]))
            detail = f"{reference.token.text!r}: " + ", ".join(f"{name} {worth:+.2f}" for name, worth in fired)
            rule = "description" if reference.noun else "pronoun"
            best = Match(candidate.person, score, Reason(Stage.RESOLVE, rule, round(score, 2), detail))
    return best


def _candidates(reference: Reference, reading: Reading, last_speaker: str | None) -> list[Candidate]:
    found: list[Candidate] = []
    seen: set[int] = set()
    here = reading.sentences[reference.token.i]
    for name in reading.names_before(reference.token.i, SENTENCES_BACK):
        person = reading.person(name)
        if person is None or id(person) in seen:
            continue
        seen.add(id(person))
        back = here - reading.sentences[reading.names[name].start]
        found.append(Candidate(person, name, len(found), back, person.key == last_speaker))
        if len(found) == PEOPLE_WEIGHED:
            break
    return found
