"""What a load tells at its end: how every record ended, by which versions, how fast, and what looks wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import version
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from etl.load import waiting
from etl.load.rows import table_of
from etl.load.runs import Run
from schema import tables
from schema.database import Database, reading

UNDATED = 0.1
"""Share of a load's articles without a date of publication from which it is worth a word."""

NOBODY = "speaker: nobody named"
FEW_SPEAKERS = 50
"""Attributions, below which shares of speakers say nothing."""

TWICE = 2.0
"""Times as many as in the loads before is unusual, and half as many."""

USUAL_LOADS, USUAL_ARTICLES = 20, 200
"""What is usual: in the last so many loads, and in the last so many articles of an outlet."""

FEW_ARTICLES = 5
"""Of one outlet, below which their yield says nothing; four times as many of before have to be there."""


@dataclass(frozen=True, slots=True)
class LoadReport:
    """A load that has ended. quoth: the version of the code; method: what extracted, and the language model.

    outcomes: those that begin with "article: " add up to the records that were read. seconds: from begin to end.
    """

    load: UUID
    quoth: str
    method: str
    started_at: datetime
    finished_at: datetime
    seconds: float
    articles_a_second: float
    outcomes: Mapping[str, int]
    warnings: Sequence[str]

    @classmethod
    def of(
        cls, database: Database, run: Run, outcomes: Mapping[str, int], *, finished_at: datetime, seconds: float
    ) -> "LoadReport":
        """The report of a run that is stored. seconds: by a clock that nobody sets."""
        with reading(database) as connection:
            warnings = [
                *_undated(connection, run.id),
                *_speakers(connection, run.id),
                *_yields(connection, run.id),
                *_other_methods(connection, run.method),
                *_waiting(connection),
            ]
        records = sum(count for name, count in outcomes.items() if name.startswith("article: "))
        return cls(
            load=run.id,
            quoth=version("quoth"),
            method=run.method,
            started_at=run.started_at,
            finished_at=finished_at,
            seconds=round(seconds, 3),
            articles_a_second=round(records / seconds, 2) if seconds else 0.0,
            outcomes=dict(sorted(outcomes.items())),
            warnings=warnings,
        )

    def as_json(self) -> Mapping[str, Any]:
        """With ids and instants as text."""
        told = asdict(self)
        return (
            told | {"load": str(self.load)} | {name: told[name].isoformat() for name in ("started_at", "finished_at")}
        )


def _undated(connection: Connection, run: UUID) -> Iterator[str]:
    article = table_of(tables.Article)
    query = select(func.count(), func.count(article.c.published_on)).where(article.c.load_id == run)
    count, dated = connection.execute(query).one()
    if count and (count - dated) / count >= UNDATED:
        yield (
            f"{count - dated} of {count} articles have no date of publication: what they report gets no day; "
            "give published_on in the records, a manifest or --published-on"
        )


def _speakers(connection: Connection, run: UUID) -> Iterator[str]:
    """Of this load and of the loads before it."""
    load = table_of(tables.Load)
    before = select(load.c.id).where(load.c.id != run).order_by(load.c.started_at.desc()).limit(USUAL_LOADS)
    nobody, count = _share(connection, [run])
    usual_nobody, usual = _share(connection, list(connection.execute(before).scalars()))
    if count < FEW_SPEAKERS or usual < FEW_SPEAKERS:
        return
    if nobody / count > TWICE * max(usual_nobody / usual, 1 / usual):
        yield (
            f"of {nobody / count:.1%} of the attributions nobody is named, of {usual_nobody / usual:.1%} in the loads "
            "before: texts may be cut off or have lost their quotation marks"
        )


def _share(connection: Connection, loads: Sequence[UUID]) -> tuple[int, int]:
    """Attributions of these loads whose speaker nobody names, and all of them."""
    outcome = table_of(tables.LoadOutcome)
    query = select(outcome.c.outcome, func.sum(outcome.c.count)).group_by(outcome.c.outcome)
    found = connection.execute(query.where(outcome.c.load_id.in_(loads), outcome.c.outcome.startswith("speaker: ")))
    counts = {name: int(count) for name, count in found}
    return counts.get(NOBODY, 0), sum(counts.values())


def _yields(connection: Connection, run: UUID) -> Iterator[str]:
    """Outlets whose articles report half as much as they used to."""
    article, source = table_of(tables.Article), table_of(tables.Source)
    ours = select(article.c.source_id).where(article.c.load_id == run).group_by(article.c.source_id)
    known = select(source.c.id, source.c.name).where(source.c.known, source.c.id.in_(ours)).order_by(source.c.name)
    for outlet in connection.execute(known).all():
        of_outlet = select(article.c.id).where(article.c.source_id == outlet.id)
        latest = of_outlet.where(article.c.load_id != run).order_by(article.c.published_from.desc())
        reports, count = _reports(connection, of_outlet.where(article.c.load_id == run))
        usual_reports, usual = _reports(connection, latest.limit(USUAL_ARTICLES))
        if count < FEW_ARTICLES or usual < 4 * FEW_ARTICLES:
            continue
        if TWICE * reports / count < usual_reports / usual:
            yield (
                f"{outlet.name}: {reports / count:.1f} reports an article, {usual_reports / usual:.1f} in its "
                f"{usual} before: its feed may bring teasers or page furniture in the place of texts"
            )


def _reports(connection: Connection, articles: Any) -> tuple[int, int]:
    """How many reports these articles have, and how many they are."""
    report, chosen = table_of(tables.Report), articles.subquery()
    counted = select(func.count()).where(report.c.article_id.in_(select(chosen.c.id)), report.c.text_hash.is_(None))
    return (
        connection.execute(counted).scalar_one(),
        connection.execute(select(func.count()).select_from(chosen)).scalar_one(),
    )


def _other_methods(connection: Connection, method: str) -> Iterator[str]:
    """Articles that another method has read: what is found of them may differ from what is found of these."""
    article = table_of(tables.Article)
    query = select(func.count(article.c.id)).where(article.c.method != method)
    if count := connection.execute(query).scalar_one():
        yield (
            f"{count} stored articles were read by another method than this ({method}): `quoth reprocess` reads them "
            "anew, with --dry-run it tells what that would change"
        )


def _waiting(connection: Connection) -> Iterator[str]:
    if count := waiting.count(connection):
        yield f"{count} stored articles are not placed yet, questions see them without their reports: `quoth place`"
