"""The way of the words: who relayed them between the deepest source and the outlet that printed them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import ChainLink, Quotation, Reason, Span
from etl.resolve.bodies import Kind, body_nouns
from etl.resolve.lists import is_office, word_set
from etl.resolve.memory import Memory, Who, Whose
from etl.resolve.phrases import name_of_phrase
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.speakers import fold_noun, name_meant, who
from schema.enums import ReportingRole, Stage, StatementKind

_CITING = (
    ("citing",),
    ("cited",),
    ("cites",),
    ("quoting",),
    ("quoted",),
    ("quotes",),
    ("based", "on"),
    ("referring", "to"),
    ("refers", "to"),
    ("attributing",),
)
_MARKS = '"“”„«»‘'
_MODIFIERS = ("det", "amod", "compound", "nmod", "poss")


@dataclass(frozen=True, slots=True)
class Relay:
    """A link with where it stands on the way: 0 heard it from the speaker, larger numbers later."""

    step: int
    link: ChainLink


@dataclass(frozen=True, slots=True)
class Deeper:
    """A source behind the one that the words are ascribed to. verb: its own reporting verb, where the text has one.

    phrase: how the words name it, where they do: then the verb is its cue and what it said begins after that.
    """

    speaker: Who
    rule: str
    verb: Token | None = None
    phrase: Tokens | None = None


def narrowed(quotation: Quotation, deeper: Deeper | None, reading: Reading) -> Quotation:
    """The quotation as its deepest source's own: "Troops had arrived, Volfovich said, BELTA reported" without BELTA.

    The same quotation where the words do not name their deeper source, or nothing would be left of them.
    """
    if deeper is None or deeper.verb is None or deeper.phrase is None:
        return quotation
    doc, verb, last = reading.doc, deeper.verb, quotation.content[-1].end
    clause = next((child for child in verb.children if child.dep_ == "ccomp" and child.i > verb.i), None)
    start = doc[clause.left_edge.i if clause is not None and clause.left_edge.i > verb.i else verb.i + 1].idx
    if start >= last or not any(character.isalnum() for character in doc.text[start:last]):
        return quotation
    words = doc.text[start:last]
    if not any(mark in words for mark in _MARKS):
        kind = StatementKind.INDIRECT
    elif words[0] in _MARKS or doc[verb.i - 1].is_quote:
        kind = StatementKind.DIRECT
    else:
        kind = StatementKind.MIXED
    return replace(
        quotation,
        content=(Span(start, last),),
        source=(Span(deeper.phrase.start_char, deeper.phrase.end_char),),
        cue=(Span(verb.idx, verb.idx + len(verb)),),
        kind=kind,
    )


def deeper_source(quotation: Quotation, source: Who, reading: Reading, whose: Whose) -> Deeper | None:
    """The source that an outlet cites for what it reports, None when it cites nobody.

    "The paper reported, based on a security official, that ..." · "Referring to sources, the station said ..."
    """
    if source.kind is None or not source.kind.is_outlet:
        return None
    for phrase in _cited(_around(quotation, reading), quotation, reading):
        found = whose(phrase)
        if found.party is not None and found.party != source.party:
            return Deeper(found, "cited by the outlet")
    return None


def told_within(quotation: Quotation, source: Who, reading: Reading, whose: Whose) -> Deeper | None:
    """The source that the words themselves give: "Blinken stressed that ...", said Price.

    Only where the content is one clause whose verb reports, with its subject before it; unless an outlet passes it on,
    that is a name and most words stand after the verb.
    """
    tokens = reading.tokens(quotation.content[0])
    if not len(tokens) or not (quotation.source or quotation.cue):
        return None
    for token in tokens:
        if token.is_quote and (deeper := _told_before_quote(token, source, reading, whose)):
            return deeper
    if tokens[0].is_quote:
        return None
    verb = tokens.root
    if verb.lemma_.lower() not in word_set("speech"):
        return None
    if len(quotation.content) > 1 or any(child.dep_ in ("neg", "aux") for child in verb.children):
        return None
    outlet = source.kind is not None and source.kind.is_outlet
    subject = next((child for child in verb.lefts if child.dep_ == "nsubj"), None)
    if subject is None or subject.i < tokens.start:
        name = _name_before(verb, tokens, reading) if outlet else None
        found = whose(reading.doc[reading.names[name].start : reading.names[name].end]) if name is not None else None
        if found is None or found.party is None or name is None:
            return None
        return Deeper(
            found, "told within the words", verb, reading.doc[reading.names[name].start : reading.names[name].end]
        )
    phrase = reading.doc[max(subject.left_edge.i, tokens.start) : subject.right_edge.i + 1]
    # An outlet passes on what anybody says; of others only a name is taken for the deeper source.
    if not outlet and name_meant(phrase, subject, reading) is None:
        return None
    after = reading.doc[verb.i + 1] if verb.i + 1 < tokens.end else None
    complement = any(child.dep_ == "ccomp" and child.i > verb.i for child in verb.children)
    if after is None or not (after.is_quote or complement):
        return None
    if not outlet and (tokens.end - verb.i) * 2 < len(tokens):
        return None
    found = whose(phrase)
    return Deeper(found, "told within the words", verb, phrase) if found.party not in (None, source.party) else None


def _name_before(verb: Token, tokens: Tokens, reading: Reading) -> int | None:
    """The person named right before the first verb, which the parser took for the tail of an apposition.

    "In the capital, the board's secretary, Dana Ortiz, said boats had arrived, the agency reported."
    """
    doc = tokens.doc
    at = verb.i - 2 if verb.i > tokens.start and doc[verb.i - 1].text == "," else verb.i - 1
    name = reading.name_at.get(at) if at >= tokens.start else None
    if name is None or reading.person(name) is None:
        return None
    return None if any(token.pos_ in ("VERB", "AUX") for token in doc[tokens.start : verb.i]) else name


def _told_before_quote(quote: Token, source: Who, reading: Reading, whose: Whose) -> Deeper | None:
    """'Blinken "stressed the ...," said Price': the quoted words begin with the verb of a name or "he" before them."""
    verb = reading.doc[quote.i + 1] if quote.i + 1 < len(reading.doc) else None
    if verb is None or not quote.i or not source.party or not verb.tag_.startswith("VB"):
        return None
    if verb.lemma_.lower() not in word_set("speech"):
        return None
    name = reading.name_at.get(quote.i - 1)
    before = reading.doc[quote.i - 1]
    if name is not None:
        phrase = reading.doc[reading.names[name].start : reading.names[name].end]
    elif before.lower_ in ("he", "she"):
        phrase = reading.doc[before.i : before.i + 1]
    else:
        return None
    found = whose(phrase)
    return Deeper(found, "told within the words", verb, phrase) if found.party not in (None, source.party) else None


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


def relays(
    quotation: Quotation, reading: Reading, register: Register, memory: Memory, bounds: Sequence[Span] | None = None
) -> Iterator[Relay]:
    """Whom the sentence of the cue names as having passed the words on, source and content left out.

    bounds: the content of the quotation around this one, None where there is none; what stands outside of it passed on
    that one's words.
    """
    sentence = _around(quotation, reading)
    own = [*quotation.source, *quotation.content]
    taken: set[int] = set()
    if (last := credited(quotation.content, reading)) is not None:
        one = reading.names[last]
        credit = register.body(reading.body(last), one.name)
        yield Relay(2, ChainLink(ReportingRole.RELAYER, _as_printed(one.start, one.end, reading), credit))
    for i in reading.names_in(sentence.start, sentence.end):
        one = reading.names[i]
        where = reading.span(one)
        if any(where.touches(span) for span in own) or not (one.kind.is_outlet or one.kind is Kind.PLATFORM):
            continue
        if not _within(where, bounds):
            continue
        step = _step(one.start, one.end, one.kind, quotation, reading)
        if step is not None:
            taken.update(range(max(one.start - 3, sentence.start), one.end))
            key = None if one.kind is Kind.PLATFORM else register.body(reading.body(i), one.name)
            yield Relay(step, ChainLink(ReportingRole.RELAYER, _as_printed(one.start, one.end, reading), key))
    for token in sentence:
        # "told the newspaper", "state media reported"
        at = Span(token.idx, token.idx + len(token))
        if (
            token.i in reading.name_at
            or token.i in taken
            or any(at.touches(span) for span in own)
            or not _within(at, bounds)
            or token.pos_ not in ("NOUN", "PROPN")
        ):
            continue
        phrase = _phrase(token, sentence)
        if (
            token.lower_ in word_set("media")
            and token.dep_ != "compound"
            and not any(word.i in reading.name_at for word in phrase)
        ):
            step = _step(phrase.start, token.i + 1, Kind.OUTLET, quotation, reading)
            if step is not None:
                name = name_of_phrase(phrase)
                known = who(phrase, reading, register, memory) if phrase[0].lower_ == "the" else None
                outlet = known.party if known is not None and known.kind is not None and known.kind.is_outlet else None
                yield Relay(step, ChainLink(ReportingRole.RELAYER, name, outlet or register.unnamed(name)))
        elif (
            phrase[0].lower_ == "the"
            and "outlet" in body_nouns().get(fold_noun(token), ())
            and token.dep_ in ("dobj", "pobj", "dative", "nsubj")
        ):
            step = _step(token.i, token.i + 1, Kind.OUTLET, quotation, reading)
            if (
                step is not None
                and (found := who(phrase, reading, register, memory)).kind is not None
                and found.kind.is_outlet
            ):
                yield Relay(step, ChainLink(ReportingRole.RELAYER, name_of_phrase(phrase), found.party))


def _within(span: Span, bounds: Sequence[Span] | None) -> bool:
    return bounds is None or any(piece.covers(span) for piece in bounds)


def _step(start: int, end: int, kind: Kind, quotation: Quotation, reading: Reading) -> int | None:
    """Where an outlet's name stands on the way of the words, None when it has no part in it."""
    doc = reading.doc
    token = doc[start:end].root
    before = list(doc[max(0, start - 7) : start])
    while before and _describes(before[-1]):
        before.pop()
    if len(before) > 1 and [word.lower_ for word in before[-2:]] == ["according", "to"]:
        return 2  # "..., according to the BELTA news agency"
    last = before[-1] if before else None
    if last is not None and (last.lemma_.lower() in word_set("tell")):
        return 0  # "told Reuters"
    if last is not None and last.lower_ in ("to", "with", "on", "for", "in", "via", "by", "at"):
        verbs = [word.lemma_.lower() for word in before[:-1]]
        if last.lower_ == "by":
            return 1 if any(verb in word_set("carry") for verb in verbs[-3:]) else None
        if any(verb in word_set("convey") for verb in verbs) or _is_cue(last.head, quotation):
            return 0  # "in an interview with", "in a statement to", "wrote on"
        return None
    if kind is Kind.PLATFORM:
        return (
            0
            if doc[end : end + 1].text in ("post", "message", "video", "account") or token.dep_ == "npadvmod"
            else None
        )
    verb = token.head
    while verb.dep_ in ("compound", "appos", "nmod") and verb.i != verb.head.i:
        verb, token = verb.head, verb
    own = bool(
        quotation.source
    )  # a cue without a source of its own may be the outlet's: "..., reports the agency Interfax"
    if token.dep_ == "nsubj" and verb.lemma_.lower() in word_set("report") and not (own and _is_cue(verb, quotation)):
        return 2  # ", Interfax reported", "reports Interfax"
    reporting = before[-1] if before else None
    if reporting is not None and reporting.lower_ in ("reports", "reported", "writes", "wrote"):
        return None if own and _is_cue(reporting, quotation) else 2
    return None


def _describes(token: Token) -> bool:
    """Whether a word before an outlet's name only describes it: "the Russian news agency" Interfax."""
    return (
        token.dep_ in _MODIFIERS
        or token.pos_ in ("DET", "ADJ")
        or token.text == "-"
        or fold_noun(token) in body_nouns()
    )


def _cited(sentence: Tokens, quotation: Quotation, reading: Reading) -> Iterator[Tokens]:
    """Noun phrases after "citing", "based on", "referring to" outside the content."""
    doc = reading.doc
    for token in sentence:
        for form in _CITING:
            end = token.i + len(form)
            if tuple(word.lower_ for word in doc[token.i : end]) != form or any(
                Span(token.idx, token.idx + 1).touches(span) for span in quotation.content
            ):
                continue
            stop = end
            while (
                stop < sentence.end
                and not (doc[stop].is_punct and doc[stop].text != "-")
                and doc[stop].lower_ not in ("that", "said", "reported")
            ):
                stop += 1
            if stop + 1 < sentence.end and doc[stop].text == "," and is_office(doc[stop - 1].text):
                # "citing its chairwoman, Una Fell"
                name = reading.name_at.get(stop + 1)
                if name is not None and reading.person(name) is not None:
                    stop = reading.names[name].end
            if stop > end and not any(Span(doc[end].idx, doc[end].idx + 1).touches(span) for span in quotation.content):
                yield doc[end:stop]


def _around(quotation: Quotation, reading: Reading) -> Tokens:
    """The sentence of the cue, else of the source, else of the content."""
    for spans in (quotation.cue, quotation.source, quotation.content):
        for span in spans:
            tokens = reading.tokens(span)
            if len(tokens):
                return tokens[0].sent if reading.doc.has_annotation("SENT_START") else reading.doc[:]
    return reading.doc[0:0]


def _phrase(token: Token, sentence: Tokens) -> Tokens:
    start = token.i
    while start > sentence.start and token.doc[start - 1].dep_ in _MODIFIERS and token.doc[start - 1].head.i <= token.i:
        start -= 1
    return token.doc[start : token.i + 1]


def _as_printed(start: int, end: int, reading: Reading) -> str:
    return name_of_phrase(reading.doc[start:end])


def _is_cue(token: Token, quotation: Quotation) -> bool:
    return any(span.start <= token.idx < span.end for span in quotation.cue)


def enclosing(index: int, quotations: Sequence[Quotation]) -> list[int]:
    """Indices of the quotations whose content holds this one's content and reporting words, the nearest first."""
    inner = quotations[index]
    inner_words = (*inner.content, *(inner.cue or inner.source))
    found = []
    for j, outer in enumerate(quotations):
        if (
            j == index
            or outer.content[0].start > inner.content[0].start
            or outer.content[-1].end < inner.content[-1].end
        ):
            continue
        if outer.source and all(any(span.covers(word) for span in outer.content) for word in inner_words):
            found.append((sum(span.end - span.start for span in outer.content), j))
    return [j for _, j in sorted(found)]


def in_order(found: Sequence[Relay], speaker: str | None) -> tuple[ChainLink, ...]:
    """The links on the way of the words, nobody twice. The publisher is one where the text names it: "told Norwire"."""
    links: list[ChainLink] = []
    seen = {speaker} - {None}
    for relay in sorted(found, key=lambda one: one.step):
        who_it_is = relay.link.party or relay.link.name.casefold()
        if who_it_is not in seen:
            seen.add(who_it_is)
            links.append(relay.link)
    return tuple(links)


def relayed(rule: str, link: ChainLink) -> Reason:
    """Why somebody is a link of the chain."""
    return Reason(Stage.RESOLVE, "relayer", None, f"{link.name}: {rule}")
