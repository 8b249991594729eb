"""Doc -> quotations: who said it, with which words, what. One function; what finds them may be replaced."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc

from etl.extract.according import according
from etl.extract.asides import AROUND_RULE, asides
from etl.extract.borders import bounded, dateline_of
from etl.extract.clauses import clauses
from etl.extract.cues import LEAST_SCORE, act_of, weights
from etl.extract.direct import IMPLIED_RULES, SIGNED_RULE, direct
from etl.extract.evidence import evidence
from etl.extract.fitness import unfitness
from etl.extract.join import chosen
from etl.extract.kind import kind_of
from etl.extract.page import Page, Proposal, page_of
from etl.records import Quotation, Reason, Span
from schema.enums import Stage

# The page itself shows that these are somebody's words, which the marked news counts do not reward.
MARKED_BY_PRINT = frozenset({*IMPLIED_RULES, SIGNED_RULE})

__all__ = ["quotations"]


def quotations(doc: Doc) -> list[Quotation]:
    """The attributions of an article in text order, speech and attitude; contents neither nest nor overlap.

    Contents include the quotation marks that touch them. confidence is the share of such proposals that were right in
    marked news (data/cue_verbs.en.txt). Nothing is left out for being furniture or trivial: unfit says so instead.
    """
    page = page_of(doc)
    weighed_ones = (weighed(page, proposal) for proposal in proposals(page, weights().promise))
    likely = [one for one in weighed_ones if one.score >= LEAST_SCORE or one.rule in MARKED_BY_PRINT]
    # The vote, she said, “was lost”: the whole sentence goes before the part in marks
    around = {one.at for one in likely if one.rule == AROUND_RULE}
    likely = [one for one in likely if one.rule == AROUND_RULE or one.at not in around]
    return [quotation(page, proposal) for proposal in chosen(likely)]


def proposals(page: Page, promise: Callable[[str, str], float]) -> Iterator[Proposal]:
    """Every reading of every cue, unweighed; promise: (construction, lemma) -> 0 where it is not worth building."""
    dateline = dateline_of(page.text)
    seen = set()
    for proposal in (
        *direct(page, promise),
        *according(page, promise),
        *asides(page, promise),
        *clauses(page, promise),
    ):
        whole = bounded(page, proposal, dateline)
        if whole is None or (same := (whole.at, whole.rule, whole.content, whole.source)) in seen:
            continue
        seen.add(same)
        yield whole


def weighed(page: Page, proposal: Proposal) -> Proposal:
    """The proposal with its score: cue, construction and the facts around them."""
    return replace(proposal, score=weights().score(proposal.rule, proposal.lemma, evidence(page, proposal)))


def quotation(page: Page, proposal: Proposal) -> Quotation:
    """The record of a proposal that was chosen."""
    kind = kind_of(page.quotes, proposal.content)
    score = round(proposal.score, 3)
    return Quotation(
        content=proposal.content,
        source=proposal.source,
        cue=proposal.cue,
        kind=kind,
        act=act_of(proposal.lemma),
        basis=proposal.basis,
        confidence=score,
        rule=proposal.rule,
        reasons=(Reason(Stage.EXTRACT, proposal.rule, score, f"cue {proposal.lemma!r}"),),
        unfit=unfitness(page, proposal, kind),
        lead=lead_of(page, proposal.content[0]),
    )


def lead_of(page: Page, piece: Span) -> Span | None:
    """The conjunction a content begins with: that the vote was lost, but not that day was cold."""
    token = page.doc[page.token_over(piece.start)]
    is_lead = token.idx == piece.start and token.lower_ == "that" and token.tag_ == "IN" and token.dep_ == "mark"
    return Span(token.idx, token.idx + len(token)) if is_lead else None
