"""Sentences that have somebody speak on a day without saying what: "Lund briefed families on Thursday morning."

They date what follows, as a dated remark does.
"""

from collections.abc import Iterator, Sequence

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import Quotation, SayingDate, Span
from etl.resolve.date import EXPRESSION, date_of
from etl.resolve.lists import word_set
from etl.resolve.memory import Memory
from etl.resolve.occasion import Appearance
from etl.resolve.phrases import less_clause
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.speakers import who

_SUBJECTS = ("nsubj", "nsubjpass")
_NOT_THEN = (
    "had",
    "'d",
    "’d",
    "will",
    "would",
    "’ll",
    "'ll",
    "may",
    "might",
    "could",
    "should",
    "not",
    "n't",
    "n’t",
    "never",
)
_CLIMB = 4


def appearances(
    quotations: Sequence[Quotation], reading: Reading, register: Register, memory: Memory
) -> Iterator[Appearance]:
    """Who speaks on which day, in text order, where no quotation has the words."""
    words = [span for one in quotations for span in (*one.content, *one.source, *one.cue)]
    for match in EXPRESSION.finditer(reading.text):
        span = Span(match.start(), match.end())
        if any(span.touches(other) for other in words):
            continue
        tokens = reading.tokens(span)
        verb = _verb(tokens, reading) if len(tokens) else None
        if verb is None or any(other.start <= verb.idx < other.end for other in words):
            continue
        subject = _subject(verb, reading)
        if subject is None or any(child.lower_ in _NOT_THEN for child in (*verb.children, reading.doc[verb.i - 1])):
            continue
        phrase = less_clause(subject)
        found = who(phrase, reading, register, memory)
        if found.party is None:
            continue
        on = date_of(span.of(reading.text), reading.anchor) if reading.anchor else None
        yield Appearance(found.party, SayingDate(span, on, anchor=reading.read_against))


def _verb(day: Tokens, reading: Reading) -> Token | None:
    """The verb of appearing that a day belongs to: "on Thursday" in "briefed families on Thursday morning".

    Where the parser hangs the day elsewhere, the verb is the one before it with no comma between.
    """
    token = day.root
    for _ in range(_CLIMB):
        if token.pos_ in ("VERB", "AUX"):
            break
        token = token.head
    if _is_of_appearing(token):
        return token
    for before in reversed(day.doc[reading.sentence(day.root).start : day.start]):
        if before.is_punct or before.tag_ in ("VBD", "VBZ", "MD"):
            return before if _is_of_appearing(before) else None
        if _is_of_appearing(before):
            return before
    return None


def _is_of_appearing(token: Token) -> bool:
    return token.tag_ in ("VBD", "VBN", "VBZ") and token.lemma_.lower() in word_set("appear")


def _subject(verb: Token, reading: Reading) -> Tokens | None:
    """Who appears; where the parser has none, the name right before the verb, a clause between them or not."""
    doc = verb.doc
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return doc[child.left_edge.i : child.right_edge.i + 1]
    names = reading.names_in(reading.sentence(verb).start, verb.i)
    at = max((i for i in names if reading.person(i) is not None), default=None)
    if at is None or any(token.tag_ in ("VBD", "MD") for token in doc[reading.names[at].end : verb.i]):
        return None
    return doc[reading.names[at].start : reading.names[at].end]
