"""Decisions that name a person who is erased, kept without the name: in force as before, told in other words."""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from etl.load import rows
from schema import decisions, tables
from schema.decision_contents import Split, alias_key, unpacked
from schema.enums import DecisionKind
from schema.keys import fold

REASON = "a reason that named a person who was erased"
_TOLD = "a decision about a person who was erased"
_SHORT = 2
"""Letters of words that are no names by themselves: "X.", "de"."""
_NO_LETTERS = re.compile(r"\W+")


def names_in(text: str | None, names: Iterable[str]) -> list[str]:
    """Those of the names that stand in a text as whole words, accents and case aside."""
    words = _words(text or "")
    return [name for name in names if _words(name).strip() and _words(name) in words]


def silence(connection: Connection, subjects: Collection[UUID], full: Collection[str], words: Collection[str]) -> None:
    """Keeps decisions about any of these, or that name the person, without what names the person.

    full: spellings of whole names, looked for in every decision. words: those of names, which others have too and which
    tell nothing in a decision about others.
    """
    table, about = rows.table_of(tables.Decision), rows.table_of(tables.DecisionAbout)
    concerned = {row.decision_id for row in rows.among(connection, select(about), about.c.subject_id, subjects)}
    for row in connection.execute(select(table)).all():
        names = [*full, *(word for word in words if len(word) > _SHORT)] if row.id in concerned else full
        what = dict(row.what)
        if row.id in concerned or names_in(what["told"], names):
            what["told"] = f"takes back: {_TOLD}" if row.kind == DecisionKind.REVERT else f"{_TOLD} ({row.kind})"
        if row.kind == DecisionKind.SPLIT_SPEAKER and row.id in concerned:
            what |= _without_aliases(what)
        reason = REASON if names_in(row.reason, names) else row.reason
        if (what, reason) != (row.what, row.reason):
            decisions.reword(connection, row.id, what, reason)


def _without_aliases(what: Mapping[str, Any]) -> Mapping[str, Any]:
    """Aliases by their keys, and the id that was made of them."""
    split = unpacked(DecisionKind.SPLIT_SPEAKER, what)
    assert isinstance(split, Split)
    known = {alias_key(alias) for alias in split.aliases} if split.somebody is None else split.aliases
    return {"aliases": sorted(known), "somebody": str(split.other)}


def _words(text: str) -> str:
    return f" {_NO_LETTERS.sub(' ', fold(text)).strip()} "
