r"""Passages written and marked for training: text with every attribution in it, nested ones included.

For the files of `etl/train/passages/`, not for corpora. One passage a line; blank lines and lines that begin with # are
left out. `¶` is a paragraph break. A mark is `[s1 ...]` (source), `[c1 ...]` (cue) or `[k1 ...]` (content); its number
tells the attributions of the passage apart, and marks may nest:

    [s1 Dana Ortiz] [c1 said] [k1 that [s2 officials] [c2 had told] her [k2 the road was shut]].
    [k1 "We lost,"] [s1 she] [c1 said]. [k1 "We tried."]¶[s2 [s3 Roe]] [c2 denied] [k2 it], [c3 adding:] [k3 'Ask him'].

The characters [ ] ¶ and \ of the text itself are written \[ \] \¶ and \\.

What is marked follows PolNeAR 1.0 train (Newell, Margolin, Ruths 2018; in brackets how often it does so and how often
not, in 19,832 attributions), so that the two do not contradict each other:

- source: the whole noun phrase, article included. Titles, ages, appositions (847 : 203) and relative clauses
  (239 : 125) are inside, and so is the comma that closes them before the cue (847 : 74). "by" is outside (234 : 11), a
  possessive ending inside (173 : 110). "who", "which" and pronouns are sources. None where nobody is named
  ("Asked why") and where only the hearer is ("The court heard").
- cue: the verb with its auxiliaries (2,519 : 64), adverbs (708 : 95), negation and governed preposition or particle:
  "called for", "according to", "did not respond to". Nouns: "claim", "criticism of". A colon that follows at once is
  inside (54 : 3), a comma is not. "in a statement" (48 : 22), "in an interview" and "on X" (22 : 7) are inside; who is
  told (386 : 4), the day (76 : 58) and the place are outside. A dash or a colon alone is a cue.
- content: a leading "that" (2,371 : 30), "to" (762 : 356), "whether", "how", "if" is inside, a preposition is not, and
  neither is the full stop or comma behind it, unless it stands within quotation marks; those are inside. Whoever is
  accused, urged or asked to do something belongs to the content; whoever is told or asked a question does not. What a
  passive is about is a first piece (90 : 6): [k1 He] [c1 was accused] [k1 of theft].
- pieces: the sentences of a quotation in one paragraph are one piece, each paragraph is one of its own (all but one).
- attitudes are attributions (believes, wants, fears, plans, voted to), and so are refusals, of what was refused:
  [c1 declined] [k1 to comment], [c1 did not say] [k1 how many].
- quotations without any cue, scare quotes, titles of works and nicknames are not marked; page furniture has no marks.

Three things differ. The corpus has one level; here what a content says of others, or of its speaker at another time, is
marked too (what he does by saying it is not: "We apologise"). "citing" has as its source the one cited, where a content
is his: [s1 The paper] [c1 reported], [c2 citing] [s2 an aide], [k1 [k2 that he left]]. And a headline that its story
repeats has no marks in furniture.txt.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from etl.train.errors import PassageError

FOLDER = Path(__file__).with_name("passages")
PARAGRAPH = "¶"
BREAK = "\n\n"

TOKEN = re.compile(r"\\(?P<escaped>[\[\]¶\\])|\[(?P<part>[sck])(?P<number>[1-9]\d*) |(?P<sign>[\[\]¶\\])|[^\[\]¶\\]+")
PARTS = {"s": "source", "c": "cue", "k": "content"}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """One attribution of a passage: spans in code points of its text, half-open, in text order.

    cue: exactly one span. content: one or more. source: may be empty.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A text without its marks and the attributions in it by their numbers; there may be none."""

    text: str
    attributions: tuple[Marked, ...]


@dataclass(frozen=True, slots=True)
class Open:
    """A bracket not closed yet: whose it is, and where its words begin in the text and in the line."""

    part: str
    number: int
    start: int
    at: int


class MarkError(Exception):
    """What is wrong with a line; value is its piece at fault."""

    def __init__(self, value: str, why: str) -> None:
        self.value = value
        super().__init__(why)


def passages(path: Path) -> list[Passage]:
    """The passages of a file in its order; empty if it has none.

    Raises PassageError, with file, line, value and way out, at the first line that is marked wrongly.
    """
    found = []
    for line, written in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if not written.strip() or written.startswith("#"):
            continue
        try:
            found.append(passage(written.strip()))
        except MarkError as wrong:
            raise PassageError(path, line, wrong.value, str(wrong)) from wrong
    return found


def passage(written: str) -> Passage:
    """The passage that a line writes. Raises MarkError."""
    text, found = "", dict[tuple[int, str], list[Span]]()
    still_open: list[Open] = []
    for token in TOKEN.finditer(written):
        if token["part"]:
            still_open.append(Open(token["part"], int(token["number"]), len(text), token.start()))
        elif token["sign"] == "]":
            if not still_open:
                raise MarkError(
                    written[: token.end()][-40:], "closes a mark that none opened; write \\] for a bracket of the text"
                )
            mark = still_open.pop()
            words = text[mark.start :]
            if not words or words != words.strip():
                raise MarkError(
                    written[mark.at : token.end()], "is empty or begins or ends with a space; mark words only"
                )
            found.setdefault((mark.number, mark.part), []).append((mark.start, len(text)))
        elif token["sign"] == PARAGRAPH:
            if still_open:
                raise MarkError(
                    written[still_open[-1].at :][:40], "runs over ¶; close it before and open it again behind"
                )
            text += BREAK
        elif token["sign"]:
            raise MarkError(
                written[token.start() :][:40],
                "begins no mark: those are [s1 ...], [c1 ...], [k1 ...]; write \\[, \\\\ for the character itself",
            )
        else:
            text += token["escaped"] or token[0]
    if still_open:
        raise MarkError(written[still_open[-1].at :][:40], "is never closed; add ]")
    return Passage(text, tuple(attributions(text, found)))


def attributions(text: str, found: dict[tuple[int, str], list[Span]]) -> Iterator[Marked]:
    """The attributions by number. found: (number, part) -> spans. Raises MarkError for one that is not whole."""
    last = max((number for number, _ in found), default=0)
    for number in range(1, last + 1):
        source, cue, content = (tuple(sorted(found.get((number, part), ()))) for part in PARTS)
        pieces = sorted(source + cue + content)
        if not pieces:
            raise MarkError(
                f"{last}", f"is the highest number, but number {number} marks nothing; count from 1 without gaps"
            )
        if len(cue) != 1:
            raise MarkError(
                f"c{number}", f"marks {len(cue)} pieces; an attribution has one cue, leave one without any unmarked"
            )
        if not content:
            raise MarkError(f"k{number}", "marks nothing; mark what was said or leave the attribution unmarked")
        for (start, end), (following, beyond) in pairwise(pieces):
            if following < end:
                raise MarkError(
                    text[start : max(end, beyond)],
                    f"has two pieces of attribution {number} in one another; close the first before the second",
                )
        yield Marked(source, cue, content)
