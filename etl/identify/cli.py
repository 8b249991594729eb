"""The subcommand names: how far pairs of names are one person's, and how well that is told."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from schema.cli import subcommand


def add_names(subcommands: Any) -> None:
    """Adds `names`."""
    names = subcommand(
        subcommands,
        "names",
        _run,
        help="print how far the two names of each pair in a file may be one person's, and why, without a database",
        example="quoth names pairs.jsonl",
    )
    names.add_argument("file", type=Path, metavar="FILE.jsonl", help="one pair a line: name1, name2")
    names.add_argument(
        "--evaluate",
        action="store_true",
        help="print the best F1 and its threshold instead; lines say `same`, true or false, too",
    )


def _run(arguments: argparse.Namespace) -> int:
    from etl.identify.name_evidence import name_evidence
    from etl.identify.name_pairs import read_pairs

    errors: list[str] = []

    def tell(message: str) -> None:
        errors.append(message)
        print(message, file=sys.stderr)

    pairs = read_pairs(arguments.file, tell, labelled=arguments.evaluate)
    if arguments.evaluate:
        from etl.identify.name_scores import best_score, table

        print("\n".join(table(best_score(pairs))))
        return 1 if errors else 0
    for pair in pairs:
        found = name_evidence(pair.name1, pair.name2)
        row = {"name1": pair.name1, "name2": pair.name2, "score": round(found.score, 4), "reason": found.reason}
        print(json.dumps(row))
    return 1 if errors else 0
