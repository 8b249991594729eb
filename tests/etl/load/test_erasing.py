"""A person erased: the graph as if no article had named him or her, now and after every later load. Both databases."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl import load
from etl.authority import Entry
from etl.load import deciding, erased, rows, statements
from etl.load.articles import id_of
from etl.load.erasing import erase
from etl.load.prepared import Prepared
from etl.load.removal import remove
from etl.records import ChainLink, Party, Reason, ResolvedArticle, ResolvedMention, Span
from etl.resolve.names import person_key
from schema import tables
from schema.database import writing
from schema.enums import ReportingRole, SpeakerType, Stage
from schema.errors import DecisionError
from tests.bench import made_up
from tests.etl.load.test_identities import FERRY, NAMESAKES, SPELLINGS, TUNNEL, empty, people, says
from tests.etl.load.test_store import NOW, store, stored

WHY = {"by": "ada", "at": NOW, "reason": "asked for it"}


def graph(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    return {name: found for name, found in stored(engine).items() if not name.startswith("decision")}


def differing(a: dict[str, Any], b: dict[str, Any]) -> dict[str, set[str]]:
    """The rows that only one of them has, by table."""
    return {name: set(map(repr, a[name])) ^ set(map(repr, b[name])) for name in a if a[name] != b[name]}


def again(engine: Engine, articles: Sequence[ResolvedArticle], seed: int | None = 0) -> dict[str, Any]:
    """The graph of an empty database with the same decisions, into which these articles come in another order.

    seed: of the order; None: that in which they are given.
    """
    with engine.begin() as connection:
        kept = {
            model: [dict(row._mapping) for row in connection.execute(select(model.__table__))]
            for model in (tables.Decision, tables.DecisionAbout)
        }
    empty(engine)
    with engine.begin() as connection:
        for model, found in kept.items():
            connection.execute(model.__table__.insert(), found)
    order = list(articles) if seed is None else random.Random(seed).sample(list(articles), len(articles))
    store(engine, order[: len(order) // 2], order[len(order) // 2 :])
    return graph(engine)


def unsaid(article: ResolvedArticle, name: str) -> ResolvedArticle:
    """The article had somebody of this name said nothing, and nobody said anything about him."""
    gone = {key for key, party in article.parties.items() if party.name == name}
    kept = tuple(
        replace(
            one,
            relayers=tuple(replace(link, name="", party=None) if link.party in gone else link for link in one.relayers),
            mentions=tuple(mention for mention in one.mentions if mention.party not in gone),
            reasons=tuple(
                replace(reason, detail=None) if reason.rule == "relayer" else reason for reason in one.reasons
            ),
        )
        for one in article.attributions
        if one.speaker not in gone
    )
    named = {one.speaker for one in kept} | {link.party for one in kept for link in one.relayers}
    named |= {mention.party for one in kept for mention in one.mentions}
    named |= {body for key in named if key for body in article.parties[key].affiliations}
    parties = {key: party for key, party in article.parties.items() if key in named}
    return replace(article, attributions=kept, parties=parties)


def called(engine: Engine, name: str) -> UUID:
    with engine.connect() as connection:
        return connection.execute(select(tables.Speaker.id).where(tables.Speaker.name == name)).scalar_one()


@pytest.mark.parametrize("seed", range(3))
def test_an_erased_person_is_as_if_nobody_had_named_him(engine: Engine, seed: int) -> None:
    """Somebody who is in the news all the time; and so it stays when everything is loaded anew."""
    articles = list(made_up.articles(seed * 40, 40))
    speakers = Counter(party.name for one in articles for party in one.parties.values())
    name = speakers.most_common(5)[seed][0]
    store(engine, [unsaid(one, name) for one in articles])
    expected = graph(engine)
    empty(engine)
    store(engine, articles[:25], articles[25:])
    before = graph(engine)

    erase(engine, called(engine, name), **WHY)

    assert before != expected
    assert differing(graph(engine), expected) == {}
    assert differing(again(engine, articles, seed), expected) == {}


def a_conversation() -> ResolvedArticle:
    """The minister repeats what Orlov says, and speaks of him; Orlov speaks of Ann Stone, told by an unnamed source."""
    one = says("Ida Holm", "Bill Orlov has never been to the harbour", FERRY)
    article = id_of(one.article)
    text = one.article.text
    (quotation,) = one.attributions
    orlov, stone, aide = (
        Party(key, kind, name, (name,), affiliations=bodies)
        for key, kind, name, bodies in (
            (person_key("Bill Orlov", article), SpeakerType.PERSON, "Bill Orlov", ()),
            (person_key("Ann Stone", article), SpeakerType.PERSON, "Ann Stone", ()),
            (f"unnamed:{article}:an aide", SpeakerType.UNNAMED_SOURCE, "an aide", ("organization:harbour board",)),
        )
    )
    board = Party("organization:harbour board", SpeakerType.ORGANIZATION, "Harbour Board", ("Harbour Board",))
    at = text.index("Bill Orlov")
    mention = ResolvedMention(Span(at, at + len("Bill Orlov")), orlov.key)
    relayed = (ChainLink(ReportingRole.RELAYER, "Orlov", orlov.key), *quotation.relayers)
    because = (*quotation.reasons, Reason(Stage.RESOLVE, "relayer", None, "Orlov: told by others"))
    minister = replace(quotation, mentions=(mention,), relayers=relayed, reasons=because)
    harbour = text.index("The harbour")
    content = Span(harbour, text.index(".", harbour))
    inner = replace(quotation.quotation, content=(content,), source=(), cue=())
    ship = ResolvedMention(Span(harbour, harbour + 11), stone.key)
    by_aide = (ChainLink(ReportingRole.RELAYER, "an aide", aide.key),)
    his = replace(quotation, quotation=inner, speaker=orlov.key, mentions=(ship,), relayers=by_aide, said=None)
    parties = {**one.parties, **{party.key: party for party in (orlov, stone, aide, board)}}
    return replace(one, parties=parties, attributions=(minister, his))


def test_what_others_said_of_him_and_passed_on_loses_him(engine: Engine) -> None:
    """The link loses party and name, the mention goes; whom he alone named goes with his words."""
    talk, other = a_conversation(), says("Bill Orlov", "Steel is dear these days", TUNNEL)
    store(engine, [unsaid(talk, "Bill Orlov"), unsaid(other, "Bill Orlov")])
    expected = graph(engine)
    empty(engine)
    store(engine, [talk, other])
    assert len(people(engine)) == 3

    erase(engine, called(engine, "Bill Orlov"), **WHY)

    assert differing(graph(engine), expected) == {}
    with engine.connect() as connection:
        link = tables.ReportingLink.__table__  # type: ignore[attr-defined]
        links = connection.execute(select(link.c.role, link.c.name, link.c.speaker_id).order_by(link.c.position)).all()
    assert [(row.role, row.name) for row in links][:2] == [("SPEAKER", "Ida Holm"), ("RELAYER", "")]
    assert links[1].speaker_id is None
    assert {row[2] for row in graph(engine)["speaker"]} == {"Ida Holm", "Norwire"}
    assert differing(again(engine, [talk, other]), expected) == {}


LATER = [
    says("Jon Vik", "Captains slept on the bridge", FERRY, role="mayor"),
    says("Jon Vik", "Anchors will be raised on Sunday", FERRY),
    says("Vik", "Divers were paid in herring", FERRY),
    says("Jon Vik", "Excavators go home in autumn", TUNNEL, role="Danish transport minister"),
    says("Jon Vik", "Pumps were lent by the army", TUNNEL),
    says("Vik", "Springs are older than drills", TUNNEL),
]


@pytest.mark.parametrize("together", [True, False])
def test_another_person_of_the_name_stays_and_later_articles_tell_them_apart(engine: Engine, together: bool) -> None:
    """The mayor is erased, by full name and by single name; the minister of the tunnel is not."""
    store(engine, NAMESAKES)
    mayor = people(engine)["Nobody will sail before the inquiry"]

    erase(engine, mayor, **WHY)
    store(engine, *([LATER] if together else [[one] for one in LATER]))

    said = people(engine)
    assert set(said) == {
        "Concrete is cheaper than it was",
        "Trains will run in seven years",
        "Geologists have warned about water",
        "Excavators go home in autumn",
        "Pumps were lent by the army",
        "Springs are older than drills",
    }
    assert len(set(said.values())) == 1
    # A single name alone is known by articles like it that are there already.
    assert differing(graph(engine), again(engine, [*NAMESAKES, *LATER], None)) == {}


def test_every_spelling_of_the_name_is_known_again(engine: Engine) -> None:
    """Duncan Rait is Raite in another article, and Rait in a third; other people stay."""
    store(engine, SPELLINGS)
    rait = people(engine)["Ropes were frozen in the morning"]

    erase(engine, rait, **WHY)
    store(engine, [says("Duncan Raite", "Gloves were lost as well", TUNNEL)])
    store(engine, SPELLINGS)

    assert set(people(engine)) == {"Steel is dear these days", "Rails come from the north"}


def test_a_single_name_is_known_again_in_its_article_whatever_that_is_called(engine: Engine) -> None:
    """It comes into a database without anything like it, with an address that it did not have."""
    one = says("Zorbek", "Windows rattled the whole evening", FERRY)
    store(engine, [one])
    erase(engine, people(engine)["Windows rattled the whole evening"], **WHY)
    raw = replace(one.article.raw, url="https://post.example/windows")
    at_an_address = replace(one, article=replace(one.article, raw=raw))
    other = says("Zorbek", "Shutters were torn off", TUNNEL)

    again(engine, [at_an_address, other])

    assert set(people(engine)) == {"Shutters were torn off"}


def test_a_name_that_people_merged_with_his_is_his_though_no_article_has_it_now(engine: Engine) -> None:
    """The article of the other name went before he did."""
    bill, vilem = (
        says(f"{name} Orlov", f"{name} is back", about) for name, about in (("Bill", TUNNEL), ("Vilém", FERRY))
    )
    store(engine, [bill, vilem])
    said = people(engine)
    deciding.merge_speakers(engine, said["Bill is back"], [said["Vilém is back"]], by="ada", at=NOW)
    with writing(engine) as connection:
        remove(connection, [id_of(vilem.article)], NOW)
    erase(engine, people(engine)["Bill is back"], **WHY)

    store(engine, [vilem])

    assert not people(engine)


def test_later_articles_with_the_name_alone_bring_nobody(engine: Engine) -> None:
    """An article that is nothing like the others, and a title before the name."""
    store(engine, [says("Bill Orlov", "Steel is dear these days", TUNNEL)])
    erase(engine, people(engine)["Steel is dear these days"], **WHY)

    store(engine, [says("Dr Bill Orlov", "Gulls are no fish", FERRY), says("Ann Stone", "Nets are dear", FERRY)])

    assert set(people(engine)) == {"Nets are dear"}


def test_what_people_merged_split_and_gave_to_him_goes_and_stays_away(engine: Engine) -> None:
    """Vilém is Bill, and what Ann Stone was quoted with was Bill's."""
    articles = [
        says("Bill Orlov", "Steel is dear these days", TUNNEL),
        says("Vilém Orlov", "Rails come from the north", FERRY),
        says("Ann Stone", "Nets are dear", FERRY),
        says("Ann Stone", "Herring is back", TUNNEL),
    ]
    store(engine, articles)
    said = people(engine)
    bill = said["Steel is dear these days"]
    deciding.merge_speakers(engine, bill, [said["Rails come from the north"]], by="ada", at=NOW)
    with engine.connect() as connection:
        query = select(tables.Report.id).where(tables.Report.text == "Nets are dear")
        report = connection.execute(query).scalar_one()
    deciding.reattribute(engine, report, bill, by="ada", at=NOW)

    erase(engine, bill, **WHY)

    assert set(people(engine)) == {"Herring is back"}
    expected = graph(engine)
    assert differing(again(engine, articles), expected) == {}


@pytest.mark.parametrize("erased_one", ["Ann Smith", "Ann B. Smith"])
def test_whoever_was_split_off_is_somebody_else(engine: Engine, erased_one: str) -> None:
    """One of two Ann Smiths is erased, the other stays."""
    words = {"Ann Smith": "Ropes were frozen in the morning", "Ann B. Smith": "Concrete is cheaper than it was"}
    articles = [says("Ann Smith", words["Ann Smith"], FERRY), says("Ann B. Smith", words["Ann B. Smith"], TUNNEL)]
    later = [says("Ann Smith", "Snow fell early", FERRY), says("Ann B. Smith", "Drills were late", TUNNEL)]
    store(engine, articles)
    deciding.split_speaker(engine, people(engine)[words["Ann Smith"]], aliases=["Ann B. Smith"], by="ada", at=NOW)
    stays = ({"Ann Smith", "Ann B. Smith"} - {erased_one}).pop()

    erase(engine, people(engine)[words[erased_one]], **WHY)
    store(engine, later)

    assert set(people(engine)) == {words[stays], "Snow fell early" if stays == "Ann Smith" else "Drills were late"}
    assert len(set(people(engine).values())) == 1


def decided(engine: Engine) -> str:
    """All that decisions keep."""
    with engine.connect() as connection:
        found = [*connection.execute(select(tables.Decision.__table__))]  # type: ignore[attr-defined]
        found += [*connection.execute(select(tables.DecisionAbout.__table__))]  # type: ignore[attr-defined]
    return repr(found).casefold()


def test_no_decision_keeps_the_name(engine: Engine) -> None:
    """Neither in words, nor as an alias, nor in a reason, nor what he said; and all of them can be taken back."""
    store(
        engine,
        [
            says("Bill Orlov", "Steel is dear these days", TUNNEL),
            says("Vilém Orlov", "Rails come from the north", FERRY),
            says("Bill X. Orlov", "Oil is dear as well", TUNNEL),
            says("Ann Stone", "Nets are dear", FERRY),
        ],
    )
    said = people(engine)
    bill, stone = said["Steel is dear these days"], said["Nets are dear"]
    report = {words: _report(engine, words) for words in said}
    taken = [
        deciding.merge_speakers(engine, bill, [said["Rails come from the north"]], by="ada", at=NOW),
        deciding.set_said_on(engine, _statement(engine, "Steel is dear these days"), "2022-01-03", by="ada", at=NOW),
        deciding.reattribute(engine, report["Nets are dear"], stone, by="ada", at=NOW, reason="not Bill  ORLOV"),
        deciding.split_speaker(engine, bill, aliases=["Bill X. Orlov"], by="ada", at=NOW, reason="Orlov's son"),
    ]
    deciding.revert(engine, taken[0], by="ada", at=NOW, reason="Orlov is not Vilem")
    before = decided(engine)
    assert all(name in before for name in ("vilém orlov", "not bill  orlov", "steel is dear", "bill x. orlov"))

    # The one without X, then the one who was split off.
    erase(engine, people(engine)["Steel is dear these days"], **WHY)
    erase(engine, people(engine)["Oil is dear as well"], **WHY)

    kept = decided(engine)
    assert "orlov" not in kept.replace("vilém orlov", "")
    assert "steel is dear" not in kept
    assert kept.count("asked for it") == 2
    for decision in taken[1:]:
        deciding.revert(engine, decision, by="ada", at=NOW)
    assert set(people(engine)) == {"Nets are dear", "Rails come from the north"}


def test_the_authority_file_loses_him_and_does_not_bring_him_again(engine: Engine) -> None:
    """Its names are his names."""
    store(engine, [says("Bill Orlov", "Steel is dear these days", TUNNEL)])
    entry = Entry("Bill Orlov", ("William Orlov", "Billy"), (("mayor", "2010", ""),), "Q1")
    deciding.import_people(engine, [entry, Entry("Ann Stone", (), (), "Q2")], NOW)

    erase(engine, people(engine)["Steel is dear these days"], **WHY)

    assert {row[1] for row in graph(engine)["authority"]} == {"Ann Stone"}
    assert "Orlov" not in repr([found for name, found in graph(engine).items() if name not in ("article", "source")])
    with pytest.raises(DecisionError, match="'Bill Orlov': a person of this name was erased"):
        deciding.import_people(engine, [entry], NOW)
    store(engine, [says("William Orlov", "Ships are dear", FERRY)])
    assert not people(engine)


def test_it_is_all_or_nothing(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """What breaks in the middle leaves everything as it was."""
    store(engine, SPELLINGS)
    rait = people(engine)["Ropes were frozen in the morning"]
    before = stored(engine)

    def broken(*arguments: Any, **options: Any) -> None:
        raise RuntimeError("in the middle")

    monkeypatch.setattr(statements, "remerge", broken)
    with pytest.raises(RuntimeError, match="in the middle"):
        erase(engine, rait, **WHY)

    assert stored(engine) == before


def test_what_is_passed_over_is_counted(engine: Engine) -> None:
    """Each quotation, speaker and mention once: they add up to as many as before."""
    talk = a_conversation()
    counts = {"quotation: stored": 2, "speaker: named": 2, "mention: resolved": 2, "quotation: furniture": 1}
    talk = replace(talk, counts=counts)
    store(engine, [talk])
    erase(engine, called(engine, "Bill Orlov"), **WHY)

    run = load.begin(engine, "test 2", NOW)
    counted = load.store(engine, run, [Prepared.of(talk)], [], {"article: updated": 1, **counts})

    assert counted == {
        "article: updated": 1,
        "quotation: furniture": 1,
        "quotation: stored": 1,
        erased.QUOTATION: 1,
        "speaker: named": 1,
        erased.SPEAKER: 1,
        erased.MENTION: 2,
    }
    with engine.connect() as connection:
        outcome = rows.table_of(tables.LoadOutcome)
        query = select(outcome.c.outcome, outcome.c.count).join(tables.Load, tables.Load.id == outcome.c.load_id)
        kept = connection.execute(query.where(tables.Load.method == "test 2")).all()
    assert {row.outcome: row[1] for row in kept} == counted


def test_who_is_no_person_or_named_in_the_reason_is_refused(engine: Engine) -> None:
    """The value, and the way out; nothing is written."""
    store(engine, SPELLINGS)
    before = stored(engine)
    rait, nobody = people(engine)["Ropes were frozen in the morning"], UUID(int=7)

    with pytest.raises(DecisionError, match=f"{nobody} is not there; look the id up again"):
        erase(engine, nobody, **WHY)
    with pytest.raises(DecisionError, match="is an organization, no person"):
        erase(engine, called(engine, "Norwire"), **WHY)
    with pytest.raises(DecisionError, match="would keep the name: Duncan Rait, Rait; give one without it"):
        erase(engine, rait, by="ada", at=NOW, reason="DUNCAN RAIT, by letter")
    assert stored(engine) == before


def _report(engine: Engine, words: str) -> UUID:
    with engine.connect() as connection:
        return connection.execute(select(tables.Report.id).where(tables.Report.text == words)).scalar_one()


def _statement(engine: Engine, words: str) -> UUID:
    with engine.connect() as connection:
        return connection.execute(select(tables.Statement.id).where(tables.Statement.text == words)).scalar_one()
