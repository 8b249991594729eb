"""What a run changes of the graph: the lines of every kind that exports have, before it and after it, side by side.

Each line is kept as its id, a label and a hash, in a file of its own that SQLite deletes when it is closed, or the
process ends: memory does not grow with the store. What is about runs and not about the news counts for nothing.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Connection, func, select

from etl.export.lines import KINDS, PAGE
from etl.export.pages import Line, pages
from etl.load.rows import chunks, table_of
from etl.load.subjects import told_about
from etl.load.successors import merged_into
from schema.database import Database, reading

LABEL = 120
"""Characters of a label at most."""

_OF_RUNS = ("load_id", "method", "updated_at")
"""Fields of lines that tell by which run and when, and not what."""

_ROWS = "CREATE TABLE line (kind, id, label, before, after, successor, PRIMARY KEY (kind, id)) WITHOUT ROWID"


class How(StrEnum):
    """What became of a line. MERGED: part of another one now, or called otherwise. GONE: neither."""

    ADDED = "added"
    CHANGED = "changed"
    MERGED = "merged"
    GONE = "gone"


_WHERE = {
    How.ADDED: "before IS NULL",
    How.CHANGED: "before <> after",
    How.MERGED: "after IS NULL AND successor IS NOT NULL",
    How.GONE: "after IS NULL AND successor IS NULL",
}


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is not as it was. label: its words, cut. into: what has taken it in, where it was merged."""

    id: UUID
    label: str
    into: UUID | None = None


class Changes:
    """What changed of each kind between two looks at a database; of_a_run() makes one."""

    def __init__(self, kept: sqlite3.Connection) -> None:
        self._kept = kept

    @classmethod
    @contextmanager
    def of_a_run(cls) -> Iterator["Changes"]:
        """Nothing so far."""
        # An empty name: a file in the folder for such, without a name from its beginning.
        with closing(sqlite3.connect("")) as kept:
            kept.execute("PRAGMA journal_mode = OFF")
            kept.execute(_ROWS)
            yield cls(kept)

    def look_before(self, database: Database, tell: Callable[[int, int], object]) -> None:
        """Remembers what is stored. tell hears how many lines were read, and how many there are."""
        put = "INSERT INTO line (kind, id, label, before) VALUES (?, ?, ?, ?)"
        with reading(database, snapshot=True) as connection:
            self._look(connection, put, tell)

    def look_after(self, database: Database, tell: Callable[[int, int], object]) -> None:
        """Compares it with what is stored now."""
        put = (
            "INSERT INTO line (kind, id, label, after) VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET label = excluded.label, after = excluded.after"
        )
        with reading(database, snapshot=True) as connection:
            self._look(connection, put, tell)
            for kind in KINDS:
                self._follow(connection, kind)

    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many lines of each kind became what, nothing left out."""
        return {kind: {how.value: self._count(kind, how) for how in How} for kind in KINDS}

    def told(self, kind: str, how: How, most: int | None = None) -> Iterator[Change]:
        """Those of a kind that became this, by id; so many at most."""
        query = f"SELECT id, label, successor FROM line WHERE kind = ? AND {_WHERE[how]} ORDER BY id LIMIT ?"
        for key, label, successor in self._kept.execute(query, (kind, -1 if most is None else most)):
            yield Change(UUID(bytes=key), label, UUID(bytes=successor) if successor else None)

    def decided(self, database: Database) -> list[str]:
        """What people decided about things that are gone, in words: it stays, for they may come again."""
        found: dict[str, None] = {}
        with reading(database) as connection:
            for page in chunks(one.id for kind in KINDS for one in self.told(kind, How.GONE)):
                found |= dict.fromkeys(told_about(connection, page))
        return list(found)

    def as_json(self) -> Iterator[str]:
        """A JSON object of all of them, in pieces: {"articles": {"added": [{"id": …, "label": …}], …}, …}."""
        between = "{"
        for kind in KINDS:
            yield f"{between}{json.dumps(kind)}: "
            inner = "{"
            for how in How:
                yield f"{inner}{json.dumps(how)}: ["
                for nth, one in enumerate(self.told(kind, how)):
                    into = {} if one.into is None else {"into": str(one.into)}
                    line = json.dumps({"id": str(one.id), "label": one.label, **into}, ensure_ascii=False)
                    yield f", {line}" if nth else line
                yield "]"
                inner = ", "
            yield "}"
            between = ", "
        yield "}"

    def _look(self, connection: Connection, put: str, tell: Callable[[int, int], object]) -> None:
        counted = (select(func.count()).select_from(table_of(kind.model)) for kind in KINDS.values())
        total, read = sum(connection.execute(query).scalar_one() for query in counted), 0
        for name, kind in KINDS.items():
            for page in pages(connection, kind, PAGE):
                self._kept.executemany(
                    put, [(name, line["id"].bytes, _label(name, line), _hash(line)) for line in page]
                )
                read += len(page)
                tell(read, total)

    def _follow(self, connection: Connection, kind: str) -> None:
        """Finds what those that are there no more are part of now."""
        last = b""
        query = "SELECT id FROM line WHERE kind = ? AND after IS NULL AND id > ? ORDER BY id LIMIT ?"
        while page := [key for (key,) in self._kept.execute(query, (kind, last, PAGE))]:
            found = merged_into(connection, table_of(KINDS[kind].model), {UUID(bytes=key) for key in page})
            self._kept.executemany(
                "UPDATE line SET successor = ? WHERE kind = ? AND id = ?",
                [(new.bytes, kind, old.bytes) for old, new in found.items()],
            )
            last = page[-1]

    def _count(self, kind: str, how: How) -> int:
        query = f"SELECT count(*) FROM line WHERE kind = ? AND {_WHERE[how]}"
        return int(self._kept.execute(query, (kind,)).fetchone()[0])


def _hash(line: Line) -> bytes:
    told = {name: value for name, value in line.items() if name not in _OF_RUNS}
    return blake2b(orjson.dumps(told), digest_size=16).digest()


def _label(kind: str, line: Mapping[str, Any]) -> str:
    """By what a person knows it."""
    match kind:
        case "events":
            words = line["title"]
        case "people":
            words = line["name"]
        case "reports":
            words = line["text"]
        case "statements":
            words = f"{line['speaker_name'] or 'nobody named'}: {line['text']}"
        case _:
            words = line["label"]
    told = " ".join(words.split())
    return told if len(told) <= LABEL else f"{told[: LABEL - 1]}…"
