"""The `quoth` command: gathers subcommands from the entry-point group `quoth.commands`, imports none of them by name.

An entry is a function that adds its parsers; each parser sets `run`, a function from the parsed arguments to an exit
code. Results go to stdout, progress and logs to stderr. Exit codes: 0 done, 1 something was refused or failed,
2 the command line or a setting is wrong, 3 the database cannot be used,
4 the language model is missing.
"""

import argparse
import logging
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import entry_points, version
from typing import Any

from schema.errors import QuothError

_INTERRUPTED = 130
_BROKEN_PIPE = 141


def parser() -> argparse.ArgumentParser:
    """The whole command line: `quoth` and every subcommand that the installed packages bring."""
    quoth = argparse.ArgumentParser(
        prog="quoth",
        description="Who said what, reported by whom, and when: loads articles, serves the answers.",
        epilog="example: quoth load seeds/articles && quoth serve",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    quoth.add_argument("--version", action="version", version=f"quoth {version('quoth')}")
    subcommands = quoth.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for entry in sorted(entry_points(group="quoth.commands"), key=lambda entry: entry.name):
        entry.load()(subcommands)
    return quoth


def subcommand(
    subcommands: Any, name: str, run: Callable[[argparse.Namespace], int], *, help: str, example: str
) -> argparse.ArgumentParser:
    """A new subcommand's parser: help is its one sentence, example a command line that works."""
    made: argparse.ArgumentParser = subcommands.add_parser(
        name,
        help=help,
        description=help[0].upper() + help[1:] + ".",
        epilog=f"example: {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.set_defaults(run=run)
    return made


def database_option(parser: argparse.ArgumentParser) -> None:
    """Adds --database, which every command that opens one takes."""
    parser.add_argument(
        "--database",
        metavar="URL",
        help="sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME "
        "(default: QUOTH_DATABASE_URL, else sqlite:///.quoth/quoth.db)",
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code. A QuothError is one message on stderr; a bug is a traceback."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)  # `migrate` says itself what it did
    parsed = parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except QuothError as error:
        print(f"quoth: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("quoth: interrupted; what was committed stays, run the same command to go on", file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        # `quoth predict … | head`: the reader has enough. Python would complain again when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    return code
