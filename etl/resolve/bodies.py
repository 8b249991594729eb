"""Bodies: which ones are listed, what words make one, and the key by which one body is the same everywhere."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from uuid import UUID

from etl.resolve.countries import country_of, places
from etl.resolve.lists import rows, words
from etl.resolve.spelling import letters
from schema.keys import fold


class Kind(StrEnum):
    """What a name names."""

    PERSON = "person"
    COUNTRY = "country"
    OUTLET = "outlet"
    AGENCY = "agency"
    PLATFORM = "platform"
    BODY = "body"

    @property
    def is_outlet(self) -> bool:
        """Whether it publishes news."""
        return self in (Kind.OUTLET, Kind.AGENCY)


@dataclass(frozen=True, slots=True)
class Body:
    """A body under the name it has everywhere, with its key."""

    key: str
    name: str


_LEGAL = re.compile(r"(?:,? (?:inc|ltd|llc|plc|corp|co|gmbh|ag|sa|nv)\.?)+\Z", re.I)
_OFFICE_OF = re.compile(r"\A(?:ministry|department|office) (?:of|for) (?:the )?(?P<field>.+)\Z")
_OFFICE_BEFORE = re.compile(r"\A(?P<field>.+) (?:ministry|department)\Z")
# "Ministry of Foreign Affairs" is "Foreign Ministry"; "Defence" is "Defense".
_FIELDS = {
    "foreign affairs": "foreign",
    "external affairs": "foreign",
    "defence": "defense",
    "national defense": "defense",
    "national defence": "defense",
    "internal affairs": "interior",
    "the interior": "interior",
    "public health": "health",
}


@cache
def listed() -> Mapping[str, tuple[str, Kind]]:
    """Every listed spelling of a body or country as printed -> the name it has everywhere, and its kind."""
    found = {form: (country, Kind.COUNTRY) for form, (country, _) in places().items()}
    for row in rows("organizations.en.tsv"):
        name, kind, forms = (*row, "")[:3]
        for form in (name, *forms.split(",")):
            if form.strip():
                found[form.strip()] = (name, Kind(kind))
    return found


@cache
def listed_by_first_word() -> Mapping[str, tuple[str, ...]]:
    """First run of letters of a spelling -> the spellings that begin with it, longest first."""
    found: dict[str, list[str]] = {}
    for form in listed():
        found.setdefault(first_word(form), []).append(form)
    return {word: tuple(sorted(forms, key=len, reverse=True)) for word, forms in found.items()}


def first_word(text: str) -> str:
    """The letters and digits a text begins with."""
    match = re.match(r"\w+", text)
    return match.group() if match else text


def country_body(country: str) -> Body:
    """A country's government."""
    return Body(f"organization:{letters(country)}", country)


def body_of(name: str, article: UUID, *, country: str | None = None, own: Mapping[str, str] | None = None) -> Body:
    """The body of this name.

    country: whose it is, where the words around the name say it. A ministry is its country and its field ("Russian
    Ministry of Foreign Affairs", "Russia's Foreign Ministry"); one of no named country is one of this article.
    own: countries that only this article has, by name and adjective.
    """
    plain = bare_body(name)
    if plain in listed() or name in listed():
        canonical, kind = listed().get(name) or listed()[plain]
        if kind is Kind.COUNTRY:
            return country_body(canonical)
        whose, rest = split_country(canonical)
        # "MoD" is what "the British Ministry of Defence" is.
        field = _ministry(rest) if whose else None
        key = f"{letters(whose)} ministry {field}" if whose and field else letters(canonical)
        return Body(f"organization:{key}", canonical)
    own_country, rest = split_country(plain, own)
    of_country = own_country or country
    if field := _ministry(rest):
        return Body(f"organization:{letters(of_country) if of_country else article} ministry {field}", plain)
    if of_country and "country" in body_nouns().get(fold(rest), ()):  # "the Ukrainian government"
        return country_body(of_country)
    if of_country and (
        not rest[:1].isupper() or fold(rest) in body_nouns()
    ):  # "Ukraine's parliament", "the Russian embassy"
        return Body(f"organization:{letters(of_country)} {letters(rest)}", plain)
    if own_country and any(is_body_word(word) for word in rest.split()):
        # "Canada's Coast Guard" and "the Canadian Coast Guard"
        return Body(f"organization:{letters(own_country)} {letters(rest)}", plain)
    if not any(c.isupper() for c in plain) or (" " not in plain and fold(plain) in body_nouns()):
        # "the company", "the Alliance": one of this article
        return Body(f"organization:{article}:{letters(plain)}", plain)
    return Body(f"organization:{letters(_LEGAL.sub('', plain))}", plain)


def _ministry(name: str) -> str | None:
    """The field of a ministry, one spelling for each ("defense"); None where the name is no ministry's."""
    found = _OFFICE_OF.match(fold(name)) or _OFFICE_BEFORE.match(fold(name))
    return letters(_FIELDS.get(found["field"], found["field"])) if found else None


def bare_body(name: str) -> str:
    """The name without article and possessive, white space single."""
    return re.sub(r"(?i)\A(?:the|its|their|his|her|a|an) ", "", re.sub(r"[’']s?\Z", "", " ".join(name.split()))).strip(
        " ,;:-–—"
    )


def split_country(name: str, own: Mapping[str, str] | None = None) -> tuple[str | None, str]:
    """The country a name begins with ("Russian", "Russia's", "U.S.") and the rest; None and the whole for any other.

    "Ministry of Defence of Ukraine" names its country last. own: countries that only this article has.
    """
    own = own or {}
    parts = name.split()
    for n in (3, 2, 1):
        if len(parts) > n:
            first = re.sub(r"[’']s?\Z", "", " ".join(parts[:n]))
            country = country_of(first) or own.get(first)
            if country:
                return country, " ".join(parts[n:])
    last = re.search(r" of (?:the )?(?P<country>\S+(?: \S+)?)\Z", name)
    if last and _OFFICE_OF.match(fold(name)):
        country = country_of(last["country"]) or own.get(last["country"])
        if country and _OFFICE_OF.match(fold(name[: last.start()])):
            return country, name[: last.start()]
    return None, name


@lru_cache(maxsize=1 << 14)
def is_body_word(word: str) -> bool:
    """Whether the word makes a run of capitalised words the name of a body ("Ministry", "Council")."""
    return fold(word) in words("body_words.en.txt")


@cache
def body_nouns() -> Mapping[str, frozenset[str]]:
    """Folded noun -> the kinds of body it may point at: outlet, agency, ministry, department, country, body."""
    return {fold(noun): frozenset(kinds.split(",")) for noun, kinds in rows("body_nouns.en.tsv")}
