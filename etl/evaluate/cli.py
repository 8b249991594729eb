"""The subcommand evaluate: which figures against which gold."""

import argparse
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.errors import OptionError
from schema.cli import database_option, subcommand

# What measures imports spaCy, which takes seconds: only the command that needs it does, and `quoth --help` does not.

_OF_A_CORPUS = ("pred", "mistakes", "calibration")


def fast_option(parser: argparse.ArgumentParser) -> None:
    """Adds --fast, for every command that reads articles."""
    parser.add_argument(
        "--fast",
        action="store_true",
        help="find quotations by rules, without the attribution model: quicker, finds less",
    )


def add_evaluate(subcommands: Any) -> None:
    """Adds `evaluate`."""
    evaluate = subcommand(
        subcommands,
        "evaluate",
        _run,
        help="score what the database holds of the labelled articles, or what is found in a marked corpus",
        example="quoth evaluate --labels seeds/labelled",
    )
    against = evaluate.add_mutually_exclusive_group()
    against.add_argument(
        "--labels",
        type=Path,
        metavar="FOLDER",
        default=Path("seeds/labelled"),
        help="labels of the articles in the folder `articles` beside it (default: seeds/labelled)",
    )
    against.add_argument(
        "--persons",
        type=Path,
        metavar="FILE.jsonl",
        help="score which words of --articles mean which person, one mention a line: article, start, end, person",
    )
    against.add_argument(
        "--gold",
        type=Path,
        metavar="FILE.jsonl",
        help="score extraction alone on marked articles, one a line: id, text, attributions; no database",
    )
    evaluate.add_argument(
        "--articles", type=Path, metavar="FILE.jsonl", help="with --persons: the articles, one a line: id, text"
    )
    evaluate.add_argument(
        "--across",
        action="store_true",
        help="with --persons: the whole corpus at once, its mentions given, as `quoth resolve` reads it",
    )
    evaluate.add_argument(
        "--given",
        action="store_true",
        help="score resolving alone: the labelled quotations are given, each article is read by itself; no database",
    )
    evaluate.add_argument(
        "--pred",
        type=Path,
        metavar="FILE.jsonl",
        help="with --gold: score these predictions, as `quoth predict` writes them, instead of what is found now",
    )
    evaluate.add_argument(
        "--mistakes", action="store_true", help="with --gold: count the errors of each kind, the commonest first"
    )
    evaluate.add_argument(
        "--calibration",
        type=Path,
        metavar="OUT.svg",
        help="with --gold: print how far confidences are from the share that is right, and draw it",
    )
    evaluate.add_argument(
        "--details",
        action="store_true",
        help="name every attribution that is missed, found in vain or answered wrongly (with --gold: of --mistakes)",
    )
    evaluate.add_argument(
        "--samples",
        type=int,
        metavar="N",
        default=1000,
        help="how often articles are redrawn for the 95%% intervals, 0 for none (default: 1000)",
    )
    fast_option(evaluate)
    database_option(evaluate)


def _run(arguments: argparse.Namespace) -> int:
    if arguments.samples < 0:
        raise OptionError(f"--samples {arguments.samples}: give 0 for no intervals, or how often to redraw")
    _check(arguments)
    lines = _lines(arguments)
    for line in lines:
        print(line)
    return 0


def _check(arguments: argparse.Namespace) -> None:
    """Raises OptionError for options that do not go together."""
    for name in _OF_A_CORPUS:
        if getattr(arguments, name) and not arguments.gold:
            raise OptionError(f"--{name} is about a marked corpus; give one with --gold")
    if arguments.fast and not (arguments.gold or arguments.given or arguments.persons):
        raise OptionError("--fast is about reading articles; give --gold, --given or --persons")
    if arguments.given and (arguments.gold or arguments.persons):
        raise OptionError("--given is about the labelled articles; leave --gold and --persons out")
    if arguments.across and not arguments.persons:
        raise OptionError("--across is about mentions of people; give them with --persons and --articles")
    if bool(arguments.persons) != bool(arguments.articles):
        raise OptionError("--persons and --articles go together: the mentions, and the texts they are in")


def _lines(arguments: argparse.Namespace) -> Iterator[str]:
    from etl.settings import ModelSettings

    model = ModelSettings.from_environment(fast=arguments.fast)
    if arguments.gold:
        from etl.evaluate.corpus_report import corpus_report

        return corpus_report(
            arguments.gold,
            arguments.pred,
            model=model,
            samples=arguments.samples,
            with_mistakes=arguments.mistakes,
            details=arguments.details,
            drawing=arguments.calibration,
        )
    if arguments.persons:
        return _of_persons(arguments, model)
    return _given(arguments, model) if arguments.given else _of_the_database(arguments)


def _of_persons(arguments: argparse.Namespace, model: Any) -> Iterator[str]:
    from etl.analyse import language_model
    from etl.evaluate.persons import across_scores, persons_found, persons_scores, read_persons
    from etl.evaluate.table import table

    articles = read_persons(arguments.persons, arguments.articles)
    nlp = language_model(model)
    if arguments.across:
        return table(across_scores(articles, nlp), arguments.samples)
    return table(persons_scores(articles, list(persons_found(articles, nlp))), arguments.samples)


def _given(arguments: argparse.Namespace, model: Any) -> Iterator[str]:
    from etl.analyse import language_model
    from etl.evaluate.given import given
    from etl.evaluate.labels import read_labels
    from etl.evaluate.scores import Scores
    from etl.evaluate.table import table

    scores = given(read_labels(arguments.labels, datetime.now(UTC)), language_model(model)).scores
    return table(Scores(scores.measures, scores.faults if arguments.details else ()), arguments.samples)


def _of_the_database(arguments: argparse.Namespace) -> Iterator[str]:
    from etl.evaluate.comparison import comparison
    from etl.evaluate.faults import details, faults
    from etl.evaluate.labels import read_labels
    from etl.evaluate.scores import Scores, measures
    from etl.evaluate.store import stored
    from etl.evaluate.table import table
    from schema.database import engine_for
    from schema.migrate import check_current
    from schema.settings import DatabaseSettings

    url = DatabaseSettings.from_environment(arguments.database).url
    check_current(url)
    labels = read_labels(arguments.labels, datetime.now(UTC))
    engine = engine_for(url)
    try:
        both = comparison(labels, stored(engine, labels.articles.values()))
    finally:
        engine.dispose()
    told = (*faults(both), *(details(both) if arguments.details else ()))
    return table(Scores(tuple(measures(both)), told), arguments.samples)
