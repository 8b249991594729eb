"""Whom the sentence that reports words names as having passed them on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import ChainLink, Quotation, Span
from etl.resolve.bodies import Kind, body_nouns
from etl.resolve.citing import around, cited
from etl.resolve.lists import word_set
from etl.resolve.memory import Memory
from etl.resolve.phrases import name_of_phrase
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.said import dated_by
from etl.resolve.speakers import fold_noun, who
from schema.enums import ReportingRole

_PLACES = ("dobj", "pobj", "dative", "nsubj")
_MODIFIERS = ("det", "amod", "compound", "nmod", "poss")
HEARD, CITED, REPORTED = 0, 1, 2
"""Steps on the way of the words: told by the speaker, cited by an outlet, published by one."""


@dataclass(frozen=True, slots=True)
class Relay:
    """A link with where it stands on the way: 0 heard it from the speaker, larger numbers later."""

    step: int
    link: ChainLink


def credited(content: Sequence[Span], reading: Reading) -> int | None:
    """Index of the outlet that the words end by crediting, None where they do not.

    "..., as the agency Interfax reports" · "..., Interfax reported": no part of what the speaker said.
    """
    tokens = reading.tokens(content[-1])
    end = tokens.end
    while end > tokens.start and (tokens.doc[end - 1].is_punct or tokens.doc[end - 1].is_space):
        end -= 1
    verb = tokens.doc[end - 1] if end > tokens.start else None
    name = reading.name_at.get(end - 2) if verb is not None and end - 2 > tokens.start else None
    if verb is None or name is None or verb.lemma_.lower() not in word_set("report"):
        return None
    one = reading.names[name]
    start = one.start
    while start > tokens.start and _describes(tokens.doc[start - 1]):
        start -= 1
    if start > tokens.start and tokens.doc[start - 1].lower_ == "as":
        start -= 1
    comma = start > tokens.start and tokens.doc[start - 1].text in (",", "–", "—")
    return name if one.kind.is_outlet and comma else None


@dataclass(slots=True)
class _Sentence:
    """A sentence that reports words, and which of its tokens are told apart already as a link's.

    bounds: the content of the quotation around this one, None where there is none; what stands outside of it passed on
    that one's words.
    """

    quotation: Quotation
    reading: Reading
    register: Register
    memory: Memory
    bounds: Sequence[Span] | None
    taken: set[int]

    @property
    def tokens(self) -> Tokens:
        return around(self.quotation, self.reading)

    def is_open(self, where: Span) -> bool:
        """Whether these characters are neither the source's nor the content's, and within the quotation around."""
        own = (*self.quotation.source, *self.quotation.content)
        return not any(where.touches(span) for span in own) and self.is_within(where)

    def is_within(self, where: Span) -> bool:
        return self.bounds is None or any(piece.covers(where) for piece in self.bounds)

    def step(self, start: int, end: int, kind: Kind) -> int | None:
        return _step(start, end, kind, self.quotation, self.reading)


def relays(
    quotation: Quotation, reading: Reading, register: Register, memory: Memory, bounds: Sequence[Span] | None = None
) -> list[Relay]:
    """Whom the sentence of the cue names as having passed the words on, source and content left out.

    bounds: the content of the quotation around this one, None where there is none.
    """
    sentence = _Sentence(quotation, reading, register, memory, bounds, set())
    found = [*_credit(sentence), *_credit_first(sentence), *_named(sentence)]
    if any(relay.step == REPORTED for relay in found):
        found += _cited_first(sentence)
    return [*found, *_described(sentence)]


def _credit(sentence: _Sentence) -> Iterator[Relay]:
    """The outlet that the words end by crediting."""
    reading = sentence.reading
    if (last := credited(sentence.quotation.content, reading)) is not None:
        one = reading.names[last]
        key = sentence.register.body(reading.body(last), one.name)
        yield Relay(REPORTED, _link(_as_printed(one.start, one.end, reading), key))


def _credit_first(sentence: _Sentence) -> Iterator[Relay]:
    """The outlet that the words begin by crediting: "The article said that crime rose", according to the union."""
    tokens = sentence.reading.tokens(sentence.quotation.content[0])
    verb = tokens.root if len(tokens) else None
    if verb is None or verb.lemma_.lower() not in word_set("report") or verb.i == tokens.start:
        return
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj" and child.i >= tokens.start), None)
    if subject is None or subject.left_edge.i != tokens.start:
        return
    phrase = tokens.doc[tokens.start : subject.i + 1]
    found = who(phrase, sentence.reading, sentence.register, sentence.memory)
    if found.party is not None and found.kind is not None and found.kind.is_outlet:
        yield Relay(REPORTED, _link(name_of_phrase(phrase), found.party))


def _named(sentence: _Sentence) -> Iterator[Relay]:
    """Outlets and platforms by name: "told Reuters", "on Twitter", "sources quoted by the CBC"."""
    reading, tokens = sentence.reading, sentence.tokens
    for i in reading.names_in(tokens.start, tokens.end):
        one = reading.names[i]
        where = reading.span(one)
        if not (one.kind.is_outlet or one.kind is Kind.PLATFORM) or not sentence.is_within(where):
            continue
        if not sentence.is_open(where) and not _quoted_by(one.start, sentence.quotation, reading):
            continue
        step = sentence.step(one.start, one.end, one.kind)
        if step is not None:
            sentence.taken.update(range(max(one.start - 3, tokens.start), one.end))
            key = None if one.kind is Kind.PLATFORM else sentence.register.body(reading.body(i), one.name)
            on = _day(one.end, sentence) if step == REPORTED else None
            yield Relay(step, _link(_as_printed(one.start, one.end, reading), key, on))


def _cited_first(sentence: _Sentence) -> Iterator[Relay]:
    """Whom the outlet cites: "According to KESNA, which cites President Ardel, she promised him ...": he told of it."""
    for phrase in cited(sentence.tokens, sentence.quotation, sentence.reading):
        if sentence.is_open(Span(phrase.start_char, phrase.end_char)):
            found = who(phrase, sentence.reading, sentence.register, sentence.memory)
            if found.party is not None:
                yield Relay(CITED, _link(name_of_phrase(phrase), found.party))


def _described(sentence: _Sentence) -> Iterator[Relay]:
    """Outlets without a name: "told the newspaper", "state media reported"."""
    reading, memory = sentence.reading, sentence.memory
    for token in sentence.tokens:
        at = Span(token.idx, token.idx + len(token))
        if token.pos_ not in ("NOUN", "PROPN") or token.i in reading.name_at or token.i in sentence.taken:
            continue
        phrase = _phrase(token, sentence.tokens)
        if not sentence.is_open(at) and not (
            sentence.is_within(at) and _quoted_by(phrase.start, sentence.quotation, reading)
        ):
            continue
        definite = phrase[0].lower_ == "the"
        if token.lower_ in word_set("media") and token.dep_ != "compound":
            if any(word.i in reading.name_at for word in phrase):
                continue
            step = sentence.step(phrase.start, token.i + 1, Kind.OUTLET)
            if step is not None:
                name = name_of_phrase(phrase)
                known = who(phrase, reading, sentence.register, memory) if definite else None
                outlet = known.party if known is not None and known.kind is not None and known.kind.is_outlet else None
                yield Relay(step, _link(name, outlet or sentence.register.unnamed(name)))
        elif definite and token.dep_ in _PLACES and "outlet" in body_nouns().get(fold_noun(token), ()):
            step = sentence.step(token.i, token.i + 1, Kind.OUTLET)
            if step is None:
                continue
            meant = who(phrase, reading, sentence.register, memory)
            if meant.kind is not None and meant.kind.is_outlet:
                yield Relay(step, _link(name_of_phrase(phrase), meant.party))


def _day(end: int, sentence: _Sentence) -> str | None:
    """The day on which an outlet whose name ends here reported: "BELTA reported on Monday"."""
    for token in sentence.reading.doc[end : min(end + 2, sentence.tokens.end)]:
        if token.lemma_.lower() in word_set("report") and token.pos_ == "VERB":
            found = dated_by(token, sentence.quotation, sentence.reading)
            return found.date.on.value if found and found.date.on else None
    return None


def _link(name: str, party: str | None, on: str | None = None) -> ChainLink:
    return ChainLink(ReportingRole.RELAYER, name, party, on)


def _quoted_by(start: int, quotation: Quotation, reading: Reading) -> bool:
    """Whether an outlet within the source quoted it: "sources quoted by the CBC", "officials whom the CBC cited"."""
    doc = reading.doc
    end = next((i for i in range(start, min(start + 6, len(doc))) if doc[i].pos_ == "VERB"), start)
    if doc[end].lemma_.lower() in word_set("cite") and any(
        token.lower_ in ("whom", "who", "that") for token in doc[max(start - 3, 0) : start]
    ):
        return True
    before = [token for token in doc[max(0, start - 4) : start] if token.pos_ not in ("DET", "ADJ")]
    if len(before) < 2 or before[-1].lower_ != "by" or before[-2].lemma_.lower() not in word_set("carry"):
        return False
    return any(span.start < before[-2].idx < span.end for span in quotation.source)


def _step(start: int, end: int, kind: Kind, quotation: Quotation, reading: Reading) -> int | None:
    """Where an outlet's name stands on the way of the words, None when it has no part in it."""
    doc = reading.doc
    token = doc[start:end].root
    before = list(doc[max(0, start - 7) : start])
    while before and _describes(before[-1]):
        before.pop()
    if len(before) > 1 and [word.lower_ for word in before[-2:]] == ["according", "to"]:
        return REPORTED  # "..., according to the BELTA news agency"
    last = before[-1] if before else None
    if last is not None and (last.lemma_.lower() in word_set("tell")):
        return HEARD  # "told Reuters"
    if last is not None and last.lower_ in ("to", "with", "on", "for", "in", "via", "by", "at"):
        verbs = [word.lemma_.lower() for word in before[:-1]]
        if last.lower_ == "by":
            return CITED if any(verb in word_set("carry") for verb in verbs[-3:]) else None
        if any(verb in word_set("convey") for verb in verbs) or _is_cue(last.head, quotation):
            return HEARD  # "in an interview with", "in a statement to", "wrote on"
        return None
    if kind is Kind.PLATFORM:
        return (
            0
            if doc[end : end + 1].text in ("post", "message", "video", "account") or token.dep_ == "npadvmod"
            else None
        )
    while token.dep_ in ("compound", "appos", "nmod") and token.i != token.head.i:
        token = token.head  # "the state news agency SKA reported"
    verb = token.head
    own = bool(
        quotation.source
    )  # a cue without a source of its own may be the outlet's: "..., reports the agency Interfax"
    if token.dep_ == "nsubj" and verb.lemma_.lower() in word_set("report") and not (own and _is_cue(verb, quotation)):
        return REPORTED  # ", Interfax reported", "reports Interfax"
    after = doc[end] if end < len(doc) else None
    if after is not None and after.tag_ in ("VBD", "VBZ", "VBN") and after.lemma_.lower() in word_set("report"):
        # Where the parser takes the outlet for more of the sentence before: "..., The New York Times reported, citing"
        return None if own and _is_cue(after, quotation) else REPORTED
    reporting = before[-1] if before else None
    if reporting is not None and reporting.lower_ in ("reports", "reported", "writes", "wrote"):
        return None if own and _is_cue(reporting, quotation) else REPORTED
    return None


def _describes(token: Token) -> bool:
    """Whether a word before an outlet's name only describes it: "the Russian news agency" Interfax."""
    return (
        token.dep_ in _MODIFIERS
        or token.pos_ in ("DET", "ADJ")
        or token.text == "-"
        or fold_noun(token) in body_nouns()
    )


def _phrase(token: Token, sentence: Tokens) -> Tokens:
    start = token.i
    while start > sentence.start and token.doc[start - 1].dep_ in _MODIFIERS and token.doc[start - 1].head.i <= token.i:
        start -= 1
    return token.doc[start : token.i + 1]


def _as_printed(start: int, end: int, reading: Reading) -> str:
    return name_of_phrase(reading.doc[start:end])


def _is_cue(token: Token, quotation: Quotation) -> bool:
    return any(span.start <= token.idx < span.end for span in quotation.cue)
