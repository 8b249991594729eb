"""`quoth forget`: articles go for good, and no later load brings them again."""

import argparse
import getpass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Engine

from etl.load.forgetting import forget
from etl.meant import articles_meant
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.migrate import check_current
from schema.settings import DatabaseSettings


def add_forget(subcommands: Any) -> None:
    """Adds `forget`."""
    command = subcommand(
        subcommands,
        "forget",
        _forget,
        help="remove articles and what rests on them alone, and keep later loads from bringing them again",
        example='quoth forget https://harbour-courier.example/bridge --reason "a court order"',
    )
    command.add_argument(
        "targets", nargs="+", metavar="URL|FILE|ID", help="the address of an article, a file it was loaded from, its id"
    )
    command.add_argument("--reason", required=True, help="why; it stays with the decision")
    command.add_argument("--by", default=None, help="who decides (default: the user of this machine)")
    database_option(command)


def _forget(arguments: argparse.Namespace) -> int:
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        for target in arguments.targets:
            print(_forgotten(engine, target, by=arguments.by or getpass.getuser(), reason=arguments.reason))
    finally:
        engine.dispose()
    return 0


def _forgotten(engine: Engine, target: str, *, by: str, reason: str) -> str:
    """Forgets what is meant; one line about it. Raises NotMeantError where nothing is."""
    with reading(engine) as connection:
        meant = articles_meant(connection, target)
    articles = meant.articles
    decision = forget(engine, articles, meant.records, called=target, by=by, at=datetime.now(UTC), reason=reason)
    what = (
        f"{len(articles)} article{'' if len(articles) == 1 else 's'} removed"
        if articles
        else "nothing was stored of it"
    )
    return f"{target}: {what}; later loads pass over it; taken back with: quoth decisions --revert {decision}"
