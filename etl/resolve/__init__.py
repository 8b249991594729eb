"""Inside one article: who exactly spoke, about whom, by what way the words came, and when they were said. No database.

The stage reads the article for its names once (reading), then takes the quotations in text order: the phrase of the
source to a party (speakers), the way of the words (chain), the day (said), and the parties in the content (mentions).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from etl.records import Attribution, ChainLink, CleanArticle, Quotation, Reason, ResolvedArticle, ResolvedMention, Span
from etl.resolve.appearances import appearances
from etl.resolve.chain import enclosing, in_order, relayed
from etl.resolve.deeper import Deeper, deeper_source, narrowed, told_within
from etl.resolve.memory import Memory, Who
from etl.resolve.mentions import mentions
from etl.resolve.nested import Laid, laid_out
from etl.resolve.occasion import Remark, on_same_occasion
from etl.resolve.outcomes import outcomes, referred
from etl.resolve.people import People
from etl.resolve.phrases import less_clause, name_of_phrase
from etl.resolve.reading import Reading, read
from etl.resolve.referring import referring
from etl.resolve.register import Register
from etl.resolve.relays import Relay, credited, relays
from etl.resolve.said import Dated, dated, dated_within
from etl.resolve.setting import is_recalled, setting
from etl.resolve.speakers import who
from etl.resolve.trail import Trail
from schema.enums import AttributionBasis, ReportingRole, Stage, StatementKind

__all__ = ["References", "references", "resolve"]

_CITED, _ENCLOSED = 1, 10  # steps on the way of the words: an outlet that cites; whoever reports the whole sentence


@dataclass(frozen=True, slots=True)
class References:
    """The words of an article that mean its people, in text order, and those people."""

    mentions: tuple[ResolvedMention, ...]
    people: People


@dataclass(frozen=True, slots=True)
class _Sourced:
    """Whose a quotation is: its own source, the one behind it if there is one, and the day its reporting words give."""

    source: Who
    deeper: Deeper | None
    date: Dated | None

    @property
    def speaker(self) -> Who:
        return self.deeper.speaker if self.deeper else self.source


def resolve(article: CleanArticle, doc: Doc, quotations: Sequence[Quotation]) -> ResolvedArticle:
    """The article with every quotation attributed, in the given order, and the parties its attributions refer to.

    Of nested quotations the deepest are attributed; those around them are too where they say something of their own.
    doc: the article annotated, its characters those of article.text.
    """
    laid, reading, register, memory, sourced = _sourced(article, doc, quotations)
    quotations = [one.whole for one in laid]
    remarks: list[Remark] = []
    for index, one in enumerate(laid):
        if one.own is None:
            continue
        made = _attribution(index, one.own, quotations, sourced, reading, register, memory)
        around = {sourced[j].speaker.party for j in enclosing(index, quotations)} - {made.speaker}
        passed_on = bool(around) or any(register.is_human(link.party) for link in made.relayers)
        quotation = made.quotation
        remarks.append(Remark(made, setting(quotation, reading), is_recalled(quotation, reading), passed_on))
    memory.last = None  # what follows asks about places all over the article: nobody's turn counts there
    attributions = on_same_occasion(remarks, appearances(quotations, reading, register, memory))
    parties = register.parties()
    counts = outcomes(attributions, parties, reading)
    return ResolvedArticle(article, referred(attributions, parties), attributions, counts)


def references(
    article: CleanArticle, doc: Doc, quotations: Sequence[Quotation], named_people: Sequence[Span] = ()
) -> References:
    """Every name, title, pronoun and description of the article that means one of its people.

    Within a title it is each word: "Mayor" in "Mayor Una Fell". For whoever wants the people of a text alone.
    named_people: names that somebody marked as people's, whatever they look like.
    """
    _, reading, register, memory, _ = _sourced(article, doc, quotations, named_people)
    return References(tuple(referring(reading, register, memory)), reading.people)


def _sourced(
    article: CleanArticle, doc: Doc, quotations: Sequence[Quotation], named_people: Sequence[Span] = ()
) -> tuple[list[Laid], Reading, Register, Memory, list[_Sourced]]:
    """The quotations laid out, the article read, and whose each quotation is."""
    laid = laid_out(article.text, quotations)
    quotations = [one.whole for one in laid]
    reading = read(article, doc, [span for quotation in quotations for span in quotation.source[:1]], named_people)
    register = Register(reading)
    direct = [span for one in quotations if one.kind is StatementKind.DIRECT for span in one.content]
    memory = Memory(Trail(reading, direct))
    sourced = _sources(quotations, reading, register, memory)
    return laid, reading, register, memory, sourced


def _sources(quotations: Sequence[Quotation], reading: Reading, register: Register, memory: Memory) -> list[_Sourced]:
    """Whose each quotation is, in order: later ones lean on earlier ones."""
    found: list[_Sourced] = []

    def whose(tokens: Tokens) -> Who:
        return who(tokens, reading, register, memory)

    for i, quotation in enumerate(quotations):
        if quotation.source:
            source = whose(less_clause(reading.tokens(quotation.source[0])))
        elif i and _goes_on(quotations[i - 1], quotation, reading):
            detail = "no source of its own, right after a quotation"
            source = Who(found[-1].speaker.party, Reason(Stage.RESOLVE, "speaker goes on", 0.6, detail))
        else:
            source = Who(None, Reason(Stage.RESOLVE, "nobody named"))
        deeper = deeper_source(quotation, source, reading, whose)
        if deeper is None and not quotation.inner:
            deeper = told_within(quotation, source, reading, whose)
        one = _Sourced(source, deeper, dated(quotation, reading))
        if one.speaker.party is not None:
            memory.last = one.speaker.party
            spoken = quotation.source if deeper is None else ()
            memory.last_words = reading.tokens(spoken[0]) if spoken else None
        if quotation.kind is StatementKind.DIRECT:
            memory.words += [(span, one.speaker.party) for span in quotation.content]
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
    own: Quotation,
    quotations: Sequence[Quotation],
    sourced: Sequence[_Sourced],
    reading: Reading,
    register: Register,
    memory: Memory,
) -> Attribution:
    quotation, one = quotations[index], sourced[index]
    reasons, date, found = [one.source.reason], one.date, list[Relay]()
    if one.deeper is not None:
        if one.source.party is not None and one.deeper.passed_on:
            found.append(Relay(_CITED, _link(quotation, one, reading)))
        reasons += [one.speaker.reason, Reason(Stage.RESOLVE, "deepest source", None, one.deeper.rule)]
        # The cue's day is the one on which the outlet reported it.
        date = dated_within(one.deeper.verb, reading) if one.deeper.verb else None
    around = enclosing(index, quotations)
    bounds = [*(quotations[j].content for j in around), None]
    found += relays(quotation, reading, register, memory, bounds[0])
    for nearness, j in enumerate(around):
        # First whoever said it, then who passed it on: the packer told Norwire that the manager had said ...
        step = _ENCLOSED + 3 * nearness
        outer = sourced[j]
        if outer.deeper is not None and outer.speaker.party is not None:
            # "Velpress reported, citing an adviser of the president, that Ardel told her ...": the adviser, then it
            behind = outer.deeper.cited or outer.deeper.phrase
            name = name_of_phrase(behind) if behind is not None else outer.speaker.reason.rule
            found.append(Relay(step - 1, ChainLink(ReportingRole.RELAYER, name, outer.speaker.party)))
        if outer.source.party is not None:
            found.append(Relay(step, _link(quotations[j], outer, reading)))
        passed_on = relays(quotations[j], reading, register, memory, bounds[nearness + 1])
        found += [replace(relay, step=step + 1) for relay in passed_on]
    links = in_order(found, one.speaker.party)
    own = narrowed(own, one.deeper, reading)
    passed_by = {credited(quotation.content, reading)}
    about, why_about = mentions(own, one.speaker.party, reading, register, memory, passed_by)
    reasons += [*(relayed("passed the words on", link) for link in links), *why_about]
    if date is not None:
        reasons.append(date.reason)
    return Attribution(
        quotation=own,
        speaker=one.speaker.party,
        relayers=links,
        mentions=about,
        said=date.date if date else None,
        reasons=tuple(reasons),
    )


def _link(quotation: Quotation, one: _Sourced, reading: Reading) -> ChainLink:
    """Whoever a quotation is put in the mouth of, as a relayer of words deeper down."""
    name = name_of_phrase(less_clause(reading.tokens(quotation.source[0]))) if quotation.source else ""
    on = one.date.date.on.value if one.date and one.date.date.on else None
    return ChainLink(ReportingRole.RELAYER, name or one.source.reason.rule, one.source.party, on)
