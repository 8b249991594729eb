"""Whom a pronoun means that speaks: he and she by the table of weights, they and it by who spoke or stood before."""

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.resolve.bodies import Kind, body_nouns
from etl.resolve.focus import pronoun, pronoun_for_other
from etl.resolve.lists import singular, words
from etl.resolve.memory import Memory, Who, Whose, reason
from etl.resolve.names import gender_of_title
from etl.resolve.outcomes import PRONOUN_UNRESOLVED
from etl.resolve.phrases import can_speak, head, is_plural, name_of_phrase
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.trail import FIRST_PERSON, GENDERS
from etl.resolve.weights import SENTENCES_BACK
from schema.enums import SpeakerType

_RELATIVE = frozenset({"who", "which", "that", "whom"})


def is_pronoun(token: Token) -> bool:
    """Whether the word is a pronoun or possessive that means somebody named elsewhere."""
    word = token.lower_
    return token.pos_ == "PRON" or word in _RELATIVE or word in GENDERS or word in ("they", "it", "its", "their")


def who_pronoun(token: Token, reading: Reading, register: Register, memory: Memory, whose: Whose) -> Who:
    """Whom a pronoun means; party None where nobody can be told."""
    word = token.lower_
    if word in _RELATIVE:
        verb = token.head
        noun = verb.head if verb.dep_ == "relcl" else None
        if noun is not None and noun.i < token.i:
            phrase = reading.doc[noun.left_edge.i : noun.i + 1]
            return whose(phrase)
        return Who(None, reason(PRONOUN_UNRESOLVED, 0.0, token.text))
    if word in FIRST_PERSON and (speaker := memory.speaker_at(token.idx)) is not None:
        return Who(speaker, reason("first person", 0.9, f"{token.text!r} in the words of {register[speaker].name}"))
    if word in GENDERS:
        if unnamed := _unnamed_in_focus(token, reading, register, memory):
            memory.trail.note(token, None)
            detail = f"{token.text!r}: the unnamed source that spoke last, nobody named since"
            return Who(unnamed, reason("pronoun", 0.5, detail))
        if memory.trail.is_quoted(token):
            # "He said the wheel was slow," she told the station.
            found = pronoun_for_other(token, reading, memory, memory.speaker_at(token.idx))
        else:
            found = pronoun(token, reading, memory)
        if found is not None:
            return Who(register.person(found.person), found.reason)
        # Somebody unnamed who spoke last, with nobody named who fits: "A spokesman said ... He added ..."
        if (
            memory.last is not None
            and register[memory.last].type is SpeakerType.UNNAMED_SOURCE
            and _is_human(register[memory.last].name)
            and gender_of_title(register[memory.last].name) in ("", GENDERS[word])
        ):
            return Who(memory.last, reason("pronoun", 0.4, f"{token.text!r}: the unnamed source that spoke last"))
    if word in ("they", "them", "their"):
        subject = _plural_subject(token, reading)
        if subject is not None:
            found_subject = whose(subject)
            if found_subject.party is not None:
                return Who(found_subject.party, reason("pronoun", 0.5, f"{token.text!r}: {name_of_phrase(subject)}"))
        party = register[memory.last] if memory.last is not None else None
        if party is not None and party.type is not SpeakerType.PERSON:
            return Who(memory.last, reason("pronoun", 0.5, f"{token.text!r}: {party.name} spoke last"))
    if word in ("it", "its"):
        if (body := _body_in_focus(token, reading, register, memory)) is not None:
            return Who(body, reason("pronoun", 0.5, f"{token.text!r}: {register[body].name} spoke last"))
        for name in reading.names_before(token.i, SENTENCES_BACK // 2):
            one = reading.names[name]
            if one.kind not in (Kind.PERSON, Kind.PLATFORM) and reading.head(name).dep_ in ("nsubj", "nsubjpass"):
                return Who(
                    register.body(reading.body(name), one.name),
                    reason("pronoun", 0.5, f"{token.text!r}: {one.name}"),
                    one.kind,
                )
    if word in ("many", "some", "others", "several", "everyone", "someone", "most", "few"):
        return Who(register.unnamed(token.text), reason("unnamed source", detail=token.text))
    return Who(None, reason(PRONOUN_UNRESOLVED, 0.0, token.text))


def _unnamed_in_focus(token: Token, reading: Reading, register: Register, memory: Memory) -> str | None:
    """The unnamed source that a "he" means: it spoke in the sentence before or this one, and nobody was named since."""
    words = memory.last_words
    if memory.last is None or words is None or words.end > token.i or is_plural(head(words)):
        return None
    source = register[memory.last]
    if source.type is not SpeakerType.UNNAMED_SOURCE or not _is_human(source.name):
        return None
    if gender_of_title(head(words).text) not in ("", GENDERS[token.lower_]):
        return None
    if reading.sentences[token.i] - reading.sentences[words.start] > 1:
        return None
    since = memory.trail.before(token.i, 1)
    return None if since and since[0].token.i >= words.start else memory.last


def _body_in_focus(token: Token, reading: Reading, register: Register, memory: Memory) -> str | None:
    """The body that spoke in this sentence or the two before it, no body the subject since: "The board said ... It"."""
    words = memory.last_words
    if memory.last is None or words is None or words.end > token.i:
        return None
    if register[memory.last].type is not SpeakerType.ORGANIZATION:
        return None
    if reading.sentences[token.i] - reading.sentences[words.start] > 2:
        return None
    since = reading.names_in(words.end, token.i)
    subjects = ("nsubj", "nsubjpass")
    bodies = [i for i in since if reading.names[i].kind is not Kind.PERSON and reading.head(i).dep_ in subjects]
    return memory.last if not any(not _in_what_was_said(reading.head(i)) for i in bodies) else None


def _in_what_was_said(subject: Token) -> bool:
    """Whether the subject's clause hangs on another one: "said that the Sorrel had passed"."""
    return subject.head.dep_ in ("ccomp", "advcl", "relcl")


def _plural_subject(token: Token, reading: Reading) -> Tokens | None:
    """The plural subject before a "they" in its own sentence: "officials hardened their stance"."""
    for before in reversed(reading.doc[: token.i]):
        if reading.sentences[before.i] != reading.sentences[token.i]:
            return None
        if before.dep_ in ("nsubj", "nsubjpass") and before.pos_ == "NOUN" and is_plural(before) and can_speak(before):
            return reading.doc[before.left_edge.i : before.i + 1]
    return None


def _is_human(name: str) -> bool:
    """Whether an unnamed source is somebody rather than a report or a group."""
    nouns = {singular(word) for word in name.split()}
    return not nouns & words("artefacts.en.txt") and not nouns & set(body_nouns())
