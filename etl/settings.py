"""How loads work and what reads the articles. Read once, at the entry point, and passed down."""

import os
from dataclasses import dataclass

from schema.errors import SettingError


@dataclass(frozen=True, slots=True)
class LoadSettings:
    """Settings of loads, one field a setting."""

    batch_size: int = 32
    """QUOTH_BATCH_SIZE: articles in one transaction, 1 to 1000; a killed load repeats at most so many."""

    @classmethod
    def from_environment(cls) -> "LoadSettings":
        """The settings; raises SettingError for a value that is no number from 1 to 1000."""
        given = os.environ.get("QUOTH_BATCH_SIZE", str(cls().batch_size))
        if not (given.isascii() and given.isdigit() and 1 <= int(given) <= 1000):
            raise SettingError(f"QUOTH_BATCH_SIZE is {given!r}; give a whole number from 1 to 1000")
        return cls(batch_size=int(given))


PRECISIONS = ("auto", "float32")


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """What finds who said what, one field a setting."""

    fast: bool = False
    """--fast: by rules alone, without the attribution model; quicker, and finds less."""
    precision: str = "auto"
    """QUOTH_PRECISION: auto (8 bits and bfloat16 where the processor has them) or float32 (the same everywhere)."""

    @classmethod
    def from_environment(cls, *, fast: bool = False) -> "ModelSettings":
        """The settings; raises SettingError for a precision that is none."""
        precision = os.environ.get("QUOTH_PRECISION", cls().precision)
        if precision not in PRECISIONS:
            raise SettingError(f"QUOTH_PRECISION is {precision!r}; give {' or '.join(PRECISIONS)}")
        return cls(fast, precision)
