"""The sample articles are what seeds/README.md says: six invented outlets, one story, no field that is ignored."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from schema.dates import parse_edtf

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "articles"
FILES = sorted(FOLDER.iterdir())
FIELDS = {"text", "source", "domain", "url", "external_id", "headline", "published_on", "authors", "language"}


def record_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


RECORDS = [record_of(path) for path in FILES]

each_record = pytest.mark.parametrize("record", RECORDS, ids=[path.name for path in FILES])


def test_there_are_six_articles_in_six_json_files():
    assert [path.suffix for path in FILES] == [".json"] * 6


@each_record
def test_a_record_has_no_field_that_quoth_load_would_ignore(record):
    assert set(record) <= FIELDS


@each_record
def test_a_record_has_a_text_of_two_hundred_and_fifty_to_four_hundred_and_fifty_words(record):
    assert 250 <= len(record["text"].split()) <= 450


@each_record
def test_an_outlet_says_in_its_name_that_it_is_invented(record):
    assert record["source"].endswith(" (invented)")


@each_record
def test_an_outlet_has_a_domain_that_nobody_can_own_and_its_pages_stand_there(record):
    address = urlsplit(record["url"])

    assert record["domain"].endswith(".example")
    assert (address.scheme, address.hostname) == ("https", record["domain"])


@pytest.mark.parametrize("field", ["source", "domain", "url", "external_id", "headline"])
def test_no_two_articles_share_what_identifies_them(field):
    assert len({record[field] for record in RECORDS}) == 6


def test_dates_are_of_the_two_days_of_the_story_with_one_instant_and_one_missing():
    dates = [parse_edtf(record["published_on"]) for record in RECORDS if "published_on" in record]

    assert len(dates) == 5
    assert {str(date.day) for date in dates} == {"2022-01-17", "2022-01-18"}
    assert sum("T" in date.value for date in dates) == 1


@each_record
def test_every_article_carries_the_one_remark_that_the_weapons_are_no_threat_to_russia(record):
    assert "Wallace" in record["text"]
    assert any(words in record["text"] for words in ("no threat to Russia", "did not threaten Russia"))


@pytest.mark.parametrize("spelling", ["Sergei Lavrov", "Sergey Lavrov", "Mélanie Joly", "Melanie Joly", "Kyiv", "Kiev"])
def test_names_stand_in_the_spellings_that_the_press_uses(spelling):
    assert any(spelling in record["text"] for record in RECORDS)


def test_one_article_opens_a_quotation_that_it_never_closes():
    unclosed = [record["domain"] for record in RECORDS if record["text"].count("“") != record["text"].count("”")]

    assert unclosed == ["northern-lantern.example"]


def test_one_article_carries_page_furniture_and_a_character_outside_the_basic_plane():
    furnished = [record for record in RECORDS if "Share this:" in record["text"]]

    assert [record["domain"] for record in furnished] == ["daily-compass.example"]
    assert "Related News" in furnished[0]["text"]
    assert any(ord(character) > 0xFFFF for character in furnished[0]["text"])


def test_the_readme_of_the_samples_lists_every_file():
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")

    assert [path.name for path in FILES if f"`{path.name}`" not in readme] == []
