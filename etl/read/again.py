"""Records that were refused, by what is kept of them: read again as a load reads them, without their files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID

from etl.errors import FieldError
from etl.fields import checked
from etl.read.article import Holder, Identities, Record, record_of
from etl.read.formats import file_of, parsed_again, refusal
from etl.records import Kept


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row in quarantine; kept.form is there, and nothing is cut."""

    id: UUID
    place: str
    kept: Kept


def read_again(rejected: Iterable[Rejected], *, holder: Holder, now: datetime) -> Iterator[Record]:
    """The records of these rows, in order, at least one of each; the last of a row says of which it is.

    holder: which stored article has an identity that was lent to a record.
    """
    identities = Identities(holder)
    done = 0
    for row in rejected:
        kept = row.kept
        assert kept.form is not None
        done += len(kept.content)
        try:
            lent = checked(kept.lent, now=now)
        except FieldError as error:
            what = f"was lent what is of no use any more: {error}"
            yield Record(refusal(row.place, error.reason, what, kept.content), done, kept, row.id)
            continue
        name = Path(file_of(row.place, kept.form)).name
        found = [
            record_of(parsed, name, lent, identities, now)
            for parsed in parsed_again(row.place, kept.form, kept.content, kept.encoding)
        ]
        yield from (replace(record, bytes_read=done) for record in found[:-1])
        yield replace(found[-1], bytes_read=done, of=row.id)
