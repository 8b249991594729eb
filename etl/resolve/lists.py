"""The word lists of the resolve stage, read once from etl/data; what is done with them stands elsewhere."""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from schema.keys import fold


@cache
def rows(file: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated list in etl/data, header lines ("# …") and empty lines left out."""
    text = files("etl").joinpath("data", file).read_text("utf-8")
    return tuple(tuple(line.split("\t")) for line in text.splitlines() if line.strip() and not line.startswith("#"))


@cache
def words(file: str) -> frozenset[str]:
    """The first column of a list, folded."""
    return frozenset(fold(row[0]) for row in rows(file))


@cache
def word_set(name: str) -> frozenset[str]:
    """The words of one set of resolve_words.en.tsv. Raises KeyError for a set that the list does not have."""
    return {row[0]: frozenset(row[1].split()) for row in rows("resolve_words.en.tsv")}[name]


@cache
def genders(file: str) -> Mapping[str, str]:
    """Folded word -> "male", "female" or "" from a list of two columns."""
    return {fold(row[0]): row[1] if len(row) > 1 else "" for row in rows(file)}


@cache
def given_names() -> Mapping[str, str]:
    """Folded given name -> "male" or "female", "" for a name of both."""
    found: dict[str, str] = {}
    for gender, names in rows("given_names.en.tsv"):
        for name in names.split():
            folded = fold(name)
            found[folded] = gender if found.get(folded, gender) == gender else ""
    return found


@lru_cache(maxsize=1 << 14)
def is_office(word: str) -> bool:
    """Whether the word is the head noun of an office or occupation ("Minister", "spokesmen")."""
    return singular(word) in words("offices.en.tsv")


@cache
def offices_of_honorifics() -> Mapping[str, str]:
    """Folded form of address -> the office it abbreviates ("gov" -> "governor")."""
    return {fold(row[0]): row[2] for row in rows("honorifics.en.tsv") if len(row) > 2}


@lru_cache(maxsize=1 << 14)
def is_honorific(word: str) -> bool:
    """Whether the word is a form of address before a name ("Mr", "Gen.")."""
    return fold(word).rstrip(".") in words("honorifics.en.tsv")


@lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """The folded word without its plural ending, where one of the lists knows the singular."""
    folded = fold(word)
    known = known_nouns()
    if folded in known:
        return folded
    for ending, instead in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if folded.endswith(ending) and folded[: -len(ending)] + instead in known:
            return folded[: -len(ending)] + instead
    return folded


@cache
def known_nouns() -> frozenset[str]:
    """Every noun of people, bodies and things with words on them that a list knows, singular and folded."""
    files_of_nouns = ("offices.en.tsv", "unnamed_heads.en.txt", "body_nouns.en.tsv", "artefacts.en.txt")
    return frozenset().union(*(words(file) for file in files_of_nouns))
