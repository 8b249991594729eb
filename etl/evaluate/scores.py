"""Labels and what the database holds -> every measure.

Speakers, dates and the rest are judged where the content was found; statements and people are clusters of the
attributions that were found.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from etl.evaluate.attributions import counts
from etl.evaluate.clusters import b_cubed
from etl.evaluate.comparison import Comparison
from etl.evaluate.figures import Counts, Measure, figures, total
from etl.evaluate.pairs import Pair


@dataclass(frozen=True, slots=True)
class Faults:
    """Faults of one kind, one line each; of: how many there could have been, None where nobody can say."""

    name: str
    lines: tuple[str, ...]
    of: int | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """What `quoth evaluate` prints: every measure over the same articles, and the faults one by one."""

    measures: tuple[Measure, ...]
    faults: tuple[Faults, ...] = ()


def scores(measures: Sequence[Measure]) -> Mapping[str, float]:
    """Each measure's F1 (or accuracy), 0 to 1; measures that have nothing to measure are left out."""
    return {one.name: figures(one.rows).f1 for one in measures if not one.is_empty}


def attributions(counted: Sequence[Mapping[str, Counts]]) -> list[Measure]:
    """The measures of who said what; counted: etl.evaluate.attributions.counts of each article."""
    return [Measure(name, tuple(one[name] for one in counted)) for name in counts([], [])]


def measures(both: Comparison) -> list[Measure]:
    """Every measure of the database against the labels."""
    return [
        *attributions([counts(one.gold, one.found) for one in both.articles]),
        _speaker(both),
        _answers("kind", both, lambda pair: pair.gold.kind is pair.report.kind),
        _answers("act", both, lambda pair: pair.gold.act is pair.report.act),
        _answers("basis", both, lambda pair: pair.gold.basis is pair.report.basis),
        _counted("denial", both, lambda pair: _one(pair.gold.denied, pair.report.denied)),
        *_ways(both),
        _clusters("statements (B-cubed)", both, *statements(both)),
        _clusters("people (B-cubed)", both, *_people(both)),
        _clusters("events (B-cubed)", both, *_events(both)),
        Measure("copies", tuple(_link(both, one.stem, "copy_of") for one in both.articles)),
        Measure("corrections", tuple(_link(both, one.stem, "correction_of") for one in both.articles)),
    ]


def resolving(both: Comparison) -> list[Measure]:
    """The measures of what is resolved inside one article."""
    return [_speaker(both), *_ways(both), _clusters("people (B-cubed)", both, *_people(both))]


def _speaker(both: Comparison) -> Measure:
    return _answers("speaker", both, both.is_speaker_right)


def _ways(both: Comparison) -> Iterator[Measure]:
    """By what way, when, and about whom."""
    yield _counted(
        "chain", both, lambda pair: _one(bool(pair.gold.chain), bool(pair.report.chain), both.is_chain_right(pair))
    )
    yield _counted("date", both, lambda pair: _date(both, pair))
    yield _counted("mentions", both, lambda pair: _mentions(both, pair))


def statements(both: Comparison) -> tuple[dict[str, Hashable], dict[str, Hashable]]:
    """The attributions that were found, by labelled and by stored statement."""
    return (
        {pair.gold.key: pair.gold.statement for pair in both.pairs},
        {pair.gold.key: pair.report.statement for pair in both.pairs},
    )


def _answers(name: str, both: Comparison, is_right: Callable[[Pair], bool]) -> Measure:
    """One question about each attribution that was found."""
    rows = [(sum(map(is_right, one.pairs)), len(one.pairs)) for one in both.articles]
    return Measure(name, tuple((right, asked, right, asked) for right, asked in rows), is_accuracy=True)


def _counted(name: str, both: Comparison, row: Callable[[Pair], Counts]) -> Measure:
    """Something that an attribution may have or not."""
    return Measure(name, tuple(total(map(row, one.pairs)) for one in both.articles))


def _one(in_labels: bool, in_store: bool, is_right: bool = True) -> Counts:
    right = in_labels and in_store and is_right
    return right, in_store, right, in_labels


def _date(both: Comparison, pair: Pair) -> Counts:
    gold, found = both.day(pair), pair.report.said_on
    return _one(gold is not None, found is not None, gold == found)


def _mentions(both: Comparison, pair: Pair) -> Counts:
    """Each party counts once, however often the content names it."""
    wanted = {mention.party for mention in pair.gold.mentions}
    found = {speaker for _, speaker in pair.report.mentions}
    right = sum(both.speakers.get(party) in found for party in wanted)
    return right, len(found), right, len(wanted)


def _clusters(name: str, both: Comparison, gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Measure:
    """B-cubed over items whose key begins with the stem of their article."""
    by_article: dict[str, list[Counts]] = {one.stem: [] for one in both.articles}
    for item, row in b_cubed(gold, found).items():
        by_article[item.partition("#")[0]].append(row)
    return Measure(name, tuple(total(iter(rows)) for rows in by_article.values()))


def _people(both: Comparison) -> tuple[dict[str, Hashable], dict[str, Hashable]]:
    """What people said, by labelled and by stored speaker; a remark without a stored speaker is alone."""
    people = [pair for pair in both.pairs if both.is_person(pair.gold.speaker)]
    return (
        {pair.gold.key: pair.gold.speaker for pair in people},
        {pair.gold.key: pair.report.speaker or pair.gold.key for pair in people},
    )


def _events(both: Comparison) -> tuple[dict[str, Hashable], dict[str, Hashable]]:
    """The articles, by labelled and by stored event; one without an event is alone."""
    stems = [one.stem for one in both.articles]
    return (
        {stem: both.labels.articles[stem].event for stem in stems},
        {stem: both.stored.articles[stem].event or stem for stem in stems},
    )


def _link(both: Comparison, stem: str, field: str) -> Counts:
    gold, found = getattr(both.labels.articles[stem], field), getattr(both.stored.articles[stem], field)
    return _one(gold is not None, found is not None, gold == found)
