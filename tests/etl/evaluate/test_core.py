"""Everything numeric on one core in one thread, and as it was afterwards."""

import os
import threading

import pytest

from etl.evaluate.core import THREAD_VARIABLES, one_core, stray_threads

pinnable = pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="this system cannot pin a process")


@pytest.fixture
def a_thread():
    """The id of a thread that does nothing but wait."""
    done, started = threading.Event(), threading.Event()

    def wait():
        started.set()
        done.wait()

    thread = threading.Thread(target=wait)
    thread.start()
    started.wait()
    yield thread.native_id
    done.set()
    thread.join()


@pinnable
def test_within_it_every_thread_is_held_to_the_one_core(a_thread):
    with one_core() as core:
        assert os.sched_getaffinity(0) == {core}
        assert os.sched_getaffinity(a_thread) == {core}
        assert stray_threads(core) == 0


@pinnable
def test_a_thread_that_chose_other_cores_is_counted(a_thread):
    cores = os.sched_getaffinity(0)
    if len(cores) < 2:
        pytest.skip("there is only one core")

    with one_core() as core:
        os.sched_setaffinity(a_thread, cores)

        assert stray_threads(core) == 1


@pinnable
def test_the_cores_are_given_back_even_after_an_error(a_thread):
    cores = os.sched_getaffinity(0)

    with pytest.raises(ZeroDivisionError), one_core():
        _ = 1 / 0

    assert os.sched_getaffinity(0) == os.sched_getaffinity(a_thread) == cores


def test_libraries_that_load_within_it_are_told_to_make_one_thread(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "7")
    monkeypatch.delenv("MKL_NUM_THREADS", raising=False)

    with one_core():
        assert {os.environ[name] for name in THREAD_VARIABLES} == {"1"}

    assert os.environ["OMP_NUM_THREADS"] == "7"
    assert "MKL_NUM_THREADS" not in os.environ


def test_a_system_that_cannot_pin_has_no_core(monkeypatch):
    monkeypatch.delattr(os, "sched_setaffinity", raising=False)

    with one_core() as core:
        assert core is None
