"""Resolved articles into rows: the only part of the ETL that opens a transaction.

A batch is one transaction: its rows, its outcome counts and its run record are committed together or not at all.
Everything derived (names, statements, events, counts) is computed anew from what is stored for whatever a batch
touches, so that the database is a function of the set of articles and not of the order in which they came.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, Engine

from etl.load import articles, copies, events, neighbours, outlets, profiles, runs, speakers, statements
from etl.load.articles import Stored, stored_articles
from etl.load.identities import identify
from etl.load.runs import Run
from etl.records import Refused, ResolvedArticle
from schema import decisions
from schema.database import reading, writing

__all__ = ["Run", "Stored", "begin", "finish", "store", "stored_articles"]


def begin(engine: Engine, method: str, now: datetime) -> Run:
    """A new run, recorded with the first batch it stores or at its end.

    Raises DatabaseError when no database answers.
    """
    with reading(engine):
        return Run(uuid4(), now, method)


def store(
    engine: Engine,
    run: Run,
    resolved: Sequence[ResolvedArticle],
    refused: Sequence[Refused],
    outcomes: Mapping[str, int],
) -> None:
    """Writes a batch in one transaction: each article once at most, its older rows replaced.

    outcomes are added to those of the run.
    """
    with writing(engine) as connection:
        runs.record(connection, run.id, run.started_at, run.method)
        runs.reject(connection, run.id, refused)
        _write(connection, run, resolved)
        runs.count(connection, run.id, outcomes)


def finish(engine: Engine, run: Run, outcomes: Mapping[str, int], now: datetime) -> None:
    """Closes the run: its last outcomes and the time it ended."""
    with writing(engine) as connection:
        runs.record(connection, run.id, run.started_at, run.method)
        runs.count(connection, run.id, outcomes)
        runs.close(connection, run.id, now)


def _write(connection: Connection, run: Run, resolved: Sequence[ResolvedArticle]) -> None:
    if not resolved:
        return
    now = run.started_at
    ids = [articles.id_of(item.article) for item in resolved]
    old = statements.take_out(connection, ids)
    gone = profiles.take_out(connection, ids)
    articles.write(connection, resolved, run.id, run.method, now)
    speakers.write(connection, resolved, now)
    neighbours.index(connection, [item.article for item in resolved])
    neighbours.compare(connection, ids)
    regrouped = events.regroup(connection, ids)
    related = copies.relate(connection, resolved, ids)
    who = identify(connection, resolved, gone, now)
    touched = speakers.name(connection, resolved, who) | who.touched | old.speakers
    decided = decisions.reattributed_to(connection, who.touched)
    statements.remerge(connection, resolved, who, old, regrouped.articles | related, run, now, decided, related)
    events.remove_empty(connection, regrouped.left)
    speakers.settle(connection, touched, now)
    outlets.tie(connection, touched, ids)
