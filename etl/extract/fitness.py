"""Why an attribution of the corpus is no statement of the graph: it says nothing, or quotes a word, not a speaker."""

import re

from etl.extract.cues import refusals
from etl.extract.page import Page, Proposal
from schema.enums import StatementKind

WORD = re.compile(r"\w+(?:['’]\w+)*")
SAYING = frozenset(
    {"say", "specify", "disclose", "reveal", "comment", "elaborate", "give", "name", "identify", "respond"}
)
REFUSED_MATTER = re.compile(
    r"(?:to\s+)?(?:comment|elaborate|answer|respond|discuss|speculate|be\s+named|identif|say|specify)\b", re.I
)

OPEN_MATTER = re.compile(
    r"(?:exactly |precisely )?(?:how|what|which|who|whom|whose|when|where|why|if|whether|much|more)\b", re.I
)


def unfitness(page: Page, proposal: Proposal, kind: StatementKind) -> str | None:
    """ "refusal", "scare quotes", "title", or None for a statement."""
    content = " ".join(span.of(page.text) for span in proposal.content)
    cue = page.doc[proposal.at]
    negated = any(child.dep_ == "neg" for child in cue.children)
    # Ortiz declined to comment. / Ortiz did not say how many.
    if proposal.lemma in refusals() and REFUSED_MATTER.match(content):
        return "refusal"
    if negated and proposal.lemma in SAYING and OPEN_MATTER.match(content):
        return "refusal"
    words = WORD.findall(content)
    if kind is StatementKind.DIRECT and not proposal.quotes:
        # her book “The Long Count” / the so-called “reform”
        if len(words) <= 6 and all(word[0].isupper() or len(word) <= 3 for word in words) and len(words) >= 2:
            return "title"
        if len(words) <= 1:
            return "scare quotes"
    return None
