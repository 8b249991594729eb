"""Doc -> quotations: who said it, with which words, what. One function, whatever read the doc."""

from spacy.tokens import Doc

from etl.extract.cues import act_of
from etl.extract.fitness import unfitness
from etl.extract.kind import kind_of
from etl.extract.learned.found import is_read
from etl.extract.learned.proposals import by_model
from etl.extract.page import Page, Proposal, page_of
from etl.extract.rules import by_rules
from etl.records import Quotation, Reason, Span
from schema.enums import Stage

__all__ = ["quotations"]


def quotations(doc: Doc) -> list[Quotation]:
    """The attributions of an article in text order, speech and attitude; contents neither nest nor overlap.

    Those that the attribution model left on the doc, and turns of dialogue beside them that have no cue; by rules alone
    where no model has read it. Contents include the quotation marks that touch them. confidence is the share of such
    attributions that were right in marked news. Nothing is left out for being furniture or trivial: unfit says so.
    """
    page = page_of(doc)
    found = by_model(page) if is_read(doc) else by_rules(page)
    return [quotation(page, proposal) for proposal in found]


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
        inner=tuple(quotation(page, one) for one in proposal.inner),
    )


def lead_of(page: Page, piece: Span) -> Span | None:
    """The conjunction a content begins with: that the vote was lost, but not that day was cold."""
    token = page.doc[page.token_over(piece.start)]
    is_lead = token.idx == piece.start and token.lower_ == "that" and token.tag_ == "IN" and token.dep_ == "mark"
    return Span(token.idx, token.idx + len(token)) if is_lead else None
