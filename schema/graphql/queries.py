"""The SQL behind the types: the rows each object is made of, and the lists that fields page through.

An object's own columns and what it has one of (a statement's speaker, a report's article and outlet) come in one row,
so that asking for them costs no query. Every other field is one query of its own.
"""

import typing
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Text, case, cast, func, select, union_all
from sqlalchemy.orm import QueryableAttribute, defer
from sqlmodel import col

from schema import tables
from schema.graphql import filters, orders, text
from schema.graphql.enums import Act, ReportingRole, SpeakerType
from schema.graphql.paging import Column, Key, Listing, Rows
from schema.graphql.withheld import given_away

CONTEXT_LENGTH = 32
"""Characters of Report.prefix and suffix at most."""

# --- the row of each type ---


def speaker_rows() -> Rows:
    """speaker, wikidata_id."""
    speaker, person, body = tables.Speaker, tables.Person, tables.Organization
    return (
        select(speaker, func.coalesce(col(person.wikidata_id), col(body.wikidata_id)))
        .outerjoin(person, col(person.id) == col(speaker.id))
        .outerjoin(body, col(body.id) == col(speaker.id))
    )


def statement_rows() -> Rows:
    """statement, speaker, the speaker's wikidata_id."""
    statement, speaker, person, body = tables.Statement, tables.Speaker, tables.Person, tables.Organization
    return (
        select(statement, speaker, func.coalesce(col(person.wikidata_id), col(body.wikidata_id)))
        .outerjoin(speaker, col(speaker.id) == col(statement.speaker_id))
        .outerjoin(person, col(person.id) == col(statement.speaker_id))
        .outerjoin(body, col(body.id) == col(statement.speaker_id))
    )


def report_rows() -> Rows:
    """report, article (without its text), source, prefix, suffix; of reports of the texts that articles have now."""
    return _reports_of(col(tables.Article.text))


def any_report_rows() -> Rows:
    """As report_rows, of reports of earlier texts as well: what stands around them stood so in these."""
    report, revision = tables.Report, tables.Revision
    its = (col(revision.article_id) == col(report.article_id)) & (col(revision.text_hash) == col(report.text_hash))
    return _reports_of(func.coalesce(col(revision.text), col(tables.Article.text))).outerjoin(revision, its)


def _reports_of(text: Any) -> Rows:
    """report, article (without its text), source, prefix, suffix."""
    report, article, source = tables.Report, tables.Article, tables.Source
    start, end = col(report.start), col(report.end)
    before: ColumnElement[int] = case((start > CONTEXT_LENGTH, CONTEXT_LENGTH), else_=start)
    prefix = given_away(func.substr(text, start - before + 1, before))
    suffix = given_away(func.substr(text, end + 1, CONTEXT_LENGTH))
    return (
        select(report, article, source, prefix, suffix)
        .join(article, col(article.id) == col(report.article_id))
        .join(source, col(source.id) == col(article.source_id))
        .options(_WITHOUT_TEXT)
    )


def article_rows() -> Rows:
    """article (without its text), source."""
    article, source = tables.Article, tables.Source
    return select(article, source).join(source, col(source.id) == col(article.source_id)).options(_WITHOUT_TEXT)


def source_rows() -> Rows:
    """source."""
    return select(tables.Source)


def event_rows() -> Rows:
    """event."""
    return select(tables.Event)


def load_rows() -> Rows:
    """load."""
    return select(tables.Load)


_WITHOUT_TEXT = defer(typing.cast("QueryableAttribute[str]", tables.Article.text), raiseload=True)
"""A text may have megabytes; Article.text reads it when asked for."""

# --- lists ---


def statements(
    where: filters.StatementFilter | None,
    acts: Sequence[Act],
    order_by: Sequence[orders.StatementOrder] | None,
    *among: ColumnElement[bool],
) -> Listing:
    """Statements that meet the filter; among: conditions of the field they hang on."""
    searched = filters.searched(where.text) if filters.given(where) and where else None
    keys = orders.statement_keys(filters.given(order_by), searched)
    rows = statement_rows().where(filters.statement_where(where), col(tables.Statement.act).in_(acts), *among)
    return Listing("statements", rows, col(tables.Statement.id), keys)


def said_by(speaker: UUID) -> ColumnElement[bool]:
    return col(tables.Statement.speaker_id) == speaker


def of_event(event: UUID) -> ColumnElement[bool]:
    return col(tables.Statement.event_id) == event


def carried_by_source(source: UUID) -> ColumnElement[bool]:
    report, article = tables.Report, tables.Article
    carried = (
        select(col(report.statement_id))
        .join(article, col(article.id) == col(report.article_id))
        .where(col(article.source_id) == source, col(report.withdrawn_at).is_(None))
    )
    return col(tables.Statement.id).in_(carried)


def reports(
    where: filters.ReportFilter | None, order_by: Sequence[orders.ReportOrder] | None, *among: ColumnElement[bool]
) -> Listing:
    """Reports that meet the filter and are not withdrawn."""
    keys = orders.report_keys(filters.given(order_by))
    rows = report_rows().where(filters.report_where(where), *among)
    return Listing("reports", rows, col(tables.Report.id), keys)


def reports_of_statement(where: filters.ReportFilter | None, statement: UUID, *among: ColumnElement[bool]) -> Listing:
    """Earliest first."""
    return reports(where, orders.EARLIEST_REPORT_FIRST, col(tables.Report.statement_id) == statement, *among)


def reports_of_article(where: filters.ReportFilter | None, article: UUID) -> Listing:
    """In the order of the text."""
    rows = report_rows().where(filters.report_where(where), col(tables.Report.article_id) == article)
    start = Key("START ASC", col(tables.Report.start), "number")
    return Listing("reports", rows, col(tables.Report.id), (start,))


def worded(words: str, kind: str) -> Sequence[ColumnElement[bool]]:
    return col(tables.Report.text) == words, col(tables.Report.kind) == kind


def articles(
    where: filters.ArticleFilter | None, order_by: Sequence[orders.ArticleOrder] | None, *among: ColumnElement[bool]
) -> Listing:
    """Articles that meet the filter."""
    searched = filters.searched(where.text) if filters.given(where) and where else None
    keys = orders.article_keys(filters.given(order_by), searched)
    rows = article_rows().where(filters.article_where(where), *among)
    return Listing("articles", rows, col(tables.Article.id), keys)


def copies_of(article: UUID) -> ColumnElement[bool]:
    return col(tables.Article.copy_of_id) == article


def about_event(event: UUID) -> ColumnElement[bool]:
    link = tables.EventArticle
    return col(tables.Article.id).in_(select(col(link.article_id)).where(col(link.event_id) == event))


def of_source(source: UUID) -> ColumnElement[bool]:
    return col(tables.Article.source_id) == source


def events(where: filters.EventFilter | None, order_by: Sequence[orders.EventOrder] | None) -> Listing:
    """Events that meet the filter."""
    searched = filters.searched(where.text) if filters.given(where) and where else None
    keys = orders.event_keys(filters.given(order_by), searched)
    return Listing("events", event_rows().where(filters.event_where(where)), col(tables.Event.id), keys)


def speakers(name: str | None, types: Sequence[SpeakerType] | None, *among: ColumnElement[bool]) -> Listing:
    """Speakers by name; name: beginnings of words of one of their aliases."""
    speaker, alias = tables.Speaker, tables.Alias
    rows = speaker_rows().where(*among)
    if types is not None:
        rows = rows.where(col(speaker.type).in_(types))
    if name is not None and (typed := text.folded_name(name, "name").split()):
        spelled = select(col(alias.speaker_id)).where(text.begins_words(col(alias.folded), typed))
        rows = rows.where(text.begins_words(col(speaker.folded), typed) | col(speaker.id).in_(spelled))
    return Listing("speakers", rows, col(speaker.id), (Key("NAME ASC", col(speaker.folded), "text"),))


def mentioned_in_statement(statement: UUID) -> ColumnElement[bool]:
    report, mention = tables.Report, tables.Mention
    mentioned = (
        select(col(mention.speaker_id))
        .join(report, col(report.id) == col(mention.report_id))
        .where(col(report.statement_id) == statement, col(report.withdrawn_at).is_(None))
    )
    return col(tables.Speaker.id).in_(mentioned)


def speaking_in_event(event: UUID) -> ColumnElement[bool]:
    said = select(col(tables.Statement.speaker_id)).where(
        of_event(event), col(tables.Statement.speaker_id).is_not(None)
    )
    return col(tables.Speaker.id).in_(said)


def sources(name: str | None, *among: ColumnElement[bool]) -> Listing:
    """Outlets by name; name: beginnings of its words."""
    source = tables.Source
    rows = source_rows().where(*among)
    if name is not None and (typed := text.folded_name(name, "name").split()):
        rows = rows.where(text.begins_words(col(source.folded), typed))
    return Listing("sources", rows, col(source.id), (Key("NAME ASC", col(source.folded), "text"),))


def reporting_event(event: UUID) -> ColumnElement[bool]:
    return col(tables.Source.id).in_(select(col(tables.Article.source_id)).where(about_event(event)))


def loads() -> Listing:
    """Loads, the latest first."""
    started = Key("STARTED_AT DESC", col(tables.Load.started_at), "instant", descending=True)
    return Listing("loads", load_rows(), col(tables.Load.id), (started,))


# --- the rest of an object ---


def aliases(speaker: UUID) -> Rows:
    """name: every spelling once."""
    return select(col(tables.Alias.name)).where(col(tables.Alias.speaker_id) == speaker).distinct()


def roles(speaker: UUID) -> Rows:
    """title, start, end, how many articles and authority files give it."""
    role, listed = tables.Role, tables.AuthorityRole
    of_articles = select(col(role.title), col(role.start), col(role.end)).where(col(role.speaker_id) == speaker)
    none = func.nullif
    of_file = select(
        col(listed.title), none(col(listed.start), "").label("start"), none(col(listed.end), "").label("end")
    ).where(col(listed.authority_id) == speaker)
    given = union_all(of_articles, of_file).subquery()
    return select(*given.c, func.count()).group_by(*given.c)


def outlet_of(organization: UUID) -> Rows:
    return source_rows().where(col(tables.Source.organization_id) == organization).order_by(col(tables.Source.id))


def affiliations(unnamed_source: UUID) -> Rows:
    affiliation, speaker = tables.Affiliation, tables.Speaker
    bodies = select(col(affiliation.organization_id)).where(col(affiliation.unnamed_source_id) == unnamed_source)
    return speaker_rows().where(col(speaker.id).in_(bodies)).order_by(col(speaker.folded), col(speaker.id))


def events_of_article(article: UUID) -> Rows:
    event, link = tables.Event, tables.EventArticle
    linked = select(col(link.event_id)).where(col(link.article_id) == article)
    return event_rows().where(col(event.id).in_(linked)).order_by(col(event.occurred_from).nulls_last(), col(event.id))


def statement_reasons(statement: UUID) -> Rows:
    reason = tables.StatementReason
    return select(reason).where(col(reason.statement_id) == statement).order_by(col(reason.position))


def report_reasons(report: UUID) -> Rows:
    reason = tables.ReportReason
    return select(reason).where(col(reason.report_id) == report).order_by(col(reason.position))


def speaker_identity(report: UUID) -> Rows:
    """profile: why the named speaker of a report is who it is, where more than the name says so."""
    profile, about, link = tables.Profile, tables.LinkProfile, tables.ReportingLink
    at_link = (col(link.report_id) == col(about.report_id)) & (col(link.position) == col(about.position))
    return (
        select(profile)
        .join(about, col(about.profile_id) == col(profile.id))
        .join(link, at_link)
        .where(
            col(about.report_id) == report,
            col(link.role) == ReportingRole.SPEAKER,
            col(profile.rule) != tables.BY_NAME,
        )
    )


def spans(report: UUID) -> Rows:
    """In text order."""
    span = tables.ReportSpan
    return (
        select(span)
        .where(col(span.report_id) == report)
        .order_by(col(span.start), col(span.end), col(span.role), col(span.position))
    )


def chain(report: UUID) -> Rows:
    """reporting_link, its speaker, the speaker's wikidata_id, its source; in the order of the words."""
    link, speaker, source = tables.ReportingLink, tables.Speaker, tables.Source
    person, body = tables.Person, tables.Organization
    return (
        select(link, speaker, func.coalesce(col(person.wikidata_id), col(body.wikidata_id)), source)
        .outerjoin(speaker, col(speaker.id) == col(link.speaker_id))
        .outerjoin(person, col(person.id) == col(link.speaker_id))
        .outerjoin(body, col(body.id) == col(link.speaker_id))
        .outerjoin(source, col(source.id) == col(link.source_id))
        .where(col(link.report_id) == report)
        .order_by(col(link.position))
    )


def also_carried(report: UUID) -> Rows:
    further = select(col(tables.AlsoCarries.statement_id)).where(col(tables.AlsoCarries.report_id) == report)
    return statement_rows().where(col(tables.Statement.id).in_(further)).order_by(col(tables.Statement.id))


def variants(statement: UUID, first: int) -> Rows:
    """text, kind; most reported first, then earliest, then by the id of a report."""
    report, article = tables.Report, tables.Article
    worded_so = (col(report.text), col(report.kind))
    return (
        select(*worded_so)
        .join(article, col(article.id) == col(report.article_id))
        .where(col(report.statement_id) == statement, col(report.withdrawn_at).is_(None))
        .group_by(*worded_so)
        .order_by(
            func.count().desc(), func.min(col(article.published_from)).asc().nulls_last(), least_id(col(report.id))
        )
        .limit(first)
    )


def least_id(column: Column) -> ColumnElement[str]:
    """The smallest of a group's ids as text: PostgreSQL before 18 has no min(uuid)."""
    return func.min(cast(column, Text))


def named_by_feed(external_id: str) -> ColumnElement[bool]:
    name = tables.ExternalId
    return col(tables.Article.id).in_(select(col(name.article_id)).where(col(name.value) == external_id))


def with_wikidata_id(table: type[tables.Person] | type[tables.Organization], item: str) -> Rows:
    """id."""
    return select(col(table.id)).where(col(table.wikidata_id) == item)


def external_ids(article: UUID) -> Rows:
    return select(col(tables.ExternalId.value)).where(col(tables.ExternalId.article_id) == article)


def authors(article: UUID) -> Rows:
    author = tables.Author
    return select(col(author.name)).where(col(author.article_id) == article).order_by(col(author.position))


def article_text(article: UUID) -> Rows:
    """text: no row where it is withheld."""
    of = select(col(tables.Article.text)).where(col(tables.Article.id) == article)
    return of.where(col(tables.Article.withheld).is_(False))


def waiting(load: UUID) -> Rows:
    """How many of its articles wait to be placed."""
    return select(func.count()).where(col(tables.WaitingArticle.load_id) == load)


def outcomes(load: UUID) -> Rows:
    return select(tables.LoadOutcome).where(col(tables.LoadOutcome.load_id) == load)
