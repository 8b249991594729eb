"""The offices an article gives a person, in a form that can be compared: field, place, and whether two exclude another.

One person is mayor, then minister, then retired; nobody is mayor of a town and minister of a state at the same time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from etl.resolve.countries import country_of
from etl.resolve.lists import rows
from schema.keys import fold

_OVER = frozenset({"former", "ex", "late", "then", "retired", "onetime", "future", "elect", "shadow", "ousted"})
"""Words that say an office is not held: it excludes nothing."""

_OF_A_STATE = "state"
_PAST = "former "
_PARTS = (" of ", " for ", " at ", " in ", " from ")
_NEAR_YEARS = 3
"""Years between two articles in which offices of different fields are two people's unless some article tells of both.

Mayors become ministers; the press then writes "the former mayor", and that joins the two.
"""


@dataclass(frozen=True, slots=True, order=True)
class Office:
    """An office of a field ("town", "state", "sport").

    country: whose it is, empty where the words don't say. is_past: the words say that it is held no more, or not yet.
    """

    field: str
    country: str = ""
    is_past: bool = False

    def __str__(self) -> str:
        return f"{_PAST if self.is_past else ''}{self.field}:{self.country}"

    @classmethod
    def parse(cls, text: str) -> "Office":
        """The office that str() wrote."""
        field, _, country = text.removeprefix(_PAST).partition(":")
        return cls(field, country, text.startswith(_PAST))

    @property
    def ever(self) -> "Office":
        """The office, whenever it is held."""
        return Office(self.field, self.country)


@cache
def _fields() -> Mapping[str, str]:
    return {noun: field for field, nouns in rows("office_fields.en.tsv") for noun in nouns.split()}


def offices(roles: Iterable[str]) -> tuple[Office, ...]:
    """The offices of known fields that these titles and descriptions give, sorted."""
    return tuple(sorted({office for role in roles if (office := _office(role)) is not None}))


@lru_cache(maxsize=1 << 14)
def _office(role: str) -> Office | None:
    """ "Russian Foreign Minister": an office of the state Russia; "brother of the minister": none."""
    words = role.replace("’", "'").replace("-", " ").split()
    is_past = bool(_OVER & {fold(word) for word in words})
    title = f" {fold(role)} "
    for part in _PARTS:
        title = title.partition(part)[0]
    nouns = title.split()
    field = next((_fields()[noun] for noun in reversed(nouns) if noun in _fields()), None)
    if field is None or ("secretary" in nouns and _is_no_state_secretary(role)):
        return None
    found = (country_of(word.removesuffix("'s").strip(",.")) for word in words)
    country = next((country for country in found if country), "") if field == _OF_A_STATE else ""
    return Office(field, country, is_past)


def _is_no_state_secretary(role: str) -> bool:
    """ "the union's secretary", "secretary of the council", "press secretary" are of no government."""
    folded = fold(role)
    return not any(
        word in folded for word in ("state", "defense", "defence", "foreign", "home", "treasury", "interior")
    )


def exclude(a: Office, b: Office, year_a: int | None, year_b: int | None) -> bool:
    """Whether nobody holds both at that time: of two fields, or of two countries."""
    if a.is_past or b.is_past:
        return False
    if year_a is not None and year_b is not None and abs(year_a - year_b) > _NEAR_YEARS:
        return False
    return a.field != b.field or bool(a.country and b.country and a.country != b.country)
