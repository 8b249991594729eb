"""One article laid out for resolving: its words, its names, its people, and the sentence of each word."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from etl.records import CleanArticle, Span
from etl.resolve.bodies import Body, Kind, body_of, country_body
from etl.resolve.countries import country_of
from etl.resolve.dateline import dateline_day, dateline_end
from etl.resolve.entities import Named, named
from etl.resolve.introduced import Introduced, countries, introduced, short_outlet
from etl.resolve.people import People, Person, people
from etl.resolve.titles import roles_held, title_after
from schema.dates import Edtf
from schema.keys import outlet_name


@dataclass(frozen=True)
class Reading:
    """An article read for its names.

    text: the article's (Doc.text is joined anew at each use). name_at: token -> index of its name. acronyms: short ->
    long name, where the article explains one. sentences, starts: of each token, its sentence and first character.
    introduced: names that the words around them explain. countries: those no list has, by name and adjective.
    outlet: the one that printed the article, empty where it is not known. published: when it did.
    """

    doc: Doc
    text: str
    article: UUID
    names: tuple[Named, ...]
    people: People
    name_at: Mapping[int, int]
    acronyms: Mapping[str, str]
    sentences: Sequence[int]
    starts: Sequence[int]
    introduced: Mapping[str, Introduced]
    countries: Mapping[str, str]
    outlet: str
    published: Edtf | None

    @cached_property
    def anchor(self) -> date | None:
        """The outlet's local day against which "Monday" is read, None where it is not known to the day.

        The day of a dateline where there is one: agency copy is printed elsewhere days later, word for word.
        """
        return dateline_day(self.text, self.published)

    @property
    def read_against(self) -> str | None:
        """The anchor as EDTF: the publication's date as given where it is of that day, else the dateline's day."""
        if self.anchor is None or (self.published is not None and self.published.day == self.anchor):
            return self.published.value if self.published else None
        return self.anchor.isoformat()

    @cached_property
    def dateline_end(self) -> int:
        """Where the dateline that opens the text ends, 0 where none does."""
        return dateline_end(self.text)

    def tokens(self, span: Span) -> Tokens:
        """The tokens that share a character with the span, white space at its ends left out; may be empty."""
        return tokens_of(span, self.doc, self.starts)

    def sentence(self, token: Token) -> Tokens:
        """The sentence of a token; the whole text where nothing parts it."""
        return token.sent if self.doc.has_annotation("SENT_START") else self.doc[:]

    def names_in(self, start: int, end: int) -> list[int]:
        """Indices of the names that begin within tokens start..end, in order."""
        first = bisect_left(self.names, start, key=lambda one: one.start)
        last = bisect_left(self.names, end, key=lambda one: one.start)
        return list(range(first, last))

    def names_before(self, token: int, sentences: int) -> list[int]:
        """Indices of the names before a token, nearest first, at most so many sentences back."""
        oldest = self.sentences[min(token, len(self.sentences) - 1)] - sentences if len(self.sentences) else 0
        found = []
        for i in range(bisect_left(self.names, token, key=lambda one: one.start) - 1, -1, -1):
            if self.sentences[self.names[i].start] < oldest:
                break
            found.append(i)
        return found

    def person(self, name: int) -> Person | None:
        """The person that the name with this index is of."""
        return self.people.of_name.get(name)

    def body(self, name: int) -> Body:
        """The body that the name with this index is of; the name is no person's and no platform's."""
        one = self.names[name]
        if one.kind is Kind.COUNTRY and one.canonical:
            return country_body(one.canonical)
        return self.body_called(one.name)

    def body_called(self, name: str, *, country: str | None = None) -> Body:
        """The body of this name; an acronym that the article explains is the long name."""
        return body_of(self.acronyms.get(name, name), self.article, country=country, own=self.countries)

    def country_of(self, word: str) -> str | None:
        """The country that a word means, by the lists or in this article; None for any other word."""
        return country_of(word) or self.countries.get(word)

    @property
    def publisher(self) -> str | None:
        """The key of the outlet that printed the article, None where it is not known."""
        return self.body_called(self.outlet).key if self.outlet else None

    def head(self, name: int) -> Token:
        """The token that stands for the name in the sentence."""
        one = self.names[name]
        return self.doc[one.start : one.end].root

    def span(self, one: Named) -> Span:
        """The characters of a name."""
        last = self.doc[one.end - 1]
        return Span(self.doc[one.start].idx, last.idx + len(last))

    def paragraph_breaks(self, start: int, end: int) -> int:
        """How many paragraph breaks lie between two characters."""
        return self.text.count("\n\n", start, end)


def read(article: CleanArticle, doc: Doc, sources: Sequence[Span] = (), named_people: Sequence[Span] = ()) -> Reading:
    """The article laid out. The doc's characters are the article's; furniture in it is read like any other text.

    sources: phrases to which quotations are ascribed. named_people: names that somebody marked as people's.
    """
    raw = article.raw
    key = raw.id
    starts = [token.idx for token in doc]
    outlet = outlet_name(raw.source)
    own = countries(doc)
    known = introduced(doc, raw.text, outlet)
    explained = {**known, **{name: Introduced(Kind.COUNTRY) for name in set(own.values())}}
    speaking, told = ([tokens_of(span, doc, starts) for span in spans] for spans in (sources, named_people))
    names = named(doc, speaking, explained, told)
    short = short_outlet(doc, outlet)
    everybody = people(names, key)
    of_people = {token for i in everybody.of_name for token in range(names[i].start, names[i].end)}
    for i, person in sorted(everybody.of_name.items()):
        if title := title_after(doc, names[i].end, of_people):
            person.note(title)
    name_at = {token: i for i, one in enumerate(names) for token in range(one.start, one.end)}
    for subject, title in roles_held(doc):
        holder = everybody.of_name.get(name_at.get(subject.i, -1))
        if holder is not None:
            holder.note(title)
    return Reading(
        doc=doc,
        text=raw.text,
        article=key,
        names=names,
        people=everybody,
        name_at=name_at,
        acronyms={**_variants(names), **_acronyms(names, doc), **({short: outlet} if short else {})},
        sentences=_sentences(article, doc),
        starts=starts,
        introduced=known,
        countries=own,
        outlet=outlet,
        published=raw.published_on,
    )


def _sentences(article: CleanArticle, doc: Doc) -> list[int]:
    """Of each token the number of its sentence; furniture is part of the sentence before it, so it adds no distance."""
    numbers = [0] * len(doc)
    if not doc.has_annotation("SENT_START"):
        return numbers
    number = -1
    for sent in doc.sents:
        words = Span(sent.start_char, sent.end_char)
        if number < 0 or not (sent.text.isspace() or any(one.span.covers(words) for one in article.furniture)):
            number += 1
        numbers[sent.start : sent.end] = [number] * len(sent)
    return numbers


def _acronyms(names: Sequence[Named], doc: Doc) -> dict[str, str]:
    """Acronyms the article explains: "the Border Workers Union (BWU)" gives BWU its long name."""
    found: dict[str, str] = {}
    for one in names:
        if one.kind is not Kind.BODY or one.canonical or one.end + 2 >= len(doc) or doc[one.end].text != "(":
            continue
        short = doc[one.end + 1].text
        initials = "".join(word[0] for word in one.name.replace("-", " ").split() if word[0].isupper())
        if doc[one.end + 2].text == ")" and len(short) > 1 and short == initials:
            found.setdefault(short, one.name)
    return found


def _variants(names: Sequence[Named]) -> dict[str, str]:
    """Shorter names of a body -> its longer one: "Coast Guard" beside "Velundian Coast Guard", "St Brannoc's"."""
    bodies = {one.name: one.name.split() for one in names if one.kind is Kind.BODY}
    found: dict[str, str] = {}
    for name, words in bodies.items():
        if len(words) < 2 or words[-1].casefold() in ("ministry", "department"):
            continue
        size = len(words)
        longer = [other for other, its in bodies.items() if len(its) > size and words in (its[:size], its[-size:])]
        if len(longer) == 1:
            found[name] = longer[0]
    return found


def tokens_of(span: Span, doc: Doc, starts: Sequence[int]) -> Tokens:
    """The tokens that share a character with the span, white space at its ends left out; may be empty."""
    first = max(bisect_right(starts, span.start) - 1, 0)
    end = bisect_left(starts, span.end)
    if first < end and starts[first] + len(doc[first]) <= span.start:
        first += 1
    while first < end and doc[first].is_space:
        first += 1
    while first < end and doc[end - 1].is_space:
        end -= 1
    return doc[first : max(first, end)]
