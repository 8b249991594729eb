"""Who and what a text names: people with their titles, bodies, countries, outlets, platforms.

The model's entities are one piece of evidence beside the lists and the shape of the words: the small model calls
Reuters a person and "British Defense" a body. Names found here do not overlap.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc
from spacy.tokens import Span as Tokens

from etl.resolve.bodies import Kind, bare_body, first_word, is_body_word, listed, listed_by_first_word
from etl.resolve.countries import adjectives
from etl.resolve.introduced import Introduced, occurrences
from etl.resolve.lists import given_names, is_honorific, is_office, known_nouns, singular, word_set
from etl.resolve.name_shapes import acts_as_person, is_name_word, is_no_persons, looks_personal
from etl.resolve.names import bare_name
from etl.resolve.titles import Title, title_before
from schema.keys import fold

_SUFFIX = re.compile(r"(?:Jr|Sr)\.?\Z|I{2,3}\Z|IV\Z")
_ACRONYM = re.compile(r"[A-Z][A-Za-z]?[A-Z]{1,5}\Z")
_MAX_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the text.

    start, end: its tokens, without title, article and possessive. canonical: the name that a list gives it.
    """

    start: int
    end: int
    kind: Kind
    name: str
    canonical: str | None = None
    title: Title | None = None

    @property
    def first(self) -> int:
        """The first token, title included."""
        return self.title.start if self.title and self.title.start is not None else self.start


def named(
    doc: Doc,
    speaking: Sequence[Tokens] = (),
    known: Mapping[str, Introduced] | None = None,
    people: Sequence[Tokens] = (),
) -> tuple[Named, ...]:
    """Every name in the text, in order, none overlapping another.

    speaking: phrases to which quotations are ascribed; two or three capitalised words there are a person.
    known: names that the words around them explain, with what they name. people: names marked as people's.
    """
    known = known or {}
    taken = [False] * len(doc)
    found: list[Named] = []

    def take(one: Named) -> None:
        if not any(taken[one.start : one.end]):
            taken[one.start : one.end] = [True] * (one.end - one.start)
            found.append(one)

    for given in people:
        first, last = _trimmed(doc, given.start, given.end)
        if first < last:
            take(_person(doc, first, last))
    by_list = list(_listed(doc))
    inner = {token: one for one in by_list for token in range(one.start, one.end)}
    for one in _larger_bodies(doc):
        # Larger on both sides: the model's "York Times" is no reason to cut The New York Times.
        if all(
            one.start <= inner[token].start and inner[token].end <= one.end
            for token in (one.start, one.end - 1)
            if token in inner
        ):
            take(one)
    for one in by_list:
        take(one)
    for start, end, name in occurrences(doc, known):
        take(Named(start, end, known[name].kind, name, name))
    for phrase in speaking:
        # The model cuts "Aoife" off Aoife Darby.
        if looks_personal(phrase) and not any(is_office(word.text) or is_honorific(word.text) for word in phrase):
            take(_person(doc, phrase.start, phrase.end))
    for one in _people(doc, taken):
        take(one)
    for phrase in speaking:
        if any(taken[phrase.start : phrase.end]):
            continue
        if looks_personal(phrase) or acts_as_person(phrase):
            take(_person(doc, phrase.start, phrase.end))
    found = [_less_headline(doc, one, found) for one in found]
    families = {one.name.split()[-1] for one in found if one.kind is Kind.PERSON and " " in one.name}
    families |= {phrase.text for phrase in speaking if acts_as_person(phrase)}
    for token in doc:
        # A family name alone that the model overlooked or took for a body: "Reznikov welcomed", "REZNIKOV: Well"
        again = token.text in families or (token.is_upper and len(token) > 2 and token.text.title() in families)
        if again and not taken[token.i] and token.pos_ in ("PROPN", "NOUN", "X", "ADJ"):
            take(_person(doc, token.i, token.i + 1))
    for family in sorted(one for one in families if "-" in one):
        for match in re.finditer(rf"(?<![\w-]){re.escape(family)}(?![\w-])", doc.text):
            if span := doc.char_span(*match.span()):  # "Lopez-Cantera", three words to the model
                take(_person(doc, span.start, span.end))
    for one in found:
        if one.title and one.title.start is not None:
            taken[one.title.start : one.start] = [True] * (one.start - one.title.start)
    for one in _other_bodies(doc, taken):
        take(one)
    things = {one.name for one in found if _is_thing(doc, one, families)}
    told = {token.i for given in people for token in given}
    kept = [one for one in found if one.start in told or not (_is_heading(doc, one, families) or one.name in things)]
    return tuple(sorted((_explained(one, known) for one in kept), key=lambda one: one.start))


def _less_headline(doc: Doc, one: Named, found: Sequence[Named]) -> Named:
    """The name without what follows it in a headline: "Lena Farstad Checks Into Clinic", Lena Farstad in the text."""
    words = one.name.split()
    if one.kind is not Kind.PERSON or len(words) < 3 or _SUFFIX.match(words[-1]):
        return one
    for size in range(len(words) - 1, 1, -1):
        shorter = " ".join(words[:size])
        if any(other.name == shorter and other.kind is Kind.PERSON for other in found):
            end = next((i for i in range(one.start + 1, one.end) if printed(doc, one.start, i) == shorter), None)
            return one if end is None else replace(one, end=end, name=shorter)
    return one


def printed(doc: Doc, start: int, end: int) -> str:
    """The words of these tokens, white space single."""
    return " ".join(doc[start:end].text.split())


def _is_heading(doc: Doc, one: Named, families: set[str]) -> bool:
    """Whether the model took the capital that begins a line for a person's: "Border escalation", "Scholars said"."""
    token = doc[one.start]
    if one.kind is not Kind.PERSON or one.end - one.start > 1 or one.title or token.text in families:
        return False
    return token.is_sent_start is True and (token.dep_ == "compound" or singular(token.text) in known_nouns())


def _explained(one: Named, known: Mapping[str, Introduced]) -> Named:
    """The body's name with what the words around it, or "Radio" in it, say that it is."""
    if one.kind is Kind.BODY and one.name in known:
        return replace(one, kind=known[one.name].kind, canonical=one.name)
    if one.kind is not Kind.BODY:
        return one
    words = one.name.casefold().split()
    if not word_set("airwaves").isdisjoint(words) or (len(words) > 1 and words[-1] in word_set("mastheads")):
        return replace(one, kind=Kind.OUTLET)  # "Radio Harlow", "The Ostry Post"
    return one


def _is_thing(doc: Doc, one: Named, families: set[str]) -> bool:
    """Whether the word before makes it a thing's or place's name: "the heart medicine Cordavene", "in Lomar"."""
    if one.kind is not Kind.PERSON or one.end - one.start > 1 or one.title or one.name in families or not one.start:
        return False
    before = doc[one.start - 1]
    if before.lower_ in ("in", "near", "into", "outside") and before.i == doc[one.start].head.i:
        return True
    if before.lower_ == "of" and before.i and doc[before.i - 1].text == ",":
        return True  # "Una Fell, 59, of Ostry"
    return (
        before.pos_ == "NOUN"
        and before.is_lower
        and (before.dep_ in ("compound", "nmod") or doc[one.start].dep_ == "appos")
        and singular(before.text) not in known_nouns()
    )


def _listed(doc: Doc) -> Iterator[Named]:
    text = doc.text  # joined anew at each use
    ends = {token.idx + len(token): token.i + 1 for token in doc}
    by_first_word, forms = listed_by_first_word(), listed()
    until = 0
    for token in doc:
        if token.i < until or not (token.text[0].isupper() or token.text[0].isdigit() or token.text[0] in "Éde"):
            continue
        for form in by_first_word.get(first_word(token.text), ()):
            end = ends.get(token.idx + len(form))
            if end is None or not text.startswith(form, token.idx) or _is_of_a_person(doc, token.i, end):
                continue
            canonical, kind = forms[form]
            yield Named(token.i, end, kind, form, canonical)
            until = end
            break


def _is_of_a_person(doc: Doc, start: int, end: int) -> bool:
    """Whether a listed word is part of a person's name here: "Sofia Lopez", "Michael Jordan", "Paris Hilton"."""
    before = doc[start - 1] if start else None
    after = doc[end] if end < len(doc) else None
    if before is not None and fold(before.text) in given_names() and before.text.istitle() and end - start == 1:
        # "Jordan" after "Michael"; but "Dawn, Moscow" and "Jordan and Moscow" are apart.
        return before.ent_type_ in ("PERSON", "") and doc[start].ent_type_ == "PERSON"
    if fold(doc[start:end].text) in given_names() and after is not None:
        return (
            after.pos_ == "PROPN"
            and after.text.istitle()
            and not is_body_word(after.text)
            and not is_office(after.text)
        )
    return False


def _larger_bodies(doc: Doc) -> Iterator[Named]:
    """Bodies whose name holds a listed one ("UK Defence Ministry"), and long names with their acronym beside them."""
    forms = listed()
    for ent in doc.ents:
        if ent.label_ not in ("ORG", "FAC"):
            continue
        start, end = _trimmed(doc, ent.start, ent.end)
        text = printed(doc, start, end)
        if end - start < 2 or text in forms or "\n" in doc[start:end].text:
            continue
        if is_body_word(doc[end - 1].text) or any(
            is_body_word(token.text) and doc[token.i + 1].lower_ in ("of", "for") for token in doc[start : end - 1]
        ):
            if end < len(doc) and is_office(doc[end].text):
                continue  # "Security Council Secretary Volfovich": part of his title
            start = _with_adjective(doc, start)
            yield Named(start, end, Kind.BODY, bare_body(printed(doc, start, end)))


def _other_bodies(doc: Doc, taken: list[bool]) -> Iterator[Named]:
    for ent in doc.ents:
        if ent.label_ != "ORG":
            continue
        start, end = _trimmed(doc, ent.start, ent.end)
        text = printed(doc, start, end)
        if start >= end or any(taken[start:end]) or "\n" in doc[start:end].text or any(c.isdigit() for c in text):
            continue
        if (end < len(doc) and is_office(doc[end].text)) or not text[:1].isupper():
            continue
        if end - start == 1 and not _ACRONYM.match(text) and doc[start].pos_ != "PROPN":
            continue
        if all(token.text in adjectives() or is_office(token.text) for token in doc[start:end]):
            continue
        start = _with_adjective(doc, start)
        yield Named(start, end, Kind.BODY, bare_body(printed(doc, start, end)))


def _with_adjective(doc: Doc, start: int) -> int:
    """The start with an adjective of a country before it: "Canadian Special Operations Forces Command"."""
    return start - 1 if start and doc[start - 1].text in adjectives() else start


def _people(doc: Doc, taken: list[bool]) -> Iterator[Named]:
    seen = list(taken)
    for start, end in _person_runs(doc, taken):
        if not any(seen[start:end]):
            seen[start:end] = [True] * (end - start)
            yield _person(doc, start, end)


def _person_runs(doc: Doc, taken: list[bool]) -> Iterator[tuple[int, int]]:
    """Runs of words that name a person: by a given name, by a title before them, by the model."""
    for token in doc:
        if taken[token.i] or not is_name_word(token):
            continue
        end = _run_end(doc, token.i, taken)
        known = (
            fold(token.text) in given_names() and fold(token.text) not in word_set("calendar") and token.text.istitle()
        )
        if known and end - token.i >= 2 and not any(is_no_persons(word) for word in doc[token.i : end]):
            yield token.i, end
    for ent in doc.ents:
        start, end = _trimmed(doc, ent.start, ent.end)
        if ent.label_ == "PERSON" and start < end and not any(taken[start:end]):
            while end - start > 1 and (is_office(doc[start].text) or doc[start].text in adjectives()):
                start += 1
            end = next(
                (
                    i
                    for i in range(start, end)
                    if not is_name_word(doc[i]) and doc[i].lower_ not in word_set("particles")
                ),
                end,
            )
            dated = end - start == 1 and fold(doc[start].text) in word_set("weekdays")
            end = next((i for i in range(start + 1, end) if doc[i].lower_ in word_set("modals")), end)
            if start < end and not dated and not any(is_no_persons(word) for word in doc[start:end]):
                yield start, max(end, _run_end(doc, start, taken) if end - start > 1 else end)
    for token in doc:
        # "its chairwoman, Una Fell."
        if is_office(token.text) and token.i + 2 < len(doc) and doc[token.i + 1].text == ",":
            start = token.i + 2
            end = start if taken[start] or not is_name_word(doc[start]) else _run_end(doc, start, taken)
            closed = end == len(doc) or doc[end].is_punct
            if (
                2 <= end - start <= 3
                and closed
                and not any(is_no_persons(t) or is_office(t.text) for t in doc[start:end])
            ):
                yield start, end
        # "Defense Minister Oleksii Reznikov", "spokesman Ned Price": whatever follows an office with capitals.
        if token.i + 1 < len(doc) and (is_office(token.text) or is_honorific(token.text)):
            start = token.i + 1
            if (
                not taken[start]
                and is_name_word(doc[start])
                and doc[start].pos_ == "PROPN"
                and not is_office(doc[start].text)
                and fold(doc[start].text) not in word_set("weekdays")  # "at 7 p. m. Friday"
            ):
                end = _run_end(doc, start, taken)
                if end - start == 1 and doc[start].ent_type_ != "PERSON" and token.lower_ in word_set("partisans"):
                    continue  # "Republican Nomination"
                if not any(is_body_word(word.text) or is_office(word.text) for word in doc[start:end]):
                    yield start, end


def _run_end(doc: Doc, start: int, taken: list[bool]) -> int:
    """Where the run of name words from start ends: particles within it, a generation after it."""
    end = start + 1
    while end < len(doc) and end - start < _MAX_NAME_WORDS and not taken[end]:
        token = doc[end]
        if token.lower_ in word_set("modals"):
            break  # a headline: "Ortiz Should Win"
        if (
            is_name_word(token)
            and token.pos_ in ("PROPN", "ADJ", "NOUN", "X", "VERB")
            and fold(token.text) not in word_set("calendar")
        ):
            if is_office(token.text) and end + 1 < len(doc) and is_name_word(doc[end + 1]):
                break  # "Jane Doe Professor John Roe"
            end += 1
        elif (
            token.lower_ in word_set("particles")
            and end + 1 < len(doc)
            and (is_name_word(doc[end + 1]) or doc[end + 1].lower_ in word_set("particles"))
        ):
            end += 1
        elif (
            token.text == "-"
            and end + 1 < len(doc)
            and is_name_word(doc[end + 1])
            and not token.whitespace_
            and not doc[end - 1].whitespace_
        ) or (token.text == "," and end + 1 < len(doc) and _SUFFIX.match(doc[end + 1].text)):
            end += 2
        else:
            break
    return end


def _person(doc: Doc, start: int, end: int) -> Named:
    while start < end - 1 and is_honorific(doc[start].text):
        start += 1
    return Named(start, end, Kind.PERSON, bare_name(printed(doc, start, end)), title=title_before(doc, start))


def _trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """The tokens without article before and possessive or punctuation after."""
    if end - start > 2 and doc[start].pos_ in ("ADV", "SCONJ") and doc[start + 1].lower_ == "the":
        start += 1  # "Later the Harbour Council"
    while start < end and (
        doc[start].pos_ in ("DET", "PUNCT") or doc[start].lower_ in ("the", "a", "an") or doc[start].is_space
    ):
        start += 1
    while start < end and (
        doc[end - 1].is_punct or doc[end - 1].is_space or doc[end - 1].text in ("'s", "’s", "'", "’")
    ):
        end -= 1
    return start, end
