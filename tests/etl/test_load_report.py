"""What a load tells at its end. Both databases."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine

from etl import load
from etl.load.prepared import Prepared
from etl.load_report import LoadReport
from etl.records import ResolvedArticle
from schema.cli import main
from tests.bench.made_up import articles
from tests.etl.load.test_store import NOW

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"


def warnings(
    engine: Engine, some: Sequence[ResolvedArticle], counted: Mapping[str, int] = {}, day: int = 0
) -> Sequence[str]:
    """Those of a load of these articles, so many days after the first."""
    run = load.begin(engine, "made up", NOW + timedelta(days=day))
    outcomes = {"article: added": len(some), **counted}
    load.store(engine, run, [Prepared.of(one) for one in some], [], outcomes)
    load.finish(engine, run, {}, NOW)
    return LoadReport.of(engine, run, outcomes, finished_at=datetime.now(UTC), seconds=2.0).warnings


def of(outlet: str, some: Sequence[ResolvedArticle], **changed: object) -> list[ResolvedArticle]:
    """The articles, printed by this outlet."""
    return [
        replace(one, article=replace(one.article, raw=replace(one.article.raw, source=outlet, **changed)))
        for one in some
    ]


def test_a_load_as_usual_has_no_warning(engine: Engine) -> None:
    """Neither the first one nor those after it."""
    counted = {"speaker: named": 95, "speaker: nobody named": 5}

    assert not warnings(engine, of("Coast Radio", list(articles(0, 24))), counted)
    assert not warnings(engine, of("Coast Radio", list(articles(24, 8))), counted, day=1)


def test_articles_without_a_date_are_told(engine: Engine) -> None:
    """From a tenth of them on."""
    some = list(articles(0, 10))

    (told,) = warnings(engine, [*some[1:], *of("Coast Radio", some[:1], published_on=None)])

    assert told.startswith("1 of 10 articles have no date")


def test_attributions_of_which_nobody_is_named_are_told_where_they_are_many(engine: Engine) -> None:
    """More than twice as many as in the loads before."""
    warnings(engine, list(articles(0, 2)), {"speaker: named": 95, "speaker: nobody named": 5})

    (told,) = warnings(engine, list(articles(2, 2)), {"speaker: named": 80, "speaker: nobody named": 20}, day=1)

    assert told.startswith("of 20.0% of the attributions nobody is named, of 5.0% in the loads before")


def test_an_outlet_that_yields_less_is_told(engine: Engine) -> None:
    """Not the others."""
    warnings(engine, [*of("Coast Radio", list(articles(0, 20))), *of("Fjord Post", list(articles(20, 20)))])
    teasers = [replace(one, attributions=one.attributions[:1]) for one in of("Coast Radio", list(articles(40, 5)))]

    (told,) = warnings(engine, [*teasers, *of("Fjord Post", list(articles(45, 5)))], day=1)

    assert told.startswith("Coast Radio: 1.0 reports an article, ")


def test_articles_that_another_method_has_read_are_told_with_the_way_out(engine: Engine) -> None:
    """Until they are read anew."""
    run = load.begin(engine, "made up before", NOW)
    load.store(engine, run, [Prepared.of(one) for one in articles(0, 3)], [], {"article: added": 3})

    (told,) = warnings(engine, list(articles(3, 2)))

    assert told.startswith("3 stored articles were read by another method than this (made up): `quoth reprocess`")


@pytest.mark.model
def test_the_command_tells_all_of_it_as_json(database_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """On stdout, one object; the records add up."""
    paths = sorted(map(str, SAMPLES.glob("0[1-3]*.json")))

    assert main(["load", *paths, "--fast", "--json", "--database", database_url]) == 0

    told = json.loads(capsys.readouterr().out)
    assert {name: count for name, count in told["outcomes"].items() if name.startswith("article: ")} == {
        "article: added": len(paths)
    }
    assert told["method"].startswith("quoth-rules")
    assert told["warnings"] == []
    assert told["seconds"] > 0
    assert main(["loads", "show", told["load"], "--database", database_url]) == 0
