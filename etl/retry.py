"""Refused records loaded again, from what is kept of them: by the code of a load, in a run of its own."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from sqlalchemy import Connection, Engine

from etl.guard import Reader
from etl.load import Run
from etl.load.articles import held, stored_articles
from etl.load.prepared import Prepared
from etl.pipeline import Progress, load_records
from etl.read.again import Rejected, read_again
from etl.read.article import Holder
from etl.records import RawArticle
from etl.rejects import Choice, chosen, rejections, why_not_again
from etl.settings import QuarantineSettings
from schema.database import reading
from schema.keys import text_hash

_AT_ONCE = 50
"""Rows whose bytes are held at once."""


@dataclass(frozen=True, slots=True)
class Retry:
    """What is to be read again, in the order in which loads brought it, and how many bytes that are.

    others: place and why of what cannot be.
    """

    ids: Sequence[UUID]
    size: int
    others: Sequence[tuple[str, str]]


def to_retry(connection: Connection, choice: Choice) -> Retry:
    """What is chosen, the oldest load first: a later text of an article replaces an earlier one."""
    ids: list[UUID] = []
    others: list[tuple[str, str]] = []
    size = 0
    for one in rejections(connection, chain.from_iterable(reversed(chosen(connection, choice)))):
        why = why_not_again(one)
        if why is None:
            ids.append(one.id)
            size += len(one.kept.content)
        else:
            others.append((one.place, why))
    return Retry(ids, size, others)


def retry(
    engine: Engine,
    run: Run,
    task: Retry,
    *,
    batch_size: int,
    tell: Callable[[Progress], None],
    reader: Reader[Prepared],
    limits: QuarantineSettings,
) -> Mapping[str, int]:
    """Loads records again; how many of them, of their quotations and mentions ended in which way.

    What is stored, or was stored meanwhile, leaves the quarantine in the transaction that stores it; what is refused
    again stays, with the reason of this time. Every row that is there still is counted once as "rejection: …". Stopped
    in between, it goes on when it is run again.
    """
    before = Counter(f"rejection: not read again ({why})" for _, why in task.others)
    records = read_again(_rejected(engine, task.ids), holder=_holder(engine), now=run.started_at)
    return load_records(engine, run, records, before, batch_size=batch_size, tell=tell, reader=reader, limits=limits)


def _rejected(engine: Engine, ids: Sequence[UUID]) -> Iterator[Rejected]:
    """The rows, as far as they are there still."""
    for at in range(0, len(ids), _AT_ONCE):
        with reading(engine) as connection:
            found = list(rejections(connection, ids[at : at + _AT_ONCE]))
        yield from (Rejected(one.id, one.place, one.kept) for one in found)


def _holder(engine: Engine) -> Holder:
    """Which stored article has an identity, unless it has this very text: it may be the one that was refused."""

    def holder(name: str, value: str, text: str) -> str | None:
        record = RawArticle("", text, **{name: value})  # type: ignore[arg-type]
        with reading(engine) as connection:
            found = held(connection, [record])
            key = (found.external_ids if name == "external_id" else found.urls).get(value)
            if key is None or text_hash(text) in stored_articles(connection, [key])[key].texts:
                return None
        return f"the stored article {key}"

    return holder
