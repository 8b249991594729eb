"""`quoth forget`: articles go for good, and no later load brings them again."""

import argparse
import getpass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, select

from etl.errors import ForgetError
from etl.known import Known
from etl.load.articles import among_stored
from etl.load.forgetting import forget
from etl.load.rows import table_of
from etl.records import RawArticle
from schema import tables
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.migrate import check_current
from schema.settings import DatabaseSettings
from schema.urls import canonical_url


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
    """Forgets what is meant; one line about it. Raises ForgetError where nothing is."""
    with reading(engine) as connection:
        articles, records = _meant(connection, target)
    decision = forget(engine, articles, records, called=target, by=by, at=datetime.now(UTC), reason=reason)
    what = (
        f"{len(articles)} article{'' if len(articles) == 1 else 's'} removed"
        if articles
        else "nothing was stored of it"
    )
    return f"{target}: {what}; later loads pass over it; taken back with: quoth decisions --revert {decision}"


def _meant(connection: Connection, target: str) -> tuple[set[UUID], list[RawArticle]]:
    """The stored articles that are meant, and the records of the file."""
    if Path(target).exists():
        return _in_file(connection, Path(target))
    try:
        key = UUID(target)
    except ValueError:
        return _at(connection, target), []
    found = among_stored(connection, [key])
    if not found:
        raise ForgetError(f"{target}: no article has this id; look it up again, it may have a successor")
    return found, []


def _in_file(connection: Connection, file: Path) -> tuple[set[UUID], list[RawArticle]]:
    from etl.read import Defaults, read

    records = [record.item for record in read([file], Defaults(), None, now=datetime.now(UTC))]
    raws = [item for item in records if isinstance(item, RawArticle)]
    if not raws:
        raise ForgetError(
            f"{file}: holds no article that can be read; give the file it was loaded from, or its address"
        )
    known = Known.of(connection, raws)
    return {key for raw in raws for key in known.about(raw)}, raws


def _at(connection: Connection, address: str) -> set[UUID]:
    article = table_of(tables.Article)
    url = canonical_url(address)
    found = set(connection.execute(select(article.c.id).where(article.c.url == url)).scalars())
    if not found:
        raise ForgetError(f"{address}: no article is stored under it; give the file it was loaded from, or its id")
    return found
