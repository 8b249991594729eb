"""Attributions by rules alone: every reading of every cue is built, weighed by what marked news says of it, and chosen.

What `--fast` reads with, and what a doc is read with that no attribution model has seen.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from etl.extract.according import according
from etl.extract.asides import AROUND_RULE, asides
from etl.extract.borders import bounded, dateline_of
from etl.extract.clauses import clauses
from etl.extract.cues import LEAST_SCORE, weights
from etl.extract.direct import IMPLIED_RULES, SIGNED_RULE, direct
from etl.extract.evidence import evidence
from etl.extract.join import chosen
from etl.extract.page import Page, Proposal

# The page itself shows that these are somebody's words, which the marked news counts do not reward.
MARKED_BY_PRINT = frozenset({*IMPLIED_RULES, SIGNED_RULE})


def by_rules(page: Page) -> list[Proposal]:
    """The attributions in text order; contents neither nest nor overlap."""
    weighed_ones = (weighed(page, proposal) for proposal in proposals(page, weights().promise))
    likely = [one for one in weighed_ones if one.score >= LEAST_SCORE or one.rule in MARKED_BY_PRINT]
    # The vote, she said, “was lost”: the whole sentence goes before the part in marks
    around = {one.at for one in likely if one.rule == AROUND_RULE}
    likely = [one for one in likely if one.rule == AROUND_RULE or one.at not in around]
    return chosen(likely)


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
