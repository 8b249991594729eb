"""The labelled pairs: pairs.tsv read, each side made an edition, the relations found compared with the labels."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from etl.clean import clean
from etl.copies.bands import bands
from etl.copies.edition import Edition, edition
from etl.copies.relations import relations, ties
from etl.records import CleanArticle, RawArticle
from schema.dates import day
from schema.keys import content_id
from tests.etl.copies.edits import Draft, edited
from tests.etl.copies.stories import HERE, forms, stories

FIRST_DAY = date(2024, 3, 4)
RELATED = ("copy", "correction", "version")


@dataclass(frozen=True)
class Side:
    """One article of a pair, published on so many a day after FIRST_DAY.

    text: "sluice", "sluice+" (in other words), "sluice>2" (next day, so many paragraphs of the base text repeated),
    "earnings#1" (a form filled), "sluice&mine&tram" (a round-up).
    """

    text: str
    recipe: str
    outlet: str
    day: int


@dataclass(frozen=True)
class LabelledPair:
    """Two articles, the original first, and what the second is of it: copy, correction, version; else why none."""

    number: int
    half: str
    label: str
    a: Side
    b: Side


@cache
def pairs() -> tuple[LabelledPair, ...]:
    """Every labelled pair."""
    lines = (HERE / "pairs.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple(
        LabelledPair(number, half, label, Side(*a[:3], int(a[3])), Side(*b[:3], int(b[3])))
        for number, (half, label, *sides) in enumerate(rows)
        for a, b in [(sides[:4], sides[4:])]
    )


def draft(text: str) -> Draft:
    """The text a side begins with, before any edit."""
    if "#" in text:
        name, _, number = text.partition("#")
        headline, paragraphs = forms()[name].filled(int(number))
        return Draft(next(iter(stories().values())), headline, tuple(paragraphs))
    if "&" in text:
        items = [stories()[name] for name in text.split("&")]
        paragraphs = [line for item in items for line in (item.headline, *item.base)]
        return Draft(items[0], f"{items[0].headline}, and other news", tuple(paragraphs))
    name = text.split(">")[0].rstrip("+")
    story = stories()[name]
    if text.endswith("+"):
        return Draft(story, story.other_headline, tuple(story.other))
    if ">" in text:
        return Draft(story, story.next_headline, (*story.next, *story.base[-int(text.partition(">")[2]) :]))
    return Draft(story, story.headline, tuple(story.base))


def article(side: Side) -> CleanArticle:
    """The side as the loader sees it."""
    made = edited(draft(side.text), side.recipe)
    text = "\n\n".join((*made.above, *made.paragraphs, *made.below))
    outlet = None if side.outlet == "-" else f"{side.outlet} (invented)" if " " in side.outlet else side.outlet
    on = day(FIRST_DAY + timedelta(days=side.day))
    cleaned = clean(RawArticle("pairs.tsv", text, source=outlet, headline=made.headline, published_on=on))
    assert isinstance(cleaned, CleanArticle), side
    return cleaned


@cache
def editions(pair: LabelledPair) -> tuple[Edition, Edition]:
    """Both sides."""
    a, b = (
        edition(article(side), content_id("pair", str(pair.number), end))
        for side, end in ((pair.a, "a"), (pair.b, "b"))
    )
    return a, b


@cache
def found(pair: LabelledPair) -> str:
    """What the second is found to be of the first; "turned copy" for the first of the second; "" for nothing.

    Of two texts of one day nobody knows which came first: they may be turned around.
    """
    a, b = editions(pair)
    if not set(bands(a.wording)) & set(bands(b.wording)):
        return ""
    both = {a.id: a, b.id: b}
    related = relations(both.values(), ties(both, [(a.id, b.id)]))
    for id, turned in ((b.id, ""), (a.id, "turned " if pair.a.day != pair.b.day else "")):
        for relation in related.get(id, ()):
            return turned + relation.kind.value
    return ""


def figures(half: str) -> Counter[str]:
    """Counts of one half: of the pairs labelled as one text, found so ("found") or not ("missed"); of the others, taken
    for one text ("wrong") or not ("right"); "mistyped" where a correction is called a copy, or points the wrong way."""
    counts: Counter[str] = Counter()
    for pair in pairs():
        if pair.half == half:
            kind, wanted = found(pair), wanted_of(pair)
            counts["found" if kind and wanted else "missed" if wanted else "wrong" if kind else "right"] += 1
            counts["mistyped"] += bool(kind and wanted and kind != wanted)
    return counts


def wanted_of(pair: LabelledPair) -> str:
    """What should be found: "" for two texts."""
    return pair.label if pair.label in RELATED else ""


def precision(counts: Counter[str]) -> float:
    """Of the pairs taken for one text, the share that is."""
    return counts["found"] / ((counts["found"] + counts["wrong"]) or 1)


def recall(counts: Counter[str]) -> float:
    """Of the pairs that are one text, the share taken for it."""
    return counts["found"] / ((counts["found"] + counts["missed"]) or 1)
