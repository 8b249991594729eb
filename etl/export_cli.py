"""The command export: the graph as JSON lines."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tqdm import tqdm

from etl.export.output import Write, whole_file
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
    from etl.read.formats import MAX_RECORD_BYTES

    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    engine = engine_for(url)
    longest = 0
    with (
        _output(arguments.output) as write,
        tqdm(total=0, unit=" lines", desc=f"export {arguments.kind}", file=sys.stderr) as bar,
    ):

        def write_line(line: bytes) -> None:
            nonlocal longest
            longest = max(longest, len(line))
            write(line)

        export(engine, arguments.kind, write_line, _progress(bar))
    engine.dispose()
    if arguments.kind == "articles" and longest > MAX_RECORD_BYTES:
        print(
            f"export: the longest line has {longest:,} bytes; `quoth load` refuses those of {MAX_RECORD_BYTES:,} or "
            "more: load these articles from the files they came from",
            file=sys.stderr,
        )
    return 0


def _progress(bar: "tqdm[Any]") -> Callable[[int, int], None]:
    def tell(written: int, total: int) -> None:
        bar.total = total
        bar.update(written - bar.n)
        bar.refresh()

    return tell


@contextmanager
def _output(path: Path | None) -> Iterator[Write]:
    """What writes to this file, or to stdout: bytes, for lines are UTF-8 whatever the terminal speaks."""
    if path is None:
        yield sys.stdout.buffer.write
    else:
        with whole_file(path) as write:
            yield write
