"""`quoth withhold`: texts of articles, or of an outlet, are stored and not given away."""

import argparse
import getpass
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl.errors import NotMeantError
from etl.load.rows import table_of
from etl.load.withholding import withhold_articles, withhold_outlet
from etl.meant import articles_meant, id_meant
from schema import tables
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.errors import AddressError
from schema.keys import UNKNOWN_SOURCE_ID, source_id
from schema.migrate import check_current
from schema.settings import DatabaseSettings
from schema.urls import folded_domain


def add_withhold(subcommands: Any) -> None:
    """Adds `withhold`."""
    command = subcommand(
        subcommands,
        "withhold",
        _withhold,
        help="keep the text of articles, or of all articles of an outlet, and give it away to nobody",
        example='quoth withhold harbour-courier.example --reason "licensed for reading by machine alone"',
    )
    command.add_argument(
        "targets",
        nargs="+",
        metavar="URL|FILE|ID|DOMAIN",
        help="the address of an article, a file it was loaded from, its id; the domain of an outlet, or its id",
    )
    command.add_argument("--reason", required=True, help="why; it stays with the decision")
    command.add_argument("--by", default=None, help="who decides (default: the user of this machine)")
    database_option(command)


def _withhold(arguments: argparse.Namespace) -> int:
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        for target in arguments.targets:
            print(_withheld(engine, target, {"by": arguments.by or getpass.getuser(), "reason": arguments.reason}))
    finally:
        engine.dispose()
    return 0


def _withheld(engine: Engine, target: str, who: Mapping[str, str]) -> str:
    """Withholds what is meant; one line about it. Raises NotMeantError where nothing is."""
    with reading(engine) as connection:
        outlet = _outlet_meant(connection, target)
        meant = None if outlet else articles_meant(connection, target)
    at = datetime.now(UTC)
    if outlet:
        decision = withhold_outlet(engine, outlet, called=target, at=at, **who)
        what = f"the texts of {_number(engine, outlet)} of it are withheld, and those that later loads bring"
    else:
        assert meant is not None
        decision = withhold_articles(engine, meant.articles, meant.records, called=target, at=at, **who)
        many = f"{len(meant.articles)} article{'' if len(meant.articles) == 1 else 's'}"
        later = "nothing is stored of it; what later loads bring of it is withheld"
        what = f"the text of {many} is withheld" if meant.articles else later
    return f"{target}: {what}; taken back with: quoth decisions --revert {decision}"


def _outlet_meant(connection: Connection, target: str) -> UUID | None:
    """The outlet of this id or domain, stored or not; None where the target is something else.

    Raises NotMeantError for the one outlet of all articles whose outlet nobody gave.
    """
    if Path(target).exists():
        return None
    source = table_of(tables.Source)
    key = id_meant(target, "Source")
    if key == UNKNOWN_SOURCE_ID:
        raise NotMeantError(
            f"{target}: stands for articles whose outlet nobody gave; name the articles, or give an outlet's domain"
        )
    if key is not None:
        return connection.execute(select(source.c.id).where(source.c.id == key)).scalar()
    try:
        return source_id(folded_domain(target), None) if "." in target else None
    except AddressError:
        return None


def _number(engine: Engine, outlet: UUID) -> str:
    """How many articles of an outlet are stored, in words."""
    article = table_of(tables.Article)
    with reading(engine) as connection:
        printed = connection.execute(select(article.c.id).where(article.c.source_id == outlet)).scalars()
        number = sum(1 for _ in printed)
    return f"{number} article{'' if number == 1 else 's'}"
