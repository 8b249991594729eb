"""What two wordings have in common, whoever says them: forms, runs, evidence, and the floor on pairs judged by hand."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.merge import JOIN, same_words
from etl.merge.alignment import runs
from etl.merge.evidence import Pair, denial_of_less, figures_differ, one_is_denied, same_quoted_words, times_differ
from etl.merge.weights import FEATURES
from etl.merge.words import Words

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "basil-triples" / "same-remark-pairs.dev.jsonl"

TEXTS = [
    "We will mend both gates and open the lock in April",
    "he would mend both gates and open the lock in April",
    "the lock opens in April",
    "The gates will not be mended",
    "Nobody asked us",
    "",
    "?!",
    "30 boats, not 13",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("I will mend our gates", "he would mend their gates"),
        ("we've begun", "they had began"),
        ("We're losing six per cent", "they were losing 6 percent"),
        ("Norwegian boats", "Norway boat"),
    ],
)
def test_direct_and_indirect_forms_are_the_same_words(one: str, other: str) -> None:
    """Pronouns, tenses, irregular verbs, figures as they are spelt, demonyms."""
    assert Words(one).order == Words(other).order


def test_pronouns_and_auxiliaries_carry_no_news() -> None:
    """However they are contracted."""
    assert Words("I'm here; they've gone, we're not").telling == {"go"}


def test_runs_are_the_longest_first_and_use_a_word_once() -> None:
    """The rest of a run that a longer one cuts stays one."""
    found = runs(["a", "b", "c", "x", "a", "b"], ["a", "b", "c", "a", "b"])

    assert [(run.length, run.a, run.b) for run in found] == [(3, 0, 0), (2, 4, 3)]


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_runs_are_words_of_both_and_none_twice(a: list[str], b: list[str]) -> None:
    """Whatever the words are."""
    found = runs(a, b)

    assert all(a[run.a : run.end_a] == b[run.b : run.end_b] for run in found)
    assert [run.length for run in found] == sorted((run.length for run in found), reverse=True)
    for side in ("a", "b"):
        places = [getattr(run, side) + k for run in found for k in range(run.length)]
        assert len(places) == len(set(places))


def test_the_order_of_the_two_changes_nothing() -> None:
    """Nor does having been asked before."""
    for a, b in combinations(TEXTS, 2):
        assert same_words(a, b) == same_words(b, a)


def test_the_score_comes_with_its_evidence() -> None:
    """The strongest rule by name, and all of it with its weight."""
    found = same_words("We will mend both gates in April", "he would mend both gates in April, not before")

    assert found.rule == "same words in runs"
    assert found.detail.startswith("same words in runs +2.23, same run of words +2.12, ")


def test_every_weight_says_which_way_it_counts() -> None:
    """Evidence has a sentence that people read, and no two have one name."""
    assert all(feature.func.__doc__ and feature.weight for feature in FEATURES)
    assert len({feature.name for feature in FEATURES}) == len(FEATURES)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will mend both gates before the boats return", "he would mend both gates before the boats returned"),
        (
            "The gates will be mended. The lock opens in April. Nobody will pay a crown for it.",
            "The lock opens in April, and nobody will pay a crown for it",
        ),
        (
            "The gates will, er, be mended and the old lock opened",
            "The gates will be mended ... and the old lock [will be] opened",
        ),
        ("The bridge is not only old but broken in two places", "The bridge is old and broken in two places"),
    ],
)
def test_the_same_words(one: str, other: str) -> None:
    """Told indirectly, cut, with fillers and brackets."""
    assert same_words(one, other).score >= JOIN


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will mend both gates before the boats return", "We will sell both boats and mend the roof"),
        ("We are not going to pay for that wall", "We are not going to pay one crown for such a useless road"),
        ("The council should be in charge of the lock", "I am in charge of the council's boats"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    """Phrases that anybody uses are no remark."""
    assert same_words(one, other).score < JOIN


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("the strike cost 30 ferries", "the strike cost 13 ferries", True),
        ("the strike cost 13 ferries, not 30", "the strike cost 30 ferries", True),
        ("it put off 30 sailings", "it had put off 30 more", True),
        ("thirty ferries", "30 ferries", False),
        ("30 ferries and 12 boats", "12 boats", False),
        ("Nine people were still missing on 4 boats", "Seven people were still missing on 4 boats", True),
        ("the strike cost 30 ferries", "the strike cost ferries", False),
    ],
)
def test_figures(one: str, other: str, differ: bool) -> None:
    """Other ones, denied ones, more of them."""
    assert bool(figures_differ(Pair.of(one, other))) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("until the end of the month", "until the twentieth", True),
        ("closed on Friday", "closed by Monday night", True),
        ("closed on Friday", "closed by Friday night", False),
        ("closed on Friday", "closed", False),
    ],
)
def test_times(one: str, other: str, differ: bool) -> None:
    """Said of another day."""
    assert bool(times_differ(Pair.of(one, other))) is differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("The boats will sail in March", "The boats will not sail in March", True),
        ("It is not true that the boats will sail in March", "the boats will sail in March", True),
        ("We don't like it. We want the old lock back", "We want the old lock back", False),
        ("They had received no notice of it", "not to have received any notice", False),
        ("They are not toys and stop no boat in the lock", "The toys stop no boat in the lock", False),
        ("do not sail without talking to a pilot", "talk to a pilot first", False),
    ],
)
def test_denials(one: str, other: str, differ: bool) -> None:
    """What both say, denied in one; not what is denied in another clause, nor what both deny."""
    assert bool(one_is_denied(Pair.of(one, other))) is differ


def test_the_denial_of_less_is_another_remark() -> None:
    """Complaints there were, but for written ones."""
    assert denial_of_less(Pair.of("no complaint about the lock came", "no written complaint about the lock came"))
    assert not denial_of_less(Pair.of("no complaint about the lock came", "no complaint of theirs came"))


def test_quoted_words_stand_in_the_other() -> None:
    """Between marks in the one, anywhere in the other; one word is no evidence, nor are words without news."""
    quoted = "the council’s “increasingly reckless” ways"

    assert same_quoted_words(Pair.of(quoted, "They have become increasingly reckless with our boats"))
    assert not same_quoted_words(Pair.of("their “reckless” ways", "They have become reckless with our boats"))
    assert not same_quoted_words(Pair.of("it is “not for us” to say", "they are not for us"))


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpora are not here")
def test_pairs_of_quotations_judged_by_hand() -> None:
    """Best F1 at least 0.97 with the threshold that loads use; what is plain stays plain."""
    rows = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
    same = [same_words(row["a"]["text"], row["b"]["text"]).score >= JOIN for row in rows]
    hand = [(found, row["label"]) for found, row in zip(same, rows, strict=True) if row["how"] == "hand"]
    right = sum(found and label for found, label in hand)
    plain = [found == row["label"] for found, row in zip(same, rows, strict=True) if row["how"] != "hand"]

    assert 2 * right / (sum(found for found, _ in hand) + sum(label for _, label in hand)) >= 0.97
    assert all(plain)
