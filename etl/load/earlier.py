"""Reports of texts that articles have no longer: they stay as withdrawn, of the text that they are of.

Words that a later text has at the same place live on as its report. The people and bodies that the others name stay
profiles of their article, so that who is who is found out of them as of anybody else.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, select, update
from sqlmodel import SQLModel

from etl.identify.profiles import Profile
from etl.load import profiles, rows
from etl.load.identities import Identities
from etl.load.reports import UNKNOWN_PUBLISHER, Draft
from etl.records import RawArticle
from schema import tables
from schema.enums import ReportingRole, SpanRole
from schema.keys import earlier_report_id, report_id, source_id, statement_id

_CHILDREN: Sequence[type[SQLModel]] = (
    tables.ReportSpan,
    tables.ReportReason,
    tables.ReportingLink,
    tables.Mention,
    tables.LinkProfile,
    tables.MentionProfile,
)
"""What hangs on a report, each after that to which it refers."""


@dataclass(frozen=True, slots=True)
class Replaced:
    """The records of articles that are about to be stored, and the hashes of the texts that they take the place of.

    drafts: the reports of the texts that they have now. at: since when the texts of before are replaced.
    """

    records: Sequence[tuple[UUID, RawArticle]]
    texts: Mapping[UUID, str]
    drafts: Sequence[Draft]
    at: Mapping[UUID, datetime]


def withdraw(connection: Connection, old: Iterable[Row[Any]], replaced: Replaced) -> dict[UUID, UUID]:
    """Withdraws the reports of earlier texts that the present ones do not carry; their ids of now by those of before.

    old: the reports of these articles, with article_id, text and text_hash. Where a present text has other words at the
    place of a report, the id is that of its own report, and the withdrawn one is called by its text as well.
    """
    earlier = [row for row in old if row.text_hash is not None or row.article_id in replaced.texts]
    if not earlier:
        return {}
    spans, present = spans_of(connection, [row.id for row in earlier]), {one.id: one.text for one in replaced.drafts}
    staying: dict[UUID, UUID] = {}
    changed: list[rows.Values] = []
    for row in earlier:
        place = report_id(row.article_id, spans[row.id])
        if present.get(place) == row.text:
            continue
        hashed = row.text_hash or replaced.texts[row.article_id]
        now = earlier_report_id(row.article_id, spans[row.id], hashed) if place in present else row.id
        staying[row.id] = now
        if row.text_hash is None:
            at = replaced.at[row.article_id]
            changed.append({"id": row.id, "withdrawn_at": at, "text_hash": hashed})
    rows.put(connection, tables.Report, changed)
    _call(connection, {old: now for old, now in staying.items() if old != now})
    articles = {row.article_id for row in earlier}
    for article, raw in replaced.records:
        if article in articles:
            _print(
                connection, [staying[row.id] for row in earlier if row.article_id == article and row.id in staying], raw
            )
    return staying


def spans_of(connection: Connection, reports: Collection[UUID]) -> dict[UUID, list[tuple[int, int]]]:
    """Where the words of these reports stand, in text order."""
    span = rows.table_of(tables.ReportSpan)
    query = select(span.c.report_id, span.c.start, span.c.end).where(span.c.role == SpanRole.CONTENT)
    found: dict[UUID, list[tuple[int, int]]] = {}
    for row in rows.among(connection, query.order_by(span.c.position), span.c.report_id, reports):
        found.setdefault(row.report_id, []).append((row.start, row.end))
    return found


def _call(connection: Connection, called: Mapping[UUID, UUID]) -> None:
    """Gives these reports other ids, with all that hangs on them."""
    table = rows.table_of(tables.Report)
    found = [row._asdict() for row in rows.among(connection, select(table), table.c.id, called)]
    for row in found:
        row["id"] = called[row["id"]]
        row["own_statement_id"] = statement_id([row["id"]])
    rows.add(connection, tables.Report, found)
    for model in _CHILDREN:
        of = rows.table_of(model)
        hanging = [row._asdict() for row in rows.among(connection, select(of), of.c.report_id, called)]
        rows.add(connection, model, [{**row, "report_id": called[row["report_id"]]} for row in hanging])
    rows.remove(connection, tables.Report, "id", called)


def _print(connection: Connection, reports: Collection[UUID], raw: RawArticle) -> None:
    """Whoever printed the article, and when, is as it is known now: its row of before may go."""
    link = rows.table_of(tables.ReportingLink)
    publisher = {
        "name": raw.source or raw.domain or UNKNOWN_PUBLISHER,
        "source_id": source_id(raw.domain, raw.source),
        "said_on": raw.published_on.value if raw.published_on else None,
    }
    for chunk in rows.chunks(reports):
        of_these = rows.one_of(connection, link.c.report_id, chunk) & (link.c.role == ReportingRole.PUBLISHER)
        connection.execute(update(link).where(of_these).values(publisher))


@dataclass(frozen=True, slots=True)
class Kept:
    """Whom reports of earlier texts name, while the profiles of their articles are written anew.

    profiles: those that the present texts have not, by article. links, mentions: rows that tell which profiles the
    chains and the mentions of these reports are about.
    """

    profiles: Mapping[UUID, Mapping[str, Profile]] = field(default_factory=dict)
    links: Sequence[rows.Values] = ()
    mentions: Sequence[rows.Values] = ()

    @classmethod
    def of(cls, connection: Connection, withdrawn: Collection[UUID], present: Collection[UUID]) -> "Kept":
        """Of these reports. present: the profiles of the present texts."""
        if not withdrawn:
            return cls()
        links, mentions = (
            [row._asdict() for row in rows.among(connection, select(of), of.c.report_id, withdrawn)]
            for of in (rows.table_of(tables.LinkProfile), rows.table_of(tables.MentionProfile))
        )
        named = {row["profile_id"] for row in (*links, *mentions)} | _bodies_of_unnamed(connection, withdrawn)
        found: dict[UUID, dict[str, Profile]] = {}
        for key, row in profiles.loaded(connection, "id", named - set(present)).items():
            found.setdefault(row.article_id, {})[str(key)] = profiles.of_row(row)
        return cls(found, links, mentions)

    @property
    def every_profile(self) -> list[Profile]:
        """Those that the present texts have not."""
        return [one for its in self.profiles.values() for one in its.values()]

    def put_back(self, connection: Connection, who: Identities) -> None:
        """The rows again, now that the profiles are there; their reports are told whom these mean as of moved ones."""
        rows.add(connection, tables.LinkProfile, self.links)
        rows.add(connection, tables.MentionProfile, self.mentions)
        who.moved |= {row["profile_id"] for row in (*self.links, *self.mentions)}


def _bodies_of_unnamed(connection: Connection, withdrawn: Collection[UUID]) -> set[UUID]:
    """The profiles of the bodies that the unnamed sources of these reports belong to."""
    affiliation, unnamed = rows.table_of(tables.Affiliation), rows.table_of(tables.UnnamedSource)
    profile = rows.table_of(tables.Profile)
    found: set[UUID] = set()
    for model in (tables.ReportingLink, tables.Mention):
        of = rows.table_of(model)
        query = (
            select(profile.c.id)
            .join(unnamed, unnamed.c.article_id == profile.c.article_id)
            .join(affiliation, affiliation.c.unnamed_source_id == unnamed.c.id)
            .join(of, of.c.speaker_id == unnamed.c.id)
            .where(profile.c.own_id == affiliation.c.organization_id)
        )
        found |= {row.id for row in rows.among(connection, query, of.c.report_id, withdrawn)}
    return found
