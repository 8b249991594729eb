"""Quotations within quotations: which are statements, and what an outer speaker keeps."""

from dataclasses import replace

from etl.records import Quotation, Span
from etl.resolve.nested import laid_out
from schema.enums import Act, AttributionBasis, StatementKind

TEXT = "Ortiz said on Monday that officials had told her the road was shut and that the town was never warned."


def at(piece):
    return Span(TEXT.index(piece), TEXT.index(piece) + len(piece))


def said(source, cue, content, *inner, unfit=None):
    return Quotation(
        (at(content),),
        (at(source),),
        (at(cue),),
        StatementKind.INDIRECT,
        Act.SPEECH,
        AttributionBasis.EXPLICIT,
        0.9,
        "test",
        unfit=unfit,
        inner=inner,
    )


INNER = said("officials", "had told", "the road was shut")


def own(quotation):
    return [
        " | ".join(span.of(TEXT) for span in one.own.content) if one.own else None
        for one in laid_out(TEXT, [quotation])
    ]


def test_outer_speaker_who_only_passes_words_on_has_nothing_of_his_own():
    outer = said("Ortiz", "said", "that officials had told her the road was shut", INNER)

    assert own(outer) == [None, "the road was shut"]


def test_outer_speaker_keeps_what_he_adds():
    outer = said(
        "Ortiz", "said", "that officials had told her the road was shut and that the town was never warned", INNER
    )

    assert own(outer) == [" and that the town was never warned", "the road was shut"]


def test_quotation_with_nothing_inside_stays_as_it_is():
    assert own(INNER) == ["the road was shut"]


def test_refusal_inside_leaves_the_outer_one_whole():
    outer = said("Ortiz", "said", "that officials had told her the road was shut", replace(INNER, unfit="refusal"))

    assert own(outer) == ["that officials had told her the road was shut"]


def test_outer_one_stands_before_those_within_it():
    outer = said("Ortiz", "said", "that officials had told her the road was shut", INNER)

    assert [one.whole for one in laid_out(TEXT, [outer])] == [outer, INNER]
