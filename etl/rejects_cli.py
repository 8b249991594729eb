"""`quoth rejects`: what was refused and is kept in quarantine, and reading it again."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine
from tqdm import tqdm

from etl.errors import OptionError
from etl.evaluate.cli import fast_option
from etl.interrupts import on_stderr, stopping_at_edges
from etl.loads_cli import found
from etl.rejects import Choice, chosen, reasons, rejections
from schema.cli import database_option, subcommand
from schema.database import engine_for, reading
from schema.migrate import check_current
from schema.settings import DatabaseSettings

_TOLD = 20
"""Records whose refusal is told, and as many that cannot be read again."""


def add_rejects(subcommands: Any) -> None:
    """Adds `rejects`."""
    rejects = subcommand(
        subcommands,
        "rejects",
        _rejects,
        help="list the records that loads refused and that are kept, the newest load first, or load them again",
        example="quoth rejects --reason bad-date --limit 20",
    )
    rejects.add_argument("--reason", metavar="REASON", help="those refused for this reason, as the list has it")
    rejects.add_argument("--load", metavar="ID", help="those of the load of this id, or of the only one that begins so")
    rejects.add_argument("--limit", metavar="N", type=int, help="so many at most (default: all)")
    rejects.add_argument(
        "--format", choices=("text", "jsonl"), help="text, or one JSON object a record with every field (default: text)"
    )
    rejects.add_argument(
        "--retry", action="store_true", help="load them again from what is kept of them; what is stored then leaves"
    )
    fast_option(rejects)
    database_option(rejects)


def _rejects(arguments: argparse.Namespace) -> int:
    if arguments.retry and arguments.format is not None:
        raise OptionError(f"--format {arguments.format}: is about the list; leave it out with --retry")
    if arguments.fast and not arguments.retry:
        raise OptionError("--fast: nothing is read without --retry; give that as well")
    if arguments.limit is not None and arguments.limit < 1:
        raise OptionError(f"--limit {arguments.limit}: give how many records at most, 1 or more")
    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    try:
        with reading(engine) as connection:
            load = None if arguments.load is None else found(connection, arguments.load)
            choice = Choice(arguments.reason, load, arguments.limit)
            if not arguments.retry:
                _list(connection, choice, as_json=arguments.format == "jsonl")
                return 0
        return _retry(arguments, engine, choice)
    finally:
        engine.dispose()


def _list(connection: Connection, choice: Choice, *, as_json: bool) -> None:
    ids = list(chain.from_iterable(chosen(connection, choice)))
    for one in rejections(connection, ids):
        print(json.dumps(one.as_json) if as_json else one.line)
    if as_json:
        return
    counts = reasons(connection, choice)
    for reason, count in counts.items():
        print(f"{count:8}  {reason}")
    in_all = sum(counts.values())
    print(f"{in_all:8}  in all" + (f", {len(ids)} of them shown" if len(ids) < in_all else ""))


def _retry(arguments: argparse.Namespace, engine: Engine, choice: Choice) -> int:
    from etl.guard import guarded
    from etl.load import begin
    from etl.pipeline import Progress, method
    from etl.retry import retry, to_retry
    from etl.settings import ArticleBudget, LoadSettings, ModelSettings, QuarantineSettings

    settings, budget = LoadSettings.from_environment(), ArticleBudget.from_environment()
    limits = QuarantineSettings.from_environment()
    model = ModelSettings.from_environment(fast=arguments.fast)
    now = datetime.now(UTC)
    with reading(engine) as connection:
        task = to_retry(connection, choice)
    run = begin(engine, method(model), now)
    told: list[str] = []
    with (
        guarded(model, budget) as reader,
        stopping_at_edges(on_stderr) as edge,
        tqdm(total=task.size, unit="B", unit_scale=True, desc="retry", file=sys.stderr) as bar,
    ):

        def tell(progress: Progress) -> None:
            bar.update(progress.bytes_read - bar.n)
            for one in progress.refused[: max(_TOLD - len(told), 0)]:
                bar.write(f"refused ({one.reason}): {one.detail}", file=sys.stderr)
            told.extend(one.place for one in progress.refused)
            edge()

        outcomes = retry(engine, run, task, batch_size=settings.batch_size, tell=tell, reader=reader, limits=limits)
    if len(told) > _TOLD:
        print(f"and {len(told) - _TOLD} more refused: `quoth rejects --load {run.id}` lists them", file=sys.stderr)
    _tell_of_others(task.others)
    for name in sorted(outcomes):
        print(f"{outcomes[name]:8}  {name}")
    stay = ("article: refused", "rejection: not read again")
    return 1 if any(name.startswith(stay) for name in outcomes) else 0


def _tell_of_others(others: Sequence[tuple[str, str]]) -> None:
    """The places of what cannot be read again, with the way out."""
    for place, why in others[:_TOLD]:
        print(f"{place}: cannot be read again from what is kept ({why}); load its file again", file=sys.stderr)
    if len(others) > _TOLD:
        counts = Counter(why for _, why in others)
        told = ", ".join(f"{count} {why}" for why, count in sorted(counts.items()))
        print(f"in all {len(others)} cannot be read again ({told}); load their files again", file=sys.stderr)
