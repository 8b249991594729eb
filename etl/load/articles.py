"""Sources and articles as rows, and what is already stored of an article."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from etl.clean import clean
from etl.copies.credits import body_start
from etl.load import rows
from etl.records import CleanArticle, RawArticle
from etl.resolve.place import dateline_place
from etl.translated import is_translated
from schema import tables
from schema.dates import parse_edtf
from schema.keys import event_id, source_id, text_hash

_LABEL_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Stored:
    """What is on record of an article: its current text's hash, all its texts' hashes, and what its records gave.

    source_known: whether it has an outlet.
    """

    text_hash: str
    texts: frozenset[str]
    raw: RawArticle
    source_known: bool


def id_of(article: CleanArticle) -> UUID:
    """The article's id: its external_id, else its url, else its text."""
    return article.raw.id


def stored_articles(connection: Connection, ids: Collection[UUID]) -> dict[UUID, Stored]:
    """What is on record of these articles, by id; those never loaded are missing."""
    external, revision = rows.table_of(tables.ExternalId), rows.table_of(tables.Revision)
    found, bylines = _with_sources(connection, ids), _bylines(connection, ids)
    externals: dict[UUID, list[str]] = {}
    for row in rows.among(connection, select(external), external.c.article_id, ids):
        externals.setdefault(row.article_id, []).append(row.value)
    texts: dict[UUID, set[str]] = {}
    for row in rows.among(connection, select(revision), revision.c.article_id, ids):
        texts.setdefault(row.article_id, set()).add(row.text_hash)
    return {row.id: _stored(row, externals.get(row.id, []), bylines.get(row.id, []), texts[row.id]) for row in found}


def stored_records(connection: Connection, ids: Collection[UUID]) -> dict[UUID, CleanArticle]:
    """Stored articles as cleaning left them, by id."""
    # With its bylines, by which cleaning knows one in the text.
    found, bylines = {}, _bylines(connection, ids)
    for row in _with_sources(connection, ids):
        cleaned = clean(_stored(row, [], bylines.get(row.id, []), set()).raw)
        if isinstance(cleaned, CleanArticle):
            found[row.id] = cleaned
    return found


def _with_sources(connection: Connection, ids: Collection[UUID]) -> list[Any]:
    article, source = rows.table_of(tables.Article), rows.table_of(tables.Source)
    query = select(
        article, source.c.known, source.c.name.label("source_name"), source.c.domain.label("source_domain")
    ).join(source, source.c.id == article.c.source_id)
    return rows.among(connection, query, article.c.id, ids)


def _bylines(connection: Connection, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    author = rows.table_of(tables.Author)
    query = select(author).order_by(author.c.article_id, author.c.position)
    found: dict[UUID, list[str]] = {}
    for row in rows.among(connection, query, author.c.article_id, ids):
        found.setdefault(row.article_id, []).append(row.name)
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """Which stored articles have these external ids, these canonical urls, and texts of these hashes."""

    external_ids: Mapping[str, UUID]
    urls: Mapping[str, UUID]
    texts: Mapping[str, Sequence[UUID]]


def held(connection: Connection, records: Collection[RawArticle]) -> Held:
    """Who has what these records give."""
    article, external = rows.table_of(tables.Article), rows.table_of(tables.ExternalId)
    given = {name for raw in records for name in raw.external_ids}
    urls = {raw.url for raw in records if raw.url is not None}
    hashes = {text_hash(raw.text) for raw in records}
    texts: dict[str, list[UUID]] = {}
    named = rows.among(connection, select(external), external.c.value, given)
    at = rows.among(connection, select(article.c.url, article.c.id), article.c.url, urls)
    query = select(article.c.text_hash, article.c.id).order_by(article.c.id)
    for row in rows.among(connection, query, article.c.text_hash, hashes):
        texts.setdefault(row.text_hash, []).append(row.id)
    return Held({row.value: row.article_id for row in named}, {row.url: row.id for row in at}, texts)


def _stored(row: Any, external_ids: Sequence[str], authors: Sequence[str], texts: set[str]) -> Stored:
    external_id, further_ids = in_order(external_ids)
    raw = RawArticle(
        place=str(row.id),
        text=row.text,
        source=row.source_name if row.known else None,
        domain=row.source_domain,
        url=row.url,
        external_id=external_id,
        further_ids=further_ids,
        headline=row.headline,
        published_on=parse_edtf(row.published_on) if row.published_on else None,
        authors=tuple(authors),
        language=row.language,
        file_name=row.file_name,
    )
    return Stored(row.text_hash, frozenset(texts), raw, row.known)


def in_order(external_ids: Collection[str]) -> tuple[str | None, tuple[str, ...]]:
    """The external id by which an article is called, the first in the alphabet, and its further ones."""
    names = sorted(external_ids)
    return (names[0] if names else None), tuple(names[1:])


def among_stored(connection: Connection, ids: Collection[UUID]) -> set[UUID]:
    """Those of these articles that are stored."""
    article = rows.table_of(tables.Article)
    return {row.id for row in rows.among(connection, select(article.c.id), article.c.id, ids)}


def write(
    connection: Connection,
    raws: Sequence[RawArticle],
    made: Sequence[rows.Values],
    again: Collection[UUID],
    load: UUID | None,
    method: str,
    now: datetime,
) -> Mapping[UUID, str]:
    """The rows of these articles, whose sources are there; what hangs on an article is replaced.

    raws: their records as they are to be stored. made: row_of() each. again: those of them that were stored before.
    load: which brings them; None: they are all stored, and stay those of the loads that brought them. Returns the
    hashes of the texts that others of these articles have now took the place of.
    """
    brought = {} if load is None else {"load_id": load}
    ids = [row["id"] for row in made]
    replaced = _keep_earlier_texts(connection, made, again)
    rows.put(
        connection,
        tables.Article,
        made,
        stamp={"updated_at": now, "method": method, **brought},
        touched=ids,
        maybe_stored=again,
    )
    for model in (tables.ExternalId, tables.Author):
        rows.remove(connection, model, "article_id", again)
    rows.add(
        connection,
        tables.ExternalId,
        [{"value": name, "article_id": key} for key, raw in zip(ids, raws, strict=True) for name in raw.external_ids],
    )
    rows.add(
        connection,
        tables.Author,
        [
            {"article_id": key, "position": position, "name": name}
            for key, raw in zip(ids, raws, strict=True)
            for position, name in enumerate(raw.authors)
        ],
    )
    rows.put(
        connection,
        tables.Revision,
        [{"article_id": row["id"], "text_hash": row["text_hash"]} for row in made],
        stamp=brought,
        maybe_stored=again,
    )
    return replaced


def _keep_earlier_texts(
    connection: Connection, made: Sequence[rows.Values], again: Collection[UUID]
) -> Mapping[UUID, str]:
    """The texts of stored articles that have another one now stay with their revisions; their hashes."""
    article = rows.table_of(tables.Article)
    now = {row["id"]: row["text_hash"] for row in made}
    query = select(article.c.id, article.c.text_hash, article.c.text)
    changed = [row for row in rows.among(connection, query, article.c.id, again) if row.text_hash != now[row.id]]
    rows.put(
        connection,
        tables.Revision,
        [{"article_id": row.id, "text_hash": row.text_hash, "text": row.text} for row in changed],
    )
    return {row.id: row.text_hash for row in changed}


def row_of(article: CleanArticle) -> dict[str, Any]:
    """The row of an article, made of it alone."""
    raw = article.raw
    return {
        "id": raw.id,
        "source_id": source_id(raw.domain, raw.source),
        "label": raw.headline or raw.file_name or first_words(raw.text),
        "headline": raw.headline,
        "url": raw.url,
        "language": article.language,
        "file_name": raw.file_name,
        "published_on": raw.published_on.value if raw.published_on else None,
        "published_from": raw.published_on.earliest if raw.published_on else None,
        "published_to": raw.published_on.latest if raw.published_on else None,
        "text": raw.text,
        "text_hash": text_hash(raw.text),
        "place": dateline_place(raw.text, body_start(article), raw.source),
        "translated": is_translated(article),
        "own_event_id": event_id([raw.id]),
    }


def first_words(text: str) -> str:
    """What an article is called that has neither headline nor file name."""
    words = " ".join(text.split())
    return words if len(words) <= _LABEL_LENGTH else words[:_LABEL_LENGTH].rsplit(" ", 1)[0] + "…"
