"""What the language model found of texts, kept by the text and by what found it: no text is analysed twice."""

from collections.abc import Collection, Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from etl.load import given, rows
from schema import tables
from schema.database import is_postgresql


def of(connection: Connection, texts: Collection[str], method: str) -> Mapping[str, bytes]:
    """What is on record of the texts with these hashes, by hash. method: of a load."""
    table = rows.table_of(tables.Annotation)
    query = select(table.c.text_hash, table.c.content).where(table.c.method == method)
    return {row.text_hash: row.content for row in rows.among(connection, query, table.c.text_hash, texts)}


def keep(connection: Connection, found_now: Iterable[tuple[str, bytes | None]], method: str) -> None:
    """Keeps what was found now of texts, by hash; None: they were not analysed.

    Two loads may bring one text at once: either will do.
    """
    found = {text: content for text, content in found_now if content}
    if not found:
        return
    insert = postgresql.insert if is_postgresql(connection) else sqlite.insert
    made = [{"text_hash": text, "method": method, "content": found[text]} for text in sorted(found)]
    connection.execute(insert(rows.table_of(tables.Annotation)).on_conflict_do_nothing(), made)


def outdate(connection: Connection, articles: Collection[UUID], method: str) -> None:
    """Removes what other methods found of the texts of these articles, but where another article with it is of them.

    method: by which these are read now.
    """
    table, article = rows.table_of(tables.Annotation), rows.table_of(tables.Article)
    texts = {hashed for its in given.texts_of(connection, articles).values() for hashed in its}
    query = select(table.c.text_hash, table.c.method).where(table.c.method != method)
    others = {(row.text_hash, row.method) for row in rows.among(connection, query, table.c.text_hash, texts)}
    of = select(article.c.id, article.c.text_hash, article.c.method)
    found = rows.among(connection, of, article.c.text_hash, {text for text, _ in others})
    used = {(row.text_hash, row.method) for row in found if row.id not in articles}
    for text, by in sorted(others - used):
        connection.execute(delete(table).where(table.c.text_hash == text, table.c.method == by))


def forget(connection: Connection, articles: Collection[UUID]) -> None:
    """Removes what is on record of the texts of these articles, whoever else has them: it can be found again."""
    texts = {hashed for its in given.texts_of(connection, articles).values() for hashed in its}
    rows.remove(connection, tables.Annotation, "text_hash", texts)
