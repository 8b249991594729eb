"""The lines of reports: which words of which article carry a statement, and why."""

from collections.abc import Sequence

from sqlalchemy import Connection, and_, select

from etl.export.pages import Kind, Line, columns_of, hanging, single
from etl.load.rows import table_of
from schema import tables
from schema.enums import ReportingRole, SpanRole, Stage

_REPORT = table_of(tables.Report)
_ARTICLE = table_of(tables.Article)
_SPAN = table_of(tables.ReportSpan)
_LINK = table_of(tables.ReportingLink)
_LINK_PROFILE = table_of(tables.LinkProfile)
_MENTION = table_of(tables.Mention)
_MENTION_PROFILE = table_of(tables.MentionProfile)
_PROFILE = table_of(tables.Profile)
_REASON = table_of(tables.ReportReason)
_ALSO = table_of(tables.AlsoCarries)

_OF_LINK = and_(_LINK_PROFILE.c.report_id == _LINK.c.report_id, _LINK_PROFILE.c.position == _LINK.c.position)
_OF_MENTION = and_(
    _MENTION_PROFILE.c.report_id == _MENTION.c.report_id,
    _MENTION_PROFILE.c.start == _MENTION.c.start,
    _MENTION_PROFILE.c.end == _MENTION.c.end,
)

_SPANS = select(_SPAN.c.report_id, *columns_of(tables.ReportSpan, "report_id")).order_by(
    _SPAN.c.start, _SPAN.c.end, _SPAN.c.role, _SPAN.c.position
)
_CHAIN = (
    select(_LINK.c.report_id, *columns_of(tables.ReportingLink, "report_id"), _LINK_PROFILE.c.profile_id)
    .outerjoin_from(_LINK, _LINK_PROFILE, _OF_LINK)
    .order_by(_LINK.c.position)
)
_MENTIONS = (
    select(_MENTION.c.report_id, *columns_of(tables.Mention, "report_id"), _MENTION_PROFILE.c.profile_id)
    .outerjoin_from(_MENTION, _MENTION_PROFILE, _OF_MENTION)
    .order_by(_MENTION.c.start, _MENTION.c.end)
)
_REASONS = select(_REASON.c.report_id, *columns_of(tables.ReportReason, "report_id", "position")).order_by(
    _REASON.c.position
)
_WHY_IT_IS_THE_SPEAKER = (
    select(_LINK.c.report_id, _PROFILE.c.rule, _PROFILE.c.score, _PROFILE.c.detail)
    .join_from(_LINK, _LINK_PROFILE, _OF_LINK)
    .join(_PROFILE, _PROFILE.c.id == _LINK_PROFILE.c.profile_id)
    .where(_LINK.c.role == ReportingRole.SPEAKER, _PROFILE.c.rule != tables.BY_NAME)
    .order_by(_LINK.c.position)
)


def _complete(connection: Connection, page: Sequence[Line]) -> None:
    ids = [line["id"] for line in page]
    also = single(connection, select(_ALSO.c.report_id, _ALSO.c.statement_id), ids)
    spans, chains, mentions, reasons, identities = (
        hanging(connection, query, ids) for query in (_SPANS, _CHAIN, _MENTIONS, _REASONS, _WHY_IT_IS_THE_SPEAKER)
    )
    for line in page:
        key = line["id"]
        line["also_carries_ids"] = also[key]
        line["cue"] = _joined(spans[key], SpanRole.CUE)
        line["speaker_mention"] = _joined(spans[key], SpanRole.SPEAKER)
        line["spans"] = spans[key]
        line["chain"] = chains[key]
        line["mentions"] = mentions[key]
        # Why the speaker is who it is was judged over articles; it ends the reasons, as it does in the API.
        line["reasons"] = reasons[key] + [{"stage": Stage.RESOLVE, **identity} for identity in identities[key]]


def _joined(spans: Sequence[Line], role: SpanRole) -> str | None:
    """The words of the spans of this role, None when there are none."""
    return " ".join(span["exact"] for span in spans if span["role"] is role) or None


REPORTS = Kind(
    tables.Report,
    select(
        *columns_of(tables.Report, "own_statement_id"),
        _ARTICLE.c.source_id,
        _ARTICLE.c.published_on.label("reported_on"),
        _ARTICLE.c.withheld,
    ).join_from(_REPORT, _ARTICLE, _ARTICLE.c.id == _REPORT.c.article_id),
    _complete,
)
