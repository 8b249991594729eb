"""The command group cluster, without a database: events, which articles are of one; remarks, which words are one."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from etl.merge_cli import add_remarks
from schema.cli import subcommand

# Comparing reads tables of words: only a run needs them, and `quoth --help` does not.


def add_cluster(subcommands: Any) -> None:
    """Adds `cluster events` and `cluster remarks` (etl.merge_cli)."""
    cluster = subcommands.add_parser("cluster", help="put together what is of one event, or one remark, in a file")
    actions = cluster.add_subparsers(title="actions", metavar="ACTION", required=True)
    add_events(actions)
    add_remarks(actions)


def add_events(subcommands: Any) -> None:
    """Adds `cluster events`."""
    events = subcommand(
        subcommands,
        "events",
        _run,
        help="print which articles of a file are of one event, as loads group them, without a database",
        example="quoth cluster events articles.jsonl > events.jsonl",
    )
    events.add_argument(
        "file",
        type=Path,
        metavar="FILE.jsonl",
        help="one article a line: id, text, and title, source, date, url where they are known",
    )


def _run(arguments: argparse.Namespace) -> int:
    from etl.cluster_articles import events_of, read_articles

    errors: list[str] = []

    def tell(message: str) -> None:
        errors.append(message)
        print(message, file=sys.stderr)

    articles = read_articles(arguments.file, tell)
    found = events_of(articles)
    for article in articles:
        name = article.raw.external_id or ""
        print(json.dumps({"id": name, "cluster": found[name]}))
    return 1 if errors else 0
