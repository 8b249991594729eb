"""The subcommand resolve: which mentions of people in a set of articles mean the same person."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from etl.evaluate.cli import fast_option
from schema.cli import subcommand

# The stages import spaCy, which takes seconds: only a run needs them, and `quoth --help` does not.


def add_resolve(subcommands: Any) -> None:
    """Adds `resolve`."""
    resolve = subcommand(
        subcommands,
        "resolve",
        _run,
        help="print which of the marked mentions of people in articles mean the same person, without a database",
        example="quoth resolve articles.jsonl --mentions mentions.jsonl > people.jsonl",
    )
    resolve.add_argument("file", type=Path, metavar="FILE.jsonl", help="one article a line: id, text")
    resolve.add_argument(
        "--mentions",
        type=Path,
        metavar="FILE.jsonl",
        required=True,
        help="one mention a line: article, start, end in code points, the end exclusive",
    )
    resolve.add_argument(
        "--reasons", action="store_true", help="print with each mention whom else it was joined with, and the evidence"
    )
    fast_option(resolve)


def _run(arguments: argparse.Namespace) -> int:
    from etl.analyse import language_model
    from etl.identify.corpus import people_of, person_ids, reasons
    from etl.identify.marked import read_articles, read_mentions
    from etl.settings import ModelSettings

    errors: list[str] = []

    def tell(message: str) -> None:
        errors.append(message)
        print(message, file=sys.stderr)

    model = ModelSettings.from_environment(fast=arguments.fast)
    texts = read_articles(arguments.file, tell)
    mentions = read_mentions(arguments.mentions, texts, tell)
    found = people_of(texts, mentions, language_model(model))
    ids = person_ids(found)
    why = reasons(found) if arguments.reasons else None
    for mention in mentions:
        start, end = mention.span.start, mention.span.end
        key = (mention.article, start, end)
        row = {"article": mention.article, "start": start, "end": end, "person": ids.get(key)}
        print(json.dumps(row if why is None else {**row, "reason": why.get(key)}))
    return 1 if errors else 0
