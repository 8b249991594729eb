"""Articles without some of their records: taken out of the graph, and put back as the other records have them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, Engine, true, update

from etl.garbage import not_collected
from etl.load import Overtaken, annotations, given, placing, quarantine, replacing, rows, runs, sources, withholding
from etl.load.given import Given
from etl.load.placing import Earlier
from etl.load.prepared import Prepared
from etl.load.removal import remove
from etl.load.runs import Run
from etl.load.turns import Turn
from etl.records import Refused
from schema import tables
from schema.database import writing


@dataclass(frozen=True, slots=True)
class Without:
    """What is left of some stored articles.

    gone: those of which nothing is. kept: those that stay as they are, with the load that gave the first of what is
    left. rewritten: what stored articles (by id) become: prepared. records: all that is left, under the ids of then.
    revisions: rows of the texts of what is rewritten. earlier: what it was with those that it has no longer. refused:
    records that are refused now, by their loads.
    """

    gone: Collection[UUID] = ()
    kept: Mapping[UUID, UUID] = field(default_factory=dict)
    rewritten: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    prepared: Sequence[Prepared] = ()
    records: Sequence[Given] = ()
    revisions: Sequence[rows.Values] = ()
    earlier: Sequence[Earlier] = ()
    refused: Sequence[tuple[UUID, Refused]] = ()


def take_back(
    engine: Engine, run: Run, left: Without, outcomes: Mapping[str, int], holds: Callable[[Connection], bool]
) -> None:
    """Writes what is left, in one transaction that has the database for itself.

    outcomes are added to those of the run. holds: whether what this was made on still holds. Raises Overtaken, having
    written nothing, where it does not.
    """
    with not_collected(), writing(engine) as connection:
        if not holds(connection):
            raise Overtaken
        now = run.started_at
        runs.record(connection, run.id, now, run.method)
        # Those that come back under another id lead there; of the others nothing is left, or all of it comes anew.
        replacing.take_out(connection, _called_otherwise(left.rewritten), now)
        remove(connection, {*left.gone, *(old for its in left.rewritten.values() for old in its)}, now)
        since = placing.place_earlier(connection, run, left.earlier, Turn(None))
        placing.place(connection, run, left.prepared, Turn(None), since)
        annotations.keep(connection, [one.found_now for one in left.prepared], run.method)
        replacing.add_revisions(connection, left.revisions)
        rows.remove(connection, tables.Given, "article_id", left.kept)
        given.add(connection, left.records)
        stored = {one.article for one in left.records}
        sources.rename(connection, sources.of(connection, stored))
        withholding.follow(connection, stored, now)
        _hand_over(connection, left.kept)
        for load, refused in left.refused:
            quarantine.keep(connection, load, [refused])
        runs.count(connection, run.id, outcomes)


def _called_otherwise(rewritten: Mapping[UUID, Collection[UUID]]) -> Mapping[UUID, Collection[UUID]]:
    """Under which ids those stored articles come back that do not come back under their own."""
    found: dict[UUID, list[UUID]] = {}
    for old in sorted({old for its in rewritten.values() for old in its} - rewritten.keys()):
        # Of one that comes apart into several, that to which it leads is as good as another.
        new = min(new for new, its in rewritten.items() if old in its)
        found.setdefault(new, []).append(old)
    return found


def _hand_over(connection: Connection, kept: Mapping[UUID, UUID]) -> None:
    """What stays as it is was brought by the load that gave the first record of what is left."""
    report = rows.table_of(tables.Report)
    of_articles = (tables.Report, tables.Revision, tables.WaitingArticle)
    for article, load in kept.items():
        for model, column in ((tables.Article, "id"), *((model, "article_id") for model in of_articles)):
            table = rows.table_of(model)
            # Reports of earlier texts came with these, and by loads that stay.
            its = (table.c[column] == article) & (report.c.text_hash.is_(None) if table is report else true())
            connection.execute(update(table).where(its).values(load_id=load))
