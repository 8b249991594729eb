"""Outlets tied to the bodies that articles quote under their name: "Norwire reported", "told the Castlebury Post"."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import Connection, select

from etl.load import rows
from schema import tables
from schema.keys import fold, outlet_name


def tie(connection: Connection, bodies: Collection[UUID], articles: Collection[UUID]) -> None:
    """Ties the outlets of these articles, those that are one of these bodies, and those that these articles name.

    Of several bodies of that name it is the one called so in full, then the one with the smallest id.
    """
    source, article = rows.table_of(tables.Source), rows.table_of(tables.Article)
    alias = rows.table_of(tables.Alias)
    spelled = rows.among(connection, select(alias.c.folded).distinct(), alias.c.article_id, articles)
    called = {fold(outlet_name(row.folded)) for row in spelled} - {""}
    query = select(source.c.id, source.c.masthead, source.c.organization_id).distinct()
    of_articles = query.join(article, article.c.source_id == source.c.id)
    found = {
        *rows.among(connection, query, source.c.masthead, called),
        *rows.among(connection, query, source.c.organization_id, bodies),
        *rows.among(connection, of_articles, article.c.id, articles),
    }
    by_name = _bodies_called(connection, {row.masthead for row in found} - {""})
    rows.put(connection, tables.Source, [{"id": row.id, "organization_id": by_name.get(row.masthead)} for row in found])


def untie(connection: Connection, bodies: Collection[UUID]) -> None:
    """No outlet is one of these bodies any more."""
    source = rows.table_of(tables.Source)
    tied = rows.among(connection, select(source.c.id), source.c.organization_id, bodies)
    rows.put(connection, tables.Source, [{"id": row.id, "organization_id": None} for row in tied])


def _bodies_called(connection: Connection, names: Collection[str]) -> dict[str, UUID]:
    alias, speaker = rows.table_of(tables.Alias), rows.table_of(tables.Speaker)
    body = rows.table_of(tables.Organization)
    query = (
        select(alias.c.folded, speaker.c.folded.label("whole"), speaker.c.id)
        .join(speaker, speaker.c.id == alias.c.speaker_id)
        .join(body, body.c.id == speaker.c.id)
    )
    found: dict[str, list[tuple[bool, UUID]]] = {}
    for row in rows.among(connection, query, alias.c.folded, {*names, *(f"the {name}" for name in names)}):
        name, whole = fold(outlet_name(row.folded)), fold(outlet_name(row.whole))
        if not whole.endswith(f" {name}"):  # "the Post" of the Castlebury Post is no body of that name
            found.setdefault(name, []).append((whole != name, row.id))
    return {name: min(bodies)[1] for name, bodies in found.items()}
