"""What PostgreSQL knows of how its tables are filled, by which it chooses how to read them.

Its own daemon looks once a minute, and until then knows nothing of tables that a first load fills: what a batch reads
by three keys a row it would read by one of them, thirty times as long. So it is told after each batch that has doubled
a table.
"""

from sqlalchemy import Connection, text

from schema.database import Database, is_postgresql, reading

LEAST = 250
"""Rows that are too few to matter."""
_TARGET = 10
"""A tenth of what the daemon takes, 3,000 rows a table: about how many rows there are is all that counts."""

_DOUBLED = text(
    """
    SELECT quote_ident(c.relname)
    FROM pg_stat_user_tables s JOIN pg_class c ON c.oid = s.relid
    WHERE s.schemaname = current_schema() AND s.n_mod_since_analyze > greatest(c.reltuples, :least)
    ORDER BY c.relname
    """
)


def gather(database: Database) -> list[str]:
    """Has PostgreSQL look at the tables that have doubled; their names. None where others are looking, or on SQLite.

    Raises DatabaseError, naming the database, when it does not answer.
    """
    if isinstance(database, Connection):  # a part of something bigger, of which nothing may stay
        return []
    with reading(database) as connection:
        if not is_postgresql(connection):
            return []
        names = list(connection.execute(_DOUBLED, {"least": LEAST}).scalars())
        if names:
            connection.exec_driver_sql(f"SET LOCAL default_statistics_target = {_TARGET}")
            # Two loads that look at the same ones would wait for each other.
            connection.exec_driver_sql(f"ANALYZE (SKIP_LOCKED) {', '.join(names)}")
            connection.commit()
        return names
