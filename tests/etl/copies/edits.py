"""What newsrooms do to a text before they print it: each edit is a function of a Draft, and a step of a recipe."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from tests.etl.copies.stories import Story


@dataclass(frozen=True)
class Draft:
    """A text on its way into print: paragraphs, and what stands above and below them."""

    story: Story
    headline: str
    paragraphs: tuple[str, ...]
    above: tuple[str, ...] = ()
    below: tuple[str, ...] = ()


LOCAL = (
    "Readers of this newspaper may remember that a similar case occupied our own council the winter before last.",
    "Nobody from this region was affected, the foreign ministry told us. It has set up a telephone line all the same.",
    "The local branch of the Red Cross is collecting blankets and tinned food in the gymnasium until Saturday at noon.",
    "Our reporter who visited the place in spring found a quiet town with one inn and no lack of opinions.",
    "A spokesman for the county said that it would look into what could be learned from this for its own planning.",
    "The news reached our town during the weekly market, and for once nobody talked about the price of leeks.",
)
AMERICAN = {
    "harbour": "harbor", "metres": "meters", "kilometres": "kilometers", "centimetres": "centimeters", "metre": "meter",
    "per cent": "percent", "tonnes": "tons", "programme": "program", "centre": "center", "neighbours": "neighbors",
    "organisers": "organizers", "organiser": "organizer", "litres": "liters", "litre": "liter",
    "travellers": "travelers",
    "travelled": "traveled", "tyre": "tire", "defence": "defense", "theatre": "theater", "licence": "license",
    "neighbouring": "neighboring", "kilos": "kilos", "towards": "toward", "colour": "color", "lorry": "truck",
    "underground": "subway", "flats": "apartments", "autumn": "fall",
}  # fmt: skip
COPY_EDITED = {
    " said on ": " said ", " about ": " around ", " more than ": " over ", " because ": " since ",
    " began ": " started ",
    " is to ": " will ", " are to ": " will ", " nearly ": " almost ", " put the ": " estimated the ",
    " must ": " has to ",
}  # fmt: skip
FURNITURE = (
    (
        ("Share this:", "Click to share on Facebook (Opens in new window)"),
        ("Advertisement", "Read more: Ten gardens to see before you die"),
    ),
    ((), ("Sign up to our newsletter", "© The publishers. All rights reserved.")),
    (("By our foreign desk",), ("Follow us on Twitter", "Leave a comment")),
)


def shorten(draft: Draft, kept: str) -> Draft:
    """Cut from the end: so many paragraphs are kept."""
    return replace(draft, paragraphs=draft.paragraphs[: int(kept)])


def drop(draft: Draft, at: str) -> Draft:
    """One paragraph is left out."""
    return replace(draft, paragraphs=tuple(text for n, text in enumerate(draft.paragraphs) if n != int(at)))


def lead(draft: Draft, _: str) -> Draft:
    """The lead is written anew (it is the one another reporter wrote of the same story)."""
    return replace(draft, paragraphs=(draft.story.other[0], *draft.paragraphs[1:]))


def insert(draft: Draft, which: str) -> Draft:
    """The desk adds a paragraph of its own before the last but one."""
    at = max(1, len(draft.paragraphs) - 1)
    return replace(draft, paragraphs=(*draft.paragraphs[:at], LOCAL[int(which)], *draft.paragraphs[at:]))


def intro(draft: Draft, which: str) -> Draft:
    """The desk adds a paragraph of its own above the lead."""
    return replace(draft, paragraphs=(LOCAL[int(which)], *draft.paragraphs))


def swap(draft: Draft, at: str) -> Draft:
    """Two paragraphs that follow each other change places."""
    n, texts = int(at), list(draft.paragraphs)
    texts[n : n + 2] = texts[n : n + 2][::-1]
    return replace(draft, paragraphs=tuple(texts))


def american(draft: Draft, _: str) -> Draft:
    """British words become American ones."""
    return replace(draft, paragraphs=tuple(_replaced(text, AMERICAN, whole=True) for text in draft.paragraphs))


def desk(draft: Draft, _: str) -> Draft:
    """The copy desk prefers other small words."""
    return replace(draft, paragraphs=tuple(_replaced(text, COPY_EDITED) for text in draft.paragraphs))


def straight(draft: Draft, _: str) -> Draft:
    """Straight quotation marks."""
    return _marked(draft, {"“": '"', "”": '"', "’": "'"})


def single(draft: Draft, _: str) -> Draft:
    """Single quotation marks, as British papers have them."""
    return _marked(draft, {"“": "‘", "”": "’"})


def join(draft: Draft, _: str) -> Draft:
    """Two paragraphs are set as one."""
    texts = draft.paragraphs
    return replace(draft, paragraphs=tuple(" ".join(texts[n : n + 2]) for n in range(0, len(texts), 2)))


def block(draft: Draft, _: str) -> Draft:
    """Everything is set as one paragraph."""
    return replace(draft, paragraphs=(" ".join(draft.paragraphs),))


def split(draft: Draft, _: str) -> Draft:
    """Every sentence is a paragraph."""
    return replace(
        draft, paragraphs=tuple(one for text in draft.paragraphs for one in re.split(r"(?<=[.”]) (?=[A-Z])", text))
    )


def numbers(draft: Draft, added: str) -> Draft:
    """The first two figures are brought up to date."""
    left = 2

    def updated(match: re.Match[str]) -> str:
        nonlocal left
        left -= 1
        return str(int(match[0]) + int(added)) if left >= 0 else match[0]

    return replace(
        draft, paragraphs=tuple(re.sub(r"\b(?<![.,])\d{1,3}\b(?![.,]\d)", updated, text) for text in draft.paragraphs)
    )


def add(draft: Draft, _: str) -> Draft:
    """A later version: what another reporter of the outlet learned in the meantime is added at the end."""
    return replace(draft, paragraphs=(*draft.paragraphs, draft.story.other[-1]))


def right(draft: Draft, _: str) -> Draft:
    """The mistake of the story is put right."""
    wrong, instead = draft.story.mistake
    return replace(draft, paragraphs=tuple(text.replace(wrong, instead) for text in draft.paragraphs))


def note(draft: Draft, which: str) -> Draft:
    """A note of correction or update stands above or below, in one of the usual forms."""
    wrong, instead = draft.story.mistake or ("", "")
    forms = {
        "below": f"Correction: An earlier version of this article gave a wrong figure. It is {instead}, not {wrong}.",
        "amended": f"This article was amended on Friday. It originally said {wrong}; it should have been {instead}.",
        "above": f"(Corrects figure in second paragraph to {instead})",
        "clarified": "This story has been corrected to give the right figure.",
        "updated": "This story has been updated.",
        "adds": "(Adds details, background throughout)",
    }
    where = {"above": "above", "adds": "above"}.get(which, "below")
    return replace(draft, **{where: (*getattr(draft, where), forms[which])})


def headline(draft: Draft, which: str) -> Draft:
    """Another headline: that of the other reporter, or one with words before it."""
    if which == "other":
        return replace(draft, headline=draft.story.other_headline)
    return replace(draft, headline=f"{which}{draft.headline}")


def furniture(draft: Draft, which: str) -> Draft:
    """What the outlet's page has above and below each text."""
    above, below = FURNITURE[int(which)]
    return replace(draft, above=(*above, *draft.above), below=(*draft.below, *below))


def credit(draft: Draft, how: str) -> Draft:
    """An agency is credited in one of the usual ways: "dateline Reuters", "dash AP", "slash dpa", "end AFP"."""
    form, _, agency = how.partition(" ")
    place, first = draft.story.place, draft.paragraphs[0]
    if form in ("dateline", "dash", "colon"):
        dash = {"dateline": "-", "dash": "—", "colon": "–"}[form]
        return replace(draft, paragraphs=(f"{place} ({agency}) {dash} {first}", *draft.paragraphs[1:]))
    if form == "slash":
        return replace(draft, paragraphs=(f"{place.title()} ({agency}/) - {first}", *draft.paragraphs[1:]))
    if form == "start":
        return replace(draft, paragraphs=(f"({agency}) - {first}", *draft.paragraphs[1:]))
    if form == "byline":
        return replace(draft, above=(f"By {agency}", *draft.above))
    line = {
        "end": f"({agency})",
        "line": f"— {agency}",
        "source": f"Source: {agency}",
        "with": f"With reporting by {agency}",
    }[form]
    return replace(draft, below=(line, *draft.below))


EDITS: dict[str, Callable[[Draft, str], Draft]] = {
    edit.__name__: edit
    for edit in (
        *(shorten, drop, lead, insert, intro, swap, american, desk, straight, single, join, block, split, numbers, add),
        *(right, note, headline, furniture, credit),
    )
}


def edited(draft: Draft, recipe: str) -> Draft:
    """The draft after the edits of a recipe ("shorten:3; credit:end Reuters"), in its order; "-" for none."""
    for step in recipe.split("; ") if recipe != "-" else ():
        name, _, argument = step.partition(":")
        draft = EDITS[name](draft, argument)
    return draft


def _replaced(text: str, words: dict[str, str], *, whole: bool = False) -> str:
    for word, instead in words.items():
        text = re.sub(rf"\b{word}\b", instead, text) if whole else text.replace(word, instead)
    return text


def _marked(draft: Draft, marks: dict[str, str]) -> Draft:
    table = str.maketrans(marks)
    return replace(
        draft,
        headline=draft.headline.translate(table),
        paragraphs=tuple(text.translate(table) for text in draft.paragraphs),
    )
