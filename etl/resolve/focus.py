"""Whom a pronoun means: earlier pronouns and descriptions are resolved first, in order."""

from collections.abc import Sequence

from spacy.tokens import Token

from etl.records import Reason
from etl.resolve.descriptions import definite, is_description, person_described
from etl.resolve.features import SUBJECTS, Reference
from etl.resolve.match import Match, match
from etl.resolve.memory import Memory
from etl.resolve.reading import Reading
from etl.resolve.trail import GENDERS, REFLEXIVES, Trace
from etl.resolve.weights import SENTENCES_BACK
from schema.enums import Stage

GENDER_TOLD = 0.4
"""Score from which a pronoun tells the gender of whom it means."""


def pronoun(token: Token, reading: Reading, memory: Memory) -> Match | None:
    """The person that "he", "her" means here, None when the evidence is too thin."""
    catch_up(token, reading, memory)
    found = _weighed(token, memory.trail.before(token.i, SENTENCES_BACK), reading, memory.last)
    memory.trail.note(token, found.person if found else None)
    return found


def pronoun_for_other(token: Token, reading: Reading, memory: Memory, speaker: str | None) -> Match | None:
    """The person that "he" in the words of this speaker means, who is somebody else."""
    catch_up(token, reading, memory)
    others = [trace for trace in memory.trail.before(token.i, SENTENCES_BACK) if trace.person.key != speaker]
    found = _weighed(token, others, reading, None)
    memory.trail.note(token, found.person if found else None)
    return found


def catch_up(token: Token, reading: Reading, memory: Memory) -> None:
    """Notes on the trail whom the pronouns and descriptions before this token mean that nobody asked about yet."""
    for earlier in memory.trail.open_references(token.i):
        if earlier.lower_ in GENDERS:
            found = _weighed(earlier, memory.trail.before(earlier.i, SENTENCES_BACK), reading, memory.last)
            memory.trail.note(earlier, found.person if found else None)
            continue
        words = definite(earlier)
        if words is not None and is_description(words, earlier, reading):
            # A person found is noted by the search itself.
            person_described(words, earlier, reading, memory.trail, memory.described, memory.last)


def _weighed(token: Token, traces: Sequence[Trace], reading: Reading, last_speaker: str | None) -> Match | None:
    if token.lower_ in REFLEXIVES and (own := _subject_of_its_clause(token, traces)) is not None:
        return own
    found = match(Reference(token, "", GENDERS[token.lower_], None), traces, reading, last_speaker)
    if found is not None and found.score >= GENDER_TOLD and not found.person.gender:
        found.person.genders[GENDERS[token.lower_]] += 1  # "His wife": Aldo Renn is a man, whatever his name tells
    return found


def _subject_of_its_clause(token: Token, traces: Sequence[Trace]) -> Match | None:
    """Whoever does it: "Una Fell checked herself in"."""
    verb = token.head if token.head.pos_ in ("VERB", "AUX") else token.head.head
    for trace in traces:
        if trace.token.head.i == verb.i and trace.token.dep_ in SUBJECTS:
            return Match(
                trace.person, 1.0, Reason(Stage.RESOLVE, "pronoun", 1.0, f"{token.text!r}: the subject of its clause")
            )
    return None
