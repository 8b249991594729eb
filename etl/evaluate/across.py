"""What is wrong between label files: statements that are not one, links to nothing, look-alikes of one statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from etl.evaluate.gold import GoldAttribution, Labels
from schema.enums import SpeakerType


def across(labels: Labels) -> Iterator[str]:
    """One message for everything that is wrong between these labels: file, item, way out."""
    everything = {one.key: one for article in labels.articles.values() for one in article.attributions}
    yield from _statements(everything.values())
    for article in labels.articles.values():
        for field in ("copy_of", "correction_of"):
            other = getattr(article, field)
            if other is not None and (other not in labels.articles or other == article.stem):
                yield f"articles/{article.stem}.json: {field} {other!r} is no other labelled article; correct it"
        family = _family(labels, article.stem)
        for one in article.attributions:
            party = labels.parties.get(one.speaker or "")
            if party and party.type is SpeakerType.UNNAMED_SOURCE and not party.id.startswith(family):
                yield (
                    f"articles/{article.stem}.json: attribution {one.key}: speaker {party.id!r} is an unnamed source "
                    "of another article; make one whose id begins with this stem (only copies share them)"
                )
    for pair in labels.look_alikes:
        for key in (pair.a, pair.b):
            if key not in everything:
                yield f'look_alikes.json: {key!r} is no attribution; write "stem#id"'
        a, b = everything.get(pair.a), everything.get(pair.b)
        if a and b and a.statement == b.statement:
            yield f"look_alikes.json: {pair.a} and {pair.b} are both {a.statement!r}; they cannot be told apart so"


def _statements(attributions: Iterable[GoldAttribution]) -> Iterator[str]:
    by_statement: dict[str, list[GoldAttribution]] = defaultdict(list)
    for one in attributions:
        by_statement[one.statement].append(one)
    for statement, members in by_statement.items():
        keys = ", ".join(one.key for one in members)
        if len({one.speaker for one in members}) > 1 or len({one.denied for one in members}) > 1:
            yield f"statement {statement!r} ({keys}) has several speakers, or is denied in one; give it two ids"
        days = {one.said.on.value for one in members if one.said and one.said.on}
        if len(days) > 1:
            yield f"statement {statement!r} ({keys}) has the days {', '.join(sorted(days))}; give it two ids"


def _family(labels: Labels, stem: str) -> tuple[str, ...]:
    """The article, and the stems it copies or is copied by."""
    original = labels.articles[stem].copy_of or stem
    copies = (one.stem for one in labels.articles.values() if one.copy_of == original)
    return (stem, original, *copies)
