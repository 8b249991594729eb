"""A file that is there whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from etl.errors import ExportError

Write = Callable[[bytes], object]


@contextmanager
def whole_file(path: Path) -> Iterator[Write]:
    """What writes to a neighbour of this file, which takes its place once all of it is on the disk.

    Whatever ends it before leaves the file as it was; killed, it leaves the neighbour (`.NAME.PID.part`) too.
    Raises ExportError where the file cannot be one, or cannot be written.
    """
    # Not the link, but the file that it leads to.
    target = path.resolve()
    if target.is_dir() or not target.parent.is_dir():
        what = "is a folder" if target.is_dir() else f"lies in {target.parent}, which is no folder"
        raise ExportError(f"--output {path}: {what}; give the name of a file in a folder that is there")
    if target.exists() and not target.is_file():
        raise ExportError(f"--output {path}: is no plain file; leave --output out and let the shell redirect stdout")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file.write
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        raise ExportError(
            f"--output {path}: cannot be written ({error.strerror or error}); check permissions and free space"
        ) from error
    finally:
        part.unlink(missing_ok=True)
