"""The lines of statements: who said what, and which reports carry it."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from etl.export.pages import Kind, Line, columns_of, hanging, single
from etl.load.rows import table_of
from schema import tables

_STATEMENT = table_of(tables.Statement)
_SPEAKER = table_of(tables.Speaker)
_REASON = table_of(tables.StatementReason)
_REPORT = table_of(tables.Report)


def _complete(connection: Connection, page: Sequence[Line]) -> None:
    ids = [line["id"] for line in page]
    # Withdrawn reports carry nothing any more; the reports' own lines have them.
    carrying = select(_REPORT.c.statement_id, _REPORT.c.id).where(_REPORT.c.withdrawn_at.is_(None))
    reports = single(connection, carrying, ids)
    why = columns_of(tables.StatementReason, "statement_id", "position")
    reasons = hanging(connection, select(_REASON.c.statement_id, *why).order_by(_REASON.c.position), ids)
    for line in page:
        line["report_ids"] = reports[line["id"]]
        line["reasons"] = reasons[line["id"]]


STATEMENTS = Kind(
    tables.Statement,
    select(
        *columns_of(tables.Statement), _SPEAKER.c.type.label("speaker_type"), _SPEAKER.c.name.label("speaker_name")
    ).outerjoin_from(_STATEMENT, _SPEAKER, _SPEAKER.c.id == _STATEMENT.c.speaker_id),
    _complete,
)
