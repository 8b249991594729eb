"""The language of a text as a BCP 47 tag. Only tells it; whether Quoth speaks it is the caller's matter (`is_spoken`).

Source: py3langid (fork of Lui & Baldwin 2012, "langid.py"). Loading its model takes about a second, so that it waits for
the first text whose language nobody declared.
"""

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

UNDETERMINED = "und"
MIN_LETTERS = 20
"""Texts of fewer letters are undetermined: names and numbers alone look like any language."""
MIN_CERTAINTY = 0.9
"""How sure the model must be of another language before an article is taken for it: English full of foreign names is not."""

_SAMPLE_CHARACTERS = 10_000
