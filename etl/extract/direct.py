"""Quotations in marks with their reporting words before, after, around, or a line above them.

Words are sought in a window beside the marks and not by the parse of the whole sentence, which long quotations upset.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Token

from etl.extract.clauses import verb_group
from etl.extract.marks import Quoted
from etl.extract.page import Page, Proposal, span_of
from etl.extract.sources import phrase, subject
from etl.records import Span
from schema.enums import AttributionBasis

Weigh = Callable[[str, str], float]

SIGNED_RULE = "quote signed by a dash"
NEXT_PARAGRAPH_RULE = "quote goes on in the next paragraph"
BETWEEN_RULE = "quote between the speaker's own"
IMPLIED_RULES = (NEXT_PARAGRAPH_RULE, BETWEEN_RULE)

INNER_END = re.compile(r"[,.!?…—–-][\"'”’»)\]]*$")
SIGNED = re.compile(r"\s*[―—–]{1,2}\s*(?=[A-Z@])")
SENTENCE_END = re.compile(r"[.!?…]$")


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens start..end of the reporter's own words beside a quotation."""

    start: int
    end: int


def direct(page: Page, weigh: Weigh) -> list[Proposal]:
    """The quotations that have reporting words of their own, grown by those that go on from them, in text order."""
    found: list[Proposal] = []
    used: set[int] = set()
    for number, quote in enumerate(page.quotes):
        if number in used:
            continue
        made = [
            proposal
            for proposal in (
                after(page, number, quote, weigh),
                before(page, number, quote, weigh, used),
                signed(page, number, quote),
            )
            if proposal is not None
        ]
        if not made:
            continue
        best = max(made, key=lambda proposal: proposal.score)
        grown = grow(page, best, number)
        used.update(grown.quotes)
        found.append(grown)
    return found + list(implied(page, found, used))


def after(page: Page, number: int, quote: Quoted, weigh: Weigh) -> Proposal | None:
    """“We lost,” Ms Ortiz said. / “We lost,” said Ms Ortiz, who chairs the panel."""
    inside = page.text[quote.inner_start : quote.inner_end].rstrip()
    outside = page.text[quote.end : quote.end + 1]
    if not (INNER_END.search(inside) or outside == ",") or (inside.endswith(".") and not inside.endswith("...")):
        return None
    window = window_after(page, quote)
    if window is None or is_name(page, quote):
        return None
    words = [
        page.doc[i] for i in range(window.start, window.end) if not page.doc[i].is_punct and not page.doc[i].is_space
    ]
    for verb in words[:14]:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ in {"relcl", "aux", "auxpass"}:
            continue
        if verb.tag_ == "VBG":
            # “We lost,” adding that ...: the cue of what follows
            return None
        inverted = not any(word.pos_ in {"NOUN", "PROPN", "PRON"} for word in words if word.i < verb.i)
        rule = "quote, verb speaker" if inverted else "quote, speaker verb"
        score = weigh(rule, verb.lemma_.lower()) if verb.is_alpha else 0.0
        if not score:
            if verb.dep_ in {"acl", "advcl"}:
                continue
            return None
        source = source_in(page, verb, window, inverted=inverted)
        made = quote_proposal(page, number, quote, verb, source, rule, score)
        return replace(made, content=(Span(sentence_start(page, number), quote.end),))
    return None


def is_name(page: Page, quote: Quoted) -> bool:
    """Whether the marks are around a name: On “Morning Hour,” Ana Ortiz said the vote was lost."""
    first = page.token_at(quote.start)
    if first == 0 or page.doc[first - 1].pos_ not in {"ADP", "DET"}:
        return False
    words = page.text[quote.inner_start : quote.inner_end].split()
    return len(words) <= 5 and all(word[0].isupper() or len(word) <= 3 for word in words)


def sentence_start(page: Page, number: int) -> int:
    """Where the sentence begins that a quotation ends: It was “a disgrace,” she said."""
    quote = page.quotes[number]
    if not page.text[quote.inner_start : quote.inner_start + 1].islower():
        return quote.start
    start = quote.start
    for earlier in range(number, -1, -1):
        window = window_before(page, page.quotes[earlier])
        if window is None:
            break
        first = page.doc[window.start]
        last = page.doc[window.end - 1]
        if last.text in {":", "."} or any(page.doc[i].tag_ == "VBG" for i in range(window.start, window.end)):
            break
        start = page.starts[window.start]
        if first.is_sent_start or earlier == 0 or page.quotes[earlier - 1].end < start - 2:
            break
        if SENTENCE_END.search(page.text[: page.quotes[earlier - 1].end].rstrip("”\"'")):
            break
        start = page.quotes[earlier - 1].start
    while start < quote.start and (page.text[start].isspace() or page.text[start] in ",;"):
        start += 1
    return start


def before(page: Page, number: int, quote: Quoted, weigh: Weigh, used: set[int]) -> Proposal | None:
    """Ms Ortiz said: “We lost.” / Ms Ortiz told reporters, “We lost.” / Ms Ortiz clarified: (new line) “We lost.”"""
    window = window_before(page, quote)
    if window is None:
        return None
    last = page.doc[window.end - 1]
    sign = last.text if last.is_punct else ""
    words = [page.doc[i] for i in range(window.start, window.end) if not page.doc[i].is_space]
    inside = page.text[quote.inner_start : quote.inner_end]
    if sign not in {",", ":", "—", "–", "-", "--"}:
        # a sentence that has ended introduces nothing: The hall was silent. “We tried.”
        if last.text in {".", "!", "?", "…"} or not inside[:1].isupper() or len(inside.split()) < 3:
            return None
        sign = ""
    verbs = [word for word in words if word.pos_ in {"VERB", "AUX"} and word.dep_ not in {"aux", "auxpass"}]
    place = {":": "colon", "": "bare"}.get(sign, "comma")
    for verb in reversed(verbs):
        score = weigh(f"speaker verb {place} quote", verb.lemma_.lower()) if verb.is_alpha else 0.0
        if score:
            source = source_in(page, verb, window, inverted=False)
            return quote_proposal(page, number, quote, verb, source, f"speaker verb {place} quote", score)
        if place == "bare":
            return None
    if place == "colon":
        # In the words of the statement: “...” / Ortiz: “...”
        names = [word for word in words if word.pos_ in {"PROPN", "NOUN"} and not word.is_punct]
        if not verbs and names and len(words) <= 8:
            score = weigh("name colon quote", "*")
            if score:
                source = phrase(page, names[-1])
                cue = span_colon(page, window.end - 1)
                return Proposal(
                    (Span(quote.start, quote.end),),
                    source,
                    cue,
                    "name colon quote",
                    ":",
                    window.end - 1,
                    score,
                    quotes=(number,),
                )
    return None


def signed(page: Page, number: int, quote: Quoted) -> Proposal | None:
    """“We lost.” — Ana Ortiz, chair of the panel"""
    dash = SIGNED.match(page.text, quote.end)
    if dash is None:
        return None
    first = page.token_at(dash.end())
    end = first
    while end < len(page.doc) and page.doc[end].pos_ == "PROPN" and not page.doc[end].is_space:
        end += 1
    if end == first:
        return None
    mark = page.token_over(dash.end() - 1)
    while page.doc[mark].is_space and mark > 0:
        mark -= 1
    return Proposal(
        (Span(quote.start, quote.end),),
        span_of(page, range(first, end)),
        (Span(page.starts[mark], page.end_of(mark)),),
        SIGNED_RULE,
        "—",
        mark,
        0.8,
        quotes=(number,),
    )


def grow(page: Page, found: Proposal, number: int) -> Proposal:
    """The proposal with the quotations that go on from it: “We lost,” she said. “We tried.” and next paragraphs."""
    quotes = [number]
    text = page.text
    while quotes[-1] + 1 < len(page.quotes):
        last, following = page.quotes[quotes[-1]], page.quotes[quotes[-1] + 1]
        between = text[last.end : following.start]
        if last.goes_on and between.isspace():
            # “We lost. (new paragraph, opened again) “We tried.”
            quotes.append(quotes[-1] + 1)
            continue
        if len(quotes) == 1 and "\n" not in between and goes_on_after_cue(page, found, last, following):
            quotes.append(quotes[-1] + 1)
            continue
        break
    content = (*found.content, *(Span(page.quotes[k].start, page.quotes[k].end) for k in quotes[1:]))
    return replace(found, content=content, quotes=tuple(quotes))


def goes_on_after_cue(page: Page, found: Proposal, last: Quoted, following: Quoted) -> bool:
    """Whether the next quotation of the line is more of the same: only the cue's sentence stands between them."""
    cue = found.cue[0]
    if not last.end <= cue.start < following.start:
        return False
    between = page.text[last.end : following.start].rstrip()
    inside = page.text[following.inner_start : following.inner_end].lstrip()
    if not between.endswith((".", ",", ";", ":", "—", "–", "-")) or len(inside.split()) < 2:
        return False
    if between.endswith("."):
        if following.closed and not ends_sentence(page, following):
            # “We lost,” she said on Monday. “A small number” of votes was missing, she added.
            return False
        # the reporter's next sentence between them would end with the second full stop
        first, stop = page.token_at(last.end), page.token_at(following.start)
        starts = [
            i for i in range(first + 1, stop) if page.doc[i].is_sent_start and SENTENCE_END.search(page.doc[i - 1].text)
        ]
        return not starts
    # “We,” she said, “tried.” but not “We lost,” said Ortiz, calling it “a farce.”
    tail = page.doc[page.token_at(following.start) - 1]
    if between.endswith((",", ";", ":")) and found.rule.startswith("quote"):
        verbs = [
            page.doc[i]
            for i in range(page.token_at(cue.end), tail.i)
            if page.doc[i].pos_ == "VERB" and page.doc[i].dep_ not in {"relcl", "acl"}
        ]
        return not verbs
    return True


def implied(page: Page, found: list[Proposal], used: set[int]) -> Iterator[Proposal]:
    """Whole sentences in marks without reporting words, beside a quotation that has them.

    “We lost,” Ortiz said. The room was silent. “We tried.” / “We lost,” Ortiz said. (new paragraph) “We tried.”
    """
    owner: dict[int, Proposal] = {number: proposal for proposal in found for number in proposal.quotes}
    for number, quote in enumerate(page.quotes):
        if number in used or number == 0 or quote.single:
            continue
        giver = owner.get(number - 1)
        if giver is None or not is_utterance(page, quote):
            continue
        between = page.text[page.quotes[number - 1].end : quote.start]
        breaks = len(re.findall(r"\n\s*", between.strip(" .")))
        if breaks > 1 or len(between.split()) > 40:
            continue
        rule = NEXT_PARAGRAPH_RULE if breaks else BETWEEN_RULE
        made = Proposal(
            (Span(quote.start, quote.end),),
            giver.source,
            giver.cue,
            rule,
            giver.lemma,
            giver.at,
            0.5,
            AttributionBasis.IMPLIED,
            (number,),
        )
        made = grow(page, made, number)
        used.update(made.quotes)
        owner.update(dict.fromkeys(made.quotes, made))
        yield made


def is_utterance(page: Page, quote: Quoted) -> bool:
    """Whether the words in marks are sentences of their own: begun after a full stop or line start, ended by one."""
    before_it = page.text[max(0, quote.start - 3) : quote.start].rstrip(" ")
    starts = not before_it or before_it[-1] in '.!?\n\r”"'
    inside = page.text[quote.inner_start : quote.inner_end].strip()
    return starts and inside[:1].isupper() and inside.endswith((".", "!", "?", "…", "—")) and len(inside.split()) >= 3


def ends_sentence(page: Page, quote: Quoted) -> bool:
    """Whether a sentence ends with the closing mark: “We tried.” / “We tried”."""
    inside = page.text[quote.inner_start : quote.inner_end].rstrip()
    return inside.endswith((".", "!", "?", "…", "—", "–", "-")) or page.text.startswith((".", "!", "?"), quote.end)


def window_after(page: Page, quote: Quoted) -> Window | None:
    """The words from the closing mark to the end of the sentence, the next quotation or the line."""
    start = page.token_at(quote.end)
    i = start
    while i < len(page.doc):
        token = page.doc[i]
        if page.quote_at[i] >= 0 or "\n" in token.text:
            break
        if i > start + 1 and token.is_sent_start and SENTENCE_END.search(page.doc[i - 1].text):
            break
        i += 1
    return Window(start, i) if i > start else None


def window_before(page: Page, quote: Quoted) -> Window | None:
    """The words from the sentence's start or the last quotation's end to the opening mark.

    Over a line break only after a colon.
    """
    end = page.token_at(quote.start)
    while end > 0 and page.doc[end - 1].is_space:
        if "\n" in page.doc[end - 1].text and (end < 2 or page.doc[end - 2].text != ":"):
            return None
        end -= 1
    i = end
    while i > 0:
        token = page.doc[i - 1]
        if page.quote_at[i - 1] >= 0 or "\n" in token.text:
            break
        i -= 1
        if token.is_sent_start and (i == 0 or SENTENCE_END.search(page.doc[i - 1].text)):
            break
    return Window(i, end) if end > i else None


def source_in(page: Page, verb: Token, window: Window, *, inverted: bool) -> tuple[Span, ...]:
    """The speaker of a verb within the window; () where the window names nobody."""
    inside = range(window.start, window.end)
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"} and child.i in inside and (child.i > verb.i) == inverted:
            return clipped(phrase(page, child), page, window)
    if inverted:
        # said Ana Ortiz: the parser often takes the name for an object
        noun = next(
            (page.doc[i] for i in range(verb.i + 1, window.end) if page.doc[i].pos_ in {"PROPN", "NOUN", "PRON"}), None
        )
        while noun is not None and noun.dep_ in {"compound", "poss", "nmod"} and verb.i < noun.head.i < window.end:
            noun = noun.head
        return clipped(phrase(page, noun, bar=frozenset(range(verb.i + 1))), page, window) if noun is not None else ()
    person = subject(verb)
    if person is not None and person.i in inside:
        return clipped(phrase(page, person, bar=frozenset(verb_group(verb))), page, window)
    nouns = [page.doc[i] for i in range(window.start, verb.i) if page.doc[i].pos_ in {"PROPN", "NOUN", "PRON"}]
    heads = [noun for noun in nouns if noun.dep_ in {"nsubj", "nsubjpass", "ROOT"}] or nouns[-1:]
    return clipped(phrase(page, heads[-1], bar=frozenset(range(verb.i, window.end))), page, window) if heads else ()


def clipped(spans: tuple[Span, ...], page: Page, window: Window) -> tuple[Span, ...]:
    """The spans as far as they lie in the window."""
    start, end = page.starts[window.start], page.end_of(window.end - 1)
    return tuple(Span(max(start, s.start), min(end, s.end)) for s in spans if s.start < end and s.end > start)


def quote_proposal(
    page: Page, number: int, quote: Quoted, verb: Token, source: tuple[Span, ...], rule: str, score: float
) -> Proposal:
    """The proposal of one quotation under a verb."""
    cue = span_of(page, verb_group(verb))
    return Proposal(
        (Span(quote.start, quote.end),), source, cue, rule, verb.lemma_.lower(), verb.i, score, quotes=(number,)
    )


def span_colon(page: Page, token: int) -> tuple[Span, ...]:
    """The colon that stands for a cue."""
    return (Span(page.starts[token], page.end_of(token)),)
