"""A reader that asks the language model about no text of which it is on record what it found."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from etl.guard import Made, Reader, Reading
from etl.load import annotations
from etl.records import CleanArticle
from schema.database import Database, reading
from schema.keys import text_hash


def remembering(database: Database, method: str, reader: Reader[Made]) -> Reader[Made]:
    """The reader, told what is on record of each text by this method of a load."""
    return partial(_read, database, method, reader)


def _read(database: Database, method: str, reader: Reader[Made], articles: Sequence[CleanArticle]) -> Reading[Made]:
    texts = [text_hash(article.text) for article in articles]
    with reading(database) as connection:
        found = annotations.of(connection, set(texts), method)
    return reader([replace(article, annotation=found.get(text)) for article, text in zip(articles, texts, strict=True)])
