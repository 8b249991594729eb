"""What a batch leaves in the database: the same rows whatever the order, the batches and the repetitions."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from etl import load
from etl.load.prepared import Prepared
from etl.records import (
    Attribution,
    ChainLink,
    CleanArticle,
    Party,
    Quotation,
    RawArticle,
    Reason,
    ResolvedArticle,
    ResolvedMention,
    SayingDate,
    Span,
)
from schema import tables
from schema.dates import parse_edtf
from schema.enums import Act, AttributionBasis, ReportingRole, SpeakerType, Stage, StatementKind
from schema.tables import metadata

NOW = datetime(2022, 1, 20, 12, tzinfo=UTC)
MINISTER = Party("person:ida holm", SpeakerType.PERSON, "Ida Holm", ("Ida Holm", "Holm"), ("transport minister",))
AGENCY = Party("organization:norwire", SpeakerType.ORGANIZATION, "Norwire", ("Norwire",))


def an_article(
    words: str, *, source: str = "The Fjord Post", on: str = "2022-01-18", filler: str = "", speaker: Party = MINISTER
) -> ResolvedArticle:
    """An article in which the speaker says the words on Monday, to the agency."""
    body = (
        f"“{words},” {speaker.name} told Norwire on Monday. The harbour ferries, tunnels and bridges. {filler} 🚢\r\n"
    )
    content = Span(0, len(words) + 3)
    quotation = Quotation(
        content=(content,),
        source=(Span(content.end + 1, content.end + 1 + len(speaker.name)),),
        cue=(Span(body.index("told"), body.index("told") + 4),),
        kind=StatementKind.DIRECT,
        act=Act.SPEECH,
        basis=AttributionBasis.EXPLICIT,
        confidence=0.9,
        rule="test",
        reasons=(Reason(Stage.EXTRACT, "test"),),
    )
    monday = Span(body.index("on Monday"), body.index("on Monday") + 9)
    attribution = Attribution(
        quotation,
        speaker.key,
        relayers=(ChainLink(ReportingRole.RELAYER, "Norwire", AGENCY.key),),
        mentions=(),
        said=SayingDate(monday, parse_edtf("2022-01-17")),
        reasons=(Reason(Stage.RESOLVE, "full name", 1.0),),
    )
    raw = RawArticle("test", body, source=source, published_on=parse_edtf(on))
    parties = {party.key: party for party in (speaker, AGENCY)}
    return ResolvedArticle(CleanArticle(raw, "en"), parties, (attribution,))


FERRIES = "The new ferries will sail from every northern harbour in March"
ARTICLES = [
    an_article(FERRIES, source="The Fjord Post"),
    an_article(f"{FERRIES} and nobody will wait", source="Dagny Weekly", filler="More of it."),
    an_article("Taxes on diesel will double before the summer", source="Dagny Weekly"),
    an_article(FERRIES, source="Coast Radio", on="2022-01-19", filler="Later in the day."),
    an_article("Nobody has asked the fishermen about any of this", source="Coast Radio"),
]


def stored(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the graph, instants of the system's own clock and run ids aside."""
    aside = {"updated_at", "load_id"}
    skipped = {"load", "load_outcome", "rejection", "given", "annotation", "reprocess"}
    with engine.connect() as connection:
        return {
            table.name: sorted(
                (tuple(row) for row in connection.execute(select(*(c for c in table.c if c.name not in aside)))),
                key=repr,
            )
            for table in metadata.sorted_tables
            if table.name not in skipped
        }


def store(engine: Engine, *batches: list[ResolvedArticle], now: datetime = NOW) -> None:
    """Loads the batches, one transaction each."""
    run = load.begin(engine, "test 1", now)
    for batch in batches:
        load.store(engine, run, [Prepared.of(one) for one in batch], [], {"article: added": len(batch)})
    load.finish(engine, run, {}, now)


def test_one_remark_in_three_articles_is_one_statement(engine: Engine) -> None:
    """Cut differently here, printed later there."""
    store(engine, ARTICLES)

    with engine.connect() as connection:
        statements = connection.execute(
            select(tables.Statement.text, tables.Statement.independent_source_count, tables.Statement.said_on).order_by(
                tables.Statement.independent_source_count.desc(), tables.Statement.text
            )
        ).all()

    assert statements == [
        (f"{FERRIES} and nobody will wait", 3, "2022-01-17"),
        ("Nobody has asked the fishermen about any of this", 1, "2022-01-17"),
        ("Taxes on diesel will double before the summer", 1, "2022-01-17"),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_order_and_batches_change_no_row(engine: Engine, tmp_path, seed: int) -> None:
    """The database is a function of the set of articles."""
    store(engine, ARTICLES)
    expected = stored(engine)
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(table.delete())
    shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
    cut = random.Random(seed).randrange(1, len(ARTICLES))

    store(engine, shuffled[:cut], shuffled[cut:])

    assert stored(engine) == expected


def test_a_second_load_of_the_same_articles_changes_no_row(engine: Engine) -> None:
    """Although it writes them again: the pipeline would not even do that."""
    store(engine, ARTICLES)
    expected = stored(engine)

    store(engine, ARTICLES, now=NOW + timedelta(days=1))

    assert stored(engine) == expected


def test_an_article_that_says_something_else_now_takes_its_old_reports_along(engine: Engine) -> None:
    """Neither its statement nor its speaker stays behind when nobody else has them."""
    other = Party("person:jon vik", SpeakerType.PERSON, "Jon Vik", ("Jon Vik",))
    before = an_article("Bridges are cheaper than tunnels in the end", speaker=other)
    store(engine, [*ARTICLES, before])
    raw = before.article.raw
    after = ResolvedArticle(CleanArticle(raw, "en"), {}, ())

    store(engine, [after])

    with engine.connect() as connection:
        names = connection.execute(select(tables.Speaker.name).order_by(tables.Speaker.name)).scalars().all()
        texts = connection.execute(select(tables.Statement.text)).scalars().all()
    assert names == ["Ida Holm", "Norwire"]
    assert not [words for words in texts if "Bridges" in words]


def test_a_person_is_shown_under_the_fullest_spelling_accents_before_frequency(engine: Engine) -> None:
    """Two outlets without accents do not outvote one with them."""
    plain = Party("person:zoe lind", SpeakerType.PERSON, "Zoe Lind", ("Zoe Lind", "Lind"))
    accented = Party("person:zoe lind", SpeakerType.PERSON, "Zoë Lind", ("Zoë Lind",))

    store(
        engine,
        [
            an_article("One remark about the harbour", speaker=plain),
            an_article("Another remark about the tunnel", speaker=plain, source="Dagny Weekly"),
            an_article("A third remark about the bridge", speaker=accented, source="Coast Radio"),
        ],
    )

    with engine.connect() as connection:
        names = connection.execute(
            select(tables.Speaker.name).where(tables.Speaker.type == SpeakerType.PERSON)
        ).scalars()
        assert list(names) == ["Zoë Lind"]


def test_a_slip_of_one_article_in_many_is_nobodys_name(engine: Engine) -> None:
    """However full it is."""
    slip = Party("person:zoe lind", SpeakerType.PERSON, "Harbour Zoe Lind", ("Harbour Zoe Lind",))
    usual = Party("person:zoe lind", SpeakerType.PERSON, "Zoe Lind", ("Zoe Lind",))
    articles = [
        an_article(f"Remark number {i} about the harbour", speaker=usual, source=f"Post {i}") for i in range(21)
    ]

    store(engine, [*articles, an_article("Another remark about the tunnel", speaker=slip)])

    with engine.connect() as connection:
        query = select(tables.Speaker.name).where(tables.Speaker.type == SpeakerType.PERSON)
        assert list(connection.execute(query).scalars()) == ["Zoe Lind"]


def test_spans_are_the_words_they_point_to_in_both_units(engine: Engine) -> None:
    """Code points for Python, UTF-16 units for JavaScript, with a ship before and a line end of two characters."""
    shifted = an_article(FERRIES)
    raw = shifted.article.raw
    moved = "🚢🚢\r\n" + raw.text
    quotation = shifted.attributions[0].quotation

    def later(span: Span) -> Span:
        return Span(span.start + 4, span.end + 4)

    item = ResolvedArticle(
        CleanArticle(RawArticle("test", moved, source=raw.source, published_on=raw.published_on), "en"),
        shifted.parties,
        (
            Attribution(
                Quotation(
                    tuple(map(later, quotation.content)),
                    tuple(map(later, quotation.source)),
                    tuple(map(later, quotation.cue)),
                    quotation.kind,
                    quotation.act,
                    quotation.basis,
                    quotation.confidence,
                    quotation.rule,
                ),
                MINISTER.key,
                mentions=(ResolvedMention(later(quotation.source[0]), MINISTER.key),),
            ),
        ),
    )

    store(engine, [item])

    with engine.connect() as connection:
        article = connection.execute(select(tables.Article.text)).scalar_one()
        spans = connection.execute(select(tables.ReportSpan.__table__)).all()
        report = connection.execute(select(tables.Report.__table__)).one()
    assert article == moved
    assert article[report.start : report.end] == report.exact == FERRIES
    units = moved.encode("utf-16-le")
    assert len(spans) == 3
    for span in spans:
        assert article[span.start : span.end] == span.exact
        assert units[2 * span.start_utf16 : 2 * span.end_utf16].decode("utf-16-le") == span.exact


def test_nothing_of_a_batch_is_stored_when_a_row_of_it_cannot_be(engine: Engine) -> None:
    """A batch is one transaction, its run record and its outcome counts included."""
    good, bad = ARTICLES[0], an_article("Fish are fish", source="Bad Paper")
    broken = ResolvedArticle(bad.article, {}, bad.attributions)  # its speaker is no party

    with pytest.raises(KeyError):
        store(engine, [good, broken])

    with engine.connect() as connection:
        counts = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()
            for table in ("article", "report", "load", "load_outcome", "source")
        }
    assert set(counts.values()) == {0}
