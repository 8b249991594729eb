"""What a list beside the files says about them: CSV with a header line or JSON lines, fields and `file`."""

import csv
import io
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from etl.errors import FieldError, ManifestError
from etl.fields import LENT, Fields, checked, kind_of

MAX_MANIFEST_BYTES = 100_000_000


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line: place is "manifest:line", file the name as written, notes the fields that were ignored."""

    place: str
    file: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Manifest:
    """The lines of a manifest by the file they are about.

    A file is meant by its path, read from the manifest's own folder, or else by its bare name wherever it lies.
    ignored: columns that Quoth does not know, sorted.
    """

    path: Path
    by_path: Mapping[Path, ManifestLine]
    by_name: Mapping[str, ManifestLine] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()

    def line_for(self, file: Path) -> ManifestLine | None:
        """The line about this file, or None."""
        return self.by_path.get(_resolved(file)) or self.by_name.get(file.name)

    def unused(self, files: Iterable[Path]) -> tuple[ManifestLine, ...]:
        """The lines about none of these files, in the manifest's order."""
        used = {line.place for line in map(self.line_for, files) if line is not None}
        return tuple(line for line in self.by_path.values() if line.place not in used)


def read_manifest(path: Path, *, now: datetime) -> Manifest:
    """The manifest of this file: .csv, or .jsonl. now: what publication dates are checked against.

    In CSV an empty cell means that the line lacks the field; several authors are parted by ";".
    Raises ManifestError when it cannot be read, or a line names no file, names one again, or has a value of no use.
    """
    rows = _rows_of(path)
    by_path: dict[Path, ManifestLine] = {}
    names: dict[str, list[ManifestLine]] = {}
    ignored: set[str] = set()
    for place, values in rows:
        line = _line(place, values, now=now)
        target = _resolved(path.parent / line.file)
        if target in by_path:
            raise ManifestError(
                f"{place}: file {line.file!r} stands in {by_path[target].place} already; leave one of the two lines out"
            )
        by_path[target] = line
        names.setdefault(line.file, []).append(line)
        ignored |= values.keys() - LENT - {"file"}
    bare = {name: lines[0] for name, lines in names.items() if Path(name).name == name}
    return Manifest(path, by_path, bare, tuple(sorted(ignored)))


def _rows_of(path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".jsonl"):
        raise ManifestError(f"{path}: a manifest is .csv or .jsonl; give it one of the two endings")
    try:
        if not path.is_file():
            raise ManifestError(f"{path}: there is no such manifest file; check --manifest")
        if path.stat().st_size > MAX_MANIFEST_BYTES:
            raise ManifestError(f"{path}: is larger than {MAX_MANIFEST_BYTES} bytes; split it and load in parts")
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ManifestError(f"{path}: byte {error.start} is not UTF-8; save the manifest as UTF-8") from error
    except OSError as error:
        raise ManifestError(f"{path}: cannot be read ({error.strerror}); check --manifest") from error
    return _csv_rows(path, text) if suffix == ".csv" else _json_rows(path, text)


def _csv_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            raise ManifestError(
                f"{path}:{reader.line_num}: is no CSV ({error}); quote the cell or save it anew"
            ) from error
        place = f"{path}:{reader.line_num}"
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            _check_header(place, header)
            continue
        if len(cells) != len(header):
            raise ManifestError(
                f"{place}: has {len(cells)} cells under {len(header)} headings; quote cells that hold a comma"
            )
        values: dict[str, object] = {name: cell for name, cell in zip(header, cells, strict=True) if cell.strip()}
        if "authors" in values:
            values["authors"] = [name.strip() for name in str(values["authors"]).split(";")]
        yield place, values


def _check_header(place: str, header: list[str]) -> None:
    if "file" not in header:
        raise ManifestError(f"{place}: the header line {','.join(header)[:200]!r} has no column `file`; add it")
    twice = sorted({name for name in header if header.count(name) > 1})
    if twice:
        raise ManifestError(f"{place}: column {twice[0]!r} stands twice; leave one out")


def _json_rows(path: Path, text: str) -> Iterator[tuple[str, Mapping[str, object]]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        place = f"{path}:{number}"
        try:
            values = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise ManifestError(f"{place}: {line[:80]!r} is not JSON ({error}); write one object a line") from error
        if not isinstance(values, dict):
            raise ManifestError(f"{place}: {line[:80]!r} is {kind_of(values)}; write one object a line")
        yield place, values


def _line(place: str, values: Mapping[str, object], *, now: datetime) -> ManifestLine:
    name = values.get("file")
    if not isinstance(name, str) or not name.strip() or "\x00" in name:
        raise ManifestError(f"{place}: file is {name!a}; name the file that the line is about")
    try:
        lent = {field: values[field] for field in values.keys() & LENT}
        return ManifestLine(place, name.strip(), checked(lent, now=now))
    except FieldError as error:
        raise ManifestError(f"{place}: {error}") from error


def _resolved(path: Path) -> Path:
    # Not Path.resolve: the manifest names the link that the user sees, not what lies behind it.
    return Path(os.path.normpath(Path.cwd() / path))
