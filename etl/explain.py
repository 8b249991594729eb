"""Every stage for one article, as lines to read: what was marked off, what was found, why, and what would be stored."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from etl.analyse import fit_for_the_graph, language_model, why_unfit
from etl.annotate import annotate
from etl.clean import clean
from etl.extract import quotations
from etl.load.articles import id_of
from etl.load.reports import Draft
from etl.manifest import Manifest
from etl.pipeline import method
from etl.read import Defaults, read
from etl.records import CleanArticle, Party, Quotation, Reason, Refused, ResolvedArticle, Span
from etl.resolve import resolve
from etl.settings import ModelSettings

_SHOWN = 160
"""Characters of a passage shown at most."""


def explain(
    path: Path, defaults: Defaults, manifest: Manifest | None, now: datetime, model: ModelSettings
) -> Iterator[str]:
    """The lines for each record of a file; a refused one is one line that begins with "refused"."""
    for record in read([path], defaults, manifest, now=now):
        article = record.item if isinstance(record.item, Refused) else clean(record.item)
        if isinstance(article, Refused):
            yield f"refused ({article.reason}): {article.detail}"
            continue
        yield from _read(article)
        yield from _clean(article)
        for _, doc in annotate([article], language_model(model)):
            yield from _heading("annotate", method(model))
            yield f"  {len(doc)} tokens, {sum(1 for _ in doc.sents)} sentences, {len(doc.ents)} names"
            found = quotations(doc)
            yield from _extract(article, found)
            kept, counts = fit_for_the_graph(article, doc, found)
            yield from _resolve(resolved := resolve(article, doc, kept))
            yield from _stored(resolved)
            yield from _heading("outcomes", "")
            for name, count in sorted({**resolved.counts, **counts}.items()):
                yield f"  {count:4}  {name}"


def _heading(stage: str, note: str) -> Iterator[str]:
    yield ""
    yield f"== {stage}" + (f": {note}" if note else "")


def _read(article: CleanArticle) -> Iterator[str]:
    raw = article.raw
    yield f"== read: {raw.place}"
    given = {
        "source": raw.source,
        "domain": raw.domain,
        "url": raw.url,
        "external_id": raw.external_id,
        "headline": raw.headline,
        "published_on": raw.published_on.value if raw.published_on else None,
        "authors": ", ".join(raw.authors) or None,
        "language": raw.language,
    }
    for name, value in given.items():
        yield f"  {name:13} {'-' if value is None else value}"
    yield f"  {'text':13} {len(raw.text)} characters"
    for note in raw.notes:
        yield f"  note          {note}"


def _clean(article: CleanArticle) -> Iterator[str]:
    yield from _heading("clean", f"language {article.language}")
    for note in article.notes:
        yield f"  note: {note}"
    for piece in article.furniture:
        yield f"  marked off {_place(piece.span)} ({piece.rule}): {_passage(article.text, piece.span)}"


def _extract(article: CleanArticle, found: list[Quotation]) -> Iterator[str]:
    yield from _heading("extract", f"{len(found)} quotations")
    for number, quotation in enumerate(found, start=1):
        unfit = why_unfit(article, quotation)
        judged = f"{quotation.kind} {quotation.act} {quotation.basis} {quotation.confidence:.2f} by {quotation.rule}"
        yield f"  {number}. {judged}" + (f"  NOT STORED: {unfit}" if unfit else "")
        for role, spans in (("source", quotation.source), ("cue", quotation.cue), ("content", quotation.content)):
            for span in spans:
                yield f"       {role:8} {_place(span)} {_passage(article.text, span)}"
        yield from _reasons(quotation.reasons)


def _resolve(resolved: ResolvedArticle) -> Iterator[str]:
    yield from _heading("resolve", f"{len(resolved.parties)} parties")
    for party in sorted(resolved.parties.values(), key=lambda party: party.key):
        yield f"  {party.type} {party.name} [{party.key}]{_described(party)}"


def _described(party: Party) -> str:
    parts = (("as", party.aliases), ("role", party.roles), ("of", party.affiliations))
    return "".join(f"; {name} {', '.join(values)}" for name, values in parts if values)


def _stored(resolved: ResolvedArticle) -> Iterator[str]:
    yield from _heading("store", f"article {id_of(resolved.article)}")
    for item in Draft.of_article(resolved):
        attribution = item.attribution
        speaker = resolved.parties[attribution.speaker].name if attribution.speaker else "(nobody named)"
        yield f"  {item.id}  {speaker}: {_shortened(item.text)}"
        if attribution.said:
            on = attribution.said.on.value if attribution.said.on else "no date without a publication date"
            yield f"       said {attribution.said.expression.of(resolved.article.text)!r}: {on}"
        for link in attribution.relayers:
            day = f" on {link.on}" if link.on else ""
            yield f"       relayed by {link.name}{day}" + (f" [{link.party}]" if link.party else "")
        if attribution.mentions:
            yield f"       mentions {', '.join(sorted({resolved.parties[m.party].name for m in attribution.mentions}))}"
        yield from _reasons(attribution.reasons)


def _reasons(reasons: tuple[Reason, ...]) -> Iterator[str]:
    for reason in reasons:
        score = f" {reason.score:.2f}" if reason.score is not None else ""
        yield f"       because  {reason.stage} {reason.rule}{score}" + (f": {reason.detail}" if reason.detail else "")


def _place(span: Span) -> str:
    return f"{span.start}-{span.end}"


def _passage(text: str, span: Span) -> str:
    return _shortened(" ".join(span.of(text).split()))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]} … {text[-_SHOWN // 2 :]}"
