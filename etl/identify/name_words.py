"""How alike two words of names are: as written, as they sound, and in their consonants alone."""

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from etl.identify.lists import given_names, nickname_groups, spelling_groups
from etl.identify.name_parts import Script, Word

_SHARES = (0.5, 0.25, 0.25)
"""What an edit counts as written, in sounds, in consonants: one that is not heard counts half."""

_NICKNAME = 0.9
_SAME_SOUNDS = 0.75
"""What sounds the same is as like as this at least ("Xi", "Hsi")."""

_JUMBLED = 0.7
"""All letters are there, in another order ("Lvarov")."""

_SOUNDS = tuple(
    (re.compile(pattern), instead)
    for pattern, instead in (
        (r"tsch|tch|sch|sh|hs|cz", "S"),  # Xi, Shi, Hsi: one first sound
        (r"dzh|dj|zh|ch|j(?=[aeiouy])", "J"),
        (r"ph|ff|[vw]", "f"),
        (r"qu|ck|kh|gh|[cqgk]", "k"),
        (r"dh", "d"),
        (r"th", "t"),
        (r"tz|ts|z", "s"),
        (r"\Ax", "S"),
        (r"x", "ks"),
        (r"(?<=[aeiouy])h(?![aeiouy])", ""),  # Mahmoud, Rouhani; not Mahathir
        (r"[eyj]", "i"),  # j before a consonant is a vowel: Sergej
        (r"u", "o"),
        (r"(.)\1+", r"\1"),
        (r"S|J", "s"),
    )
)
_VOWEL = re.compile("[aio]")
_PATRONYMIC = re.compile(r"(?<=..)(?:[aeo]v(?:i|y)(?:tch|ch|c)|[oe]vna|ivna)\Z")


@lru_cache(maxsize=1 << 14)
def likeness(a: Word, b: Word) -> float:
    """How alike two words are, 0 (nothing in common) to 1 (the same)."""
    if Script.SYLLABLES in (a.script, b.script) and a.script is b.script:
        return float(a.text == b.text)  # characters that sound nearly the same are different ones
    if a.is_initial or b.is_initial:
        return float(a.text[0] == b.text[0])
    if a.text == b.text:
        return 1.0
    if (a.script is Script.CONSONANTS) is not (b.script is Script.CONSONANTS):
        fewer, more = (a.text, b.text) if a.script is Script.CONSONANTS else (b.text, a.text)
        return _of_consonants(fewer, more)
    return _of_letters(a.text, b.text)


def is_nickname(a: str, b: str) -> bool:
    """Whether two plain given names are forms of one, not just spellings (Bill, William; Vladimir, Volodymyr)."""
    groups = nickname_groups()
    return not groups.get(a, frozenset()).isdisjoint(groups.get(b, frozenset())) and not _are_spellings(a, b)


def are_known_apart(a: str, b: str) -> bool:
    """Whether both are well-known given names, not forms of one (Daniel, Donald; not Sergei, Sergey)."""
    return {a, b} <= given_names() and not is_nickname(a, b) and not _are_spellings(a, b)


def is_patronymic(word: str) -> bool:
    """Whether the plain word has the ending of an East Slavic patronymic (Viktorovich)."""
    return bool(_PATRONYMIC.search(word))


@lru_cache(maxsize=1 << 14)
def sounds(word: str) -> str:
    """The plain word in rough sounds: what transliterations write differently is one letter; vowels are a, i, o."""
    for pattern, instead in _SOUNDS:
        word = pattern.sub(instead, word)
    return word


@lru_cache(maxsize=1 << 14)
def consonants(word: str) -> str:
    """The sounds without vowels, but for one at the start ("osama" -> "asm")."""
    heard = sounds(word)
    return heard[:1] + _VOWEL.sub("", heard[1:])


def _are_spellings(a: str, b: str) -> bool:
    return sounds(a) == sounds(b) or spelling_groups().get(a, a) == spelling_groups().get(b, b)


def _of_letters(a: str, b: str) -> float:
    if is_nickname(a, b):
        return _NICKNAME
    # Viktorovich and Borisovich are Viktor's and Boris's, and neither is Viktor or Boris.
    if is_patronymic(a) and is_patronymic(b):
        a, b = _PATRONYMIC.sub("", a), _PATRONYMIC.sub("", b)
    heard_a, heard_b = sounds(a), sounds(b)
    edits = letters = 0.0
    for share, one, other in zip(_SHARES, (a, heard_a, consonants(a)), (b, heard_b, consonants(b)), strict=True):
        edits += share * OSA.distance(one, other)
        letters += share * max(len(one), len(other))
    found = 1 - edits / letters
    if heard_a == heard_b:
        return max(found, _SAME_SOUNDS)
    if len(a) > 4 and sorted(a) == sorted(b):
        return max(found, _JUMBLED)
    return found


def _of_consonants(fewer: str, more: str) -> float:
    """Of a word whose script writes no short vowels (w and y are long ones or none), and a word with all of them."""
    a = _VOWEL.sub("", sounds(re.sub("[wy]", "", fewer)))
    # Arabic has no p.
    b = re.sub(r"(.)\1+", r"\1", _VOWEL.sub("", sounds(more))).replace("p", "b")
    return OSA.normalized_similarity(a, b) if a and b else 0.0
