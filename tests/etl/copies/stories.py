"""The invented stories and forms that labelled pairs are made of, as stories.txt and forms.txt give them."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@dataclass
class Story:
    """One story: the base text, the same story in other words, and the next day's news (its own paragraphs only)."""

    name: str
    place: str
    headline: str
    base: list[str] = field(default_factory=list)
    other_headline: str = ""
    other: list[str] = field(default_factory=list)
    next_headline: str = ""
    next: list[str] = field(default_factory=list)
    mistake: tuple[str, str] = ("", "")


@dataclass
class Form:
    """A text with gaps, and what fills them each time."""

    name: str
    headline: str
    paragraphs: list[str] = field(default_factory=list)
    fillings: list[list[str]] = field(default_factory=list)

    def filled(self, number: int) -> tuple[str, list[str]]:
        """Headline and paragraphs with one filling."""

        def fill(text: str) -> str:
            return re.sub(r"\{(\d)\}", lambda match: self.fillings[number][int(match[1]) - 1], text)

        return fill(self.headline), [fill(text) for text in self.paragraphs]


def _lines(file: str) -> list[str]:
    lines = (HERE / file).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


@cache
def stories() -> dict[str, Story]:
    """Every story by its name."""
    found: dict[str, Story] = {}
    into: list[str] = []
    for line in _lines("stories.txt"):
        kind, _, rest = line.partition(" ")
        story = found[next(reversed(found))] if found else Story("", "", "")
        if kind == "=":
            story = Story(*rest.split(" | "))
            found[story.name] = story
            into = story.base
        elif kind == "+":
            story.other_headline, into = rest, story.other
        elif kind == ">":
            story.next_headline, into = rest, story.next
        elif kind == "!":
            wrong, _, right = rest.partition(" => ")
            story.mistake = (wrong, right)
        else:
            into.append(line)
    return found


@cache
def forms() -> dict[str, Form]:
    """Every form by its name."""
    found: dict[str, Form] = {}
    for line in _lines("forms.txt"):
        kind, _, rest = line.partition(" ")
        if kind == "=":
            name, _, headline = rest.partition(" | ")
            found[name] = Form(name, headline)
        elif kind == "~":
            found[name].fillings.append(rest.split(" | "))
        else:
            found[name].paragraphs.append(line)
    return found
