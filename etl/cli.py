"""The subcommands that read, store, show, measure and give away articles: load, explain, rejects, export, and so on."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tqdm import tqdm

from etl.cluster_cli import add_cluster
from etl.curation import add_people
from etl.erase_cli import add_erase
from etl.evaluate.cli import add_evaluate, fast_option
from etl.export_cli import add_export
from etl.forget_cli import add_forget
from etl.identify.cli import add_names
from etl.identify.resolve_cli import add_resolve
from etl.interrupts import on_stderr, stopping_at_edges
from etl.loads_cli import add_loads
from etl.rejects_cli import add_rejects
from etl.withhold_cli import add_withhold
from schema.cli import database_option, subcommand
from schema.database import engine_for
from schema.migrate import check_current
from schema.settings import DatabaseSettings

# The stages import spaCy, which takes seconds: only the commands that need them do, and `quoth serve --help` does not.

_REFUSALS_TOLD = 20
"""Refused records whose message a load prints; `quoth rejects` lists all of them."""


def add_commands(subcommands: Any) -> None:
    """Adds `load`, `explain`, `predict`, `evaluate` (etl.evaluate), `names` and `resolve` (etl.identify), `speed`."""
    load = subcommand(
        subcommands,
        "load",
        _load,
        help="read articles from files and folders into the database",
        example="quoth load seeds/articles",
    )
    load.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=".txt, .json or .jsonl, or a folder of them")
    load.add_argument("--json", action="store_true", help="print one JSON object with all that is told at the end")
    _lent_fields(load)
    fast_option(load)
    database_option(load)
    explain = subcommand(
        subcommands,
        "explain",
        _explain,
        help="show every stage for one article: what was marked off, found, why, and what would be stored",
        example="quoth explain seeds/articles/02-harbour-courier.json",
    )
    explain.add_argument("file", type=Path, metavar="FILE", help=".txt, .json or .jsonl")
    _lent_fields(explain)
    fast_option(explain)
    predict = subcommand(
        subcommands,
        "predict",
        _predict,
        help="print who said what in each article of a file as JSON lines, without a database",
        example="quoth predict articles.jsonl > predictions.jsonl",
    )
    predict.add_argument("file", type=Path, metavar="FILE.jsonl", help="one article a line: id, text")
    predict.add_argument(
        "--persons", action="store_true", help="print which words of each article mean which of its people instead"
    )
    fast_option(predict)
    add_evaluate(subcommands)
    add_names(subcommands)
    add_resolve(subcommands)
    add_cluster(subcommands)
    add_people(subcommands)
    add_loads(subcommands)
    add_rejects(subcommands)
    add_forget(subcommands)
    add_withhold(subcommands)
    add_erase(subcommands)
    add_export(subcommands)
    speed = subcommand(
        subcommands,
        "speed",
        _speed,
        help="measure reading to extraction beside the bare spaCy pipeline on one core, and how level memory stays",
        example="quoth speed articles/ --articles 1000",
    )
    speed.add_argument("paths", nargs="+", type=Path, metavar="PATH", help=".txt, .json or .jsonl, or a folder of them")
    speed.add_argument(
        "--articles",
        type=int,
        metavar="N",
        default=5000,
        help="watch memory over so many articles, the given ones again and again; 0 for none (default: 5000)",
    )
    speed.add_argument(
        "--batch-size", type=int, metavar="B", default=16, help="texts analysed together, on both sides (default: 16)"
    )
    fast_option(speed)
    speed.add_argument("--json", action="store_true", help="print one JSON object with every figure")


def _lent_fields(parser: argparse.ArgumentParser) -> None:
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


def _load(arguments: argparse.Namespace) -> int:
    from etl.guard import guarded
    from etl.load import begin
    from etl.load_report import LoadReport
    from etl.manifest import read_manifest
    from etl.pipeline import Progress, load, method
    from etl.read import Defaults, size_of
    from etl.settings import ArticleBudget, LoadSettings, ModelSettings, QuarantineSettings

    settings = LoadSettings.from_environment()
    limits = QuarantineSettings.from_environment()
    budget = ArticleBudget.from_environment()
    model = ModelSettings.from_environment(fast=arguments.fast)
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    now = datetime.now(UTC)
    manifest = read_manifest(arguments.manifest, now=now) if arguments.manifest else None
    engine = engine_for(url)
    run, start = begin(engine, method(model), now), time.perf_counter()
    told: list[str] = []
    with (
        guarded(model, budget) as reader,
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
            engine,
            arguments.paths,
            defaults=_defaults(arguments, Defaults),
            manifest=manifest,
            now=now,
            batch_size=settings.batch_size,
            tell=tell,
            model=model,
            reader=reader,
            run=run,
            limits=limits,
        )
    seconds = time.perf_counter() - start
    report = LoadReport.of(engine, run, outcomes, finished_at=datetime.now(UTC), seconds=seconds)
    engine.dispose()
    if len(told) > _REFUSALS_TOLD:
        more = len(told) - _REFUSALS_TOLD
        print(f"and {more} more refused: `quoth rejects --load {run.id}` lists them", file=sys.stderr)
    for warning in report.warnings:
        print(f"warning: {warning}", file=sys.stderr)
    if arguments.json:
        print(json.dumps(report.as_json(), ensure_ascii=False))
    else:
        _print_outcomes(outcomes)
        print(
            f"load {report.load}: {report.seconds:.1f} s, {report.articles_a_second} articles a second", file=sys.stderr
        )
    return 1 if any(name.startswith("article: refused") for name in outcomes) else 0


def _defaults(arguments: argparse.Namespace, record: Any) -> Any:
    return record(arguments.source, arguments.domain, arguments.url, arguments.published_on, arguments.timezone)


def _print_outcomes(outcomes: Mapping[str, int]) -> None:
    """One line an outcome, by what it is about."""
    for name in sorted(outcomes):
        print(f"{outcomes[name]:8}  {name}")


def _explain(arguments: argparse.Namespace) -> int:
    from etl.explain import explain
    from etl.manifest import read_manifest
    from etl.read import Defaults
    from etl.settings import ModelSettings

    now = datetime.now(UTC)
    model = ModelSettings.from_environment(fast=arguments.fast)
    manifest = read_manifest(arguments.manifest, now=now) if arguments.manifest else None
    refused = 0
    for line in explain(arguments.file, _defaults(arguments, Defaults), manifest, now, model):
        refused += line.startswith("refused")
        print(line)
    return 1 if refused else 0


def _predict(arguments: argparse.Namespace) -> int:
    from etl.analyse import language_model
    from etl.predict import attributions_of, persons_of, predict
    from etl.settings import ModelSettings

    model = ModelSettings.from_environment(fast=arguments.fast)
    write = persons_of if arguments.persons else attributions_of
    return predict(arguments.file, sys.stdout, language_model(model), write).exit_code


def _speed(arguments: argparse.Namespace) -> int:
    from etl.evaluate.core import one_core

    with one_core() as core:
        # Imported here: numeric libraries make their threads when they load, and should make one.
        from functools import partial

        from etl.annotate import load_model
        from etl.evaluate.speed import measured
        from etl.evaluate.speed_table import speed_json, speed_table
        from etl.settings import ModelSettings

        found = measured(
            arguments.paths,
            articles=arguments.articles,
            batch_size=arguments.batch_size,
            core=core,
            now=datetime.now(UTC),
            load=partial(load_model, ModelSettings.from_environment(fast=arguments.fast)),
        )
    if arguments.json:
        print(json.dumps(speed_json(found)))
    else:
        print("\n".join(speed_table(found)))
    return 0
