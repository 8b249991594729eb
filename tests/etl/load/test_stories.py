"""What events are told of, and where from: articles of two stories, of none, and the places of datelines."""

import itertools

import pytest
from sqlalchemy import Engine, select

from etl.load.articles import id_of
from etl.records import CleanArticle, RawArticle, ResolvedArticle
from schema import tables
from schema.dates import parse_edtf
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import store, stored

FERRY = (
    "The car ferry Sigrun ran aground off Vikholm lighthouse at dawn. Rescuers took all ninety passengers to the "
    "harbour of Vikholm. The ferry company Fjordline keeps the Sigrun's sister ships at the quay until divers have "
    "seen the hull, and the lighthouse keeper says that fog lay on the water. "
)
MEADOW = (
    "A herd of forty bison broke out of the Ostmark meadow reserve during the thunderstorm. Rangers of the reserve "
    "closed the road through Ostmark and follow the bison with a drone. Farmers found trampled barley, and the "
    "reserve's fence will be made higher before the herd comes back. "
)


IN_OTHER_WORDS = (
    "Ninety people were on board when the Sigrun, a car ferry of Fjordline, hit the rocks below Vikholm lighthouse. "
    "All of them were brought ashore in Vikholm. ",
    "Fog was on the water off the lighthouse when Fjordline's ferry ran aground: the Sigrun has lost much of her hull, "
    "and rescuers from Vikholm harbour took everybody off. ",
)


def told(source: str, text: str, *, on: str = "2022-01-18") -> ResolvedArticle:
    """An article without a quotation."""
    raw = RawArticle("test", text, source=source, external_id=source, published_on=parse_edtf(on))
    return ResolvedArticle(CleanArticle(raw, "en"), {}, ())


def variants(text: str, names: str, place: str = "") -> list[ResolvedArticle]:
    """The story in three outlets, each with a sentence of its own."""
    ends = ("Schools stay open.", "The weather will clear by night.", "More follows on our evening pages.")
    return [told(f"{names} {n}", f"{place}{text}{end}") for n, end in enumerate(ends)]


DIGEST = told("Morning Digest", FERRY + MEADOW)
BARE = told("Picture Desk", "See it here.")


def events(engine: Engine) -> dict[str, list[tuple[str, bool]]]:
    """By outlet the event titles and whether each is the main one, main ones first."""
    link, event, article, source = tables.EventArticle, tables.Event, tables.Article, tables.Source
    found: dict[str, list[tuple[str, bool]]] = {}
    with engine.connect() as connection:
        for row in connection.execute(
            select(source.name, event.id, link.main)
            .select_from(article)
            .join(source, source.id == article.source_id)
            .join(link, link.article_id == article.id)
            .join(event, event.id == link.event_id)
            .order_by(link.main.desc())
        ):
            found.setdefault(row.name, []).append((str(row.id), row.main))
    return found


def places(engine: Engine) -> list[str | None]:
    with engine.connect() as connection:
        return [row.place for row in connection.execute(select(tables.Event.place).order_by(tables.Event.place))]


@pytest.mark.parametrize("order", [0, 1, 2])
def test_an_article_of_two_stories_is_of_both_events(engine: Engine, order: int) -> None:
    """Whenever it comes; what is about one story stays in one event."""
    ferry, meadow = variants(FERRY, "Ferry"), variants(MEADOW, "Meadow")
    batches = [[*ferry[:2], *meadow[:2]], [DIGEST], [ferry[2], meadow[2]]]
    store(engine, *itertools.islice(itertools.cycle(batches), order, order + 3))

    found = events(engine)
    assert sorted(main for _, main in found["Morning Digest"]) == [False, True]
    assert {event for event, _ in found["Morning Digest"]} == {found["Ferry 0"][0][0], found["Meadow 0"][0][0]}
    assert all(len(its) == 1 for name, its in found.items() if name != "Morning Digest")

    in_order = stored(engine)
    empty(engine)
    store(engine, [*ferry, *meadow, DIGEST])
    assert in_order == stored(engine)


def test_an_article_that_comes_again_with_one_story_leaves_the_other_event(engine: Engine) -> None:
    """Its text is another one now."""
    ferry, meadow = variants(FERRY, "Ferry"), variants(MEADOW, "Meadow")
    store(engine, [*ferry, *meadow, DIGEST], [told("Morning Digest", FERRY + "And no more today.")])

    found = events(engine)
    assert found["Morning Digest"] == [(found["Ferry 0"][0][0], True)]


def test_an_article_that_tells_nothing_is_of_no_event(engine: Engine) -> None:
    """It is stored all the same; with a text it has an event, and without it has none again."""
    store(engine, [BARE])
    assert events(engine) == {}
    assert [row[0] for row in stored(engine)["article"]] == [id_of(BARE.article)]

    store(engine, [told("Picture Desk", FERRY)])
    assert list(events(engine)) == ["Picture Desk"]

    store(engine, [BARE])
    assert events(engine) == {}
    assert stored(engine)["event"] == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_an_event_is_where_most_datelines_say(engine: Engine, order: tuple[int, ...]) -> None:
    """One text counts once, whoever prints it, and whatever comes first."""
    reprinted = FERRY + "Divers are expected from the mainland on Friday, and the mayor wants a new beacon at once."
    agency = told("Coast Agency", f"TORVANE, Jan 18 (Norwire) - {reprinted}", on="2022-01-17")
    others = [
        told("Fjord Post", f"TORVANE, Jan 18 (Norwire) - {reprinted}"),
        told("Dagny Weekly", f"VIKHOLM, Norway — {IN_OTHER_WORDS[0]}"),
    ]
    own = told("Coast Radio", f"VIKHOLM — {IN_OTHER_WORDS[1]}", on="2022-01-19")
    batches = [[agency], others, [own]]
    store(engine, *(batches[i] for i in order))

    assert len(set(map(str, events(engine).values()))) == 1
    assert places(engine) == ["Vikholm, Norway"]
