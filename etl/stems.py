"""The words of a text as stems, for comparing wordings: what merging and grouping share."""

import re
from functools import cache
from importlib.resources import files

import snowballstemmer

from schema.keys import fold

_WORD = re.compile(r"\w+(?:['’.]\w+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
NEGATORS = frozenset({"not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot"})
"""Words that turn a remark into its denial; contractions (isn't) are written out before they are compared."""

DENIALS = frozenset({"deni", "reject", "disput", "refut", "rebut", "dismiss", "disavow", "repudi"})
"""Stems of reporting words that turn what follows into its opposite."""

_stemmer = snowballstemmer.stemmer("english")


@cache
def function_words() -> frozenset[str]:
    """The words that carry grammar and no news, folded."""
    lines = files("etl.data").joinpath("function_words.en.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def words(text: str) -> list[str]:
    """Every word of a text in order, folded, possessives cut and "n't" written out as "not"."""
    found: list[str] = []
    for match in _WORD.finditer(text):
        word = fold(match[0])
        if word.endswith("n't"):
            found += ["can" if word == "can't" else word[:-3], "not"]
        elif word == "cannot":
            found += ["can", "not"]
        else:
            found.append(_POSSESSIVE.sub("", word).replace(".", ""))
    return [word for word in found if word]


@cache
def _stem(word: str) -> str:
    return str(_stemmer.stemWord(word))


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
