"""Who was referred to where, from the first word on: by name, by pronoun, by office.

A person kept in focus by pronouns stands nearer than the last time the name was printed: "Wallace spoke. He would, he
said, invite Shoigu. He told ...".
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from etl.records import Span
from etl.resolve.people import Person
from etl.resolve.reading import Reading

GENDERS = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female", "hers": "female"}


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
        self._open = [token for token in reading.doc if token.lower_ in GENDERS and not self.is_quoted(token)]

    def is_quoted(self, token: Token) -> bool:
        """Whether the token stands within a direct content."""
        at = bisect_left(self._quoted, token.idx + 1, key=lambda span: span.start) - 1
        return at >= 0 and token.idx < self._quoted[at].end

    def open_pronouns(self, until: int) -> list[Token]:
        """The pronouns before this token that nobody asked about yet, in order; each is given once."""
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


def _place(trace: Trace) -> int:
    return trace.token.i
