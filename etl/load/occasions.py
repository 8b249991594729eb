"""Which stored reports may be of one occasion with others: found by an index over speakers and days.

A remark is looked for among those its speaker made, or outlets printed, within days of it (etl.merge.SAME_OCCASION),
however many he or she is on record with. One without a day is compared with all.
"""

from collections.abc import Collection, Iterable
from uuid import UUID

from sqlalchemy import Connection, select, tuple_

from etl.load import rows
from etl.merge import SAME_OCCASION, Wording
from schema import tables
from schema.dates import Edtf

WIDEST = 10
"""A date that covers more windows than this is as good as none."""

_DAYS = SAME_OCCASION.days
_NO_DAY = 0


def index(connection: Connection, wordings: Collection[Wording]) -> None:
    """Stores by whom and when these reports are found; nothing is stored of them, or has been forgotten."""
    rows.add(
        connection,
        tables.ReportWindow,
        [
            {"speaker_id": wording.speaker, "window": window, "report_id": wording.report}
            for wording in wordings
            if wording.speaker is not None
            for window in windows(wording)
        ],
    )


def forget(connection: Connection, reports: Collection[UUID]) -> None:
    """These reports are found no more."""
    rows.remove(connection, tables.ReportWindow, "report_id", reports)


def near(connection: Connection, wordings: Iterable[Wording]) -> set[UUID]:
    """The stored reports by the same speakers of about the same days, or of no known day."""
    table = rows.table_of(tables.ReportWindow)
    at: set[tuple[UUID, int]] = set()
    of_any_day: set[UUID] = set()
    for wording in wordings:
        if wording.speaker is None:
            continue
        days = windows(wording)
        if _NO_DAY in days:
            of_any_day.add(wording.speaker)
            continue
        at |= {(wording.speaker, day + step) for day in days for step in (-1, 0, 1)} | {(wording.speaker, _NO_DAY)}
    query, place = select(table.c.report_id), tuple_(table.c.speaker_id, table.c.window)
    found = {
        row.report_id for row in rows.among(connection, query, place, [one for one in at if one[0] not in of_any_day])
    }
    return found | {row.report_id for row in rows.among(connection, query, table.c.speaker_id, of_any_day)}


def windows(wording: Wording) -> set[int]:
    """The windows of the days on which it was said or printed; no day is a window of its own."""
    found: set[int] = set()
    for day in (wording.said, wording.published):
        if day is not None:
            first, last = _window(day)
            if last - first >= WIDEST:
                return {_NO_DAY}
            found |= set(range(first, last + 1))
    return found or {_NO_DAY}


def _window(day: Edtf) -> tuple[int, int]:
    return day.earliest.toordinal() // _DAYS, day.latest.toordinal() // _DAYS
