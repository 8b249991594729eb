"""Who is who across articles, on both databases: the same people whatever the order and the batches of the loads."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, update

from etl import load
from etl.load import rows
from etl.load.articles import id_of
from etl.load.prepared import Prepared
from etl.records import Party, ResolvedArticle
from etl.resolve.names import person_key
from schema import tables
from schema.enums import SpeakerType
from schema.keys import speaker_id
from tests.etl.load.test_store import NOW, an_article, store, stored
from tests.etl.load.test_store import metadata as all_tables

FERRY = (
    "The ferry and its lifeboats sank at the northern pier in the storm; waves broke masts, gulls fled, anchors "
    "dragged through kelp, sailors clung to buoys, divers searched the wreck by lantern till the tide turned at dawn"
)
TUNNEL = (
    "The mountain tunnel with its drills and concrete rings is dug for the railway; miners blasted granite, lorries "
    "hauled gravel, engineers measured cracks, pumps drained a spring, and an excavator overturned beside the shaft"
)


def says(
    name: str, words: str, about: str, *, role: str = "", external_id: str | None = None, on: str = "2022-01-18"
) -> ResolvedArticle:
    """An article about something, in which somebody of this name says the words."""
    article = an_article(words, source=f"{external_id or words} Post", filler=f"{about}. {about}.", on=on)
    raw = replace(article.article.raw, external_id=external_id)
    article = replace(article, article=replace(article.article, raw=raw))
    key = person_key(name, id_of(article.article))
    party = Party(key, SpeakerType.PERSON, name, (name,), (role,) if role else ())
    attribution = replace(article.attributions[0], speaker=key)
    others = {other: one for other, one in article.parties.items() if one.type is not SpeakerType.PERSON}
    return replace(article, parties={**others, key: party}, attributions=(attribution,))


def body_says(name: str, words: str, about: str, *aliases: str) -> ResolvedArticle:
    """An article about something, in which a body of this name says the words."""
    article = says("Ida Holm", words, about)
    key = f"organization:{name.casefold()}"
    body = Party(key, SpeakerType.ORGANIZATION, name, (name, *aliases))
    attribution = replace(article.attributions[0], speaker=key)
    return replace(article, parties={**article.parties, key: body}, attributions=(attribution,))


def people(engine: Engine) -> dict[str, UUID]:
    """Who said each remark."""
    query = select(tables.Statement.text, tables.Statement.speaker_id)
    with engine.connect() as connection:
        return {row.text: row.speaker_id for row in connection.execute(query)}


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        # Articles point to each other.
        connection.execute(update(tables.Article).values(copy_of_id=None, correction_of_id=None))
        for table in reversed(all_tables.sorted_tables):
            connection.execute(table.delete())


NAMESAKES = [
    says("Jon Vik", "Nobody will sail before the inquiry", FERRY, role="mayor"),
    says("Jon Vik", "Lifeboats were counted every spring", FERRY),
    says("Vik", "Pilots must answer for what they did", FERRY),
    says("Jon Vik", "Concrete is cheaper than it was", TUNNEL, role="Danish transport minister"),
    says("Jon Vik", "Trains will run in seven years", TUNNEL),
    says("Vik", "Geologists have warned about water", TUNNEL),
]
SPELLINGS = [
    says("Duncan Rait", "Ropes were frozen in the morning", FERRY),
    says("Duncan Raite", "Helicopters could not land at all", FERRY),
    says("Rait", "Guides told everybody to turn back", FERRY),
    says("Sergei Orlov", "Steel is dear these days", TUNNEL),
    says("Sergey Orlov", "Rails come from the north", TUNNEL),
]
ALONE = [
    says("Zorbek", "Windows rattled the whole evening", FERRY),
    says("Zorbek", "Gulls had left the harbour before", FERRY),
    says("Ida Holm", "Tickets will be paid back soon", TUNNEL),
    says("Ida Holm Jr.", "Stations get new roofs as well", TUNNEL),
]


def test_offices_tell_namesakes_apart_and_alike_articles_tell_whom_the_others_mean(engine: Engine) -> None:
    """The mayor of the ferry's town, the minister of the tunnel, and everybody called Vik."""
    store(engine, NAMESAKES)

    said = people(engine)
    mayor, minister = said["Nobody will sail before the inquiry"], said["Concrete is cheaper than it was"]
    assert mayor != minister
    assert said["Lifeboats were counted every spring"] == said["Pilots must answer for what they did"] == mayor
    assert said["Trains will run in seven years"] == said["Geologists have warned about water"] == minister


def test_one_article_that_tells_of_both_offices_makes_one_person(engine: Engine) -> None:
    """A mayor became minister; a later load says so, and what was two people is one."""
    store(engine, NAMESAKES)
    one = says("Jon Vik", "Bridges last longer than promises", TUNNEL, role="Danish transport minister")
    key = next(key for key, party in one.parties.items() if party.type is SpeakerType.PERSON)
    roles = ("Danish transport minister", "former mayor")
    both = replace(one, parties={**one.parties, key: replace(one.parties[key], roles=roles)})

    store(engine, [both])

    assert len(set(people(engine).values())) == 1
    # Taken back: the article says something else now.
    load.store(engine, load.begin(engine, "test", NOW), [Prepared.of(one)], [], {})
    assert len(set(people(engine).values())) == 2


def test_a_name_spelled_otherwise_in_an_alike_article_is_one_person(engine: Engine) -> None:
    """Rait and Raite fell from one mountain; Sergei and Sergey are one name anyway."""
    store(engine, SPELLINGS)

    said = people(engine)
    assert len({said[words] for words in said if "Steel" not in words and "Rails" not in words}) == 1
    assert said["Steel is dear these days"] == said["Rails come from the north"]


def test_father_and_son_are_two_and_a_single_name_is_one_in_alike_articles(engine: Engine) -> None:
    """Ida Holm and Ida Holm Jr.; Zorbek, whom no article calls anything else."""
    store(engine, ALONE)

    said = people(engine)
    assert said["Tickets will be paid back soon"] != said["Stations get new roofs as well"]
    assert said["Windows rattled the whole evening"] == said["Gulls had left the harbour before"]


def test_a_single_name_that_two_may_bear_stays_by_itself(engine: Engine) -> None:
    """Aoife and Colm Darby both spoke about the ferry: who "Darby" is, nothing tells."""
    articles = [
        says("Aoife Darby", "Nurses slept in the corridor", FERRY),
        says("Colm Darby", "Beds were carried through snow", FERRY),
        says("Darby", "Ambulances waited at the pier", FERRY),
    ]
    store(engine, articles)

    assert len(set(people(engine).values())) == 3


UNIONS = [
    body_says("Border Workers Union", "Nobody works on the pier tonight", FERRY, "BWU"),
    body_says("BWU", "Wages have been frozen for years", FERRY),
    body_says("Harbour Pilots Guild", "Pilots are tired of promises", FERRY),
    body_says("HPG", "Fog was never a reason to sail", FERRY),
    body_says("TBC", "Drills need new diamonds soon", TUNNEL),
]


def test_an_acronym_is_the_body_that_alike_articles_call_so(engine: Engine) -> None:
    """The BWU, which another article explains; the HPG, whose letters begin the words of a name; the TBC is unknown."""
    store(engine, UNIONS)

    said = people(engine)
    assert said["Wages have been frozen for years"] == said["Nobody works on the pier tonight"]
    assert said["Fog was never a reason to sail"] == said["Pilots are tired of promises"]
    assert len(set(said.values())) == 3
    with engine.connect() as connection:
        found = connection.execute(select(tables.Profile).where(tables.Profile.name == "BWU")).one()
    assert found.detail.startswith("Border Workers Union: acronym_explained +")


def test_every_profile_tells_why_it_is_who_it_is(engine: Engine) -> None:
    """Score and rule of each; by name alone where nothing else was needed."""
    store(engine, [*NAMESAKES, *SPELLINGS])

    with engine.connect() as connection:
        found = connection.execute(select(tables.Profile).where(tables.Profile.type == SpeakerType.PERSON)).all()
    rules = {(row.name, row.rule) for row in found}
    assert ("Vik", "one name of somebody in alike articles") in rules
    assert ("Jon Vik", "office") in rules
    assert ("Jon Vik", "namesake in alike articles") in rules
    assert "full name spelled alike" in {rule for _, rule in rules}
    assert all(0 < row.score <= 1 for row in found)


@pytest.mark.parametrize("seed", range(6))
def test_the_same_articles_give_the_same_people_in_any_order_and_batches(engine: Engine, seed: int) -> None:
    """Whatever was a person of its own for a while."""
    articles = [*NAMESAKES, *SPELLINGS, *ALONE, *UNIONS]
    store(engine, articles)
    expected = stored(engine)
    empty(engine)
    order = random.Random(seed)
    shuffled = order.sample(articles, len(articles))
    cuts = sorted(order.sample(range(1, len(articles)), 4))

    store(engine, *(shuffled[a:b] for a, b in zip([0, *cuts], [*cuts, len(articles)], strict=True)))

    assert stored(engine) == expected


@pytest.mark.parametrize(
    ("name", "about", "role"), [("Jon Vik", FERRY, "mayor"), ("Duncan Raite", FERRY, ""), ("Vik", TUNNEL, "")]
)
def test_an_article_in_which_somebody_else_is_read_now_leaves_no_trace(
    engine: Engine, name: str, about: str, role: str
) -> None:
    """The database is that of the articles as they are now: a namesake, a spelling, a single name less."""
    others = [*NAMESAKES[1:], *SPELLINGS]
    before = says(name, "Nobody was asked about anything", about, role=role, external_id="corrected")
    after = says("Una Fell", "Nobody was asked about anything", about, external_id="corrected")
    # The same text: reports of another one would stay (tests/etl/load/test_earlier.py).
    before = replace(before, article=after.article)
    store(engine, [*others, after])
    expected = stored(engine)
    empty(engine)

    store(engine, [*others, before], [after])

    assert stored(engine) == expected


def test_the_id_of_a_single_name_leads_to_whom_it_means(engine: Engine) -> None:
    """It was a person of its own before the full name came."""
    single = NAMESAKES[2]
    own = speaker_id(person_key("Vik", id_of(single.article)))
    store(engine, [single])
    assert set(people(engine).values()) == {own}

    store(engine, NAMESAKES)

    with engine.connect() as connection:
        found: Sequence[UUID] = (
            connection.execute(select(tables.Profile.speaker_id).where(tables.Profile.own_id == own)).scalars().all()
        )
        assert connection.execute(select(tables.Speaker.id).where(tables.Speaker.id == own)).first() is None
    assert found == [people(engine)["Nobody will sail before the inquiry"]]


def test_the_next_profile_of_a_name_costs_what_the_first_ones_did(engine: Engine, monkeypatch) -> None:
    """Rows read for one more article, with three and with three hundred articles that name its speaker."""
    read: list[int] = []
    among = rows.among

    def counted(*arguments: Any) -> list[Any]:
        found = among(*arguments)
        read.append(len(found))
        return found

    def one(i: int) -> ResolvedArticle:
        # Words of their own, and weeks apart: articles and remarks that are alike are compared, as many as there are.
        day = date(2020, 1, 1) + timedelta(days=7 * (i % 1000))
        article = says("Jon Vik", _words(i, 9), _words(i + 5000, 60), role="mayor", on=day.isoformat())
        return replace(article, attributions=tuple(replace(each, said=None) for each in article.attributions))

    costs = []
    for first, last in ((0, 3), (3, 300)):
        store(engine, [one(i) for i in range(first, last)])
        monkeypatch.setattr(rows, "among", counted)
        read.clear()
        store(engine, [one(last + 1000)])
        costs.append(sum(read))
        monkeypatch.setattr(rows, "among", among)

    assert costs[1] <= costs[0] + 10


def _words(seed: int, count: int) -> str:
    order = random.Random(seed)
    return " ".join("".join(order.choices("bcdfghklmnprstvw", k=7)) for _ in range(count))


@pytest.mark.parametrize("turned", [False, True])
def test_a_body_has_its_fullest_name_in_whatever_order_a_batch_spells_it(engine: Engine, turned: bool) -> None:
    """Of two that are as full the first in the alphabet: a straight apostrophe before a curly one."""
    straight = body_says("Harbour's Board", "Ferries sail at noon", FERRY)
    other = body_says("Harbour's Board", "Pilots must answer for what they did", FERRY)
    key = "organization:harbour's board"
    curly = replace(other, parties={**other.parties, key: replace(other.parties[key], name="Harbour’s Board")})

    store(engine, [straight, curly] if turned else [curly, straight])

    query = select(tables.Speaker.name).where(tables.Speaker.id == speaker_id(key))
    with engine.connect() as connection:
        assert connection.execute(query).scalar() == "Harbour's Board"
