"""Authority files: CSV or JSON lines of people -> entries. Which rows of the graph these are, loads say (etl.load)."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from etl.errors import AuthorityError
from etl.json_lines import object_of
from schema.dates import parse_edtf
from schema.errors import DateError
from schema.keys import fold

COLUMNS = ("name", "aliases", "roles", "wikidata_id", "start", "end")
_WIKIDATA = re.compile(r"Q[1-9]\d*\Z")
_PARTS = re.compile(r"\s*;\s*")
_AN_OBJECT = "give one object a line, or a file that ends in .csv"
_WANTED = "give the columns name, aliases, roles, wikidata_id, start, end; names and roles parted by semicolons"


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of the file. roles: title, start and end, dates as EDTF and empty where not given."""

    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[tuple[str, str, str], ...] = ()
    wikidata_id: str | None = None


@dataclass(slots=True)
class Read:
    """What a file holds: one entry a person, and a message for every line that is none."""

    entries: list[Entry] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_authority(path: Path) -> Read:
    """The people of a file; several lines of one name are one person with the offices of all of them.

    Raises AuthorityError where the file cannot be read as a whole.
    """
    found = Read()
    by_name: dict[str, Entry] = {}
    try:
        for place, row in _rows(path, found.errors):
            try:
                entry = _entry(row, place)
                key = fold(entry.name)
                by_name[key] = _together(by_name[key], entry, place) if key in by_name else entry
            except AuthorityError as error:
                found.errors.append(str(error))
    except OSError as error:
        raise AuthorityError(f"{path}: {error.strerror}; give a CSV or JSON lines file of people") from error
    except UnicodeDecodeError as error:
        raise AuthorityError(f"{path}: byte {error.start + 1} is not UTF-8; write the file as UTF-8") from error
    found.entries = list(by_name.values())
    return found


def _rows(path: Path, errors: list[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        if path.suffix.lower() == ".csv":
            reader = csv.DictReader(file)
            if "name" not in (reader.fieldnames or ()):
                raise AuthorityError(f"{path}:1: no column 'name'; {_WANTED}")
            for row in reader:
                yield f"{path}:{reader.line_num}", {name: value or "" for name, value in row.items() if name}
            return
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            place = f"{path}:{number}"
            try:
                yield place, object_of(line.encode(), place, _AN_OBJECT, AuthorityError)
            except AuthorityError as error:
                errors.append(str(error))


def _entry(row: Mapping[str, Any], place: str) -> Entry:
    name = row.get("name")
    if not isinstance(name, str) or not name.strip():
        raise AuthorityError(f"{place}: name is {name!r}; give the person's name")
    start, end = (_date(row.get(column), f"{place}: {column}") for column in ("start", "end"))
    wikidata = row.get("wikidata_id") or None
    if wikidata is not None and not (isinstance(wikidata, str) and _WIKIDATA.match(wikidata)):
        raise AuthorityError(f"{place}: wikidata_id is {wikidata!r}; give one such as Q42, or none")
    roles: list[tuple[str, str, str]] = []
    for role in _list(row.get("roles"), f"{place}: roles"):
        if isinstance(role, dict):
            title = role.get("title")
            if not isinstance(title, str) or not title.strip():
                raise AuthorityError(f"{place}: roles: {role!r} has no title; give title, start, end")
            first, last = (_date(role.get(column), f"{place}: roles: {column}") for column in ("start", "end"))
            roles.append((title.strip(), first, last))
        else:
            roles.append((role, start, end))
    aliases = _list(row.get("aliases"), f"{place}: aliases")
    if bad := [alias for alias in aliases if not isinstance(alias, str)]:
        raise AuthorityError(f"{place}: aliases: {bad[0]!r} is no name; give strings")
    return Entry(" ".join(name.split()), tuple(aliases), tuple(roles), wikidata)


def _together(first: Entry, second: Entry, place: str) -> Entry:
    if first.wikidata_id and second.wikidata_id and first.wikidata_id != second.wikidata_id:
        raise AuthorityError(
            f"{place}: {second.name!r} is {second.wikidata_id}, further up {first.wikidata_id}; "
            "of two people of one name give only one, and split the other off: quoth people split"
        )
    return replace(
        first,
        aliases=tuple(dict.fromkeys((*first.aliases, *second.aliases))),
        roles=tuple(dict.fromkeys((*first.roles, *second.roles))),
        wikidata_id=first.wikidata_id or second.wikidata_id,
    )


def _list(value: Any, place: str) -> list[Any]:
    if value is None or value == "":
        return []
    if isinstance(value, str):
        return [part for part in _PARTS.split(value.strip()) if part]
    if isinstance(value, list):
        return value
    raise AuthorityError(f"{place} is {value!r}; give a list, or text parted by semicolons")


def _date(value: Any, place: str) -> str:
    if value is None or value == "":
        return ""
    try:
        return parse_edtf(value).value
    except (DateError, TypeError, AttributeError) as error:
        raise AuthorityError(f"{place}: {value!r} is no date; give EDTF such as 2019, 2019-07 or 2019-07-24") from error
