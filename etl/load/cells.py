"""Cells of days, by which an index keeps what is of one time together: new rows go where it is read just now.

An index over terms alone would spread the terms of a day's news all over the years, and past the memory of the machine
each of them would cost a read from disk. An article's neighbours are in one or two cells.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, func, select

from etl.load import rows


def cell_of(window: int | None, reach: int) -> int | None:
    """The cell of a window (of a day, etl.group.window), for what reaches so many windows; None for no known day."""
    return None if window is None else window // _width(reach)


def of_about_then(
    connection: Connection, mine: FromClause, theirs: FromClause, windows: Mapping[UUID, int | None], reach: int
) -> Iterator[tuple[ColumnElement[bool], Sequence[UUID]]]:
    """Conditions on rows of theirs, with the articles for whose rows of mine they hold: all of about their time.

    windows: of these articles. reach: windows apart. mine, theirs: aliases of a table with window and cell. An article
    whose day is not known is of about the time of any other. No two conditions hold for the same row.
    """
    by_cell: dict[int, list[UUID]] = {}
    undated = []
    for article, window in windows.items():
        if window is None:
            undated.append(article)
            continue
        for cell in range((window - reach) // _width(reach), (window + reach) // _width(reach) + 1):
            by_cell.setdefault(cell, []).append(article)
    near = theirs.c.window.between(mine.c.window - reach, mine.c.window + reach)
    for cell, articles in sorted(by_cell.items()):
        yield (theirs.c.cell == cell) & near, articles
    yield theirs.c.cell.is_(None), list(windows)
    if undated and (everywhen := _cells(connection, theirs)):
        yield rows.one_of(connection, theirs.c.cell, everywhen), undated


def _width(reach: int) -> int:
    return 2 * reach + 1


def _cells(connection: Connection, table: FromClause) -> list[int]:
    """All cells of a table's rows, each found by one look into the index."""
    first = select(func.min(table.c.cell).label("cell")).cte("cells", recursive=True)
    later = select(func.min(table.c.cell)).where(table.c.cell > first.c.cell).scalar_subquery()
    cells = first.union_all(select(later).where(first.c.cell.is_not(None)))
    return list(connection.execute(select(cells.c.cell).where(cells.c.cell.is_not(None))).scalars())
