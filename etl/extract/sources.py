"""Who is the source of a cue: the subject of its verb, found over conjunctions, participles and relative clauses.

It gives phrases of the sentence; whom they mean is the next stage's question.
"""

from spacy.tokens import Token

from etl.extract.page import Page, span_of
from etl.records import Span

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
# A phrase ends where a clause about it begins: Ms Ortiz, who chairs the panel
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "parataxis"})


def subject(verb: Token) -> Token | None:
    """The subject of a verb, its own or the one it shares; None where nobody is named."""
    seen = verb
    for _ in range(8):
        for child in seen.children:
            if child.dep_ in SUBJECTS and child.dep_ not in {"csubj", "csubjpass"}:
                return antecedent(child, seen)
        head = seen.head
        if head == seen:
            return None
        if seen.dep_ in {"conj", "xcomp", "advcl", "pcomp", "prep", "dep", "ccomp"}:
            # Ortiz resigned, saying ... / In announcing ..., Ortiz / Ortiz came and said
            seen = head
        elif seen.dep_ in {"acl", "relcl"}:
            # a statement saying / protesters demanding
            return head
        else:
            return None
    return None


def antecedent(token: Token, verb: Token) -> Token:
    """The noun a relative pronoun stands for; any other token is its own."""
    if token.lower_ in RELATIVE and token.tag_ in {"WP", "WDT", "IN"}:
        clause = verb
        for _ in range(4):
            if clause.dep_ == "relcl":
                return clause.head
            if clause.dep_ not in {"conj", "ccomp", "xcomp", "advcl"}:
                break
            clause = clause.head
    return token


def phrase(page: Page, token: Token, *, bar: frozenset[int] = frozenset()) -> tuple[Span, ...]:
    """The noun phrase of a token: titles, name and apposition, without relative clauses and what lies in bar."""
    start, end = token.left_edge.i, token.i
    for child in token.rights:
        if child.dep_ in CLAUSES:
            break
        if child.dep_ == "punct" or child.is_space:
            continue
        if child.dep_ in {
            "prep",
            "appos",
            "conj",
            "cc",
            "nmod",
            "compound",
            "amod",
            "npadvmod",
            "nummod",
            "case",
            "flat",
        }:
            end = max(end, child.right_edge.i)
        else:
            break
    tokens = [i for i in range(start, end + 1) if i not in bar]
    # a clause nested deeper: the head of the panel that met on Monday
    for i in tokens:
        inner = page.doc[i]
        if i > token.i and inner.dep_ in {"relcl", "advcl"}:
            tokens = [k for k in tokens if k < inner.left_edge.i]
            break
    if not tokens or token.i not in tokens:
        return ()
    # a long apposition after a comma stays; a line break does not
    for i in tokens:
        if i > token.i and "\n" in page.doc[i].text:
            tokens = [k for k in tokens if k < i]
            break
    spans = span_of(page, tokens)
    return spans[:1]
