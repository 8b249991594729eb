"""spaCy's attribute ruler (tag and form -> part of speech and morphology), which a fifth of en_core_web_sm's time is.

The same rules and the same results. But most rules look at one word alone, and news says the same words again: what
they made of a word is remembered, and only the few rules over several words are tried everywhere.
"""

from collections.abc import Iterable
from typing import Any

import numpy as np
from spacy.attrs import IDS  # type: ignore[import-not-found] # compiled, without a stub
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

NAME = "remembering_ruler"

Pattern = list[dict[Any, Any]]
Match = tuple[int, int, int, int]
"""Number of a rule, its id, and the tokens it matched, half-open."""

MOST_REMEMBERED = 100_000
"""Words with what is remembered of them; about 45 MB. Then it begins anew."""


class RememberingRuler(AttributeRuler):
    """An AttributeRuler that matches a rule of one word once for each word it meets."""

    def __init__(self, vocab: Vocab, name: str = NAME) -> None:
        super().__init__(vocab, name)
        self._forget()

    def clear(self) -> None:
        """Reset all patterns."""
        super().clear()
        self._forget()

    def _forget(self) -> None:
        self._together = Matcher(self.vocab)
        self._alone: list[tuple[str, Pattern]] = []
        self._of_tag: dict[int, Matcher] = {}
        self._remembered: dict[tuple[int, ...], tuple[tuple[int, int], ...]] = {}
        # what the rules of one word look at, its tag first
        self._columns: list[int | str] = ["TAG"]

    def add(self, patterns: Iterable[Pattern], attrs: dict[Any, Any], index: int = 0) -> None:
        """As AttributeRuler.add."""
        given = list(patterns)
        key = str(len(self.attrs))
        alone = [pattern for pattern in given if is_alone(pattern)]
        if len(alone) < len(given):
            self._together.add(key, [pattern for pattern in given if not is_alone(pattern)])
        self._alone += [(key, pattern) for pattern in alone]
        self._columns += sorted({name for (word,) in alone for name in word} - set(self._columns), key=str)
        self._of_tag.clear()
        self._remembered.clear()
        super().add(given, attrs, index)

    def match(self, doc: Doc) -> list[Match]:
        """As AttributeRuler.match: by number of the rule, so that later rules have precedence."""
        numbers = self.vocab.strings
        found = [(int(numbers[rule]), rule, start, end) for rule, start, end in matches(self._together, doc)]
        if len(self._remembered) > MOST_REMEMBERED:
            self._remembered.clear()
        remembered = self._remembered
        # of one column the array has one dimension
        words: list[list[int]] = np.atleast_2d(doc.to_array(self._columns).T).T.tolist()
        for place, word in enumerate(map(tuple, words)):
            rules = remembered.get(word)
            if rules is None:
                matched = matches(self._matcher(word[0]), doc[place : place + 1])
                rules = remembered[word] = tuple((int(numbers[rule]), rule) for rule, _, _ in matched)
            found += [(number, rule, place, place + 1) for number, rule in rules]
        found.sort()
        return found

    def _matcher(self, tag: int) -> Matcher:
        """The rules of one word that a word of this tag may match."""
        if tag not in self._of_tag:
            matcher = self._of_tag[tag] = Matcher(self.vocab)
            for key, pattern in self._alone:
                wanted = pattern[0].get("TAG")
                if not isinstance(wanted, str) or self.vocab.strings[wanted] == tag:
                    matcher.add(key, [pattern])
        return self._of_tag[tag]


def matches(matcher: Matcher, tokens: Doc | Span) -> list[tuple[int, int, int]]:
    """Rule, start and end of each match; a matcher without rules, which spaCy warns of, has none."""
    return list(matcher(tokens, allow_missing=True, as_spans=False)) if len(matcher) else []


def is_alone(pattern: Pattern) -> bool:
    """Whether a pattern is of exactly one word and looks at nothing but attributes that Doc.to_array has."""
    return len(pattern) == 1 and pattern[0].keys() <= IDS.keys() - {"_", "OP"}


@Language.factory(NAME, assigns=["token.pos", "token.morph"])
def make(nlp: Language, name: str) -> RememberingRuler:
    """The component, without rules."""
    return RememberingRuler(nlp.vocab, name)


def remember(nlp: Language) -> None:
    """Puts a RememberingRuler with the same rules in the place of the pipeline's attribute ruler, if it has one."""
    if not nlp.has_pipe("attribute_ruler"):
        return
    slow: Any = nlp.get_pipe("attribute_ruler")
    nlp.replace_pipe("attribute_ruler", NAME)
    quick: Any = nlp.get_pipe("attribute_ruler")
    quick.add_patterns(slow.patterns)
