"""What clients may ask for: input types, and the conditions they mean.

An empty list matches nothing; null and a field left out ask for nothing. An id or range that can match nothing by its
very form is BAD_USER_INPUT. Withdrawn reports are met by no filter.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

import strawberry
from sqlalchemy import ColumnElement, Select, and_, exists, false, func, not_, or_, select, true
from sqlalchemy.orm import aliased
from sqlmodel import col
from strawberry import ID, UNSET

from schema import tables
from schema.dates import Edtf, parse_edtf
from schema.graphql import ids, text
from schema.graphql.enums import AttributionBasis, ReportingRole, SpeakerType, StatementKind
from schema.graphql.errors import BadUserInputError, OperationTooLargeError, readable
from schema.graphql.limits import MAX_FILTER_DEPTH, MAX_FILTERS, MAX_IDS
from schema.graphql.scalars import EDTF
from schema.graphql.withheld import given_away

T = TypeVar("T")
Conditions = Iterator[ColumnElement[bool]]


def _option(description: str, name: str | None = None) -> Any:
    return strawberry.field(default=UNSET, description=description, name=name)


@strawberry.input(description="Inclusive at both ends; matches whatever overlaps it, and nothing that has no date.")
class DateRange:
    from_: EDTF | None = _option("Not before the beginning of this date; left out: since ever.", "from")
    to: EDTF | None = _option("Not after the end of this date; left out: for ever.")


@strawberry.input(description="Reports that meet all of it.")
class ReportFilter:
    source: list[ID] | None = _option("Printed by one of these outlets.")
    source_name: str | None = _option("Printed by an outlet of this whole name, accents and case aside.")
    relayed_by: list[ID] | None = _option(
        "Passed on by one of these: people, bodies, unnamed sources or outlets; any relaying party of the chain."
    )
    relayed_by_name: str | None = _option("Passed on by a party of this whole name or alias, accents and case aside.")
    article: list[ID] | None = _option("In one of these articles.")
    on: DateRange | None = _option("In an article published within this range.")
    kind: list[StatementKind] | None = _option("Worded in one of these ways there.")
    basis: AttributionBasis | None = _option("Attributed on this basis.")
    min_confidence: float | None = _option("At least this sure, 0 to 1.")
    max_confidence: float | None = _option("At most this sure, 0 to 1.")
    method: list[str] | None = _option("Extracted by one of these methods.")
    load: list[ID] | None = _option("Stored by one of these loads.")
    and_: list["ReportFilter"] | None = _option("Meets all of these as well.", "and")
    or_: list["ReportFilter"] | None = _option("Meets at least one of these as well.", "or")
    not_: "ReportFilter | None" = _option("Does not meet this.", "not")


@strawberry.input(description="Statements that meet all of it.")
class StatementFilter:
    said_by: list[ID] | None = _option("Said by one of these people, bodies or unnamed sources.")
    said_by_name: str | None = _option("Said by somebody with this whole name or alias, accents and case aside.")
    speaker_type: list[SpeakerType] | None = _option("Said by a party of one of these kinds.")
    mentioning: list[ID] | None = _option("Whose words are about one of these people or bodies.")
    event: list[ID] | None = _option("Of one of these events.")
    said: DateRange | None = _option("Said within this range.")
    dated: bool | None = _option("true: it is known when it was said; false: it is not.")
    text: str | None = _option('Has a wording with all of these words and "exact phrases", and none with -excluded.')
    min_sources: int | None = _option("Carried by at least so many independent sources.")
    max_sources: int | None = _option("Carried by at most so many independent sources.")
    changed_since: datetime | None = _option("Changed at or after this instant.")
    report: ReportFilter | None = _option("Has a report that by itself meets all of this.")
    and_: list["StatementFilter"] | None = _option("Meets all of these as well.", "and")
    or_: list["StatementFilter"] | None = _option("Meets at least one of these as well.", "or")
    not_: "StatementFilter | None" = _option("Does not meet this.", "not")


@strawberry.input(description="Articles that meet all of it.")
class ArticleFilter:
    source: list[ID] | None = _option("Of one of these outlets.")
    event: list[ID] | None = _option("About one of these events.")
    published: DateRange | None = _option("Published within this range.")
    dated: bool | None = _option("true: it is known when it was published; false: it is not.")
    text: str | None = _option(
        'Has all of these words and "exact phrases" in its headline or text, and none that is -excluded.'
    )
    language: list[str] | None = _option("In one of these languages, BCP 47; en takes en-GB in.")
    is_copy: bool | None = _option("true: a copy of another article; false: none.")
    load: list[ID] | None = _option("Stored by one of these loads.")
    changed_since: datetime | None = _option("Changed at or after this instant.")


@strawberry.input(description="Events that meet all of it.")
class EventFilter:
    text: str | None = _option(
        'Has all of these words and "exact phrases" in its title or in a headline, and none that is -excluded.'
    )
    date: DateRange | None = _option("Happened within this range.")
    speaker: list[ID] | None = _option("Where one of these people, bodies or unnamed sources said something.")
    source: list[ID] | None = _option("Reported by one of these outlets.")
    min_sources: int | None = _option("Reported by at least so many outlets.")


# --- conditions ---


def given(value: T) -> T | None:
    """The value, or None where the client left it out."""
    return None if value is UNSET else value


def searched(value: str | None, place: str = "where.text") -> text.Search | None:
    """The search of a filter, None where there is none."""
    typed = given(value)
    return None if typed is None else text.search(typed, place)


def statement_where(where: StatementFilter | None, place: str = "where") -> ColumnElement[bool]:
    """The condition on statement (tables.Statement) that a filter means; one that was withdrawn never meets it."""
    if not given(where) or where is None:
        return _is_live()
    _check_size(where)
    return and_(_is_live(), *_statement(where, place))


def _is_live() -> ColumnElement[bool]:
    """Not all of the statement's reports were withdrawn."""
    report = aliased(tables.Report)
    of = select(col(report.id)).where(col(report.statement_id) == col(tables.Statement.id))
    return or_(
        ~of.where(col(report.withdrawn_at).is_not(None)).exists(), of.where(col(report.withdrawn_at).is_(None)).exists()
    )


def report_where(
    where: ReportFilter | None,
    place: str = "where",
    report: type[tables.Report] = tables.Report,
    article: type[tables.Article] = tables.Article,
) -> ColumnElement[bool]:
    """The condition on a report and its article that a filter means; withdrawn reports never meet it."""
    live = col(report.withdrawn_at).is_(None)
    if not given(where) or where is None:
        return live
    _check_size(where)
    return and_(live, *_report(where, place, report, article))


def article_where(where: ArticleFilter | None, place: str = "where") -> ColumnElement[bool]:
    """The condition on article (tables.Article) that a filter means."""
    return and_(true(), *_article(where, place)) if given(where) and where else true()


def event_where(where: EventFilter | None, place: str = "where") -> ColumnElement[bool]:
    """The condition on event (tables.Event) that a filter means."""
    return and_(true(), *_event(where, place)) if given(where) and where else true()


def _statement(where: StatementFilter, place: str) -> Conditions:
    statement = tables.Statement
    if (said_by := given(where.said_by)) is not None:
        yield col(statement.speaker_id).in_(ids.wanted(said_by, ids.SPEAKERS, f"{place}.saidBy"))
    if (said_by_name := given(where.said_by_name)) is not None:
        yield col(statement.speaker_id).in_(named(said_by_name, f"{place}.saidByName"))
    if (types := given(where.speaker_type)) is not None:
        yield col(statement.speaker_id).in_(select(col(tables.Speaker.id)).where(col(tables.Speaker.type).in_(types)))
    if (mentioning := given(where.mentioning)) is not None:
        yield _mentions(ids.wanted(mentioning, ids.SPEAKERS, f"{place}.mentioning"))
    if (event := given(where.event)) is not None:
        yield col(statement.event_id).in_(ids.wanted(event, ("Event",), f"{place}.event"))
    if (said := given(where.said)) is not None:
        yield within(col(statement.said_from), col(statement.said_to), said, f"{place}.said")
    if (dated := given(where.dated)) is not None:
        yield col(statement.said_on).is_not(None) if dated else col(statement.said_on).is_(None)
    if (wording := searched(where.text, f"{place}.text")) is not None:
        yield _worded(wording)
    if (least := given(where.min_sources)) is not None:
        yield col(statement.independent_source_count) >= least
    if (most := given(where.max_sources)) is not None:
        yield col(statement.independent_source_count) <= most
    if (since := given(where.changed_since)) is not None:
        yield col(statement.updated_at) >= since
    if (carried := given(where.report)) is not None:
        yield carried_by(carried, f"{place}.report")
    for each in given(where.and_) or ():
        yield and_(true(), *_statement(each, f"{place}.and"))
    if (alternatives := given(where.or_)) is not None:
        yield or_(false(), *(and_(true(), *_statement(each, f"{place}.or")) for each in alternatives))
    if (refused := given(where.not_)) is not None:
        yield _fails(and_(true(), *_statement(refused, f"{place}.not")))


def _report(where: ReportFilter, place: str, report: type[tables.Report], article: type[tables.Article]) -> Conditions:
    if (source := given(where.source)) is not None:
        yield col(article.source_id).in_(ids.wanted(source, ("Source",), f"{place}.source"))
    if (source_name := given(where.source_name)) is not None:
        yield col(article.source_id).in_(_sources_named(source_name, f"{place}.sourceName"))
    if (relayed_by := given(where.relayed_by)) is not None:
        parties = ids.wanted(relayed_by, (*ids.SPEAKERS, "Source"), f"{place}.relayedBy")
        link = aliased(tables.ReportingLink)
        yield _relayed(report, link, or_(col(link.speaker_id).in_(parties), col(link.source_id).in_(parties)))
    if (relayed_by_name := given(where.relayed_by_name)) is not None:
        yield _relayed_by_name(report, relayed_by_name, f"{place}.relayedByName")
    if (articles := given(where.article)) is not None:
        yield col(report.article_id).in_(ids.wanted(articles, ("Article",), f"{place}.article"))
    if (on := given(where.on)) is not None:
        yield within(col(article.published_from), col(article.published_to), on, f"{place}.on")
    if (kind := given(where.kind)) is not None:
        yield col(report.kind).in_(kind)
    if (basis := given(where.basis)) is not None:
        yield col(report.basis) == basis
    if (least := given(where.min_confidence)) is not None:
        yield col(report.confidence) >= least
    if (most := given(where.max_confidence)) is not None:
        yield col(report.confidence) <= most
    if (method := given(where.method)) is not None:
        yield col(report.method).in_(_strings(method, f"{place}.method"))
    if (load := given(where.load)) is not None:
        yield col(report.load_id).in_(ids.wanted(load, ("Load",), f"{place}.load"))
    for each in given(where.and_) or ():
        yield and_(true(), *_report(each, f"{place}.and", report, article))
    if (alternatives := given(where.or_)) is not None:
        yield or_(false(), *(and_(true(), *_report(each, f"{place}.or", report, article)) for each in alternatives))
    if (refused := given(where.not_)) is not None:
        yield _fails(and_(true(), *_report(refused, f"{place}.not", report, article)))


def _article(where: ArticleFilter, place: str) -> Conditions:
    article = tables.Article
    if (source := given(where.source)) is not None:
        yield col(article.source_id).in_(ids.wanted(source, ("Source",), f"{place}.source"))
    if (event := given(where.event)) is not None:
        link = tables.EventArticle
        events = ids.wanted(event, ("Event",), f"{place}.event")
        yield col(article.id).in_(select(col(link.article_id)).where(col(link.event_id).in_(events)))
    if (published := given(where.published)) is not None:
        yield within(col(article.published_from), col(article.published_to), published, f"{place}.published")
    if (dated := given(where.dated)) is not None:
        yield col(article.published_on).is_not(None) if dated else col(article.published_on).is_(None)
    if (words := searched(where.text, f"{place}.text")) is not None:
        columns = (func.coalesce(col(article.headline), ""), given_away(col(article.text)))
        yield words.found_in(*columns)
        yield _fails(words.refused_by(*columns))
    if (language := given(where.language)) is not None:
        tags = [tag.lower() for tag in _strings(language, f"{place}.language")]
        stored = func.lower(col(article.language))
        yield or_(false(), *(or_(stored == tag, stored.startswith(f"{tag}-", autoescape=True)) for tag in tags))
    if (is_copy := given(where.is_copy)) is not None:
        yield col(article.copy_of_id).is_not(None) if is_copy else col(article.copy_of_id).is_(None)
    if (load := given(where.load)) is not None:
        yield col(article.load_id).in_(ids.wanted(load, ("Load",), f"{place}.load"))
    if (since := given(where.changed_since)) is not None:
        yield col(article.updated_at) >= since


def _event(where: EventFilter, place: str) -> Conditions:
    event, link, article, statement = tables.Event, tables.EventArticle, tables.Article, tables.Statement
    articles = (
        select(link)
        .join(article, col(article.id) == col(link.article_id))
        .where(col(link.event_id) == col(event.id))
        .correlate(event)
    )
    if (words := searched(where.text, f"{place}.text")) is not None:
        title, headline = col(event.title), col(article.headline)
        yield or_(words.found_in(title), articles.where(words.found_in(headline)).exists())
        yield _fails(or_(words.refused_by(title), articles.where(words.refused_by(headline)).exists()))
    if (date := given(where.date)) is not None:
        yield within(col(event.occurred_from), col(event.occurred_to), date, f"{place}.date")
    if (speaker := given(where.speaker)) is not None:
        speakers = ids.wanted(speaker, ids.SPEAKERS, f"{place}.speaker")
        said = select(col(statement.event_id)).where(col(statement.speaker_id).in_(speakers))
        yield col(event.id).in_(said.where(col(statement.event_id).is_not(None)))
    if (source := given(where.source)) is not None:
        yield articles.where(col(article.source_id).in_(ids.wanted(source, ("Source",), f"{place}.source"))).exists()
    if (least := given(where.min_sources)) is not None:
        outlets = articles.with_only_columns(func.count(func.distinct(col(article.source_id)))).scalar_subquery()
        yield outlets >= least


# --- the parts ---


def within(start: Any, end: Any, asked: DateRange, place: str) -> ColumnElement[bool]:
    """Whether the closed range start..end overlaps what is asked; a null one never does."""
    first, last = _date(asked.from_), _date(asked.to)
    if first and last and first.earliest > last.latest:
        raise BadUserInputError(place, f"{first.value} to {last.value}", "ends before it begins; exchange from and to")
    conditions = [col(start).is_not(None)]
    if first:
        conditions.append(end >= first.earliest)
    if last:
        conditions.append(start <= last.latest)
    return and_(*conditions)


def _date(value: EDTF | None) -> Edtf | None:
    chosen = given(value)
    return None if chosen is None else parse_edtf(chosen)


def named(name: str, place: str) -> Select[UUID]:
    """The ids of speakers with this whole name or alias, accents and case aside."""
    folded = text.folded_name(name, place)
    alias, speaker = aliased(tables.Alias), aliased(tables.Speaker)
    spelled = select(col(alias.speaker_id)).where(col(alias.folded) == folded)
    return select(col(speaker.id)).where(or_(col(speaker.folded) == folded, col(speaker.id).in_(spelled)))


def _sources_named(name: str, place: str) -> Select[UUID]:
    source = aliased(tables.Source)
    return select(col(source.id)).where(col(source.folded) == text.folded_name(name, place))


def carried_by(where: ReportFilter | None, place: str = "report") -> ColumnElement[bool]:
    """Whether a statement has a report that by itself meets the filter."""
    report, article = aliased(tables.Report), aliased(tables.Article)
    return exists(
        select(col(report.id))
        .join(article, col(article.id) == col(report.article_id))
        .where(col(report.statement_id) == col(tables.Statement.id), report_where(where, place, report, article))
        .correlate(tables.Statement)
    )


def _mentions(speakers: Sequence[Any]) -> ColumnElement[bool]:
    report, mention = aliased(tables.Report), aliased(tables.Mention)
    return exists(
        select(col(report.id))
        .join(mention, col(mention.report_id) == col(report.id))
        .where(col(report.statement_id) == col(tables.Statement.id), col(report.withdrawn_at).is_(None))
        .where(col(mention.speaker_id).in_(speakers))
        .correlate(tables.Statement)
    )


def _worded(wording: text.Search) -> ColumnElement[bool]:
    report = aliased(tables.Report)
    worded = (
        select(col(report.id))
        .where(col(report.statement_id) == col(tables.Statement.id), col(report.withdrawn_at).is_(None))
        .correlate(tables.Statement)
    )
    found = exists(worded.where(wording.found_in(col(report.text))))
    return and_(found, not_(exists(worded.where(wording.refused_by(col(report.text))))) if wording.excluded else true())


def _relayed(
    report: type[tables.Report], link: type[tables.ReportingLink], party: ColumnElement[bool]
) -> ColumnElement[bool]:
    return exists(
        select(col(link.position))
        .where(col(link.report_id) == col(report.id), col(link.role) == ReportingRole.RELAYER, party)
        .correlate(report)
    )


def _relayed_by_name(report: type[tables.Report], name: str, place: str) -> ColumnElement[bool]:
    link = aliased(tables.ReportingLink)
    speakers, sources = named(name, place), _sources_named(name, place)
    printed = col(link.name).regexp_match(text.pattern(name, whole=True)) if text.folded_name(name, place) else false()
    return _relayed(report, link, or_(col(link.speaker_id).in_(speakers), col(link.source_id).in_(sources), printed))


def _fails(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the condition does not hold; unlike SQL's NOT also where a null keeps it from being known."""
    return not_(func.coalesce(condition, false()))


def _strings(values: Sequence[str], place: str) -> list[str]:
    if len(values) > MAX_IDS:
        raise BadUserInputError(
            place, len(values), f"values are more than the {MAX_IDS} one filter takes; ask in several"
        )
    return [readable(value, place) for value in values]


def _check_size(where: StatementFilter | ReportFilter) -> None:
    """Refuses filters that would become too large a condition. Raises OperationTooLargeError."""
    count, level = 0, [where]
    for _ in range(MAX_FILTER_DEPTH):
        count += len(level)
        level = [inner for each in level for inner in _inner(each)]
        if not level:
            break
    if level or count > MAX_FILTERS:
        raise OperationTooLargeError(
            f"where: more than {MAX_FILTERS} filters, or more than {MAX_FILTER_DEPTH} within each other; ask in several"
        )


def _inner(where: Any) -> list[Any]:
    one = [given(where.not_), given(getattr(where, "report", None))]
    return [*(given(where.and_) or ()), *(given(where.or_) or ()), *(each for each in one if each is not None)]
