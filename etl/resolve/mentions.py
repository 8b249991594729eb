"""The people and bodies that a statement is about: names in its content, resolved.

Pronouns are left out for now. A country is a mention wherever its name stands; a capital or seat only where it is not
merely a place ("Moscow denies" is Russia, "a flight to Moscow" is not).
"""

from collections.abc import Container, Sequence

from etl.records import ResolvedMention, Span
from etl.resolve.bodies import Kind, is_body_word
from etl.resolve.countries import Word, places
from etl.resolve.entities import Named
from etl.resolve.lists import word_set
from etl.resolve.reading import Reading
from etl.resolve.register import Register


def mentions(
    content: Sequence[Span], reading: Reading, register: Register, relayed: Container[int | None] = ()
) -> tuple[ResolvedMention, ...]:
    """The names in these spans with their parties, in text order.

    relayed: indices of the names in them that only passed the words on (", as Interfax reports").
    """
    found: list[ResolvedMention] = []
    for span in content:
        tokens = reading.tokens(span)
        for i in reading.names_in(tokens.start, tokens.end):
            one = reading.names[i]
            where = reading.span(one)
            if i in relayed or not span.covers(where) or not tells(one, reading):
                continue
            person = reading.person(i)
            key = register.person(person) if person else register.body(reading.body(i), one.name)
            found.append(ResolvedMention(where, key))
    return tuple(found)


def tells(one: Named, reading: Reading) -> bool:
    """Whether the name is a party rather than a place, a platform or a guess."""
    if one.kind is Kind.PLATFORM:
        return False
    if one.kind is Kind.COUNTRY:
        if one.name not in places() or places()[one.name][1] is Word.NAME:
            return True
        before = reading.doc[one.start - 1].lower_ if one.start else ""
        if before == "the" and one.start > 1:
            before = reading.doc[one.start - 2].lower_
        return before not in word_set("place")
    if one.kind is Kind.BODY and one.canonical is None:
        # The model alone is no evidence for a single word: it takes Crimea for a body.
        return " " in one.name or one.name.isupper() or is_body_word(one.name)
    return True
