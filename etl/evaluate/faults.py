"""What is wrong, one by one: first what must not happen (wrong merges, wrong dates), then, when asked, all the rest."""

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from uuid import UUID

from etl.evaluate.clusters import wrong_pairs
from etl.evaluate.comparison import Comparison
from etl.evaluate.pairs import Pair
from etl.evaluate.scores import Faults, statements

_SHOWN = 70
"""Characters of a remark shown at most."""


def faults(both: Comparison) -> Iterator[Faults]:
    """What must not happen: remarks, look-alikes and people taken for one, dates that are wrong or that nobody gave."""
    by_key = {pair.gold.key: pair for pair in both.pairs}
    wrong = tuple(_two(by_key[a], by_key[b]) for a, b in wrong_pairs(*statements(both)))
    yield Faults("wrong merges of statements (pairs of reports)", wrong)
    alike = [(by_key[one.a], by_key[one.b]) for one in both.labels.look_alikes if {one.a, one.b} <= set(by_key)]
    merged = tuple(_two(a, b) for a, b in alike if a.report.statement == b.report.statement)
    yield Faults("look-alikes merged (of those found)", merged, len(alike))
    yield Faults("wrong merges of people (pairs)", tuple(_merged_people(both)))
    yield _dates_wrongly_given(both)


def resolved_wrongly(both: Comparison) -> Iterator[Faults]:
    """What was answered wrongly about what was found: the speaker, the chain, the date, the mentions."""
    yield Faults("wrong speakers", tuple(_wrong_speakers(both)), len(both.pairs))
    yield Faults("wrong chains", tuple(_wrong_chains(both)), len(both.pairs))
    undated = [pair for pair in both.pairs if both.day(pair) and pair.report.said_on is None]
    yield Faults("dates missed", tuple(f"{_remark(pair)}: {both.days[pair.gold.statement].value}" for pair in undated))
    yield Faults("mentions missed or in vain", tuple(_wrong_mentions(both)), len(both.pairs))


def resolved_alone(articles: Sequence[Comparison]) -> Iterator[Faults]:
    """The same and the dates that are wrong or that nobody gave, over articles that were compared one by one."""
    for found in zip(*([*resolved_wrongly(one), _dates_wrongly_given(one)] for one in articles), strict=True):
        asked = [one.of for one in found if one.of is not None]
        lines = tuple(line for one in found for line in one.lines)
        yield Faults(found[0].name, lines, sum(asked) if asked else None)


def details(both: Comparison) -> Iterator[Faults]:
    """Everything else: what is missed or found in vain, wrong speakers and chains, remarks kept apart."""
    yield Faults("attributions missed", tuple(_missed(both)))
    in_vain = [f"{article.stem} {_short(report.text)}" for article in both.articles for report in article.in_vain]
    yield Faults("attributions found in vain", tuple(in_vain))
    yield from resolved_wrongly(both)
    yield Faults("statements kept apart", tuple(_apart(both)))


def _missed(both: Comparison) -> Iterator[str]:
    for article in both.articles:
        text = both.labels.articles[article.stem].raw.text
        for one in article.missed:
            yield f"{one.key} ({one.statement}) {_short(' '.join(span.of(text) for span in one.content))}"


def _merged_people(both: Comparison) -> Iterator[str]:
    """Two people most of whose remarks are one stored speaker's; a single remark under a wrong name is no merge."""
    speakers: dict[str, list[UUID]] = defaultdict(list)
    for pair in both.pairs:
        if pair.gold.speaker and pair.report.speaker and both.is_person(pair.gold.speaker):
            speakers[pair.gold.speaker].append(pair.report.speaker)
    mostly = {party: max(sorted(set(found)), key=found.count) for party, found in speakers.items()}
    themselves: dict[str, Hashable] = {party: party for party in mostly}
    for a, b in wrong_pairs(themselves, mostly):
        names = " and ".join(f"{both.labels.parties[party].name} ({party})" for party in (a, b))
        yield f"{names} are both {both.name(mostly[a])}"


def _dates_wrongly_given(both: Comparison) -> Faults:
    given = [pair for pair in both.pairs if pair.report.said_on is not None]
    return Faults("dates wrongly given", tuple(_wrong_dates(both, given)), len(given))


def _wrong_dates(both: Comparison, given: list[Pair]) -> Iterator[str]:
    for pair in given:
        gold, found = both.day(pair), pair.report.said_on
        if found is not None and found != gold:
            wanted = gold.value if gold else "none"
            yield f"{pair.gold.key}: {found.value} from {pair.report.said_expression!r}, the labels say {wanted}"


def _wrong_speakers(both: Comparison) -> Iterator[str]:
    for pair in both.pairs:
        if not both.is_speaker_right(pair):
            yield f"{_remark(pair)}: {both.name(pair.report.speaker)}, the labels say {pair.gold.speaker or 'nobody'}"


def _wrong_chains(both: Comparison) -> Iterator[str]:
    for pair in both.pairs:
        if not both.is_chain_right(pair):
            found = ", ".join(link.name for link in pair.report.chain) or "nobody"
            wanted = ", ".join(link.name for link in pair.gold.chain) or "nobody"
            yield f"{_remark(pair)}: through {found}, the labels say {wanted}"


def _wrong_mentions(both: Comparison) -> Iterator[str]:
    for pair in both.pairs:
        wanted = {mention.party for mention in pair.gold.mentions}
        right = {speaker for party in wanted if (speaker := both.speakers.get(party))}
        found = {speaker for _, speaker in pair.report.mentions}
        missed = sorted(party for party in wanted if both.speakers.get(party) not in found)
        in_vain = sorted(both.name(speaker) for speaker in found - right)
        if missed or in_vain:
            yield f"{_remark(pair)}: missed {', '.join(missed) or 'none'}; in vain {', '.join(in_vain) or 'none'}"


def _apart(both: Comparison) -> Iterator[str]:
    """Labelled statements whose reports are several stored ones."""
    parts: dict[str, dict[UUID, list[str]]] = defaultdict(lambda: defaultdict(list))
    for pair in both.pairs:
        parts[pair.gold.statement][pair.report.statement].append(pair.gold.key)
    for statement, groups in sorted(parts.items()):
        if len(groups) > 1:
            yield f"{statement}: " + " | ".join(", ".join(keys) for keys in groups.values())


def _two(a: Pair, b: Pair) -> str:
    return f"{_remark(a)} | {_remark(b)}"


def _remark(pair: Pair) -> str:
    return f"{pair.gold.key} ({pair.gold.statement}) {_short(pair.report.text)}"


def _short(words: str) -> str:
    text = " ".join(words.split())
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
