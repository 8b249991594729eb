"""What is known of an article when it is compared: made once, however many others it is compared with."""

from dataclasses import dataclass
from uuid import UUID

from etl.copies.credits import Credit, credit
from etl.copies.marks import Mark, cited, mark
from etl.copies.wording import Wording, wording
from etl.records import CleanArticle
from schema.dates import Edtf
from schema.keys import UNKNOWN_SOURCE_ID, fold, source_id


@dataclass(frozen=True, slots=True)
class Edition:
    """An article as its wording, outlet (None: nobody gave it), day, credit and mark.

    cited: addresses and titles in quotation marks at its start, by which a correction names what it corrects.
    """

    id: UUID
    outlet: UUID | None
    source: str | None
    url: str | None
    headline: str
    published_on: Edtf | None
    wording: Wording
    credit: Credit | None
    mark: Mark | None
    cited: tuple[frozenset[str], frozenset[str]]


def edition(article: CleanArticle, id: UUID) -> Edition:
    """The article under the id it has, or will have, in the database."""
    raw = article.raw
    outlet = source_id(raw.domain, raw.source)
    its_credit, its_mark = credit(article), mark(article)
    return Edition(
        id=id,
        outlet=None if outlet == UNKNOWN_SOURCE_ID else outlet,
        source=raw.source,
        url=raw.url,
        headline=fold(raw.headline or ""),
        published_on=raw.published_on,
        wording=wording(article, its_credit, its_mark),
        credit=its_credit,
        mark=its_mark,
        cited=cited(article) if its_mark else (frozenset(), frozenset()),
    )
