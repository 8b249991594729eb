"""A printed name -> its words in plain Latin letters, titles gone, each word with what is known of it."""

import re
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from etl.identify.lists import family_names_first, generations, given_names, plain, titles, word_set

_MOST_WORDS = 12
_MOST_LETTERS = 40
"""What is longer is cut: no name is, and comparing takes time by the square."""

_WORD = re.compile(r"(?:[^\W_]|[.'’ʼʻ`´])+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?\Z|[^\W\d_]\Z")
_TWO_CONSONANTS = re.compile(r"[BCDFGHJKLMNPQRSTVWXZ]{2}\Z")  # "JD Vance", but not "LI Keqiang"
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_FULL_NAME = re.compile(r"([\u3400-\u9fff])([\u3400-\u9fff]{1,2})\Z")
_ABJAD = re.compile(r"[\u0590-\u08ff]")
_FAMILY_BEFORE_COMMA = re.compile(r"([^,]+),([^,]+)\Z")
_DIGITS_FOR_LETTERS = str.maketrans("0134579", "oieastg")  # "V1adimir"; 9 looks like g


class Script(Enum):
    """What a word was written in, as far as it changes how it is compared."""

    SOUNDS = "sounds"  # Latin, Cyrillic, Greek: vowels and consonants
    CONSONANTS = "consonants"  # Arabic, Hebrew: short vowels are not written
    SYLLABLES = "syllables"  # Han: different characters may sound the same


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a name. text: plain letters, never empty; printed: as the reader knows it.

    is_initial: one letter for a name. is_particle: "al", "von". is_father: names the father ("bin Ali").
    """

    text: str
    printed: str
    script: Script = Script.SOUNDS
    is_initial: bool = False
    is_particle: bool = False
    is_father: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name in its words, family name last unless is_family_first; generation is jr, sr, ii, ... or empty."""

    words: tuple[Word, ...]
    generation: str = ""
    is_family_first: bool = False

    @property
    def names(self) -> tuple[Word, ...]:
        """The words that are names, particles left out."""
        return tuple(word for word in self.words if not word.is_particle)


@lru_cache(maxsize=1 << 14)
def parse(text: str) -> Name:
    """The words of a name. Empty where the text has no letters."""
    words, generation = _less_titles(_printed_words(text))
    full = _HAN_FULL_NAME.match(words[0]) if len(words) == 1 else None
    words = list(full.groups()) if full else words
    found = [part for word in words for part in _parts(word, is_capitals=text.isupper())][:_MOST_WORDS]
    marked = tuple(_marked(found))
    return Name(marked, generation, _stands_family_first([word for word in marked if not word.is_particle]))


def _printed_words(text: str) -> list[str]:
    """The words in the order given name, family name; hyphens divide ("Putin, Vladimir" -> Vladimir Putin)."""
    before_comma = _FAMILY_BEFORE_COMMA.match(text)
    after = _WORD.findall(before_comma[2]) if before_comma else []
    # "Donald Trump, Jr.": what follows is not a given name.
    if before_comma and any(plain(word) not in generations().keys() | word_set("legal forms") for word in after):
        text = f"{before_comma[2]} {before_comma[1]}"
    return [word for word in _WORD.findall(text) if plain(word)]


def _less_titles(words: list[str]) -> tuple[list[str], str]:
    """The words without titles before and legal forms after the name, and the generation."""
    while len(words) > 1 and plain(words[0]) in titles():
        words = words[1:]
    while len(words) > 1 and plain(words[-1]) in word_set("legal forms"):
        words = words[:-1]
    # "Malcolm X" is no tenth; "Trump Jr., Donald" has it in the middle.
    at = next((i for i in range(len(words) - 1, 0, -1) if _is_generation(words[i])), None)
    if at is None:
        return words, ""
    return words[:at] + words[at + 1 :], generations()[plain(words[at])]


def _is_generation(word: str) -> bool:
    short = plain(word)
    return short in generations() and (len(short) > 1 and not short.startswith("x") and not word.islower())


def _parts(word: str, *, is_capitals: bool) -> list[Word]:
    """A printed word as one, or as the initials in it."""
    # Where letters have no capitals, as in Chinese, one alone is a whole name.
    is_cased = word.upper() != word.lower()
    if (_INITIALS.match(word) and is_cased) or (_TWO_CONSONANTS.match(word) and not is_capitals):
        return [Word(plain(letter)[:1], letter, is_initial=True) for letter in word if plain(letter)]
    return [Word(_without_digits(plain(word))[:_MOST_LETTERS], word, _script(word))]


def _stands_family_first(names: list[Word]) -> bool:
    """Whether the family name stands first: "Xi Jinping", "Kim Jong Un"; not "Kim Kardashian"."""
    if len(names) < 2:
        return False
    first = names[0]
    is_given = first.text in given_names() and len(names) != 3
    return first.script is Script.SYLLABLES or (first.text in family_names_first() and not is_given)


def _without_digits(text: str) -> str:
    return text if text.isdigit() else text.translate(_DIGITS_FOR_LETTERS)


def _script(word: str) -> Script:
    if _HAN.search(word):
        return Script.SYLLABLES
    return Script.CONSONANTS if _ABJAD.search(word) else Script.SOUNDS


def _marked(words: list[Word]) -> list[Word]:
    """The words with particles and fathers marked; a name of particles alone is a name."""
    found: list[Word] = []
    after_father = False
    for i, word in enumerate(words):
        # "Ben Affleck", "Al Gore"; "bin Ali Hassan" is neither.
        is_name = word.is_initial or (i == 0 and word.text in word_set("given first"))
        if word.text in word_set("particles") and not is_name:
            found.append(replace(word, is_particle=True))
            after_father = after_father or word.text in word_set("fathers")
        else:
            found.append(replace(word, is_father=after_father))
            after_father = False
    return found if any(not word.is_particle for word in found) else words
