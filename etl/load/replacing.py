"""Articles that are stored under another id once a load brings what identifies them: a url for a text without any.

An article is called by what is known of it (schema.keys.article_id), so that the same articles have the same ids
whatever came first. The rows of before go; their ids answer with the ids of now, and what people decided comes along.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, select, update

from etl.load import given, rows
from etl.load.earlier import spans_of
from etl.load.given import Given
from etl.load.removal import remove
from schema import decisions, tables
from schema.keys import earlier_report_id, event_id, report_id, statement_id


@dataclass(frozen=True, slots=True)
class Replaced:
    """What was taken out for articles that come under another id: their texts and records, under the new ids.

    revisions: rows, each with its text.
    """

    revisions: Sequence[rows.Values] = ()
    records: Sequence[Given] = ()


def take_out(connection: Connection, replaced: Mapping[UUID, Collection[UUID]], now: datetime) -> Replaced:
    """Removes the articles that those of these ids were so far, and leads from their ids to the new ones.

    One that has the id already and is to be made of others as well is among those that it was.
    """
    article = {old: new for new, its in replaced.items() for old in its}
    if not article:
        return Replaced()
    reports = _reports(connection, article)
    table, texts = rows.table_of(tables.Revision), given.texts_of(connection, article)
    revisions = [
        {
            "article_id": article[row.article_id],
            "text_hash": row.text_hash,
            "load_id": row.load_id,
            "text": texts[row.article_id][row.text_hash],
        }
        for row in rows.among(connection, select(table), table.c.article_id, article)
    ]
    its_own_first = sorted(given.of(connection, article), key=lambda one: article[one.article] != one.article)
    records = [replace(one, article=article[one.article]) for one in its_own_first]
    remove(connection, article, now)
    called = {old: new for old, new in (article | reports).items() if old != new}
    decisions.rename(connection, called)
    called |= {statement_id([old]): statement_id([new]) for old, new in reports.items() if old != new}
    called |= {event_id([old]): event_id([new]) for old, new in article.items() if old != new}
    redirect(connection, called)
    return Replaced(revisions, records)


def put_back(connection: Connection, replaced: Replaced) -> None:
    """The texts and records that the articles had under their earlier ids, now that they are there under new ones."""
    add_revisions(connection, replaced.revisions)
    given.add(connection, replaced.records)


def add_revisions(connection: Connection, revisions: Sequence[rows.Values]) -> None:
    """Texts that stored articles had, or have: the present one stands with the article."""
    article = rows.table_of(tables.Article)
    query = select(article.c.id, article.c.text_hash)
    found = rows.among(connection, query, article.c.id, {row["article_id"] for row in revisions})
    present = {(row.id, row.text_hash) for row in found}
    rows.put(
        connection,
        tables.Revision,
        [{**row, "text": None} if (row["article_id"], row["text_hash"]) in present else row for row in revisions],
    )


def _reports(connection: Connection, article: Mapping[UUID, UUID]) -> dict[UUID, UUID]:
    """The ids that the reports of these articles will have, by those they have."""
    report = rows.table_of(tables.Report)
    query = select(report.c.id, report.c.article_id, report.c.text_hash)
    found = rows.among(connection, query, report.c.article_id, article)
    spans = spans_of(connection, [row.id for row in found])
    return {
        row.id: report_id(article[row.article_id], spans[row.id])
        if row.id == report_id(row.article_id, spans[row.id])
        else earlier_report_id(article[row.article_id], spans[row.id], row.text_hash)
        for row in found
    }


def redirect(connection: Connection, called: Mapping[UUID, UUID]) -> None:
    """Old ids lead to new ones, those that led to the old ones as well; no id leads away that something has again."""
    table = rows.table_of(tables.Redirect)
    for row in rows.among(connection, select(table), table.c.successor_id, called):
        connection.execute(update(table).where(table.c.id == row.id).values(successor_id=called[row.successor_id]))
    rows.remove(connection, tables.Redirect, "id", {*called, *called.values()})
    rows.add(connection, tables.Redirect, [{"id": old, "successor_id": new} for old, new in sorted(called.items())])
