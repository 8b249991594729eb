"""One attribution of one article as rows: the report, its spans, its chain, its mentions and its reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from etl.extract.wording import worded, words
from etl.load.articles import id_of
from etl.load.identities import Identities
from etl.load.runs import Run
from etl.merge import Wording
from etl.records import Attribution, ResolvedArticle, Span
from etl.stems import denies
from schema import tables
from schema.enums import ReportingRole, SpanRole, SpeakerType
from schema.keys import report_id, source_id, statement_id

UNKNOWN_PUBLISHER = "unknown outlet"


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report that is about to be stored: its words, and what the article says about them."""

    id: UUID
    content: tuple[Span, ...]
    wording: Wording
    attribution: Attribution
    resolved: ResolvedArticle
    who: Identities

    @classmethod
    def of_article(cls, resolved: ResolvedArticle, who: Identities) -> list["Fresh"]:
        """The reports of an article, in text order."""
        return [cls._of(resolved, attribution, who) for attribution in resolved.attributions]

    @classmethod
    def _of(cls, resolved: ResolvedArticle, attribution: Attribution, who: Identities) -> "Fresh":
        article, quotation = resolved.article, attribution.quotation
        content = worded(article.text, quotation.content, quotation.kind, quotation.lead)
        key = report_id(id_of(article), [(span.start, span.end) for span in content])
        said, speaker = attribution.said, attribution.speaker
        wording = Wording(
            report=key,
            article=id_of(article),
            speaker=who.speaker(id_of(article), speaker) if speaker else None,
            text=words(article.text, content),
            kind=quotation.kind,
            act=quotation.act,
            basis=quotation.basis,
            denied=any(denies(span.of(article.text)) for span in quotation.cue),
            said=said.on if said else None,
            said_basis=said.basis if said else None,
            expression=said.expression.of(article.text) if said else None,
            anchor=said.anchor if said else None,
            published=article.raw.published_on,
            is_named=speaker is not None and resolved.parties[speaker].type is not SpeakerType.UNNAMED_SOURCE,
        )
        return cls(key, content, wording, attribution, resolved, who)

    def speaker(self, party: str) -> UUID:
        """Whom a party of the article means."""
        return self.who.speaker(self.wording.article, party)

    def profile(self, party: str) -> UUID | None:
        """The profile of a party of the article, None for an unnamed source."""
        return self.who.profile(self.wording.article, party)


def report_row(fresh: Fresh, statement: UUID, run: Run) -> dict[str, Any]:
    """The row of the report itself."""
    text, wording = fresh.resolved.article.text, fresh.wording
    start, end = fresh.content[0].start, fresh.content[-1].end
    return {
        "id": fresh.id,
        "statement_id": statement,
        "article_id": wording.article,
        "text": wording.text,
        "exact": text[start:end],
        "start": start,
        "end": end,
        "kind": wording.kind,
        "act": wording.act,
        "basis": wording.basis,
        "denied": wording.denied,
        "said_basis": wording.said_basis,
        "said_expression": wording.expression,
        "said_anchor": wording.anchor,
        "said_on": wording.said.value if wording.said else None,
        "confidence": fresh.attribution.quotation.confidence,
        "own_statement_id": statement_id([fresh.id]),
        "method": run.method,
        "load_id": run.id,
    }


def children(fresh: Iterable[Fresh]) -> Mapping[type[SQLModel], Sequence[Mapping[str, Any]]]:
    """The rows that hang on these reports, by table."""
    made: dict[type[SQLModel], list[Mapping[str, Any]]] = {
        tables.ReportSpan: [],
        tables.ReportReason: [],
        tables.ReportingLink: [],
        tables.Mention: [],
        tables.LinkProfile: [],
        tables.MentionProfile: [],
    }
    for item in fresh:
        made[tables.ReportSpan] += _spans(item)
        made[tables.ReportReason] += _reasons(item)
        made[tables.ReportingLink] += _chain(item)
        made[tables.LinkProfile] += _link_profiles(item)
        for mention in item.attribution.mentions:
            place = {"report_id": item.id, "start": mention.span.start, "end": mention.span.end}
            made[tables.Mention].append({**place, "speaker_id": item.speaker(mention.party)})
            if profile := item.profile(mention.party):
                made[tables.MentionProfile].append({**place, "profile_id": profile})
    return made


def _link_profiles(item: Fresh) -> list[Mapping[str, Any]]:
    """Of each link about a named party its profile, by the link's position in _chain()."""
    speaker = item.attribution.speaker
    parties = ([speaker] if speaker else []) + [link.party for link in item.attribution.relayers]
    return [
        {"report_id": item.id, "position": position, "profile_id": profile}
        for position, party in enumerate(parties)
        if party and (profile := item.profile(party))
    ]


def _spans(item: Fresh) -> list[Mapping[str, Any]]:
    text, quotation = item.resolved.article.text, item.attribution.quotation
    roles = {SpanRole.CONTENT: item.content, SpanRole.CUE: quotation.cue, SpanRole.SPEAKER: quotation.source}
    made: list[Mapping[str, Any]] = []
    for role, spans in roles.items():
        for position, span in enumerate(spans):
            before = _utf16_length(text[: span.start])
            made.append(
                {
                    "report_id": item.id,
                    "role": role,
                    "position": position,
                    "exact": span.of(text),
                    "start": span.start,
                    "end": span.end,
                    "start_utf16": before,
                    "end_utf16": before + _utf16_length(span.of(text)),
                }
            )
    return made


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _reasons(item: Fresh) -> list[Mapping[str, Any]]:
    return [
        {
            "report_id": item.id,
            "position": position,
            "stage": reason.stage,
            "rule": reason.rule,
            "score": reason.score,
            "detail": reason.detail,
        }
        for position, reason in enumerate(item.attribution.quotation.reasons + item.attribution.reasons)
    ]


def _chain(item: Fresh) -> list[Mapping[str, Any]]:
    """Speaker, relayers, publisher; no speaker's link where nobody is named."""
    text, raw = item.resolved.article.text, item.resolved.article.raw
    links: list[dict[str, Any]] = []
    if item.attribution.speaker:
        party = item.resolved.parties[item.attribution.speaker]
        printed = words(text, item.attribution.quotation.source) or party.name
        said = item.wording.said.value if item.wording.said else None
        links.append(
            {"role": ReportingRole.SPEAKER, "name": printed, "speaker_id": item.speaker(party.key), "said_on": said}
        )
    links += [
        {
            "role": link.role,
            "name": link.name,
            "speaker_id": item.speaker(link.party) if link.party else None,
            "said_on": link.on,
        }
        for link in item.attribution.relayers
    ]
    links.append(
        {
            "role": ReportingRole.PUBLISHER,
            "name": raw.source or raw.domain or UNKNOWN_PUBLISHER,
            "source_id": source_id(raw.domain, raw.source),
            "said_on": raw.published_on.value if raw.published_on else None,
        }
    )
    empty = {"speaker_id": None, "source_id": None}
    return [{"report_id": item.id, "position": position, **empty, **link} for position, link in enumerate(links)]
