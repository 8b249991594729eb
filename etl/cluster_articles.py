"""The file of `quoth cluster events` -> its articles, and the event of each, as loads group them. No database."""

from collections.abc import Callable, Collection, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any
from uuid import UUID

from etl import group
from etl.clean import clean
from etl.cluster import pair
from etl.errors import PredictError
from etl.json_lines import date_of, lines_of, object_of, shown
from etl.records import CleanArticle, RawArticle, Refused
from etl.vector import Vector, cosines
from schema.keys import article_id, content_id, event_id

_WANTED = 'give one article a line: {"id": "a1", "text": "...", "title": "...", "date": "2022-01-17"}'


def read_articles(path: Path, tell: Callable[[str], object]) -> list[CleanArticle]:
    """The articles in the order of the file; a line that has none, and an id given again, is told and left out.

    A date that is none is told, and the article kept without it. Raises PredictError where the file cannot be read.
    """
    found: dict[str, CleanArticle] = {}
    for _, place, line in lines_of(path, "articles"):
        try:
            raw = _article(object_of(line, place, _WANTED, PredictError), place, tell)
        except PredictError as error:
            tell(str(error))
            continue
        name = raw.external_id or ""
        if name in found:
            tell(f"{place}: id {name!r} was given before; ids are unique, leave one of the two out")
            continue
        cleaned = clean(raw)
        if isinstance(cleaned, Refused):
            tell(cleaned.detail)
            continue
        found[name] = cleaned
    return list(found.values())


def events_of(articles: Collection[CleanArticle]) -> dict[str, str]:
    """The id of each article's event by the article's id; the same in whatever order the articles come.

    Ties are settled by what articles say and when: their ids settle nothing but which of two equal ones is which.
    """
    members = {UUID(int=number): article for number, article in enumerate(sorted(articles, key=_content))}
    vectors = {member: group.terms(article) for member, article in members.items()}
    days = {member: article.raw.published_on for member, article in members.items()}
    candidates = _candidates(vectors, {member: group.window(day) for member, day in days.items()})
    numbered = {member: Vector.of(vectors[member]) for member in members}
    scores: dict[tuple[UUID, UUID], float] = {}
    for a, others in candidates.items():
        for b, cosine in zip(others, cosines(numbered[a], [numbered[b] for b in others]), strict=True):
            if (score := group.likeness(cosine, days[a], days[b])) >= group.FLOOR:
                scores[a, b] = score
    found = {}
    for event in group.events(sorted(members), scores):
        names = [members[member].raw.external_id or "" for member in event]
        key = str(event_id(article_id(name, None, "") for name in names))
        found.update(dict.fromkeys(names, key))
    return found


def _content(article: CleanArticle) -> tuple[UUID, str]:
    """What puts an article before another: its words and its day, then its id."""
    raw = article.raw
    published = raw.published_on.value if raw.published_on else ""
    return content_id("article", raw.headline or "", raw.text, published), raw.external_id or ""


def _candidates(
    vectors: Mapping[UUID, Mapping[str, float]], windows: Mapping[UUID, int | None]
) -> dict[UUID, list[UUID]]:
    """For each member the later ones with which it shares keys telling enough to be looked at, as loads find them."""
    holders: dict[str, list[tuple[UUID, float]]] = {}
    for member, vector in vectors.items():
        for term in group.keys(vector):
            holders.setdefault(term, []).append((member, vector[term]))
    shared: dict[tuple[UUID, UUID], float] = {}
    for term in sorted(holders):
        for (a, of_a), (b, of_b) in combinations(holders[term], 2):
            key = pair(a, b)
            shared[key] = shared.get(key, 0.0) + of_a * of_b
    found: dict[UUID, list[UUID]] = {}
    for (a, b), weight in shared.items():
        on_a, on_b = windows[a], windows[b]
        apart = None if on_a is None or on_b is None else abs(on_a - on_b)
        if weight >= group.least(apart):
            found.setdefault(a, []).append(b)
    return found


def _article(row: Mapping[str, Any], place: str, tell: Callable[[str], object]) -> RawArticle:
    for wanted in ("id", "text"):
        if wanted not in row:
            raise PredictError(f"{place}: no {wanted!r}; {_WANTED}")
    name, text = _string(row, "id", place), _string(row, "text", place)
    if name is None or text is None:
        raise PredictError(f"{place}: {'id' if name is None else 'text'!r} is null, not a string; {_WANTED}")
    # Declared to be English: a line is one article, and two words are too few to tell a language by.
    return RawArticle(
        place,
        text,
        source=_string(row, "source", place),
        url=_string(row, "url", place),
        external_id=name,
        headline=_string(row, "title", place),
        published_on=date_of(row, place, tell),
        language="en",
    )


def _string(row: Mapping[str, Any], name: str, place: str) -> str | None:
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise PredictError(f"{place}: {name!r} is {shown(value)}, not a string; {_WANTED}")
    # Half a surrogate pair has no UTF-8; a "?" in its place keeps every offset.
    return value and value.encode("utf-8", "replace").decode("utf-8")
