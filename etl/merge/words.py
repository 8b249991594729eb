"""A wording as words that can be compared: direct speech beside its indirect report.

Not etl.stems, which only cuts endings: here "I will" and "he would" are the same words, so are "began" and "begun",
"per cent" and "percent", "British" and "Britain".
"""

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import pairwise

from etl.frequency import weight_of
from etl.stems import NEGATORS, function_words, stems, words

SHIFTED = {
    form: to
    for to, forms in {
        "be": "am is are was were been being 'm 're",
        "have": "has had having 've",
        "do": "does did doing",
        "will": "would shall should 'll 'd",
        "can": "could",
        "may": "might",
        "he": "i we she they it you",
        "his": "me us him her them my our its their your",
        "himself": "myself ourselves herself itself themselves yourself",
        "this": "that these those",
        "here": "there",
    }.items()
    for form in forms.split()
}
"""Words that become another when direct speech is told indirectly, and what they all are here."""

TIMES = frozenset(
    stems(
        "monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday "
        "january february march april june july august september october november december "
        "morning noon afternoon evening night midnight week month year decade"
    )
)
ORDINAL = re.compile(
    r"third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth"
    r"|(?:thir|four|fif|six|seven|eigh|nine)teenth|twentieth|thirtieth"
)
"""Words that say when; not "may", nor "first" and "second", which say other things as well."""

MORE = "more"
"""After a figure: 30 more are others than the first 30."""

MARKED = re.compile(r"“([^”]+)”|\"([^\"]+)\"|‘(.+?)’(?!\w)|«([^»]+)»", re.S)

CLAUSE_END = re.compile(r"[.!?;:,…—–]+(?=\s|$)|\.\.+|--+|[\n\r]+")
JOINING = frozenset({"and", "but"})
"""Where a denial ends that does not reach on."""


@dataclass(frozen=True)
class Words:
    """The words of a text, ready to be compared; order: each of them, in the form that all its forms have here."""

    text: str

    @cached_property
    def _both(self) -> tuple[tuple[str, str], ...]:
        """Each word as it is compared and as it stands there."""
        return tuple((_form(word), word) for clause in self._clauses for word in clause)

    @cached_property
    def _clauses(self) -> list[list[str]]:
        """The words between marks of punctuation."""
        return [list(_parted(words(clause))) for clause in CLAUSE_END.split(self.text)]

    @cached_property
    def _begins(self) -> list[int]:
        """For each word, the first word of its clause."""
        found: list[int] = []
        for clause in self._clauses:
            start = len(found)
            for word in clause:
                found.append(start)
                # "They are not weapons of war and pose no threat"
                start = len(found) if word in JOINING else start
        return found

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Every word, in order."""
        return tuple(form for form, _ in self._both)

    @cached_property
    def telling(self) -> frozenset[str]:
        """Those that carry news."""
        return frozenset(form for form, word in self._both if is_telling(word))

    @cached_property
    def weight(self) -> float:
        """What they carry together."""
        return weighed(self.telling)

    @cached_property
    def quoted(self) -> tuple[tuple[str, ...], ...]:
        """The words of what stands between quotation marks, each stretch on its own."""
        return tuple(Words("".join(parts)).order for parts in MARKED.findall(self.text))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The figures, but for those denied ("13, not 30"); "30 more" is another than "30"."""
        plain = ["", *(word for _, word in self._both), ""]
        return frozenset(
            f"{word} {MORE}" if following == MORE else word
            for before, word, following in zip(plain, plain[1:], plain[2:], strict=False)
            if word[:1].isdigit() and before not in NEGATORS
        )

    def figures_within(self, start: int, end: int) -> frozenset[str]:
        """Those from one word to another."""
        return frozenset(word for _, word in self._both[max(0, start) : end] if word[0].isdigit())

    @cached_property
    def times(self) -> frozenset[str]:
        """Words that say when, ordinals too: until the twentieth."""
        return frozenset(form for form, word in self._both if form in TIMES or ORDINAL.fullmatch(word))

    def is_denied(self, at: int, reach: int) -> bool:
        """Whether the words before a word deny it: an odd number of negators in its clause.

        "Without" reaches back to what it belongs to: not "not stop taking pills without talking to a doctor".
        """
        if "without" in self.order[max(0, at - reach) : at]:
            reach *= 3
        return self.negators(max(at - reach, self._begins[at]), at) % 2 == 1

    def negators(self, start: int = 0, end: int | None = None) -> int:
        """How many of the words from one to another deny."""
        return sum(self._denials[max(0, start) : end])

    @cached_property
    def _denials(self) -> tuple[bool, ...]:
        """For each word whether it denies; "not only" does not."""
        plain = [*(word for _, word in self._both), ""]
        return tuple(word in NEGATORS and following != "only" for word, following in pairwise(plain))


@lru_cache(maxsize=1 << 14)
def words_of(text: str) -> Words:
    """The words of a text; texts are compared with many others."""
    return Words(text)


def is_telling(word: str) -> bool:
    """Whether a word carries news."""
    return word not in NEGATORS and word.removeprefix("'") not in function_words()


def weighed(forms: Iterable[str]) -> float:
    """What these words carry together; a word never seen in the news carries 1."""
    return math.fsum(map(weight_of, forms))


def _parted(found: Iterable[str]) -> Iterator[str]:
    """I'm, they've: two words; per cent: one."""
    before = ""
    for word in found:
        first, mark, rest = word.partition("'")
        if word == "per":
            pass
        elif before == "per" and word == "cent":
            yield "percent"
        else:
            if before == "per":
                yield before
            if mark and first and mark + rest in SHIFTED:
                yield first
                yield mark + rest
            else:
                yield word
        before = word
    if before == "per":
        yield before


@cache
def _form(word: str) -> str:
    if word in SHIFTED:
        return SHIFTED[word]
    (stem, *_) = stems(word) or [word]
    return _same_forms().get(stem, stem)


@cache
def _same_forms() -> Mapping[str, str]:
    """Stems of irregular forms and of demonyms -> that of the verb, of the country."""
    forms = {}
    for verb, *others in _rows("irregular_verbs.en.tsv"):
        (base,) = stems(verb)
        forms.update({stem: base for other in others for stem in stems(other)})
    for country, demonyms, *_ in _rows("countries.en.tsv"):
        named = stems(country)
        called = [stems(word) for word in demonyms.split(",")]
        if len(named) == 1:
            forms.update({found[0]: named[0] for found in called if len(found) == 1})
    return {stem: form for stem, form in forms.items() if stem != form}


def _rows(name: str) -> list[list[str]]:
    lines = files("etl.data").joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
