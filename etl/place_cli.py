"""`quoth place`: articles that a backfill has written and not placed yet."""

import argparse
import sys
from datetime import UTC, datetime
from typing import Any

from tqdm import tqdm

from etl.interrupts import on_stderr, stopping_at_edges
from schema.cli import database_option, subcommand
from schema.database import Database, engine_for, reading
from schema.migrate import check_current
from schema.settings import DatabaseSettings


def add_place(subcommands: Any) -> None:
    """Adds `place`."""
    place = subcommand(
        subcommands,
        "place",
        _place,
        help="place the articles that `load --backfill` has written and not come to yet",
        example="quoth place",
    )
    database_option(place)


def _place(arguments: argparse.Namespace) -> int:
    from etl.settings import LoadSettings

    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        placed = place_waiting(engine, LoadSettings.from_environment().batch_size)
    finally:
        engine.dispose()
    print(f"{placed} articles placed")
    return 0


def place_waiting(database: Database, batch_size: int) -> int:
    """Places all articles that wait, with a bar; how many. Ctrl-C stops it at the end of a batch."""
    from etl.load import waiting
    from etl.place import place_all

    with reading(database) as connection:
        articles = waiting.count(connection)
    with (
        stopping_at_edges(on_stderr) as edge,
        tqdm(total=articles, unit="article", desc="place", file=sys.stderr) as bar,
    ):

        def tell(placed: int) -> None:
            bar.update(placed - bar.n)
            if placed < articles:
                edge()

        return place_all(database, now=datetime.now(UTC), batch_size=batch_size, tell=tell)
