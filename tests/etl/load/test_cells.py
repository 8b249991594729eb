"""What is of about one time is found cell by cell: the same as by comparing every two windows."""

from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load import rows
from etl.load.cells import cell_of, of_about_then
from schema import tables
from schema.database import writing
from schema.tables import NO_CELL

REACH = 3
WINDOWS = [-9, -8, -7, -4, -1, 0, 1, 3, 4, 6, 7, 13, 14, 400, None, None]
"""Around borders of cells, which are seven windows wide, before 1970 and after; two without a day."""


def test_articles_find_all_of_about_their_time_and_no_other(engine: Engine) -> None:
    """Each once; one whose day is not known finds all, and all find it."""
    windows = {UUID(int=number): window for number, window in enumerate(WINDOWS, start=1)}
    expected = sorted(
        (a, b)
        for a, at in windows.items()
        for b, other in windows.items()
        if a != b and (at is None or other is None or abs(at - other) <= REACH)
    )
    term = rows.table_of(tables.ArticleTerm)

    with writing(engine) as connection:
        rows.add(
            connection,
            tables.ArticleTerm,
            [
                {"article_id": key, "term": "ferri", "weight": 1.0, "window": at, "cell": cell_of(at, REACH)}
                for key, at in windows.items()
            ],
        )
        found = [
            (row.article_id, row.other_id)
            for mine, theirs, condition, articles in of_about_then(connection, term, windows, REACH)
            for row in rows.among(
                connection,
                select(mine.c.article_id, theirs.c.article_id.label("other_id"))
                .join(theirs, theirs.c.term == mine.c.term)
                .where(condition, theirs.c.article_id != mine.c.article_id),
                mine.c.article_id,
                articles,
            )
        ]

    assert sorted(found) == expected


@pytest.mark.parametrize(("window", "cell"), [(0, 0), (6, 0), (7, 1), (-1, -1), (-7, -1), (-8, -2), (None, NO_CELL)])
def test_cells_are_as_wide_as_two_reaches_and_a_day(window: int | None, cell: int) -> None:
    """Rounded down before 1970 as well, as the migration does that filled them."""
    assert cell_of(window, REACH) == cell
