"""How the API is served and what it lets in. Read once, at the entry point, and passed down."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from schema.errors import SettingError

PORTS = range(0, 65536)


@dataclass(frozen=True, slots=True)
class ApiSettings:
    """Settings of serving, one field a setting."""

    host: str = "127.0.0.1"
    """QUOTH_HOST: the address to listen on; 0.0.0.0 lets other machines in."""

    port: int = 8000
    """QUOTH_PORT: the TCP port to listen on, 0 to 65535; 0 takes any free one."""

    body_limit_bytes: int = 256 * 1024
    """QUOTH_BODY_LIMIT_BYTES: the largest request body that is read, in bytes."""

    operation_timeout_s: float = 30.0
    """QUOTH_OPERATION_TIMEOUT_S: how long a body may take to arrive and an operation to answer, each, in seconds."""

    cors_origins: tuple[str, ...] = ()
    """QUOTH_CORS_ORIGINS: origins (https://news.example) whose pages may read the API, commas between; * for all."""

    pool_size: int = 5
    """QUOTH_POOL_SIZE: database connections held at most, a number of connections."""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> "ApiSettings":
        """The settings of this process; a variable that is unset or empty means the default.

        Raises SettingError, naming the variable, its value and what it accepts.
        """
        given = {name: value.strip() for name, value in environment.items() if value.strip()}
        default = cls()
        return cls(
            host=given.get("QUOTH_HOST", default.host),
            port=_whole(given, "QUOTH_PORT", default.port, PORTS),
            body_limit_bytes=_whole(given, "QUOTH_BODY_LIMIT_BYTES", default.body_limit_bytes, range(1024, 2**30 + 1)),
            operation_timeout_s=_seconds(given, "QUOTH_OPERATION_TIMEOUT_S", default.operation_timeout_s),
            cors_origins=_origins(given, "QUOTH_CORS_ORIGINS"),
            pool_size=_whole(given, "QUOTH_POOL_SIZE", default.pool_size, range(1, 1001)),
        )


def _whole(given: Mapping[str, str], variable: str, default: int, accepted: range) -> int:
    value = given.get(variable)
    if value is None:
        return default
    # isascii: int() also reads digits of other scripts, and "1_000".
    if not (value.isascii() and value.isdigit() and len(value) <= 12 and int(value) in accepted):
        raise SettingError(f"{variable}={value!r}: give a whole number from {accepted[0]} to {accepted[-1]}")
    return int(value)


def _seconds(given: Mapping[str, str], variable: str, default: float) -> float:
    value = given.get(variable)
    if value is None:
        return default
    try:
        seconds = float(value)
    except ValueError:
        seconds = 0.0
    if not 0.01 <= seconds <= 3600:
        raise SettingError(f"{variable}={value!r}: give a number of seconds from 0.01 to 3600")
    return seconds


def _origins(given: Mapping[str, str], variable: str) -> tuple[str, ...]:
    origins = tuple(part.strip() for part in given.get(variable, "").split(",") if part.strip())
    for origin in origins:
        if origin != "*" and not _is_origin(origin):
            raise SettingError(
                f"{variable}={given[variable]!r}: {origin!r} is no origin; "
                "give scheme and host (https://news.example, http://localhost:3000), commas between, or *"
            )
    return origins


def _is_origin(text: str) -> bool:
    parts = urlsplit(text)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and text == f"{parts.scheme}://{parts.netloc}"
