"""What the database holds of the labelled articles."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl.errors import LabelError
from etl.evaluate.gold import GoldArticle
from etl.load import rows
from etl.records import Span
from schema import tables
from schema.database import reading
from schema.dates import Edtf, parse_edtf
from schema.enums import Act, AttributionBasis, ReportingRole, SpanRole, StatementKind


@dataclass(frozen=True, slots=True)
class StoredLink:
    """A relayer as printed, and the speaker it is."""

    name: str
    speaker: UUID | None


@dataclass(frozen=True, slots=True)
class StoredReport:
    """A report that is not withdrawn, with its statement's speaker and date."""

    id: UUID
    text: str
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: StatementKind
    act: Act
    basis: AttributionBasis
    denied: bool
    speaker: UUID | None
    said_on: Edtf | None
    said_expression: str | None
    chain: tuple[StoredLink, ...]
    statement: UUID
    mentions: tuple[tuple[Span, UUID], ...]


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its reports in text order. copy_of, correction_of: stems, or the id of one without labels."""

    stem: str
    event: UUID | None
    copy_of: str | None
    correction_of: str | None
    reports: tuple[StoredReport, ...]


@dataclass(frozen=True, slots=True)
class Stored:
    """The labelled articles by stem, and the names of speakers."""

    articles: Mapping[str, StoredArticle]
    names: Mapping[UUID, str]


def stored(engine: Engine, labelled: Collection[GoldArticle]) -> Stored:
    """What the database holds of these articles.

    Raises LabelError when it lacks one, or holds it with another text.
    """
    stems = {article.raw.id: article.stem for article in labelled}
    with reading(engine) as connection:
        article = rows.table_of(tables.Article)
        query = select(article.c.id, article.c.text, article.c.copy_of_id, article.c.correction_of_id)
        found = {row.id: row for row in rows.among(connection, query, article.c.id, stems)}
        _check(labelled, found)
        event = rows.table_of(tables.EventArticle)
        main = select(event).where(event.c.main)
        events = {row.article_id: row.event_id for row in rows.among(connection, main, event.c.article_id, stems)}
        reports = _reports(connection, stems)
        speaker = rows.table_of(tables.Speaker)
        used = {id for some in reports.values() for one in some for id in _speakers(one)}
        names = {
            row.id: row.name for row in rows.among(connection, select(speaker.c.id, speaker.c.name), speaker.c.id, used)
        }

    def stem(of: UUID | None) -> str | None:
        return stems.get(of, str(of)) if of else None

    return Stored(
        {
            stems[key]: StoredArticle(
                stems[key],
                events.get(key),
                stem(row.copy_of_id),
                stem(row.correction_of_id),
                tuple(sorted(reports[key], key=lambda one: one.content)),
            )
            for key, row in found.items()
        },
        names,
    )


def _check(labelled: Collection[GoldArticle], found: Mapping[UUID, Any]) -> None:
    missing = [one for one in labelled if one.raw.id not in found]
    other = [one for one in labelled if one not in missing and found[one.raw.id].text != one.raw.text]
    problems = []
    for articles, what in ((missing, "not in the database"), (other, "in the database with another text")):
        if articles:
            names = ", ".join(one.stem for one in articles)
            folder = Path(articles[0].raw.place).parent
            problems.append(f"labelled articles {what}: {names}; run quoth load {folder} with the same --database")
    if problems:
        raise LabelError(problems)


def _reports(connection: Connection, articles: Collection[UUID]) -> dict[UUID, list[StoredReport]]:
    report, statement = rows.table_of(tables.Report), rows.table_of(tables.Statement)
    said = (statement.c.said_on.label("day"), statement.c.said_expression.label("when"))
    query = (
        select(report, statement.c.speaker_id, *said)
        .join(statement, statement.c.id == report.c.statement_id)
        .where(report.c.withdrawn_at.is_(None))
    )
    found = rows.among(connection, query, report.c.article_id, articles)
    ids = [row.id for row in found]
    spans = _by_report(connection, tables.ReportSpan, ids, "position")
    links = _by_report(connection, tables.ReportingLink, ids, "position")
    mentions = _by_report(connection, tables.Mention, ids, "start")
    made: dict[UUID, list[StoredReport]] = defaultdict(list)
    for row in found:
        made[row.article_id].append(
            StoredReport(
                id=row.id,
                text=row.text,
                content=_spans(spans[row.id], SpanRole.CONTENT),
                source=_spans(spans[row.id], SpanRole.SPEAKER),
                kind=row.kind,
                act=row.act,
                basis=row.basis,
                denied=row.denied,
                speaker=row.speaker_id,
                said_on=parse_edtf(row.day) if row.day else None,
                said_expression=row.when,
                chain=tuple(
                    StoredLink(link.name, link.speaker_id)
                    for link in links[row.id]
                    if link.role is ReportingRole.RELAYER
                ),
                statement=row.statement_id,
                mentions=tuple((Span(one.start, one.end), one.speaker_id) for one in mentions[row.id]),
            )
        )
    return made


def _speakers(report: StoredReport) -> set[UUID]:
    """Everybody a report refers to."""
    named = [report.speaker, *(link.speaker for link in report.chain), *(speaker for _, speaker in report.mentions)]
    return {speaker for speaker in named if speaker}


def _by_report(connection: Connection, model: Any, ids: Sequence[UUID], order: str) -> defaultdict[UUID, list[Any]]:
    """The rows of a table that hangs on reports, by report, in order."""
    table = rows.table_of(model)
    found: defaultdict[UUID, list[Any]] = defaultdict(list)
    for row in rows.among(connection, select(table).order_by(table.c[order]), table.c.report_id, ids):
        found[row.report_id].append(row)
    return found


def _spans(found: Sequence[Any], role: SpanRole) -> tuple[Span, ...]:
    return tuple(Span(row.start, row.end) for row in found if row.role is role)
