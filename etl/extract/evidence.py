"""What speaks for and against a proposal, besides its cue and construction: one short name a fact.

The weights of the facts are a table (data/attribution_evidence.en.txt); this module only observes.
"""

from bisect import bisect_left
from collections.abc import Iterator

from spacy.tokens import Token

from etl.extract.cues import verbs_of_saying
from etl.extract.page import Page, Proposal

FIRST_SECOND = frozenset({"i", "we", "you", "us", "me", "my", "our", "your"})
THIRD = frozenset({"he", "she", "they", "him", "her", "his", "their", "them"})
THINGS = frozenset({"it", "this", "that", "which", "these", "those", "there", "what", "its"})
INDEFINITE = frozenset(
    {"one", "people", "anyone", "someone", "everyone", "nobody", "everybody", "who", "no", "many", "some"}
)
IF = frozenset({"if", "unless", "whether"})


def evidence(page: Page, proposal: Proposal) -> Iterator[str]:
    """The facts about a proposal, each once."""
    doc = page.doc
    cue = doc[proposal.at]
    yield f"source {source_sort(page, proposal)}"
    yield f"cue {cue.tag_}"
    if proposal.lemma in verbs_of_saying():
        yield f"verb of saying: {proposal.rule}"
    for child in cue.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            yield "cue modal"
        elif child.dep_ == "neg":
            yield "cue negated"
        elif child.dep_ == "mark" and child.lower_ in IF:
            yield "cue conditional"
        elif child.dep_ == "aux" and child.tag_ == "TO":
            yield "cue infinitive"
    if cue.dep_ in {"ROOT", "conj", "xcomp", "advcl", "relcl", "acl", "ccomp", "pcomp"}:
        yield f"cue is {cue.dep_}"
    if page.quote_at[proposal.at] >= 0 and not proposal.quotes:
        yield "cue within quotation marks"
    yield f"content of {length_sort(sum(len(span.of(page.text).split()) for span in proposal.content))} words"
    quotes = any(page.quote_at[i] >= 0 for span in proposal.content for i in ends(page, span.start, span.end))
    yield "content quoted" if quotes else "content without marks"
    if len(proposal.content) > 1:
        yield "content in pieces"
    if proposal.source and not proposal.quotes:
        gap = proposal.cue[0].start - proposal.source[0].end
        yield (
            "source after cue"
            if gap < 0
            else "source beside cue"
            if gap <= 2
            else "source apart"
            if gap > 60
            else "source near"
        )


def source_sort(page: Page, proposal: Proposal) -> str:
    """What kind of words the source is: a pronoun, the entity type of its last word, or its part of speech."""
    if not proposal.source:
        return "none"
    span = proposal.source[0]
    first = page.token_over(span.start)
    last = page.token_over(max(span.start, span.end - 1))
    words = page.doc[first : last + 1]
    if len(words) == 1:
        word = words[0].lower_
        for name, group in (("I", FIRST_SECOND), ("he", THIRD), ("it", THINGS), ("one", INDEFINITE)):
            if word in group:
                return name
    root: Token = words.root
    return root.ent_type_ or root.tag_


def ends(page: Page, start: int, end: int) -> tuple[int, ...]:
    """The first, middle and last token of a stretch: enough to see quotation marks around or in it."""
    first, last = page.token_over(start), page.token_over(max(start, end - 1))
    return (first, (first + last) // 2, last)


LENGTHS = (1, 2, 3, 5, 8, 12, 20, 40)


def length_sort(words: int) -> str:
    """A length as one of a few: "4-5"."""
    at = bisect_left(LENGTHS, words)
    if at == len(LENGTHS):
        return f"over {LENGTHS[-1]}"
    low = LENGTHS[at - 1] + 1 if at else 0
    return f"{low}-{LENGTHS[at]}" if low < LENGTHS[at] else str(words)
