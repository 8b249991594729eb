"""What every rule looks at: a doc with its quotation marks paired, and the proposal a rule makes.

No rule stands here, only the way from characters to tokens and from tokens to trimmed spans.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc, Token

from etl.extract.marks import Quoted, quoted
from etl.records import Span
from schema.enums import AttributionBasis

EDGE = " \t\r\n\xa0,.;:–—-…"
OPENING = ("“", '"', "''", "``", "„", "«", "‘", "(", "[")


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a rule reads as an attribution, before it is weighed against the others.

    rule: the construction. lemma: of the cue. at: token of the cue. quotes: the quotations (by number) it is made of.
    inner: attributions within its content.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    rule: str
    lemma: str
    at: int
    score: float = 0.0
    basis: AttributionBasis = AttributionBasis.EXPLICIT
    quotes: tuple[int, ...] = ()
    inner: tuple["Proposal", ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A doc and its quotations; quote_at has for each token the number of the quotation around it, or -1."""

    doc: Doc
    text: str
    quotes: list[Quoted]
    starts: list[int]
    quote_at: list[int] = field(repr=False)

    def token_at(self, char: int) -> int:
        """The first token that starts at or after a character."""
        return bisect_left(self.starts, char)

    def token_over(self, char: int) -> int:
        """The token a character lies in."""
        return max(0, bisect_right(self.starts, char) - 1)

    def end_of(self, token: int) -> int:
        """The character after a token."""
        return self.starts[token] + len(self.doc[token])


def page_of(doc: Doc) -> Page:
    """The page of a doc."""
    text = doc.text
    starts = [token.idx for token in doc]
    quotes = quoted(text)
    quote_at = [-1] * len(starts)
    for number, quote in enumerate(quotes):
        for i in range(bisect_left(starts, quote.start), bisect_left(starts, quote.end)):
            quote_at[i] = number
    return Page(doc, text, quotes, starts, quote_at)


def span_of(page: Page, tokens: Iterable[int]) -> tuple[Span, ...]:
    """The spans of some tokens: one a run, punctuation and white space between two of them bridged."""
    doc = page.doc
    runs: list[tuple[int, int]] = []
    for i in sorted(tokens):
        if runs and all(doc[k].is_space for k in range(runs[-1][1] + 1, i)):
            runs[-1] = (runs[-1][0], i)
        else:
            runs.append((i, i))
    return tidy(page.text, [Span(page.starts[a], page.end_of(b)) for a, b in runs])


def tidy(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans without punctuation at their ends other than quotation marks, ? and !; those without a word dropped."""
    kept = []
    for span in spans:
        start, end = span.start, span.end
        while start < end and text[start] in EDGE and not text[start : start + 4].lstrip(".").startswith(("“", '"')):
            start += 1
        while end > start and text[end - 1] in EDGE:
            end -= 1
        # U.S. keeps its full stop
        if (
            end < span.end
            and text[end] == "."
            and end - start >= 2
            and text[end - 1].isupper()
            and text[end - 2] == "."
        ):
            end += 1
        if any(char.isalnum() for char in text[start:end]):
            kept.append(Span(start, end))
    return tuple(kept)


def without(spans: Sequence[Span], holes: Sequence[Span]) -> list[Span]:
    """The spans less the characters of the holes."""
    rest = list(spans)
    for hole in holes:
        cut = []
        for span in rest:
            if not span.touches(hole):
                cut.append(span)
                continue
            if span.start < hole.start:
                cut.append(Span(span.start, hole.start))
            if hole.end < span.end:
                cut.append(Span(hole.end, span.end))
        rest = cut
    return rest


def subtree(token: Token) -> range:
    """The tokens from the leftmost to the rightmost one under a token."""
    return range(token.left_edge.i, token.right_edge.i + 1)


def with_quotes(page: Page, spans: list[Span], cue: int) -> list[Span]:
    """The spans grown to the whole of each quotation they touch, save the one the cue stands in."""
    own = page.quote_at[cue]
    grown = list(spans)
    for number in sorted({page.quote_at[i] for span in spans for i in tokens_of(page, span)} - {-1, own}):
        quote = page.quotes[number]
        hull = Span(quote.start, quote.end)
        touching = [span for span in grown if span.touches(hull)]
        if not touching:
            continue
        grown = [span for span in grown if not span.touches(hull)]
        grown.append(Span(min(hull.start, *(s.start for s in touching)), max(hull.end, *(s.end for s in touching))))
    return sorted(grown)


def tokens_of(page: Page, span: Span) -> range:
    """The tokens of a span."""
    return range(page.token_over(span.start), page.token_at(span.end))
