"""The parties of one article as they turn up: each under its key, with every spelling the article has for it."""

from collections import Counter
from collections.abc import Sequence, Set
from uuid import UUID

from etl.records import Party
from etl.resolve.bodies import Body, Kind
from etl.resolve.people import Person
from etl.resolve.reading import Reading
from etl.resolve.spelling import letters, plain_word
from schema.enums import SpeakerType


class Register:
    """Parties by key. Only those that an attribution refers to are registered."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._article: UUID = reading.article
        self._parties: dict[str, Party] = {}
        self._body_spellings: dict[str, Counter[str]] = {}
        for i, one in enumerate(reading.names):
            if one.kind not in (Kind.PERSON, Kind.PLATFORM):
                self._body_spellings.setdefault(reading.body(i).key, Counter())[one.name] += 1

    def person(self, person: Person) -> str:
        """The key of a person of the article."""
        if person.key not in self._parties:
            spellings = tuple(sorted(person.spellings))
            self._parties[person.key] = Party(
                person.key, SpeakerType.PERSON, person.name, spellings, tuple(person.roles), gender=person.gender
            )
        return person.key

    def body(self, body: Body, spelling: str | None = None) -> str:
        """The key of a body; spelling: how the article calls it here."""
        known = self._body_spellings.setdefault(body.key, Counter())
        if spelling:
            known[spelling] += 1
        # A listed body and a country have one name everywhere; a ministry is called by its longest name in the article.
        canonical = body.key == f"organization:{letters(body.name)}"
        name = body.name if canonical else max([body.name, *sorted(known)], key=len)
        self._parties[body.key] = Party(body.key, SpeakerType.ORGANIZATION, name, tuple(sorted(known)))
        return body.key

    def body_with(self, words: Set[str]) -> str | None:
        """The key of the one registered body whose name has all these words, None where there is none or several."""
        found = [
            key
            for key, party in self._parties.items()
            if party.type is SpeakerType.ORGANIZATION
            and words <= {plain_word(word.removesuffix("'s").removesuffix("’s")) for word in party.name.split()}
        ]
        return found[0] if len(found) == 1 else None

    def unnamed(self, phrase: str, affiliations: Sequence[str] = ()) -> str:
        """The key of a source that nobody names: one for each wording in the article."""
        key = f"unnamed:{self._article}:{letters(phrase)}"
        before = self._parties.get(key)
        if before is None:
            self._parties[key] = Party(
                key, SpeakerType.UNNAMED_SOURCE, phrase, (phrase,), affiliations=tuple(dict.fromkeys(affiliations))
            )
        return key

    def is_human(self, key: str | None) -> bool:
        """Whether the key is a person's or an unnamed source's."""
        return key is not None and self._parties[key].type is not SpeakerType.ORGANIZATION

    def parties(self) -> dict[str, Party]:
        """Every party registered, by key."""
        return dict(sorted(self._parties.items()))

    def __getitem__(self, key: str) -> Party:
        return self._parties[key]
