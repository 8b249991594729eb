"""From an id that was merged away to the one to ask for now: of speakers, statements, events, articles and reports.

An article that is called otherwise since more is known of it leads to where it is (schema.tables.Redirect), and so do
its reports and what was called by them. A speaker's successor is whom most of its profiles mean, or whom somebody
merged it into. A statement is called by its smallest report and an event by its smallest article, so their successors
are where that report or article went.
"""

from collections.abc import Callable, Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col

from schema import tables
from schema.enums import DecisionKind
from schema.graphql import ids, queries, types
from schema.graphql.context import Info, every
from schema.graphql.enums import SpeakerType
from schema.graphql.errors import SupersededError
from schema.graphql.ids import GlobalId
from schema.graphql.paging import Rows


async def successors(info: Info, missing: Collection[GlobalId]) -> dict[GlobalId, SupersededError]:
    """Of ids that nothing has, the errors that name their successors; an id that never was one has none.

    One query for what was called otherwise, one for all statements and one for all events, up to three for all
    speakers.
    """
    wanted: dict[str, set[UUID]] = {}
    for each in missing:
        wanted.setdefault(each.type, set()).add(each.uuid)
    called = await _called(info, set().union(*(wanted.get(name, ()) for name in _CALLED_BY_ARTICLES)))
    found = {
        GlobalId(name, old): SupersededError(ids.encode(name, called[old]))
        for name in ("Article", "Report")
        for old in wanted.get(name, set()) & called.keys()
    }
    for name, rows in _FOLLOWED.items():
        if name in wanted:
            now = dict([*await info.context.read(rows({called.get(own, own) for own in wanted[name]}))])
            own_now = {own: now[called.get(own, own)] for own in wanted[name] if called.get(own, own) in now}
            found |= {GlobalId(name, own): SupersededError(ids.encode(name, own_now[own])) for own in own_now}
    speakers = {each for each in missing if each.type in ids.SPEAKERS}
    meant = await _speakers(info, {each.uuid for each in speakers}) if speakers else {}
    return found | {each: SupersededError(meant[each.uuid]) for each in speakers if each.uuid in meant}


async def _called(info: Info, old: Collection[UUID]) -> dict[UUID, UUID]:
    """What these ids lead to, of those that something had before more was known of it."""
    redirect = tables.Redirect
    query = select(col(redirect.id), col(redirect.successor_id)).where(col(redirect.id).in_(old))
    return {row[0]: row[1] for row in await info.context.read(query)} if old else {}


async def _speakers(info: Info, speakers: Collection[UUID]) -> dict[UUID, str]:
    """Whom ids mean that were merged away by their name, or by somebody."""
    found: dict[UUID, str] = {}
    for own, now, type_, _ in await info.context.read(_renamed(speakers)):
        found.setdefault(own, ids.encode("Person" if type_ == SpeakerType.PERSON else "Organization", now))
    into = {own: UUID(what["into"]) for own, what in await info.context.read(_merged(set(speakers) - set(found)))}
    rows = queries.speaker_rows().where(col(tables.Speaker.id).in_(into.values()))
    there = {made.row.id: type(made).__name__ for made in await every(info, rows, types.speaker)} if into else {}
    return found | {own: ids.encode(there[now], now) for own, now in into.items() if now in there and own != now}


def _renamed(speakers: Collection[UUID]) -> Rows:
    """id, successor, its type: of speakers that are somebody else now, whom most of their profiles mean."""
    profile = tables.Profile
    own, now = col(profile.own_id), col(profile.speaker_id)
    return (
        select(own, now, col(profile.type), func.count())
        .where(own.in_(speakers), now != own)
        .group_by(own, now, col(profile.type))
        .order_by(own, func.count().desc(), now)
    )


def _merged(speakers: Collection[UUID]) -> Rows:
    """id, what: the decisions in force that merged these."""
    about, decision = tables.DecisionAbout, tables.Decision
    return (
        select(col(about.subject_id), col(decision.what))
        .join(decision, col(decision.id) == col(about.decision_id))
        .where(
            col(about.subject_id).in_(speakers),
            col(decision.kind) == DecisionKind.MERGE_SPEAKERS,
            col(decision.reverted_by_id).is_(None),
        )
        .order_by(col(decision.at), col(decision.id))
    )


def _statements(statements: Collection[UUID]) -> Rows:
    """id, successor: the statements that carry the reports these were called by."""
    report = tables.Report
    own = col(report.own_statement_id)
    return select(own, col(report.statement_id)).where(own.in_(statements))


def _events(events: Collection[UUID]) -> Rows:
    """id, successor: the events that the articles these were called by are of first of all; none tells of two."""
    article, link = tables.Article, tables.EventArticle
    own = col(article.own_event_id)
    return (
        select(own, col(link.event_id))
        .join(link, col(link.article_id) == col(article.id))
        .where(own.in_(events), col(link.main))
    )


_FOLLOWED: dict[str, Callable[[Collection[UUID]], Rows]] = {"Statement": _statements, "Event": _events}
_CALLED_BY_ARTICLES = ("Article", "Report", *_FOLLOWED)
