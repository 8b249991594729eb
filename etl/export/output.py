"""Where an export goes: to stdout, or to a file that is there whole or not at all."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import ExportError

Write = Callable[[bytes], object]


@contextmanager
def output(path: Path | None) -> Iterator[Write]:
    """What writes to this file, which is replaced once all of it is on the disk; to stdout without one.

    Bytes: lines are UTF-8 whatever the terminal speaks. Raises ExportError where they cannot be written, but
    BrokenPipeError where the reader of stdout left.
    """
    try:
        if path is None:
            yield sys.stdout.buffer.write
            sys.stdout.buffer.flush()
        else:
            with _neighbour(path) as write:
                yield write
    except BrokenPipeError:
        raise
    except OSError as error:
        where = "stdout" if path is None else f"--output {path}"
        raise ExportError(
            f"{where}: cannot be written ({error.strerror or error}); check that its folder is there, its permissions "
            "and the free space"
        ) from error


@contextmanager
def _neighbour(path: Path) -> Iterator[Write]:
    """A new file beside this one, renamed at the end; whatever comes before the end leaves this one as it was.

    Killed outright, it leaves the neighbour (`.NAME.PID.part`).
    """
    # Not the link, but the file that it leads to.
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        raise ExportError(f"--output {path}: is no plain file; name one, or leave --output out and redirect stdout")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
