"""One core and one thread for everything numeric, so that two measurements share what they may use. Imports no library:
numpy and its kind make their threads when they are imported, which must come after.
"""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

THREAD_VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
    "RAYON_NUM_THREADS",
)
"""What numeric libraries read, when they load, to learn how many threads to make."""

_TASKS = Path("/proc/self/task")


@contextmanager
def one_core() -> Iterator[int | None]:
    """The core that this process and its children are held to meanwhile; None where the system cannot pin.

    Libraries imported within make one thread each; everything is as it was afterwards.
    """
    before = {name: os.environ.get(name) for name in THREAD_VARIABLES}
    os.environ.update(dict.fromkeys(THREAD_VARIABLES, "1"))
    # The last core: the first one serves most interrupts.
    cores = os.sched_getaffinity(0) if hasattr(os, "sched_setaffinity") else None
    core = None if cores is None else max(cores)
    try:
        if core is not None:
            _pin({core})
        yield core
    finally:
        if cores is not None:
            _pin(cores)
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def stray_threads(core: int) -> int:
    """How many threads of this process may run elsewhere than on that core.

    A thread inherits its core, but a library may choose another: onnxruntime does where nobody gives it a number of
    threads.
    """
    strays = 0
    for thread in _threads():
        # A thread that ended since it was listed is nowhere.
        with suppress(ProcessLookupError):
            strays += os.sched_getaffinity(thread) != {core}
    return strays


def _pin(cores: Collection[int]) -> None:
    for thread in _threads():
        with suppress(ProcessLookupError):
            os.sched_setaffinity(thread, cores)


def _threads() -> list[int]:
    """The ids of this process's threads; 0, the calling one, where the system does not list them."""
    return [int(task.name) for task in _TASKS.iterdir()] if _TASKS.is_dir() else [0]
