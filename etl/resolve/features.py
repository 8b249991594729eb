"""Evidence that a pronoun or description refers to a person: one question each, answered from 0 to 1.

The docstring of each is the explanation that people read with the score.
"""

from dataclasses import dataclass

from spacy.tokens import Token

from etl.resolve.lists import singular
from etl.resolve.people import Person
from etl.resolve.reading import Reading
from schema.keys import fold

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_ALIKE = (
    frozenset({"minister", "secretary", "premier", "chancellor", "politician", "leader"}),
    frozenset({"president", "leader", "politician"}),
    frozenset(
        {
            "senator",
            "congressman",
            "congresswoman",
            "representative",
            "lawmaker",
            "legislator",
            "mp",
            "deputy",
            "politician",
        }
    ),
    frozenset({"spokesman", "spokeswoman", "spokesperson", "official", "representative"}),
    frozenset({"actor", "actress", "star", "celebrity"}),
    frozenset({"singer", "rapper", "musician", "star"}),
    frozenset({"chief", "head", "director", "chairman", "chairwoman", "chair", "executive", "ceo", "leader"}),
    frozenset({"ambassador", "envoy", "diplomat"}),
    frozenset({"attorney", "lawyer", "prosecutor"}),
    frozenset({"professor", "researcher", "scientist", "expert", "economist", "analyst"}),
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A pronoun or description in the text. noun: its folded head noun ("minister"), empty for a pronoun."""

    token: Token
    noun: str
    gender: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person and the name by which the article mentioned them last before the reference.

    rank: 0 for the person named nearest. spoke_last: whether the quotation before this one is theirs.
    """

    person: Person
    name: int
    rank: int
    sentences_back: int
    spoke_last: bool


def gender_agrees(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """Title, office or given name give the gender that the words have."""
    return float(bool(reference.gender) and candidate.person.gender == reference.gender)


def gender_differs(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """Title, office or given name give another gender."""
    return float(bool(reference.gender and candidate.person.gender) and candidate.person.gender != reference.gender)


def office_agrees(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The article gives the person this very office."""
    return float(bool(reference.noun) and any(reference.noun == noun for noun in _nouns(candidate.person)))


def office_alike(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The article gives the person an office that the press calls so ("the minister" for a secretary of state)."""
    nouns = _nouns(candidate.person)
    if not reference.noun or reference.noun in nouns:
        return 0.0
    return float(any(reference.noun in group and group & nouns for group in _ALIKE))


def country_agrees(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The country in the description is that of the person's office."""
    return float(reference.country is not None and reference.country in candidate.person.countries)


def country_differs(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person's office is another country's."""
    countries = candidate.person.countries
    return float(reference.country is not None and bool(countries) and reference.country not in countries)


def is_subject(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person was the subject of the sentence or clause where they were last named."""
    return float(reading.head(candidate.name).dep_ in _SUBJECTS)


def is_owner(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person was last named as an owner only ("Wallace's office")."""
    return float(reading.head(candidate.name).dep_ == "poss")


def spoke_last(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The quotation before this one is the person's."""
    return float(candidate.spoke_last)


def named_nearest(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """Nobody else was named in between."""
    return float(candidate.rank == 0)


def sentences_back(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """Far away: a fifth for every sentence between, five and more are 1."""
    return min(candidate.sentences_back, 5) / 5


def _nouns(person: Person) -> frozenset[str]:
    """The nouns of the person's offices: "British Minister of Defence" gives minister."""
    return frozenset(singular(word) for role in person.roles for word in fold(role).split())
