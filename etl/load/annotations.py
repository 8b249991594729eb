"""What the language model found of texts, kept by the text and by what found it: no text is analysed twice."""

from collections.abc import Collection, Iterable, Mapping
from importlib.metadata import version
from uuid import UUID

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from etl.load import given, rows
from etl.records import ResolvedArticle
from schema import tables
from schema.database import is_postgresql
from schema.keys import text_hash


def of(connection: Connection, texts: Collection[str], method: str) -> Mapping[str, bytes]:
    """What is on record of the texts with these hashes, by hash. method: of a load."""
    table = rows.table_of(tables.Annotation)
    query = select(table.c.text_hash, table.c.content).where(table.c.method == _by(method))
    return {row.text_hash: row.content for row in rows.among(connection, query, table.c.text_hash, texts)}


def keep(connection: Connection, resolved: Iterable[ResolvedArticle], method: str) -> None:
    """Keeps what was found now of the texts of these articles. Two loads may bring one text at once: either will do."""
    found = {text_hash(one.article.text): one.annotation for one in resolved if one.annotation}
    if not found:
        return
    insert = postgresql.insert if is_postgresql(connection) else sqlite.insert
    made = [{"text_hash": text, "method": _by(method), "content": found[text]} for text in sorted(found)]
    connection.execute(insert(rows.table_of(tables.Annotation)).on_conflict_do_nothing(), made)


def _by(method: str) -> str:
    """What found it: the models, and the code around them."""
    return f"{method}, quoth {version('quoth')}"


def forget(connection: Connection, articles: Collection[UUID]) -> None:
    """Removes what is on record of the texts of these articles, whoever else has them: it can be found again."""
    texts = {hashed for its in given.texts_of(connection, articles).values() for hashed in its}
    rows.remove(connection, tables.Annotation, "text_hash", texts)
