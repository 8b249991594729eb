"""Every word of an article that means one of its people: what coreference corpora mark."""

from collections.abc import Iterator

from spacy.tokens import Token

from etl.records import ResolvedMention, Span
from etl.resolve.focus import catch_up, pronoun_for_other
from etl.resolve.memory import Memory
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.trail import FIRST_PERSON, GENDERS


def referring(reading: Reading, register: Register, memory: Memory) -> list[ResolvedMention]:
    """The words with the key of whom they mean, in text order; the quotations are resolved already."""
    if len(reading.doc):
        catch_up(reading.doc[-1], reading, memory)
    for token in reading.doc:
        # Within quotation marks nobody has asked yet.
        if token.lower_ in GENDERS and memory.trail.is_quoted(token) and not memory.trail.has(token):
            pronoun_for_other(token, reading, memory, memory.speaker_at(token.idx))
    found = [*_named(reading, register), *_meant(reading, register, memory)]
    return sorted(set(found), key=lambda one: (one.span, one.party))


def _named(reading: Reading, register: Register) -> Iterator[ResolvedMention]:
    for i, person in reading.people.of_name.items():
        one, key = reading.names[i], register.person(person)
        yield ResolvedMention(reading.span(one), key)
        for token in reading.doc[one.first : one.start]:
            # "Lohan" in "Lohan lawyer Mark Heller" is somebody's name.
            if token.i not in reading.name_at:
                yield ResolvedMention(_span(token), key)


def _meant(reading: Reading, register: Register, memory: Memory) -> Iterator[ResolvedMention]:
    for token, person in memory.trail.meant():
        if token.i not in reading.name_at:
            yield ResolvedMention(_span(token), register.person(person))
    for span, _ in memory.words:
        for token in reading.tokens(span):
            speaker = memory.speaker_at(token.idx)
            if token.lower_ in FIRST_PERSON and speaker is not None and speaker in reading.people.by_key:
                yield ResolvedMention(_span(token), speaker)


def _span(token: Token) -> Span:
    return Span(token.idx, token.idx + len(token))
