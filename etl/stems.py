"""The words of a text as stems, for comparing wordings: what merging and grouping share."""

import re
from functools import cache
from importlib.resources import files

import Stemmer

from schema.keys import fold

_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
NEGATORS = frozenset({"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"})
"""Words that turn a remark into its denial; contractions (isn't) are written out before they are compared."""

DENIALS = frozenset({"deni", "reject", "disput", "refut", "rebut", "dismiss", "disavow", "repudi"})
"""Stems of reporting words that turn what follows into its opposite."""

SPELT = (
    *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen"),
    *("fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
FIGURES = {
    **{word: str(number) for number, word in enumerate(SPELT, start=2)},
    **{word: str(10 * number) for number, word in enumerate(TENS, start=2)},
}
"""Numbers as they are spelt; not "one", which is more than a number."""

LONG_EN = 7
"""Letters of a stem that "en" is no part of: threaten, but not open or garden."""

_stemmer = Stemmer.Stemmer("english")


@cache
def function_words() -> frozenset[str]:
    """The words that carry grammar and no news, folded."""
    lines = files("etl.data").joinpath("function_words.en.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def words(text: str) -> list[str]:
    """Every word of a text in order, folded, possessives cut, "n't" written out as "not" and "nine" as "9"."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = fold(match[0])
        if word.endswith("n't"):
            found += ["can" if word == "can't" else word[:-3], "not"]
        elif word == "cannot":
            found += ["can", "not"]
        else:
            plain = _POSSESSIVE.sub("", word).replace(".", "")
            found.append(FIGURES.get(plain, plain))
    return [word for word in found if word]


@cache
def _stem(word: str) -> str:
    """Snowball's, and what a verb in -en was made of: they threaten, no threat; strengthened, strength."""
    found = str(_stemmer.stemWord(word))
    return found.removesuffix("en") if len(found) >= LONG_EN else found


def stems(text: str) -> list[str]:
    """Every word of a text in order, as its stem."""
    return [_stem(word) for word in words(text)]


def telling_stems(text: str) -> list[str]:
    """The stems of the words that carry news, in order."""
    return [_stem(word) for word in words(text) if word not in function_words()]


def denies(cue: str) -> bool:
    """Whether reporting words deny their content: "denied that", "has rejected"; "did not deny" does not."""
    found = stems(cue)
    return any(stem in DENIALS for stem in found) and not any(word in NEGATORS for word in words(cue))
