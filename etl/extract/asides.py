"""Contents with their reporting words set off by commas in the middle: The vote, she said, was lost.

The words between the commas are read one by one and not by the parse of the sentence, which such asides upset.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from etl.extract.page import Page, Proposal, span_of, tidy, with_quotes, without
from etl.records import Span

Weigh = Callable[[str, str], float]

AROUND_RULE = "clause around"
BEFORE_RULE = "sentence before"

FINITE = frozenset({"VBD", "VBZ", "VBP"})
LONGEST_SUBJECT = 12
LONGEST_TAIL = 8
# What goes on from a whole sentence before the aside: The vote was lost, she said, and nobody wept.
GOES_ON = frozenset({"and", "but", "or", "nor", "because", "if", "unless", "until", "so"})


@dataclass(frozen=True, slots=True)
class Aside:
    """Tokens of reporting words between commas: the sentence goes up to left, who says it is source, right follows."""

    start: int
    left: int
    source: range
    right: int
    end: int
    is_bare: bool


def asides(page: Page, weigh: Weigh) -> Iterator[Proposal]:
    """He would, he said, invite her. / The vote was lost, The Westport Times reported, citing an official."""
    for token in page.doc:
        if token.tag_ not in FINITE or page.quote_at[token.i] >= 0:
            continue
        aside = aside_of(page, token)
        if aside is None:
            continue
        whole = is_whole(page, aside)
        follows = goes_on(page, aside, whole)
        rule = AROUND_RULE if follows else BEFORE_RULE
        score = weigh(rule, token.lemma_.lower())
        if not score or not (whole or follows):
            continue
        tokens = [*range(aside.start, aside.left), *(range(aside.right, end_of_right(page, aside)) if follows else ())]
        source = span_of(page, aside.source)
        cue = span_of(page, [token.i])
        spans = with_quotes(page, list(span_of(page, tokens)), token.i)
        content = tidy(page.text, without(spans, [*source, *cue]))
        if content and source and (not follows or len(content) > 1):
            inside = tuple(
                number
                for number, quote in enumerate(page.quotes)
                if any(piece.covers(Span(quote.start, quote.end)) for piece in content)
            )
            yield Proposal(content, source, cue, rule, token.lemma_.lower(), token.i, score, quotes=inside * follows)


def aside_of(page: Page, verb: Token) -> Aside | None:
    """The aside a verb makes with its subject and a few words more, None where no comma parts it from the rest."""
    doc, sentence = page.doc, verb.sent
    inverted = doc[verb.i - 1].text == "," if verb.i > sentence.start else False
    left = verb.i - 1
    while left > sentence.start and doc[left].text != "," and verb.i - left <= LONGEST_SUBJECT:
        left -= 1
    if doc[left].text != "," or left - sentence.start < 1 or page.quote_at[left] >= 0:
        return None
    right = verb.i + 1
    reach = LONGEST_SUBJECT if inverted else LONGEST_TAIL
    while right < sentence.end and doc[right].text != "," and right - verb.i <= reach:
        right += 1
    ends = inverted and right >= sentence.end
    if not ends and (right + 1 >= sentence.end or doc[right].text != ","):
        return None
    if inverted:
        stop = next((i for i in range(verb.i + 1, right) if ends_subject(doc[i])), right)
        source = subject_words(page, verb.i + 1, stop)
    else:
        source = subject_words(page, left + 1, verb.i)
        if any(doc[i].pos_ in {"VERB", "AUX", "SCONJ"} or doc[i].tag_ == "WDT" for i in range(verb.i + 1, right)):
            return None
        following = doc[verb.i + 1]
        if following.pos_ in {"DET", "NOUN", "PROPN", "ADJ", "NUM"} and not is_time(following):
            # Ms Ortiz called the vote, ...: an object is no aside
            return None
    if source is None or any(page.quote_at[i] >= 0 for i in range(left, right)):
        return None
    return Aside(sentence.start, left, source, right + 1, sentence.end, is_bare=right == verb.i + 1)


def subject_words(page: Page, start: int, end: int) -> range | None:
    """The tokens start..end where they read as somebody: a pronoun or noun phrase without a verb; else None."""
    words = page.doc[start:end]
    if not len(words) or words[0].pos_ in {"CCONJ", "SCONJ", "ADP", "ADV", "PUNCT"} or words[0].tag_ in {"WP", "WDT"}:
        return None
    if any(word.pos_ in {"VERB", "AUX"} and word.tag_ not in {"VBN", "VBG"} for word in words):
        return None
    if not any(word.pos_ in {"PRON", "PROPN", "NOUN"} for word in words) or any(word.is_space for word in words):
        return None
    return range(start, end)


def ends_subject(token: Token) -> bool:
    """Whether a noun phrase after the verb ends before a token: wrote the mayor of Westport | on her page."""
    return token.is_punct or token.is_space or (token.pos_ == "ADP" and token.lower_ not in {"of", "for"})


def is_time(token: Token) -> bool:
    """Whether a noun right after the verb tells when: he said Monday, ..."""
    return token.ent_type_ in {"DATE", "TIME"}


def is_whole(page: Page, aside: Aside) -> bool:
    """Whether a sentence of its own stands before the aside: The vote was lost, she said, ... but not He would, ..."""
    words = [page.doc[i] for i in range(aside.start, aside.left)]
    if any(word.tag_ in FINITE and not (word.pos_ == "AUX" and word.dep_ in {"aux", "auxpass"}) for word in words):
        return True
    if aside.right >= aside.end and any(page.quote_at[word.i] >= 0 for word in words):
        # “Easthaven welcomes” the gesture, wrote the mayor.
        return True
    helped = any(word.tag_ in {"MD", *FINITE} for word in words)
    return helped and any(word.tag_ in {"VB", "VBN", "VBG"} for word in words)


def goes_on(page: Page, aside: Aside, whole: bool) -> bool:
    """Whether the words after the aside are part of what was said."""
    if aside.right >= aside.end:
        return False
    first = page.doc[aside.right]
    number = page.quote_at[first.i]
    if number >= 0:
        # On losing, she said, “We tried.” is introduced; The vote, she said, “was lost” goes on
        inner = page.text[page.quotes[number].inner_start :][:1]
        return inner.islower() and not whole
    if first.tag_ in {"VBG", "WP", "WDT"} or first.dep_ == "prt":
        return False
    if not whole:
        return any(page.doc[i].pos_ in {"VERB", "AUX"} for i in range(aside.right, aside.end))
    if first.pos_ == "ADP" and aside.is_bare:
        # The vote was lost, she said, by a hair. but not: ..., she said, without giving figures.
        return page.doc[aside.right + 1].tag_ != "VBG"
    if first.lower_ not in GOES_ON or aside.right + 1 >= aside.end:
        return False
    second = page.doc[aside.right + 1]
    # The vote was lost, she said, and added that ...: the reporter goes on
    return not (second.tag_ in FINITE and second.pos_ == "VERB")


def end_of_right(page: Page, aside: Aside) -> int:
    """Where what was said ends: before a second aside, or a participle of the reporter's: ..., adding that ..."""
    for i in range(aside.right, aside.end - 1):
        following = page.doc[i + 1]
        if page.doc[i].text != "," or page.quote_at[i] >= 0:
            continue
        if following.lower_ in {"adding", "citing", "saying", "noting", "according", "though", "although"}:
            return i
    return aside.end
