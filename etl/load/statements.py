"""Statements and reports as rows: the reports a batch touches, and those alike to them, merged anew."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, or_, select, update

from etl.cluster import pair
from etl.load import earlier, occasions, rows
from etl.load.corrected import corrected, relink, withdraw
from etl.load.decided import about_reports
from etl.load.identities import Identities
from etl.load.profiles import speaking
from etl.load.regions import Groups
from etl.load.regions import regrouped as groups_of
from etl.load.reports import Draft, Fresh, children, report_row
from etl.load.runs import Run
from etl.load.stored import Context, originals, printed_by_copies, stored_wordings, translations
from etl.merge import JOIN, Likeness, Remark, Wording, is_reprinted, likeness, remarks_with_earlier
from schema import tables
from schema.keys import statement_id

REPORT_CHILDREN = (tables.ReportSpan, tables.ReportReason, tables.ReportingLink, tables.Mention)


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What a batch's articles said before: statements they carried, reports alike to theirs, who spoke.

    withdrawn: reports of texts that they had before, which stay.
    """

    statements: frozenset[UUID] = frozenset()
    neighbours: frozenset[UUID] = frozenset()
    speakers: frozenset[UUID] = frozenset()
    withdrawn: frozenset[UUID] = frozenset()


def take_out(connection: Connection, articles: Collection[UUID], replaced: earlier.Replaced | None = None) -> TakenOut:
    """Removes the reports of these articles; what has to be looked at again because of that.

    replaced: the texts of these articles that are about to be stored, of whose reports of earlier ones those stay that
    they do not carry. None: nothing stays.
    """
    old = _carried(connection, tables.Report.article_id, articles)
    return _taken_out(connection, old, earlier.withdraw(connection, old, replaced) if replaced else {})


def take_out_reports(connection: Connection, reports: Collection[UUID]) -> TakenOut:
    """Removes these reports with all that hangs on them; what has to be looked at again because of that."""
    return _taken_out(connection, _carried(connection, tables.Report.id, reports), {})


def _carried(connection: Connection, column: Any, values: Collection[UUID]) -> list[Row[Any]]:
    """The reports of which a column has one of these values, with what their statements say of the speaker."""
    report, statement = rows.table_of(tables.Report), rows.table_of(tables.Statement)
    query = select(
        *(report.c.id, report.c.statement_id, report.c.article_id, report.c.text, report.c.text_hash),
        statement.c.speaker_id,
    ).join(statement, statement.c.id == report.c.statement_id)
    return rows.among(connection, query, column, values)


def _taken_out(connection: Connection, old: Sequence[Row[Any]], staying: Mapping[UUID, UUID]) -> TakenOut:
    """Removes these reports. staying: the ids of now of those that stay, withdrawn, by those of before."""
    report = rows.table_of(tables.Report)
    statements = {row.statement_id for row in old}
    companions = rows.among(connection, select(report.c.id), report.c.statement_id, statements)
    # One that has another id now is looked at as if it were new.
    removed = {row.id for row in old} - {row for row, now in staying.items() if row == now}
    near = {other for key in _pairs(connection, removed) for other in key} | {row.id for row in companions}
    near |= about_reports(connection, ()).named_with(removed)
    link, mention = rows.table_of(tables.ReportingLink), rows.table_of(tables.Mention)
    speakers = {row.speaker_id for row in old}
    for table in (link, mention):
        speakers |= {row.speaker_id for row in rows.among(connection, select(table), table.c.report_id, removed)}
    _forget_pairs(connection, removed)
    occasions.forget(connection, removed)
    rows.remove(connection, tables.Report, "id", removed)
    return TakenOut(
        frozenset(statements),
        frozenset(near - removed),
        frozenset(key for key in speakers if key is not None),
        frozenset(staying.values()),
    )


def remerge(
    connection: Connection,
    drafts: Sequence[Draft],
    who: Identities,
    old: TakenOut,
    regrouped: Collection[UUID],
    run: Run | None,
    now: datetime,
    decided: Collection[UUID] = frozenset(),
    related: Collection[UUID] = frozenset(),
    regrouping: Collection[UUID] = frozenset(),
) -> None:
    """Stores these reports and merges them, and all they hang together with, into statements.

    who: reports whose speaker is another one now are merged like new ones. regrouped: articles whose event is another
    one now; the statements they carry are written anew. run: which stores the articles, None without any. decided:
    reports whose speaker, day or place among the statements people decided. related: articles that are copies of
    something else now. regrouping: reports that people decided are one remark or two, or decided so no longer.
    """
    texts = originals(connection, {draft.article for draft in drafts})
    translated = translations(connection, texts)
    fresh = {one.id: Fresh.of(one, who, texts[one.article], one.article in translated) for one in drafts}
    read = [item.wording for item in fresh.values()]
    wordings = {one.report: one for one in corrected(connection, read)}
    passed_on, left = _change_hands(connection, who, decided)
    moved = stored_wordings(connection, passed_on)
    likenesses = _likenesses(connection, [*wordings.values(), *moved])
    occasions.forget(connection, [one.report for one in moved])
    occasions.index(connection, moved)
    copies = {*related, *(one.article for one in moved if not one.is_named)}
    copied = _forget_copies(connection, copies)
    likenesses |= _in_copies(connection, wordings.values(), {*copies, *texts})
    report = rows.table_of(tables.Report)
    elsewhere = rows.among(connection, select(report.c.id), report.c.article_id, regrouped)
    start = set(fresh) | old.neighbours | left | copied | {row.id for row in elsewhere} | set(regrouping)
    start |= {key for found in likenesses for key in found}
    # People decide about reports whose article is not there yet, or not any more.
    there = {row.id for row in rows.among(connection, select(report.c.id), report.c.id, start - fresh.keys())}
    stored, by_report, grouping = _reports(connection), dict(wordings), about_reports(connection, fresh.keys())

    def merged(members: Collection[UUID], evidence: Mapping[tuple[UUID, UUID], Likeness]) -> list[Remark]:
        everybody = {*members, *(key for both in evidence for key in both)}
        by_report.update({one.report: one for one in stored_wordings(connection, everybody - set(by_report))})
        outside = sorted(everybody - set(members))
        return remarks_with_earlier(
            [by_report[member] for member in sorted(members)],
            evidence,
            [by_report[other] for other in outside],
            grouping.among(members).together,
            grouping.among(everybody).apart,
        )

    found, _ = groups_of(
        stored,
        there | set(fresh),
        likenesses,
        fresh.keys(),
        joins=lambda likeness: likeness.score >= JOIN,
        decided=grouping.named_with,
        group=merged,
        members=lambda remark: remark.all_reports,
    )
    before = {member: stored.of[member] for remark in found for member in remark.all_reports if member in stored.of}
    after = {member: statement_id(remark.reports) for remark in found for member in remark.all_reports}
    touched = {after[member] for member in after if before.get(member) != after[member]}
    context = Context.of(connection, by_report.values())
    rows.put(
        connection,
        tables.Statement,
        [_statement_row(remark, by_report, context) for remark in found],
        stamp={"updated_at": now},
        touched=touched,
        maybe_stored={*before.values(), *old.statements},
    )
    if run is not None:
        rows.add(connection, tables.Report, [report_row(item, after[key], run) for key, item in fresh.items()])
    moved_on = [key for key, statement in before.items() if statement != after[key]]
    rows.put(connection, tables.Report, [{"id": key, "statement_id": after[key]} for key in moved_on])
    for model, made in children(fresh.values()).items():
        rows.add(connection, model, made)
    rows.add(
        connection,
        tables.ReportPair,
        [
            {"report_id": a, "other_id": b, "rule": found.rule, "score": found.score, "detail": found.detail}
            for (a, b), found in sorted(likenesses.items())
        ],
    )
    occasions.index(connection, list(wordings.values()))
    relink(connection, {*fresh, *passed_on})
    withdraw(connection, {*fresh, *passed_on})
    _write_links(connection, found)
    gone = (set(before.values()) | old.statements) - set(after.values())
    still = rows.among(connection, select(report.c.statement_id).distinct(), report.c.statement_id, gone)
    rows.remove(connection, tables.Statement, "id", gone - {row.statement_id for row in still})


def _change_hands(connection: Connection, who: Identities, decided: Collection[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Links and mentions of profiles that mean somebody else now; the reports they speak in, and all beside these."""
    speakers: dict[UUID, list[UUID]] = {}
    for key in sorted(who.moved):
        speakers.setdefault(who.speakers[key], []).append(key)
    link, about = rows.table_of(tables.ReportingLink), rows.table_of(tables.LinkProfile)
    mention, meant = rows.table_of(tables.Mention), rows.table_of(tables.MentionProfile)
    for speaker, profiles in speakers.items():
        for table, of in ((link, about), (mention, meant)):
            same = [table.c[column.name] == column for column in of.primary_key.columns]
            for chunk in rows.chunks(profiles):
                there = select(of.c.report_id).where(*same, of.c.profile_id.in_(chunk)).exists()
                connection.execute(update(table).where(there).values(speaker_id=speaker))
    reports = set(speaking(connection, "profile_id", who.moved)) | set(decided)
    beside = {other for key in _pairs(connection, reports) for other in key} | _companions(connection, reports)
    # They were evidence between remarks of one speaker; whether they still are is asked anew.
    _forget_pairs(connection, reports)
    return reports, beside | reports


def _statement_row(remark: Remark, by_report: Mapping[UUID, Wording], context: Context) -> dict[str, object]:
    wordings = [by_report[report] for report in remark.reports]
    articles = sorted({wording.article for wording in wordings})
    first = context.first_reported(articles)
    dated, expressed = remark.dated_by, min((w for w in wordings if w.expression), key=lambda w: w.report, default=None)
    evidence = dated or expressed
    return {
        "id": statement_id(remark.reports),
        "speaker_id": remark.wording.speaker,
        "text": remark.wording.text,
        "kind": remark.wording.kind,
        "act": remark.wording.act,
        "denied": remark.wording.denied,
        "said_on": dated.said.value if dated and dated.said else None,
        "said_from": dated.said.earliest if dated and dated.said else None,
        "said_to": dated.said.latest if dated and dated.said else None,
        # A day that a person set stands on no expression.
        "said_basis": evidence.said_basis if evidence and evidence.expression else None,
        "said_expression": evidence.expression if evidence else None,
        "said_anchor": evidence.anchor if evidence else None,
        "said_article_id": evidence.article if evidence and evidence.expression else None,
        # What no present text carries is no part of what is told about an event.
        "event_id": context.event(articles) if any(one.revision is None for one in wordings) else None,
        "first_reported_on": first.value if first else None,
        "first_reported_from": first.earliest if first else None,
        "first_reported_to": first.latest if first else None,
        "independent_source_count": context.independent_sources(articles),
    }


def _likenesses(connection: Connection, fresh: Sequence[Wording]) -> dict[tuple[UUID, UUID], Likeness]:
    """The evidence between these reports and everything their speakers are on record with from about that time."""
    candidates = occasions.near(connection, fresh) - {wording.report for wording in fresh}
    wordings = [*fresh, *stored_wordings(connection, candidates)]
    by_speaker: dict[UUID, dict[str, list[Wording]]] = {}
    found: dict[tuple[UUID, UUID], Likeness] = {}
    for i, wording in enumerate(wordings):
        if wording.speaker is None:
            continue
        by_stem = by_speaker.setdefault(wording.speaker, {})
        # Two wordings without a telling stem in common are not compared; fresh ones come first.
        # "No" has none; two texts of one article may have it.
        stems = wording.telling or frozenset((f"{wording.article} {wording.text}",))
        near = {id(other): other for stem in stems & by_stem.keys() for other in by_stem[stem]}
        for other in near.values():
            if (wording.telling or is_reprinted(wording, other)) and (alike := likeness(wording, other)):
                found[pair(wording.report, other.report)] = alike
        if i < len(fresh):
            for stem in stems:
                by_stem.setdefault(stem, []).append(wording)
    return found


def _forget_copies(connection: Connection, related: Collection[UUID]) -> set[UUID]:
    """Removes evidence between reports of copies whose speaker nobody names; they and those beside them."""
    report = rows.table_of(tables.Report)
    found = {row.id for row in rows.among(connection, select(report.c.id), report.c.article_id, related)}
    # Words that people gave to somebody are no longer found among copies.
    unnamed = {one.report for one in stored_wordings(connection, found) if not one.is_named and one.original}
    beside = {other for key in _pairs(connection, unnamed) for other in key} | _companions(connection, unnamed)
    _forget_pairs(connection, unnamed)
    return beside | unnamed


def _in_copies(
    connection: Connection, fresh: Iterable[Wording], articles: Collection[UUID]
) -> dict[tuple[UUID, UUID], Likeness]:
    """The evidence between reports of these articles and of their copies whose speaker nobody names.

    What two copies of one text have somebody say is one remark, whoever that is.
    """
    by_text: dict[UUID, list[Wording]] = {}
    new = {one.report: one for one in fresh if not one.is_named}
    stored = {one.report: one for one in printed_by_copies(connection, articles)}
    for one in (stored | new).values():
        if one.original is not None:
            by_text.setdefault(one.original, []).append(one)
    changed = set(articles)
    return {
        pair(a.report, b.report): alike
        for its in by_text.values()
        for a, b in combinations(its, 2)
        if {a.article, b.article} & changed and (alike := likeness(a, b))
    }


def _forget_pairs(connection: Connection, reports: Collection[UUID]) -> None:
    """Removes the evidence between these reports and any others."""
    for column in ("report_id", "other_id"):
        rows.remove(connection, tables.ReportPair, column, reports)


def _pairs(connection: Connection, reports: Collection[UUID]) -> dict[tuple[UUID, UUID], Likeness]:
    table = rows.table_of(tables.ReportPair)
    return {
        (row.report_id, row.other_id): _likeness(row)
        for chunk in rows.chunks(reports)
        for row in connection.execute(
            select(table).where(
                or_(*(rows.one_of(connection, table.c[end], chunk) for end in ("report_id", "other_id")))
            )
        )
    }


def _reports(connection: Connection) -> Groups[Likeness]:
    report, pairs = rows.table_of(tables.Report), rows.table_of(tables.ReportPair)
    ends = (pairs.c.report_id, pairs.c.other_id)
    return Groups(connection, report.c.id, report.c.statement_id, ends, _likeness)


def _likeness(row: Any) -> Likeness:
    return Likeness(row.score, row.rule, row.detail)


def _companions(connection: Connection, reports: Collection[UUID]) -> set[UUID]:
    """The reports of the statements these reports are in: they are merged anew when one of them has changed."""
    report = rows.table_of(tables.Report)
    statements = {
        row.statement_id
        for row in rows.among(connection, select(report.c.statement_id).distinct(), report.c.id, reports)
    }
    return {row.id for row in rows.among(connection, select(report.c.id), report.c.statement_id, statements)}


def _write_links(connection: Connection, found: Sequence[Remark]) -> None:
    """Reasons of the statements, and which further statements reports carry."""
    ids = [statement_id(remark.reports) for remark in found]
    for model in (tables.StatementReason, tables.AlsoCarries):
        rows.remove(connection, model, "statement_id", ids)
    rows.add(
        connection,
        tables.StatementReason,
        [
            {
                "statement_id": statement_id(remark.reports),
                "position": position,
                "stage": reason.stage,
                "rule": reason.rule,
                "score": reason.score,
                "detail": reason.detail,
            }
            for remark in found
            for position, reason in enumerate(remark.reasons)
        ],
    )
    rows.add(
        connection,
        tables.AlsoCarries,
        [
            {"report_id": carrier, "statement_id": statement_id(remark.reports)}
            for remark in found
            for carrier in remark.also_carried_by
        ],
    )
