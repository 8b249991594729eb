"""Errors of the schema package, named by what the caller does next.

QuothError                 the root: a message with value, place and way out
├── SettingError           a setting has a value Quoth cannot use; the start stops
├── DatabaseError          the database cannot be used as it is (unreachable, older, newer)
├── DateError              a date is neither RFC 3339 nor EDTF level 0
├── AddressError           a url or a domain is none
└── DecisionError          a decision cannot be taken, or not be taken back
"""


class QuothError(Exception):
    """Something a person can put right; str() is the whole message."""

    exit_code = 1


class SettingError(QuothError):
    """A setting has a value Quoth cannot use."""

    exit_code = 2


class DatabaseError(QuothError):
    """The database cannot be used as it is."""

    exit_code = 3


class DateError(QuothError):
    """A date is neither RFC 3339 nor EDTF level 0."""

    def __init__(self, value: object, why: str) -> None:
        self.value = value
        super().__init__(
            f"{value!r} {why}; give an RFC 3339 or EDTF date such as 2022-01-17, 2022-01 or 2022-01-10/2022-01-16"
        )


class AddressError(QuothError):
    """A url or a domain is none. reason: the counted name, "bad-url" or "bad-domain"."""

    def __init__(self, reason: str, message: str) -> None:
        self.reason = reason
        super().__init__(message)


class DecisionError(QuothError):
    """A decision cannot be taken, or not be taken back."""
