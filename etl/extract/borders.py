"""Where a content ends that ran too far: datelines, and clauses at the end that are the reporter's own."""

import re
from dataclasses import replace

from spacy.tokens import Token

from etl.extract.cues import verbs_of_saying
from etl.extract.page import Page, Proposal, tidy, without
from etl.records import Span

DATELINE = re.compile(
    r"""
    (?:^|(?<=[\r\n]))[ \t]*
    (?:
        # WESTPORT — / WEST PORT, Oregon, Jan 17 (Westwire) -
        [A-Z][A-Z.'’-]+(?:[ /][A-Z][A-Z.'’-]+){0,3} (?:,[ ][A-Z][\w.]+(?:[ ][A-Z][\w.]+)?)?
        (?:,[ ][A-Z][a-z]{2,8}\.?[ ]\d{1,2})? (?:[ ]?\([A-Z][^()\r\n]{1,40}\))?
    |
        # Westport, Jan 17 (Westwire) -
        [A-Z][\w.'’-]+(?:[ ][A-Z][\w.'’-]+){0,2} (?:,[ ][A-Z][a-z]{2,8}\.?[ ]\d{1,2})? [ ]?\([A-Z][^()\r\n]{1,40}\)
    )
    [ ]?[—–-]{1,2}[ ]
    """,
    re.VERBOSE,
)
# A dateline stands above the body or not at all.
DATELINE_REACH = 2_000

DENIALS = frozenset({"deny", "dispute", "reject", "dismiss", "contest", "refute", "rebut"})
LONGEST_RELAY = 9


def bounded(page: Page, proposal: Proposal, dateline: Span | None) -> Proposal | None:
    """The proposal with its content less a dateline and the reporter's last clause; None where nothing is left."""
    content = proposal.content
    if dateline is not None:
        content = tidy(page.text, without(content, [dateline]))
    if content and not proposal.quotes and (cut := reporters_own(page, content[-1])) is not None:
        content = (*content[:-1], *tidy(page.text, [Span(content[-1].start, cut)]))
    if content == proposal.content:
        return proposal
    return replace(proposal, content=content) if content else None


def dateline_of(text: str) -> Span | None:
    """The dateline of a text, None where it has none."""
    match = DATELINE.search(text, 0, DATELINE_REACH)
    return Span(match.start(), match.end()) if match else None


def reporters_own(page: Page, piece: Span) -> int | None:
    """The character at which the last clause of a piece is no longer the speaker's, None where all of it is.

    The embassy works normally, as the agency Westwire reports / preparing an attack, which officials deny
    """
    first, last = page.token_over(piece.start), page.token_over(piece.end - 1)
    for i in range(max(first + 1, last - LONGEST_RELAY), last - 1):
        comma, word = page.doc[i], page.doc[i + 1]
        if comma.text != "," or page.quote_at[i] >= 0 or word.lower_ not in {"as", "which"}:
            continue
        verbs = [page.doc[k] for k in range(i + 2, last + 1) if page.doc[k].tag_ in {"VBD", "VBZ", "VBP", "VBN"}]
        if verbs and is_relay(word, verbs[-1], last):
            return comma.idx
    return None


def is_relay(word: Token, verb: Token, last: int) -> bool:
    """Whether "as" or "which" with a last verb says who reported or denied what stands before."""
    if verb.i <= word.i + 1 or last - verb.i > 3:
        return False
    if word.lower_ == "as":
        return verb.lemma_.lower() in verbs_of_saying() and verb.tag_ != "VBN"
    return verb.lemma_.lower() in DENIALS
