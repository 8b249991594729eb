"""What placing costs in a database that has grown: made-up news, loaded for real, then copied into the past.

    python -m tests.bench.growth --database postgresql://… --stored 10000 1000000

Some weeks of made-up news are loaded, but for articles that are held back. Then all their rows are copied, each copy
under ids of its own and some weeks earlier, until as many articles are stored as asked for; people and outlets stay the
same, so that theirs are all over the years. At each size some days of what was held back are placed, as loads do: one
half of it first, which does not count, for after so much copying nothing is in memory of what a database in use has
there of its last days; then the other half, and the median time that an article took is told.
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, text
from tqdm import tqdm

from etl import group, load
from etl.load import copies
from etl.load.prepared import Prepared
from etl.load.rows import table_of
from etl.records import ResolvedArticle
from schema import tables
from schema.database import engine_for, is_postgresql
from schema.migrate import migrate
from tests.bench.made_up import ARTICLES_A_DAY, articles

DAYS = 40
"""Days of news that are loaded for real; a multiple of the days in a window of reports (etl.merge.SAME_OCCASION)."""

HELD_BACK = 3
"""Of every day one in so many articles is placed before anything counts, and one when it does: batches of a day."""

MARK = "c0ffee"
"""With the number of the copy, four hexadecimal digits, it ends the id of whatever is a copy."""

COPIED = (
    *(tables.Event, tables.Statement, tables.Article, tables.EventArticle, tables.ArticleVector, tables.ArticleTerm),
    *(tables.ArticleKey, tables.ArticlePair, tables.Report, tables.ReportPair, tables.ReportWindow),
    *(tables.ReportingLink, tables.Profile, tables.LinkProfile, tables.ProfilePair, tables.Alias),
)
"""What placing looks at, parents first. The rest of a report (its spans, its reasons) is only ever written."""

AT_ONCE = 10
"""Copies that one statement makes: 200 days, in the order of their keys."""

COUNTED = {"alias_count": "articles", "office_count": "profiles"}
"""Counts over all articles."""

CELLS = {"article_term": 2 * group.REACH + 1, "article_key": 2 * copies.REACH + 1}
"""How many windows wide the cells of an index are (etl.load.cells); no day of the copies is before 1970."""

SAME = {"speaker_id", "own_id", "other_own_id", "source_id", "load_id", "organization_id"}
"""Ids of what the copies have in common."""


def grown(url: str, sizes: Sequence[int]) -> Iterator[tuple[int, list[float]]]:
    """For each number of stored articles the seconds an article took, of each batch of held-back ones.

    Each batch is of one day, as feeds bring them, from all over the weeks.
    """
    migrate(url)
    engine = engine_for(url)
    by_day = [list(articles(day * ARTICLES_A_DAY, ARTICLES_A_DAY)) for day in range(DAYS)]
    first, second, *others = ([day[part::HELD_BACK] for day in by_day] for part in range(HELD_BACK))
    _place(engine, [[one for part in parts for one in part] for parts in zip(*others, strict=True)], "loading")
    at_each = DAYS // len(sizes)
    for nth, size in enumerate(sizes):
        _copy_up_to(engine, size)
        days = slice(nth * at_each, (nth + 1) * at_each)
        _place(engine, first[days], "warming up")
        yield size, _place(engine, second[days], "placing")
    engine.dispose()


def _place(engine: Engine, batches: Sequence[Sequence[ResolvedArticle]], what: str) -> list[float]:
    run = load.begin(engine, "made up", datetime.now(UTC))
    times = []
    for batch in tqdm(batches, unit="batch", desc=what):
        start = time.perf_counter()
        load.store(engine, run, [Prepared.of(one) for one in batch], [], {"article: added": len(batch)})
        times.append((time.perf_counter() - start) / len(batch))
        tqdm.write(f"{what}: {1000 * times[-1]:.1f} ms an article")
    return times


def _copy_up_to(engine: Engine, size: int) -> None:
    """Copies of what was loaded for real, each earlier than the last, until so many articles are stored."""
    with engine.connect() as connection, _without_checks(connection), connection.begin():
        only = _is_copy(connection, "id")
        real = connection.execute(text(f"SELECT count(*) FROM article WHERE NOT {only}")).scalar_one()
        number = "substr(replace(CAST(id AS text), '-', ''), 29, 4)"
        made = connection.execute(text(f"SELECT max({number}) FROM article WHERE {only}")).scalar_one()
        first, last = int(made or "0", 16) + 1, round(size / real) - 1
        if last < first:
            return
        indexes = [
            index for model in COPIED for index in sorted(table_of(model).indexes, key=lambda one: str(one.name))
        ]
        for index in indexes:
            index.drop(connection)
        for model in tqdm(COPIED, unit="table", desc=f"copying to {size:,}"):
            _copy(connection, table_of(model), first, last)
        for name, column in COUNTED.items():
            connection.execute(text(f"UPDATE {name} SET {column} = {column} * {last + 1} / {first}"))
        for index in tqdm(indexes, unit="index", desc="indexes"):
            index.create(connection)
        if is_postgresql(connection):
            connection.execute(text("ANALYZE"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # What was copied is written now, and not while articles are placed.
        connection.execute(text("CHECKPOINT" if is_postgresql(connection) else "PRAGMA wal_checkpoint(TRUNCATE)"))


@contextmanager
def _without_checks(connection: Connection) -> Iterator[None]:
    """References are not looked up, row by row: what is copied refers to what is copied."""
    is_postgres = is_postgresql(connection)
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("SET session_replication_role = replica" if is_postgres else "PRAGMA foreign_keys = OFF")
    if is_postgres:
        driver.execute("SET maintenance_work_mem = '2GB'")
        driver.commit()
    yield
    # Not for others: the connection goes back to the pool.
    connection.invalidate()


def _copy(connection: Connection, table: Table, first: int, last: int) -> None:
    """The rows of a table as copies number first to last, the oldest first: loads over the years leave them so."""
    quote = connection.dialect.identifier_preparer.quote
    names = ", ".join(quote(column.name) for column in table.columns)
    values = ", ".join(_of_copy(connection, table, column) for column in table.columns)
    key = next(column.name for column in table.primary_key.columns if _is_id(column.name))
    order = ", ".join(quote(column.name) for column in table.primary_key.columns)
    real = quote(f"real_{table.name}")
    only = f"SELECT * FROM {quote(table.name)} WHERE NOT {_is_copy(connection, key)}"
    connection.execute(text(f"CREATE TEMPORARY TABLE {real} AS {only}"))
    for newest in range(last, first - 1, -AT_ONCE):
        oldest = max(first, newest - AT_ONCE + 1)
        connection.execute(
            text(
                f"WITH RECURSIVE copies(k) AS (SELECT {oldest} UNION ALL SELECT k + 1 FROM copies WHERE k < {newest}) "
                f"INSERT INTO {quote(table.name)} ({names}) "
                f"SELECT {values} FROM {real} CROSS JOIN copies ORDER BY {order}, k"
            )
        )
    connection.execute(text(f"DROP TABLE {real}"))


def _of_copy(connection: Connection, table: Table, column: Column[Any]) -> str:
    """The SQL of a column's value in copy k."""
    name, is_postgres = connection.dialect.identifier_preparer.quote(column.name), is_postgresql(connection)
    days = f"({DAYS} * k)"
    if _is_id(column.name):
        if is_postgres:
            number = f"left(replace(CAST({name} AS text), '-', ''), 22) || '{MARK}' || lpad(to_hex(k), 4, '0')"
            return f"CAST({number} AS uuid)"
        return f"substr({name}, 1, 22) || '{MARK}' || printf('%04x', k)"
    if column.name == "window":
        width = DAYS // 4 if table.name == "report_window" else DAYS
        return f"CASE WHEN {name} > 0 THEN {name} - {width} * k ELSE {name} END"
    if column.name == "cell":
        return f'coalesce(("window" - {days}) / {CELLS[table.name]}, {tables.NO_CELL})'
    if column.name.endswith("_on"):
        whole = f"length({name}) = 10"
        earlier = f"CAST(CAST({name} AS date) - {days} AS text)" if is_postgres else f"date({name}, -{days} || ' days')"
        return f"CASE WHEN {whole} THEN {earlier} ELSE {name} END"
    if column.name.endswith(("_from", "_to")):
        if is_postgres:
            return f"{name} - {days} * interval '1 day'"
        return f"strftime('%Y-%m-%d %H\\:%M\\:%f000', {name}, -{days} || ' days')"
    return name


def _is_copy(connection: Connection, column: str) -> str:
    """The SQL that tells whether an id is that of a copy."""
    digits = f"replace(CAST({column} AS text), '-', '')"
    return f"substr({digits}, 23, {len(MARK)}) = '{MARK}'"


def _is_id(column: str) -> bool:
    """Whether it is the id of something that is copied."""
    return column == "id" or (column.endswith("_id") and column not in SAME)


def main() -> None:
    """Prints a line a size, and how much the cost has grown since the first."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="an empty database: sqlite:///FILE or postgresql://…")
    parser.add_argument("--stored", type=int, nargs="+", default=[10_000, 100_000], help="articles, rising")
    arguments = parser.parse_args()
    before = None
    for size, times in grown(arguments.database, arguments.stored):
        median = statistics.median(times)
        before = before or median
        print(f"{size:10,} stored: {1000 * median:6.1f} ms an article, {median / before:.2f} times", flush=True)


if __name__ == "__main__":
    main()
