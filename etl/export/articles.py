"""The lines of articles: records as `quoth load` reads them (etl.fields), and what loads made of them beside.

The same fields under the same names, so that a fresh load of the lines makes the same articles under the same ids.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, case, select

from etl.export.pages import Kind, Line, columns_of, hanging, single
from etl.load.rows import table_of
from schema import tables

_ARTICLE = table_of(tables.Article)
_SOURCE = table_of(tables.Source)
_EXTERNAL = table_of(tables.ExternalId)
_AUTHOR = table_of(tables.Author)
_EVENT = table_of(tables.EventArticle)
_PROFILE = table_of(tables.Profile)
_RELATION = table_of(tables.ArticleRelation)

_OF_TEXT = ("text", "text_hash")
"""Null where the text is withheld: by its hash whoever guesses a text knows that it is the one."""


def _complete(connection: Connection, page: Sequence[Line]) -> None:
    ids = [line["id"] for line in page]
    externals = single(connection, select(_EXTERNAL.c.article_id, _EXTERNAL.c.value), ids)
    bylines = select(_AUTHOR.c.article_id, _AUTHOR.c.name).order_by(_AUTHOR.c.position)
    authors = hanging(connection, bylines, ids)
    about = select(_EVENT.c.article_id, *columns_of(tables.EventArticle, "article_id"))
    events = hanging(connection, about.order_by(_EVENT.c.main.desc(), _EVENT.c.event_id), ids)
    said_of = select(_PROFILE.c.article_id, *columns_of(tables.Profile, "article_id", "own_id"))
    profiles = hanging(connection, said_of.order_by(_PROFILE.c.id), ids)
    related = select(_RELATION.c.article_id, *columns_of(tables.ArticleRelation, "article_id"))
    relations = hanging(connection, related.order_by(_RELATION.c.kind), ids)
    for line in page:
        key = line["id"]
        # A domain stands in for the name of an outlet until somebody gives one; of the unknown one nobody gave any.
        known, name = line.pop("known"), line.pop("name")
        line["source"] = name if known and name != line["domain"] else None
        line["external_ids"] = externals[key]
        line["authors"] = [author["name"] for author in authors[key]]
        line["events"] = events[key]
        line["profiles"] = profiles[key]
        line["relations"] = relations[key]


ARTICLES = Kind(
    tables.Article,
    select(
        *columns_of(tables.Article, "own_event_id", *_OF_TEXT),
        *(case((_ARTICLE.c.withheld, None), else_=_ARTICLE.c[name]).label(name) for name in _OF_TEXT),
        _SOURCE.c.name,
        _SOURCE.c.domain,
        _SOURCE.c.known,
    ).join_from(_ARTICLE, _SOURCE, _SOURCE.c.id == _ARTICLE.c.source_id),
    _complete,
)
