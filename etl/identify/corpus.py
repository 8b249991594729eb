"""Articles with marked mentions -> who is who in all of them: annotate, extract, gather, compare. No database."""

from collections.abc import Iterable, Mapping

from spacy.language import Language
from tqdm import tqdm

from etl.annotate import annotate
from etl.extract import quotations
from etl.group import terms
from etl.identify.across import People, people
from etl.identify.alike import alike
from etl.identify.entity import Entity, Key
from etl.identify.local import entities
from etl.identify.marked import MarkedMention
from etl.identify.weights import ALIKE
from etl.records import CleanArticle, RawArticle, Span
from schema.keys import content_id


def people_of(
    texts: Mapping[str, str], mentions: Iterable[MarkedMention], nlp: Language, *, progress: bool = True
) -> People:
    """The people whom the mentions mean, the same in whatever order articles and mentions come.

    texts: article id -> text; articles without mentions are not read. progress: a bar on stderr. Only what is told of
    people is kept of an article, not its Doc.
    """
    spans: dict[str, list[Span]] = {}
    for mention in mentions:
        spans.setdefault(mention.article, []).append(mention.span)
    articles = [CleanArticle(RawArticle(name, texts[name], external_id=name), "en") for name in sorted(spans)]
    found: list[Entity] = []
    vectors: dict[str, dict[str, float]] = {}
    annotated = annotate(articles, nlp)
    for article, doc in tqdm(annotated, total=len(articles), unit="article", desc="resolve", disable=not progress):
        name = article.raw.external_id or ""
        found += entities(article, doc, quotations(doc), spans[name])
        vectors[name] = terms(article)
    return people(found, alike(vectors, ALIKE))


def person_ids(found: People) -> dict[Key, str]:
    """The id of each mention's person: made from the first mention of the person's first article."""
    ids: dict[Key, str] = {}
    for cluster in found.clusters:
        article, start, end = cluster[0]
        person = str(content_id("resolved person", article, str(start), str(end)))
        for key in cluster:
            ids.update({(key[0], *span): person for span in found.known[key].mentions})
    return ids


def reasons(found: People) -> dict[Key, str]:
    """Why each mention's entity is of its person: the likest other one, the score and the evidence; alone, nothing."""
    told: dict[Key, str] = {}
    for cluster in found.clusters:
        for key in cluster:
            strongest = found.strongest_link(key, cluster)
            if strongest is not None:
                (article, start, end), link = strongest
                detail = f"as {article}:{start}-{end}, {link.score:.2f}: {link.detail}"
                told.update({(key[0], *span): detail for span in found.known[key].mentions})
    return told
