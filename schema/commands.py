"""The subcommand of the schema itself: `quoth migrate`."""

import argparse
import sys
from typing import Any

from schema.cli import database_option, subcommand
from schema.migrate import migrate
from schema.settings import DatabaseSettings


def add_commands(subcommands: Any) -> None:
    """Adds `migrate`."""
    made = subcommand(
        subcommands,
        "migrate",
        _migrate,
        help="bring an empty or older database up to date",
        example="quoth migrate --database sqlite:///news.db",
    )
    database_option(made)


def _migrate(arguments: argparse.Namespace) -> int:
    before, after = migrate(DatabaseSettings.from_environment(arguments.database).url)
    told = f"already at revision {after}" if before == after else f"from {before or 'nothing'} to revision {after}"
    print(f"migrate: {told}", file=sys.stderr)
    return 0
