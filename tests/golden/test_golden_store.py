"""The whole store after loading the samples, as text that a reviewer reads: whatever changes shows as a diff here.

One file an event, one for speakers and outlets. `make golden` writes them anew; read the diff before you commit it.
"""

import os
from collections import defaultdict
from datetime import UTC, datetime
from pathlib import Path

import pytest
from readers import in_this_process
from sqlalchemy import Connection, Engine, select

from etl.pipeline import load
from etl.read import Defaults
from etl.settings import ModelSettings
from schema import tables

pytestmark = pytest.mark.model

SAMPLES = Path(__file__).resolve().parents[2] / "seeds" / "articles"
GOLDEN = Path(__file__).parent / "store"
RENEW = bool(os.environ.get("UPDATE_CASES"))


def test_the_store_after_loading_the_samples_reads_as_before(engine: Engine, backend: str) -> None:
    """On both databases alike."""
    model = ModelSettings(precision="float32")
    load(
        engine,
        [SAMPLES],
        defaults=Defaults(),
        manifest=None,
        now=datetime(2026, 1, 1, tzinfo=UTC),
        batch_size=32,
        tell=lambda progress: None,
        model=model,
        reader=in_this_process(model),
    )
    with engine.connect() as connection:
        found = Reading(connection).files()

    if RENEW and backend == "sqlite":
        GOLDEN.mkdir(exist_ok=True)
        for old in GOLDEN.glob("*.txt"):
            old.unlink()
        for name, text in found.items():
            (GOLDEN / name).write_text(text, encoding="utf-8")
    expected = {file.name: file.read_text(encoding="utf-8") for file in GOLDEN.glob("*.txt")}
    assert sorted(found) == sorted(expected), "make golden renews the files"
    for name, text in found.items():
        assert text.splitlines() == expected[name].splitlines(), f"{name}: make golden renews it"


class Reading:
    """The rows of a store, by what they hang on, and how they are written down."""

    def __init__(self, connection: Connection) -> None:
        def rows(table):
            return connection.execute(select(table.__table__)).all()

        def by(table, column):
            found = defaultdict(list)
            for row in rows(table):
                found[getattr(row, column)].append(row)
            return found

        self.articles = {row.id: row for row in rows(tables.Article)}
        self.sources = {row.id: row for row in rows(tables.Source)}
        self.speakers = {row.id: row for row in rows(tables.Speaker)}
        self.statements = rows(tables.Statement)
        self.events = {row.id: row for row in rows(tables.Event)}
        self.reports = by(tables.Report, "statement_id")
        self.spans = by(tables.ReportSpan, "report_id")
        self.links = by(tables.ReportingLink, "report_id")
        self.report_reasons = by(tables.ReportReason, "report_id")
        self.statement_reasons = by(tables.StatementReason, "statement_id")
        self.mentions = by(tables.Mention, "report_id")
        self.aliases = by(tables.Alias, "speaker_id")
        self.roles = by(tables.Role, "speaker_id")
        self.affiliations = by(tables.Affiliation, "unnamed_source_id")
        self.in_event = by(tables.EventArticle, "event_id")
        self.carried = by(tables.AlsoCarries, "statement_id")
        self.where = {report.id: report for found in self.reports.values() for report in found}

    def files(self) -> dict[str, str]:
        """The text of each golden file by its name."""
        events = sorted(self.events.values(), key=lambda event: (str(event.occurred_on), event.title))
        written = {"speakers.txt": self.all_speakers()}
        for number, event in enumerate(events, start=1):
            written[f"event-{number:02}.txt"] = self.event(event)
        return written

    def event(self, event) -> str:
        """An event, its articles, and its statements in the order of their first words."""
        lines = [f"EVENT {event.title} ({event.occurred_on})", ""]
        inside = sorted(self.in_event[event.id], key=lambda link: self.name_of(link.article_id))
        for link in inside:
            likeness = "" if link.score is None else f", likeness {link.score:.2f}"
            article = self.articles[link.article_id]
            lines.append(f"  {self.name_of(article.id)}: {article.label} ({article.published_on}{likeness})")
        statements = [statement for statement in self.statements if statement.event_id == event.id]
        for statement in sorted(statements, key=lambda statement: self.place(self.ordered(statement)[0])):
            lines += ["", *self.statement(statement)]
        return "\n".join(lines) + "\n"

    def statement(self, statement):
        """A statement, why its reports are one, and each of its reports."""
        speaker = self.speakers[statement.speaker_id].name if statement.speaker_id else "NOBODY NAMED"
        denied = " DENIED" if statement.denied else ""
        yield f"{speaker}{denied}: {statement.text}"
        said = ""
        if statement.said_expression:
            article = self.name_of(statement.said_article_id)
            said = f", said {statement.said_on} ({statement.said_basis} {statement.said_expression!r} in {article})"
        yield f"  {statement.kind} {statement.act}, {statement.independent_source_count} outlets{said}"
        for reason in sorted(self.statement_reasons[statement.id], key=lambda reason: reason.position):
            yield f"  because {reason.rule} {reason.score:.2f}, {reason.detail}"
        for report in self.ordered(statement):
            yield from self.report(report)
        for place in sorted(self.place(self.where[also.report_id]) for also in self.carried[statement.id]):
            yield f"  also carried by {place[0]} {place[1]}"

    def report(self, report):
        """A report: where, in which words, how it came, whom it mentions and why."""
        spans = sorted(self.spans[report.id], key=lambda span: (span.role, span.position))
        cue, named = (" … ".join(span.exact for span in spans if span.role == role) for role in ("CUE", "SPEAKER"))
        where = " + ".join(f"{span.start}-{span.end}" for span in spans if span.role == "CONTENT")
        yield f"  - {self.name_of(report.article_id)} {where} ({report.kind}, {report.basis} {report.confidence:.1f})"
        yield f"      {report.text}"
        chain = sorted(self.links[report.id], key=lambda link: link.position)
        way = " > ".join(f"{link.role} {link.name}{self.party(link)}" for link in chain)
        yield f"      {named or '-'} | {cue or '-'} | {way}"
        about = sorted({self.speakers[mention.speaker_id].name for mention in self.mentions[report.id]})
        if about:
            yield f"      about {', '.join(about)}"
        reasons = sorted(self.report_reasons[report.id], key=lambda reason: reason.position)
        yield f"      because {'; '.join(f'{reason.stage.lower()} {reason.rule}' for reason in reasons)}"

    def all_speakers(self) -> str:
        """Every speaker with spellings, roles and affiliations, then every outlet."""
        lines = []
        for speaker in sorted(self.speakers.values(), key=lambda row: (row.type, row.folded, str(row.id))):
            lines.append(f"{speaker.type} {speaker.name}")
            spelled = sorted({alias.name for alias in self.aliases[speaker.id]} - {speaker.name})
            roles = sorted({role.title for role in self.roles[speaker.id]})
            bodies = sorted(self.speakers[row.organization_id].name for row in self.affiliations[speaker.id])
            for word, values in (("also", spelled), ("role", roles), ("of", bodies)):
                if values:
                    lines.append(f"  {word}: {'; '.join(values)}")
        lines.append("")
        for source in sorted(self.sources.values(), key=lambda row: row.name):
            body = self.speakers[source.organization_id].name if source.organization_id else None
            lines.append(f"SOURCE {source.name} ({source.domain})" + (f" is {body}" if body else ""))
        return "\n".join(lines) + "\n"

    def ordered(self, statement):
        """The reports of a statement by article and place."""
        return sorted(self.reports[statement.id], key=self.place)

    def place(self, report) -> tuple[str, int, str]:
        """Where a report stands."""
        return self.name_of(report.article_id), report.start, str(report.id)

    def name_of(self, article_id) -> str:
        """An article's file name, without folder and suffix."""
        return Path(self.articles[article_id].file_name).stem

    def party(self, link) -> str:
        """Who a link is, where the row knows and the printed name does not say it."""
        party = self.speakers.get(link.speaker_id) or self.sources.get(link.source_id)
        return "" if party is None or party.name == link.name else f" [{party.name}]"
