"""A parsed record, and what it is lent, to RawArticle: its fields checked, what identifies it its own."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from etl.errors import FieldError
from etl.fields import Fields, checked, filled, ignored_notes, spelled
from etl.read.formats import MAX_CONTENT_BYTES, Parsed, refusal
from etl.records import Kept, RawArticle, Refused
from schema.dates import in_zone
from schema.urls import domain_of


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the input, and how many bytes of all of it are read once it is done.

    kept: what is kept of it where it is refused. of: the row in quarantine that is read to its end with this record.
    """

    item: RawArticle | Refused
    bytes_read: int
    kept: Kept | None = None
    of: UUID | None = None


Holder = Callable[[str, str, str], str | None]
"""Who else has an identity already, in words, None where nobody has: by its kind, itself, and the record's text."""


class Identities:
    """Which record a lent url or external_id went to: it names one article, so a second one cannot have it."""

    def __init__(self, holder: Holder = lambda name, value, text: None) -> None:
        """holder: asked about what nobody here has."""
        self._holders: dict[tuple[str, str], str] = {}
        self._holder = holder

    def check(self, own: Fields, full: Fields, place: str) -> None:
        """Raises FieldError when what identifies this record was lent to it and to another one before."""
        name = "external_id" if full.external_id is not None else "url"
        value = getattr(full, name)
        if value is None or getattr(own, name) is not None:
            return
        other = self._holders.get((name, value)) or self._holder(name, value, full.text or "")
        if other is not None and other != place:
            raise FieldError(
                "same-identity",
                f"{name} {value!r} is lent to {other} already and names one article; give each record its own",
            )
        self._holders[name, value] = place


def record_of(parsed: Parsed, file_name: str, lent: Fields, identities: Identities, now: datetime) -> Record:
    """The record, with what it lacks from lent. file_name: of its file. now: no article may be dated a day after it."""
    kept = Kept(
        content=parsed.content[:MAX_CONTENT_BYTES],
        cut=parsed.cut or len(parsed.content) > MAX_CONTENT_BYTES,
        form=parsed.form,
        encoding=parsed.encoding,
        lent=spelled(lent),
    )
    item = parsed.refused or _article(parsed, file_name, lent, identities, now)
    return Record(item, parsed.bytes_read, kept)


def _article(
    parsed: Parsed, file_name: str, lent: Fields, identities: Identities, now: datetime
) -> RawArticle | Refused:
    try:
        own = checked(parsed.values, now=now)
        full = filled(own, lent)
        if full.text is None or not full.text.strip():
            raise FieldError("no-text", 'has no text; give it the article\'s words in "text"')
        text = full.text
        identities.check(own, full, parsed.place)
        if full.domain is None and full.url is not None:
            # No guess: whoever serves the article's address is its outlet.
            full = replace(full, domain=domain_of(full.url))
        if full.published_on is not None and full.timezone is not None:
            # 3 o'clock in the night by UTC is still the day before in Toronto, and "Monday" is meant there.
            full = replace(full, published_on=in_zone(full.published_on, full.timezone))
    except FieldError as error:
        return refusal(parsed.place, error.reason, str(error), parsed.content)
    return RawArticle(
        place=parsed.place,
        text=text,
        source=full.source,
        domain=full.domain,
        url=full.url,
        external_id=full.external_id,
        further_ids=full.external_ids[1:],
        headline=full.headline,
        published_on=full.published_on,
        authors=full.authors,
        language=full.language,
        file_name=full.file_name or file_name,
        notes=(*parsed.notes, *ignored_notes(parsed.values)),
    )
