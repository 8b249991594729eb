"""What travels between the stages: frozen records, no behaviour. Every stage imports this module and no other stage.

Offsets are Unicode code points into the article's text as decoded, half-open.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from schema.dates import Edtf
from schema.enums import (
    Act,
    AttributionBasis,
    DateBasis,
    RecordForm,
    ReportingRole,
    SpeakerType,
    Stage,
    StatementKind,
)
from schema.keys import article_id, source_id


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters start..end of the article's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters themselves."""
        return text[self.start : self.end]

    def touches(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Whether all of the other lies within this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Reason:
    """One judgement and what it rests on: score is 0..1 where there is one."""

    stage: Stage
    rule: str
    score: float | None = None
    detail: str | None = None


# --- read ---


@dataclass(frozen=True, slots=True)
class RawArticle:
    """A record as its file gives it, types and dates checked, nothing guessed.

    place: "file" or "file:line". notes: what is worth counting about it ("decoded as windows-1252"). further_ids: more
    external ids that are on record of the article, of other feeds, each after external_id in the alphabet.
    """

    place: str
    text: str
    source: str | None = None
    domain: str | None = None
    url: str | None = None
    external_id: str | None = None
    headline: str | None = None
    published_on: Edtf | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    file_name: str | None = None
    notes: tuple[str, ...] = ()
    further_ids: tuple[str, ...] = ()

    @property
    def external_ids(self) -> tuple[str, ...]:
        """All names that feeds give it, in the order of the alphabet."""
        return () if self.external_id is None else (self.external_id, *self.further_ids)

    @property
    def outlet(self) -> UUID | None:
        """The outlet's id, None where nobody gave one."""
        known = self.domain is not None or self.source is not None
        return source_id(self.domain, self.source) if known else None

    @property
    def id(self) -> UUID:
        """The id of the article that it is about."""
        return article_id(self.external_id, self.url, self.text, self.outlet)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a record in case that it is refused: its bytes, and what it takes to read it again.

    content: at most the first 64 KiB; cut: whether it has more. form: None where the bytes are no whole record.
    encoding: of a line, where that was told by the rest of its file. lent: the fields that the record is given where it
    lacks them (etl.fields.spelled).
    """

    content: bytes
    cut: bool = False
    form: RecordForm | None = None
    encoding: str | None = None
    lent: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refused:
    """A record that cannot be loaded: reason is a short counted name ("not-json"), detail the whole message.

    content: the beginning of what was refused, its text alone where the record was read before. kept: of the record.
    """

    place: str
    reason: str
    detail: str
    content: bytes
    kept: Kept | None = None


# --- clean ---


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of page furniture, and the rule that marked it ("share buttons")."""

    span: Span
    rule: str


@dataclass(frozen=True, slots=True)
class CleanArticle:
    """An article with its furniture marked off (in text order, not touching) and its language known (BCP 47).

    notes: what is worth counting about the text ("quotation mark never closed"); raw.notes are not repeated.
    annotation: what the language model found of this text before (etl.annotate.packed), where that is on record.
    """

    raw: RawArticle
    language: str
    furniture: tuple[Furniture, ...] = ()
    notes: tuple[str, ...] = ()
    annotation: bytes | None = field(default=None, repr=False, compare=False)

    @property
    def text(self) -> str:
        """The input as decoded, unchanged."""
        return self.raw.text


# --- extract ---


@dataclass(frozen=True, slots=True)
class Quotation:
    """An attribution as the sentence gives it: who (source), reporting words (cue), what (content).

    content: at least one span, in text order, not touching each other; quotation marks that touch it included.
    source: empty where nobody is named; several spans where it is discontinuous. Likewise cue.
    rule: what found it; reasons say more. unfit: why it is no statement of the graph ("scare quotes"), else None.
    lead: the conjunction the content begins with and a statement does not ("that"), else None.
    inner: attributions within the content, deepest last: what the speaker says that others said.
    """

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    kind: StatementKind
    act: Act
    basis: AttributionBasis
    confidence: float
    rule: str
    reasons: tuple[Reason, ...] = ()
    unfit: str | None = None
    lead: Span | None = None
    inner: tuple["Quotation", ...] = ()


# --- resolve ---


@dataclass(frozen=True, slots=True)
class Party:
    """A person, body or unnamed source of one article.

    key: the same for the same party in every article ("person:ben wallace"); unnamed sources and people known by one
    name only carry the article in it. name: the fullest in this article, titles aside. aliases: every spelling of the
    name in it. roles: titles and descriptions. affiliations: keys of the bodies an unnamed source belongs to.
    gender: "male", "female" or "" where nothing says it.
    """

    key: str
    type: SpeakerType
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    affiliations: tuple[str, ...] = ()
    gender: str = ""


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A span that refers to a party (by its key)."""

    span: Span
    party: str


@dataclass(frozen=True, slots=True)
class ChainLink:
    """Whoever relayed the words; name as printed, party by key where it is one, on as EDTF."""

    role: ReportingRole
    name: str
    party: str | None = None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class SayingDate:
    """The expression that dates the saying ("on Monday") and the date it means, None without an anchor.

    basis: whether it dates this very saying, or another one of the same occasion. anchor: the date it was read
    against, as EDTF: the publication's, or a dateline's day.
    """

    expression: Span
    on: Edtf | None
    basis: DateBasis = DateBasis.STATED
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation with everything this article says about it.

    speaker: key of the deepest source, None where nobody is named or described. relayers: in the order of the words,
    speaker and publisher not among them. mentions: parties in the content.
    """

    quotation: Quotation
    speaker: str | None
    relayers: tuple[ChainLink, ...] = ()
    mentions: tuple[ResolvedMention, ...] = ()
    said: SayingDate | None = None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ResolvedArticle:
    """An article read to its end: its parties by key, and its attributions in text order."""

    article: CleanArticle
    parties: Mapping[str, Party]
    attributions: tuple[Attribution, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    """Outcomes of what is not stored: {"quotation: furniture": 2}."""
    annotation: bytes | None = field(default=None, repr=False, compare=False)
    """What the language model found now (etl.annotate.packed); None where it was not asked."""
