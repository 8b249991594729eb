"""Which files the given paths mean. Opens nothing: a pipe or a device is told apart before anybody waits on it."""

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.records import Refused

SUFFIXES = (".txt", ".json", ".jsonl")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A regular file in a format Quoth reads; size in bytes when it was found."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Found:
    """What the paths mean, in the order given and, within a folder, sorted by path.

    inputs: every file to read, and a Refused for each path that leads to none.
    passed_over: files in folders that are in no format Quoth reads, or hidden.
    """

    inputs: tuple[InputFile | Refused, ...]
    passed_over: tuple[Path, ...] = ()

    @property
    def files(self) -> tuple[Path, ...]:
        """The paths of the files to read."""
        return tuple(found.path for found in self.inputs if isinstance(found, InputFile))


def find(paths: Sequence[Path]) -> Found:
    """The files these paths mean: of a folder all below it. A link to a folder is followed only when it is given."""
    inputs: list[InputFile | Refused] = []
    passed_over: list[Path] = []
    for path in paths:
        mode = _status(path)
        if isinstance(mode, os.stat_result) and stat.S_ISDIR(mode.st_mode):
            inside = _Folder.listed(path)
            inputs += inside.inputs
            passed_over += inside.passed_over
        else:
            inputs.append(_input(path, mode))
    return Found(tuple(inputs), tuple(passed_over))


def place_of(path: Path) -> str:
    """The path as text that every database stores: bytes that are not UTF-8 are written as \\xNN."""
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace("\x00", "\\x00")


def unreadable(path: Path, error: OSError) -> Refused:
    """The refusal of a file that the system does not let us read."""
    why = error.strerror or str(error)
    return _refused(
        path, "unreadable-file", f"cannot be read ({why}); check its permissions and that it is a plain file"
    )


class _Folder:
    @staticmethod
    def listed(folder: Path) -> Found:
        faults: list[OSError] = []
        inputs: list[InputFile | Refused] = []
        passed_over: list[Path] = []
        for path in sorted(_files_below(folder, faults)):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if hidden or path.suffix.lower() not in SUFFIXES:
                passed_over.append(path)
            else:
                inputs.append(_input(path, _status(path)))
        inputs += [unreadable(Path(os.fsdecode(fault.filename or folder)), fault) for fault in faults]
        if not inputs:
            inputs.append(
                _refused(folder, "empty", f"the folder holds no {', '.join(SUFFIXES)} file; give another one")
            )
        return Found(tuple(inputs), tuple(passed_over))


def _files_below(folder: Path, faults: list[OSError]) -> Iterator[Path]:
    for place, folders, names in os.walk(folder, onerror=faults.append, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in names)


def _status(path: Path) -> os.stat_result | OSError:
    if "\x00" in str(path):
        return FileNotFoundError(2, "a name cannot hold NUL", str(path))
    try:
        return path.stat()
    except OSError as error:
        return error


def _input(path: Path, status: os.stat_result | OSError) -> InputFile | Refused:
    if isinstance(status, FileNotFoundError | NotADirectoryError):
        return _refused(path, "missing-file", "there is no such file; check the path")
    if isinstance(status, OSError):
        return unreadable(path, status)
    if not stat.S_ISREG(status.st_mode):
        return _refused(
            path, "unreadable-file", f"is {_kind(status.st_mode)}, not a plain file; save its content to a file"
        )
    if path.suffix.lower() not in SUFFIXES:
        return _refused(
            path,
            "unknown-format",
            f"has the ending {path.suffix!a}; Quoth reads {', '.join(SUFFIXES)}: convert or rename it",
        )
    return InputFile(path, status.st_size)


def _kind(mode: int) -> str:
    kinds = (
        (stat.S_ISFIFO, "a pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISCHR, "a device"),
        (stat.S_ISBLK, "a device"),
    )
    return next((name for test, name in kinds if test(mode)), "of another kind")


def _refused(path: Path, reason: str, what: str) -> Refused:
    place = place_of(path)
    return Refused(place, reason, f"{place}: {what}", b"")
