"""Rows for tests: each builder adds one thing with what it cannot do without; a test states only what matters to it.

Builders flush and return the row, so that its id can be used; the test commits. Ids are the same in every run and in no
order that a test could lean on.
"""

import itertools
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlmodel import Session, SQLModel

from schema import tables
from schema.dates import parse_edtf
from schema.enums import Act, AttributionBasis, ReportingRole, SpanRole, SpeakerType, Stage, StatementKind
from schema.keys import UNKNOWN_SOURCE_ID, content_id, event_id, fold, statement_id, text_hash

NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)
_numbers = itertools.count(1)


def an_id() -> UUID:
    return content_id("test", str(next(_numbers)))


def _add(session: Session, *rows: SQLModel) -> Any:
    session.add_all(rows)
    session.flush()
    return rows[0]


def _dated(column: str, value: str | None) -> dict[str, Any]:
    """x_on, x_from and x_to of an EDTF."""
    if value is None:
        return {}
    date = parse_edtf(value)
    return {f"{column}_on": date.value, f"{column}_from": date.earliest, f"{column}_to": date.latest}


def a_load(session: Session, *, outcomes: dict[str, int] | None = None, **columns: Any) -> tables.Load:
    load = _add(session, tables.Load(**{"id": an_id(), "started_at": NOW, "method": "rules 1", **columns}))
    for outcome, count in (outcomes or {}).items():
        _add(session, tables.LoadOutcome(load_id=load.id, outcome=outcome, count=count))
    return load


def a_source(session: Session, name: str | None = None, **columns: Any) -> tables.Source:
    number = next(_numbers)
    name = name or f"Paper {number}"
    given = {"id": an_id(), "name": name, "folded": fold(name), "domain": f"paper{number}.example", **columns}
    return _add(session, tables.Source(**given))


def the_unknown_source(session: Session) -> tables.Source:
    """The one source of articles whose outlet nobody gave."""
    found = session.get(tables.Source, UNKNOWN_SOURCE_ID)
    return found or a_source(session, "unknown", id=UNKNOWN_SOURCE_ID, domain=None, known=False)


def an_article(
    session: Session,
    text: str = "“The talks went on all night,” said Ada Vance on Monday.",
    *,
    source: tables.Source | None = None,
    load: tables.Load | None = None,
    published: str | None = "2022-01-18",
    external_ids: Sequence[str] = (),
    authors: Sequence[str] = (),
    **columns: Any,
) -> tables.Article:
    given = {
        "id": an_id(),
        "source_id": (source or a_source(session)).id,
        "load_id": (load or a_load(session)).id,
        "label": columns.get("headline") or text[:40],
        "text": text,
        "text_hash": text_hash(text),
        "method": "rules 1",
        "updated_at": NOW,
        **_dated("published", published),
        **columns,
    }
    article = _add(session, tables.Article(**{"own_event_id": event_id([given["id"]]), **given}))
    for value in external_ids:
        _add(session, tables.ExternalId(value=value, article_id=article.id))
    for position, name in enumerate(authors):
        _add(session, tables.Author(article_id=article.id, position=position, name=name))
    return article


def _a_speaker(session: Session, type_: SpeakerType, name: str, id_: UUID | None) -> tables.Speaker:
    row = tables.Speaker(id=id_ or an_id(), type=type_, name=name, folded=fold(name), updated_at=NOW)
    return _add(session, row)


def _spelled(session: Session, speaker: tables.Speaker, aliases: Sequence[str], article: tables.Article | None) -> None:
    if aliases:
        where = article or an_article(session)
        for alias in aliases:
            spelling = tables.Alias(speaker_id=speaker.id, article_id=where.id, name=alias, folded=fold(alias))
            _add(session, spelling)


def a_person(
    session: Session,
    name: str = "Ada Vance",
    *,
    id: UUID | None = None,
    aliases: Sequence[str] = (),
    roles: Sequence[str] = (),
    article: tables.Article | None = None,
    wikidata_id: str | None = None,
) -> tables.Speaker:
    """A person; aliases and roles are those that one article (article, else one made for it) gives."""
    speaker = _a_speaker(session, SpeakerType.PERSON, name, id)
    _add(session, tables.Person(id=speaker.id, wikidata_id=wikidata_id))
    article = article or (an_article(session) if aliases or roles else None)
    _spelled(session, speaker, aliases, article)
    for title in roles:
        _add(session, tables.Role(speaker_id=speaker.id, article_id=article.id, title=title))
    return speaker


def an_organization(
    session: Session,
    name: str = "Ministry of Works",
    *,
    id: UUID | None = None,
    aliases: Sequence[str] = (),
    article: tables.Article | None = None,
    wikidata_id: str | None = None,
) -> tables.Speaker:
    speaker = _a_speaker(session, SpeakerType.ORGANIZATION, name, id)
    _add(session, tables.Organization(id=speaker.id, wikidata_id=wikidata_id))
    _spelled(session, speaker, aliases, article)
    return speaker


def an_unnamed_source(
    session: Session,
    name: str = "a senior official",
    *,
    id: UUID | None = None,
    article: tables.Article | None = None,
    affiliations: Sequence[tables.Speaker] = (),
) -> tables.Speaker:
    article = article or an_article(session)
    speaker = _a_speaker(session, SpeakerType.UNNAMED_SOURCE, name, id)
    _add(session, tables.UnnamedSource(id=speaker.id, article_id=article.id))
    for body in affiliations:
        _add(session, tables.Affiliation(unnamed_source_id=speaker.id, organization_id=body.id))
    return speaker


def an_event(
    session: Session,
    title: str = "Talks by the river",
    *,
    occurred: str | None = "2022-01-17",
    articles: Sequence[tables.Article] = (),
    **columns: Any,
) -> tables.Event:
    event = _add(session, tables.Event(**{"id": an_id(), "title": title, **_dated("occurred", occurred), **columns}))
    for article in articles:
        _add(session, tables.EventArticle(event_id=event.id, article_id=article.id))
    return event


def a_statement(
    session: Session,
    text: str = "The talks went on all night",
    *,
    speaker: tables.Speaker | None = None,
    event: tables.Event | None = None,
    said: str | None = None,
    first_reported: str | None = "2022-01-18",
    **columns: Any,
) -> tables.Statement:
    """A statement without reports; speaker None: nobody is named."""
    given = {
        "id": an_id(),
        "speaker_id": speaker and speaker.id,
        "event_id": event and event.id,
        "text": text,
        "kind": StatementKind.DIRECT,
        "act": Act.SPEECH,
        "updated_at": NOW,
        **_dated("said", said),
        **_dated("first_reported", first_reported),
        **columns,
    }
    return _add(session, tables.Statement(**given))


def a_report(
    session: Session,
    *,
    statement: tables.Statement | None = None,
    article: tables.Article | None = None,
    text: str | None = None,
    cue: str | None = None,
    speaker_mention: str | None = None,
    mentions: Sequence[tables.Speaker] = (),
    **columns: Any,
) -> tables.Report:
    """A report of the words `text` (the statement's when left out), found in the article's text where they stand there.

    cue and speaker_mention are found there too, and become spans beside the CONTENT span.
    """
    statement = statement or a_statement(session)
    words = text or statement.text
    article = article or an_article(session, f"Before. {words}, said Ada Vance on Monday. Behind.")
    start = max(article.text.find(words), 0)
    given = {
        "id": an_id(),
        "statement_id": statement.id,
        "article_id": article.id,
        "text": words,
        "exact": words,
        "start": start,
        "end": start + len(words),
        "kind": statement.kind,
        "act": statement.act,
        "basis": AttributionBasis.EXPLICIT,
        "confidence": 0.9,
        "method": "rules 1",
        "load_id": article.load_id,
        **columns,
    }
    report = _add(session, tables.Report(**{"own_statement_id": statement_id([given["id"]]), **given}))
    for role, piece in ((SpanRole.CONTENT, words), (SpanRole.CUE, cue), (SpanRole.SPEAKER, speaker_mention)):
        if piece is not None:
            a_span(session, report=report, article=article, role=role, exact=piece)
    for number, speaker in enumerate(mentions):
        _add(
            session,
            tables.Mention(report_id=report.id, start=start + number, end=start + number + 1, speaker_id=speaker.id),
        )
    return report


def a_span(
    session: Session, *, report: tables.Report, article: tables.Article, role: SpanRole, exact: str, position: int = 0
) -> tables.ReportSpan:
    start = max(article.text.find(exact), 0)
    before, within = article.text[:start], article.text[: start + len(exact)]
    row = tables.ReportSpan(
        report_id=report.id,
        role=role,
        position=position,
        exact=exact,
        start=start,
        end=start + len(exact),
        start_utf16=len(before.encode("utf-16-le")) // 2,
        end_utf16=len(within.encode("utf-16-le")) // 2,
    )
    return _add(session, row)


def a_link(
    session: Session,
    *,
    report: tables.Report,
    position: int,
    role: ReportingRole,
    party: tables.Speaker | tables.Source | None = None,
    name: str | None = None,
    said_on: str | None = None,
) -> tables.ReportingLink:
    row = tables.ReportingLink(
        report_id=report.id,
        position=position,
        role=role,
        name=name or party.name,
        speaker_id=party.id if isinstance(party, tables.Speaker) else None,
        source_id=party.id if isinstance(party, tables.Source) else None,
        said_on=said_on,
    )
    return _add(session, row)


def a_reason(session: Session, *, of: tables.Statement | tables.Report, rule: str, **columns: Any) -> Any:
    """A reason of a statement (stage MERGE) or of a report (stage EXTRACT)."""
    if isinstance(of, tables.Statement):
        given = {"statement_id": of.id, "position": 0, "stage": Stage.MERGE, "rule": rule, **columns}
        return _add(session, tables.StatementReason(**given))
    given = {"report_id": of.id, "position": 0, "stage": Stage.EXTRACT, "rule": rule, **columns}
    return _add(session, tables.ReportReason(**given))


def a_profile(
    session: Session,
    *,
    speaker: tables.Speaker,
    article: tables.Article,
    own_id: UUID | None = None,
    rule: str = tables.BY_NAME,
    link: tables.ReportingLink | None = None,
    **columns: Any,
) -> tables.Profile:
    """What an article says of a speaker; own_id: whom the name alone would mean; link: one that names it."""
    given = {
        "id": an_id(),
        "article_id": article.id,
        "speaker_id": speaker.id,
        "own_id": own_id or speaker.id,
        "type": speaker.type,
        "name": speaker.name,
        "is_full": True,
        "aliases": [speaker.name],
        "roles": [],
        "rule": rule,
        "score": 1.0,
        **columns,
    }
    profile = _add(session, tables.Profile(**given))
    if link is not None:
        _add(session, tables.LinkProfile(report_id=link.report_id, position=link.position, profile_id=profile.id))
    return profile
