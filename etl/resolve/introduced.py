"""Names that the words around them make a body, an outlet or a country, whatever the model takes them for.

"The drug maker Tesmora", "the Norwire agency", "Velpress, the state agency", "its operator, Blue Sound Ferries", the
agency of a dateline, the outlet itself, and a country that no list has ("Velund's energy minister", "Velundian").
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from etl.resolve.bodies import Kind, body_nouns, listed
from etl.resolve.countries import adjectives, country_of
from etl.resolve.dateline import dateline_agency
from etl.resolve.lists import given_names, is_honorific, is_office, singular, word_set
from schema.keys import fold

_POSSESSIVE = ("'s", "’s", "'", "’")
_MAX_WORDS = 5
_OF = ("for", "of", "at", "from", "with")  # "a spokesman for the company, Owen Trask,"
_ADJECTIVE = re.compile(r"(?P<stem>\w{4,}?)(?:ian|an|ish|ese)")  # "Velundian" of Velund, "Kessian" of Kessia


@dataclass(frozen=True, slots=True)
class Introduced:
    """What a name names here, and the nouns that said so ("maker", "agency")."""

    kind: Kind
    nouns: frozenset[str] = frozenset()


def introduced(doc: Doc, text: str, outlet: str = "") -> dict[str, Introduced]:
    """Each such name of the article as printed, with what it is. outlet: the one that printed the article."""
    found: dict[str, Introduced] = {}
    families = _family_names(doc)
    for name, noun in _described(doc):
        if name in families:
            continue  # "of the campaign, Ayotte said", in an article about Kelly Ayotte
        kinds = body_nouns().get(noun, frozenset())
        kind = Kind.AGENCY if "agency" in kinds else Kind.OUTLET if "outlet" in kinds else Kind.BODY
        before = found.get(name)
        if before is not None and before.kind is not Kind.BODY:
            kind = before.kind
        found[name] = Introduced(kind, (before.nouns if before else frozenset()) | {noun})
    if agency := dateline_agency(text):
        found.setdefault(agency, Introduced(Kind.AGENCY, frozenset({"agency"})))
    if outlet and outlet in text:
        found.setdefault(outlet, Introduced(Kind.OUTLET))
    if short := short_outlet(doc, outlet):
        found.setdefault(short, Introduced(Kind.OUTLET))
    return {name: one for name, one in found.items() if name not in listed()}


def _family_names(doc: Doc) -> set[str]:
    """Words that stand after a given name somewhere in the article: "Ayotte" of Kelly Ayotte."""
    return {
        token.text
        for token in doc[1:]
        if token.text[:1].isupper() and doc[token.i - 1].text.istitle() and fold(doc[token.i - 1].text) in given_names()
    }


def short_outlet(doc: Doc, outlet: str) -> str:
    """How the article calls its own outlet for short: "Tribune" in "told the Tribune" for The Coast Tribune."""
    last = outlet.split()[-1] if " " in outlet else ""
    if not last or last not in doc.text:
        return ""
    the = any(token.text == last and token.i and doc[token.i - 1].lower_ == "the" for token in doc)
    return last if the else ""


def countries(doc: Doc) -> dict[str, str]:
    """Countries that no list has, by name and by adjective -> their name: "Velund" and "Velundian" -> "Velund"."""
    kinds: dict[str, Counter[str]] = {}
    people: set[str] = set()
    with_ministers: set[str] = set()
    with_presidents: set[str] = set()
    for token in doc:
        if token.text[:1].isupper() and token.is_alpha and token.pos_ in ("PROPN", "ADJ"):
            kinds.setdefault(token.text, Counter())[token.ent_type_] += 1
            if _may_be_of_a_person(token):
                people.add(token.text)
            ministers, presidents = (_has(token, one) for one in ("of a state", "of a state or a company"))
            with_ministers |= {token.text} if ministers else set()
            with_presidents |= {token.text} if ministers or presidents else set()
    adjectives_of: dict[str, list[str]] = {}
    for word in kinds:
        if (match := _ADJECTIVE.fullmatch(word)) and country_of(word) is None:
            adjectives_of.setdefault(match["stem"], []).append(word)
    found: dict[str, str] = {}
    for name, seen in kinds.items():
        if name in people or name.isupper() or country_of(name) or name in listed() or fold(name) in given_names():
            continue
        stem = re.sub(r"(?:ia|[aeiouy])\Z", "", name)
        own = [word for word in adjectives_of.get(stem, ()) if word != name]
        no_person = seen["PERSON"] * 2 <= seen.total()
        if (own and name in with_presidents) or (no_person and (own or name in with_ministers)):
            found[name] = name
            found.update(dict.fromkeys(own, name))
    return found


def _may_be_of_a_person(token: Token) -> bool:
    """Whether the word before makes this a family name: "Mrs Castel", "Lena Farstad", "President Castel"."""
    before = token.doc[token.i - 1] if token.i else None
    if before is None or not before.text[:1].isupper():
        return False
    return (
        is_honorific(before.text)
        or is_office(before.text)
        or fold(before.text) in given_names()
        or before.ent_type_ == "PERSON"
    )


def _has(token: Token, offices: str) -> bool:
    """Whether these are its own: "Velund's energy minister", "Kessia's interior ministry"."""
    doc = token.doc
    if token.i + 2 >= len(doc) or doc[token.i + 1].text not in _POSSESSIVE:
        return False
    for word in doc[token.i + 2 : token.i + 6]:
        if singular(word.text) in word_set(offices):
            return True
        if word.pos_ not in ("ADJ", "NOUN", "PROPN"):
            return False
    return False


def _described(doc: Doc) -> Iterator[tuple[str, str]]:
    """Names with the noun that describes each."""
    for token in doc:
        yield from _of_an_office(token)
        noun = singular(token.text)
        if noun != token.lower_ or not token.is_lower or token.pos_ not in ("NOUN", "PROPN", "ADJ"):
            continue
        kinds = body_nouns().get(noun)
        if kinds is None or "country" in kinds:
            continue
        after = token.i + 1
        if name := _name(doc, after, _end(doc, after)):
            yield name, noun  # "the drug maker Tesmora"
        if kinds & {"outlet", "agency"} or noun in word_set("companies"):
            start = _start(doc, token.i - 1 if doc[token.i - 1].lower_ == "news" else token.i)
            the = doc[start - 1].lower_ == "the" if start else False
            name = _name(doc, start, token.i - 1 if doc[token.i - 1].lower_ == "news" else token.i)
            if (
                the
                and name
                and doc[start].ent_type_ not in ("NORP", "GPE")
                and not re.search(r"(?:ian|ish|ese)\Z", name)
            ):
                yield name, noun  # "the Norwire agency"
        begins = _phrase_start(token)
        if begins is None:
            continue
        if after < len(doc) and doc[after].text == "," and not (begins and doc[begins - 1].lower_ in _OF):
            end = _end(doc, after + 1)
            if (name := _name(doc, after + 1, end)) and (end >= len(doc) or doc[end].is_punct or doc[end].is_space):
                yield name, noun  # "its operator, Blue Sound Ferries,"
        if begins > 1 and doc[begins - 1].text == ",":
            start = _start(doc, begins - 1)
            closed = after >= len(doc) or doc[after].is_punct or doc[after].lower_ in ("which", "that", "in", "of")
            if closed and (name := _name(doc, start, begins - 1)):
                yield name, noun  # "Velpress, the state agency"


def _of_an_office(token: Token) -> Iterator[tuple[str, str]]:
    """ "chief executive of Tesmora", "St Brannoc's Hospital", "told KESNA": names that other words make bodies."""
    doc, after = token.doc, token.i + 1
    if token.lower_ in word_set("company offices") and doc[after : after + 1].text.casefold() == "of":
        name = _name(doc, after + 1, _end(doc, after + 1))
        if name:
            yield name, "company"
    if token.text in ("St", "St.") and token.i + 2 < len(doc) and doc[token.i + 2].text in _POSSESSIVE:
        end = _end(doc, token.i + 3)
        yield " ".join(doc[token.i : end].text.split()), "organization"
    if token.lower_ == "told" and after < len(doc) and _is_told(doc[after]):
        yield doc[after].text, "agency"


def _is_told(token: Token) -> bool:
    """Whether whoever is told is an agency: "told KESNA", "told Norwire that"; "told Wallace", "told London" are not.

    A name in capitals may be a person's printed so ("WALLACE" beside Wallace); one that nothing else explains is no
    person's where the model sees none and none of that name comes up.
    """
    doc = token.doc
    if not token.is_alpha or len(token) < 3 or is_office(token.text) or fold(token.text) in given_names():
        return False
    if token.lower_ in word_set("parliament") or singular(token.text) in body_nouns():
        return False
    if token.is_upper:
        return all(other.text != token.text.title() for other in doc)
    if token.pos_ != "PROPN" or not token.text.istitle() or country_of(token.text) or token.text in listed():
        return False
    if token.i + 1 < len(doc) and doc[token.i + 1].pos_ == "PROPN":
        return False
    same = [other for other in doc if other.text == token.text]
    people = ("PERSON", "GPE", "LOC", "NORP")
    return all(other.ent_type_ not in people and not _may_be_of_a_person(other) for other in same)


def _phrase_start(token: Token) -> int | None:
    """Where "the state agency", "its operator" begins, None where it is no definite phrase."""
    i = token.i - 1
    while i >= 0 and token.i - i < 4 and token.doc[i].pos_ in ("ADJ", "NOUN", "PROPN"):
        i -= 1
    return i if i >= 0 and token.doc[i].lower_ in ("the", "its", "their", "his", "her", "a", "an") else None


def _end(doc: Doc, start: int) -> int:
    end = start
    while end < len(doc) and end - start < _MAX_WORDS and _in_name(doc[end]):
        end += 1
    return end


def _start(doc: Doc, end: int) -> int:
    start = end
    while start and end - start < _MAX_WORDS and _in_name(doc[start - 1]):
        start -= 1
    return start


def _in_name(token: Token) -> bool:
    return (
        token.text[:1].isupper()
        and token.pos_ in ("PROPN", "X", "NOUN", "ADJ")
        and token.text not in adjectives()
        and token.lower_ not in ("the", "a", "an")
    )


def _name(doc: Doc, start: int, end: int) -> str:
    """The name of these tokens, empty where they are a person's, an office's, a day or nothing at all."""
    words = doc[start:end]
    if not len(words) or not any(token.pos_ == "PROPN" or token.ent_type_ == "ORG" for token in words):
        return ""
    if any(is_office(token.text) or is_honorific(token.text) for token in words):
        return ""
    if fold(words[0].text) in given_names() or any(fold(token.text) in word_set("calendar") for token in words):
        return ""
    if start and is_office(doc[start - 1].text):
        return ""
    return " ".join(words.text.split())


def occurrences(doc: Doc, known: Mapping[str, Introduced]) -> Iterator[tuple[int, int, str]]:
    """Where these names stand: first token, end, and the name; never within a person's full name."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(known, key=len, reverse=True):
        by_first.setdefault(re.split(r"\W", name)[0], []).append(name)
    for token in doc:
        for name in by_first.get(re.split(r"\W", token.text)[0], ()):
            span = doc.char_span(token.idx, token.idx + len(name))
            if span is None or span.text != name:
                continue
            before = doc[token.i - 1] if token.i else None
            if before is not None and before.text.istitle() and fold(before.text) in given_names():
                continue
            yield span.start, span.end, name
            break
