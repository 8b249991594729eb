"""What people decided about reports, in the place of what their articles say: whose the words are, and of which day."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, select, update

from etl.load import rows
from etl.load.profiles import loaded, meant_by, speaking
from etl.merge import Wording
from schema import decisions, tables
from schema.dates import parse_edtf
from schema.decisions import Reattribution
from schema.enums import DateBasis, ReportingRole


def corrected(connection: Connection, wordings: Iterable[Wording]) -> list[Wording]:
    """The wordings as merging is to see them."""
    wordings = list(wordings)
    reports = {wording.report for wording in wordings}
    speakers, dates = _speakers(connection, reports), decisions.datings(connection, reports)
    # What is no statement stands by itself, and nobody says it.
    speakers |= dict.fromkeys(decisions.rejections(connection, reports))
    if not speakers and not dates:
        return wordings
    found = []
    for wording in wordings:
        if wording.report in speakers:
            # In a copy, too.
            wording = replace(wording, speaker=speakers[wording.report], original=None)
        if day := dates.get(wording.report):
            said = parse_edtf(day.said_on) if day.said_on else None
            basis = DateBasis.STATED if said else None
            wording = replace(wording, said=said, said_basis=basis, expression=None, anchor=None)
        found.append(wording)
    return found


def relink(connection: Connection, reports: Collection[UUID]) -> None:
    """The first link of the chain of reports that were given to somebody else names that somebody."""
    for report, speaker in _speakers(connection, reports).items():
        _link(connection, report, speaker)


def _link(connection: Connection, report: UUID, speaker: UUID | None) -> None:
    link = rows.table_of(tables.ReportingLink)
    at = (link.c.report_id == report) & (link.c.role == ReportingRole.SPEAKER)
    connection.execute(update(link).where(at).values(speaker_id=speaker))


def withdraw(connection: Connection, reports: Collection[UUID]) -> None:
    """Reports that people rejected are withdrawn since then, the others are not.

    One of an earlier text is withdrawn since there is another text, whatever people say of it.
    """
    table = rows.table_of(tables.Report)
    rejected = decisions.rejections(connection, reports)
    of_present = select(table.c.id).where(table.c.text_hash.is_(None))
    withdrawn = of_present.where(table.c.withdrawn_at.is_not(None))
    there = {
        row.id
        for query, keys in ((withdrawn, reports), (of_present, rejected))
        for row in rows.among(connection, query, table.c.id, keys)
    }
    rows.put(connection, tables.Report, [{"id": key, "withdrawn_at": rejected.get(key)} for key in there])


def unlink(connection: Connection, taken_back: Reattribution) -> None:
    """The first link of its chain names again whom the article means."""
    spoken = speaking(connection, "report_id", [taken_back.report])
    meant = loaded(connection, "id", spoken.values())
    _link(connection, taken_back.report, next((row.speaker_id for row in meant.values()), taken_back.before))


def _speakers(connection: Connection, reports: Collection[UUID]) -> dict[UUID, UUID | None]:
    """Who people said speaks in these reports; a speaker whom no article has brought yet is not among them."""
    table = rows.table_of(tables.Speaker)
    found: dict[UUID, UUID | None] = {}
    for report, one in decisions.reattributions(connection, reports).items():
        speaker = meant_by(connection, one.speaker) if one.speaker else None
        if speaker is None or connection.execute(select(table.c.id).where(table.c.id == speaker)).first():
            found[report] = speaker
    return found
