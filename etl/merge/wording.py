"""What merging knows of one report, and when two reports can be of one occasion."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from etl.merge.words import Words, words_of
from schema.dates import Edtf
from schema.enums import Act, AttributionBasis, DateBasis, StatementKind

SAME_OCCASION = timedelta(days=4)
"""Reports without a date of saying can be of one occasion when they were published at most this far apart."""


@dataclass(frozen=True)
class Wording:
    """What merging knows of one report.

    speaker is None where nobody is named; such a report stands alone, but for copies of its article. denied: the
    reporting words deny the content ("denied that", "rejected claims that"). translated: the article says that it is a
    translation, so that even a quotation has the translator's words. original: the article whose text the report's
    article prints, itself or the one it copies. is_named: the speaker has a name; an unnamed source is another one in
    every text. revision: the hash of the earlier text of the article that it is of, None of the present one.
    """

    report: UUID
    article: UUID
    speaker: UUID | None
    text: str
    kind: StatementKind
    act: Act
    basis: AttributionBasis
    denied: bool = False
    said: Edtf | None = None
    said_basis: DateBasis | None = None
    expression: str | None = None
    anchor: str | None = None
    published: Edtf | None = None
    translated: bool = False
    original: UUID | None = None
    is_named: bool = True
    revision: str | None = None

    @cached_property
    def words(self) -> Words:
        """The text as words that can be compared."""
        return words_of(self.text)

    @property
    def telling(self) -> frozenset[str]:
        """The words that carry news; two wordings without one in common are no remark."""
        return self.words.telling


def have_one_speaker(a: Wording, b: Wording) -> bool:
    """Whether both are said by one speaker: of one name, or whoever it is in two copies of one text."""
    if a.speaker is not None and a.speaker == b.speaker:
        return True
    is_copied = a.original is not None and a.original == b.original and a.article != b.article
    return is_copied and not a.is_named and not b.is_named


def is_reprinted(a: Wording, b: Wording) -> bool:
    """Whether two texts of one article have one speaker, or nobody, say the same words."""
    return (
        a.article == b.article
        and a.revision != b.revision
        and (a.speaker, a.text, a.denied) == (b.speaker, b.text, b.denied)
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A wording of which only the article is known: nobody has found out who speaks."""

    text: str
    article: str
    published: Edtf | None = None


def can_be_one_occasion(a: Wording, b: Wording) -> bool:
    """Whether the dates allow it: days of saying that overlap, else days of publication close together.

    What was said on Wednesday is not what was in Tuesday's paper.
    """
    if a.said and b.said:
        return a.said.earliest <= b.said.latest and b.said.earliest <= a.said.latest
    for said, published in ((a.said, b.published), (b.said, a.published)):
        if said and published and published.latest < said.earliest:
            return False
    days = [(x, y) for x in (a.said, a.published) if x for y in (b.said, b.published) if y]
    return not days or any(are_close(x, y) for x, y in days)


def full_days(a: Edtf | None, b: Edtf | None) -> float:
    """Those between two dates: none from one day to the next, nor where one of them is not known."""
    if a is None or b is None or a.value == b.value:
        return 0.0
    apart = max(a.earliest - b.latest, b.earliest - a.latest)
    return max(0.0, round(apart / timedelta(days=1), 2))


def are_close(a: Edtf, b: Edtf) -> bool:
    """Whether two dates are at most SAME_OCCASION apart."""
    return a.earliest - b.latest <= SAME_OCCASION and b.earliest - a.latest <= SAME_OCCASION
