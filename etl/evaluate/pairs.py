"""Labelled attributions beside the stored reports that carry them, and which stored speaker is which party."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from etl.evaluate.attributions import Said, Words, matched, sources_agree
from etl.evaluate.gold import GoldArticle, GoldAttribution, Labels
from etl.evaluate.store import Stored, StoredReport
from schema.keys import fold


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled attribution and the report of the same words. is_grounded: their sources are the same words too."""

    gold: GoldAttribution
    report: StoredReport
    is_grounded: bool


@dataclass(frozen=True, slots=True)
class Compared:
    """One article: both sides as word tokens, the pairs, and what is in one side only."""

    stem: str
    gold: tuple[Said, ...]
    found: tuple[Said, ...]
    pairs: tuple[Pair, ...]
    missed: tuple[GoldAttribution, ...]
    in_vain: tuple[StoredReport, ...]


def compared(article: GoldArticle, reports: Sequence[StoredReport]) -> Compared:
    """The article's attributions matched by their content."""
    words = Words(article.raw.text)
    gold = [words.said(one.content, [one.source] if one.source else []) for one in article.attributions]
    found = [words.said(one.content, one.source) for one in reports]
    pairs = [
        Pair(article.attributions[g], reports[f], sources_agree(gold[g].source, found[f].source))
        for g, f in sorted(matched(gold, found))
    ]
    both = {pair.gold.key for pair in pairs}, {pair.report.id for pair in pairs}
    return Compared(
        article.stem,
        tuple(gold),
        tuple(found),
        tuple(pairs),
        missed=tuple(one for one in article.attributions if one.key not in both[0]),
        in_vain=tuple(one for one in reports if one.id not in both[1]),
    )


def parties(labels: Labels, stored: Stored, pairs: Sequence[Pair]) -> Mapping[str, UUID]:
    """Which stored speaker is which labelled party, one to one.

    Evidence is where both sides read the same words: as the source, as a relayer, as a name in the content, or where
    the words differ and the speaker has the party's name. The pair
    with the most of it is joined first (ties: the names share a word), so that of a party that the store has twice the
    better documented half is right, and of two parties that it took for one, one is.
    """
    evidence: Counter[tuple[str, UUID]] = Counter()
    for pair in pairs:
        evidence.update(_same_words(pair))
        evidence.update(_same_name(pair, labels, stored))

    def rank(of: tuple[str, UUID]) -> tuple[int, bool, str, str]:
        party, speaker = of
        name = stored.names.get(speaker, "")
        return -evidence[of], not _share_a_word(labels.parties[party].name, name), party, str(speaker)

    chosen: dict[str, UUID] = {}
    for party, speaker in sorted(evidence, key=rank):
        if party not in chosen and speaker not in chosen.values():
            chosen[party] = speaker
    return chosen


def _same_words(pair: Pair) -> Iterator[tuple[str, UUID]]:
    gold, report = pair.gold, pair.report
    if pair.is_grounded and gold.source and gold.speaker and report.speaker:
        yield gold.speaker, report.speaker
    for link in gold.chain:
        for relayer in report.chain:
            if link.party and relayer.speaker and names_agree(link.name, relayer.name):
                yield link.party, relayer.speaker
    for mention in gold.mentions:
        for span, speaker in report.mentions:
            if span.touches(mention.span):
                yield mention.party, speaker


def _same_name(pair: Pair, labels: Labels, stored: Stored) -> Iterator[tuple[str, UUID]]:
    """The official in "The paper reported, citing an official", where the store has the paper's words as the source."""
    party, speaker = pair.gold.speaker, pair.report.speaker
    if not pair.is_grounded and party and speaker and fold(labels.parties[party].name) == fold(stored.names[speaker]):
        yield party, speaker


def names_agree(a: str, b: str) -> bool:
    """Whether two names as printed are the same words, by the rule for sources."""
    first, second = fold(a).split(), fold(b).split()
    return first[-1] == second[-1] or 2 * len({*first} & {*second}) >= min(len({*first}), len({*second}))


def _share_a_word(a: str, b: str) -> bool:
    return bool({*fold(a).split()} & {*fold(b).split()})
