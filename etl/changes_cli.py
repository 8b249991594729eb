"""What a run changes, as commands tell it: a few of each on the terminal, all of them as JSON."""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from tqdm import tqdm

from etl.changes import Changes, How
from schema.database import Database

SHOWN = 5
"""Lines of each kind and change on the terminal."""


def look_before(changes: Changes, database: Database) -> None:
    """Remembers what is stored, with a bar on stderr."""
    _with_bar("look before", database, changes.look_before)


def look_after(changes: Changes, database: Database) -> None:
    """Compares it with what is stored now, with a bar on stderr."""
    _with_bar("look after", database, changes.look_after)


def print_changes(changes: Changes) -> None:
    """How many of each kind became what, and the first of them with id and label."""
    for kind, counts in changes.counts().items():
        told = ", ".join(f"{count} {how}" for how, count in counts.items() if count)
        print(f"{kind}: {told or 'nothing changed'}")
        for how in How:
            for one in changes.told(kind, how, SHOWN):
                into = f" (into {one.into})" if one.into else ""
                print(f"    {how:8}{one.id}  {one.label}{into}")
            if counts[how] > SHOWN:
                print(f"    {how:8}and {counts[how] - SHOWN} more; --json prints all")


def print_json(report: Mapping[str, Any], changes: Changes) -> None:
    """One JSON object on one line: the report, `counts`, and under `changes` every one."""
    told = json.dumps({**report, "counts": changes.counts()}, ensure_ascii=False)
    sys.stdout.write(f'{told[:-1]}, "changes": ')
    for piece in changes.as_json():
        sys.stdout.write(piece)
    sys.stdout.write("}\n")


def _with_bar(what: str, database: Database, look: Callable[[Database, Callable[[int, int], object]], None]) -> None:
    with tqdm(unit=" lines", desc=what, file=sys.stderr) as bar:

        def tell(read: int, total: int) -> None:
            bar.total = total
            bar.update(read - bar.n)

        look(database, tell)
