"""Evidence that a pronoun or description refers to a person: one question each, answered from 0 to 1.

The docstring of each is the explanation that people read with the score.
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from spacy.tokens import Token

from etl.resolve.lists import singular, word_set
from etl.resolve.people import Person
from etl.resolve.reading import Reading
from etl.resolve.spelling import family_key, plain_word
from etl.resolve.trail import Trace
from schema.keys import fold

_OF = re.compile(r" (?:of|for|at|to) ")
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
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
    """A pronoun or description in the text.

    noun: its folded head noun ("minister"), empty for a pronoun. words: the other words of the office, folded and of
    one spelling ("defense").
    """

    token: Token
    noun: str
    gender: str
    country: str | None
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person, and the words that meant them in the latest sentence where any did.

    rank: 0 for the person named nearest. spoke_last: whether the quotation before this one is theirs.
    """

    person: Person
    traces: tuple[Trace, ...]
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
    return float(bool(reference.noun) and reference.noun not in nouns and called_alike(reference.noun, nouns))


def called_alike(noun: str, nouns: Set[str]) -> bool:
    """Whether the press calls the bearer of one of these offices so, too."""
    return any(noun in group and group & nouns for group in _ALIKE)


def office_of_another(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The article gives this very office to somebody else, and none like it to the person."""
    if not reference.noun or called_alike(reference.noun, _nouns(candidate.person)):
        return 0.0
    if reference.noun in _nouns(candidate.person):
        return 0.0
    return float(any(reference.noun in _nouns(one) for one in reading.people.everybody))


def country_agrees(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The country in the description is that of the person's office."""
    return float(reference.country is not None and reference.country in candidate.person.countries)


def country_differs(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person's office is another country's."""
    countries = candidate.person.countries
    return float(reference.country is not None and bool(countries) and reference.country not in countries)


def same_office(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The article gives the person the office in all the words of the description ("the defence secretary")."""
    offices = _offices(candidate.person)
    return float(bool(reference.words) and any(reference.words | {reference.noun} <= office for office in offices))


def other_office(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person's office is of another field ("the foreign secretary" for a defence secretary)."""
    fields = reference.words & word_set("office fields")
    known = [office & word_set("office fields") for office in _offices(candidate.person)]
    return float(bool(fields) and any(known) and not any(fields <= field for field in known))


def is_subject(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person was the subject of the sentence or clause where they last came up."""
    return float(any(trace.token.dep_ in SUBJECTS for trace in candidate.traces))


def is_beside_subject(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person was the subject by apposition only: "The captain, Aldo Renn, was questioned"."""
    if is_subject(reference, candidate, reading):
        return 0.0
    beside = (trace.token for trace in candidate.traces if trace.token.dep_ == "appos")
    return float(any(token.head.dep_ in SUBJECTS for token in beside))


def is_owner(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person last came up as an owner only ("Wallace's office")."""
    return float(bool(candidate.traces) and all(trace.token.dep_ == "poss" for trace in candidate.traces))


def is_quoted(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person last came up within quotation marks only: in somebody else's words."""
    return float(bool(candidate.traces) and all(trace.quoted for trace in candidate.traces))


def is_acted_on_by(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The person does what is done to the one referred to ("Blinken told him")."""
    verb = reference.token.head
    if reference.token.dep_ == "pobj":
        verb = verb.head
    elif reference.token.dep_ not in ("dobj", "dative"):
        return 0.0
    return float(any(trace.token.head.i == verb.i and trace.token.dep_ in SUBJECTS for trace in candidate.traces))


def is_of_the_family(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """A relative of the one referred to has the person's family name ("His wife, Marta Renn" after Aldo Renn)."""
    noun = reference.token.head
    if reference.token.dep_ != "poss" or singular(noun.text) not in word_set("relatives"):
        return 0.0
    names = (
        reading.name_at[child.i] for child in noun.children if child.dep_ == "appos" and child.i in reading.name_at
    )
    relatives = (person for name in names if (person := reading.person(name)) is not None)
    own = family_key(candidate.person.parsed.family)
    return float(any(family_key(one.parsed.family) == own and one is not candidate.person for one in relatives))


def spoke_last(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """The quotation before this one is the person's."""
    return float(candidate.spoke_last)


def named_nearest(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """Nobody else who might be meant came up in between."""
    return float(candidate.rank == 0)


def sentences_back(reference: Reference, candidate: Candidate, reading: Reading) -> float:
    """Far away: a fifth for every sentence between, five and more are 1."""
    return min(candidate.sentences_back, 5) / 5


def _nouns(person: Person) -> frozenset[str]:
    """The nouns of the person's offices: "British Minister of Defence" gives minister, so does "head of diplomacy".

    What stands after "of" is no office of theirs: "brother of the chief executive".
    """
    own = (_OF.split(fold(role))[0] for role in person.roles)
    nouns = frozenset(singular(word) for role in own for word in role.split())
    return nouns | {"minister"} if any("diplomacy" in role for role in person.roles) else nouns


def _offices(person: Person) -> list[frozenset[str]]:
    """The words of each of the person's offices, of one spelling."""
    return [
        frozenset(plain_word(word) for word in role.split())
        for role in person.roles
        if singular(role.split()[0]) not in word_set("relatives")
    ]
