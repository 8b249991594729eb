"""The source behind the one that words are ascribed to: whom the outlet cites, whom the speaker quotes."""

from dataclasses import dataclass, replace

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import Quotation, Span
from etl.resolve.citing import around, cited, citing_before
from etl.resolve.lists import word_set
from etl.resolve.memory import Who, Whose
from etl.resolve.reading import Reading
from etl.resolve.speakers import name_meant
from schema.enums import StatementKind

_MARKS = '"“”„«»‘'


@dataclass(frozen=True, slots=True)
class Deeper:
    """A source behind the one that the words are ascribed to. verb: its own reporting verb, where the text has one.

    phrase: how the words name it, where they do: then the verb is its cue and what it said begins after that.
    cited: how the outlet names whom it cites, where it does. passed_on: whether the one before it passed the words on.
    """

    speaker: Who
    rule: str
    verb: Token | None = None
    phrase: Tokens | None = None
    cited: Tokens | None = None
    passed_on: bool = True


def narrowed(quotation: Quotation, deeper: Deeper | None, reading: Reading) -> Quotation:
    """The quotation as its deepest source's own: "Troops had arrived, Volfovich said, BELTA reported" without BELTA.

    Of one that an outlet cites, source and cue are "citing" and whom. The same quotation where neither is so, or
    nothing would be left of the words.
    """
    if deeper is not None and deeper.cited is not None:
        whom = deeper.cited
        cue = citing_before(whom, reading)
        return replace(
            quotation,
            source=(Span(whom.start_char, whom.end_char),),
            cue=(Span(cue.start_char, cue.end_char),) if cue is not None else quotation.cue,
        )
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
    for phrase in cited(around(quotation, reading), quotation, reading):
        found = whose(phrase)
        if found.party is not None and found.party != source.party:
            return Deeper(found, "cited by the outlet", cited=phrase)
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
    if called := _called_within(tokens, source, reading, whose):
        return called
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
    if found.kind is not None and found.kind.is_outlet:
        return None  # "The article said that crime rose, according to the union": it passed on what the union says
    return Deeper(found, "told within the words", verb, phrase) if found.party not in (None, source.party) else None


def _called_within(tokens: Tokens, source: Who, reading: Reading, whose: Whose) -> Deeper | None:
    """ "He raised what Price called the “deeply troubling” gathering": the words are Price's, nobody passed them on."""
    name = reading.name_at.get(tokens[1].i) if len(tokens) > 2 and tokens[0].lower_ == "what" else None
    if name is None:
        return None
    phrase = reading.doc[reading.names[name].start : reading.names[name].end]
    verb = reading.doc[phrase.end] if phrase.end < tokens.end - 1 else None
    if verb is None or verb.lemma_.lower() not in word_set("name verbs"):
        return None
    found = whose(phrase)
    if found.party in (None, source.party):
        return None
    return Deeper(found, "called so within the words", verb, phrase, passed_on=False)


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
