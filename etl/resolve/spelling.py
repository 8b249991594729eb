"""Spellings of one name in Latin letters brought together: Sergei, Sergey; Zelensky, Zelenskyy; Łukasz, Lukasz.

Only spellings of the same sounds meet: a listed given name, or a family ending that transliterates one Slavic ending.
A nickname is another name (Bill, William), and so is the same saint in another tongue (Vladimir, Volodymyr).
"""

import re
from collections.abc import Mapping
from functools import cache

from etl.resolve.lists import rows
from schema.keys import fold

# Letters that Unicode does not take apart into a letter and a mark.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ʼ": "'", "`": "'", "´": "'"}
)
_COMMON = {"defence": "defense", "labour": "labor", "defences": "defense"}
_FAMILY_ENDINGS = (
    (re.compile(r"sk(?:yy|iy|ij|yi|ii|y)\Z"), "ski"),  # Vereshchynskyi, Vereshchynsky
    (re.compile(r"sk(?:aia|aja|aya)\Z"), "skaia"),
    (re.compile(r"([oe])v(?:ych|itch|ic)\Z"), r"\1vich"),  # Yanukovych, Yanukovich
)


def letters(name: str) -> str:
    """The name folded, in plain letters, without full stops and apostrophes ("O’Brien" -> "obrien")."""
    return fold(fold(name).translate(_PLAIN)).replace(".", "").replace("'", "")


def plain_word(word: str) -> str:
    """A common word folded, in one of its two spellings ("Defence" -> "defense", "labour" -> "labor")."""
    plain = letters(word)
    return _COMMON.get(plain, plain)


def given_key(name: str) -> str:
    """The one spelling that stands for this given name in keys."""
    plain = letters(name)
    return _listed("given").get(plain, plain)


def family_key(name: str) -> str:
    """The one spelling that stands for this family name in keys."""
    plain = letters(name)
    plain = _listed("family").get(plain, plain)
    for ending, instead in _FAMILY_ENDINGS:
        plain = ending.sub(instead, plain)
    return plain


@cache
def _listed(part: str) -> Mapping[str, str]:
    found = {}
    for row_part, spellings in rows("name_spellings.en.tsv"):
        if row_part == part:
            first, *others = (letters(spelling) for spelling in spellings.split())
            found.update(dict.fromkeys(others, first))
    return found
