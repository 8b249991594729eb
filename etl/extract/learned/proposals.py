"""What the attribution model found on a doc -> proposals as the rules make them, with the quotations they are made of.

Adds what marked news has no cue for, and what print shows: turns of dialogue beside a quotation, and signatures.
"""

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from etl.extract.borders import dateline_of
from etl.extract.cues import verbs_of_saying
from etl.extract.direct import implied, signed
from etl.extract.learned.found import Found, attributions
from etl.extract.page import Page, Proposal, tidy, tokens_of, without
from etl.records import Span

RULE = "attribution model"

MARKS = '"“”„«»‘'
CLOSING = frozenset({'"', "”", "’", "''", "»"})

# Cues with somebody told between them and what was said, and with the one whose words they are
HEARD = frozenset({"tell", "inform", "assure", "remind", "warn", "notify"})
CITED = frozenset({"cite", "quote"})
LONGEST_HEARER = 14
"""Words of the one told or cited."""
MOST_SHARING = 3
"""Verbs of a row that share a subject."""
SOMEBODY = frozenset({"he", "she", "they", "it", "who"})
LEAST_LEFT = 2
"""Words of a content that nothing is taken from."""


def by_model(page: Page) -> list[Proposal]:
    """The attributions of the doc in text order; those within a content are its inner ones."""
    found = attributions(page.doc)
    dateline = dateline_of(page.text)
    made = {number: one for number, each in enumerate(found) if (one := proposal(page, each, dateline)) is not None}
    for number in sorted(made, reverse=True):
        outer = found[number].outer
        if outer is not None and outer in made and is_told(page, made[number]):
            made[outer] = replace(made[outer], inner=(made[number], *made[outer].inner))
    top = [one for number, one in made.items() if found[number].outer is None]
    return sorted([*top, *uncued(page, top)], key=lambda one: (one.content[0], one.cue))


def is_told(page: Page, one: Proposal) -> bool:
    """Whether somebody is said to have said it: what is within a content is no speech of another where he only meant,
    decided or promised it, or is not named. She said | he had always believed the road was shut.
    """
    return bool(one.source) and one.lemma in verbs_of_saying() and page.doc[one.at].pos_ == "VERB"


def proposal(page: Page, found: Found, dateline: Span | None) -> Proposal | None:
    """One attribution of the model in characters; None where nothing of its content is left."""
    content = [with_marks(page, within_line(page, span)) for span in spans(page, found.content)]
    if dateline is not None:
        content = without(content, [dateline])
    whole = tidy(page.text, content)
    if not whole:
        return None
    head = head_of([page.doc[i] for begin, end in found.cue for i in range(begin, end)])
    whole, named = less_hearer(page, whole, head)
    whole = tuple(less_loose_end(page, span) for span in whole)
    named = named or tidy(page.text, [less_marks(page.text, span) for span in spans(page, found.source)])
    cue = tuple(spans(page, found.cue))
    covered = tuple(
        number
        for number, quote in enumerate(page.quotes)
        if any(span.start <= quote.inner_start and quote.inner_end <= span.end for span in whole)
    )
    return Proposal(
        whole,
        named or own_subject(page, head, (*whole, *cue)),
        cue,
        RULE,
        head.lemma_.lower(),
        head.i,
        found.confidence,
        quotes=covered,
    )


def less_hearer(page: Page, content: tuple[Span, ...], head: Token) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The content from "that" on, where whoever is told or cited got into it; and the one cited, whose words they are.

    told | Norwire that the ferry was late; citing | an adviser of the mayor, that the vote was lost
    """
    lemma = head.lemma_.lower()
    if lemma not in HEARD and lemma not in CITED:
        return content, ()
    tokens = tokens_of(page, content[0])
    for i in tokens[1:LONGEST_HEARER]:
        token = page.doc[i]
        if token.pos_ in {"VERB", "AUX"} or page.quote_at[i] >= 0:
            break
        if token.lower_ == "that" and token.tag_ == "IN":
            hearer = tidy(page.text, [Span(content[0].start, page.end_of(i - 1))])
            said = (Span(token.idx, content[0].end), *content[1:])
            return said, hearer if lemma in CITED else ()
    # told | her | the road was shut
    for token in (page.doc[i] for i in tokens[:LONGEST_HEARER] if lemma in HEARD):
        if token.dep_ in {"dobj", "dative"} and token.head == head and token.left_edge.i == tokens[0]:
            after = token.right_edge.i + 1
            if after < tokens.stop and not any(word.pos_ in {"VERB", "AUX"} for word in token.subtree):
                return (Span(page.starts[after], content[0].end), *content[1:]), ()
            break
    return content, ()


def own_subject(page: Page, verb: Token, taken: Sequence[Span]) -> tuple[Span, ...]:
    """Who says it where the model saw nobody: the subject of the verb, or of the one it goes on from.

    The minister defended the search and | refused | to resign.
    """
    for _ in range(MOST_SHARING):
        if any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children):
            return ()
        subjects = [child for child in verb.children if child.dep_ == "nsubj"]
        if subjects:
            first = subjects[0]
            named = Span(first.left_edge.idx, page.end_of(first.right_edge.i))
            is_somebody = first.pos_ != "PRON" or first.lower_ in SOMEBODY
            return (named,) if is_somebody and not any(named.touches(span) for span in taken) else ()
        if verb.dep_ not in {"conj", "xcomp"}:
            return ()
        verb = verb.head
    return ()


def less_loose_end(page: Page, span: Span) -> Span:
    """The span without a word that leads to nothing.

    greatly appreciates the gesture | the; “A packer found it,” | she
    """
    tokens = list(tokens_of(page, span))
    kept = len(tokens)
    while kept > LEAST_LEFT:
        last = page.doc[tokens[kept - 1]]
        is_speaker = last.pos_ == "PRON" and last.dep_ == "nsubj" and page.doc[last.i - 1].text in CLOSING
        if last.dep_ not in {"det", "cc"} and not is_speaker:
            break
        kept -= 1
    return span if kept == len(tokens) else Span(span.start, page.end_of(tokens[kept - 1]))


def spans(page: Page, ranges: Sequence[tuple[int, int]]) -> list[Span]:
    """Token ranges in characters."""
    return [Span(page.starts[begin], page.end_of(end - 1)) for begin, end in ranges]


def with_marks(page: Page, span: Span) -> Span:
    """The span with the quotation marks that touch it."""
    start, end = span.start, span.end
    for quote in page.quotes:
        if quote.inner_start == start:
            start = quote.start
        if quote.closed and quote.inner_end == end:
            end = quote.end
    return Span(start, end)


def within_line(page: Page, span: Span) -> Span:
    """A quotation whose closing mark was forgotten ends with its line: “I shall come with a shovel. | Both sides ...

    Not where the next paragraph opens it again.
    """
    for quote in page.quotes:
        if not quote.closed and not quote.goes_on and quote.start <= span.start < quote.end < span.end:
            return Span(span.start, quote.end)
    return span


def less_marks(text: str, span: Span) -> Span:
    """A source without the quotation marks of what stands beside it: Jonas Vik, who leads them, ‘"""
    start, end = span.start, span.end
    while start < end and text[start] in MARKS:
        start += 1
    while end > start and (text[end - 1] in MARKS or text[end - 1].isspace()):
        end -= 1
    return Span(start, end)


def head_of(tokens: Sequence[Token]) -> Token:
    """The word that the others of a cue depend on, a verb where there is one: has repeatedly said -> said."""
    held = {token.i for token in tokens}
    verbs = [token for token in tokens if token.pos_ == "VERB"]
    heads = [token for token in verbs or tokens if token.head.i not in held or token.head == token]
    return (heads or verbs or list(tokens))[0]


def uncued(page: Page, found: Sequence[Proposal]) -> list[Proposal]:
    """Whole quotations that no attribution has: signed by a dash, or going on from the one before."""
    used = {number for one in found for number in one.quotes}
    held = [span for one in found for span in one.content]
    signatures = []
    for number, quote in enumerate(page.quotes):
        whole = Span(quote.start, quote.end)
        if number in used or any(span.touches(whole) for span in held):
            used.add(number)
        elif (one := signed(page, number, quote)) is not None:
            signatures.append(one)
            used.add(number)
    return [*signatures, *implied(page, [*found, *signatures], used)]
