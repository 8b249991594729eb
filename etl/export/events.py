"""The lines of events: what articles are about, and which articles these are."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from etl.export.pages import Kind, Line, columns_of, hanging
from etl.load.rows import table_of
from schema import tables

_LINK = table_of(tables.EventArticle)


def _complete(connection: Connection, page: Sequence[Line]) -> None:
    about = select(_LINK.c.event_id, *columns_of(tables.EventArticle, "event_id")).order_by(_LINK.c.article_id)
    articles = hanging(connection, about, [line["id"] for line in page])
    for line in page:
        line["articles"] = articles[line["id"]]


EVENTS = Kind(tables.Event, select(*columns_of(tables.Event)), _complete)
