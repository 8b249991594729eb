"""Who was referred to where, from the first word on: by name, by pronoun, by office.

A person kept in focus by pronouns stands nearer than the last time the name was printed: "Wallace spoke. He would, he
said, invite Shoigu. He told ...".
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from etl.records import Span
from etl.resolve.lists import is_office
from etl.resolve.people import Person
from etl.resolve.reading import Reading

GENDERS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}
REFLEXIVES = {"himself": "male", "herself": "female"}
GENDERS |= REFLEXIVES
FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})


@dataclass(frozen=True, slots=True)
class Trace:
    """A word that means a person. quoted: whether it stands within quotation marks."""

    token: Token
    person: Person
    quoted: bool


class Trail:
    """The traces of an article, each pronoun put in once it is resolved."""

    def __init__(self, reading: Reading, quoted: Sequence[Span] = ()) -> None:
        """quoted: the direct contents; a "he" within them is seen with the speaker's eyes and left out."""
        self._reading = reading
        self._quoted = sorted(quoted)
        self._traces = [
            Trace(token, person, self.is_quoted(token))
            for name, person in sorted(reading.people.of_name.items())
            for token in [reading.head(name)]
        ]
        self._traces.sort(key=_place)
        self._seen: set[int] = set()
        self._open = [token for token in reading.doc if _refers(token, reading) and not self.is_quoted(token)]

    def is_quoted(self, token: Token) -> bool:
        """Whether the token stands within a direct content."""
        at = bisect_left(self._quoted, token.idx + 1, key=lambda span: span.start) - 1
        return at >= 0 and token.idx < self._quoted[at].end

    def open_references(self, until: int) -> list[Token]:
        """The pronouns and office nouns before this token that nobody asked about yet, in order; each is given once."""
        found = [token for token in self._open if token.i < until and token.i not in self._seen]
        self._open = [token for token in self._open if token.i >= until]
        return found

    def note(self, token: Token, person: Person | None) -> None:
        """Remembers whom a pronoun or description means, None for nobody of the article's people."""
        if token.i in self._seen:
            return
        self._seen.add(token.i)
        if person is not None:
            at = bisect_left(self._traces, token.i, key=_place)
            self._traces.insert(at, Trace(token, person, self.is_quoted(token)))

    def has(self, token: Token) -> bool:
        """Whether somebody asked already whom this token means."""
        return token.i in self._seen

    def meant(self) -> Iterator[tuple[Token, Person]]:
        """Every word that means a person, so far, and whom, in text order."""
        return ((trace.token, trace.person) for trace in self._traces)

    def before(self, token: int, sentences: int) -> list[Trace]:
        """The traces before a token, nearest first, at most so many sentences back."""
        found = []
        oldest = self._reading.sentences[token] - sentences
        for at in range(bisect_left(self._traces, token, key=_place) - 1, -1, -1):
            trace = self._traces[at]
            if self._reading.sentences[trace.token.i] < oldest:
                break
            found.append(trace)
        return found


def _refers(token: Token, reading: Reading) -> bool:
    return token.lower_ in GENDERS or (
        token.pos_ in ("NOUN", "PROPN") and token.i not in reading.name_at and is_office(token.text)
    )


def _place(trace: Trace) -> int:
    return trace.token.i
