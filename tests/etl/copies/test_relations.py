"""Originals, copies, corrections and versions: sets of invented articles, and that no order matters."""

import random
from collections.abc import Sequence
from itertools import combinations
from uuid import UUID

from etl.clean import clean
from etl.copies.edition import Edition, edition
from etl.copies.relations import Relation, RelationKind, relations, ties
from etl.records import CleanArticle, RawArticle
from schema.dates import parse_edtf
from schema.keys import content_id
from tests.etl.copies.edits import edited
from tests.etl.copies.labelled import draft


def an(
    name: str, outlet: str | None, on: str | None, recipe: str = "-", text: str = "bridge", url: str = ""
) -> Edition:
    made = edited(draft(text), recipe)
    raw = RawArticle(
        "test",
        "\n\n".join((*made.above, *made.paragraphs, *made.below)),
        source=outlet,
        url=url or None,
        headline=made.headline,
        published_on=parse_edtf(on) if on else None,
    )
    article = clean(raw)
    assert isinstance(article, CleanArticle)
    return edition(article, content_id("test", name))


def related(editions: Sequence[Edition]) -> dict[UUID, tuple[Relation, ...]]:
    by_id = {one.id: one for one in editions}
    return dict(relations(editions, ties(by_id, combinations(by_id, 2))))


def kinds(editions: Sequence[Edition]) -> list[list[tuple[str, int]]]:
    """For each article its relations, as kind and number of the other article."""
    numbers = {one.id: number for number, one in enumerate(editions)}
    found = related(editions)
    return [[(one.kind.value, numbers[one.of]) for one in found.get(edition.id, ())] for edition in editions]


AGENCY = an("agency", "Norwire", "2024-03-05", "credit:dateline Norwire")
FULL = an("full", "Coast Tribune", "2024-03-05", "credit:end Norwire; headline:other")
SHORT = an("short", "Daily Compass", "2024-03-04", "shorten:3; credit:end Norwire")
CUT_AGAIN = an("cut", "Lomar Gazette", "2024-03-06", "shorten:3; american; desk; intro:1")
OTHER = an("other", "Vantage", "2024-03-05", text="bridge+")
RIGHT = an("right", "Coast Tribune", "2024-03-07", "right; note:below; credit:end Norwire")
NOWHERE = an("nowhere", None, None)


def test_the_agencys_article_is_the_original_however_late() -> None:
    """Everyone who prints it is a copy of it, also the copy of a copy; who wrote on his own is not."""
    assert kinds([AGENCY, FULL, SHORT, CUT_AGAIN, OTHER, NOWHERE]) == [
        [],
        [("copy", 0)],
        [("copy", 0)],
        [("copy", 0)],
        [],
        [("copy", 0)],
    ]


def test_without_the_agency_the_earliest_is_the_original() -> None:
    """A shortened reprint that came first is the one the others are counted with."""
    assert kinds([FULL, SHORT, CUT_AGAIN]) == [[("copy", 1)], [], [("copy", 1)]]


def test_of_one_day_the_fullest_is_the_original() -> None:
    """A shortened reprint is a copy of the long one."""
    short = an("short today", "Daily Compass", "2024-03-05", "shorten:3")
    assert kinds([short, FULL]) == [[("copy", 1)], []]


def test_a_correction_points_to_what_its_own_outlet_printed() -> None:
    """And is a copy of the agency's text like that."""
    assert kinds([AGENCY, FULL, RIGHT]) == [[], [("copy", 0)], [("copy", 0), ("correction", 1)]]


def test_a_later_text_of_the_same_outlet_is_a_version() -> None:
    """Not a copy: an outlet does not reprint itself."""
    later = an("later", "Norwire", "2024-03-06", "credit:dateline Norwire; numbers:1; note:adds")
    assert kinds([AGENCY, later]) == [[], [("version", 0)]]


def test_a_note_in_other_words_points_to_what_it_names() -> None:
    """By address or headline, within one outlet."""
    printed = an("printed", "Coast Tribune", "2024-03-05", url="https://coast.example/bridge")
    for text in (
        f"Correction: In “{printed.headline}” we gave a wrong number of vehicles. It is lower.",
        "Correction to our report on the bridge (https://coast.example/bridge): the number is lower.",
    ):
        for outlet, wanted in (("Coast Tribune", RelationKind.CORRECTION), ("Vantage", None)):
            raw = RawArticle("test", text, source=outlet, published_on=parse_edtf("2024-03-08"), language="en")
            article = clean(raw)
            assert isinstance(article, CleanArticle)
            note = edition(article, content_id("test", "note"))
            found = related([printed, note])
            assert [one.kind for one in found.get(note.id, ())] == ([wanted] if wanted else [])


def test_a_round_up_is_no_copy_of_its_items() -> None:
    """Nor does it make copies of each other out of them."""
    round_up = an("round-up", "Daily Compass", "2024-03-06", text="mine&bridge&tram&bank")
    items = [
        an(name, "Norwire", "2024-03-05", "credit:dateline Norwire", text=name) for name in ("mine", "bridge", "tram")
    ]
    assert kinds([*items, round_up]) == [[], [], [], []]


def test_neither_order_nor_repetition_changes_anything() -> None:
    """And no article is a copy of a copy, or of itself."""
    editions = [AGENCY, FULL, SHORT, CUT_AGAIN, OTHER, RIGHT, NOWHERE]
    by_id = {one.id: one for one in editions}
    expected = related(editions)
    drawn = random.Random(1)
    for _ in range(10):
        drawn.shuffle(editions)
        candidates = [pair if drawn.random() < 0.5 else pair[::-1] for pair in combinations(by_id, 2)] * 2
        drawn.shuffle(candidates)
        assert relations(editions, list(ties(by_id, candidates))[::-1]) == expected
    copies = {id for id, found in expected.items() if found[0].kind is RelationKind.COPY}
    assert all(one.of not in copies for found in expected.values() for one in found if one.kind is RelationKind.COPY)
    assert all(one.of != id for id, found in expected.items() for one in found)
    assert all(one.detail and 0 < one.score <= 1 for found in expected.values() for one in found)
