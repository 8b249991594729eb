"""Ctrl-C and SIGTERM: a load stops where nothing is half done."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def stopping_at_edges(tell: Callable[[str], object]) -> Iterator[Callable[[], None]]:
    """Yields what is to be called at each edge: after a first signal it raises KeyboardInterrupt there.

    A second signal raises it at once, wherever the program is. tell: what to do with a line about the first one.
    """
    asked: list[int] = []

    def heard(number: int, frame: FrameType | None) -> None:
        asked.append(number)
        if len(asked) > 1:
            raise KeyboardInterrupt
        tell("stopping when this batch is stored; once more to stop at once, without it")

    def edge() -> None:
        if asked:
            raise KeyboardInterrupt

    before = {number: signal.signal(number, heard) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield edge
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def on_stderr(line: str) -> None:
    """Beside a progress bar."""
    print(f"\nquoth: {line}", file=sys.stderr, flush=True)
