"""What became of every attribution's speaker and of every name in the words: each counted once, under a short name."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from spacy.tokens import Span as Tokens

from etl.records import Attribution, Party, Span
from etl.resolve.bodies import Kind
from etl.resolve.entities import Named
from etl.resolve.mentions import tells
from etl.resolve.reading import Reading
from schema.enums import SpeakerType

PRONOUN_UNRESOLVED = "pronoun unresolved"
"""The rule of a reason that a pronoun's bearer was not found."""

_NAMED = {
    SpeakerType.PERSON: "speaker: named",
    SpeakerType.ORGANIZATION: "speaker: body",
    SpeakerType.UNNAMED_SOURCE: "speaker: unnamed source",
}
_NAMES = ("PERSON", "ORG", "GPE", "NORP")


def outcomes(attributions: Sequence[Attribution], parties: Mapping[str, Party], reading: Reading) -> dict[str, int]:
    """How many speakers and mentions ended in which way.

    "speaker: …" outcomes add up to the attributions, "mention: …" to the candidates: the names found in a content and
    the people, bodies, places and peoples that the language model alone sees there. A name in the contents of two
    attributions is one of each.
    """
    counts: Counter[str] = Counter()
    entities = list(reading.doc.ents)  # made anew at each use
    for one in attributions:
        counts[_speaker(one, parties)] += 1
        resolved = {mention.span for mention in one.mentions}
        counts["mention: resolved"] += len(resolved)
        for reason in _unresolved(one.quotation.content, resolved, reading, entities):
            counts[f"mention: not resolved ({reason})"] += 1
    return dict(sorted((+counts).items()))


def referred(attributions: Sequence[Attribution], parties: Mapping[str, Party]) -> dict[str, Party]:
    """The parties that the attributions refer to, by key, with the bodies that the unnamed ones belong to."""
    keys = {one.speaker for one in attributions if one.speaker}
    keys |= {link.party for one in attributions for link in one.relayers if link.party}
    keys |= {mention.party for one in attributions for mention in one.mentions}
    keys |= {body for key in keys for body in parties[key].affiliations}
    return {key: parties[key] for key in sorted(keys)}


def _speaker(one: Attribution, parties: Mapping[str, Party]) -> str:
    if one.speaker is not None:
        return _NAMED[parties[one.speaker].type]
    if one.reasons and one.reasons[0].rule == PRONOUN_UNRESOLVED:
        return "speaker: pronoun not resolved"
    return "speaker: nobody named"


def _unresolved(
    content: Sequence[Span], resolved: set[Span], reading: Reading, entities: Sequence[Tokens]
) -> Iterator[str]:
    """Why each candidate that is no mention is none. entities: the language model's, in text order."""
    for span in content:
        tokens = reading.tokens(span)
        for i in reading.names_in(tokens.start, tokens.end):
            one = reading.names[i]
            where = reading.span(one)
            if where not in resolved:
                yield _why_not(one, reading) if span.covers(where) else "cut by the quotation's border"
        for ent in entities[bisect_left(entities, tokens.start, key=lambda one: one.start) :]:
            if ent.end > tokens.end:
                break
            if ent.label_ not in _NAMES or any(token.i in reading.name_at for token in ent):
                continue
            if ent.label_ == "NORP":
                if any(token.pos_ in ("NOUN", "PROPN") for token in ent):  # "the Danes", not "Danish"
                    yield "a people"
            else:
                yield "a place" if ent.label_ == "GPE" else "no name to the lists"


def _why_not(one: Named, reading: Reading) -> str:
    if one.kind is Kind.PLATFORM:
        return "a platform"
    if one.kind is Kind.COUNTRY:
        return "a place"
    return "passed the words on" if tells(one, reading) else "one word that only the model takes for a body"
