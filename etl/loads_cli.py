"""`quoth loads`: the runs of loads with how their records ended, and taking one back."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, func, select
from sqlmodel import SQLModel
from tqdm import tqdm

from etl.errors import OptionError, UndoError
from etl.evaluate.cli import fast_option
from etl.interrupts import on_stderr, stopping_at_edges
from etl.load.rows import table_of
from etl.rejects import Choice, reasons
from schema import tables
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.migrate import check_current
from schema.settings import DatabaseSettings

_SHOWN = 20


def add_loads(subcommands: Any) -> None:
    """Adds `loads` with its actions `show` and `undo`."""
    loads = subcommand(
        subcommands,
        "loads",
        _list,
        help="list the loads, the newest first, with how their records ended",
        example="quoth loads --limit 5",
    )
    loads.add_argument(
        "--limit", type=int, metavar="N", default=_SHOWN, help=f"loads that are shown (default {_SHOWN})"
    )
    formats = ("text", "jsonl")
    loads.add_argument(
        "--format", choices=formats, default="text", help="text, or one JSON object a load with every outcome"
    )
    loads.add_argument("--json", action="store_const", const="jsonl", dest="format", help="as --format jsonl")
    database_option(loads)
    actions = loads.add_subparsers(title="actions", metavar="ACTION")
    show = subcommand(
        actions,
        "show",
        _show,
        help="tell all of one load: its outcomes, and what of it is stored still",
        example="quoth loads show 7d0f32c5",
    )
    back = subcommand(
        actions,
        "undo",
        _undo,
        help="take back a load: what it alone brought goes, and all else is as if it had never been",
        example="quoth loads undo 7d0f32c5",
    )
    fast_option(back)
    for action in (show, back):
        action.add_argument("load", metavar="ID", help="of the load, or the beginning of it that no other has")
        # Not to take the place of what stands before the action.
        action.add_argument("--database", metavar="URL", default=argparse.SUPPRESS, help="as for every command")
    show.add_argument("--format", choices=formats, default=argparse.SUPPRESS, help="text, or one JSON object")


def _list(arguments: argparse.Namespace) -> int:
    if arguments.limit < 1:
        raise OptionError(f"--limit {arguments.limit}: give how many loads at most, 1 or more")
    with _opened(arguments) as connection:
        for told in _loads(connection, arguments.limit):
            print(json.dumps(told) if arguments.format == "jsonl" else _line(told))
    return 0


def _show(arguments: argparse.Namespace) -> int:
    with _opened(arguments) as connection:
        load = found(connection, arguments.load)
        (told,) = _loads(connection, 1, load)
        stored, quarantine = _stored(connection, load), reasons(connection, Choice(load=load))
    if arguments.format == "jsonl":
        print(json.dumps({**told, "stored": stored, "quarantine": quarantine}))
        return 0
    print(_line(told))
    for outcome, count in sorted(told["outcomes"].items()):
        print(f"{count:8}  {outcome}")
    for name, count in stored.items():
        print(f"{count:8}  stored still: {name}")
    for reason, count in quarantine.items():
        print(f"{count:8}  in quarantine still: {reason}")
    return 0


def _undo(arguments: argparse.Namespace) -> int:
    from etl.guard import guarded
    from etl.load import given
    from etl.pipeline import method
    from etl.settings import ArticleBudget, LoadSettings, ModelSettings, QuarantineSettings
    from etl.undo import decisions_about, undo

    settings, budget = LoadSettings.from_environment(), ArticleBudget.from_environment()
    limits = QuarantineSettings.from_environment()
    model = ModelSettings.from_environment(fast=arguments.fast)
    with _opened(arguments) as connection:
        load = found(connection, arguments.load)
        articles = given.count_of(connection, load)
        stay = decisions_about(connection, load)
    with (
        _engine(arguments) as engine,
        guarded(model, budget) as reader,
        stopping_at_edges(on_stderr) as edge,
        tqdm(total=articles, unit="article", desc="undo", file=sys.stderr) as bar,
    ):

        def tell(so_far: Mapping[str, int]) -> None:
            bar.update(sum(so_far.values()) - bar.n)
            edge()

        outcomes = undo(
            engine,
            load,
            method=method(model),
            reader=reader,
            now=datetime.now(UTC),
            batch_size=settings.batch_size,
            tell=tell,
            limits=limits,
        )
    for name in sorted(outcomes):
        print(f"{outcomes[name]:8}  {name}")
    for told in stay:
        print(f"stays decided: {told}")
    return 0


def found(connection: Connection, given: str) -> UUID:
    """The load whose id is this, or begins so. Raises UndoError where none or several do."""
    load = table_of(tables.Load)
    plain = given.replace("-", "").lower()
    matching = [key for key in connection.execute(select(load.c.id)).scalars() if key.hex.startswith(plain)]
    if len(matching) != 1 or not plain:
        raise UndoError(
            f"load {given!r}: {len(matching)} loads have an id that begins so; `quoth loads` lists them with their ids"
        )
    return UUID(str(matching[0]))


@contextmanager
def _opened(arguments: argparse.Namespace) -> Iterator[Connection]:
    with _engine(arguments) as engine, reading(engine) as connection:
        yield connection


@contextmanager
def _engine(arguments: argparse.Namespace) -> Iterator[Engine]:
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        yield engine
    finally:
        engine.dispose()


def _loads(connection: Connection, limit: int, only: UUID | None = None) -> list[Mapping[str, Any]]:
    """The newest loads, or one, with their outcomes."""
    load, outcome = table_of(tables.Load), table_of(tables.LoadOutcome)
    query = select(load).order_by(load.c.started_at.desc(), load.c.id).limit(limit)
    rows = connection.execute(query if only is None else query.where(load.c.id == only)).all()
    waits = table_of(tables.WaitingArticle)
    waiting = {
        row.load_id: row.count
        for row in connection.execute(select(waits.c.load_id, func.count().label("count")).group_by(waits.c.load_id))
    }
    return [
        {
            "id": str(row.id),
            "started_at": row.started_at.isoformat(),
            "finished_at": row.finished_at and row.finished_at.isoformat(),
            "undone_at": row.undone_at and row.undone_at.isoformat(),
            "method": row.method,
            "waiting": waiting.get(row.id, 0),
            "outcomes": {
                one.outcome: one.count
                for one in connection.execute(
                    select(outcome).where(outcome.c.load_id == row.id).order_by(outcome.c.outcome)
                )
            },
        }
        for row in rows
    ]


def _line(told: Mapping[str, Any]) -> str:
    """One line: id, when, how its records ended, by what."""
    ended = f"to {told['finished_at'][:16]}Z" if told["finished_at"] else "not finished"
    ended += f", taken back {told['undone_at'][:16]}Z" if told["undone_at"] else ""
    ended += f", {told['waiting']} articles wait to be placed" if told["waiting"] else ""
    records = [
        f"{count} {name.removeprefix('article: ')}"
        for name, count in told["outcomes"].items()
        if name.startswith("article: ")
    ]
    return f"{told['id']}  {told['started_at'][:16]}Z {ended}  {', '.join(records) or 'no article'}  ({told['method']})"


def _stored(connection: Connection, load: UUID) -> Mapping[str, int]:
    """What is stored of a load still: the records that it gave, and the articles and reports that it wrote last."""
    stored: dict[str, type[SQLModel]] = {"records": tables.Given, "articles": tables.Article, "reports": tables.Report}
    return {
        name: connection.execute(select(func.count()).where(table_of(model).c.load_id == load)).scalar_one()
        for name, model in stored.items()
    }
