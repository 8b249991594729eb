"""The resolving alone: each labelled article by itself, its labelled quotations given instead of found.

Labels do not nest. Where extraction finds a quotation around a labelled one ("She said that he had told her ..."), it
stays around it: it tells by what way the words came.

What is right is judged as for the database (etl.evaluate.comparison), one article at a time, so that neither a remark
that was missed nor a namesake in another article counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import NAMESPACE_OID, UUID, uuid5

from spacy.language import Language

from etl.annotate import annotate
from etl.clean import clean
from etl.evaluate.comparison import Comparison, comparison
from etl.evaluate.faults import resolved_alone
from etl.evaluate.figures import Measure
from etl.evaluate.gold import GoldArticle, GoldAttribution, Labels
from etl.evaluate.scores import Scores, resolving
from etl.evaluate.store import Stored, StoredArticle, StoredLink, StoredReport
from etl.extract import quotations
from etl.extract.wording import worded, words
from etl.records import Attribution, CleanArticle, Quotation, ResolvedArticle
from etl.resolve import resolve

_RULE = "given"


@dataclass(frozen=True, slots=True)
class Given:
    """Every labelled article compared by itself, in the order of their names."""

    articles: tuple[Comparison, ...]

    @property
    def scores(self) -> Scores:
        """The measures, and what was answered wrongly one by one."""
        return Scores(tuple(self.measures), tuple(resolved_alone(self.articles)))

    @property
    def measures(self) -> list[Measure]:
        """What resolving answers, over all articles."""
        by_name: dict[str, list[Measure]] = {}
        for one in self.articles:
            for measure in resolving(one):
                by_name.setdefault(measure.name, []).append(measure)
        return [
            Measure(name, tuple(row for one in found for row in one.rows), found[0].is_accuracy)
            for name, found in by_name.items()
        ]


def given(labels: Labels, nlp: Language) -> Given:
    """The labels beside what resolving makes of their quotations. nlp: of load_model."""
    return Given(tuple(_compared(labels, nlp)))


def _compared(labels: Labels, nlp: Language) -> Iterator[Comparison]:
    golds = [labels.articles[stem] for stem in sorted(labels.articles)]
    # The labels were read by `quoth load`'s own reader: clean refuses none of them.
    cleaned = [article for gold in golds if isinstance(article := clean(gold.raw), CleanArticle)]
    for gold, (article, doc) in zip(golds, annotate(cleaned, nlp), strict=True):
        resolved = resolve(article, doc, _nested([_quotation(one) for one in gold.attributions], quotations(doc)))
        alone = Labels({gold.stem: gold}, labels.parties, ())
        yield comparison(alone, _stored(gold, resolved))


def _nested(labelled: Sequence[Quotation], found: Sequence[Quotation]) -> list[Quotation]:
    """The labelled quotations, each within the found one that holds it and its reporting words, if there is one."""
    outer = {i: next((one for one in found if _holds(one, quotation)), None) for i, quotation in enumerate(labelled)}
    nested = [quotation for i, quotation in enumerate(labelled) if outer[i] is None]
    for one in found:
        if inner := tuple(quotation for i, quotation in enumerate(labelled) if outer[i] is one):
            nested.append(replace(one, inner=inner))
    return sorted(nested, key=lambda one: one.content)


def _holds(outer: Quotation, inner: Quotation) -> bool:
    words = (*inner.content, *(inner.cue or inner.source))
    return bool(outer.source) and all(any(span.covers(word) for span in outer.content) for word in words)


def _quotation(gold: GoldAttribution) -> Quotation:
    return Quotation(
        content=gold.content,
        source=(gold.source,) if gold.source else (),
        cue=(gold.cue,) if gold.cue else (),
        kind=gold.kind,
        act=gold.act,
        basis=gold.basis,
        confidence=1.0,
        rule=_RULE,
    )


def _stored(gold: GoldArticle, resolved: ResolvedArticle) -> Stored:
    """The article as if it had been stored alone."""
    ids = {key: uuid5(NAMESPACE_OID, key) for key in resolved.parties}
    reports = tuple(_report(resolved, i, one, ids) for i, one in enumerate(resolved.attributions))
    names = {ids[key]: party.name for key, party in resolved.parties.items()}
    return Stored({gold.stem: StoredArticle(gold.stem, None, None, None, reports)}, names)


def _report(resolved: ResolvedArticle, number: int, one: Attribution, ids: Mapping[str, UUID]) -> StoredReport:
    quotation, text = one.quotation, resolved.article.text
    return StoredReport(
        id=uuid5(NAMESPACE_OID, f"report {number}"),
        text=words(text, worded(text, quotation.content, quotation.kind)),
        content=quotation.content,
        source=quotation.source,
        kind=quotation.kind,
        act=quotation.act,
        basis=quotation.basis,
        denied=False,
        speaker=ids[one.speaker] if one.speaker else None,
        said_on=one.said.on if one.said else None,
        said_expression=one.said.expression.of(text) if one.said else None,
        chain=tuple(StoredLink(link.name, ids[link.party] if link.party else None) for link in one.relayers),
        statement=uuid5(NAMESPACE_OID, f"statement {number}"),
        mentions=tuple((mention.span, ids[mention.party]) for mention in one.mentions),
    )
