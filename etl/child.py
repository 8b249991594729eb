"""What a process that works for another one does about signals and about the other's end."""

import os
import signal
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread


def follow_parent() -> None:
    """From now on this process heeds no Ctrl-C and no SIGTERM, and ends as soon as its parent is gone.

    Ctrl-C reaches every process of the terminal, SIGTERM every one of a service; what they mean is the parent's to say.
    A parent that is killed says nothing: its child would wait for work for good, and hold what it holds.
    """
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """As far as what this process does lets another thread run."""
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
    os._exit(1)
