"""The root fields of reading, and what they take."""

from typing import Annotated, Any, cast
from uuid import UUID

import strawberry
from sqlmodel import col
from strawberry import ID, UNSET

from schema import tables
from schema.graphql import counts, ids, nodes, queries, types
from schema.graphql.arguments import (
    SPEECH,
    Acts,
    ArticleOrders,
    ArticleWhere,
    ReportWhere,
    StatementOrders,
    StatementWhere,
)
from schema.graphql.connections import Connection, connect, field
from schema.graphql.context import Info, one
from schema.graphql.enums import SpeakerType, StatementGroup
from schema.graphql.errors import readable
from schema.graphql.filters import EventFilter, given
from schema.graphql.orders import EventOrder, ReportOrder
from schema.graphql.paging import Page, length
from schema.graphql.scalars import URL


def _option(description: str) -> Any:
    return strawberry.field(default=UNSET, description=description)


@strawberry.input(one_of=True, description="What tells one outlet: exactly one of these.")
class SourceBy:
    id: ID | None = _option("Its id.")
    domain: str | None = _option("Its web domain, without www.")


@strawberry.input(one_of=True, description="What tells one article: exactly one of these.")
class ArticleBy:
    id: ID | None = _option("Its id.")
    url: URL | None = _option("Its canonical address.")
    external_id: str | None = _option("A name that a feed gives it.")


@strawberry.input(one_of=True, description="What tells one person: exactly one of these.")
class PersonBy:
    id: ID | None = _option("Their id.")
    wikidata_id: str | None = _option("Their item in Wikidata: 'Q42'.")


@strawberry.input(one_of=True, description="What tells one body: exactly one of these.")
class OrganizationBy:
    id: ID | None = _option("Its id.")
    wikidata_id: str | None = _option("Its item in Wikidata: 'Q42'.")


Name = Annotated[
    str | None,
    strawberry.argument(description="Beginnings of words of the name, as one types; accents and case aside."),
]
ReportOrders = Annotated[
    list[ReportOrder] | None,
    strawberry.argument(description="Order; reportedOn descending when left out. Ties are in the order of ids."),
]
EventOrders = Annotated[
    list[EventOrder] | None,
    strawberry.argument(description="Order; date descending when left out. Ties are in the order of ids."),
]


@strawberry.type(description="What can be asked: who said what, reported by whom, and when.")
class Query:
    @field
    async def node(
        self, info: Info, id: Annotated[ID, strawberry.argument(description="The id.")]
    ) -> types.Node | None:
        """Whatever has this id. An id that was merged away answers with null and extensions.successor."""
        asked = ids.decode(id)
        return None if asked is None else await nodes.node(info, asked)

    @field
    async def nodes(
        self, info: Info, ids: Annotated[list[ID], strawberry.argument(description="At most 100 ids.")]
    ) -> list[types.Node | None]:
        """Whatever has these ids, in their order; null for an id that nothing has or that was merged away."""
        # An error in a list becomes null and an error at that place.
        return cast("list[types.Node | None]", await nodes.nodes(info, ids))

    @field
    async def source(
        self, info: Info, by: Annotated[SourceBy, strawberry.argument(description="What tells the outlet.")]
    ) -> types.Source | None:
        """One outlet."""
        if (id_ := given(by.id)) is not None:
            return cast("types.Source | None", await _by_id(info, id_, "Source"))
        domain = readable(by.domain or "", "by.domain").casefold()
        return await one(info, queries.source_rows().where(col(tables.Source.domain) == domain), types.source)

    @field
    def sources(self, info: Info, page: Page, name: Name = UNSET) -> Connection[types.Source]:
        """Outlets, by name."""
        return connect(info.context, queries.sources(given(name)), page, types.source)

    @field
    async def article(
        self, info: Info, by: Annotated[ArticleBy, strawberry.argument(description="What tells the article.")]
    ) -> types.Article | None:
        """One article."""
        if (id_ := given(by.id)) is not None:
            return cast("types.Article | None", await _by_id(info, id_, "Article"))
        if (url := given(by.url)) is not None:
            condition = col(tables.Article.url) == url
        else:
            condition = queries.named_by_feed(readable(by.external_id or "", "by.externalId"))
        return await one(info, queries.article_rows().where(condition), types.article)

    @field
    def articles(
        self, info: Info, page: Page, where: ArticleWhere = UNSET, order_by: ArticleOrders = UNSET
    ) -> Connection[types.Article]:
        """Articles."""
        return connect(info.context, queries.articles(where, order_by), page, types.article)

    @field
    async def person(
        self, info: Info, by: Annotated[PersonBy, strawberry.argument(description="What tells the person.")]
    ) -> types.Person | None:
        """One person. An id that was merged away answers as node does."""
        return cast("types.Person | None", await _speaker(info, by, "Person", tables.Person))

    @field
    async def organization(
        self, info: Info, by: Annotated[OrganizationBy, strawberry.argument(description="What tells the body.")]
    ) -> types.Organization | None:
        """One body that speaks. An id that was merged away answers as node does."""
        return cast("types.Organization | None", await _speaker(info, by, "Organization", tables.Organization))

    @field
    def speakers(
        self,
        info: Info,
        page: Page,
        name: Annotated[
            str | None, strawberry.argument(description="Prefixes of the words of any alias, as one types.")
        ] = UNSET,
        type: Annotated[
            list[SpeakerType] | None, strawberry.argument(description="Only parties of these kinds.")
        ] = UNSET,
    ) -> Connection[types.Speaker]:
        """Whoever speaks, by name."""
        return connect(info.context, queries.speakers(given(name), given(type)), page, types.speaker)

    @field
    def people(self, info: Info, page: Page, name: Name = UNSET) -> Connection[types.Person]:
        """People, by name."""
        return connect(info.context, queries.speakers(given(name), [SpeakerType.PERSON]), page, types.speaker)

    @field
    def organizations(self, info: Info, page: Page, name: Name = UNSET) -> Connection[types.Organization]:
        """Bodies that speak, by name."""
        return connect(info.context, queries.speakers(given(name), [SpeakerType.ORGANIZATION]), page, types.speaker)

    @field
    async def statement(
        self, info: Info, id: Annotated[ID, strawberry.argument(description="The statement's id.")]
    ) -> types.Statement | None:
        """One statement. An id that was merged away answers as node does."""
        return cast("types.Statement | None", await _by_id(info, id, "Statement"))

    @field
    def statements(
        self,
        info: Info,
        page: Page,
        where: StatementWhere = UNSET,
        acts: Acts = SPEECH,
        order_by: StatementOrders = UNSET,
    ) -> Connection[types.Statement]:
        """Who said what."""
        return connect(info.context, queries.statements(where, acts, order_by), page, types.statement)

    @field
    def reports(
        self, info: Info, page: Page, where: ReportWhere = UNSET, order_by: ReportOrders = UNSET
    ) -> Connection[types.Report]:
        """Who carried it, with the exact evidence; withdrawn reports are left out."""
        return connect(info.context, queries.reports(where, order_by), page, types.report)

    @field
    async def event(
        self, info: Info, id: Annotated[ID, strawberry.argument(description="The event's id.")]
    ) -> types.Event | None:
        """One event. An id that was merged away answers as node does."""
        return cast("types.Event | None", await _by_id(info, id, "Event"))

    @field
    def events(
        self,
        info: Info,
        page: Page,
        where: Annotated[EventFilter | None, strawberry.argument(description="Only events that meet this.")] = UNSET,
        order_by: EventOrders = UNSET,
    ) -> Connection[types.Event]:
        """What the articles are about."""
        return connect(info.context, queries.events(where, order_by), page, types.event)

    @field
    async def statement_counts(
        self,
        info: Info,
        group_by: Annotated[list[StatementGroup], strawberry.argument(description="The groups; none: all in one.")],
        where: StatementWhere = UNSET,
        acts: Acts = SPEECH,
        first: Annotated[int | None, strawberry.argument(description="At most so many groups, 0 to 100.")] = 20,
    ) -> list[counts.StatementCount]:
        """How many statements per group or combination of groups, largest first.

        SOURCE, RELAYER, REPORTED_DAY and METHOD look at every report of a statement, whatever where.report asks.
        """
        return await counts.count_statements(info, group_by, where, acts, length(first))

    @field
    def loads(self, info: Info, page: Page) -> Connection[types.Load]:
        """Runs of the ETL, the latest first."""
        return connect(info.context, queries.loads(), page, types.load)


async def _by_id(info: Info, value: str, type_name: str) -> types.Node | None:
    uuid = ids.lookup(value, (type_name,))
    return None if uuid is None else await nodes.node(info, ids.GlobalId(type_name, uuid))


async def _speaker(
    info: Info,
    by: PersonBy | OrganizationBy,
    type_name: str,
    table: type[tables.Person] | type[tables.Organization],
) -> types.Node | None:
    if (id_ := given(by.id)) is not None:
        return await _by_id(info, id_, type_name)
    item = readable(by.wikidata_id or "", "by.wikidataId")
    uuid: UUID | None = await one(info, queries.with_wikidata_id(table, item), lambda found: found)
    return None if uuid is None else await nodes.node(info, ids.GlobalId(type_name, uuid))
