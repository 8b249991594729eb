"""Who said what, counted by hand on a small text, and on random spans as the shared scorer counts it."""

import random

import pytest

from etl.evaluate.attributions import Words, counts, matched, sources_agree
from etl.evaluate.figures import Figures, draws, figures, intervals
from etl.records import Span

TEXT = "Ann Lee said: “We will win.” Bob thinks taxes are too high. It is said that rain, helps."
WORDS = Words(TEXT)
# What the shared scorer calls these.
THEIR_NAMES = {
    "content words": "content tokens",
    "source words": "source tokens",
    "contents, exact": "content exact",
    "contents": "content IoU>=.5",
    "contents, quoted": "  quoted",
    "contents, indirect": "  indirect",
    "attributions": "attribution",
    "attributions, quoted": "  attr quoted",
    "attributions, indirect": "  attr indirect",
}


def at(*pieces):
    return [Span(TEXT.index(piece), TEXT.index(piece) + len(piece)) for piece in pieces]


GOLD = [
    WORDS.said(at("We will win."), at("Ann Lee")),
    WORDS.said(at("taxes are too high"), at("Bob")),
    WORDS.said(at("that rain, helps"), []),
]


def measured(found, gold=GOLD):
    return {name: figures([row]) for name, row in counts(gold, found).items()}


def test_a_double_mark_against_the_content_makes_it_quoted():
    assert [one.is_quoted for one in GOLD] == [True, False, False]


def test_marks_punctuation_and_needless_splits_change_nothing():
    found = [
        WORDS.said(at("“We", "will win.” "), at("Ann Le")),
        WORDS.said(at("taxes are too high."), at("Bob ")),
        WORDS.said(at("that rain", "helps."), []),
    ]

    assert set(measured(found).values()) == {Figures(1.0, 1.0, 1.0)}


def test_nothing_found_is_nothing_right():
    assert {one.f1 for one in measured([]).values()} == {0.0}


def test_a_wrong_source_costs_the_attribution_and_not_the_content():
    found = measured([WORDS.said(at("We will win."), at("Bob")), *GOLD[1:]])

    assert found["contents"].f1 == 1
    assert found["attributions"].f1 == pytest.approx(2 / 3)
    assert found["attributions, quoted"].f1 == 0
    assert found["attributions, indirect"].f1 == 1


def test_a_cut_border_costs_the_exact_content_and_not_the_attribution():
    found = measured([WORDS.said(at("taxes are too"), at("Bob"))], GOLD[1:2])

    assert found["contents, exact"].f1 == 0
    assert found["attributions"].f1 == 1


def test_less_than_half_of_the_words_is_another_content():
    assert matched(GOLD[1:2], [WORDS.said(at("high. It is said"), at("Bob"))]) == []


def test_two_found_cannot_both_be_one():
    found = measured(GOLD[:1] * 2, GOLD[:1])

    assert (found["contents"].precision, found["contents"].recall) == (0.5, 1.0)


def test_of_two_equal_overlaps_the_one_with_the_right_source_is_taken():
    other = WORDS.said(at("We will win."), at("Bob"))

    assert matched(GOLD[:1], [other, GOLD[0]]) == [(0, 1)]


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ({0, 1, 2, 3, 4}, {4}, True),  # the same last word
        ({1, 2}, {2, 3}, True),  # half of either one
        ({1, 2, 3}, {3, 4, 5}, False),
        (None, {1}, False),
        (None, None, True),
    ],
)
def test_sources_agree_by_half_of_their_words_or_their_last(a, b, agree):
    assert sources_agree(a and frozenset(a), b and frozenset(b)) is agree


def test_every_measure_and_interval_is_what_the_shared_scorer_counts(quotes):
    rng = random.Random(3)
    ours, theirs = [], []
    for _ in range(60):
        text = " ".join(rng.choice(["dam", "it’s", "“holds”", "Roe,", "''no''", "said", "x.", "—"]) for _ in range(40))
        words, article = Words(text), quotes.Article(text)
        sides = [[(places(rng, text, 1), places(rng, text, 0)) for _ in range(rng.randrange(6))] for _ in range(2)]
        sides[1] += [one for one in sides[0] if rng.random() < 0.5]  # so that something is found
        ours.append(counts(*([words.said(*map(spans, one)) for one in side] for side in sides)))
        theirs.append([quotes.clean(article.attribution(*one) for one in side) for side in sides])

    expected = quotes.score(theirs, resamples=50)

    drawn = draws(60, 50)
    for name, their_name in THEIR_NAMES.items():
        rows, wanted = [row[name] for row in ours], expected[their_name]
        found = figures(rows)
        assert (found.precision, found.recall, found.f1) == (wanted["p"], wanted["r"], wanted["f1"]), name
        assert list(intervals(rows, drawn).f1) == wanted["ci"], name
    assert 0.1 < expected["attribution"]["f1"] < 0.9


def places(rng, text, least):
    """One or two random stretches of the text, or none."""
    starts = sorted(rng.randrange(len(text)) for _ in range(rng.randint(least, 2)))
    return [(start, min(len(text), start + rng.randrange(30))) for start in starts]


def spans(pairs):
    return [Span(start, end) for start, end in pairs]
