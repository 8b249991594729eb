"""What a record adds to an article that is stored already."""

from dataclasses import replace

from etl.known import Known, settle
from etl.load.articles import Stored, raw_id
from etl.records import RawArticle, Refused
from schema.dates import parse_edtf
from schema.keys import text_hash

RAW = RawArticle("feed.jsonl:1", "Ferries sail.", source="The Fjord Post", external_id="7", language="en")


def known(raw: RawArticle = RAW, *, earlier: tuple[str, ...] = ()) -> Known:
    """A database that holds this one article, and earlier texts of it."""
    hashed = text_hash(raw.text)
    texts = frozenset({hashed, *map(text_hash, earlier)})
    stored = Stored(hashed, texts, raw, source_known=raw.source is not None)
    return Known({raw_id(raw): stored}, {raw.url: raw_id(raw)} if raw.url else {})


def test_an_article_nobody_has_is_stored_as_given() -> None:
    """Nothing is filled in from elsewhere."""
    assert settle(RAW, Known({}, {})) == RAW


def test_the_same_record_again_adds_nothing() -> None:
    """From another file as well."""
    assert settle(replace(RAW, place="other.json"), known()) is None


def test_a_later_record_fills_in_what_was_missing() -> None:
    """A headline and a date for a text that came without."""
    later = replace(RAW, headline="Ferries", published_on=parse_edtf("2022-01-18"), language="en-GB")

    settled = settle(later, known())

    assert settled == later


def test_a_later_record_does_not_contradict_the_same_text() -> None:
    """Otherwise two files would take turns at every load."""
    assert settle(replace(RAW, headline="Other"), known(replace(RAW, headline="Ferries"))) is None


def test_a_known_outlet_fills_in_an_unknown_one_and_not_the_other_way_round() -> None:
    """No outlet is no contradiction."""
    nobody = replace(RAW, source=None)

    settled = settle(RAW, known(nobody))

    assert isinstance(settled, RawArticle)
    assert settled.source == "The Fjord Post"
    assert settle(nobody, known()) is None


def test_another_outlet_for_a_known_article_is_refused() -> None:
    """Two feeds that number their articles alike would overwrite each other."""
    settled = settle(replace(RAW, source="Coast Radio", text="Other."), known())

    assert isinstance(settled, Refused)
    assert settled.reason == "identity-conflict"
    assert "Coast Radio" in settled.detail
    assert "The Fjord Post" in settled.detail


def test_a_text_not_seen_before_replaces_the_present_one() -> None:
    """With what the new record lacks kept from the old one."""
    settled = settle(replace(RAW, text="Ferries sail late."), known(replace(RAW, headline="Ferries")))

    assert isinstance(settled, RawArticle)
    assert settled.text == "Ferries sail late."
    assert settled.headline == "Ferries"


def test_an_earlier_text_does_not_come_back() -> None:
    """Both files in one folder, loaded every night."""
    assert settle(RAW, known(replace(RAW, text="Ferries sail late."), earlier=(RAW.text,))) is None


def test_a_url_that_another_article_holds_is_refused() -> None:
    """One url, two external ids: which article it is cannot be told."""
    holder = replace(RAW, url="https://fjord.example/1")

    settled = settle(replace(holder, external_id="8"), known(holder))

    assert isinstance(settled, Refused)
    assert settled.reason == "identity-conflict"
