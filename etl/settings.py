"""How loads work. Read once, at the entry point, and passed down."""

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
