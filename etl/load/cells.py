"""Cells of days, by which an index keeps what is of one time together: new rows go where it is read just now.

An index over terms alone would spread the terms of a day's news all over the years, and past the memory of the machine
each of them would cost a read from disk. An article's neighbours are in one or two cells, and in that of articles
without a day.
"""

from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, FromClause, Table, func, select

from schema.tables import NO_CELL


def cell_of(window: int | None, reach: int) -> int:
    """The cell of a window (of a day, etl.group.window), for what reaches so many windows; NO_CELL for no known day."""
    return NO_CELL if window is None else window // (2 * reach + 1)


def of_about_then(
    connection: Connection, table: Table, windows: Mapping[UUID, int | None], reach: int
) -> Iterator[tuple[FromClause, FromClause, ColumnElement[bool], Sequence[UUID]]]:
    """Where to look for all that is of about the time of these articles, in a table with article_id, window and cell.

    Yields the rows of these articles, those of others, a condition on both, and for which of the articles it is made;
    each two articles meet once. windows: of the articles. reach: windows apart at most. An article whose day is not
    known is of about the time of any other.
    """
    by_step: dict[int, list[UUID]] = {}
    everywhere = _cells(connection, table) if None in windows.values() else set()
    for article, window in windows.items():
        its = cell_of(window, reach)
        if window is None:
            others = everywhere | {NO_CELL}
        else:
            others = {cell_of(window - reach, reach), cell_of(window + reach, reach), NO_CELL}
        for other in others:
            by_step.setdefault(other - its, []).append(article)
    mine, theirs = table.alias("mine"), table.alias("theirs")
    for step, articles in sorted(by_step.items()):
        # In terms of both: a database that knows nothing yet of a new table would read all of a cell that it is told.
        condition = theirs.c.cell == mine.c.cell + step
        # A step from a day to another, not from or to no day.
        if abs(step) <= 1:
            condition &= mine.c.window.is_(None) | theirs.c.window.between(mine.c.window - reach, mine.c.window + reach)
        yield mine, theirs, condition, articles


def _cells(connection: Connection, table: Table) -> set[int]:
    """All cells of a table's rows, each found by one look into the index."""
    first = select(func.min(table.c.cell).label("cell")).cte("cells", recursive=True)
    later = select(func.min(table.c.cell)).where(table.c.cell > first.c.cell).scalar_subquery()
    cells = first.union_all(select(later).where(first.c.cell.is_not(None)))
    return set(connection.execute(select(cells.c.cell).where(cells.c.cell.is_not(None))).scalars())
