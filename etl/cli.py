"""The subcommands that read, store, show, measure and give away articles: load, explain, rejects, export, and so on."""

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.cluster_cli import add_cluster
from etl.curation import add_people
from etl.erase_cli import add_erase
from etl.evaluate.cli import add_evaluate, fast_option
from etl.export_cli import add_export
from etl.forget_cli import add_forget
from etl.identify.cli import add_names
from etl.identify.resolve_cli import add_resolve
from etl.load_cli import add_load, defaults_of, lent_fields
from etl.loads_cli import add_loads
from etl.place_cli import add_place
from etl.rejects_cli import add_rejects
from etl.reprocess_cli import add_reprocess
from etl.withhold_cli import add_withhold
from schema.cli import subcommand

# The stages import spaCy, which takes seconds: only the commands that need them do, and `quoth serve --help` does not.


def add_commands(subcommands: Any) -> None:
    """Adds `load`, `explain`, `predict`, `evaluate` (etl.evaluate), `names` and `resolve` (etl.identify), `speed`."""
    add_load(subcommands)
    explain = subcommand(
        subcommands,
        "explain",
        _explain,
        help="show every stage for one article: what was marked off, found, why, and what would be stored",
        example="quoth explain seeds/articles/02-harbour-courier.json",
    )
    explain.add_argument("file", type=Path, metavar="FILE", help=".txt, .json or .jsonl")
    lent_fields(explain)
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
    add_place(subcommands)
    add_reprocess(subcommands)
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


def _explain(arguments: argparse.Namespace) -> int:
    from etl.explain import explain
    from etl.manifest import read_manifest
    from etl.settings import ModelSettings

    now = datetime.now(UTC)
    model = ModelSettings.from_environment(fast=arguments.fast)
    manifest = read_manifest(arguments.manifest, now=now) if arguments.manifest else None
    refused = 0
    for line in explain(arguments.file, defaults_of(arguments), manifest, now, model):
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
