"""When Python looks for garbage: not while a batch is read and stored."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collected() -> Iterator[None]:
    """No search for unreachable cycles until this ends; what nothing refers to is freed as ever.

    A batch makes some hundred thousand objects and hardly a cycle: looking at them again and again is a tenth of its
    time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
