"""Errors of training, named by what the caller does next.

QuothError                 (schema.errors)
└── TrainError             what training is given cannot be used; the command stops
    └── PassageError       a line of a passage file is marked wrongly
"""

from pathlib import Path

from schema.errors import QuothError


class TrainError(QuothError):
    """What training is given cannot be used; the message has value, place and way out."""

    exit_code = 2


class PassageError(TrainError):
    """A line of a passage file is marked wrongly.

    path, line: where, counted from 1.
    value: the piece of the line at fault.
    """

    def __init__(self, path: Path, line: int, value: str, why: str) -> None:
        self.path = path
        self.line = line
        self.value = value
        super().__init__(f"{path.name}:{line}: {value!r} {why}")
