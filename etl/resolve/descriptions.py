"""Who "the minister", "Britain's defence secretary", "the spokesman" is: a person of the article or somebody unnamed.

Looked for, in this order: the same words resolved before, an unnamed source of that noun, a person named before, a
person named with that office later, and whoever speaks next under a full name that nothing else explains.
"""

from dataclasses import dataclass, field

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.records import Reason
from etl.resolve.bodies import Kind, body_nouns
from etl.resolve.features import Reference, called_alike
from etl.resolve.lists import is_office, singular, word_set
from etl.resolve.match import match
from etl.resolve.names import gender_of_title
from etl.resolve.people import Person
from etl.resolve.phrases import is_definite, is_plural, name_of_phrase, whole
from etl.resolve.reading import Reading
from etl.resolve.spelling import plain_word
from etl.resolve.trail import Trail
from etl.resolve.weights import LATER_NAME, SENTENCES_BACK
from schema.enums import Stage

_POSSESSIVE = ("'s", "’s", "'", "’")
_MODIFIERS = 4
"""Words between "the" and the noun of a description at most."""


@dataclass(slots=True)
class Described:
    """The descriptions of the article resolved so far: words -> person; head noun -> key of the unnamed source."""

    people: dict[str, Person] = field(default_factory=dict)
    unnamed: dict[str, str] = field(default_factory=dict)


def is_description(tokens: Tokens, top: Token, reading: Reading) -> bool:
    """Whether the phrase takes one bearer of an office for known: "the minister", "Britain's defence secretary"."""
    if is_plural(top) or not (is_office(top.text) or is_aged(tokens)):
        return False
    return is_definite(tokens) or any(
        token.text in _POSSESSIVE and token.i > tokens.start and reading.country_of(tokens.doc[token.i - 1].text)
        for token in tokens
    )


def definite(top: Token) -> Tokens | None:
    """The phrase "the mayor", "the National Board" that ends with this noun, None where it is no definite one."""
    doc, start = top.doc, top.i
    if top.dep_ == "compound":
        return None
    while start and top.i - start < _MODIFIERS and doc[start - 1].pos_ in ("ADJ", "NOUN", "PROPN"):
        start -= 1
    return doc[start - 1 : top.i + 1] if start and doc[start - 1].lower_ == "the" else None


def is_aged(tokens: Tokens) -> bool:
    """Whether the phrase calls somebody by age: "the 33-year-old"."""
    return tokens.text.casefold().endswith("-year-old")


def person_described(
    tokens: Tokens, top: Token, reading: Reading, trail: Trail, described: Described, last_speaker: str | None
) -> tuple[Person, Reason] | None:
    """The person of the article whom a description means, and why; None when nobody named is meant for certain."""
    words = _words(tokens)
    known = described.people.get(words)
    if known is not None:
        return known, Reason(Stage.RESOLVE, "description", 0.5, f"{name_of_phrase(tokens)}: {known.name}, as before")
    own = [reading.name_at[token.i] for token in tokens if token.i in reading.name_at]
    # "the company's chief executive" may be named; "Ortiz's wife", "his wife" only beside the words.
    whose = [
        child
        for child in top.children
        if child.dep_ == "poss" and not reading.country_of(child.text) and singular(child.text) not in body_nouns()
    ]
    doc = tokens.doc
    elsewhere = any(token.lower_ == "in" and doc[token.i + 1].pos_ == "PROPN" for token in tokens[:-1])
    if elsewhere or singular(top.text) == "counterpart" or any(reading.person(name) for name in own) or whose:
        return None
    found = _weighed(tokens, top, reading, trail, last_speaker) or _named_right_after(tokens, top, reading)
    if found is not None:
        described.people[words] = found[0]
        trail.note(top, found[0])
    return found


def _weighed(
    tokens: Tokens, top: Token, reading: Reading, trail: Trail, last_speaker: str | None
) -> tuple[Person, Reason] | None:
    """The best of the people named before, else the only one named later whose office it is."""
    noun = "-year-old" if is_aged(tokens) else singular(top.text)
    country = next((country for token in tokens if (country := reading.country_of(token.text))), None)
    office = frozenset(
        plain_word(token.text)
        for token in tokens
        if token.i != top.i
        and token.is_alpha
        and token.pos_ in ("NOUN", "PROPN", "ADJ")
        and not reading.country_of(token.text)
        and not (token.dep_ == "poss" and singular(token.text) in body_nouns())
    )
    reference = Reference(top, noun, gender_of_title(top.text), country, office)
    near = match(reference, trail.before(top.i, SENTENCES_BACK), reading, last_speaker)
    if near is not None:
        return near.person, near.reason
    holders = [one for one in reading.people.everybody if _may_hold(reference, one)]
    before = [one for one in holders if reading.names[one.mentions[0]].start < top.i]
    only = before or holders
    if len(only) != 1:
        return None
    where = "named further up" if before else "named later"
    detail = f"{name_of_phrase(tokens)}: the only one {where} with such an office ({', '.join(only[0].roles)})"
    return only[0], Reason(Stage.RESOLVE, "description", 0.6, detail)


def _may_hold(reference: Reference, person: Person) -> bool:
    """Whether the office printed beside a person's name is the one described, in other words at most."""
    if reference.country and person.countries and reference.country not in person.countries:
        return False
    if reference.gender and person.gender and reference.gender != person.gender:
        return False
    for role in person.roles:
        held = frozenset(singular(word) for word in role.split()) | {plain_word(word) for word in role.split()}
        # "the minister" may be a secretary of state; "the defence secretary" is no defence minister.
        alike = not reference.words and called_alike(reference.noun, held)
        fields = held & word_set("office fields"), reference.words & word_set("office fields")
        if (reference.noun in held or alike) and (not all(fields) or fields[1] <= fields[0]):
            return True
    return False


def _named_right_after(tokens: Tokens, top: Token, reading: Reading) -> tuple[Person, Reason] | None:
    """The person who speaks in the next sentences under a full name that nothing explains: the office before does.

    "Boats are on their way, the harbour secretary announced. Dana Ortiz told the council ..." A headline may have had
    the family name already. "Jonas Vik, who leads the opposition," is explained: somebody else.
    """
    here = reading.sentences[top.i]
    for name in reading.names_in(top.i + 1, len(reading.doc)):
        one = reading.names[name]
        person, subject = reading.person(name), reading.head(name)
        if reading.sentences[one.start] - here > LATER_NAME:
            return None
        if person is None or not person.parsed.is_full or reading.sentences[one.start] == here:
            continue
        if person.roles or one.name != person.name or _is_full_before(name, person, reading):
            return None
        after = reading.doc[one.end : one.end + 2].text.split()
        verb = subject.head.lemma_.lower()
        explained = len(after) > 1 and after[0] == "," and after[1].lower() in ("who", "whose", "a", "an", "the")
        if explained or subject.dep_ != "nsubj" or verb not in word_set("speech") | word_set("tell"):
            return None
        detail = f"{name_of_phrase(tokens)}: {person.name}, who speaks next under a name that nothing else explains"
        return person, Reason(Stage.RESOLVE, "description before the name", 0.4, detail)
    return None


def _is_full_before(name: int, person: Person, reading: Reading) -> bool:
    return any(i < name and reading.names[i].name == person.name for i in person.mentions)


def introduced_before(tokens: Tokens, top: Token, reading: Reading) -> Tokens | None:
    """The phrase that introduced an unnamed bearer of this noun: "a spokesman for the board" before "the spokesman".

    None where a person of such an office is named in between, or nobody was introduced.
    """
    doc, noun = reading.doc, singular(top.text)
    if not is_definite(tokens) or len([token for token in tokens if token.is_alpha]) > 2:
        return None
    for token in reversed(doc[: tokens.start]):
        at = reading.name_at.get(token.i)
        person = reading.person(at) if at is not None else None
        if person is not None and any(noun in map(singular, role.split()) for role in person.roles):
            return None
        if at is not None or singular(token.text) != noun or is_plural(token) or token.pos_ != "NOUN":
            continue
        phrase = doc[token.left_edge.i : token.i + 1]
        begins = next((word for word in phrase if word.lower_ in ("a", "an", "one", "another")), None)
        named = any(child.i in reading.name_at and child.dep_ == "appos" for child in token.children)
        if begins is not None and not named and not any(word.is_punct for word in doc[begins.i : token.i]):
            return _with_body(doc[begins.i : token.i + 1], reading)
    return None


def _with_body(phrase: Tokens, reading: Reading) -> Tokens:
    """The phrase with the body that its "for" or "of" names, if the parser hung it elsewhere."""
    full = whole(phrase)
    doc = phrase.doc
    if full.end > phrase.end or full.end >= len(doc) or doc[full.end].lower_ not in ("for", "of", "at"):
        return full
    name = next((i for i in reading.names_in(full.end, min(full.end + 5, len(doc)))), None)
    if name is None or reading.names[name].kind is Kind.PERSON:
        return full
    return doc[full.start : reading.names[name].end]


def _words(tokens: Tokens) -> str:
    """What makes two descriptions one: their words, articles aside, of one spelling."""
    return " ".join(plain_word(token.text) for token in tokens if token.is_alpha and token.pos_ != "DET")
