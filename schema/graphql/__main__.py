"""Prints the schema: python -m schema.graphql > schema/schema.graphql."""

from schema.graphql import graphql_schema

if __name__ == "__main__":
    print(graphql_schema.as_str())
