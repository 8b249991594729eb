"""Copies and corrections as rows, on both databases: the same whatever came first, and one text counted once."""

import itertools
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select

from etl.load.articles import id_of
from etl.records import Party, ResolvedArticle
from schema import tables
from schema.enums import SpeakerType
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import an_article, store, stored

WORDS = "Nobody will sail before the ice has gone from the northern channel"
BODY = (
    "The harbour board closed the northern channel at noon after two lighters had run on a bank of ice. Tugs "
    "towed both of them back to the coal pier, where divers looked for leaks until it grew dark. About forty "
    "fishing boats are held in the inner basin, and their crews have asked the county for a share of the fund "
    "that was set up after the storm. An icebreaker left Torvane on Sunday evening and is expected to reach the "
    "mouth of the river within three days. Buyers at the auction hall paid twice the usual price for the little "
    "cod that came by lorry from the south."
)
OTHER = (
    "Lighters, tugs and trawlers stay where they are: after a day of accidents the northern approach is shut. "
    "Whoever wanted fresh cod had to bid against half the town, and the fleet's owners are looking to the county "
    "for money. Help is on its way from Torvane, but the icebreaker needs days, said people at the pier."
)


def printed(source: str, *, on: str = "2022-01-18", body: str = BODY, headline: str = "") -> ResolvedArticle:
    """An article of the outlet with the remark and the body."""
    article = an_article(WORDS, source=source, on=on, filler=body)
    raw = replace(article.article.raw, external_id=source + headline, headline=headline or f"Ice off {source}")
    return replace(article, article=replace(article.article, raw=raw))


AGENCY = printed("Coast Agency")
REPRINT = printed("The Fjord Post", on="2022-01-19")
SHORTENED = printed("Dagny Weekly", on="2022-01-19", body=BODY[: BODY.index("Buyers")])
INDEPENDENT = printed("Coast Radio", body=OTHER)
ARTICLES = [AGENCY, REPRINT, SHORTENED, INDEPENDENT]


def copies(engine: Engine) -> dict[UUID, UUID | None]:
    with engine.connect() as connection:
        found = connection.execute(select(tables.Article.id, tables.Article.copy_of_id))
        return {row.id: row.copy_of_id for row in found}


@pytest.mark.parametrize("order", list(itertools.permutations(range(4)))[::5])
def test_whatever_came_first_copies_point_to_the_original(engine: Engine, order: tuple[int, ...]) -> None:
    """The earliest of them; the same story in other words is nobody's copy, for all its quotation."""
    store(engine, *([ARTICLES[i]] for i in order))

    original = id_of(AGENCY.article)
    assert copies(engine) == {
        original: None,
        id_of(REPRINT.article): original,
        id_of(SHORTENED.article): original,
        id_of(INDEPENDENT.article): None,
    }


def test_copies_of_one_text_count_once(engine: Engine) -> None:
    """Four outlets carry the remark, two of them by themselves; why is told beside each copy."""
    store(engine, ARTICLES)

    with engine.connect() as connection:
        counted = connection.execute(select(tables.Statement.text, tables.Statement.independent_source_count)).all()
        reasons = connection.execute(select(tables.ArticleRelation.kind, tables.ArticleRelation.detail)).all()
    assert counted == [(f"{WORDS}", 2)]
    assert len(reasons) == 2
    assert all(kind == "copy" and "shared" in detail for kind, detail in reasons)


def test_an_article_that_says_something_else_now_is_no_copy(engine: Engine) -> None:
    """Nor does anything else of it stay."""
    changed = printed("The Fjord Post", on="2022-01-19", body=OTHER.replace("Help", "Some help"))
    others = [AGENCY, SHORTENED]
    store(engine, [*others, changed])
    expected = {name: found for name, found in stored(engine).items() if name != "revision"}
    empty(engine)

    store(engine, [*others, REPRINT], [changed])

    assert {name: found for name, found in stored(engine).items() if name != "revision"} == expected


@pytest.mark.parametrize("first", [True, False])
def test_a_note_of_correction_finds_what_it_corrects(engine: Engine, first: bool) -> None:
    """By its headline, whichever of the two is loaded first."""
    article = printed("The Fjord Post", headline="Ice closes the channel")
    note = printed(
        "The Fjord Post",
        on="2022-01-20",
        headline="Correction: Ice closes the channel",
        body="Three lighters ran on the bank of ice, and not two as this newspaper said in its report on Tuesday.",
    )
    store(engine, *([one] for one in ((article, note) if first else (note, article))))

    with engine.connect() as connection:
        query = select(tables.Article.correction_of_id).where(tables.Article.id == id_of(note.article))
        assert connection.execute(query).scalar() == id_of(article.article)


def unnamed(source: str, *, body: str = BODY, on: str = "2022-01-18") -> ResolvedArticle:
    """As printed(), but an official says it whom nobody names."""
    article = printed(source, on=on, body=body)
    key = f"unnamed:{id_of(article.article)}:an official"
    official = Party(key, SpeakerType.UNNAMED_SOURCE, "an official", ("an official",))
    attribution = replace(article.attributions[0], speaker=key)
    return replace(article, parties={**article.parties, key: official}, attributions=(attribution,))


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_what_an_unnamed_source_says_is_one_remark_in_copies_alone(engine: Engine, order: tuple[int, ...]) -> None:
    """In a report of one's own it may be another official."""
    articles = [unnamed("Coast Agency"), unnamed("The Fjord Post", on="2022-01-19"), unnamed("Coast Radio", body=OTHER)]
    store(engine, *([articles[i]] for i in order))

    with engine.connect() as connection:
        query = select(tables.Report.statement_id, func.count()).group_by(tables.Report.statement_id)
        assert sorted(count for _, count in connection.execute(query)) == [1, 2]
