"""The language of a text as a BCP 47 tag, and whether Quoth speaks it. Loads its model when first needed.

Source: py3langid (fork of Lui & Baldwin 2012, "langid.py"); import and model take about a second together, once.
"""

import re
from functools import cache
from typing import Any

UNDETERMINED = "und"
"""BCP 47's tag for a language that nobody knows. Quoth reads such a text as English and says so."""
MIN_LETTER_BYTES = 20
"""Letters of a text, in bytes of UTF-8, below which it is undetermined: "Yes, he said." looks like any language."""
MIN_ODDS = 100.0
"""How many times likelier than English another language has to be. English prose of 25 letters or more, foreign
names and all, stays below 20 (1,727 beginnings of paragraphs of PolNeAR dev); a short sentence of French exceeds it."""

_SAMPLE_CHARACTERS = 10_000
_TAG = re.compile(
    r"(?P<language>[a-z]{2,3})(?P<script>-[a-z]{4})?(?P<region>-(?:[a-z]{2}|[0-9]{3}))?(?P<rest>(?:-[a-z0-9]{1,8})*)\Z",
    re.I,
)
_SPOKEN = frozenset({"en", "eng", UNDETERMINED})


def detect(text: str, declared: str | None = None) -> str:
    """The declared tag where it is well-formed BCP 47, else the text's own; "und" where that is too thin to tell.

    declared: "en-GB" is kept; "und", and what is no tag ("English"), tell nothing and are passed over.
    """
    if declared is not None and is_well_formed(declared) and declared.lower() != UNDETERMINED:
        return _in_order(declared)
    sample = text[:_SAMPLE_CHARACTERS]
    if len("".join(filter(str.isalpha, sample)).encode("utf-8", "replace")) < MIN_LETTER_BYTES:
        return UNDETERMINED
    ranked = dict(_identifier().rank(sample))
    likeliest = max(ranked, key=lambda tag: ranked[tag])
    if likeliest == "en":
        return "en"
    return likeliest if ranked[likeliest] > MIN_ODDS * ranked["en"] else UNDETERMINED


def is_well_formed(tag: str) -> bool:
    """Whether it is written as BCP 47 has it, the language by two or three letters. Registration is not looked up."""
    return _TAG.match(tag) is not None


def is_spoken(tag: str) -> bool:
    """Whether Quoth has rules for this language; the undetermined is read as English."""
    return tag.partition("-")[0].lower() in _SPOKEN


def _in_order(tag: str) -> str:
    """The tag in the case that BCP 47 recommends: en-GB, zh-Hant-TW."""
    found = _TAG.match(tag)
    if found is None:
        return tag
    parts = found.groupdict(default="")
    language, script, region, rest = (parts[name] for name in ("language", "script", "region", "rest"))
    return language.lower() + script.title() + region.upper() + rest.lower()


@cache
def _identifier() -> Any:
    # Here, not above: 0.2 s of import that a run over declared articles never needs.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
