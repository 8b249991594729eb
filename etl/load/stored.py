"""What statements need to know of rows already stored: wordings of reports, dates, outlets and events of articles."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, func, select

from etl.load import rows
from etl.load.corrected import corrected
from etl.merge import Wording
from schema import tables
from schema.dates import Edtf, parse_edtf
from schema.enums import ReportingRole

_OF_REPORTS = (
    *("id", "article_id", "text", "text_hash", "kind", "act", "basis", "denied"),
    *("said_on", "said_basis", "said_expression", "said_anchor"),
)
"""What of a report makes it a Wording."""


def stored_wordings(connection: Connection, reports: Collection[UUID]) -> list[Wording]:
    """The wordings of stored reports as people corrected them, sorted by id."""
    report = rows.table_of(tables.Report)
    article, profile = rows.table_of(tables.Article), rows.table_of(tables.Profile)
    unnamed = rows.table_of(tables.UnnamedSource)
    link, about = rows.table_of(tables.ReportingLink), rows.table_of(tables.LinkProfile)
    query = (
        # The statement's speaker is of the last merge: a profile may mean somebody else since.
        select(
            *(report.c[name] for name in _OF_REPORTS),
            func.coalesce(profile.c.speaker_id, link.c.speaker_id).label("speaker_id"),
            article.c.published_on,
            article.c.translated,
            func.coalesce(article.c.copy_of_id, article.c.id).label("original_id"),
            unnamed.c.id.label("unnamed_id"),
        )
        .join(article, article.c.id == report.c.article_id)
        .outerjoin(link, and_(link.c.report_id == report.c.id, link.c.role == ReportingRole.SPEAKER))
        .outerjoin(about, and_(about.c.report_id == link.c.report_id, about.c.position == link.c.position))
        .outerjoin(profile, profile.c.id == about.c.profile_id)
        .outerjoin(unnamed, unnamed.c.id == link.c.speaker_id)
    )
    found = [
        Wording(
            report=row.id,
            article=row.article_id,
            speaker=row.speaker_id,
            text=row.text,
            kind=row.kind,
            act=row.act,
            basis=row.basis,
            denied=row.denied,
            said=_edtf(row.said_on),
            said_basis=row.said_basis,
            expression=row.said_expression,
            anchor=row.said_anchor,
            published=_edtf(row.published_on),
            translated=row.translated,
            original=row.original_id,
            is_named=row.speaker_id is not None and row.unnamed_id is None,
            revision=row.text_hash,
        )
        for row in rows.among(connection, query, report.c.id, reports)
    ]
    return sorted(corrected(connection, found), key=lambda wording: wording.report)


def originals(connection: Connection, articles: Collection[UUID]) -> dict[UUID, UUID]:
    """The article whose text each of these prints: itself, or the one it copies."""
    article = rows.table_of(tables.Article)
    query = select(article.c.id, func.coalesce(article.c.copy_of_id, article.c.id).label("original"))
    return {row.id: row.original for row in rows.among(connection, query, article.c.id, articles)}


def translations(connection: Connection, articles: Collection[UUID]) -> set[UUID]:
    """Those of these articles that say they are translations."""
    article = rows.table_of(tables.Article)
    query = select(article.c.id).where(article.c.translated)
    return {row.id for row in rows.among(connection, query, article.c.id, articles)}


def printed_by_copies(connection: Connection, articles: Collection[UUID]) -> list[Wording]:
    """The stored reports of these articles, and of all that print the same texts, whose speaker nobody names."""
    article, report = rows.table_of(tables.Article), rows.table_of(tables.Report)
    texts = set(originals(connection, articles).values())
    copies = rows.among(connection, select(article.c.id), article.c.copy_of_id, texts)
    everywhere = texts | {row.id for row in copies}
    found = rows.among(connection, select(report.c.id), report.c.article_id, everywhere)
    return [wording for wording in stored_wordings(connection, {row.id for row in found}) if not wording.is_named]


@dataclass(frozen=True, slots=True)
class Context:
    """The articles of some reports: when they were published, by which outlet, as copies of what, about which event."""

    dates: Mapping[UUID, Edtf | None]
    outlets: Mapping[UUID, UUID]
    events: Mapping[UUID, Sequence[UUID]]
    """Of an article that covers several its main one first; none of one that tells of none."""

    @classmethod
    def of(cls, connection: Connection, wordings: Iterable[Wording]) -> "Context":
        """The context of these wordings, from the rows of their articles."""
        link = rows.table_of(tables.EventArticle)
        ids = {wording.article for wording in wordings}
        found = _printed(connection, ids)
        originals = {row.copy_of_id for row in found if row.copy_of_id}
        outlets = {row.id: row.source_id if row.known else row.id for row in (*found, *_printed(connection, originals))}
        events: dict[UUID, list[UUID]] = {}
        for row in sorted(rows.among(connection, select(link), link.c.article_id, ids), key=lambda row: not row.main):
            events.setdefault(row.article_id, []).append(row.event_id)
        return cls(
            dates={row.id: _edtf(row.published_on) for row in found},
            # An outlet nobody gave may be any: each such article counts by itself. A copy counts as what it copies.
            outlets={row.id: outlets[row.copy_of_id or row.id] for row in found},
            events=events,
        )

    def first_reported(self, articles: Collection[UUID]) -> Edtf | None:
        """The earliest publication, None when no article has a date."""
        dates = [date for article in articles if (date := self.dates[article])]
        return min(dates, key=lambda date: (date.earliest, date.latest, date.value), default=None)

    def independent_sources(self, articles: Collection[UUID]) -> int:
        """How many outlets carried it by themselves."""
        return len({self.outlets[article] for article in articles})

    def event(self, articles: Collection[UUID]) -> UUID | None:
        """The event that most of the articles cover; of several the one that is the main one of most, then by id.

        None where no article tells of any.
        """
        covered = [self.events[article] for article in articles if article in self.events]
        counts = Counter(event for its in covered for event in its)
        main = Counter(its[0] for its in covered)
        return min(counts, key=lambda event: (-counts[event], -main[event], event), default=None)


def _printed(connection: Connection, articles: Collection[UUID]) -> list[Any]:
    """When and by whom these articles were printed, and as copies of what."""
    article, source = rows.table_of(tables.Article), rows.table_of(tables.Source)
    query = select(
        article.c.id, article.c.published_on, article.c.source_id, article.c.copy_of_id, source.c.known
    ).join(source, source.c.id == article.c.source_id)
    return rows.among(connection, query, article.c.id, articles)


def _edtf(value: str | None) -> Edtf | None:
    return parse_edtf(value) if value else None
