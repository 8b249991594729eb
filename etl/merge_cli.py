"""The subcommand cluster remarks: which pairs of wordings are one remark."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from schema.cli import subcommand

# Comparing reads tables of words: only a run needs them, and `quoth --help` does not.


def add_remarks(subcommands: Any) -> None:
    """Adds `cluster remarks`."""
    remarks = subcommand(
        subcommands,
        "remarks",
        _run,
        help="print which pairs of quotations in articles are one remark, as loads judge them, without a database",
        example="quoth cluster remarks pairs.jsonl --articles articles.jsonl > same.jsonl",
    )
    remarks.add_argument(
        "file",
        type=Path,
        metavar="PAIRS.jsonl",
        help="one pair a line: a and b, each with article, start, end in code points, the end exclusive",
    )
    remarks.add_argument(
        "--articles",
        type=Path,
        metavar="FILE.jsonl",
        required=True,
        help="one article a line: id, text, and date where it is known",
    )
    remarks.add_argument("--reasons", action="store_true", help="print the evidence with each pair")


def _run(arguments: argparse.Namespace) -> int:
    from etl.merge import JOIN, printed_likeness
    from etl.remark_pairs import read_articles, read_pairs

    errors: list[str] = []

    def tell(message: str) -> None:
        errors.append(message)
        print(message, file=sys.stderr)

    articles = read_articles(arguments.articles, tell)
    for pair in read_pairs(arguments.file, articles, tell):
        found = printed_likeness(pair.a, pair.b)
        row = {"line": pair.line, "same": found.score >= JOIN, "score": found.score}
        print(json.dumps({**row, "reason": found.detail} if arguments.reasons else row))
    return 1 if errors else 0
