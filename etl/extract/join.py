"""From many proposals to the attributions of an article: the outermost of nested ones, the best of competing ones."""

from collections.abc import Iterable

from etl.extract.page import Proposal
from etl.records import Span


def chosen(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The proposals that stay, in text order of what is said; no content touches another's content or holds its cue.

    Ms Ortiz said Mr Bell believes the vote is lost: the outer one stays. Of two readings of one cue
    the likelier stays.
    """
    candidates = sorted(best_by_cue(proposals), key=lambda proposal: hull(proposal).start)
    near = neighbours(candidates)
    depth = [
        sum(candidates[k].at != one.at and holds(candidates[k], one.cue[0]) for k in near[number])
        for number, one in enumerate(candidates)
    ]
    kept: set[int] = set()
    for number in sorted(range(len(candidates)), key=lambda k: (depth[k], -weight(candidates[k]), k)):
        if not any(k in kept and clash(candidates[number], candidates[k]) for k in near[number]):
            kept.add(number)
    return sorted((candidates[k] for k in kept), key=lambda proposal: (proposal.content[0], proposal.cue))


def best_by_cue(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The likeliest of the readings of each cue; proposals made of whole quotations are all kept."""
    by_cue: dict[int, Proposal] = {}
    rest: list[Proposal] = []
    for proposal in proposals:
        if proposal.quotes:
            rest.append(proposal)
            continue
        rival = by_cue.get(proposal.at)
        if rival is None or weight(proposal) > weight(rival):
            by_cue[proposal.at] = proposal
    return [*rest, *by_cue.values()]


def neighbours(candidates: list[Proposal]) -> list[list[int]]:
    """For each candidate (in order of their hulls) the others it shares a stretch of text with."""
    near: list[list[int]] = [[] for _ in candidates]
    hulls = [hull(candidate) for candidate in candidates]
    open_ones: list[int] = []
    for number, own in enumerate(hulls):
        open_ones = [k for k in open_ones if hulls[k].end > own.start]
        for k in open_ones:
            near[k].append(number)
            near[number].append(k)
        open_ones.append(number)
    return near


def hull(proposal: Proposal) -> Span:
    """From the first character of content or cue to the last."""
    spans = (*proposal.content, *proposal.cue)
    return Span(min(span.start for span in spans), max(span.end for span in spans))


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
