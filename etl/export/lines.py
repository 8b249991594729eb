"""The graph as lines of JSON: every field, ordered by id, one state of the database, a page in memory at a time.

What is about a run and not about the news stands under `load_id`, `method`, `updated_at` and `withdrawn_at` alone.
"""

from collections.abc import Callable, Mapping

import orjson
from sqlalchemy import Engine, func, select

from etl.export.articles import ARTICLES
from etl.export.events import EVENTS
from etl.export.pages import Kind, pages
from etl.export.people import PEOPLE
from etl.export.reports import REPORTS
from etl.export.statements import STATEMENTS
from etl.load.rows import table_of
from schema.database import reading

KINDS: Mapping[str, Kind] = {
    "statements": STATEMENTS,
    "reports": REPORTS,
    "people": PEOPLE,
    "events": EVENTS,
    "articles": ARTICLES,
}
"""What can be exported, by the word that the command line has for it."""

PAGE = 100
"""Lines in memory at once: an article's text may have megabytes."""


def export(
    engine: Engine, kind: str, write: Callable[[bytes], object], tell: Callable[[int, int], object], *, page: int = PAGE
) -> None:
    """Writes one line for each row of a kind (of KINDS): a JSON object in UTF-8 and the end of the line.

    All lines are of one state of the database, whatever is loaded meanwhile. tell hears of each page how many lines
    were written by now and how many there are.
    Raises DatabaseError when the database cannot be reached.
    """
    what = KINDS[kind]
    with reading(engine, snapshot=True) as connection:
        total = connection.execute(select(func.count()).select_from(table_of(what.model))).scalar_one()
        written = 0
        for lines in pages(connection, what, page):
            for line in lines:
                write(orjson.dumps(line, option=orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE))
            written += len(lines)
            tell(written, total)
