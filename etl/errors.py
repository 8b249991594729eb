"""Errors of the etl package, named by what the caller does next. For what a run refuses see records.Refused.

QuothError                 (schema.errors)
├── FieldError             one field of one record cannot be used; the record is refused and the run goes on
├── OptionError            a value given on the command line cannot be used; the command stops
├── ManifestError          the manifest cannot be used; the command stops
├── ModelError             the language model is missing or is not the one expected; the command stops
├── PredictError           a line that `predict` or `resolve` was given cannot be read; the line is told and left out
├── AuthorityError         an authority file or a line of it cannot be used
├── NotMeantError          what a command is to forget, withhold or erase is not known; the command stops
├── WaitingError           an article waits in a form that cannot be read; the command stops
├── UndoError              a load cannot be taken back as it stands; the command stops
├── ExportError            an export cannot be written where it was asked for; the command stops
└── LabelError             labels or gold cannot be used, or are not about what the database holds; the command stops
"""

from collections.abc import Sequence

from schema.errors import QuothError


class FieldError(QuothError):
    """One field of one record cannot be used; str() has value and way out, no place.

    reason: the counted name of the refusal.
    """

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class OptionError(QuothError):
    """A value given on the command line cannot be used."""

    exit_code = 2


class ManifestError(QuothError):
    """The manifest cannot be used; the message names file, line and way out."""

    exit_code = 2


class ModelError(QuothError):
    """The language model is missing or is not the one expected."""

    exit_code = 4


class PredictError(QuothError):
    """A line that `quoth predict`, `resolve` or `cluster` was given cannot be read, or the file."""

    exit_code = 2


class AuthorityError(QuothError):
    """An authority file, or a line of it, cannot be used."""


class NotMeantError(QuothError):
    """What a command is to forget, withhold or erase is not known."""


class WaitingError(QuothError):
    """An article waits to be placed in a form that this Quoth cannot read."""


class UndoError(QuothError):
    """A load cannot be taken back as it stands."""


class ExportError(QuothError):
    """An export cannot be written where it was asked for."""


class LabelError(QuothError):
    """Labels or gold cannot be used, or are not about what the database holds.

    problems: one message each, with file, item and way out.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(self.problems))
