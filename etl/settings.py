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
        return cls(batch_size=_whole_number("QUOTH_BATCH_SIZE", cls().batch_size, 1, 1000))


@dataclass(frozen=True, slots=True)
class QuarantineSettings:
    """What is kept of refused records, one field a setting; what goes is an outcome of the load by which it goes."""

    days: int = 90
    """QUOTH_REJECTED_DAYS: after how many days a refused record goes, at the end of a load, 1 to 36,500."""
    most: int = 10_000
    """QUOTH_REJECTED_MAX: how many refused records are kept at most, 0 to 1,000,000; the oldest go first."""

    @classmethod
    def from_environment(cls) -> "QuarantineSettings":
        """The settings; raises SettingError for a value that is no number from 1 to 36,500 or 0 to 1,000,000."""
        return cls(
            days=_whole_number("QUOTH_REJECTED_DAYS", cls().days, 1, 36_500),
            most=_whole_number("QUOTH_REJECTED_MAX", cls().most, 0, 1_000_000),
        )


@dataclass(frozen=True, slots=True)
class ArticleBudget:
    """What reading an article may cost, one field a setting; one that costs more is refused and the load goes on."""

    seconds: int = 60
    """QUOTH_ARTICLE_SECONDS: how long an article of up to 10,000 words may take to read; a longer one in proportion."""
    memory_mib: int = 4096
    """QUOTH_ARTICLE_MEMORY_MIB: the most that the process that reads articles may hold, its language model included."""

    @classmethod
    def from_environment(cls) -> "ArticleBudget":
        """The settings; raises SettingError for a value that is no number from 1 to 86,400 or 256 to 1,048,576."""
        return cls(
            seconds=_whole_number("QUOTH_ARTICLE_SECONDS", cls().seconds, 1, 86_400),
            memory_mib=_whole_number("QUOTH_ARTICLE_MEMORY_MIB", cls().memory_mib, 256, 1_048_576),
        )


def _whole_number(variable: str, default: int, least: int, most: int) -> int:
    """What the environment gives a variable, else the default; raises SettingError for what is not between the two."""
    given = os.environ.get(variable, str(default))
    if not (given.isascii() and given.isdigit() and least <= int(given) <= most):
        raise SettingError(f"{variable} is {given!r}; give a whole number from {least} to {most}")
    return int(given)


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
