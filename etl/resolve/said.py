"""Which expression dates the saying: not the day of what is said, and not that of another verb."""

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import Quotation, Reason, SayingDate, Span
from etl.resolve.counted import COUNTED, begins_clause, counted
from etl.resolve.date import EXPRESSION, Tense, date_of
from etl.resolve.lists import singular, word_set, words
from etl.resolve.reading import Reading
from schema.enums import Stage

_CLIMB = 12
_FILLING = ("ADP", "DET", "ADV", "PUNCT", "SPACE")


@dataclass(frozen=True, slots=True)
class Dated:
    """A saying's date and why this expression was taken for it."""

    date: SayingDate
    reason: Reason


def dated(quotation: Quotation, reading: Reading) -> Dated | None:
    """The expression that dates this saying and what it means, None when nothing does.

    Without a day of publication the expression stands alone.
    """
    cue = [token for span in quotation.cue for token in reading.tokens(span)]
    if not cue or cue[0].lemma_.lower() in word_set("cite"):
        return None  # "The paper said so on Sunday, citing a worker": the paper's day
    return _dated(cue, (*quotation.content, *quotation.source), reading)


def dated_by(verb: Token, quotation: Quotation, reading: Reading) -> Dated | None:
    """The same for another verb of its sentence: "..., BELTA reported on Monday"."""
    return _dated([verb], (*quotation.content, *quotation.source), reading)


def dated_within(verb: Token, reading: Reading) -> Dated | None:
    """The same for a reporting verb within the content: "Roe said on Monday that ...", according to the agency."""
    told = [child for child in verb.children if child.dep_ == "ccomp"]
    first = min((child.left_edge.i for child in told if child.i > verb.i), default=None)
    if first is None:
        return None
    last = reading.doc[verb.sent.end - 1]
    return _dated([verb], [Span(reading.doc[first].idx, last.idx + len(last))], reading)


def _dated(cue: Sequence[Token], barred: Sequence[Span], reading: Reading) -> Dated | None:
    for expression, tokens in _expressions(reading.sentence(cue[0]), cue, barred, reading):
        rule = _rule(tokens, cue) or _rule_after(tokens, cue, barred, reading)
        if rule is None:
            continue
        text = expression.of(reading.text)
        anchor = reading.anchor
        on = date_of(text, anchor, _tense(cue)) if anchor else None
        detail = f"{text!r} read on {anchor}" if anchor else f"{text!r}, no anchor"
        return Dated(SayingDate(expression, on, anchor=reading.read_against), Reason(Stage.DATE, rule, None, detail))
    return _at_a_count(cue, barred, reading)


def _at_a_count(cue: Sequence[Token], barred: Sequence[Span], reading: Reading) -> Dated | None:
    """ "She left on Tuesday, a day after Britain said ...": dated by another day of the article."""
    sent = reading.sentence(cue[0])
    for match in COUNTED.finditer(reading.text, sent.start_char, sent.end_char):
        span = Span(match.start(), match.end())
        tokens = reading.tokens(span)
        if any(span.touches(other) for other in barred) or not len(tokens):
            continue
        of_clause = begins_clause(match) and tokens[-1].head.i in {token.i for token in cue}
        if not of_clause and (begins_clause(match) or _rule(tokens, cue) is None):
            continue
        on = counted(match, tokens, reading)
        detail = f"{match.group()!r} of {on.value}" if on else f"{match.group()!r}, no day to count from"
        return Dated(
            SayingDate(span, on, anchor=reading.read_against),
            Reason(Stage.DATE, "counted from another day", None, detail),
        )
    return None


def _expressions(
    sent: Tokens, cue: Sequence[Token], barred: Sequence[Span], reading: Reading
) -> list[tuple[Span, Tokens]]:
    """Date expressions of the sentence outside the barred spans (content, source), nearest to the cue first."""
    found = []
    first, last = cue[0].idx, cue[-1].idx + len(cue[-1])
    for match in EXPRESSION.finditer(reading.text, sent.start_char, sent.end_char):
        span = Span(match.start(), match.end())
        if any(span.touches(other) for other in barred) or span.start < reading.dateline_end:
            continue  # a dateline alone dates nothing
        tokens = reading.tokens(span)
        if len(tokens):
            found.append((span, tokens))
    return sorted(found, key=lambda one: min(abs(one[0].start - last), abs(first - one[0].end)))


def _rule(tokens: Tokens, cue: Sequence[Token]) -> str | None:
    """How the expression hangs on the cue, None when it does not."""
    places = {token.i for token in cue}
    if _beside(tokens, cue):
        return "beside the reporting words"
    token = tokens.root
    for _ in range(_CLIMB):
        if token.i in places:
            return None if _tells_of_earlier(tokens, cue) else "depends on the reporting words"
        if token.pos_ in ("VERB", "AUX"):
            if _is_main_verb_of(token, cue):
                return "depends on the verb that the reporting words complete"
            if token.dep_ not in ("acl", "amod", "relcl") or not _is_occasion(token.head) or _is_earlier(token):
                return None  # the day of another verb
        if token.head.i == token.i:
            return None
        token = token.head
    return None


def _rule_after(tokens: Tokens, cue: Sequence[Token], barred: Sequence[Span], reading: Reading) -> str | None:
    """ "defended the search for the missing on Friday": right after the thing that the reporting words are about."""
    for span in barred:
        words = reading.tokens(span)
        if len(words) and words.end == tokens.start and words.start == cue[-1].i + 1:
            finite = any(token.tag_ in ("VBD", "VBZ", "VBP", "MD", "IN") and token.pos_ != "ADP" for token in words)
            return None if finite else "right after what it is about"
    return None


def _beside(tokens: Tokens, cue: Sequence[Token]) -> bool:
    """ "said on Monday", "Monday said": nothing but small words between."""
    doc = tokens.doc
    first, last = cue[0].i, cue[-1].i
    between = doc[last + 1 : tokens.start] if tokens.start > last else doc[tokens.end : first]
    # "left on Monday, he said": a comma before the cue closes another clause.
    if tokens.start < first and any(token.is_punct for token in between):
        return False
    return len(between) <= 2 and all(token.pos_ in _FILLING and not token.is_quote for token in between)


def _is_main_verb_of(verb: Token, cue: Sequence[Token]) -> bool:
    """ "welcomed the offer on Monday, saying ...": the cue completes the verb that is dated."""
    for token in cue:
        if token.dep_ in ("advcl", "xcomp", "conj", "pcomp") and not any(
            child.dep_ in ("nsubj", "nsubjpass") for child in token.children
        ):
            head = token.head
            if head.i == verb.i or (head.pos_ == "ADP" and head.head.i == verb.i):
                return True
    return False


def _is_earlier(verb: Token) -> bool:
    """ "she told the chamber, in words she had used on Wednesday": another day's words."""
    return any(child.dep_ == "aux" and child.lower_ in ("had", "'d", "’d") for child in verb.children)


def _tells_of_earlier(tokens: Tokens, cue: Sequence[Token]) -> bool:
    """The same where the parser hangs the day on the reporting words all the same."""
    return any(token.pos_ == "VERB" and _is_earlier(token) for token in tokens.doc[cue[-1].i + 1 : tokens.start])


def _is_occasion(token: Token) -> bool:
    """ "In an article published on Monday, he wrote": the day of the thing is the day of its words."""
    return singular(token.lemma_) in words("artefacts.en.txt") or token.lemma_.lower() in word_set("occasions")


def _tense(cue: Sequence[Token]) -> Tense:
    for token in cue:
        if token.lower_ in word_set("future") or any(
            child.lower_ in word_set("future") and child.dep_ == "aux" for child in token.children
        ):
            return "future"
    return "past"
