"""What the labels say: frozen records, no behaviour. The guide is seeds/labelled/README.md."""

from collections.abc import Mapping
from dataclasses import dataclass

from etl.records import RawArticle, ResolvedMention, Span
from schema.dates import Edtf
from schema.enums import Act, AttributionBasis, DateBasis, SpeakerType, StatementKind


@dataclass(frozen=True, slots=True)
class GoldParty:
    """A party of the samples. outlet: the name of the source when the party is one of our outlets."""

    id: str
    type: SpeakerType
    name: str
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class GoldLink:
    """Whoever relayed the words, as printed; party is the id of one, None where it is none."""

    party: str | None
    name: str


@dataclass(frozen=True, slots=True)
class GoldDate:
    """When it was said; on is None where the article has no date to read the expression against."""

    on: Edtf | None
    expression: str
    basis: DateBasis


@dataclass(frozen=True, slots=True)
class GoldAttribution:
    """One attribution of one article. key: "stem#id"; statement: the same for every report of one remark."""

    key: str
    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    kind: StatementKind
    act: Act
    basis: AttributionBasis
    denied: bool
    speaker: str | None
    chain: tuple[GoldLink, ...]
    said: GoldDate | None
    statement: str
    mentions: tuple[ResolvedMention, ...]


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """The labels of one article, attributions in text order. raw: the article itself, as `quoth load` reads it."""

    stem: str
    raw: RawArticle
    event: str
    copy_of: str | None
    correction_of: str | None
    attributions: tuple[GoldAttribution, ...]


@dataclass(frozen=True, slots=True)
class LookAlike:
    """Two attributions ("stem#id") that must not become one statement, and why somebody might take them for one."""

    a: str
    b: str
    why: str


@dataclass(frozen=True, slots=True)
class Labels:
    """All labels: articles by stem, parties by id."""

    articles: Mapping[str, GoldArticle]
    parties: Mapping[str, GoldParty]
    look_alikes: tuple[LookAlike, ...]
