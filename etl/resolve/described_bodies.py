"""Which body of the article "the board", "the company", "the prosecutor's office" is.

One whose name holds the noun or that was introduced so, the nearest before; else the only one named later.
"""

from collections.abc import Iterator

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from etl.resolve.bodies import Body, Kind, bare_body, body_nouns, country_body
from etl.resolve.entities import Named
from etl.resolve.lists import singular, word_set
from etl.resolve.memory import Who, Whose, reason
from etl.resolve.phrases import is_definite, is_plural, name_of_phrase
from etl.resolve.reading import Reading
from etl.resolve.register import Register
from etl.resolve.spelling import letters, plain_word
from etl.resolve.weights import SENTENCES_BACK

_POSSESSIVE = ("'s", "’s", "'", "’")
_MAX_WORDS = 5
_ON_AIR = ("station", "broadcaster", "channel", "network")


def government(tokens: Tokens, top: Token, reading: Reading, register: Register) -> Who | None:
    """ "the Ukrainian government", "the government of Canada": the country."""
    if "country" not in body_nouns().get(singular(top.text), ()):
        return None
    country = country_in(tokens, reading)
    if country is None:
        return None
    return Who(
        register.body(country_body(country), bare_body(name_of_phrase(tokens))),
        reason("government of a country", 1.0),
        Kind.COUNTRY,
    )


def country_in(tokens: Tokens, reading: Reading) -> str | None:
    """The one country that words of the phrase mean, None where there is none or several."""
    found = {country for token in tokens if (country := reading.country_of(token.text))}
    return found.pop() if len(found) == 1 else None


def office_of(tokens: Tokens, top: Token, reading: Reading, register: Register, whose: Whose) -> Who | None:
    """ "Mrs Castel's office", "the Castel campaign", "the prosecutor's office": a body, the same by name and title."""
    if singular(top.text) not in word_set("of somebody"):
        return None
    owner = next((child for child in top.children if _is_owner(child, reading) and child.i >= tokens.start), None)
    if owner is None:
        return None
    noun = singular(top.text)
    found = whose(reading.doc[owner.left_edge.i : owner.i + 1])
    phrase = bare_body(name_of_phrase(tokens))
    if found.party is None or found.party not in reading.people.by_key:
        body = reading.body_called(phrase)
        if not phrase[:1].isupper() and (key := register.body_with(_words(tokens))) is not None:
            return Who(key, reason("description", 0.6, f"{phrase} -> {register[key].name}"))
    else:
        name = f"{reading.people.by_key[found.party].name}’s {noun}"
        body = Body(f"organization:{letters(name)}", name)
        phrase = name if owner.tag_ == "PRP$" else phrase
    return Who(register.body(body, phrase), reason("office of somebody", 0.8, f"{phrase} -> {body.name}"), Kind.BODY)


def _is_owner(token: Token, reading: Reading) -> bool:
    """ "Castel's campaign", "the Castel campaign"."""
    if token.dep_ == "poss":
        return True
    at = reading.name_at.get(token.i)
    return token.dep_ in ("compound", "nmod") and at is not None and reading.person(at) is not None


def described_body(tokens: Tokens, top: Token, reading: Reading, register: Register) -> Who | None:
    """ "the newspaper", "the Russian embassy": a body of the article, or one that the phrase itself tells apart."""
    kinds = body_nouns().get(singular(top.text))
    if kinds is None or is_plural(top) or singular(top.text) == "country":
        return None
    if found := _of_the_article(tokens, top, kinds, reading, register):
        return found
    country = country_in(tokens, reading)
    phrase = bare_body(name_of_phrase(tokens))
    proper = any(token.pos_ == "PROPN" for token in tokens)
    if tokens[0].lower_ in ("a", "an") or (country is None and not proper):
        return None
    own = [token for token in tokens if reading.country_of(token.text) is None or token.i == top.i]
    rest = " ".join(token.text for token in own if token.pos_ not in ("DET", "PUNCT") and token.text not in _POSSESSIVE)
    body = reading.body_called(rest, country=country) if country else reading.body_called(phrase)
    if country:
        body = Body(body.key, phrase)
    kind = Kind.OUTLET if "outlet" in kinds and "body" not in kinds else None
    return Who(register.body(body, phrase), reason("body by description", 0.7, phrase), kind)


def body_of_the_article(tokens: Tokens, top: Token, reading: Reading, register: Register) -> Who | None:
    """The body of the article that "the board" means, None where none can be told."""
    kinds = body_nouns().get(singular(top.text))
    return None if kinds is None or is_plural(top) else _of_the_article(tokens, top, kinds, reading, register)


def _of_the_article(
    tokens: Tokens, top: Token, kinds: frozenset[str], reading: Reading, register: Register
) -> Who | None:
    """The body of the article that a definite phrase without a name means, None where none can be told."""
    words = _words(tokens)
    named_in = any(token.i in reading.name_at for token in tokens)
    possessor = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in top.children)
    if not is_definite(tokens) or possessor or named_in or len(words) > _MAX_WORDS or top.text[:1].isupper():
        return None
    country = country_in(tokens, reading)
    for name in reading.names_before(tokens.start, len(reading.doc)):
        one = reading.names[name]
        near = reading.sentences[tokens.start] - reading.sentences[one.start] <= SENTENCES_BACK
        if _may_be_called(one, top, words, kinds, reading, near=near) and _fits(one, country, reading):
            return _body(name, tokens, 0.6, reading, register)
    if (key := register.body_with(words)) is not None:
        return Who(key, reason("description", 0.6, f"{name_of_phrase(tokens)} -> {register[key].name}"))
    later = {
        reading.body(name).key: name
        for name in reading.names_in(tokens.end, len(reading.doc))
        if _holds(reading.names[name], words) and _fits(reading.names[name], country, reading)
    }
    return _body(next(iter(later.values())), tokens, 0.5, reading, register) if len(later) == 1 else None


def _body(name: int, tokens: Tokens, score: float, reading: Reading, register: Register) -> Who:
    one = reading.names[name]
    detail = f"{name_of_phrase(tokens)} -> {one.name}"
    return Who(register.body(reading.body(name), one.name), reason("description", score, detail), one.kind)


def _may_be_called(
    one: Named, top: Token, words: frozenset[str], kinds: frozenset[str], reading: Reading, *, near: bool
) -> bool:
    """Whether a body may be called so: an outlet "the paper", the council "the council", any near one "the group"."""
    if one.kind in (Kind.PERSON, Kind.COUNTRY, Kind.PLATFORM):
        return False
    noun = singular(top.text)
    if one.kind is Kind.OUTLET and noun in _ON_AIR and words & word_set("airwaves") and len(words) == 2:
        return near  # "the television station", whatever it is called
    if len(words) > 1:
        called = one.kind.value in kinds and (noun in _nouns(one, reading) or _is_outlet_of(one, words - {noun}))
        return called or _holds(one, words)
    on_air = bool(set(_name_words(one)) & word_set("airwaves"))
    if noun in _ON_AIR and on_air:
        return True
    if noun in _nouns(one, reading) or _holds(one, words):
        return True
    if one.kind.is_outlet:
        return near and one.kind.value in kinds and noun != "station"
    if noun in word_set("companies"):
        if _nouns(one, reading) & word_set("companies"):
            return True
        # "Blue Sound Ferries"; not "National Medicines Board", nor a ship that only the model takes for a body.
        institution = any(
            word in body_nouns() and word not in word_set("companies") for word in _name_words(one, full=True)
        )
        return near and not institution and not _is_a_things(one, reading)
    return near and "outlet" not in kinds and noun in word_set("generic bodies")


def _is_a_things(one: Named, reading: Reading) -> bool:
    """Whether one word that only the model takes for a body is a thing's name: "the ferry Sorrel", "the Sorrel"."""
    if one.canonical is not None or " " in one.name or not one.start:
        return False
    before = reading.doc[one.start - 1]
    return before.lower_ == "the" or (before.pos_ == "NOUN" and before.is_lower)


def _nouns(one: Named, reading: Reading) -> frozenset[str]:
    """The nouns by which the article introduced the body ("maker")."""
    known = reading.introduced.get(one.name)
    return known.nouns if known else frozenset()


def _holds(one: Named, words: frozenset[str]) -> bool:
    """Whether the body's name has all these words: "the union" for the Bus and Tram Union."""
    return one.kind is Kind.BODY and words <= set(_name_words(one))


def _is_outlet_of(one: Named, words: frozenset[str]) -> bool:
    """Whether an outlet's name has these words: "the New York newspaper" for The New York Times."""
    return one.kind.is_outlet and words <= set(_name_words(one))


def _name_words(one: Named, *, full: bool = False) -> Iterator[str]:
    """The words of a body's name as printed, of one spelling; full: of the name that a list gives it (FBI)."""
    name = one.canonical if full and one.canonical else one.name
    return (plain_word(word.removesuffix("'s").removesuffix("’s")) for word in name.split())


def _fits(one: Named, country: str | None, reading: Reading) -> bool:
    """Whether the body may be of the country that the phrase names, if it names one."""
    if country is None:
        return True
    return any(reading.country_of(word.removesuffix("'s").removesuffix("’s")) == country for word in one.name.split())


def _words(tokens: Tokens) -> frozenset[str]:
    """The words of the phrase that a name may hold, of one spelling; articles, possessives and countries left out."""
    return frozenset(
        plain_word(token.text)
        for token in tokens
        if token.is_alpha and token.pos_ not in ("DET", "PART") and token.lower_ not in ("the", "this", "that", "state")
    )
