"""`quoth load`: articles from files into the database, or with --dry-run what would become of it."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine
from tqdm import tqdm

from etl.errors import OptionError
from etl.evaluate.cli import fast_option
from etl.interrupts import on_stderr, stopping_at_edges
from etl.place_cli import place_waiting
from schema.cli import database_option, subcommand
from schema.database import Database, engine_for, rehearsing
from schema.migrate import check_current
from schema.settings import DatabaseSettings

if TYPE_CHECKING:
    # They import spaCy, which takes seconds: a run does, and `quoth --help` does not.
    from etl.load_report import LoadReport
    from etl.read import Defaults

_REFUSALS_TOLD = 20
"""Refused records whose message a load prints; `quoth rejects` lists all of them."""


def add_load(subcommands: Any) -> None:
    """Adds `load`."""
    load = subcommand(
        subcommands,
        "load",
        _load,
        help="read articles from files and folders into the database",
        example="quoth load seeds/articles",
    )
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=".txt, .json or .jsonl, or a folder of them")
    load.add_argument("--json", action="store_true", help="print one JSON object with all that is told at the end")
    load.add_argument(
        "--dry-run",
        action="store_true",
        help="do all of it, tell what changed, and take it back: nothing is stored. Until it ends nobody else can "
        "write: on SQLite the write lock is held, on PostgreSQL other loads and decisions wait",
    )
    load.add_argument(
        "--backfill",
        action="store_true",
        help="write all articles first and place them then: until an article is placed, questions see it without its "
        "reports",
    )
    lent_fields(load)
    fast_option(load)
    database_option(load)


def lent_fields(parser: argparse.ArgumentParser) -> None:
    """Adds the options that give what records lack."""
    lent = parser.add_argument_group(
        "what records lack", "a record's own field comes first, then the manifest, then these"
    )
    lent.add_argument("--source", metavar="NAME", help="the outlet")
    lent.add_argument("--domain", metavar="DOMAIN", help="the outlet's domain")
    lent.add_argument("--url", metavar="URL", help="the address of the article (one article only)")
    lent.add_argument("--published-on", metavar="DATE", help="RFC 3339 or EDTF: 2022-01-18")
    lent.add_argument(
        "--timezone", metavar="ZONE", help="of the outlet's clock, against which Monday is read: America/Toronto"
    )
    lent.add_argument("--manifest", type=Path, metavar="FILE", help="CSV or JSON lines with the same fields and `file`")


def defaults_of(arguments: argparse.Namespace) -> "Defaults":
    """What lent_fields() gave."""
    from etl.read import Defaults

    return Defaults(arguments.source, arguments.domain, arguments.url, arguments.published_on, arguments.timezone)


def _load(arguments: argparse.Namespace) -> int:
    if arguments.backfill and arguments.dry_run:
        raise OptionError("--backfill and --dry-run: what would change is what placing changes; leave --backfill out")
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        if arguments.dry_run:
            return _rehearsed(arguments, engine)
        report = _loaded(arguments, engine)
        if arguments.json:
            print(json.dumps(report.as_json(), ensure_ascii=False))
        else:
            _print_outcomes(report.outcomes)
            told = f"{report.seconds:.1f} s, {report.articles_a_second} articles a second"
            print(f"load {report.load}: {told}", file=sys.stderr)
        return _exit_code(report)
    finally:
        engine.dispose()


def _rehearsed(arguments: argparse.Namespace, engine: Engine) -> int:
    """The load, with what it changes, and all of it taken back."""
    from etl.changes import Changes
    from etl.changes_cli import look_after, look_before, print_changes, print_json

    with Changes.of_a_run() as changes:
        with rehearsing(engine) as connection:
            look_before(changes, connection)
            report = _loaded(arguments, connection)
            look_after(changes, connection)
        if arguments.json:
            print_json({**report.as_json(), "load": None, "dry_run": True}, changes)
        else:
            _print_outcomes(report.outcomes)
            print_changes(changes)
            print(f"dry run: nothing was stored; {report.seconds:.1f} s", file=sys.stderr)
    return _exit_code(report)


def _loaded(arguments: argparse.Namespace, database: Database) -> "LoadReport":
    from etl.guard import guarded, guarded_backfill
    from etl.load import begin
    from etl.load_report import LoadReport
    from etl.manifest import read_manifest
    from etl.pipeline import Progress, load, method
    from etl.read import size_of
    from etl.settings import ArticleBudget, LoadSettings, ModelSettings, QuarantineSettings

    settings = LoadSettings.from_environment()
    limits = QuarantineSettings.from_environment()
    budget = ArticleBudget.from_environment()
    model = ModelSettings.from_environment(fast=arguments.fast)
    now = datetime.now(UTC)
    manifest = read_manifest(arguments.manifest, now=now) if arguments.manifest else None
    run, start = begin(database, method(model), now), time.perf_counter()
    told: list[str] = []
    read_by = guarded_backfill if arguments.backfill else guarded
    with (
        read_by(model, budget) as reader,
        stopping_at_edges(on_stderr) as edge,
        tqdm(total=size_of(arguments.paths), unit="B", unit_scale=True, desc="load", file=sys.stderr) as bar,
    ):

        def tell(progress: Progress) -> None:
            bar.update(progress.bytes_read - bar.n)
            done = sum(count for name, count in progress.outcomes.items() if name.startswith("article: "))
            bar.set_postfix_str(f"{done} articles")
            for refused in progress.refused:
                told.append(refused.place)
                if len(told) <= _REFUSALS_TOLD:
                    bar.write(f"refused ({refused.reason}): {refused.detail}", file=sys.stderr)
            edge()

        outcomes = load(
            database,
            arguments.paths,
            defaults=defaults_of(arguments),
            manifest=manifest,
            now=now,
            batch_size=settings.batch_size,
            tell=tell,
            model=model,
            reader=reader,
            run=run,
            limits=limits,
        )
    if arguments.backfill:
        place_waiting(database, settings.batch_size)
    seconds = time.perf_counter() - start
    report = LoadReport.of(database, run, outcomes, finished_at=datetime.now(UTC), seconds=seconds)
    if len(told) > _REFUSALS_TOLD:
        more = len(told) - _REFUSALS_TOLD
        what = f"quoth rejects --load {run.id}"
        # Of a dry run nothing is kept.
        print(
            f"and {more} more refused" + (f": `{what}` lists them" if isinstance(database, Engine) else ""),
            file=sys.stderr,
        )
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    return report


def _exit_code(report: "LoadReport") -> int:
    return 1 if any(name.startswith("article: refused") for name in report.outcomes) else 0


def _print_outcomes(outcomes: Mapping[str, int]) -> None:
    """One line an outcome, by what it is about."""
    for name in sorted(outcomes):
        print(f"{outcomes[name]:8}  {name}")
