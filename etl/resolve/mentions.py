"""The people and bodies that a statement is about: names, "he" and "she", "the mayor", "the union" in its content.

Whoever speaks is left out where a pronoun or description means him; "I" and "we" are never asked about. A country
or capital is a mention where it is not merely a place: "attack Ukraine", "Moscow denies", not "a flight to Moscow".
"""

from collections.abc import Container, Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import Quotation, Reason, ResolvedMention, Span
from etl.resolve.bodies import Kind, body_nouns, is_body_word
from etl.resolve.countries import Word, places
from etl.resolve.described_bodies import body_of_the_article, government
from etl.resolve.descriptions import definite, is_description, person_described
from etl.resolve.entities import Named
from etl.resolve.focus import pronoun_for_other
from etl.resolve.lists import singular, word_set
from etl.resolve.memory import Memory, Who, reason
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.trail import GENDERS
from schema.enums import SpeakerType


def mentions(
    quotation: Quotation,
    speaker: str | None,
    reading: Reading,
    register: Register,
    memory: Memory,
    relayed: Container[int | None] = (),
) -> tuple[tuple[ResolvedMention, ...], tuple[Reason, ...]]:
    """Whom the content names or means, in text order, and why those that it does not name are meant.

    A party is mentioned at each of its names, else where it first comes up.

    relayed: indices of the names in it that only passed the words on (", as Interfax reports").
    """
    found: list[ResolvedMention] = []
    for span in quotation.content:
        tokens = reading.tokens(span)
        for i in reading.names_in(tokens.start, tokens.end):
            one = reading.names[i]
            where = reading.span(one)
            if i in relayed or not span.covers(where) or not tells(one, reading):
                continue
            person = reading.person(i)
            key = register.person(person) if person else register.body(reading.body(i), one.name)
            found.append(ResolvedMention(where, key))
    told = {mention.party for mention in found} | {speaker}
    if speaker is not None:
        told.update(register[speaker].affiliations)  # "the board", by its spokesman
    reasons: list[Reason] = []
    for span in quotation.content:
        for words, meant in _meant(reading.tokens(span), speaker, reading, register, memory):
            where = Span(words.start_char, words.end_char)
            if meant.party is not None and meant.party not in told and span.covers(where):
                told.add(meant.party)
                found.append(ResolvedMention(where, meant.party))
                why = f"{words.text} -> {register[meant.party].name}, by {meant.reason.rule}: {meant.reason.detail}"
                reasons.append(reason("mention", meant.reason.score, why))
    return tuple(sorted(found, key=lambda one: one.span)), tuple(reasons)


def _meant(
    tokens: Tokens, speaker: str | None, reading: Reading, register: Register, memory: Memory
) -> Iterator[tuple[Tokens, Who]]:
    """The pronouns and descriptions among the tokens that mean a party of the article, and which."""
    doc = tokens.doc
    for token in tokens:
        if token.i in reading.name_at:
            continue
        if token.lower_ in GENDERS:
            if (found := _who_else(token, speaker, reading, register, memory)) is not None:
                yield doc[token.i : token.i + 1], found
            continue
        words = definite(token) if token.pos_ in ("NOUN", "PROPN") else None
        if words is not None and (found := _described(words, token, reading, register, memory)) is not None:
            yield words, found


def _who_else(token: Token, speaker: str | None, reading: Reading, register: Register, memory: Memory) -> Who | None:
    """Whom a "he" in somebody's words means: never the speaker within quotation marks, elsewhere most often him."""
    gender = GENDERS[token.lower_]
    party = register[speaker] if speaker else None
    if party is not None and party.type is SpeakerType.PERSON and not memory.trail.is_quoted(token):
        own = reading.people.by_key.get(party.key)
        if own is not None and own.gender in ("", gender):
            return None
    found = pronoun_for_other(token, reading, memory, speaker)
    return Who(register.person(found.person), found.reason) if found else None


def _described(words: Tokens, top: Token, reading: Reading, register: Register, memory: Memory) -> Who | None:
    if (who := government(words, top, reading, register)) is not None:
        return who  # "the British government"
    if is_description(words, top, reading):
        found = person_described(words, top, reading, memory.trail, memory.described, None)
        return Who(register.person(found[0]), found[1]) if found else None
    if singular(top.text) in body_nouns():
        return body_of_the_article(words, top, reading, register)
    return None


def tells(one: Named, reading: Reading) -> bool:
    """Whether the name is a party rather than a place, a platform or a guess."""
    if one.kind is Kind.PLATFORM:
        return False
    if one.kind is Kind.COUNTRY:
        before = reading.doc[one.start - 1].lower_ if one.start else ""
        if before == "the" and one.start > 1:
            before = reading.doc[one.start - 2].lower_
        # "a flight to Moscow" is to a place, "villages in Russia" are in one; "a threat to Russia" is to the country.
        is_name = one.name not in places() or places()[one.name][1] is Word.NAME
        return before != "in" if is_name else before not in word_set("place")
    if one.kind is Kind.BODY and one.canonical is None:
        # The model alone is no evidence for a single word: it takes Crimea for a body.
        return " " in one.name or one.name.isupper() or is_body_word(one.name)
    return True
