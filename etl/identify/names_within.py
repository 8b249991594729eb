"""Which given mentions hold a person's name, and where in the words: "attorney Dana Ortiz", "Una Fell, 40"."""

import re
from collections.abc import Iterable, Iterator, Mapping

from etl.identify.lists import nickname_groups, plain
from etl.identify.person_words import PRONOUNS, bare, is_counted, is_person_noun
from etl.records import Span
from etl.resolve.countries import adjectives
from etl.resolve.lists import given_names, is_honorific, word_set
from schema.keys import fold

_SEGMENT = re.compile(r"[^,]+")
_WORD = re.compile(r"\S+")
_GENERATION = re.compile(r"\s*(?:Jr|Sr|II|III|IV)\b\.?")
_AFTER_NAME = frozenset({"md", "phd", "esq", "mba", "mp"})
"""Degrees and offices that stand behind a name ("Una Fell MD")."""

_LONGEST_WITH_NOUN = 3
"""Words of a name that ends with a noun of people, at most: "Lucy Ann Baker", no "Robert Wood Foundation Trustee"."""

_EDGES = "'\"“”‘’.;:()[]"


def names_among(spans: Iterable[Span], text: str) -> Mapping[Span, Span]:
    """Each span that holds a name -> the characters of the name.

    A noun of people is a name where a fuller one in the same article ends with it ("Baker").
    """
    spans = list(spans)
    found = {span: name for span in spans if (name := name_within(span, text)) is not None}
    families = {words[-1] for name in found.values() if len(words := bare(name.of(text)).split()) > 1}
    return found | {span: span for span in spans if bare(span.of(text)) in families}


def name_within(span: Span, text: str) -> Span | None:
    """The characters of the name in the words of a mention, None for "Mayor", "He", "Player of the Year"."""
    words = span.of(text)
    if fold(bare(words)) in PRONOUNS or is_counted(bare(words)):
        return None
    for segment in _SEGMENT.finditer(words):
        name = _name(list(_words_of(segment[0], span.start + segment.start())), text)
        if name is not None:
            behind = _GENERATION.match(words, segment.end() + 1)
            return Span(name.start, span.start + behind.end()) if behind else name
    return None


def _words_of(segment: str, start: int) -> Iterator[Span]:
    return (Span(start + one.start(), start + one.end()) for one in _WORD.finditer(segment))


def _name(words: list[Span], text: str) -> Span | None:
    """The name that a stretch without commas ends with, None where it ends with none."""
    while len(words) > 1 and _plain(words[-1], text).replace(".", "").lower() in _AFTER_NAME:
        words = words[:-1]
    # "Washington Post reporter Dana Ortiz", "lawyer Ortiz"; "Dana King Ortiz" begins with her name.
    begins_with_name = bool(words) and _is_given(_plain(words[0], text))
    nouns = [] if begins_with_name else [i for i, word in enumerate(words[:-1]) if _is_noun(_plain(word, text))]
    name = words[nouns[-1] + 1 :] if nouns else words
    if not name or not all(_may_be_name(_plain(word, text)) for word in name):
        return None
    first, last = _plain(name[0], text), _plain(name[-1], text)
    if not first[:1].isupper() or not last[:1].isupper() or is_honorific(last):
        return None
    if _is_noun(last) and not (1 < len(name) <= _LONGEST_WITH_NOUN and _is_given(first)):
        return None
    if len(name) == 1 and last in adjectives():
        return None
    return Span(name[0].start, name[-1].end)


def _is_given(word: str) -> bool:
    """Whether the word is a given name that the press prints often, or a short form of one."""
    return fold(word) in given_names() or plain(word) in nickname_groups()


def _plain(word: Span, text: str) -> str:
    return bare(word.of(text)).strip(_EDGES)


def _may_be_name(word: str) -> bool:
    """Whether the word may stand within a name: "Ortiz", "J.", "van"; not "of", "23"."""
    return word[:1].isupper() or fold(word) in word_set("particles") or not word


def _is_noun(word: str) -> bool:
    """Whether a word, or the last part of one, is a noun of people ("President-elect")."""
    return any(is_person_noun(part) for part in (word, *word.split("-")[:-1]) if part)
