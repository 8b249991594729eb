"""What the words of an attribution look like, asked of the characters alone: no tagger, so these are rules of thumb.

They sort errors for a reader; nothing that is stored rests on them.
"""

import re
from functools import cache

from etl.evaluate.corpus import Marked
from etl.extract.cues import attitudes, lines, refusals, verbs_of_saying
from etl.records import Span
from etl.stems import NEGATORS, stems, words

NOUN_LIST = "cue_nouns.en.tsv"
WORD_LIST = "mistake_words.en.tsv"

# Past forms that a stemmer does not take back to the verb
_IRREGULAR = {
    "felt": "feel",
    "forgot": "forget",
    "found": "find",
    "knew": "know",
    "known": "know",
    "meant": "mean",
    "said": "say",
    "saw": "see",
    "seen": "see",
    "sought": "seek",
    "thought": "think",
    "told": "tell",
    "understood": "understand",
    "spoke": "speak",
    "spoken": "speak",
    "written": "write",
    "wrote": "write",
}
_PASSIVE = re.compile(
    r"\b(?:am|is|are|was|were|be|been|being|gets?|got)\b(?:\s+(?:\w+ly|also|not|never|still|now|long))*"
    r"\s+(\w+(?:ed|wn)|said|told|seen|thought|held|found|heard|understood|quoted|meant|put|read)\b",
    re.I,
)
_HEADLINE_LENGTH = 150
"""Characters of a first line that is a headline, at most."""


@cache
def set_of(name: str) -> frozenset[str]:
    """A word set by its name."""
    sets = dict(line.split("\t") for line in lines(WORD_LIST))
    return frozenset(sets[name].split())


@cache
def _determined() -> re.Pattern[str]:
    """What stands before a noun: the, his other, Ortiz's."""
    words_before = "|".join(sorted(set_of("determiners")))
    return re.compile(rf"(?:\b(?:{words_before})|['’]s|s['’])(?:\s+[\w-]+)?\s+$", re.I)


def said(text: str, spans: tuple[Span, ...]) -> str:
    """The words of the spans, lower case, one space between."""
    return " ".join(" ".join(span.of(text) for span in spans).lower().split())


def cue_stems(text: str, one: Marked) -> list[str]:
    """The stems of the cue's words, past forms as their verb."""
    return stems(" ".join(_IRREGULAR.get(word, word) for word in words(said(text, one.cue))))


@cache
def stems_of(lemmas: frozenset[str]) -> frozenset[str]:
    """The stems of a list of lemmas."""
    return frozenset(stem for lemma in lemmas for stem in stems(lemma))


def is_speech(text: str, one: Marked) -> bool:
    """said, told, wrote that: a common verb of saying."""
    return any(stem in stems_of(verbs_of_saying() | set_of("says too")) for stem in cue_stems(text, one))


def is_wanting(text: str, one: Marked) -> bool:
    """wants, hopes, plans to"""
    return any(stem in stems_of(set_of("wants")) for stem in cue_stems(text, one))


def is_believing(text: str, one: Marked) -> bool:
    """believes, thinks, knows that"""
    return any(stem in stems_of(set_of("believes")) for stem in cue_stems(text, one))


def is_attitude(text: str, one: Marked) -> bool:
    """any cue of the list of attitudes: fears, supports, is proud of"""
    return any(stem in stems_of(attitudes()) for stem in cue_stems(text, one))


def is_judging(text: str, one: Marked) -> bool:
    """called, accused, praised, blasted: what is said is what it is said of"""
    return any(stem in stems_of(set_of("judges")) for stem in cue_stems(text, one))


def is_refusal(text: str, one: Marked) -> bool:
    """declined to comment, did not say"""
    found = words(said(text, one.cue))
    return any(word in NEGATORS for word in found) or any(stem in stems_of(refusals()) for stem in cue_stems(text, one))


def is_according(text: str, one: Marked) -> bool:
    """according to, in the words of, per"""
    return bool(re.match(r"(?:according|in the (?:words|view|opinion|eyes) of|per)\b", said(text, one.cue)))


def is_citing(text: str, one: Marked) -> bool:
    """citing, quoted, referring to: somebody's words taken up"""
    return any(stem in stems_of(set_of("cites")) for stem in cue_stems(text, one))


def is_passive(text: str, one: Marked) -> bool:
    """was accused of, is said to; a feeling that is a participle (is concerned) is none"""
    found = _PASSIVE.search(said(text, one.cue))
    return found is not None and found[1] not in attitudes()


def is_noun(text: str, one: Marked) -> bool:
    """the claim that, his plan to; a noun that is a verb too must have an article or a possessor before it"""
    for span in one.cue:
        for word in re.finditer(r"[\w-]+", span.of(text)):
            noun = _noun(word[0].lower())
            at = span.start + word.start()
            if noun and (not _nouns()[noun] or _determined().search(text[max(0, at - 40) : at])):
                return True
    return False


def is_punctuation(text: str, one: Marked) -> bool:
    """Ortiz: The vote is lost."""
    return bool(one.cue) and not words(said(text, one.cue))


def asks(text: str, one: Marked) -> bool:
    """asked whether, wondered why"""
    return any(stem in stems_of(set_of("asks")) for stem in cue_stems(text, one))


def is_cue_only(text: str, spans: tuple[Span, ...]) -> bool:
    """What can only be a cue: said, according to"""
    words_said = said(text, spans)
    return words_said in set_of("cue only") or words_said == "according to"


def is_name_like(text: str, spans: tuple[Span, ...]) -> bool:
    """A pronoun, or nothing but capitalised words: what a source is and a cue is not."""
    found = " ".join(span.of(text) for span in spans).split()
    if len(found) == 1 and found[0].lower() in set_of("personal") | {"who"}:
        return True
    return len(found) > 1 and all(word[0].isupper() for word in found)


def is_in_marks(text: str, one: Marked) -> bool:
    """A content that is wholly within quotation marks, whether its spans have the marks in them or not."""
    start, end = one.content[0].start, one.content[-1].end
    before, after = text[max(0, start - 2) : start + 2], text[max(0, end - 2) : end + 3]
    return bool(re.search(r"[\"“„«‘]|''|``", before)) and bool(re.search(r"[\"”»’]|''", after))


def lead_of(text: str, one: Marked) -> str:
    """The first word of the content, lower case; "" where there is none."""
    found = words(said(text, one.content[:1]))
    return found[0] if found else ""


def is_infinitive(text: str, one: Marked) -> bool:
    """urged them | to vote"""
    return lead_of(text, one) == "to" or said(text, one.cue).endswith(" to")


def is_clause(text: str, one: Marked) -> bool:
    """joked | that the vote was lost"""
    return lead_of(text, one) in set_of("clause")


def is_topic(text: str, one: Marked) -> bool:
    """spoke about | the vote"""
    return lead_of(text, one) in set_of("prepositions") or said(text, one.cue).rpartition(" ")[2] in set_of(
        "prepositions"
    )


def is_object(text: str, one: Marked) -> bool:
    """criticised | the vote, blasted | Ortiz"""
    first = text[one.content[0].start : one.content[0].end]
    return lead_of(text, one) in set_of("object") or first[:1].isupper()


def is_in_headline(text: str, one: Marked) -> bool:
    """Whether the content stands in a first line that is no paragraph."""
    start = len(text) - len(text.lstrip())
    end = text.find("\n", start)
    return 0 < end - start <= _HEADLINE_LENGTH and one.content[-1].end <= end


@cache
def _nouns() -> dict[str, bool]:
    """Cue nouns; True where the same word is a verb too."""
    return {noun: kind == "verb" for noun, _, kind in (line.partition("\t") for line in lines(NOUN_LIST))}


def _noun(word: str) -> str | None:
    """The noun of the list that a word is, singular or plural."""
    for form in (word, word.removesuffix("s"), re.sub(r"ies$", "y", word)):
        if form in _nouns():
            return form
    return None
