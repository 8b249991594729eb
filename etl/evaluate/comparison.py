"""Labels beside the database: what was found, which stored speaker is which party, and which answers are right."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from etl.evaluate.gold import Labels
from etl.evaluate.pairs import Compared, Pair, compared, names_agree, parties
from etl.evaluate.store import Stored
from schema.dates import Edtf
from schema.enums import SpeakerType


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both sides, and what joins them.

    articles: by stem. speakers: the stored speaker of a party. days: the day of each labelled statement that one of its
    articles dates, which then holds for all of them.
    """

    labels: Labels
    stored: Stored
    articles: tuple[Compared, ...]
    speakers: Mapping[str, UUID]
    days: Mapping[str, Edtf]

    @property
    def pairs(self) -> list[Pair]:
        """What was found, in all articles."""
        return [pair for article in self.articles for pair in article.pairs]

    def is_speaker_right(self, pair: Pair) -> bool:
        """Whether the report's speaker is the labelled one, or both are nobody."""
        if pair.gold.speaker is None or pair.report.speaker is None:
            return pair.gold.speaker is None and pair.report.speaker is None
        return self.speakers.get(pair.gold.speaker) == pair.report.speaker

    def is_chain_right(self, pair: Pair) -> bool:
        """Whether the relayers are the labelled ones, all of them and in order; by name where one is no party."""
        gold, found = pair.gold.chain, pair.report.chain
        return len(gold) == len(found) and all(
            self.speakers.get(a.party) == b.speaker if a.party and b.speaker else names_agree(a.name, b.name)
            for a, b in zip(gold, found, strict=True)
        )

    def day(self, pair: Pair) -> Edtf | None:
        """The labelled day of the saying."""
        return self.days.get(pair.gold.statement)

    def is_person(self, party: str | None) -> bool:
        """Whether a party is a human being with a name."""
        return party is not None and self.labels.parties[party].type is SpeakerType.PERSON

    def name(self, speaker: UUID | None) -> str:
        """A stored speaker as faults name it."""
        return repr(self.stored.names[speaker]) if speaker else "nobody"


def comparison(labels: Labels, stored: Stored) -> Comparison:
    """The two sides compared; stored has every labelled article."""
    articles = [compared(labels.articles[stem], stored.articles[stem].reports) for stem in sorted(labels.articles)]
    days = {
        one.statement: one.said.on
        for article in labels.articles.values()
        for one in article.attributions
        if one.said and one.said.on
    }
    pairs = [pair for article in articles for pair in article.pairs]
    return Comparison(labels, stored, tuple(articles), parties(labels, stored, pairs), days)
