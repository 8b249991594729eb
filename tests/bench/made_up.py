"""Made-up news as recorded annotations: articles read to their end, without a model, the same for the same numbers.

Stories begin every day and are told by a few outlets for some days, most by one or two, some by many; a few people are
in the news all the time and most of them once (Zipf). The remarks of a story are printed whole here and cut there.
"""

import math
import random
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate

from etl.group import inverse_document_frequency
from etl.records import (
    Attribution,
    CleanArticle,
    Party,
    Quotation,
    RawArticle,
    Reason,
    ResolvedArticle,
    SayingDate,
    Span,
)
from etl.resolve.names import person_key
from schema.dates import parse_edtf
from schema.enums import Act, AttributionBasis, SpeakerType, Stage, StatementKind
from schema.keys import article_id

FIRST_DAY = date(2015, 1, 1)
ARTICLES_A_DAY = 100
_WORDS, _PEOPLE, _OUTLETS = 30_000, 20_000, 120
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SYLLABLES = ("ba", "den", "fi", "gor", "hu", "jel", "ka", "lom", "mi", "nor", "pe", "ra", "sul", "ti", "vor", "zel")


@dataclass(frozen=True, slots=True)
class _Story:
    begun: date
    words: tuple[str, ...]
    people: tuple[str, ...]
    remarks: tuple[tuple[str, tuple[str, ...]], ...]
    """Who says which words."""


def articles(first: int, count: int) -> Iterator[ResolvedArticle]:
    """So many articles, from the first one on; any of them is the same whichever are asked for."""
    for number in range(first, first + count):
        yield _article(number)


def _article(number: int) -> ResolvedArticle:
    story, nth = _story_of(number)
    order = random.Random(f"article {number}")
    outlet = f"{_name(_zipf(order, _OUTLETS))} {order.choice(('Post', 'Herald', 'Gazette', 'Courier'))}"
    day = story.begun + timedelta(days=min(2, nth // 4))
    said = order.sample(story.remarks, min(len(story.remarks), order.randint(4, 10)))
    paragraphs = [_sentence(order, story, 30)]
    quoted: list[tuple[str, str]] = []
    for speaker, remark in said:
        words = remark if order.random() < 0.6 else remark[: max(6, len(remark) * 2 // 3)]
        line = f"“{' '.join(words)},” {speaker} told reporters on {_DAYS[story.begun.weekday()]}."
        quoted.append((line, speaker))
        paragraphs += [line, _sentence(order, story, 25)]
    text = "\n\n".join(paragraphs)
    raw = RawArticle(
        "made up", text, source=outlet, external_id=f"made-up-{number}", headline=_sentence(order, story, 7)[:-1],
        published_on=parse_edtf(day.isoformat()),
    )  # fmt: skip
    article = article_id(raw.external_id, raw.url, raw.text)
    keys = {speaker: person_key(speaker, article) for _, speaker in quoted}
    parties = {key: Party(key, SpeakerType.PERSON, name, (name,)) for name, key in keys.items()}
    made, at = [], 0
    for line, speaker in quoted:
        at = text.index(line, at)
        made.append(_attribution(line, at, speaker, keys[speaker], story.begun))
    return ResolvedArticle(CleanArticle(raw, "en"), parties, tuple(made))


def _attribution(line: str, at: int, speaker: str, key: str, day: date) -> Attribution:
    def span(words: str) -> Span:
        start = at + line.index(words)
        return Span(start, start + len(words))

    quotation = Quotation(
        content=(Span(at, at + line.index("”") + 1),),
        source=(span(speaker),),
        cue=(span("told"),),
        kind=StatementKind.DIRECT,
        act=Act.SPEECH,
        basis=AttributionBasis.EXPLICIT,
        confidence=0.9,
        rule="made up",
        reasons=(Reason(Stage.EXTRACT, "made up", 0.9),),
    )
    on = span(f"on {_DAYS[day.weekday()]}")
    return Attribution(
        quotation,
        key,
        said=SayingDate(on, parse_edtf(day.isoformat())),
        reasons=(Reason(Stage.RESOLVE, "full name", 1.0),),
    )


def _story_of(number: int) -> tuple[_Story, int]:
    """The story of an article, and which of its articles it is."""
    day, at = divmod(number, ARTICLES_A_DAY)
    for nth, size in enumerate(_sizes(day)):
        if at < size:
            return _story(day, nth), at
        at -= size
    raise AssertionError(f"day {day} has no article {at}")


@cache
def _sizes(day: int) -> Sequence[int]:
    """How many articles each story of a day has."""
    order, left, sizes = random.Random(f"day {day}"), ARTICLES_A_DAY, []
    while left:
        sizes.append(min(left, order.choice((1, 1, 1, 2, 2, 3, 5, 8, 13, 20))))
        left -= sizes[-1]
    return sizes


@cache
def _story(day: int, nth: int) -> _Story:
    order = random.Random(f"story {day} {nth}")
    words = tuple(_word(order.randrange(_WORDS)) if i % 3 else _common(order, even=True) for i in range(30))
    people = tuple(dict.fromkeys(_person(_zipf(order, _PEOPLE)) for _ in range(6)))
    about = _Story(FIRST_DAY + timedelta(days=day), words, people, ())
    remarks = tuple(
        (order.choice(people), tuple(_sentence(order, about, order.randint(10, 22))[:-1].split())) for _ in range(12)
    )
    return _Story(about.begun, words, people, remarks)


def _sentence(order: random.Random, story: _Story, length: int) -> str:
    """Words of the story among common ones."""
    words = [order.choice(story.words) if order.random() < 0.3 else _common(order) for _ in range(length)]
    return " ".join(words).capitalize() + "."


def _common(order: random.Random, *, even: bool = False) -> str:
    """A word of the language, as often as articles have it; even: any word, rare ones as often as others."""
    words, until = _language()
    return words[order.randrange(len(words)) if even else bisect_left(until, order.random() * until[-1])]


@cache
def _language() -> tuple[Sequence[str], Sequence[float]]:
    """The stems of the shipped document frequencies, and the sums of how often each is met."""
    weights, _ = inverse_document_frequency()
    return list(weights), list(accumulate(math.exp(-weight) for weight in weights.values()))


def _zipf(order: random.Random, count: int) -> int:
    """A number below count; small ones are frequent: the n-th about 1/n as often as the first."""
    return int(count ** order.random()) - 1


def _word(number: int) -> str:
    base, word = len(_SYLLABLES), ""
    number += base
    while number:
        number, rest = divmod(number, base)
        word += _SYLLABLES[rest]
    return word


def _name(number: int) -> str:
    return _word(7 * number + 3).capitalize()


def _person(number: int) -> str:
    # Given names are few.
    return f"{_word(number * 31 % 240 + 300).capitalize()} {_word(13 * number + 5).capitalize()}"
