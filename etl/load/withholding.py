"""Texts that are stored and not given away: the column by which readers know them follows what people decided.

The decision is the truth: of an article, by whatever its records are known, or of an outlet, for all that it prints.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl.load import events, known_by, rows
from etl.load.articles import first_words
from etl.records import RawArticle
from schema import decisions, tables
from schema.database import writing
from schema.decisions import Withholding
from schema.keys import source_id

UNTITLED = "untitled, text withheld"
"""What an article is called of which no word may be given away."""

_AT_ONCE = 500
"""Articles that are looked at together: an outlet may have a million."""


def withhold_articles(
    engine: Engine,
    articles: Collection[UUID],
    records: Sequence[RawArticle] = (),
    *,
    called: str,
    by: str,
    at: datetime,
    reason: str,
) -> UUID:
    """Withholds the texts of these articles, whatever later loads bring of them; the id of the decision.

    records: further ones of the same articles, stored or not. called: what the decision is about, in words.
    """
    with writing(engine) as connection:
        names = known_by.left_by(connection, articles, records)
        what = Withholding(names=tuple(sorted(names)), articles=tuple(sorted(articles)))
        told = f"the text of {called} is withheld"
        decision = decisions.record(connection, what, told, by=by, at=at, reason=reason)
        tellings = known_by.tellings_of(connection, articles).values()
        hashes = {telling.hashed for its in tellings for telling in its}
        follow(connection, {*articles, *known_by.with_texts(connection, hashes)}, at)
    return decision


def withhold_outlet(engine: Engine, outlet: UUID, *, called: str, by: str, at: datetime, reason: str) -> UUID:
    """Withholds the texts of all articles of an outlet, also of those that later loads bring; the id of the decision.

    An outlet that is known by its name alone may be any of that name: the texts of all of them are withheld.
    """
    with writing(engine) as connection:
        told = f"the texts of {called} are withheld"
        what = Withholding(outlets=(outlet,))
        decision = decisions.record(connection, what, told, by=by, at=at, reason=reason)
        follow(connection, _printed_by(connection, outlet), at)
    return decision


def take_back(connection: Connection, now: datetime) -> None:
    """Gives away again what no decision withholds any more."""
    article = rows.table_of(tables.Article)
    follow(connection, list(connection.execute(select(article.c.id).where(article.c.withheld)).scalars()), now)


def follow(connection: Connection, articles: Collection[UUID], now: datetime) -> None:
    """Says of these stored articles whether their texts are withheld, and calls them and their events accordingly."""
    if not decisions.are_there(connection):
        return
    for some in rows.chunks(sorted(articles), _AT_ONCE):
        keys = known_by.keys_of(connection, some)
        decided = decisions.withheld(connection, set().union(*keys.values()))
        _write(connection, some, {key for key, its in keys.items() if its & decided}, now)


def _write(connection: Connection, articles: Collection[UUID], withheld: Collection[UUID], now: datetime) -> None:
    article = rows.table_of(tables.Article)
    columns = (article.c.id, article.c.label, article.c.withheld, article.c.headline, article.c.file_name)
    found = rows.among(connection, select(*columns), article.c.id, articles)
    untitled = {row.id for row in found if not (row.headline or row.file_name)}
    again = [row.id for row in found if row.id in untitled and row.withheld and row.id not in withheld]
    texts = select(article.c.id, article.c.text)
    labels = {row.id: first_words(row.text) for row in rows.among(connection, texts, article.c.id, again)}
    labels |= {key: UNTITLED for key in untitled if key in withheld}
    changed = [
        {"id": row.id, "withheld": row.id in withheld, "label": labels.get(row.id, row.label)}
        for row in found
        if (row.withheld, row.label) != (row.id in withheld, labels.get(row.id, row.label))
    ]
    rows.put(connection, tables.Article, changed, stamp={"updated_at": now})
    events.retitle(connection, [row["id"] for row in changed])


def _printed_by(connection: Connection, outlet: UUID) -> set[UUID]:
    """The stored articles of this outlet; of one without a domain also those that a record gives its name."""
    article, source = rows.table_of(tables.Article), rows.table_of(tables.Source)
    record = rows.table_of(tables.Given)
    called = record.c.given["source"].as_string()
    queries = (select(source.c.name), select(called).distinct())
    every = (name for query in queries for name in connection.execute(query).scalars())
    named = {name for name in every if name and source_id(None, name) == outlet}
    own = select(article.c.id).where(article.c.source_id == outlet)
    found = set(connection.execute(own).scalars())
    alike = select(article.c.id).join(source, source.c.id == article.c.source_id)
    found |= {row.id for row in rows.among(connection, alike, source.c.name, named)}
    return found | {row.article_id for row in rows.among(connection, select(record.c.article_id), called, named)}
