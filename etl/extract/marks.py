"""Which characters stand between quotation marks. Never raises, however odd the count of marks is.

Marks are paired line by line, as print has them: a quotation over several paragraphs opens each of them and
closes the last. It judges no wording and knows no cue.
"""

import re
from dataclasses import dataclass

# A line that goes on in lower case is wrapped and one with the next.
LINE = re.compile(r"[^\r\n]+(?:(?<![.!?:;…])(?:\r\n|\r|\n)(?=[a-z])[^\r\n]+)*")
MARK = re.compile(r"‘‘|’’|``|''|[\"“”„«»‘’]|(?<!\w)'(?=[A-Z])|(?<=[,.!?])'(?!\w)")

# Opening marks and what may close them. ” opens where a writer's software turned the wrong way (” like this.”).
CLOSERS = {
    '"': '"”“',
    "“": '”"“',
    "”": '”"',
    "„": '“”"',
    "«": "»",
    "»": "«",
    "``": ("''", '"', "”"),
    "''": ("''", '"'),
    "‘‘": ("’’", "''", "”"),
    "‘": "’",
    "'": "'",
}
OPENS_ONLY = frozenset({"“", "„", "«", "``", "‘‘", "‘"})
CLOSES_ONLY = frozenset({"»", "’’", "’"})


# A single straight mark is an apostrophe unless another one ends a clause later in the line.
STRAIGHT_END = re.compile(r"(?<=[,.!?])'(?!\w)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """Characters start..end between quotation marks, the marks included.

    closed: whether the closing mark is there. goes_on: not closed because the next paragraph opens again. single: ‘ ’.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    goes_on: bool = False
    single: bool = False


def quoted(text: str) -> list[Quoted]:
    """The outermost quotations of a text, in its order, none crossing a line; an unclosed one ends with its line."""
    found: list[Quoted] = []
    lines = [match.span() for match in LINE.finditer(text) if not match.group().isspace()]
    for number, (start, end) in enumerate(lines):
        following = text[slice(*lines[number + 1])].lstrip() if number + 1 < len(lines) else ""
        found += quoted_in_line(text, start, end, following)
    return found


def unclosed_marks(text: str) -> int:
    """How many quotations are opened and never closed; one that goes on in the next paragraph is not counted."""
    return sum(not quote.closed and not quote.goes_on for quote in quoted(text))


def quoted_in_line(text: str, start: int, end: int, following: str) -> list[Quoted]:
    """The quotations of one line (start..end of text); following is the next line, "" where there is none."""
    found: list[Quoted] = []
    opened: re.Match[str] | None = None
    inner_end = start
    for mark in MARK.finditer(text, start, end):
        sign = mark.group()
        if mark.start() < inner_end:
            continue
        if opened is None:
            if opens(text, mark, start, end):
                opened = mark
            continue
        single = opened.group() in {"‘", "'"}
        if sign in CLOSERS[opened.group()] and closes(text, mark, start, end):
            found.append(Quoted(opened.start(), mark.end(), opened.end(), mark.start(), closed=True, single=single))
            opened = None
        elif single and sign in CLOSERS and sign != "‘" and (inner := nested(text, mark, end)):
            # ‘They call it “reform” and mean cuts,’ he said.
            inner_end = inner
        elif single and sign in {'"', "“", "''", "``"}:
            # ‘tis “true,” he said: the single mark was an apostrophe.
            opened = mark if opens(text, mark, start, end) else None
        elif sign == '"' == opened.group() and opens(text, mark, start, end):
            # "They came. "They saw," she said: the first was never closed.
            found.append(unclosed(text, opened, mark.start(), goes_on=False))
            opened = mark
    if opened is not None and opened.group() not in {"‘", "'"}:
        goes_on = following.startswith((opened.group(), "“")) and opened.group() != "«"
        found.append(unclosed(text, opened, end, goes_on=goes_on))
    return found


def nested(text: str, opened: re.Match[str], end: int) -> int:
    """Where a quotation in double marks inside single ones ends, 0 where it is not closed before the single one is."""
    inner = next((m for m in MARK.finditer(text, opened.end(), end) if m.group() in CLOSERS[opened.group()]), None)
    if inner is None or not opens(text, opened, 0, end):
        return 0
    last = next((m for m in MARK.finditer(text, inner.end(), end) if m.group() in {"‘", "’", "“", "'"}), None)
    return inner.end() if last is not None and last.group() in {"’", "'"} and closes(text, last, 0, end) else 0


def is_possessive(text: str, mark: re.Match[str], end: int) -> bool:
    """Whether ’ after an s is the apostrophe of workers’ pay: another one that closes comes before any opens."""
    later = (m for m in MARK.finditer(text, mark.end(), end) if m.group() in {"‘", "’"})
    for other in later:
        if other.group() == "‘":
            return False
        after = text[other.end()] if other.end() < end else " "
        if not after.isalnum():
            return True
    return False


def unclosed(text: str, opened: re.Match[str], end: int, *, goes_on: bool) -> Quoted:
    """A quotation without its closing mark, up to end less the white space before it."""
    end = opened.start() + len(text[opened.start() : end].rstrip())
    return Quoted(opened.start(), end, opened.end(), end, closed=False, goes_on=goes_on)


def opens(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark met outside quotations begins one."""
    sign = mark.group()
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if sign in CLOSES_ONLY or (after.isspace() and sign not in {"«", "„"}):
        return False
    if sign == "'":
        # 'We lost,' she said. but not the workers' pay, nor 'Twas
        return STRAIGHT_END.search(text, mark.end(), end) is not None
    if sign == "‘":
        # ‘90s and rock ‘n’ roll open nothing
        return (
            not before.isalnum()
            and after.isalpha()
            and not re.match(r"(n|em|til|tis|cause|round)\b", text[mark.end() :], re.I)
        )
    if sign in OPENS_ONLY:
        return True
    return not before.isalnum()  # 6" and 5' 10" are inches


def closes(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    """Whether a mark that may close the open quotation does."""
    sign = mark.group()
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if sign == "’":
        # don’t is an apostrophe; workers’ pay is one too, so after the mark the phrase must stop
        return not after.isalnum() and not (
            before == "s"
            and re.match(r" [a-z]", text[mark.end() : mark.end() + 2]) is not None
            and is_possessive(text, mark, end)
        )
    if sign == "“":
        return after.isspace() or after in ".,;:!?)"
    return not (before.isspace() and after.isalnum())
