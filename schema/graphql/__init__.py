"""The GraphQL schema over the tables: graphql_schema is all that others need, with a context.Context an operation."""

from strawberry.schema.config import StrawberryConfig

from schema.graphql.errors import PublishedSchema
from schema.graphql.guards import GUARDS
from schema.graphql.query import Query
from schema.graphql.scalars import SCALARS
from schema.graphql.types import Organization, Person, UnnamedSource

graphql_schema = PublishedSchema(
    query=Query,
    types=[Person, Organization, UnnamedSource],
    config=StrawberryConfig(scalar_map=SCALARS),
    extensions=GUARDS,
)
