"""How much memory this process holds, and how level that stays. Figures of Linux's /proc, in MiB (1,048,576 bytes)."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import linear_regression, median

LEAST_ARTICLES = 4
"""Fewer have no slope in their last half."""

STRETCHES = 10
"""Of how many stretches of the last half the lowest value is looked up; each is 250 articles where 5,000 are given."""

_STATUS = Path("/proc/self/status")


@dataclass(frozen=True, slots=True)
class Resident:
    """Resident memory over the last half of a run; peak_mib since the process began.

    slope_mib: how much it grows in 1,000 articles, by least squares; below 0 where it shrinks.
    range_mib: between its largest and its smallest value. Both go up and down by hundreds of MiB as long and short
    batches follow each other; floor_slope_mib and floor_range_mib are the same of the lowest value in each of STRETCHES
    stretches, which a leak lifts and a long batch does not.
    """

    articles: int
    median_mib: float
    slope_mib: float
    range_mib: float
    floor_slope_mib: float
    floor_range_mib: float
    peak_mib: float


def can_measure() -> bool:
    """Whether this system tells a process's memory where we look for it."""
    return _STATUS.is_file()


def resident_mib() -> float:
    """What the process holds now. Raises OSError where can_measure() is false."""
    return _mib(_STATUS.read_text(encoding="ascii", errors="replace"), "VmRSS")


def peak_mib() -> float:
    """The most that the process has held at once. Raises OSError where can_measure() is false."""
    return _mib(_STATUS.read_text(encoding="ascii", errors="replace"), "VmHWM")


def resident(samples: Sequence[float], peak: float) -> Resident:
    """The figures of a run. samples: MiB after each article, LEAST_ARTICLES of them or more; peak in MiB."""
    half = samples[len(samples) // 2 :]
    size = max(len(half) // STRETCHES, 1)
    floors = [min(half[start : start + size]) for start in range(0, len(half) - size + 1, size)]
    return Resident(
        articles=len(samples),
        median_mib=median(half),
        slope_mib=_slope(half),
        range_mib=max(half) - min(half),
        floor_slope_mib=_slope(floors) / size,
        floor_range_mib=max(floors) - min(floors),
        peak_mib=peak,
    )


def _slope(values: Sequence[float]) -> float:
    """How much the values grow over 1,000 of them."""
    return 1000 * linear_regression(range(len(values)), values).slope


def _mib(status: str, name: str) -> float:
    """A size of /proc/self/status, which gives kB and means 1,024 bytes (proc_pid_status(5))."""
    line = next(line for line in status.splitlines() if line.startswith(f"{name}:"))
    return int(line.split()[1]) / 1024
