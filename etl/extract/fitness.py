"""Why an attribution of the corpus is no statement of the graph: nothing is said, or not by a speaker, or no clause."""

import re
from collections.abc import Iterator

from spacy.tokens import Token

from etl.extract.asides import AROUND_RULE
from etl.extract.cues import refusals
from etl.extract.learned.proposals import RULE as LEARNED
from etl.extract.page import Page, Proposal
from schema.enums import StatementKind

WORD = re.compile(r"\w+(?:['’]\w+)*")
SAYING = frozenset(
    {"say", "specify", "disclose", "reveal", "comment", "elaborate", "give", "name", "identify", "respond", "explain"}
)
# Would not confirm the report; said of no denial: did not deny it is as silent.
SILENT = frozenset({"confirm", "comment", "elaborate", "respond", "verify", "discuss"})
REFUSED_MATTER = re.compile(
    r"(?:to\s+)?(?:comment|elaborate|answer|respond|discuss|speculate|be\s+named|identif|say|specify|further|immediate)\b",
    re.I,
)
OPEN_MATTER = re.compile(
    r"(?:exactly |precisely )?(?:how|what|which|who|whom|whose|when|where|why|if|whether|much|more)\b", re.I
)
# Stands for something said elsewhere: That was confirmed by Ms Ortiz.
POINTERS = frozenset({"this", "that", "it", "these", "those", "he", "she", "they", "which", "what", "so", "such"})
# Constructions whose content is a clause, whatever the tagger made of its verb.
CLAUSES = frozenset(
    {"that", "clause", "clause before", "sentence before", AROUND_RULE, "whether", "wh", "according to"}
)
# Take a clause and hardly ever a thing: She said a first boat left on Monday, whatever the tagger made of "left".
CLAUSE_VERBS = frozenset({"say", "add", "think", "insist", "believe", "claim", "warn", "note", "argue"})
CLAUSE_START = re.compile(r"(?:that|whether|how|why|if)\b", re.I)
ADJECTIVAL = frozenset({"amod", "compound", "nmod"})
LONGEST_NICKNAME = 3


def unfitness(page: Page, proposal: Proposal, kind: StatementKind) -> str | None:
    """ "refusal", "no clause", "pointer", "scare quotes", "title", or None for a statement."""
    content = " ".join(span.of(page.text) for span in proposal.content)
    if is_refusal(page, proposal, content):
        return "refusal"
    if kind is StatementKind.DIRECT and (not proposal.quotes or proposal.rule == "speaker verb bare quote"):
        # her book “The Long Count” / the so-called “reform”
        words = WORD.findall(content)
        if len(words) <= 6 and all(word[0].isupper() or len(word) <= 3 for word in words) and len(words) >= 2:
            return "title"
        if len(words) <= 1:
            return "scare quotes"
        return None
    if proposal.content[0].of(page.text).lower() in POINTERS and (
        proposal.rule.startswith(("passive", "object")) or (proposal.rule == LEARNED and len(proposal.content) == 1)
    ):
        # This was announced in the hall by Ms Ortiz.
        return "pointer"
    if kind is StatementKind.INDIRECT and not is_clause(proposal, content) and not has_clause(page, proposal):
        # Ms Ortiz rejected the claim. / She asked for dialogue.
        return "no clause"
    if kind is StatementKind.MIXED and is_named_in_marks(page, proposal):
        # Ms Ortiz called him “Lucky Tom” Bell.
        return "nickname"
    if kind is StatementKind.MIXED and is_title_in_marks(page, proposal):
        # She wrote the novel “The Long Count” in a year.
        return "title"
    return None


def is_refusal(page: Page, proposal: Proposal, content: str) -> bool:
    """Whether the cue says that nothing was said: Ms Ortiz declined to comment. / She would not confirm the report."""
    cue = page.doc[proposal.at]
    if proposal.lemma in refusals():
        return bool(REFUSED_MATTER.match(content)) or content.lower().startswith("to ")
    if not any(child.dep_ == "neg" for child in cue.children):
        return False
    if proposal.lemma in SILENT and cue.pos_ == "VERB":
        return True
    return proposal.lemma in SAYING and bool(OPEN_MATTER.match(content))


def is_clause(proposal: Proposal, content: str) -> bool:
    """Whether the construction takes nothing but clauses, or the content begins as one: that the vote was lost."""
    if proposal.rule == LEARNED:
        return proposal.lemma == "accord" or CLAUSE_START.match(content) is not None
    return proposal.rule in CLAUSES


def has_clause(page: Page, proposal: Proposal) -> bool:
    """Whether some verb of the content makes a clause: lost, to lose, losing; not the side expected to lose."""
    tokens = list(tokens_of_content(page, proposal))
    verbs = [token for token in tokens if token.pos_ in {"VERB", "AUX"} and token.dep_ not in ADJECTIVAL]
    participles = [verb for verb in verbs if is_participle(verb) and proposal.lemma not in CLAUSE_VERBS]
    return any(not any(verb == one or one.is_ancestor(verb) for one in participles) for verb in verbs)


def is_participle(verb: Token) -> bool:
    """Whether a verb only describes the noun before it: troops expected to sail; not the claim that they were."""
    finite = any(child.dep_ in {"mark", "nsubj", "nsubjpass", "aux", "auxpass"} for child in verb.children)
    return verb.dep_ == "acl" and verb.tag_ in {"VBN", "VBG"} and not finite


def is_named_in_marks(page: Page, proposal: Proposal) -> bool:
    """Whether the marks in a content without a verb are around a nickname: Tom “Lucky” Bell."""
    if has_clause(page, proposal):
        return False
    tokens = list(tokens_of_content(page, proposal))
    inside = [token for token in tokens if page.quote_at[token.i] >= 0 and token.is_alpha]
    if not inside or len(inside) > LONGEST_NICKNAME or not all(token.is_title for token in inside):
        return False
    last = inside[-1].i + 2
    return last < len(page.doc) and page.doc[last].pos_ == "PROPN"


def is_title_in_marks(page: Page, proposal: Proposal) -> bool:
    """Whether what stands in marks in a content without a verb is the title of a work: the novel “The Long Count”."""
    if has_clause(page, proposal):
        return False
    words = [
        token.text for token in tokens_of_content(page, proposal) if page.quote_at[token.i] >= 0 and token.is_alpha
    ]
    return len(words) >= 2 and all(word[0].isupper() or len(word) <= 3 for word in words) and words[0][0].isupper()


def tokens_of_content(page: Page, proposal: Proposal) -> Iterator[Token]:
    """The tokens of a content."""
    for span in proposal.content:
        for i in range(page.token_over(span.start), page.token_at(span.end)):
            yield page.doc[i]
