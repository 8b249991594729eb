"""`quoth reprocess`: stored articles read anew by the method of now, and what that changes."""

import argparse
import json
import sys
import time
from contextlib import nullcontext
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from tqdm import tqdm

from etl.errors import OptionError
from etl.evaluate.cli import fast_option
from etl.interrupts import on_stderr, stopping_at_edges
from schema.cli import database_option, subcommand
from schema.database import Database, engine_for, reading, rehearsing
from schema.dates import parse_edtf
from schema.errors import DateError
from schema.migrate import check_current
from schema.settings import DatabaseSettings

if TYPE_CHECKING:
    from etl.load.reprocesses import Selection
    from etl.load_report import LoadReport
    from etl.reprocess import Work


def add_reprocess(subcommands: Any) -> None:
    """Adds `reprocess`."""
    command = subcommand(
        subcommands,
        "reprocess",
        _reprocess,
        help="read stored articles anew by the models and the code of now, and tell what that changes",
        example="quoth reprocess --since 2022-01-01 --dry-run",
    )
    command.add_argument(
        "--all", action="store_true", help="every article, those as well that the method of now has read already"
    )
    command.add_argument("--source", metavar="NAME|DOMAIN|ID", help="articles of this outlet alone")
    command.add_argument("--since", metavar="DATE", help="articles published on that day or later: 2022-01-18")
    command.add_argument(
        "--dry-run",
        action="store_true",
        help="do all of it, tell what changed, and take it back: nothing is stored. Until it ends nobody else can "
        "write: on SQLite the write lock is held, on PostgreSQL loads and decisions wait",
    )
    command.add_argument("--json", action="store_true", help="print one JSON object with every change")
    fast_option(command)
    database_option(command)


def _reprocess(arguments: argparse.Namespace) -> int:
    from etl.pipeline import method
    from etl.reprocess import Work
    from etl.settings import ModelSettings

    model = ModelSettings.from_environment(fast=arguments.fast)
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        chosen = _chosen(arguments, engine)
        work = Work.of(engine, chosen, method(model), datetime.now(UTC))
        if work.articles or work.is_begun:
            return _worked(arguments, engine, work)
        nothing: dict[str, Any] = {"load": None, "method": work.run.method, "outcomes": {}, "counts": {}, "changes": {}}
        told = f"nothing to do: there are no {chosen}; the method of now is {work.run.method}"
        print(json.dumps(nothing) if arguments.json else told)
        return 0
    finally:
        engine.dispose()


def _chosen(arguments: argparse.Namespace, engine: Engine) -> "Selection":
    """Which articles are meant. Raises OptionError for a date that is none, and an outlet that nobody knows."""
    from etl.load.reprocesses import Selection, outlets

    since = None
    if arguments.since is not None:
        try:
            since = parse_edtf(arguments.since).earliest
        except DateError as error:
            raise OptionError(f"--since: {error}; give a day: 2022-01-18") from error
    if arguments.source is not None:
        with reading(engine) as connection:
            if not outlets(connection, arguments.source):
                raise OptionError(
                    f"--source {arguments.source!r}: no outlet has this name, domain or id; `quoth export articles` "
                    "has those of stored articles under source, domain and source_id"
                )
    return Selection(arguments.all, arguments.source, since)


def _worked(arguments: argparse.Namespace, engine: Engine, work: "Work") -> int:
    """Does it and tells what changed; with --dry-run takes it back."""
    from etl.changes import Changes
    from etl.changes_cli import look_after, look_before, print_changes, print_json

    if work.is_begun:
        print(f"goes on with {work.run.id}; what it changed before is not told again", file=sys.stderr)
    with Changes.of_a_run() as changes:
        with rehearsing(engine) if arguments.dry_run else nullcontext(engine) as database:
            look_before(changes, database)
            report = _done(arguments, database, work)
            look_after(changes, database)
            stay = changes.decided(database)
        its_own = {"load": None, "dry_run": True} if arguments.dry_run else {}
        if arguments.json:
            print_json({**report.as_json(), **its_own, "stays_decided": stay}, changes)
        else:
            for name, count in report.outcomes.items():
                print(f"{count:8}  {name}")
            print_changes(changes)
            for decision in stay:
                print(f"stays decided, of what is not found any more: {decision}")
            told = "dry run: nothing was stored" if arguments.dry_run else f"reprocess {report.load}"
            print(f"{told}; {report.seconds:.1f} s, {report.articles_a_second} articles a second", file=sys.stderr)
    return 1 if any(name.startswith("article: left") for name in report.outcomes) else 0


def _done(arguments: argparse.Namespace, database: Database, work: "Work") -> "LoadReport":
    from etl.guard import guarded
    from etl.load_report import LoadReport
    from etl.reprocess import Told, reprocess
    from etl.settings import ArticleBudget, LoadSettings, ModelSettings

    settings, budget = LoadSettings.from_environment(), ArticleBudget.from_environment()
    model = ModelSettings.from_environment(fast=arguments.fast)
    start = time.perf_counter()
    with (
        guarded(model, budget) as reader,
        stopping_at_edges(on_stderr) as edge,
        tqdm(total=work.articles, unit="article", desc="reprocess", file=sys.stderr) as bar,
    ):

        def tell(told: Told) -> None:
            bar.update(sum(count for name, count in told.outcomes.items() if name.startswith("article: ")) - bar.n)
            for refused in told.refused:
                bar.write(f"left as it is ({refused.reason}): {refused.detail}", file=sys.stderr)
            edge()

        outcomes = reprocess(
            database, work, reader=reader, now=datetime.now(UTC), batch_size=settings.batch_size, tell=tell
        )
    seconds = time.perf_counter() - start
    return LoadReport.of(database, work.run, outcomes, finished_at=datetime.now(UTC), seconds=seconds)
