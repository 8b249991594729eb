"""Errors of serving, named by what the caller does next.

QuothError                 the root, see schema.errors
└── AddressError           the host and port cannot be listened on; take another
"""

from schema.errors import QuothError


class AddressError(QuothError):
    """The host and port cannot be listened on."""

    exit_code = 2

    def __init__(self, host: str, port: int, message: str) -> None:
        self.host = host
        self.port = port
        super().__init__(message)
