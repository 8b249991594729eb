"""The people of one article: every named mention of a person belongs to one of them."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from etl.resolve.bodies import Kind
from etl.resolve.entities import Named
from etl.resolve.names import PersonName, gender_of_name, parse_name, person_key
from etl.resolve.spelling import family_key, given_key, letters
from etl.resolve.titles import Title

_NEAR = 60
"""Tokens within which a family name means whoever of that family came up last."""

_BESIDE = 2
"""Tokens between a name and the one in apposition to it."""

_MAIN = 3
"""Named so many times as often, a person is the one whom the family name calls throughout the article."""


@dataclass(slots=True)
class Person:
    """A person as this article shows them.

    name: the fullest one printed. spellings: every printed name and how often. roles: offices, once, in text order.
    genders, countries: what titles and the given name say. mentions: indices into the article's names, in order.
    """

    key: str
    parsed: PersonName
    name: str
    spellings: Counter[str] = field(default_factory=Counter)
    roles: list[str] = field(default_factory=list)
    genders: Counter[str] = field(default_factory=Counter)
    countries: set[str] = field(default_factory=set)
    mentions: list[int] = field(default_factory=list)

    def note(self, title: Title) -> None:
        """Adds what a title or description beside the name says of its bearer."""
        if title.role and title.role not in self.roles:
            self.roles.append(title.role)
        if title.gender:
            self.genders[title.gender] += 1
        if title.country:
            self.countries.add(title.country)

    @property
    def gender(self) -> str:
        """ "male" or "female", "" where nothing says it; a title outweighs the given name."""
        if self.genders:
            return self.genders.most_common(1)[0][0]
        return gender_of_name(self.parsed)


@dataclass(frozen=True, slots=True)
class People:
    """The people of an article, which of them each name (by its index) is, and each by key."""

    everybody: tuple[Person, ...]
    of_name: Mapping[int, Person]
    by_key: Mapping[str, Person]


def people(names: Sequence[Named], article: UUID) -> People:
    """Names of people gathered: full names by key, then shorter forms to the full name they call."""
    by_key: dict[str, Person] = {}
    of_name: dict[int, Person] = {}
    called: dict[str, list[Person]] = {}
    short: list[int] = []
    for i, one in enumerate(names):
        if one.kind is not Kind.PERSON:
            continue
        parsed = parse_name(one.name)
        if not parsed.is_full:
            short.append(i)
            continue
        key = person_key(one.name, article)
        person = by_key.get(key) or _initial_of(parsed, called)
        if person is None:
            person = by_key[key] = Person(key, parsed, one.name)
            for word in parsed.called | {given_key(parsed.given)}:
                called.setdefault(word, []).append(person)
        by_key.setdefault(key, person)
        of_name[i] = person
        _note(person, one)
    mentioned: dict[int, list[int]] = {}
    for i, person in of_name.items():
        mentioned.setdefault(id(person), []).append(i)
    for i in short:
        one = names[i]
        person = _called(i, names, called.get(family_key(one.name), ()), mentioned)
        if person is None:
            key = person_key(one.name, article)
            person = by_key.get(key)
            if person is None:
                person = by_key[key] = Person(key, parse_name(one.name), one.name)
        of_name[i] = person
        insort(mentioned.setdefault(id(person), []), i)
        _note(person, one)
    for i in sorted(of_name):
        of_name[i].mentions.append(i)
    everybody = tuple({id(of_name[i]): of_name[i] for i in sorted(of_name)}.values())
    return People(everybody, of_name, {person.key: person for person in everybody})


def _note(person: Person, one: Named) -> None:
    person.spellings[one.name] += 1
    if _fullness(one.name) > _fullness(person.name):
        person.name = one.name
    if one.title is not None:
        person.note(one.title)


def _fullness(name: str) -> tuple[int, int]:
    """Longer is fuller; of equal length, the one that keeps its accents ("Mélanie" before "Melanie")."""
    return len(name), sum(not char.isascii() for char in name)


def _initial_of(parsed: PersonName, called: Mapping[str, list[Person]]) -> Person | None:
    """The one person of this family name whose given name begins with this initial: "J. Okafor" and "Jane Okafor"."""
    given = letters(parsed.given)
    same = [
        person
        for person in called.get(family_key(parsed.family), ())
        if person.parsed.suffix == parsed.suffix
        and family_key(person.parsed.family) == family_key(parsed.family)
        and letters(person.parsed.given)[:1] == given[:1]
        and (len(given) == 1 or len(letters(person.parsed.given)) == 1)
    ]
    return same[0] if len(same) == 1 else None


def _called(
    i: int, names: Sequence[Named], candidates: Sequence[Person], mentioned: Mapping[int, Sequence[int]]
) -> Person | None:
    """Whom a single name calls: by family name before given name, of fitting gender and country, named before."""
    one = names[i]
    gender = one.title.gender if one.title else ""
    country = one.title.country if one.title else None
    suffix = parse_name(one.name).suffix
    name = family_key(one.name)
    fitting = [
        person
        for person in candidates
        if not (gender and person.gender and gender != person.gender)
        and not (country and person.countries and country not in person.countries)
        and (not suffix or person.parsed.suffix == suffix)
    ]
    if not fitting:
        return None
    by_family = [person for person in fitting if name in person.parsed.called] or fitting
    told = {id(person): at[j - 1] for person in by_family if (j := bisect_left(at := mentioned[id(person)], i))}
    # "Aoife Darby, Mr Darby's daughter": somebody else's name.
    beside = {key for key, j in told.items() if one.start - names[j].end <= _BESIDE}
    by_family = [person for person in by_family if id(person) not in beside] or by_family
    before = [person for person in by_family if id(person) in told] or by_family

    def times(person: Person) -> int:
        return sum(person.spellings.values())

    main = max(before, key=lambda person: (times(person), -before.index(person)))
    latest = max(before, key=lambda person: told.get(id(person), -1))
    # Two of one family: whoever came up last, unless the article is about the other one.
    near = latest is not main and one.start - names[told[id(latest)]].start <= _NEAR if id(latest) in told else False
    return latest if near and times(main) < _MAIN * times(latest) else main
