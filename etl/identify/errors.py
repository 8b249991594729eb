"""Errors of comparing people.

QuothError                 (schema.errors)
└── PairError              a line that `quoth names` was given, or the file, cannot be read; a line is told and left out
"""

from schema.errors import QuothError


class PairError(QuothError):
    """A line that `quoth names` was given, or the file, cannot be read."""

    exit_code = 2
