"""Titles and descriptions beside a person's name: before it, and in apposition on either side."""

from collections.abc import Container, Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from etl.resolve.countries import adjectives, country_of
from etl.resolve.lists import is_honorific, is_office, offices_of_honorifics, word_set
from etl.resolve.names import gender_of_title
from schema.keys import fold

_MAX_TITLE_WORDS = 9
_MAX_DESCRIPTION_WORDS = 12
_POSSESSIVE = ("'s", "’s", "'", "’")


@dataclass(frozen=True, slots=True)
class Title:
    """What stands before a name. start: its first token, None where it stands apart from the name.

    role: the office as printed ("British Defense Secretary"), empty for a form of address. gender: what the words give.
    country: whose office it is, where the words say.
    """

    start: int | None
    role: str
    gender: str
    country: str | None


def title_before(doc: Doc, start: int) -> Title | None:
    """The title that ends right before this token, None when there is none.

    Reads "British Defense Secretary", "U.S. Secretary of State", "State Department spokesman", "Mr", and a title set
    off by a comma ("Britain's defence secretary, Ben Wallace, ...").
    """
    last = start - 1
    if last >= 1 and doc[last].text == "," and _ends_office(doc, last - 1):
        apart = _office(doc, last - 1)
        before = doc[apart[0] - 1] if apart and apart[0] else None
        if apart and (
            before is None or before.pos_ in ("DET", "PRON") or before.text in _POSSESSIVE or before.is_sent_end
        ):
            return _title(doc, apart[0], last)
        return None
    first = start
    while first and is_honorific(doc[first - 1].text) and not is_office(doc[first - 1].text):
        first -= 1
    office = _office(doc, first - 1) if first else None
    if office:
        return _title(doc, office[0], start)
    return _title(doc, first, start) if first < start else None


def title_after(doc: Doc, end: int, of_people: Container[int]) -> Title | None:
    """The description after the name that ends here: ", the defence minister," gives "defence minister".

    of_people: the tokens of all names of people.
    """
    if end + 1 >= len(doc) or doc[end].text not in (",", "("):
        return None
    first = end + 1
    if doc[first].pos_ == "DET" or doc[first].lower_ in ("the", "a", "an"):
        first += 1
    last = first
    office = None
    while last < len(doc) and last - first < _MAX_DESCRIPTION_WORDS and not _ends_description(doc[last]):
        if last in of_people:
            return None  # "with Lavrov, U.S. Secretary of State Antony Blinken said"
        if office is None and is_office(doc[last].text):
            office = last
        last += 1
    if office is None or last >= len(doc) or any(doc[i].pos_ in ("ADP", "VERB") for i in range(first, office)):
        return None
    words = doc[first:last]
    country = next((found for token in words if (found := country_of(token.text))), None)
    return Title(None, " ".join(words.text.split()), gender_of_title(words.text), country)


def roles_held(doc: Doc) -> Iterator[tuple[Token, Title]]:
    """The subject and the office of "Una Fell resigned on Friday as chief executive of Tesmora"."""
    for token in doc:
        if token.lower_ != "as" or token.dep_ != "prep" or token.head.pos_ != "VERB":
            continue
        office = next((child for child in token.children if child.dep_ == "pobj" and is_office(child.text)), None)
        subjects = [child for child in token.head.lefts if child.dep_ in ("nsubj", "nsubjpass")]
        if office is None or not subjects:
            continue
        words = doc[office.left_edge.i : office.i + 1]
        yield subjects[-1], Title(None, " ".join(words.text.split()), gender_of_title(words.text), None)


def _ends_description(token: Token) -> bool:
    return (
        token.is_punct
        or token.is_space
        or token.lower_ in ("who", "which", "that", "and")
        or token.tag_ in ("VBD", "VBZ", "VBG", "MD")
    )


def _ends_office(doc: Doc, i: int) -> bool:
    return _office(doc, i) is not None


def _office(doc: Doc, last: int) -> tuple[int, int] | None:
    """First and last token of the office that ends with this token ("Minister of Foreign Affairs"), else None."""
    head = last
    if not is_office(doc[head].text):
        # Back over "of State", "of Foreign Affairs", "for Health" to the office noun.
        while head > 0 and last - head < 5 and doc[head].pos_ in ("PROPN", "NOUN", "ADJ", "CCONJ"):
            head -= 1
        if head > 1 and doc[head].lower_ == "the":
            head -= 1  # "secretary of the Harbour Council"
        if not (0 < head < last and doc[head].lower_ in ("of", "for") and is_office(doc[head - 1].text)):
            return None
        head -= 1
    first = head
    while first > 0 and last - first < _MAX_TITLE_WORDS and _is_of_office(doc[first - 1]):
        first -= 1
    while first < head and doc[first].pos_ in ("PUNCT", "CCONJ"):
        first += 1
    while first < head and doc[first].pos_ == "ADJ" and not _is_of_office_adjective(doc[first]):
        first += 1
    return first, last


def _is_of_office(token: Token) -> bool:
    if token.is_space or token.lower_ in ("the", "a", "an", "this", "that"):
        return False
    return (
        token.text in adjectives()
        or token.pos_ in ("PROPN", "NOUN", "ADJ")
        or token.text == "-"
        or token.lower_ in word_set("office adjectives")
    )


def _is_of_office_adjective(token: Token) -> bool:
    return (
        token.text in adjectives()
        or token.lower_ in word_set("office adjectives")
        or (token.text[:1].isupper() and not token.is_sent_start)
    )


def _title(doc: Doc, first: int, end: int) -> Title:
    words = [token for token in doc[first:end] if token.text != ","]
    while words and is_honorific(words[0].text) and not is_office(words[0].text):
        words = words[1:]
    role = " ".join(doc[words[0].i : words[-1].i + 1].text.split()) if is_office_phrase(words) else ""
    if not role:
        # "Gov. Ortiz" is the governor
        role = offices_of_honorifics().get(fold(doc[end - 1].text).rstrip("."), "")
    if words and words[-1].lower_ == "counterpart":
        role = ""  # "his German counterpart" says whose, not what
    country = next((found for token in doc[first:end] if (found := country_of(token.text))), None)
    if country is None and first >= 2 and doc[first - 1].text in _POSSESSIVE:
        country = country_of(doc[first - 2].text)  # "Ukraine's Defense Minister"
    return Title(first, role, gender_of_title(" ".join(token.text for token in doc[first:end])), country)


def is_office_phrase(words: list[Token]) -> bool:
    """Whether an office noun is among the words."""
    return any(is_office(token.text) for token in words)
