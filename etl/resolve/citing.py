"""The sentence that reports words, and whom it cites for them: "citing its chairwoman", "based on an official"."""

from collections.abc import Iterator

from spacy.tokens import Span as Tokens

from etl.records import Quotation, Span
from etl.resolve.lists import is_office
from etl.resolve.reading import Reading

_CITING = (
    ("citing",),
    ("cited",),
    ("cites",),
    ("quoting",),
    ("quoted",),
    ("quotes",),
    ("based", "on"),
    ("referring", "to"),
    ("refers", "to"),
    ("attributing",),
)


def cited(sentence: Tokens, quotation: Quotation, reading: Reading) -> Iterator[Tokens]:
    """Noun phrases after "citing", "based on", "referring to" outside the content."""
    doc = reading.doc
    for token in sentence:
        for form in _CITING:
            end = token.i + len(form)
            if tuple(word.lower_ for word in doc[token.i : end]) != form or any(
                Span(token.idx, token.idx + 1).touches(span) for span in quotation.content
            ):
                continue
            stop = end
            while (
                stop < sentence.end
                and not (doc[stop].is_punct and doc[stop].text != "-")
                and doc[stop].lower_ not in ("that", "said", "reported")
            ):
                stop += 1
            if stop + 1 < sentence.end and doc[stop].text == "," and is_office(doc[stop - 1].text):
                # "citing its chairwoman, Una Fell"
                name = reading.name_at.get(stop + 1)
                if name is not None and reading.person(name) is not None:
                    stop = reading.names[name].end
            if (
                stop > end
                and doc[end].pos_ not in ("ADP", "ADV")
                and not any(Span(doc[end].idx, doc[end].idx + 1).touches(span) for span in quotation.content)
            ):
                yield doc[end:stop]


def citing_before(whom: Tokens, reading: Reading) -> Tokens | None:
    """The word or words right before that cite: "citing", "based on"; None where there are none."""
    doc = reading.doc
    for form in _CITING:
        words = doc[max(whom.start - len(form), 0) : whom.start]
        if tuple(word.lower_ for word in words) == form:
            return words
    return None


def around(quotation: Quotation, reading: Reading) -> Tokens:
    """The sentence of the cue, else of the source, else of the content."""
    for spans in (quotation.cue, quotation.source, quotation.content):
        for span in spans:
            tokens = reading.tokens(span)
            if len(tokens):
                return reading.sentence(tokens[0])
    return reading.doc[0:0]
