"""The subcommand that gives the data away again: export."""

import argparse
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from schema.cli import database_option, subcommand
from schema.database import engine_for
from schema.migrate import check_current
from schema.settings import DatabaseSettings

# The tables' side of it imports all that loads do, spaCy too: only a run does, and `quoth --help` does not.

KINDS = ("statements", "reports", "people", "events", "articles")
"""What can be exported: the words of etl.export.lines."""

FORMATS = ("jsonl",)
"""How."""


def add_export(subcommands: Any) -> None:
    """Adds `export`."""
    made = subcommand(
        subcommands,
        "export",
        _run,
        help="write statements, reports, people, events or articles as JSON lines, every field, ordered by id",
        example="quoth export statements --format jsonl --output statements.jsonl",
    )
    made.add_argument("kind", choices=KINDS, metavar="KIND", help=f"what: {', '.join(KINDS)}")
    made.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="how (default: jsonl)")
    made.add_argument("--output", type=Path, metavar="FILE", help="where to, whole or not at all (default: stdout)")
    database_option(made)


def _run(arguments: argparse.Namespace) -> int:
    from etl.export.lines import export
    from etl.export.output import output

    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    with (
        output(arguments.output) as write,
        tqdm(unit=" lines", desc=f"export {arguments.kind}", file=sys.stderr) as bar,
    ):

        def tell(written: int, total: int) -> None:
            bar.total = total
            bar.update(written - bar.n)

        export(engine, arguments.kind, write, tell)
    engine.dispose()
    return 0
