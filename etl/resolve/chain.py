"""The way of the words: the links that were found, in their order."""

from collections.abc import Sequence

from etl.records import ChainLink, Quotation, Reason
from etl.resolve.relays import Relay
from schema.enums import Stage


def enclosing(index: int, quotations: Sequence[Quotation]) -> list[int]:
    """Indices of the quotations whose content holds this one's content and reporting words, the nearest first."""
    inner = quotations[index]
    inner_words = (*inner.content, *(inner.cue or inner.source))
    found = []
    for j, outer in enumerate(quotations):
        if (
            j == index
            or outer.content[0].start > inner.content[0].start
            or outer.content[-1].end < inner.content[-1].end
        ):
            continue
        if outer.source and all(any(span.covers(word) for span in outer.content) for word in inner_words):
            found.append((sum(span.end - span.start for span in outer.content), j))
    return [j for _, j in sorted(found)]


def in_order(found: Sequence[Relay], speaker: str | None) -> tuple[ChainLink, ...]:
    """The links on the way of the words, nobody twice. The publisher is one where the text names it: "told Norwire"."""
    links: list[ChainLink] = []
    seen = {speaker} - {None}
    for relay in sorted(found, key=lambda one: one.step):
        who_it_is = relay.link.party or relay.link.name.casefold()
        if who_it_is not in seen:
            seen.add(who_it_is)
            links.append(relay.link)
    return tuple(links)


def relayed(rule: str, link: ChainLink) -> Reason:
    """Why somebody is a link of the chain."""
    return Reason(Stage.RESOLVE, "relayer", None, f"{link.name}: {rule}")
