"""Articles for the resolve stage: quotations are marked in the text, so that a case reads as one line.

"<s1>Ben Wallace</s1> <k1>said</k1> <q1>it was ready</q1>" has one quotation with source, cue (k) and content (q).
"""

import re
from collections.abc import Callable

import pytest
import spacy
from spacy.language import Language

from etl.annotate import load_model
from etl.records import Attribution, CleanArticle, Quotation, RawArticle, ResolvedArticle, Span
from etl.resolve import resolve
from etl.settings import ModelSettings
from schema.dates import parse_edtf
from schema.enums import Act, AttributionBasis, StatementKind

TAG = re.compile(r"<(/?)([skq])(\d+)>")


def unmarked(marked: str) -> tuple[str, list[Quotation]]:
    """The text without marks, and its quotations by number."""
    text, spans, opened, last = "", {}, {}, 0
    for match in TAG.finditer(marked):
        text += marked[last : match.start()]
        last = match.end()
        part = (int(match[3]), match[2])
        if match[1]:
            spans.setdefault(part, []).append(Span(opened.pop(part), len(text)))
        else:
            opened[part] = len(text)
    text += marked[last:]
    quotations = []
    for number in sorted({number for number, _ in spans}):
        content = tuple(spans[number, "q"])
        direct = all(span.of(text)[0] in "“\"'" for span in content)
        quotations.append(
            Quotation(
                content=content,
                source=tuple(spans.get((number, "s"), ())),
                cue=tuple(spans.get((number, "k"), ())),
                kind=StatementKind.DIRECT if direct else StatementKind.INDIRECT,
                act=Act.SPEECH,
                basis=AttributionBasis.EXPLICIT if (number, "k") in spans else AttributionBasis.IMPLIED,
                confidence=0.9,
                rule="marked in the test",
            )
        )
    return text, quotations


@pytest.fixture(scope="session")
def nlp() -> Language:
    return load_model(ModelSettings(fast=True))


@pytest.fixture
def read(nlp: Language) -> Callable[..., ResolvedArticle]:
    """Resolves a marked text, published on Tuesday 18 January 2022 unless told otherwise."""

    def resolved(marked: str, published_on: str | None = "2022-01-18", source: str | None = None) -> ResolvedArticle:
        text, quotations = unmarked(marked)
        on = parse_edtf(published_on) if published_on else None
        raw = RawArticle(place="test", text=text, source=source, published_on=on)
        return resolve(CleanArticle(raw, "en"), nlp(text), quotations)

    return resolved


@pytest.fixture
def speaker(read: Callable[..., ResolvedArticle]) -> Callable[[str], str | None]:
    """The name of the speaker of the last quotation of a marked text, None where nobody is named."""

    def name(marked: str) -> str | None:
        article = read(marked)
        last: Attribution = article.attributions[-1]
        return article.parties[last.speaker].name if last.speaker else None

    return name


@pytest.fixture(scope="session")
def blank() -> Language:
    return spacy.blank("en")
