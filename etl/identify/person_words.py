"""The words by which English means people without naming them: nouns and pronouns, and what they tell."""

import re

from etl.resolve.lists import genders, is_office
from etl.resolve.trail import GENDERS
from etl.stems import SPELT
from schema.keys import fold

RELATIVE_PRONOUNS = frozenset({"who", "whose", "whom", "that"})
PLURAL_PRONOUNS = frozenset(
    {"they", "them", "their", "theirs", "themselves", "we", "us", "our", "ours", "ourselves"}
    | {"both", "all", "some", "those", "others"}
)
PRONOUNS = frozenset(
    {*RELATIVE_PRONOUNS, *GENDERS, *PLURAL_PRONOUNS}
    | {"i", "me", "my", "mine", "myself", "you", "your", "yours", "yourself", "it"}
    | {"this", "one", "another", "someone", "everyone", "nobody"}
)

_GROUPS = frozenset({"people", "police", "family", "crowd", "authorities", "cops", "gang", "mob", "group", "jury"})
"""Singular in form, more than one person."""

_COUNTED = re.compile(
    rf"(?:\d+|{'|'.join(SPELT)}|(?:dozen|score|hundred|thousand|million)s?|both|several|many)\b", re.I
)
_PLURALS = (
    *(("men", "man"), ("women", "woman"), ("children", "child"), ("wives", "wife"), ("thieves", "thief")),
    *(("ies", "y"), ("es", ""), ("s", "")),
)
_QUOTES = "'\"“”‘’ "
_CONTRACTED = re.compile(r"['’](?:s|m|d|ll|re|ve)?\Z")


def bare(text: str) -> str:
    """The words of a mention without quotation marks around them and what an apostrophe ties to them ("she'd")."""
    return _CONTRACTED.sub("", text.strip(_QUOTES)).strip(_QUOTES)


def person_noun(word: str) -> tuple[str, bool]:
    """The folded noun in the singular, and whether the word is its plural; a noun no list knows stays as it is."""
    folded, known = fold(word), genders("person_nouns.en.tsv")
    for ending, instead in _PLURALS:
        if folded.endswith(ending) and (noun := folded[: -len(ending)] + instead) in known:
            return noun, True
    return folded, False


def is_person_noun(word: str) -> bool:
    """Whether the word is a noun of people ("suspects", "Mayor")."""
    return person_noun(word)[0] in genders("person_nouns.en.tsv") or is_office(word)


def gender_of_noun(noun: str) -> str:
    """ "male", "female", "" where a folded singular noun leaves it open."""
    return genders("person_nouns.en.tsv").get(noun) or genders("offices.en.tsv").get(noun, "")


def is_counted(text: str) -> bool:
    """Whether words begin with a number of people ("two men", "Dozens")."""
    return bool(_COUNTED.match(text))


def means_several(text: str, noun: str) -> bool:
    """Whether words with this head noun mean more than one person by number or as a group ("two men", "the jury")."""
    return noun in _GROUPS or is_counted(text)
