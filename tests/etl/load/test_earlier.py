"""Reports of texts that articles have no longer: withdrawn, readable, and of no account. Both databases."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine, select

from etl.load import rows
from etl.load.articles import id_of
from etl.load.removal import remove
from etl.records import Attribution, ChainLink, CleanArticle, Party, RawArticle, ResolvedArticle, ResolvedMention, Span
from etl.resolve.names import person_key
from schema import tables
from schema.database import writing
from schema.enums import ReportingRole, SpeakerType
from schema.keys import article_id, earlier_report_id, report_id, speaker_id, statement_id, text_hash
from tests.etl.load.test_identities import FERRY, TUNNEL, empty, people, says
from tests.etl.load.test_store import NOW, an_article, store, stored

LATER = NOW + timedelta(days=1)
SAILS = "The ferry will sail from Skarvik in March with forty lorries"
DEAR = "Steel is dear these days and nobody wants to pay for it"
MINISTRY = Party("organization:harbour ministry", SpeakerType.ORGANIZATION, "Harbour Ministry", ("Harbour Ministry",))


def a_text(
    name: str, words: str, *, before: str = "", about: str = FERRY, called: str = "corrected", role: str = ""
) -> ResolvedArticle:
    """A text of an article: what stands before it, then somebody of this name says the words to somebody else.

    A name that begins with a small letter is that of an unnamed source of the ministry.
    """
    made = says("Ida Holm", words, about, external_id=called)
    body = f"{before}“{words},” {name} told Jon Vik on Monday. {about}."
    key = article_id(called, None, body)
    start = len(before)
    if name[0].islower():
        who = Party(f"unnamed:{key}:{name}", SpeakerType.UNNAMED_SOURCE, name, (name,), affiliations=(MINISTRY.key,))
    else:
        who = Party(person_key(name, key), SpeakerType.PERSON, name, (name,), (role,) if role else ())
    other = Party("person:jon vik", SpeakerType.PERSON, "Jon Vik", ("Jon Vik",))
    content = Span(start, start + len(words) + 3)
    quotation = replace(
        made.attributions[0].quotation,
        content=(content,),
        source=(Span(content.end + 1, content.end + 1 + len(name)),),
        cue=(Span(body.index("told"), body.index("told") + 4),),
    )
    attribution = Attribution(
        quotation,
        who.key,
        relayers=(ChainLink(ReportingRole.RELAYER, "Jon Vik", other.key),),
        mentions=(ResolvedMention(Span(start + 1, start + 4), other.key),),
    )
    raw = replace(made.article.raw, text=body, source="Fjord Post")
    parties = {one.key: one for one in (who, other, MINISTRY)[: 3 if who.affiliations else 2]}
    return ResolvedArticle(CleanArticle(raw, "en"), parties, (attribution,))


def all_reports(engine: Engine) -> list[tables.Report]:
    """Every report, withdrawn ones first, then in the order of the words."""
    with engine.connect() as connection:
        return list(
            connection.execute(
                select(tables.Report.__table__).order_by(tables.Report.withdrawn_at.is_(None), tables.Report.text)
            )
        )


def place_of(article: ResolvedArticle) -> tuple[UUID, list[tuple[int, int]]]:
    """The article, and where in its text its report stands, without the quotation marks."""
    (content,) = article.attributions[0].quotation.content
    text = article.article.text
    start, end = content.start + 1, content.end - 2
    assert text[content.start] == "“"
    return id_of(article.article), [(start, end)]


def test_a_report_that_the_new_text_does_not_carry_stays_withdrawn(engine: Engine) -> None:
    """Since the load that brought the new text; its words, chain and reasons are those of the text that it is of."""
    old, new = a_text("Ida Holm", SAILS), a_text("Una Fell", DEAR, before="Corrected. ")
    store(engine, [old])
    (before,) = all_reports(engine)
    hanging = {
        model: _hanging(engine, model, before.id)
        for model in (tables.ReportSpan, tables.ReportReason, tables.ReportingLink, tables.Mention, tables.LinkProfile)
    }

    store(engine, [new], now=LATER)

    withdrawn, living = all_reports(engine)
    assert withdrawn._asdict() == before._asdict() | {
        "withdrawn_at": LATER,
        "text_hash": text_hash(old.article.text),
    }
    assert all(found and found == _hanging(engine, model, before.id) for model, found in hanging.items())
    assert (living.text, living.withdrawn_at, living.text_hash) == (DEAR, None, None)


def _hanging(engine: Engine, model: type, report: UUID) -> list[object]:
    table = rows.table_of(model)
    with engine.connect() as connection:
        return sorted(connection.execute(select(table).where(table.c.report_id == report)), key=repr)


def test_what_the_new_text_carries_at_the_same_place_in_the_same_words_lives_on(engine: Engine) -> None:
    """Whatever stands after it."""
    store(engine, [a_text("Ida Holm", SAILS)])
    before = stored(engine)["report"]

    store(engine, [a_text("Ida Holm", SAILS, about=f"{FERRY}. Corrected")], now=LATER)

    assert stored(engine)["report"] == before


def test_other_words_at_the_same_place_take_the_id(engine: Engine) -> None:
    """The withdrawn report has one of its own, and everything that hung on it."""
    old, new = a_text("Ida Holm", SAILS), a_text("Ida Holm", SAILS.replace("forty", "fifty"))
    store(engine, [old])
    place, (before,) = place_of(old), all_reports(engine)
    assert before.id == report_id(*place)
    hanging = [row[1:] for row in _hanging(engine, tables.ReportingLink, before.id)]

    store(engine, [new], now=LATER)

    withdrawn, living = all_reports(engine)
    assert (living.id, living.text) == (before.id, SAILS.replace("forty", "fifty"))
    assert (withdrawn.id, withdrawn.text) == (earlier_report_id(*place, text_hash(old.article.text)), SAILS)
    assert withdrawn.own_statement_id == statement_id([withdrawn.id])
    assert [row[1:] for row in _hanging(engine, tables.ReportingLink, withdrawn.id)] == hanging


def test_words_that_come_back_are_the_report_of_before(engine: Engine) -> None:
    """At the same place, in a third text."""
    texts = [a_text("Ida Holm", SAILS), a_text("Ida Holm", DEAR), a_text("Ida Holm", SAILS, about=TUNNEL)]
    store(engine, [texts[0]])
    first = all_reports(engine)[0].id

    store(engine, *([text] for text in texts[1:]), now=LATER)

    withdrawn, living = all_reports(engine)
    assert (living.id, living.text, withdrawn.text) == (first, SAILS, DEAR)


def test_words_that_moved_are_one_remark_with_those_of_before(engine: Engine) -> None:
    """Somebody who knows the statement of before is led to that of now."""
    store(engine, [a_text("Ida Holm", SAILS)])
    (before,) = all_reports(engine)

    store(engine, [a_text("Ida Holm", SAILS, before="Corrected. ")], now=LATER)

    withdrawn, living = all_reports(engine)
    assert withdrawn.id == before.id
    assert withdrawn.own_statement_id == before.statement_id
    assert withdrawn.statement_id == living.statement_id == statement_id([living.id])


@pytest.mark.parametrize("name", ["Ida Holm", "a senior official"])
def test_so_are_words_that_tell_nothing(engine: Engine, name: str) -> None:
    """ "No" is like nothing else, but for another text of its article."""
    store(engine, [a_text(name, "No")], [a_text(name, "No", before="Corrected. ")])

    withdrawn, living = all_reports(engine)
    assert (withdrawn.text, withdrawn.statement_id) == ("No", living.statement_id)


def test_a_remark_that_another_article_carries_is_that_articles_now(engine: Engine) -> None:
    """Whichever comes first; the withdrawn report is no source of it and dates nothing."""
    old, new = a_text("Ida Holm", SAILS), a_text("Una Fell", DEAR, about=TUNNEL)
    other = a_text("Ida Holm", SAILS, before="Elsewhere. ", called="other", about=f"{FERRY} once more")
    other = replace(other, article=replace(other.article, raw=replace(other.article.raw, source="Coast Radio")))
    store(engine, [old, other], [new])
    first = stored(engine)
    empty(engine)

    store(engine, [old], [new], [other])

    assert stored(engine) == first
    withdrawn, *living = all_reports(engine)
    of_other = next(one for one in living if one.text == SAILS)
    assert withdrawn.statement_id == of_other.statement_id
    with engine.connect() as connection:
        table = rows.table_of(tables.Statement)
        found = connection.execute(select(table).where(table.c.id == of_other.statement_id)).one()
    assert (found.independent_source_count, found.id) == (1, statement_id([of_other.id]))


def test_a_withdrawn_report_makes_no_one_remark_of_two(engine: Engine) -> None:
    """A text that carried both did; the text of now carries neither."""
    queues = "Lorries will sail to Lunde as well, and nobody will have to queue at the customs house"
    early = an_article(SAILS, source="The Fjord Post", on="2022-01-18", filler=FERRY)
    late = an_article(queues, source="Coast Radio", on="2022-01-26", filler=TUNNEL)
    between = an_article(f"{SAILS}. {queues}", source="Dagny Weekly", on="2022-01-22")
    between, after = (_called(one, "corrected") for one in (between, an_article(DEAR, on="2022-01-22")))
    store(engine, [early, late], [between])
    assert len(people(engine)) == 1

    store(engine, [after])

    assert {SAILS, queues, DEAR} == set(people(engine))


def _called(article: ResolvedArticle, external_id: str) -> ResolvedArticle:
    raw: RawArticle = replace(article.article.raw, external_id=external_id, source="Dagny Weekly")
    return replace(article, article=replace(article.article, raw=raw))


def test_what_nothing_carries_any_more_is_a_statement_of_no_event(engine: Engine) -> None:
    """By the same speaker, under the same id; the speaker stays, as one does whose reports were refused."""
    store(engine, [a_text("Ida Holm", SAILS)])
    (before,) = all_reports(engine)

    store(engine, [a_text("Una Fell", DEAR)], now=LATER)

    with engine.connect() as connection:
        table = rows.table_of(tables.Statement)
        row = connection.execute(select(table).where(table.c.id == all_reports(engine)[0].statement_id)).one()
        names = set(connection.execute(select(tables.Speaker.name)).scalars())
    assert (row.text, row.speaker_id, row.event_id) == (SAILS, speaker_id("person:ida holm"), None)
    assert names == {"Ida Holm", "Una Fell", "Jon Vik"}
    assert before.statement_id in {row.id, all_reports(engine)[1].own_statement_id}


def test_people_take_the_links_of_withdrawn_reports_along(engine: Engine) -> None:
    """A single name that a later article explains, and one that no article explains any more."""
    store(engine, [a_text("Vik", SAILS, about=TUNNEL)], [a_text("Una Fell", DEAR, about=TUNNEL)])
    own = speaker_id(person_key("Vik", article_id("corrected", None, "")))
    assert _speakers(engine, SAILS) == {own}
    explains = says("Jon Vik", "Trains will run in seven years", TUNNEL, external_id="explains")

    store(engine, [explains])
    assert _speakers(engine, SAILS) == {speaker_id("person:jon vik")}

    store(engine, [a_text("Una Fell", DEAR, about=TUNNEL)], now=LATER)
    assert _speakers(engine, SAILS) == {speaker_id("person:jon vik")}


def _speakers(engine: Engine, words: str) -> set[UUID]:
    """Whom the first link of the reports of these words names, and who is said to have said them."""
    link, report = tables.ReportingLink, tables.Report
    chain = select(link.speaker_id).join(report).where(report.text == words, link.role == ReportingRole.SPEAKER)
    said = select(tables.Statement.speaker_id).join(report).where(report.text == words)
    with engine.connect() as connection:
        return {*connection.execute(chain).scalars(), *connection.execute(said).scalars()}


NAMES = ["Jon Vik", "Vik", "Ida Holm", "Ida Kristine Holm", "Holm", "a senior official", "an aide"]
WORDS = [SAILS, SAILS.replace("forty", "fifty"), f"{SAILS} and nobody will wait", DEAR, f"{DEAR} or sail for it", "No"]


def some_texts(chance: random.Random) -> list[list[ResolvedArticle]]:
    """Of some articles the texts that each had, one after the other."""
    made: list[list[ResolvedArticle]] = []
    for number in range(4):
        its = [
            a_text(
                chance.choice(NAMES),
                chance.choice(WORDS),
                before="Corrected. " * chance.randrange(3),
                about=chance.choice([FERRY, TUNNEL]),
                role=chance.choice(["", "mayor", "Danish transport minister"]),
                called=f"article {number}",
            )
            for _ in range(chance.randint(1, 4))
        ]
        # None comes back: no load has that.
        made.append(list({one.article.text: one for one in its}.values()))
    return made


@pytest.mark.parametrize("seed", range(5))
def test_the_rows_are_the_same_in_whatever_batches_texts_come(engine: Engine, seed: int) -> None:
    """Those of each article in one order; among them names that mean somebody else in the end."""
    chance = random.Random(seed)
    texts = some_texts(chance)
    store(engine, *_batches([list(its) for its in texts], chance))
    expected = stored(engine)
    empty(engine)

    store(engine, *_batches([list(its) for its in texts], chance))

    assert stored(engine) == expected


def _batches(left: list[list[ResolvedArticle]], chance: random.Random) -> Sequence[list[ResolvedArticle]]:
    """All of them, no batch with two texts of one article."""
    made = []
    while any(left):
        there = [its for its in left if its]
        made.append([its.pop(0) for its in chance.sample(there, chance.randint(1, len(there)))])
    return made


@pytest.mark.parametrize("seed", range(2))
def test_the_same_texts_again_change_no_row(engine: Engine, seed: int) -> None:
    """A record that adds a headline writes its article again."""
    texts = some_texts(random.Random(seed))
    store(engine, *_batches([list(its) for its in texts], random.Random(seed)))
    expected = stored(engine)

    store(engine, [its[-1] for its in texts], now=LATER)

    assert stored(engine) == expected


def test_no_row_of_an_article_that_goes_stays(engine: Engine) -> None:
    other = an_article("Taxes on diesel will double before the summer", source="Dagny Weekly")
    texts = some_texts(random.Random(1))
    store(engine, [other])
    expected = stored(engine)
    store(engine, *_batches([list(its) for its in texts], random.Random(1)))

    with writing(engine) as connection:
        remove(connection, {id_of(its[0].article) for its in texts}, LATER)

    assert stored(engine) == expected
