"""Quotations within quotations: which are statements, and what an outer speaker keeps."""

from dataclasses import replace

import pytest

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


def in_text(text, content, source, cue, *inner):
    """A quotation of this text, each piece where it first stands."""

    def found(piece):
        start = text.index(piece)
        return Span(start, start + len(piece))

    return Quotation(
        tuple(found(piece) for piece in content),
        (found(source),),
        (found(cue),),
        StatementKind.INDIRECT,
        Act.SPEECH,
        AttributionBasis.EXPLICIT,
        0.9,
        "test",
        inner=inner,
    )


def wholes(text, quotation):
    return [" | ".join(span.of(text) for span in one.whole.content) for one in laid_out(text, [quotation])]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "The daily reported, citing an employee, that managers had known.",
            ["an employee, that managers had known"],
        ),
        (
            "The daily reported, citing an employee, that managers had known.",
            ["an employee", "that managers had known"],
        ),
    ],
)
def test_whom_an_outlet_cites_is_no_part_of_the_words(text, content):
    (whole,) = wholes(text, in_text(text, content, "The daily", "reported"))

    assert whole.removeprefix("that ") == "managers had known"


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Ortiz said whoever says so cannot read.", (["so cannot read"], "whoever", "says")),
        ("Ortiz said there was more than the mayor admitted.", (["there was more than"], "the mayor", "admitted")),
    ],
)
def test_words_of_nobody_are_those_of_whoever_says_them(text, inner):
    """ "Whoever" is nobody, and a comparison reports nothing."""
    outer = in_text(text, [text.removeprefix("Ortiz said ").rstrip(".")], "Ortiz", "said", in_text(text, *inner))

    assert len(wholes(text, outer)) == 1


def test_what_an_article_printed_is_whose_it_says():
    """ "According to" goes deeper than "the article said"."""
    text = "The article said that crime rose, according to the union."
    inner = in_text(text, ["crime rose"], "The article", "said")

    found = wholes(text, in_text(text, ["The article said that crime rose"], "the union", "according to", inner))

    assert found == ["The article said that crime rose"]


def test_who_spoke_keeps_his_words_when_others_tell_of_them():
    """ "According to sources" tells by what way the words came, not whose they are."""
    text = "Canada told Washington that it is ready, according to sources."
    inner = in_text(text, ["it is ready"], "Canada", "told")

    found = wholes(text, in_text(text, ["Canada told Washington that it is ready"], "sources", "according to", inner))

    assert found == ["Canada told Washington that it is ready", "it is ready"]
