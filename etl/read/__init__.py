"""Files to RawArticle: finds them, parses them, checks their fields, lends what they lack.

Large .jsonl files are read line by line. Nothing is guessed: what neither the record, the manifest nor the command line
gives stays None, except that an article's url tells its outlet's domain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from etl.errors import FieldError, OptionError
from etl.fields import Fields, checked, filled
from etl.manifest import Manifest
from etl.read.article import Identities, Record, record_of
from etl.read.files import Found, InputFile, find, place_of
from etl.read.formats import parsed
from etl.records import Refused

__all__ = ["Defaults", "Found", "Record", "find", "read", "size_of"]


@dataclass(frozen=True, slots=True)
class Defaults:
    """What the command line lends to records that lack it, as typed: --source, --domain, --url and the others."""

    source: str | None = None
    domain: str | None = None
    url: str | None = None
    published_on: str | None = None
    timezone: str | None = None


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
    identities = Identities()
    for file in found.inputs:
        if isinstance(file, Refused):
            yield Record(file, done)
            continue
        line = manifest.line_for(file.path) if manifest is not None else None
        given = filled(line.fields, lent) if line is not None else lent
        name = place_of(Path(file.path.name))
        for one in parsed(file):
            record = record_of(one, name, given, identities, now)
            yield replace(record, bytes_read=done + record.bytes_read)
        done += file.size
