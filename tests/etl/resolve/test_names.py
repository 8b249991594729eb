"""One key for one person, whatever the press prints before, between and after the names."""

from uuid import UUID

import pytest

from etl.resolve.names import bare_name, gender_of_name, gender_of_title, parse_name, person_key
from etl.resolve.spelling import family_key

ARTICLE = UUID(int=1)

SAME = [
    ("Ben Wallace", "Mr. Ben Wallace"),
    ("Ben Wallace", "Rt Hon Ben Wallace"),
    ("Boris Johnson", "Prime Minister Boris Johnson"),
    ("Donald Trump", "Donald J. Trump"),
    ("Sergei Lavrov", "Sergey Lavrov"),
    ("Sergei Lavrov", "SERGEI LAVROV"),
    ("Mélanie Joly", "Melanie Joly"),
    ("Oleksii Reznikov", "Oleksiy Reznikov"),
    ("Denys Shmyhal", "Denys Shmygal"),
    ("Dmitry Peskov", "Dmitri Peskov"),
    ("Volodymyr Zelenskyy", "Volodymyr Zelensky"),
    ("Viktor Yanukovych", "Viktor Yanukovich"),
    ("Kim Jong Un", "Kim Jong-un"),
    ("J.K. Rowling", "J. K. Rowling"),
    ("George H.W. Bush", "George H. W. Bush"),
    ("Martin Luther King Jr.", "Dr. Martin Luther King, Jr."),
    ("Conan O’Brien", "Conan O'Brien"),
    ("Łukasz Kowalski", "Lukasz Kowalski"),
]

DIFFERENT = [
    ("Kim Jong Un", "Kim Jong Il"),
    ("Donald Trump", "Donald Trump Jr."),
    ("Martin Luther King", "Martin Luther King Jr."),
    ("George W. Bush", "George H.W. Bush"),
    ("Michael B. Jordan", "Michael Jordan"),
    ("Hillary Clinton", "Bill Clinton"),
    ("Andrey Melnyk", "Andriy Melnyk"),
    ("Vladimir Zelensky", "Volodymyr Zelensky"),
    ("Bill Wallace", "William Wallace"),
    ("Li Keqiang", "Li Qiang"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_and_titles_of_one_person_give_one_key(one: str, other: str) -> None:
    assert person_key(one, ARTICLE) == person_key(other, ARTICLE)


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_different_people_keep_different_keys(one: str, other: str) -> None:
    assert person_key(one, ARTICLE) != person_key(other, ARTICLE)


def test_a_full_name_has_the_same_key_in_every_article() -> None:
    assert person_key("Ben Wallace", UUID(int=1)) == person_key("Ben Wallace", UUID(int=2)) == "person:ben wallace"


def test_a_single_name_is_a_person_of_its_article() -> None:
    assert person_key("Wallace", ARTICLE) == f"person:{ARTICLE}:wallace"


@pytest.mark.parametrize(
    ("name", "given", "family"),
    [
        ("Ursula von der Leyen", "Ursula", "von der Leyen"),
        ("Bill de Blasio", "Bill", "de Blasio"),
        ("Xi Jinping", "Jinping", "Xi"),
        ("Kim Kardashian", "Kim", "Kardashian"),
        ("Mohammed bin Salman", "Mohammed", "bin Salman"),
        ("F. Scott Fitzgerald", "F. Scott", "Fitzgerald"),
        ("Ana Maria Lopez", "Ana", "Lopez"),
    ],
)
def test_parts_of_a_name(name: str, given: str, family: str) -> None:
    parsed = parse_name(name)

    assert (parsed.given, parsed.family) == (given, family)


def test_a_family_name_is_called_by_its_last_word_too() -> None:
    assert parse_name("Ursula von der Leyen").called == {"von der leyen", "leyen"}


@pytest.mark.parametrize(
    ("printed", "bare"),
    [("Mr. Wallace’s", "Wallace"), ("Defence Secretary  Ben Wallace", "Ben Wallace"), ("Stephen King", "Stephen King")],
)
def test_titles_and_possessives_are_no_part_of_the_name(printed: str, bare: str) -> None:
    assert bare_name(printed) == bare


def test_gender_of_a_given_name_is_known_only_from_the_list() -> None:
    assert gender_of_name(parse_name("Mélanie Joly")) == "female"
    assert gender_of_name(parse_name("Quorra Joly")) == ""


def test_gender_of_a_title() -> None:
    assert gender_of_title("Mrs.") == "female"
    assert gender_of_title("ministry spokesman") == "male"
    assert gender_of_title("defence secretary") == ""


def test_slavic_family_endings_meet_in_one() -> None:
    assert family_key("Zelenskyi") == family_key("Zelenskiy") == family_key("Zelensky")
