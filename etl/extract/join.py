"""From many proposals to the attributions of an article: the outermost of nested ones, the best of competing ones."""

from collections.abc import Iterable

from etl.extract.page import Proposal
from etl.records import Span


def chosen(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that stay, in text order of what is said; no content touches another's content or holds its cue.

    Ms Ortiz said Mr Bell believes the vote is lost: the outer one stays. Of two readings of one cue
    the likelier stays.
    """
    by_cue: dict[int, Proposal] = {}
    rest: list[Proposal] = []
    for proposal in proposals:
        if proposal.quotes:
            rest.append(proposal)
            continue
        rival = by_cue.get(proposal.at)
        if rival is None or weight(proposal) > weight(rival):
            by_cue[proposal.at] = proposal
    candidates = sorted([*rest, *by_cue.values()], key=lambda proposal: proposal.content[0])
    depth = {id(one): sum(holds(other, one.cue[0]) for other in candidates if other.at != one.at) for one in candidates}
    kept: list[Proposal] = []
    for one in sorted(candidates, key=lambda proposal: (depth[id(proposal)], -weight(proposal))):
        if not any(clash(one, other) for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda proposal: (proposal.content[0], proposal.cue))


def weight(proposal: Proposal) -> float:
    """What decides between two: the score, and that whole quotations go before grammar."""
    return proposal.score + (1.0 if proposal.quotes else 0.0)


def holds(proposal: Proposal, span: Span) -> bool:
    """Whether a content has the span in it."""
    return any(piece.covers(span) for piece in proposal.content)


def clash(one: Proposal, other: Proposal) -> bool:
    """Whether two cannot both stay."""
    if any(a.touches(b) for a in one.content for b in other.content):
        return True
    return any(holds(one, cue) for cue in other.cue) or any(holds(other, cue) for cue in one.cue)
