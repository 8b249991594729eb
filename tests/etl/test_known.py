"""What a record adds to an article that is stored already."""

from dataclasses import replace
from uuid import UUID

import pytest

from etl.known import Known, Settled, settle
from etl.load.articles import Held, Stored
from etl.records import RawArticle, Refused
from schema.dates import parse_edtf
from schema.keys import text_hash

RAW = RawArticle("feed.jsonl:1", "Ferries sail.", source="The Fjord Post", external_id="7", language="en")


def known(*stored: RawArticle, earlier: tuple[str, ...] = ()) -> Known:
    """A database that holds these articles (else the one above), and earlier texts of the first."""
    stored = stored or (RAW,)
    texts: dict[str, list[UUID]] = {}
    for raw in stored:
        texts.setdefault(text_hash(raw.text), []).append(raw.id)
    return Known(
        {
            raw.id: Stored(
                text_hash(raw.text),
                frozenset(map(text_hash, (raw.text, *(earlier if raw is stored[0] else ())))),
                raw,
                source_known=raw.outlet is not None,
            )
            for raw in stored
        },
        Held(
            {name: raw.id for raw in stored for name in (raw.external_id, *raw.further_ids) if name},
            {raw.url: raw.id for raw in stored if raw.url},
            texts,
        ),
    )


def kept(raw: RawArticle, known: Known) -> RawArticle:
    """The record as it is stored, in the place of no other article."""
    settled = settle(raw, known)
    assert isinstance(settled, Settled)
    assert not settled.replaces
    return settled.raw


def test_an_article_nobody_has_is_stored_as_given() -> None:
    """Nothing is filled in from elsewhere."""
    assert kept(RAW, Known()) == RAW


def test_the_same_record_again_adds_nothing() -> None:
    """From another file as well."""
    assert settle(replace(RAW, place="other.json"), known()) is None


def test_a_later_record_fills_in_what_was_missing() -> None:
    """A headline and a date for a text that came without."""
    later = replace(RAW, headline="Ferries", published_on=parse_edtf("2022-01-18"), language="en-GB")

    assert kept(later, known()) == later


def test_a_later_record_does_not_contradict_the_same_text() -> None:
    """Otherwise two files would take turns at every load."""
    assert settle(replace(RAW, headline="Other"), known(replace(RAW, headline="Ferries"))) is None


def test_a_known_outlet_fills_in_an_unknown_one_and_not_the_other_way_round() -> None:
    """No outlet is no contradiction."""
    nobody = replace(RAW, source=None)

    assert kept(RAW, known(nobody)).source == "The Fjord Post"
    assert settle(nobody, known()) is None


def test_an_outlets_name_alone_is_the_outlet_of_that_name_and_a_domain() -> None:
    """The url of a later feed brings the domain; another name, or another domain, is another outlet."""
    by_name = replace(RAW, external_id=None)
    with_domain = replace(by_name, url="https://fjordpost.example/7", domain="fjordpost.example")
    settled = settle(with_domain, known(by_name))

    assert settled == Settled(replace(with_domain, external_id=None), frozenset({by_name.id}))
    assert settle(by_name, known(with_domain)) is None
    assert kept(replace(with_domain, source="Coast Radio"), known(by_name)).source == "Coast Radio"
    other = replace(with_domain, url=None, domain="other.example")
    assert kept(other, known(with_domain)).domain == "other.example"


def test_another_outlet_for_a_known_article_is_refused() -> None:
    """Two feeds that number their articles alike would overwrite each other."""
    settled = settle(replace(RAW, source="Coast Radio", text="Other."), known())

    assert isinstance(settled, Refused)
    assert settled.reason == "identity-conflict"
    assert "Coast Radio" in settled.detail
    assert "The Fjord Post" in settled.detail


def test_a_text_not_seen_before_replaces_the_present_one() -> None:
    """With what the new record lacks kept from the old one."""
    settled = kept(replace(RAW, text="Ferries sail late."), known(replace(RAW, headline="Ferries")))

    assert settled.text == "Ferries sail late."
    assert settled.headline == "Ferries"


def test_an_earlier_text_does_not_come_back() -> None:
    """Both files in one folder, loaded every night."""
    assert settle(RAW, known(replace(RAW, text="Ferries sail late."), earlier=(RAW.text,))) is None


BARE = RawArticle("a.txt", "Ferries sail.")
URL = "https://fjord.example/1"


@pytest.mark.parametrize(
    "later",
    [
        replace(BARE, url=URL),
        replace(BARE, external_id="7"),
        replace(BARE, source="The Fjord Post"),
        replace(BARE, source="The Fjord Post", url=URL, external_id="7"),
    ],
    ids=["url", "external id", "outlet", "all"],
)
def test_what_tells_an_article_from_others_may_come_after_its_text(later: RawArticle) -> None:
    """In either order it is one article under one id."""
    dated = replace(BARE, published_on=parse_edtf("2022-01-18"))

    settled = settle(later, known(dated))

    assert isinstance(settled, Settled)
    assert settled.raw.id == later.id != BARE.id
    assert settled.raw.published_on == dated.published_on
    assert settled.replaces == {BARE.id}
    assert settle(BARE, known(settled.raw)) is None


def test_one_url_in_two_feeds_is_one_article_with_both_external_ids() -> None:
    """Called by the first of them, whichever came first."""
    first, second = replace(RAW, url=URL, external_id="8"), replace(RAW, url=URL, external_id="7")

    assert kept(first, known(second)) == replace(second, further_ids=("8",))
    settled = settle(second, known(first))

    assert isinstance(settled, Settled)
    assert (settled.raw.id, settled.raw.further_ids) == (second.id, ("8",))
    assert settled.replaces == {first.id}


def test_a_record_joins_the_articles_of_its_external_id_and_its_url() -> None:
    """What nobody knew of the two until now."""
    named, placed = replace(RAW, headline="Ferries"), replace(RAW, external_id=None, url=URL, text="Ferries sail late.")

    settled = settle(replace(RAW, url=URL), known(named, placed))

    assert isinstance(settled, Settled)
    assert settled.raw == replace(RAW, url=URL, headline="Ferries")
    assert settled.replaces == {placed.id}


def test_a_record_with_external_ids_of_two_feeds_joins_their_articles() -> None:
    """As an export has them, loaded where each feed came alone."""
    seventh, eighth = RAW, replace(RAW, external_id="8", text="Ferries sail late.")

    settled = settle(replace(RAW, further_ids=("8", "9")), known(seventh, eighth))

    assert isinstance(settled, Settled)
    assert settled.raw.external_ids == ("7", "8", "9")
    assert settled.replaces == {eighth.id}


def test_one_text_of_two_outlets_is_two_articles() -> None:
    """Copies, and no conflict."""
    other = replace(BARE, source="Coast Radio")

    assert kept(other, known(replace(BARE, source="The Fjord Post"))) == other


def test_one_text_at_two_urls_is_two_articles() -> None:
    """Reprinted by the same outlet."""
    other = replace(BARE, url="https://fjord.example/2")

    assert kept(other, known(replace(BARE, url=URL))) == other


def test_which_of_two_articles_a_bare_text_is_is_not_guessed() -> None:
    """It stands for itself."""
    outlets = [replace(BARE, source=name, url=f"https://{name}.example/1") for name in ("fjord", "coast")]

    assert kept(BARE, known(*outlets)) == BARE
    assert settle(BARE, known(*outlets, BARE)) is None


def test_a_url_of_another_outlet_is_refused() -> None:
    """Somebody's feed is wrong."""
    settled = settle(replace(RAW, url=URL, external_id="8", source="Coast Radio"), known(replace(RAW, url=URL)))

    assert isinstance(settled, Refused)
    assert settled.reason == "identity-conflict"
