"""Attributions without a verb of saying: according to X; in X's words; a transcript's NAME: words.

Each names its source itself; the content is the clause around it.
"""

from collections.abc import Callable, Iterator

from spacy.tokens import Token

from etl.extract.page import Page, Proposal, span_of, subtree, tidy, with_quotes, without
from etl.extract.sources import phrase

Weigh = Callable[[str, str], float]


def according(page: Page, weigh: Weigh) -> Iterator[Proposal]:
    """The vote was lost, according to Ms Ortiz. / According to Ms Ortiz, the vote was lost."""
    for token in page.doc:
        if token.lower_ != "according" or token.i + 1 >= len(page.doc) or page.doc[token.i + 1].lower_ != "to":
            continue
        score = weigh("according to", "according")
        to = page.doc[token.i + 1]
        noun = next((child for child in to.children if child.dep_ == "pobj"), None)
        if noun is None:
            noun = next((child for child in token.children if child.dep_ == "pobj"), None)
        if noun is None or not score:
            continue
        source = phrase(page, noun)
        cue = span_of(page, [token.i, to.i])
        first = token.i
        if first > token.sent.start + 1 and page.doc[first - 1].pos_ == "ADV" and page.doc[first - 2].text == ",":
            # The vote was lost, always according to Ms Ortiz.
            first -= 1
        bar = set(range(first, noun.right_edge.i + 1))
        content = clause_around(page, token, bar)
        spans = without(with_quotes(page, list(span_of(page, content)), token.i), [*source, *cue])
        pieces = tidy(page.text, spans)
        if pieces and source:
            yield Proposal(pieces, source, cue, "according to", "according", token.i, score)


def clause_around(page: Page, token: Token, bar: set[int]) -> set[int]:
    """The tokens of the clause the phrase belongs to, less the phrase; the whole sentence where it begins it."""
    sentence = token.sent
    begins = all(page.doc[i].is_punct or page.doc[i].is_space for i in range(sentence.start, token.i))
    head = token.head
    if begins or head == token:
        return {i for i in range(sentence.start, sentence.end) if i not in bar}
    while head.pos_ not in {"VERB", "AUX"} and head.head != head:
        head = head.head
    tokens = set(subtree(head))
    if head.dep_ in {"relcl", "acl"}:
        return {i for i in tokens if i not in bar}
    while (
        head.dep_ in {"conj", "ccomp", "advcl"} and head.head != head and head.head.i < head.i and head.dep_ == "advcl"
    ):
        head = head.head
        tokens |= set(subtree(head))
    return {i for i in tokens if i not in bar}
