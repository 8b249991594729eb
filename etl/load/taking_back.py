"""Articles without some of their records: taken out of the graph, and put back as the other records have them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection, Engine, update

from etl.garbage import not_collected
from etl.load import Overtaken, annotations, given, placing, replacing, rows, runs, sources, withholding
from etl.load.given import Given
from etl.load.prepared import Prepared
from etl.load.removal import remove
from etl.load.runs import Run
from etl.load.turns import Turn
from etl.records import Refused, ResolvedArticle
from schema import tables
from schema.database import writing


@dataclass(frozen=True, slots=True)
class Without:
    """What is left of some stored articles.

    gone: those of which nothing is. kept: those that stay as they are, with the load that gave the first of what is
    left. rewritten: what stored articles (by id) become, resolved. records: all that is left, under the ids of then.
    revisions: rows of the texts of what is rewritten. refused: records that are refused now, by their loads.
    """

    gone: Collection[UUID] = ()
    kept: Mapping[UUID, UUID] = field(default_factory=dict)
    rewritten: Mapping[UUID, Collection[UUID]] = field(default_factory=dict)
    resolved: Sequence[ResolvedArticle] = ()
    records: Sequence[Given] = ()
    revisions: Sequence[rows.Values] = ()
    refused: Sequence[tuple[UUID, Refused]] = ()


def take_back(
    engine: Engine, run: Run, left: Without, outcomes: Mapping[str, int], holds: Callable[[Connection], bool]
) -> None:
    """Writes what is left, in one transaction that has the database for itself.

    outcomes are added to those of the run. holds: whether what this was made on still holds. Raises Overtaken, having
    written nothing, where it does not.
    """
    with not_collected():
        prepared = [Prepared.of(item) for item in left.resolved]
        with writing(engine) as connection:
            if not holds(connection):
                raise Overtaken
            now = run.started_at
            runs.record(connection, run.id, now, run.method)
            # Those that come back under another id lead there; of the others nothing is left, or all of it comes anew.
            replacing.take_out(connection, _called_otherwise(left.rewritten), now)
            remove(connection, {*left.gone, *(old for its in left.rewritten.values() for old in its)}, now)
            placing.place(connection, run, prepared, Turn(None))
            annotations.keep(connection, left.resolved, run.method)
            replacing.add_revisions(connection, left.revisions)
            rows.remove(connection, tables.Given, "article_id", left.kept)
            given.add(connection, left.records)
            stored = {one.article for one in left.records}
            sources.rename(connection, sources.of(connection, stored))
            withholding.follow(connection, stored, now)
            _hand_over(connection, left.kept)
            for load, refused in left.refused:
                runs.reject(connection, load, [refused])
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
    for article, load in kept.items():
        for model, column in ((tables.Article, "id"), (tables.Report, "article_id"), (tables.Revision, "article_id")):
            table = rows.table_of(model)
            connection.execute(update(table).where(table.c[column] == article).values(load_id=load))
