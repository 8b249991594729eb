"""One attribution of one article as rows: the report, its spans, its chain, its mentions and its reasons."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlmodel import SQLModel

from etl.extract.wording import worded, words
from etl.load.articles import id_of
from etl.load.identities import Identities
from etl.load.runs import Run
from etl.merge import Wording
from etl.records import Attribution, Quotation, ResolvedArticle, Span
from etl.stems import denies
from schema import tables
from schema.enums import ReportingRole, SpanRole, SpeakerType
from schema.keys import report_id, source_id, statement_id

UNKNOWN_PUBLISHER = "unknown outlet"

_SURROGATE_PAIRS = re.compile("[\U00010000-\U0010ffff]")
"""What UTF-16 writes as two."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as its article alone tells it, before anybody knows whom its names mean across articles.

    text: its words. spans, reasons: rows that hang on it.
    """

    id: UUID
    article: UUID
    content: tuple[Span, ...]
    text: str
    denied: bool
    attribution: Attribution
    resolved: ResolvedArticle
    spans: Sequence[Mapping[str, Any]]
    reasons: Sequence[Mapping[str, Any]]

    @classmethod
    def of_article(cls, resolved: ResolvedArticle) -> tuple["Draft", ...]:
        """The reports of an article, in text order."""
        article = id_of(resolved.article)
        return tuple(cls._of(resolved, article, attribution) for attribution in resolved.attributions)

    @classmethod
    def _of(cls, resolved: ResolvedArticle, article: UUID, attribution: Attribution) -> "Draft":
        printed, quotation = resolved.article.text, attribution.quotation
        content = worded(printed, quotation.content, quotation.kind, quotation.lead)
        key = report_id(article, [(span.start, span.end) for span in content])
        text = words(printed, content)
        return cls(
            id=key,
            article=article,
            content=content,
            text=text,
            denied=any(denies(span.of(printed)) for span in quotation.cue),
            attribution=attribution,
            resolved=resolved,
            spans=_spans(key, printed, content, quotation),
            reasons=_reasons(key, attribution),
        )


@dataclass(frozen=True, slots=True)
class Fresh:
    """A report that is about to be stored, with whom it means."""

    draft: Draft
    wording: Wording
    who: Identities

    @classmethod
    def of(cls, draft: Draft, who: Identities, original: UUID | None = None, translated: bool = False) -> "Fresh":
        """original, translated: of its article (etl.merge.Wording)."""
        attribution, resolved = draft.attribution, draft.resolved
        quotation, said, speaker = attribution.quotation, attribution.said, attribution.speaker
        wording = Wording(
            report=draft.id,
            article=draft.article,
            speaker=who.speaker(draft.article, speaker) if speaker else None,
            text=draft.text,
            kind=quotation.kind,
            act=quotation.act,
            basis=quotation.basis,
            denied=draft.denied,
            said=said.on if said else None,
            said_basis=said.basis if said else None,
            expression=said.expression.of(resolved.article.text) if said else None,
            anchor=said.anchor if said else None,
            published=resolved.article.raw.published_on,
            translated=translated,
            original=original,
            is_named=speaker is not None and resolved.parties[speaker].type is not SpeakerType.UNNAMED_SOURCE,
        )
        return cls(draft, wording, who)

    @property
    def id(self) -> UUID:
        """The report's."""
        return self.draft.id

    @property
    def attribution(self) -> Attribution:
        """What the article says."""
        return self.draft.attribution

    @property
    def resolved(self) -> ResolvedArticle:
        """The article."""
        return self.draft.resolved

    def speaker(self, party: str) -> UUID:
        """Whom a party of the article means."""
        return self.who.speaker(self.wording.article, party)

    def profile(self, party: str) -> UUID | None:
        """The profile of a party of the article, None for an unnamed source."""
        return self.who.profile(self.wording.article, party)


def report_row(fresh: Fresh, statement: UUID, run: Run) -> dict[str, Any]:
    """The row of the report itself."""
    text, wording = fresh.resolved.article.text, fresh.wording
    content = fresh.draft.content
    start, end = content[0].start, content[-1].end
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
        made[tables.ReportSpan] += item.draft.spans
        made[tables.ReportReason] += item.draft.reasons
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


def _spans(report: UUID, text: str, content: Sequence[Span], quotation: Quotation) -> Sequence[Mapping[str, Any]]:
    roles = {SpanRole.CONTENT: content, SpanRole.CUE: quotation.cue, SpanRole.SPEAKER: quotation.source}
    made: list[Mapping[str, Any]] = []
    has_pairs = _has_surrogate_pairs(text)
    for role, spans in roles.items():
        for position, span in enumerate(spans):
            # Past the first 65,536 code points each counts twice; hardly any article has one.
            before = _utf16_length(text[: span.start]) if has_pairs else span.start
            made.append(
                {
                    "report_id": report,
                    "role": role,
                    "position": position,
                    "exact": span.of(text),
                    "start": span.start,
                    "end": span.end,
                    "start_utf16": before,
                    "end_utf16": before + (_utf16_length(span.of(text)) if has_pairs else span.end - span.start),
                }
            )
    return made


@lru_cache(maxsize=1)
def _has_surrogate_pairs(text: str) -> bool:
    """Asked for each report of one article after the other."""
    return _SURROGATE_PAIRS.search(text) is not None


def _utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _reasons(report: UUID, attribution: Attribution) -> Sequence[Mapping[str, Any]]:
    return [
        {
            "report_id": report,
            "position": position,
            "stage": reason.stage,
            "rule": reason.rule,
            "score": reason.score,
            "detail": reason.detail,
        }
        for position, reason in enumerate(attribution.quotation.reasons + attribution.reasons)
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
