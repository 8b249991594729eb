"""The types clients read: each object wraps its row (schema.graphql.queries tells which)."""

from collections.abc import Awaitable, Sequence
from datetime import datetime
from typing import Annotated, Any, Union
from uuid import UUID

import strawberry
from sqlmodel import col
from strawberry import ID, UNSET, Private

from schema import tables
from schema.graphql import ids, queries
from schema.graphql.arguments import (
    SPEECH,
    Acts,
    ArticleOrders,
    ArticleWhere,
    ReportWhere,
    StatementOrders,
    StatementWhere,
)
from schema.graphql.connections import Connection, column, connect, field
from schema.graphql.context import Info, every, one
from schema.graphql.enums import (
    Act,
    AttributionBasis,
    DateBasis,
    ReportingRole,
    SpanRole,
    SpeakerType,
    Stage,
    StatementKind,
)
from schema.graphql.paging import Page, length
from schema.graphql.scalars import EDTF, URL
from schema.graphql.values import OutcomeCount, Reason, ReportSpan, Role


@strawberry.interface(description="Anything that has an id to come back to it by.")
class Node:
    row: Private[Any]

    @field
    def id(self) -> ID:
        """Opaque; the same in every answer and every load."""
        return ID(ids.encode(type(self).__name__, self.row.id))


# --- who ---


@strawberry.interface(description="Whoever a statement is attributed to.")
class Speaker(Node):
    row: Private[tables.Speaker]
    wikidata: Private[str | None] = None

    name: str = column("name", "The fullest name on record, or the whole noun phrase of who has none.")

    @field
    def statements(
        self,
        info: Info,
        page: Page,
        where: StatementWhere = UNSET,
        acts: Acts = SPEECH,
        order_by: StatementOrders = UNSET,
    ) -> "Connection[Statement]":
        """What they said."""
        listing = queries.statements(where, acts, order_by, queries.said_by(self.row.id))
        return connect(info.context, listing, page, statement)


async def aliases(info: Info, speaker_id: UUID) -> list[str]:
    return sorted(row[0] for row in await info.context.read(queries.aliases(speaker_id)))


@strawberry.type(
    description=(
        "A named human being: one row however many spellings and titles the press uses. "
        "name is the fullest name on record, without titles."
    )
)
class Person(Speaker):
    @field
    async def aliases(self, info: Info) -> list[str]:
        """Every spelling under which reports named this person."""
        return await aliases(info, self.row.id)

    @field
    async def roles(self, info: Info) -> list[Role]:
        """Offices and descriptions the reports gave, most frequent first."""
        found = await info.context.read(queries.roles(self.row.id))
        given = sorted(found, key=lambda row: (-row[3], row[0], row[1] or "", row[2] or ""))
        return [Role(title=title, start=start, end=end) for title, start, end, _ in given]

    @field
    def wikidata_id(self) -> str | None:
        """The person's item in Wikidata: 'Q42'."""
        return self.wikidata


@strawberry.type(
    description=(
        "A body that speaks. A government's name is its country's common short name (Russia, United Kingdom); "
        "capitals, seats and 'the X government' are aliases."
    )
)
class Organization(Speaker):
    @field
    async def aliases(self, info: Info) -> list[str]:
        """Every spelling under which reports named this body."""
        return await aliases(info, self.row.id)

    @field
    def wikidata_id(self) -> str | None:
        """The body's item in Wikidata: 'Q42'."""
        return self.wikidata

    @field
    async def outlet(self, info: Info) -> "Source | None":
        """The outlet that this body is, if it is one."""
        return await one(info, queries.outlet_of(self.row.id), source)


@strawberry.type(
    description=(
        "A speaker nobody names: name is the whole noun phrase as printed, 'a senior Ukrainian security official'. "
        "Never merged across articles that are not copies of each other."
    )
)
class UnnamedSource(Speaker):
    @field
    async def affiliations(self, info: Info) -> list[Organization]:
        """The bodies that the phrase says they belong to."""
        return await every(info, queries.affiliations(self.row.id), speaker)


SPEAKER_TYPES: dict[SpeakerType, type[Speaker]] = {
    SpeakerType.PERSON: Person,
    SpeakerType.ORGANIZATION: Organization,
    SpeakerType.UNNAMED_SOURCE: UnnamedSource,
}


# --- said what ---


@strawberry.type(description="What the date of a saying rests on.")
class DateEvidence:
    row: Private[tables.Statement]

    basis: DateBasis = column("said_basis", "Whether this saying is dated or its occasion.")
    expression: str = column("said_expression", "As printed: 'on Monday'.")
    anchor: EDTF | None = column("said_anchor", "The publication date it was read against.")

    @field
    async def article(self, info: Info) -> "Article":
        """The article that prints the expression."""
        found = await article_or_none(info, self.row.said_article_id)
        assert found is not None, "the check said_evidence of table statement"
        return found


@strawberry.type(description="One wording of a statement.")
class Variant:
    statement: Private[UUID]
    text: str = strawberry.field(description="The words.")
    kind: StatementKind = strawberry.field(description="How much of them stands within quotation marks.")

    @field
    def reports(self, info: Info, page: Page) -> "Connection[Report]":
        """The reports that word it so, earliest first."""
        listing = queries.reports_of_statement(None, self.statement, *queries.worded(self.text, self.kind))
        return connect(info.context, listing, page, report)


@strawberry.type(
    description=(
        "One remark by one speaker on one occasion, however many articles carry it and in however many wordings."
    )
)
class Statement(Node):
    row: Private[tables.Statement]
    said_by: Private[Speaker | None]

    text: str = column("text", "The fullest wording on record, a direct one where there is one.")
    kind: StatementKind = column("kind", "How much of that wording stands within quotation marks.")
    act: Act = column("act", "Whether it was said, or is ascribed to the speaker's mind.")
    denied: bool = column("denied", "Whether the speaker denies the words: 'denied that there are plans'.")
    said_on: EDTF | None = column("said_on", "When it was said; null when no report says or implies it.")
    independent_source_count: int = column(
        "independent_source_count",
        "Different outlets that carried it, copies of one text counted once; articles without a known outlet count one "
        "each unless they are copies.",
    )
    first_reported_on: EDTF | None = column("first_reported_on", "When the earliest of its articles was published.")
    updated_at: datetime = column("updated_at", "When a load or a decision last changed it.")

    @field
    def speaker(self) -> Speaker | None:
        """The deepest source the reports give; null when they name and describe nobody ('reportedly')."""
        return self.said_by

    @field
    def said_on_evidence(self) -> DateEvidence | None:
        """What saidOn rests on."""
        return DateEvidence(row=self.row) if self.row.said_expression is not None else None

    @field
    async def event(self, info: Info) -> "Event | None":
        """What it was said about or at."""
        if self.row.event_id is None:
            return None
        rows = queries.event_rows().where(col(tables.Event.id) == self.row.event_id)
        return await info.context.shared(("event", self.row.event_id), lambda: one(info, rows, event))

    @field
    def mentions(self, info: Info, page: Page) -> Connection[Speaker]:
        """People and bodies that the words are about."""
        listing = queries.speakers(None, None, queries.mentioned_in_statement(self.row.id))
        return connect(info.context, listing, page, speaker)

    @field
    def reports(self, info: Info, page: Page, where: ReportWhere = UNSET) -> "Connection[Report]":
        """Each article that carries it, earliest first."""
        listing = queries.reports_of_statement(where, self.row.id)
        return connect(info.context, listing, page, report)

    @field
    async def variants(
        self,
        info: Info,
        first: Annotated[int | None, strawberry.argument(description="At most so many wordings, 0 to 100.")] = 20,
    ) -> list[Variant]:
        """The distinct wordings side by side, most reported first."""
        found = await info.context.read(queries.variants(self.row.id, length(first)))
        return [Variant(statement=self.row.id, text=text, kind=kind) for text, kind in found]

    @field
    async def reasons(self, info: Info) -> list[Reason]:
        """Why these reports are one statement."""
        return await every(info, queries.statement_reasons(self.row.id), reason)


# --- reported by whom, and when ---


@strawberry.type(description="An outlet.")
class Source(Node):
    row: Private[tables.Source]

    name: str = column("name", "What the outlet calls itself.")
    domain: str | None = column("domain", "Its web domain, without www.")
    known: bool = column("known", "False for the one source that holds articles whose outlet nobody gave.")

    @field
    async def organization(self, info: Info) -> Organization | None:
        """The same outlet as a body that is quoted by others."""
        if self.row.organization_id is None:
            return None
        rows = queries.speaker_rows().where(col(tables.Speaker.id) == self.row.organization_id)
        return await one(info, rows, speaker)

    @field
    def articles(
        self, info: Info, page: Page, where: ArticleWhere = UNSET, order_by: ArticleOrders = UNSET
    ) -> "Connection[Article]":
        """What it printed."""
        return connect(info.context, queries.articles(where, order_by, queries.of_source(self.row.id)), page, article)

    @field
    def statements(
        self,
        info: Info,
        page: Page,
        where: StatementWhere = UNSET,
        acts: Acts = SPEECH,
        order_by: StatementOrders = UNSET,
    ) -> Connection[Statement]:
        """What it carried."""
        listing = queries.statements(where, acts, order_by, queries.carried_by_source(self.row.id))
        return connect(info.context, listing, page, statement)


@strawberry.type(description="One run of the ETL.")
class Load(Node):
    row: Private[tables.Load]

    started_at: datetime = column("started_at", "When it began.")
    finished_at: datetime | None = column("finished_at", "When it ended; null while it runs and when it broke off.")
    method: str = column("method", "Name and version of what extracted.")

    @field
    async def outcomes(self, info: Info) -> list[OutcomeCount]:
        """What became of all that came in, by name; they add up."""
        found = await every(info, queries.outcomes(self.row.id), lambda row: (row.outcome, row.count))
        return [OutcomeCount(outcome=outcome, count=count) for outcome, count in sorted(found)]

    @field
    async def waiting(self, info: Info) -> int:
        """Articles that it has stored and nobody has placed yet, by a backfill: questions see them without their
        reports. 0 when they see all of the load.
        """
        (count,) = await every(info, queries.waiting(self.row.id), lambda row: int(row[0]))
        return count


@strawberry.type(description="One text of one outlet.")
class Article(Node):
    row: Private[tables.Article]
    printed_by: Private[tables.Source]

    label: str = column(
        "label",
        "What to call it where headline and outlet are unknown: headline, else file name, else its first words.",
    )
    headline: str | None = column("headline", "As printed.")
    url: URL | None = column("url", "Its canonical address.")
    language: str | None = column("language", "BCP 47.")
    published_on: EDTF | None = column("published_on", "A day, or an instant where one is known; local to the outlet.")
    updated_at: datetime = column("updated_at", "When a load or a decision last changed it.")

    @field
    def source(self) -> Source:
        """The outlet that printed it."""
        return source(self.printed_by)

    @field
    async def external_ids(self, info: Info) -> list[str]:
        """Names that feeds give it."""
        return sorted(row[0] for row in await info.context.read(queries.external_ids(self.row.id)))

    @field
    async def authors(self, info: Info) -> list[str]:
        """The bylines, in the printed order."""
        return [row[0] for row in await info.context.read(queries.authors(self.row.id))]

    @field
    async def text(self, info: Info) -> str | None:
        """The input as decoded, unchanged; null where the deployment withholds it."""
        return await one(info, queries.article_text(self.row.id), str)

    @field
    async def copy_of(self, info: Info) -> "Article | None":
        """The article this one is a copy of (agency text, reprint)."""
        return await article_or_none(info, self.row.copy_of_id)

    @field
    def copies(self, info: Info, page: Page) -> "Connection[Article]":
        """The articles that are copies of this one, published last first."""
        return connect(info.context, queries.articles(None, None, queries.copies_of(self.row.id)), page, article)

    @field
    async def correction_of(self, info: Info) -> "Article | None":
        """The article this one corrects."""
        return await article_or_none(info, self.row.correction_of_id)

    @field
    async def events(self, info: Info) -> "list[Event]":
        """What it is about."""
        return await every(info, queries.events_of_article(self.row.id), event)

    @field
    def reports(self, info: Info, page: Page, where: ReportWhere = UNSET) -> "Connection[Report]":
        """The statements it carries, in the order of the text."""
        return connect(info.context, queries.reports_of_article(where, self.row.id), page, report)

    @field
    async def load(self, info: Info) -> Load:
        """The run that stored it."""
        return await load_of(info, self.row.load_id)


ReportingParty = Annotated[
    Union[Person, Organization, UnnamedSource, Source],  # noqa: UP007 - strawberry reads the union's members
    strawberry.union("ReportingParty", description="Whoever passes words on: somebody who speaks, or an outlet."),
]


@strawberry.type(description="One link of the way that words came.")
class ReportingLink:
    row: Private[tables.ReportingLink]
    node: Private[Person | Organization | UnnamedSource | Source | None]

    role: ReportingRole = column("role", "What this link did with the words.")
    name: str = column("name", "As printed.")
    on: EDTF | None = column("said_on", "When this link spoke: 'the paper reported on Monday'.")

    @field
    def party(self) -> ReportingParty | None:
        """Who it is; null when the article does not say enough."""
        return self.node


@strawberry.type(description="One article's rendering of one statement, with the exact evidence.")
class Report(Node):
    row: Private[tables.Report]
    in_article: Private[tables.Article]
    printed_by: Private[tables.Source]
    before: Private[str]
    behind: Private[str]

    exact: str = column(
        "exact",
        "From the first to the last word of the content: article.text[start:end] in Unicode code points. A content "
        "split by its cue has several CONTENT spans; the words are those.",
    )
    start: int = column("start", "Where in the article's text the content begins, in code points.")
    end: int = column("end", "Where in the article's text the content ends, in code points, exclusive.")
    kind: StatementKind = column("kind", "How much of the words stands within quotation marks here.")
    act: Act = column("act", "Whether it was said, or is ascribed to the speaker's mind.")
    denied: bool = column("denied", "Whether the reporting words deny the content: 'denied that there are plans'.")
    basis: AttributionBasis = column("basis", "EXPLICIT: the sentence attributes it. IMPLIED: its neighbours do.")
    confidence: float = column("confidence", "0 to 1: how sure the attribution is.")
    method: str = column("method", "Name and version of what extracted it.")
    withdrawn_at: datetime | None = column(
        "withdrawn_at", "When a later version of the article no longer carried it, or a curator refused it."
    )

    @field
    async def statement(self, info: Info) -> Statement:
        """The remark that these words render."""
        rows = queries.statement_rows().where(col(tables.Statement.id) == self.row.statement_id)
        return (await every(info, rows, statement))[0]

    @field
    async def also_carries(self, info: Info) -> list[Statement]:
        """Further statements that these words also carry."""
        return await every(info, queries.also_carried(self.row.id), statement)

    @field
    def article(self) -> Article:
        """The article that carries it."""
        return article(self.in_article, self.printed_by)

    @field
    def source(self) -> Source:
        """The outlet that printed the article."""
        return source(self.printed_by)

    @field
    def prefix(self) -> str:
        """Up to 32 characters of the article before the content."""
        return self.before

    @field
    def suffix(self) -> str:
        """Up to 32 characters of the article after the content."""
        return self.behind

    @field
    def reported_on(self) -> EDTF | None:
        """When the article was published."""
        return None if self.in_article.published_on is None else EDTF(self.in_article.published_on)

    @field
    async def spans(self, info: Info) -> list[ReportSpan]:
        """The exact evidence, in text order."""
        return await spans_of(info, self.row.id)

    @field
    async def cue(self, info: Info) -> str | None:
        """The reporting words: 'told', 'according to'; null when there are none."""
        return joined(await spans_of(info, self.row.id), SpanRole.CUE)

    @field
    async def speaker_mention(self, info: Info) -> str | None:
        """How the article names the speaker there: 'the minister'."""
        return joined(await spans_of(info, self.row.id), SpanRole.SPEAKER)

    @field
    async def chain(self, info: Info) -> list[ReportingLink]:
        """The way the words came: the speaker, whoever relayed them in that order, the outlet that printed them."""
        return await every(info, queries.chain(self.row.id), link)

    @field
    async def reasons(self, info: Info) -> list[Reason]:
        """Why these words are this speaker's."""
        own = await every(info, queries.report_reasons(self.row.id), reason)
        return own + await every(info, queries.speaker_identity(self.row.id), identity_reason)

    @field
    async def load(self, info: Info) -> Load:
        """The run that stored it."""
        return await load_of(info, self.row.load_id)


@strawberry.type(description="What one or more articles are about.")
class Event(Node):
    row: Private[tables.Event]

    title: str = column("title", "What to call it.")
    date: EDTF | None = column("occurred_on", "When it happened.")
    place: str | None = column("place", "Where it happened.")

    @field
    def articles(
        self, info: Info, page: Page, where: ArticleWhere = UNSET, order_by: ArticleOrders = UNSET
    ) -> Connection[Article]:
        """The articles about it."""
        listing = queries.articles(where, order_by, queries.about_event(self.row.id))
        return connect(info.context, listing, page, article)

    @field
    def statements(
        self,
        info: Info,
        page: Page,
        where: StatementWhere = UNSET,
        acts: Acts = SPEECH,
        order_by: StatementOrders = UNSET,
    ) -> Connection[Statement]:
        """What was said."""
        listing = queries.statements(where, acts, order_by, queries.of_event(self.row.id))
        return connect(info.context, listing, page, statement)

    @field
    def speakers(self, info: Info, page: Page) -> Connection[Speaker]:
        """Who said something, by name."""
        listing = queries.speakers(None, None, queries.speaking_in_event(self.row.id))
        return connect(info.context, listing, page, speaker)

    @field
    def sources(self, info: Info, page: Page) -> Connection[Source]:
        """The outlets that reported it, by name."""
        return connect(info.context, queries.sources(None, queries.reporting_event(self.row.id)), page, source)


# --- rows into objects ---


def speaker(row: tables.Speaker, wikidata: str | None) -> Any:
    return SPEAKER_TYPES[row.type](row=row, wikidata=wikidata)


def statement(row: tables.Statement, said_by: tables.Speaker | None, wikidata: str | None) -> Statement:
    return Statement(row=row, said_by=None if said_by is None else speaker(said_by, wikidata))


def report(
    row: tables.Report, in_article: tables.Article, printed_by: tables.Source, before: str, behind: str
) -> Report:
    return Report(row=row, in_article=in_article, printed_by=printed_by, before=before, behind=behind)


def article(row: tables.Article, printed_by: tables.Source) -> Article:
    return Article(row=row, printed_by=printed_by)


def source(row: tables.Source) -> Source:
    return Source(row=row)


def event(row: tables.Event) -> Event:
    return Event(row=row)


def load(row: tables.Load) -> Load:
    return Load(row=row)


def reason(row: tables.StatementReason | tables.ReportReason) -> Reason:
    return Reason(row=row)


def identity_reason(row: tables.Profile) -> Reason:
    """Why the speaker is who it is: judged over articles, so kept with the profile and not with each report."""
    told = tables.ReportReason(
        report_id=row.article_id, position=0, stage=Stage.RESOLVE, rule=row.rule, score=row.score, detail=row.detail
    )
    return Reason(row=told)


def span(row: tables.ReportSpan) -> ReportSpan:
    return ReportSpan(row=row)


def link(
    row: tables.ReportingLink, party: tables.Speaker | None, wikidata: str | None, outlet: tables.Source | None
) -> ReportingLink:
    node = speaker(party, wikidata) if party else source(outlet) if outlet else None
    return ReportingLink(row=row, node=node)


async def article_or_none(info: Info, article_id: UUID | None) -> Article | None:
    if article_id is None:
        return None
    rows = queries.article_rows().where(col(tables.Article.id) == article_id)
    return await info.context.shared(("article", article_id), lambda: one(info, rows, article))


async def load_of(info: Info, load_id: UUID) -> Load:
    rows = queries.load_rows().where(col(tables.Load.id) == load_id)
    return (await info.context.shared(("load", load_id), lambda: every(info, rows, load)))[0]


async def spans_of(info: Info, report_id: UUID) -> list[ReportSpan]:
    def read() -> Awaitable[list[ReportSpan]]:
        return every(info, queries.spans(report_id), span)

    return await info.context.shared(("spans", report_id), read)


def joined(spans: Sequence[ReportSpan], role: SpanRole) -> str | None:
    """The words of the spans of this role, None when there are none."""
    return " ".join(each.row.exact for each in spans if each.row.role is role) or None
