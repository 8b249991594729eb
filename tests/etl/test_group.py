"""Which articles are of one event."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import pytest

from etl import group
from etl.cluster import pair
from etl.records import CleanArticle, Furniture, RawArticle, Span
from etl.vector import STEP, Vector, cosines
from schema.dates import day

FERRY = (
    "The new electric ferries between Vikholm and Sandnes will sail in March, the transport minister, Ida Holm, told "
    "the harbour council. Fishermen fear that the ferries will keep them out of the harbour of Vikholm."
)
FERRY_TOO = (
    "Vikholm gets its electric ferries: the crossing to Sandnes opens in March, according to transport minister Holm. "
    "The harbour council of Vikholm heard protests of fishermen."
)
FOOTBALL = "Rosvik beat Tarnby by three goals to one in the cup final on a cold evening. The goalkeeper was injured."


def terms_of(text: str, furniture: tuple[Furniture, ...] = ()) -> dict[str, float]:
    """The vector of an article with this text."""
    return group.terms(CleanArticle(RawArticle("test", text), "en", furniture))


def cosine(a: Mapping[str, float], b: Mapping[str, float]) -> float:
    """How alike two vectors are, as loads compare them: packed."""
    one, other = (Vector.unpacked(Vector.of(terms).packed()) for terms in (a, b))
    return cosines(one, [other])[0]


def test_two_articles_of_one_story_are_alike_and_others_are_not() -> None:
    """In other words each."""
    ferry, ferry_too, football = map(terms_of, (FERRY, FERRY_TOO, FOOTBALL))

    assert cosine(ferry, ferry_too) > group.JOIN
    assert cosine(ferry, football) < group.FLOOR


def test_likeness_is_symmetric_and_fades_with_the_days_between() -> None:
    """The same story a month later is another event."""
    a, b = terms_of(FERRY), terms_of(FERRY_TOO)
    alike = cosine(a, b)
    monday, tuesday, later = day(date(2022, 1, 17)), day(date(2022, 1, 18)), day(date(2022, 2, 18))

    assert alike == cosine(b, a)
    assert group.likeness(alike, monday, tuesday) == group.likeness(alike, tuesday, monday)
    # Within one day of each other nothing fades: a day has no hour.
    assert group.likeness(alike, monday, tuesday) == pytest.approx(group.likeness(alike, None, None), abs=1e-5)
    assert group.likeness(alike, monday, later) < group.FLOOR


def test_a_vector_has_length_one_and_at_most_so_many_terms() -> None:
    """However long the article."""
    vector = terms_of(" ".join(f"word{n} harbour{n}" for n in range(500)))

    assert len(vector) == group.TERMS
    assert sum(weight**2 for weight in vector.values()) == pytest.approx(1.0, abs=1e-3)


def test_likeness_is_exact_whatever_is_compared_with_what() -> None:
    """Weights are multiples of STEP: the sum is the same in any order, and beside any other vectors."""
    texts = [FERRY, FERRY_TOO, FOOTBALL, "And so it is.", FERRY + " " + FOOTBALL]
    terms = [terms_of(text) for text in texts]
    vectors = [Vector.of(one) for one in terms]

    for i, one in enumerate(terms):
        assert all(weight % STEP == 0 for weight in one.values())
        exact = [sum(one[term] * other[term] for term in sorted(one.keys() & other.keys())) for other in terms]
        assert cosines(vectors[i], vectors) == exact
        assert [cosines(other, [vectors[i]])[0] for other in vectors] == exact


def test_keys_need_to_add_up_to_more_the_more_days_lie_between() -> None:
    """What fades is looked at only where it is worth keeping all the same."""
    assert group.least(None) == group.least(0) == group.least(1) == group.LEAST
    assert group.least(5) == pytest.approx(group.LEAST * 2.718281828)
    assert group.least(group.REACH + 3000) > 1


def test_an_article_without_a_telling_word_is_like_nothing() -> None:
    """Neither an error nor an event with everything else."""
    empty = terms_of("And so it is, as it was.")

    assert empty == {}
    assert cosine(empty, terms_of(FERRY)) == cosine(terms_of(FERRY), empty) == 0


def test_furniture_does_not_make_two_articles_alike() -> None:
    """The same "related news" stand under everything an outlet prints."""
    related = "\nRelated: electric ferries between Vikholm and Sandnes sail in March"
    text = FOOTBALL + related
    marked = (Furniture(Span(len(FOOTBALL), len(text)), "related"),)

    assert not any("ferri" in term for term in terms_of(text, marked))
    assert any("ferri" in term for term in terms_of(text))


def test_names_and_the_lead_count_for_more() -> None:
    """A capital within a sentence is a name, one at its start is none; the first sentences tell what happened."""
    named = terms_of("The spokesman met Harbour yesterday. Minister Holm came.")
    common = terms_of("The spokesman met harbour yesterday. Minister Holm came.")
    tail = " Nothing else was said of it. It was late. It rained." * 2

    assert named["harbour"] > common["harbour"]
    assert terms_of("A ferry sank." + tail)["ferri"] > terms_of("It rained." + tail + " A ferry sank.")["ferri"]


def test_keys_are_the_most_telling_terms() -> None:
    """Of equal ones the first in the alphabet; never more than an index holds."""
    assert group.keys({"b": 0.5, "a": 0.5, "c": 0.9}) == ["c", "a", "b"]
    assert len(group.keys(terms_of(" ".join(f"word{n}" for n in range(500))))) == group.KEYS


def test_events_are_the_articles_that_hang_together() -> None:
    """Sorted, each article in one."""
    a, b, c = (UUID(int=n) for n in (1, 2, 3))

    assert group.events([c, b, a], {pair(a, b): 0.5}) == [[a, b], [c]]


def test_two_groups_need_more_likeness_than_two_articles() -> None:
    """Two quakes of many reports each are told in the same words; a single report finds its event all the same."""
    quake, other = ([UUID(int=first + n) for n in range(4)] for first in (1, 11))
    late = UUID(int=99)
    inside = {pair(a, b): 0.6 for one in (quake, other) for a in one for b in one if a < b}
    across = {pair(a, b): 0.15 for a in quake for b in other}

    assert group.events([*quake, *other, late], inside | across | {pair(a, late): 0.15 for a in quake}) == [
        [*quake, late],
        other,
    ]
    assert group.joining(1, 80) == group.JOIN < group.joining(2, 80) < group.joining(8, 80) == group.joining(80, 80)


def test_a_time_stamp_is_read_though_it_is_furniture() -> None:
    """It tells the day where the article has no date."""
    text = "Published on May 3, 2013\n" + FOOTBALL
    marked = (Furniture(Span(0, text.index("\n")), group.DATED),)

    assert "2013" in terms_of(text, marked)
