"""What people decided not to give away, as SQL: readers and searches ask here for words of an article's text."""

from typing import Any

from sqlalchemy import ColumnElement, case
from sqlmodel import col

from schema import tables


def given_away(words: Any) -> ColumnElement[str]:
    """Words of the text of article (tables.Article), none of them where it is withheld."""
    return case((col(tables.Article.withheld), ""), else_=words)
