"""The sample articles are what seeds/README.md says: five stories, invented outlets, every feature in its place."""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from schema.dates import parse_edtf

FOLDER = Path(__file__).resolve().parents[2] / "seeds" / "articles"
FILES = sorted(FOLDER.iterdir())
FIELDS = {"text", "source", "domain", "url", "external_id", "headline", "published_on", "authors", "language"}

# Story by story: the numbers of its files, the month of its dates, a name that every article of it carries.
STORIES = {
    "weapons": (range(1, 7), "2022-01", "Wallace"),
    "ferry": (range(7, 13), "2023-05", "Sorrel"),
    "dam": (range(13, 18), "2024-01", "Velund"),
    "recall": (range(18, 21), "2021-09", "Holm"),
    "buses": (range(21, 25), "2022-10", "Mackie"),
}


def record_of(path: Path) -> dict[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


RECORDS = [record_of(path) for path in FILES]
BY_NUMBER = {int(path.name[:2]): record for path, record in zip(FILES, RECORDS, strict=True)}
README = (FOLDER.parent / "README.md").read_text(encoding="utf-8")

each_record = pytest.mark.parametrize("record", RECORDS, ids=[path.name for path in FILES])
each_story = pytest.mark.parametrize(("numbers", "month", "name"), STORIES.values(), ids=list(STORIES))


def text_of(number: int) -> str:
    return BY_NUMBER[number]["text"]


def body_of(number: int) -> str:
    """The article without the last line, which credits reporters or an agency."""
    return text_of(number).rstrip("\n").rsplit("\n\n", 1)[0]


def test_the_samples_are_json_files_numbered_without_a_gap():
    assert [path.suffix for path in FILES] == [".json"] * len(FILES)
    assert sorted(BY_NUMBER) == list(range(1, len(FILES) + 1))


def test_there_are_at_least_twenty_articles_of_at_least_eight_outlets():
    assert len(RECORDS) >= 20
    assert len({record["domain"] for record in RECORDS}) >= 8


def test_every_article_belongs_to_one_of_at_least_five_stories():
    assert len(STORIES) >= 5
    assert sorted(number for numbers, _, _ in STORIES.values() for number in numbers) == sorted(BY_NUMBER)


@each_story
def test_the_articles_of_a_story_are_of_one_month_and_speak_of_one_matter(numbers, month, name):
    records = [BY_NUMBER[number] for number in numbers]

    assert {record["published_on"][:7] for record in records if "published_on" in record} == {month}
    assert all(name in record["text"] for record in records)


@each_story
def test_a_story_is_told_by_more_than_one_outlet(numbers, month, name):
    assert len({BY_NUMBER[number]["domain"] for number in numbers}) >= 2


@each_record
def test_a_record_has_no_field_that_quoth_load_would_ignore(record):
    assert set(record) <= FIELDS


@each_record
def test_a_record_has_a_text_of_one_hundred_and_twenty_to_four_hundred_and_fifty_words(record):
    assert 120 <= len(record["text"].split()) <= 450


@each_record
def test_an_outlet_says_in_its_name_that_it_is_invented(record):
    assert record["source"].endswith(" (invented)")


@each_record
def test_an_outlet_has_a_domain_that_nobody_can_own_and_its_pages_stand_there(record):
    address = urlsplit(record["url"])

    assert record["domain"].endswith(".example")
    assert (address.scheme, address.hostname) == ("https", record["domain"])


@pytest.mark.parametrize("field", ["url", "external_id", "headline", "text"])
def test_no_two_articles_share_what_identifies_them(field):
    assert [value for value, count in Counter(record[field] for record in RECORDS).items() if count > 1] == []


def test_an_outlet_has_one_name_and_one_domain():
    pairs = {(record["source"], record["domain"]) for record in RECORDS}

    assert len(pairs) == len({source for source, _ in pairs}) == len({domain for _, domain in pairs})


def test_dates_are_days_or_instants_and_one_article_has_none():
    dates = [parse_edtf(record["published_on"]) for record in RECORDS if "published_on" in record]

    assert len(dates) == len(RECORDS) - 1
    assert {"T" in date.value for date in dates} == {True, False}


@pytest.mark.parametrize("number", STORIES["weapons"][0])
def test_every_article_on_the_weapons_says_that_they_are_no_threat_to_russia(number):
    assert any(words in text_of(number) for words in ("no threat to Russia", "did not threaten Russia"))


SPELLINGS = [
    "Sergei Lavrov",
    "Sergey Lavrov",
    "Mélanie Joly",
    "Melanie Joly",
    "Kyiv",
    "Kiev",
    "Sabela Dušek",
    "Sabela Dusek",
]


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_names_stand_in_the_spellings_that_the_press_uses(spelling):
    assert any(spelling in record["text"] for record in RECORDS)


def test_four_articles_open_a_quotation_that_they_never_close():
    curly = [number for number in BY_NUMBER if text_of(number).count("“") != text_of(number).count("”")]
    straight = [number for number in BY_NUMBER if text_of(number).count('"') % 2]

    assert (curly, straight) == ([6, 16], [23])
    assert text_of(11).count("‘Aldo told them. He told me that he told them.\n") == 1


def test_two_articles_carry_page_furniture_and_one_a_character_outside_the_basic_plane():
    furnished = [number for number in BY_NUMBER if "Share this:" in text_of(number)]

    assert furnished == [4, 19]
    assert all("Related News" in text_of(number) and "Sign up" in text_of(number) for number in furnished)
    assert any(ord(character) > 0xFFFF for character in text_of(4))


def test_an_agency_text_is_printed_by_another_outlet_word_for_word():
    assert body_of(7) == body_of(8)
    assert BY_NUMBER[7]["domain"] != BY_NUMBER[8]["domain"]
    assert text_of(8).endswith("\n\n(Norwire)\n")


def test_an_agency_text_is_printed_by_a_third_outlet_without_some_of_its_sentences():
    sentences = re.split(r"\n\n|(?<=[.”\"]) ", body_of(9))

    assert all(sentence in text_of(7) for sentence in sentences)
    assert len(body_of(9)) < 0.8 * len(body_of(7))
    assert text_of(9).endswith("\n\n(Norwire)\n")


@pytest.mark.parametrize(("correction", "corrected"), [(12, 9), (24, 21)])
def test_a_correction_names_the_article_that_it_corrects_and_has_an_address_of_its_own(correction, corrected):
    assert BY_NUMBER[correction]["headline"] == f"Correction: {BY_NUMBER[corrected]['headline']}"
    assert BY_NUMBER[corrected]["url"] in text_of(correction)
    assert BY_NUMBER[correction]["url"] != BY_NUMBER[corrected]["url"]


@pytest.mark.parametrize("number", [4, 11, 19, 23])
def test_some_articles_repeat_their_headline_as_a_line_of_the_text(number):
    assert BY_NUMBER[number]["headline"] in text_of(number).splitlines()


SAID_AGAIN = [
    (7, 11, "We will not stop until every passenger is accounted for,"),
    (13, 16, "We are holding the water back to mend the gates, not to punish anyone,"),
    (21, 22, "There is no more money"),
]


@pytest.mark.parametrize(("first", "again", "words"), SAID_AGAIN)
def test_the_same_words_are_said_again_on_another_day(first, again, words):
    assert words in text_of(first)
    assert words in text_of(again)
    assert BY_NUMBER[first]["published_on"] < BY_NUMBER[again]["published_on"]


def test_two_men_of_one_name_hold_different_offices():
    assert "Energy Minister Daniel Orrin" in text_of(13)
    assert "Daniel Orrin, the mayor" in text_of(21)


def test_the_readme_of_the_samples_lists_every_file_and_no_other():
    assert re.findall(r"^\| `([^`]+\.json)`", README, re.MULTILINE) == [path.name for path in FILES]


@pytest.mark.parametrize("story", range(2, 6))
def test_the_readme_of_the_samples_labels_the_invented_stories(story):
    assert re.search(rf"^\| {story} \|.*\| \*\*invented\*\* \|$", README, re.MULTILINE)
