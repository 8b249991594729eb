"""How fast a backfill writes beside the barest way to write the same rows: COPY on PostgreSQL, executemany on SQLite.

    python -m tests.bench.writing --database postgresql://…

Made-up news of about seven reports an article, read beforehand and handed over as the process that reads hands it over
(`quoth load --backfill`); annotating, reading files and placing are not in it. Ours is everything a load then does of
a batch: unpickling, what is known of these articles, whether that still holds, the rows of outlet, article, text,
record and reports, the outcomes, one transaction. Bare is the same rows of the same batches, ready for the driver, each
batch one transaction into the same tables, emptied. Both in turns, several rounds.
"""

import argparse
import pickle
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete
from sqlmodel import SQLModel

from etl import load
from etl.garbage import not_collected
from etl.known import Known, Settled, settle
from etl.load.rows import table_of
from etl.load.waiting import Waiting
from schema import tables
from schema.database import engine_for, is_postgresql, reading, writing
from schema.migrate import migrate
from tests.bench.made_up import articles
from tests.bench.placing import counted_a_second

OF_ARTICLES: Sequence[tuple[type[SQLModel], str]] = (
    (tables.Article, "id"),
    (tables.ExternalId, "article_id"),
    (tables.Author, "article_id"),
    (tables.Revision, "article_id"),
    (tables.Given, "article_id"),
    (tables.WaitingArticle, "article_id"),
    (tables.WaitingReport, "article_id"),
)
"""Whose rows a backfill writes of an article, and the column that tells of which."""

BEFORE: Sequence[type[SQLModel]] = (tables.Load, tables.Source)
"""Rows that are there before, in both."""

WARM = 2
"""Batches that do not count: what a process does once is done then."""


@dataclass(frozen=True, slots=True)
class Measured:
    """Articles and reports that were written, in batches; seconds that it took us, and bare."""

    articles: int
    reports: int
    rows: int
    ours_s: float
    bare_s: float


def measured(url: str, *, count: int, batch: int, rounds: int) -> Measured:
    """Writes count articles, and the same rows bare, so many times."""
    migrate(url)
    engine = engine_for(url)
    made = [Waiting.of(one) for one in articles(0, count + WARM * batch)]
    sent = [pickle.dumps(made[at : at + batch]) for at in range(0, len(made), batch)]
    ids = [[one.id for one in made[at : at + batch]] for at in range(0, len(made), batch)]
    of_articles = [model for model, _ in reversed(OF_ARTICLES)]
    ours_s = bare_s = 0.0
    written = 0
    for _ in range(rounds):
        _empty(engine, [*of_articles, tables.LoadOutcome, *BEFORE])
        ours_s += _ours(engine, sent)
        rows = [_rows(engine, some) for some in ids]
        written = sum(number for some in rows[WARM:] for _, _, number in some)
        _empty(engine, of_articles)
        bare_s += _bare(engine, rows)
    counted = made[WARM * batch :]
    engine.dispose()
    return Measured(
        len(counted) * rounds, sum(len(one.reports) for one in counted) * rounds, written * rounds, ours_s, bare_s
    )


def _ours(engine: Engine, sent: Sequence[bytes]) -> float:
    run = load.begin(engine, "made up", datetime.now(UTC))
    start = time.perf_counter()
    for number, batch in enumerate(sent):
        if number == WARM:
            start = time.perf_counter()
        with not_collected():
            some: list[Waiting] = pickle.loads(batch)
        raws = [one.raw for one in some]
        with reading(engine) as connection:
            known = Known.of(connection, raws)
        if not all(isinstance(settle(raw, known), Settled) for raw in raws):
            raise RuntimeError("the database was not empty")
        records = [(one.id, one.raw) for one in some]
        load.store(engine, run, [], [], {"article: added": len(some)}, waiting=some, records=records, holds=known.holds)
    return time.perf_counter() - start


Rows = Sequence[tuple[str, Any, int]]
"""Of each table its name, its rows as the driver takes them, and how many they are."""


def _rows(engine: Engine, ids: Sequence[UUID]) -> Rows:
    """The rows of these articles, ready to be written."""
    with reading(engine) as connection:
        return list(_of_each(connection, ids))


def _of_each(connection: Connection, ids: Sequence[UUID]) -> Iterator[tuple[str, Any, int]]:
    driver = connection.connection.driver_connection
    assert driver is not None
    for model, column in OF_ARTICLES:
        name = table_of(model).name
        if is_postgresql(connection):
            among = ", ".join(f"'{key}'" for key in ids)
            with driver.cursor() as cursor:
                query = f"COPY (SELECT * FROM {name} WHERE {column} IN ({among})) TO STDOUT"
                with cursor.copy(query) as copy:
                    rows = b"".join(bytes(block) for block in copy)
            yield name, rows, rows.count(b"\n")
        else:
            among = ", ".join(f"'{key.hex}'" for key in ids)
            found = driver.execute(f"SELECT * FROM {name} WHERE {column} IN ({among})").fetchall()
            yield name, found, len(found)


def _bare(engine: Engine, batches: Sequence[Rows]) -> float:
    start = time.perf_counter()
    for number, batch in enumerate(batches):
        if number == WARM:
            start = time.perf_counter()
        with writing(engine) as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            for name, rows, count in batch:
                if not count:
                    continue
                if is_postgresql(connection):
                    with driver.cursor() as cursor, cursor.copy(f"COPY {name} FROM STDIN") as copy:
                        copy.write(rows)
                else:
                    places = ", ".join("?" * len(rows[0]))
                    driver.executemany(f"INSERT INTO {name} VALUES ({places})", rows)
    return time.perf_counter() - start


def _empty(engine: Engine, models: Sequence[type[SQLModel]]) -> None:
    with writing(engine, by_key=False) as connection:
        for model in models:
            connection.execute(delete(table_of(model)))
    # What is deleted would be written over, or stepped over, by whoever comes first.
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        if is_postgresql(connection):
            connection.connection.driver_connection.autocommit = True  # type: ignore[union-attr]
        connection.exec_driver_sql("VACUUM")
        if is_postgresql(connection):
            connection.connection.driver_connection.autocommit = False  # type: ignore[union-attr]


def main() -> None:
    """Prints three lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="an empty database: sqlite:///FILE or postgresql://…")
    parser.add_argument("--articles", type=int, default=4000, help="articles of each round (default 4000)")
    parser.add_argument("--batch", type=int, default=500, help="articles in one transaction (default 500)")
    parser.add_argument("--rounds", type=int, default=3, help="times that both are measured (default 3)")
    given = parser.parse_args()
    before = counted_a_second()
    found = measured(given.database, count=given.articles, batch=given.batch, rounds=given.rounds)
    a_second, reports = found.articles / found.ours_s, found.reports / found.articles
    print(
        f"{a_second:.0f} articles a second, each with {reports:.1f} reports, in {found.rows / found.articles:.1f} rows"
    )
    print(f"bare {found.articles / found.bare_s:.0f} a second: ratio {found.bare_s / found.ours_s:.2f}")
    print(f"Python counted {before:.0f} million a second before, {counted_a_second():.0f} after")


if __name__ == "__main__":
    main()
