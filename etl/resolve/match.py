"""Pronouns and descriptions to the people of the article, by the table of weights."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from etl.records import Reason
from etl.resolve.features import Candidate, Reference
from etl.resolve.people import Person
from etl.resolve.reading import Reading
from etl.resolve.trail import Trace
from etl.resolve.weights import (
    DESCRIPTION_THRESHOLD,
    FEATURES,
    PEOPLE_WEIGHED,
    PRONOUN_THRESHOLD,
    SURE,
)
from schema.enums import Stage


@dataclass(frozen=True, slots=True)
class Match:
    """The person referred to. score: 0..1; reason names the evidence, strongest first."""

    person: Person
    score: float
    reason: Reason


def match(reference: Reference, traces: Sequence[Trace], reading: Reading, last_speaker: str | None) -> Match | None:
    """The person a reference means among those who left these traces (nearest first), None for too thin evidence."""
    best: Match | None = None
    best_total = DESCRIPTION_THRESHOLD if reference.noun else PRONOUN_THRESHOLD
    for candidate in _candidates(reference, traces, reading, last_speaker):
        fired = [
            (one.name, one.weight * value) for one in FEATURES if (value := one.func(reference, candidate, reading))
        ]
        total = sum(worth for _, worth in fired)
        if total < best_total or (best is not None and total == best_total):
            continue
        best_total = total
        fired.sort(key=lambda one: -abs(one[1]))
        score = max(0.0, min(1.0, total / SURE))
        detail = f"{reference.token.text!r}: " + ", ".join(f"{name} {worth:+.2f}" for name, worth in fired)
        rule = "description" if reference.noun else "pronoun"
        best = Match(candidate.person, score, Reason(Stage.RESOLVE, rule, round(score, 2), detail))
    return best


def _candidates(
    reference: Reference, traces: Sequence[Trace], reading: Reading, last_speaker: str | None
) -> Iterator[Candidate]:
    """Each person once, the nearest first; rank counts only those whose gender is not another one."""
    by_person: dict[str, list[Trace]] = {}
    for trace in traces:
        by_person.setdefault(trace.person.key, []).append(trace)
    here = reading.sentences[reference.token.i]
    rank = 0
    for key, found in list(by_person.items())[:PEOPLE_WEIGHED]:
        person, latest = found[0].person, reading.sentences[found[0].token.i]
        same_sentence = tuple(one for one in found if reading.sentences[one.token.i] == latest)
        yield Candidate(person, same_sentence, rank, max(here - latest, 0), key == last_speaker)
        if not (reference.gender and person.gender and person.gender != reference.gender):
            rank += 1
