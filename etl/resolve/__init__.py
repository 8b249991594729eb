"""Inside one article: who exactly spoke, about whom, by what way the words came, and when they were said. No database.

The stage reads the article for its names once (reading), then takes the quotations in text order: the phrase of the source
to a party (speakers), the way of the words (chain), the day (said), and the parties in the content (mentions).
"""

from collections.abc import Sequence

from spacy.tokens import Doc

from etl.records import Attribution, ChainLink, CleanArticle, Quotation, Reason, ResolvedArticle
from etl.resolve.chain import Relay, deeper_source, enclosing, in_order, relayed, relays, told_within
from etl.resolve.mentions import mentions
from etl.resolve.phrases import name_of_phrase
from etl.resolve.reading import Reading, read
from etl.resolve.register import Register
from etl.resolve.said import Dated, dated
from etl.resolve.speakers import Memory, Who, who
from schema.enums import AttributionBasis, ReportingRole, Stage, StatementKind

_ENCLOSED = 10  # steps on the way: after whoever heard the speaker, before nobody


def resolve(article: CleanArticle, doc: Doc, quotations: Sequence[Quotation]) -> ResolvedArticle:
    """The article with every quotation attributed, in the given order, and the parties its attributions refer to.

    doc: the article annotated, its characters those of article.text.
    """
    reading = read(article, doc)
    register = Register(reading)
    dates = [dated(quotation, reading, article.raw.published_on) for quotation in quotations]
    sources = _sources(quotations, reading, register)
    attributions = tuple(
        _attribution(index, quotations, sources, dates, reading, register) for index in range(len(quotations))
    )
    return ResolvedArticle(article, register.parties(), attributions)


def _sources(quotations: Sequence[Quotation], reading: Reading, register: Register) -> list[Who]:
    """Whom each quotation's own source phrase means, in order: later ones lean on earlier ones."""
    memory = Memory()
    found: list[Who] = []
    for i, quotation in enumerate(quotations):
        if quotation.source:
            tokens = reading.tokens(quotation.source[0])
            one = who(tokens, reading, register, memory)
        elif i and _goes_on(quotations[i - 1], quotation, reading):
            detail = "no source of its own, right after a quotation"
            one = Who(found[-1].party, Reason(Stage.RESOLVE, "speaker goes on", 0.6, detail), found[-1].kind)
        else:
            one = Who(None, Reason(Stage.RESOLVE, "nobody named"))
        if one.party is not None:
            memory.last = one.party
        found.append(one)
    return found


def _goes_on(before: Quotation, quotation: Quotation, reading: Reading) -> bool:
    """Whether a quotation without reporting words continues the one before: within its paragraph or in the next."""
    if quotation.cue or not (quotation.basis is AttributionBasis.IMPLIED or quotation.kind is StatementKind.DIRECT):
        return False
    end, start = before.content[-1].end, quotation.content[0].start
    return end <= start and reading.paragraph_breaks(end, start) <= 1


def _attribution(
    index: int,
    quotations: Sequence[Quotation],
    sources: Sequence[Who],
    dates: Sequence[Dated | None],
    reading: Reading,
    register: Register,
) -> Attribution:
    quotation, source, date = quotations[index], sources[index], dates[index]
    memory = Memory(last=next((one.party for one in reversed(sources[:index]) if one.party), None))
    reasons = [source.reason]
    found: list[Relay] = []
    speaker = source
    deeper = deeper_source(quotation, source, reading, lambda tokens: who(tokens, reading, register, memory))
    if deeper is None:
        deeper = told_within(quotation, source, reading, lambda tokens: who(tokens, reading, register, memory))
    if deeper is not None:
        speaker = deeper.speaker
        found.append(Relay(1, _link(quotation, source, date, reading)))
        reasons += [deeper.speaker.reason, Reason(Stage.RESOLVE, "deepest source", None, deeper.rule)]
        date = None  # the day on which the outlet reported it
    for nearness, j in enumerate(enclosing(index, quotations)):
        if sources[j].party is not None:
            found.append(Relay(_ENCLOSED + nearness, _link(quotations[j], sources[j], dates[j], reading)))
    found += relays(quotation, reading, register, memory)
    links = in_order(found, speaker.party)
    reasons += [relayed("passed the words on", link) for link in links]
    if date is not None:
        reasons.append(date.reason)
    return Attribution(
        quotation=quotation,
        speaker=speaker.party,
        relayers=links,
        mentions=mentions(quotation.content, reading, register),
        said=date.date if date else None,
        reasons=tuple(reasons),
    )


def _link(quotation: Quotation, source: Who, date: Dated | None, reading: Reading) -> ChainLink:
    """Whoever a quotation is put in the mouth of, as a relayer of words deeper down."""
    name = name_of_phrase(reading.tokens(quotation.source[0])) if quotation.source else ""
    on = date.date.on.value if date and date.date.on else None
    return ChainLink(ReportingRole.RELAYER, name or source.reason.rule, source.party, on)
