"""One key for one body: countries by any of their words, ministries by country and field, acronyms by the list."""

from uuid import UUID

import pytest

from etl.resolve.bodies import body_of, listed, split_country
from etl.resolve.countries import adjectives, country_of, places

ARTICLE = UUID(int=1)

SAME = [
    ("Moscow", "the Kremlin"),
    ("Downing Street", "the UK"),
    ("Ottawa", "Canada"),
    ("the Ukrainian government", "Kyiv"),
    ("Ukraine's government", "Kiev"),
    ("NATO", "North Atlantic Treaty Organization"),
    ("The New York Times", "NYT"),
    ("Reuters", "Reuters"),
    ("Russian Ministry of Foreign Affairs", "Russian Foreign Ministry"),
    ("Russia's Foreign Ministry", "Russian Foreign Ministry"),
    ("Ukrainian Defence Ministry", "Ukraine's Ministry of Defense"),
    ("Canada's Coast Guard Command", "the Canadian Coast Guard Command"),
    ("Acme Holdings Inc.", "Acme Holdings"),
    ("MoD", "the British Ministry of Defence"),
    ("MOD", "Britain's Defence Ministry"),
    ("Pentagon", "the U.S. Department of Defense"),
    ("UN", "the United Nations"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_of_one_body_give_one_key(one: str, other: str) -> None:
    assert body_of(one, ARTICLE).key == body_of(other, ARTICLE).key


def test_ministries_of_two_countries_are_two_bodies() -> None:
    assert body_of("Russian Foreign Ministry", ARTICLE).key != body_of("Polish Foreign Ministry", ARTICLE).key


def test_a_ministry_of_no_named_country_is_one_of_its_article() -> None:
    assert str(ARTICLE) in body_of("Ministry of Defence", ARTICLE).key


def test_a_government_is_called_by_its_country() -> None:
    assert body_of("the White House", ARTICLE).name == "United States"


def test_a_country_before_a_name_is_told_apart() -> None:
    assert split_country("U.S. State Department") == ("United States", "State Department")
    assert split_country("Acme Holdings") == (None, "Acme Holdings")


def test_words_of_countries() -> None:
    assert country_of("Ukrainian") == "Ukraine"
    assert country_of("Whitehall") == "United Kingdom"
    assert country_of("table") is None


def test_no_word_means_two_countries() -> None:
    for word, country in adjectives().items():
        assert places().get(word, (country,))[0] == country, word


def test_every_listed_name_is_its_own_spelling() -> None:
    assert all(listed()[name][0] == name for name, _ in listed().values())
