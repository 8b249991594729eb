"""Files to RawArticle: finds them, parses them, checks their fields, lends what they lack.

Large .jsonl files are read line by line. Nothing is guessed: what neither the record, the manifest nor the command line
gives stays None, except that an article's url tells its outlet's domain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from etl.errors import FieldError, OptionError
from etl.fields import Fields, checked, filled, ignored_notes
from etl.manifest import Manifest, ManifestLine
from etl.read.files import Found, InputFile, find, place_of
from etl.read.formats import Parsed, parsed, refusal
from etl.records import RawArticle, Refused
from schema.dates import in_zone
from schema.urls import domain_of

__all__ = ["Defaults", "Found", "Record", "find", "read", "size_of"]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the command line lends to records that lack it, as typed: --source, --domain, --url and the others."""

    source: str | None = None
    domain: str | None = None
    url: str | None = None
    published_on: str | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One record of the input, and how many bytes of all of it are read once it is done."""

    item: RawArticle | Refused
    bytes_read: int


def size_of(paths: Sequence[Path]) -> int:
    """How many bytes `read` will read from these paths: the last Record's bytes_read at most."""
    return sum(found.size for found in find(paths).inputs if isinstance(found, InputFile))


def read(
    paths: Sequence[Path], defaults: Defaults, manifest: Manifest | None = None, *, now: datetime
) -> Iterator[Record]:
    """The records of these files and folders, in order; at least one for each path.

    What a record lacks comes from the manifest's line about its file, then from defaults. now: aware; no article may be
    dated more than 24 hours after it. Raises OptionError at once when a default cannot be used.
    """
    try:
        lent = checked({name: getattr(defaults, name) for name in Defaults.__slots__}, now=now)
    except FieldError as error:
        option = "--" + str(error).partition(" ")[0].replace("_", "-")
        raise OptionError(f"{option}: {error}") from error
    return _records(find(paths), lent, manifest, now)


def _records(found: Found, lent: Fields, manifest: Manifest | None, now: datetime) -> Iterator[Record]:
    done = 0
    identities = _Identities()
    for file in found.inputs:
        if isinstance(file, Refused):
            yield Record(file, done)
            continue
        line = manifest.line_for(file.path) if manifest is not None else None
        for record in parsed(file):
            yield Record(_article(record, file, line, lent, identities, now), done + record.bytes_read)
        done += file.size


class _Identities:
    """Which record a lent url or external_id went to: it names one article, so a second one cannot have it."""

    def __init__(self) -> None:
        self._holders: dict[tuple[str, str], str] = {}

    def check(self, own: Fields, full: Fields, place: str) -> None:
        """Raises FieldError when what identifies this record was lent to it and to another one before."""
        name = "external_id" if full.external_id is not None else "url"
        value = getattr(full, name)
        if value is None or getattr(own, name) is not None:
            return
        holder = self._holders.setdefault((name, value), place)
        if holder != place:
            raise FieldError(
                "same-identity",
                f"{name} {value!r} is lent to {holder} already and names one article; give each record its own",
            )


def _article(
    record: Parsed, file: InputFile, line: ManifestLine | None, lent: Fields, identities: _Identities, now: datetime
) -> RawArticle | Refused:
    if record.refused is not None:
        return record.refused
    try:
        own = checked(record.values, now=now)
        full = filled(own, *([line.fields] if line is not None else []), lent)
        if full.text is None or not full.text.strip():
            raise FieldError("no-text", 'has no text; give it the article\'s words in "text"')
        text = full.text
        identities.check(own, full, record.place)
        if full.domain is None and full.url is not None:
            # No guess: whoever serves the article's address is its outlet.
            full = replace(full, domain=domain_of(full.url))
        if full.published_on is not None and full.timezone is not None:
            # 3 o'clock in the night by UTC is still the day before in Toronto, and "Monday" is meant there.
            full = replace(full, published_on=in_zone(full.published_on, full.timezone))
    except FieldError as error:
        return refusal(record.place, error.reason, str(error), record.content)
    return RawArticle(
        place=record.place,
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
        file_name=full.file_name or place_of(Path(file.path.name)),
        notes=(*record.notes, *ignored_notes(record.values)),
    )
