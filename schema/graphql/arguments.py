"""Arguments that several fields take: their types with what clients read about them."""

from typing import Annotated

import strawberry

from schema.graphql.enums import Act, OffsetUnit
from schema.graphql.filters import ArticleFilter, ReportFilter, StatementFilter
from schema.graphql.orders import ArticleOrder, StatementOrder

StatementWhere = Annotated[StatementFilter | None, strawberry.argument(description="Only statements that meet this.")]
StatementOrders = Annotated[
    list[StatementOrder] | None,
    strawberry.argument(description="Order; firstReportedOn descending when left out. Ties are in the order of ids."),
]
Acts = Annotated[list[Act], strawberry.argument(description="Only these acts; speech alone by default.")]
SPEECH = [Act.SPEECH]
ReportWhere = Annotated[ReportFilter | None, strawberry.argument(description="Only reports that meet this.")]
ArticleWhere = Annotated[ArticleFilter | None, strawberry.argument(description="Only articles that meet this.")]
ArticleOrders = Annotated[
    list[ArticleOrder] | None,
    strawberry.argument(description="Order; publishedOn descending when left out. Ties are in the order of ids."),
]
Unit = Annotated[OffsetUnit, strawberry.argument(description="What the offset counts.")]
