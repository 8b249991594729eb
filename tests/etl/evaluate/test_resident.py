"""Memory held over the last half of a run: how level, how much."""

import pytest

from etl.evaluate.resident import Resident, can_measure, peak_mib, resident, resident_mib

on_linux = pytest.mark.skipif(not can_measure(), reason="this system has no /proc/self/status")


@pytest.mark.parametrize(
    ("samples", "slope", "range_"),
    [
        ([100.0] * 8, 0, 0),
        # What grows before the last half is loading and warming up.
        ([10.0, 40.0, 90.0, 99.0, 100.0, 100.0, 100.0, 100.0], 0, 0),
        ([0.0, 0.0, 0.0, 0.0, 100.0, 100.5, 101.0, 101.5], 500, 1.5),
        ([101.0, 101.0, 101.0, 100.0], -1000, 1),
        # One large article comes and goes: a range, no slope.
        ([100.0, 100.0, 100.0, 100.0, 100.0, 100.0, 130.0, 100.0, 100.0], 0, 30),
    ],
)
def test_slope_and_range_are_those_of_the_last_half(samples, slope, range_):
    found = resident(samples, peak=140)

    assert found.slope_mib == pytest.approx(slope)
    assert found.range_mib == pytest.approx(range_)


def test_a_run_has_its_length_its_level_and_its_peak():
    found = resident([1.0, 1.0, 1.0, 7.0, 7.0, 9.0], peak=12)

    assert found == Resident(
        articles=6,
        median_mib=7,
        slope_mib=pytest.approx(1000),
        range_mib=2,
        floor_slope_mib=pytest.approx(1000),
        floor_range_mib=2,
        peak_mib=12,
    )


def batches(leak=0.0):
    """5,000 samples: memory goes up and down with batches of 16, every seventh of them a long one, and may leak."""
    return [400 + 25 * (number // 16 % 7) + leak * number / 1000 for number in range(5000)]


def test_long_batches_do_not_lift_the_floor():
    found = resident(batches(), peak=600)

    assert found.range_mib == 150
    assert (found.floor_slope_mib, found.floor_range_mib) == (0, 0)


def test_a_leak_lifts_the_floor():
    found = resident(batches(leak=4), peak=600)

    assert found.floor_slope_mib == pytest.approx(4, rel=0.1)
    assert found.floor_range_mib == pytest.approx(9, rel=0.1)


@on_linux
def test_memory_that_is_taken_is_seen():
    before = resident_mib()

    taken = b"x" * (64 * 1024 * 1024)

    assert resident_mib() - before == pytest.approx(len(taken) / 1024**2, abs=8)


@on_linux
def test_the_peak_is_never_below_what_is_held():
    assert peak_mib() >= resident_mib() - 1
