"""Articles that a backfill has stored and nobody has placed yet: they wait with all that was read of them.

Placing looks at what is stored of the same days, people and remarks, and takes longer than writing. What is placed, and
in which order, is the same to the graph (etl.load), so that it can be done later. Until then an article is there
without its reports: questions see whole statements, or none.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, func, select

from etl import group
from etl.errors import WaitingError
from etl.load import articles, rows, sources
from etl.load.prepared import Prepared
from etl.load.runs import Run
from etl.records import Attribution, CleanArticle, Furniture, Party, RawArticle, ResolvedArticle
from schema import tables


@dataclass(frozen=True, slots=True)
class _Content:
    """What is kept of an article beside its text and its reports."""

    raw: RawArticle
    language: str
    parties: Mapping[str, Party]
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[str, ...] = ()


_CONTENT, _REPORT = TypeAdapter(_Content), TypeAdapter(Attribution)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is about to be stored, and placed later.

    row: its own. window: of its day. content, reports: what was read of it, as JSON. notes, counts: what is counted of
    it. annotation: what the language model found now, None where it was not asked.
    """

    id: UUID
    raw: RawArticle
    row: rows.Values
    window: int | None
    content: str
    reports: Sequence[str]
    notes: Sequence[str]
    counts: Mapping[str, int]
    annotation: bytes | None

    @classmethod
    def of(cls, resolved: ResolvedArticle) -> "Waiting":
        """The article, with what was read of it written down."""
        article = resolved.article
        bare = replace(article.raw, text="")
        content = _Content(bare, article.language, resolved.parties, article.furniture, article.notes)
        return cls(
            id=articles.id_of(article),
            raw=article.raw,
            row=articles.row_of(article),
            window=group.window(article.raw.published_on),
            content=_json(_CONTENT, content),
            reports=[_json(_REPORT, one) for one in resolved.attributions],
            notes=(*article.raw.notes, *article.notes),
            counts=resolved.counts,
            annotation=resolved.annotation,
        )

    @property
    def found_now(self) -> tuple[str, bytes | None]:
        """The hash of its text, and what the language model found of it now, None where it was not asked."""
        return self.row["text_hash"], self.annotation

    @property
    def read(self) -> "Read":
        """The same as it is stored."""
        return Read(self.id, self.raw.text, self.content, self.reports)

    @property
    def prepared(self) -> Prepared:
        """The same, to be placed at once."""
        made = self.read.resolved
        return Prepared.of(replace(made, counts=self.counts, annotation=self.annotation))


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of an article that waits, as it is stored."""

    id: UUID
    text: str
    content: str
    reports: Sequence[str]

    @property
    def resolved(self) -> ResolvedArticle:
        """The article read to its end. What was counted of it was counted when it was stored.

        Raises WaitingError when another Quoth wrote down what was read of it, in another way.
        """
        try:
            told = _CONTENT.validate_json(self.content)
            reports = tuple(map(_REPORT.validate_json, self.reports))
        except ValidationError as error:
            raise WaitingError(
                f"article {self.id} waits to be placed in a form that this Quoth cannot read "
                f"({error.errors()[0]['msg']}); `quoth reprocess` reads its text anew"
            ) from error
        article = CleanArticle(replace(told.raw, text=self.text), told.language, told.furniture, told.notes)
        return ResolvedArticle(article, told.parties, reports)


def _json(kind: TypeAdapter[Any], value: object) -> str:
    return kind.dump_json(value, exclude_defaults=True).decode()


def take_in(connection: Connection, run: Run, waiting: Sequence[Waiting]) -> None:
    """Writes articles that are not stored yet; they wait from then on."""
    if not waiting:
        return
    raws = [one.raw for one in waiting]
    sources.add(connection, raws)
    sources.name(connection, raws)
    articles.write(connection, raws, [one.row for one in waiting], (), run.id, run.method, run.started_at)
    rows.add(
        connection,
        tables.WaitingArticle,
        [{"article_id": one.id, "load_id": run.id, "window": one.window, "content": one.content} for one in waiting],
    )
    rows.add(
        connection,
        tables.WaitingReport,
        [
            {"article_id": one.id, "position": position, "content": content}
            for one in waiting
            for position, content in enumerate(one.reports)
        ],
    )


def among(connection: Connection, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Those of these articles that wait, each with the load that brought it."""
    table = rows.table_of(tables.WaitingArticle)
    query = select(table.c.article_id, table.c.load_id)
    return {row.article_id: row.load_id for row in rows.among(connection, query, table.c.article_id, ids)}


def count(connection: Connection) -> int:
    """How many articles wait."""
    table = rows.table_of(tables.WaitingArticle)
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def following(connection: Connection, most: int, but_for: Collection[UUID] = ()) -> tuple[UUID | None, list[UUID]]:
    """The next articles to be placed, so many at most, and the load that brought all of them; by their days.

    but_for: those that are about to be placed. None and no article where nothing else waits.
    """
    table = rows.table_of(tables.WaitingArticle)
    query = select(table.c.article_id, table.c.load_id).order_by(table.c.load_id, table.c.window, table.c.article_id)
    found = connection.execute(query.limit(most + len(but_for))).all()
    left = [row for row in found if row.article_id not in but_for][:most]
    load = left[0].load_id if left else None
    return load, [row.article_id for row in left if row.load_id == load]


def read(connection: Connection, ids: Collection[UUID]) -> list[Read]:
    """What was read of those of these articles that wait, in the order of the ids."""
    article, report = rows.table_of(tables.WaitingArticle), rows.table_of(tables.WaitingReport)
    stored = rows.table_of(tables.Article)
    query = select(article.c.article_id, article.c.content, stored.c.text)
    reports: dict[UUID, list[tuple[int, str]]] = {}
    for row in rows.among(connection, select(report), report.c.article_id, ids):
        reports.setdefault(row.article_id, []).append((row.position, row.content))
    joined = query.join(stored, stored.c.id == article.c.article_id)
    found = {row.article_id: row for row in rows.among(connection, joined, article.c.article_id, ids)}
    return [
        Read(key, found[key].text, found[key].content, [content for _, content in sorted(reports.get(key, ()))])
        for key in ids
        if key in found
    ]


def release(connection: Connection, ids: Iterable[UUID]) -> None:
    """These articles wait no longer."""
    rows.remove(connection, tables.WaitingArticle, "article_id", list(ids))
