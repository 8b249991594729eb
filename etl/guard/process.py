"""The parent's hold on a process that reads articles: starts it, talks to it, watches its memory, ends it."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context, resource_tracker
from pathlib import Path
from time import monotonic

from etl.errors import ModelError
from etl.guard.worker import MEBIBYTE, Fault, Read, Reason, serve
from etl.records import CleanArticle
from etl.settings import ArticleBudget
from schema.errors import SettingError

_LOOK_S = 0.2
"""How often the memory of a process that does not answer is looked at, in seconds."""
_START_S = 600
"""How long loading a language model may take, in seconds."""
_END_S = 5
"""How long a process that talks no more may take to end, in seconds."""


class Process:
    """One process of etl.guard.worker, from its start to its end."""

    def __init__(self, make: Callable[[], Read], budget: ArticleBudget) -> None:
        self._memory_mib = budget.memory_mib
        self._is_ready = False
        # Spawned, not forked: of a parent with threads, which numeric libraries make, a fork is half a process.
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs, make, budget), name="quoth-reader", daemon=True)
        with theirs, _interrupts_held_back():
            self._process.start()

    def is_alive(self) -> bool:
        """Whether it has not ended."""
        return self._process.is_alive()

    def send(self, articles: Sequence[CleanArticle]) -> None:
        """Hands it articles, once it is ready.

        Raises ModelError when the model cannot be loaded, SettingError when that alone is over the memory budget.
        """
        if not self._is_ready:
            self._await_ready()
        self._connection.send(articles)

    def answer(self, seconds: float) -> object:
        """What it says next: a Fault where it says nothing for so long, or holds more than its memory, or ends."""
        deadline = monotonic() + seconds
        while not self._connection.poll(max(0.0, min(_LOOK_S, deadline - monotonic()))):
            if monotonic() >= deadline:
                return Fault(Reason.OVER_TIME)
            if self._resident_mib() > self._memory_mib:
                return Fault(Reason.OVER_MEMORY)
        try:
            answer: object = self._connection.recv()
        except (EOFError, OSError):
            return self._end_of_itself()
        return answer

    def end(self) -> None:
        """Ends it at once, whatever it does."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._connection.close()

    def _await_ready(self) -> None:
        match self.answer(_START_S):
            case ModelError() as error:
                raise error
            case Fault(Reason.OVER_MEMORY):
                raise SettingError(
                    f"QUOTH_ARTICLE_MEMORY_MIB is {self._memory_mib}: the language model alone needs more; raise it"
                )
            case Fault() as fault:
                how = fault.what or f"took more than {_START_S} seconds"
                raise ModelError(
                    f"the process that reads articles {how} while it loaded the language model; its own message, if it "
                    f"has one, stands above; it may hold QUOTH_ARTICLE_MEMORY_MIB={self._memory_mib} MiB"
                )
        self._is_ready = True

    def _end_of_itself(self) -> Fault:
        self._process.join(_END_S)
        code = self._process.exitcode
        if code == -signal.SIGALRM:
            # It ends itself so when its parent was stopped for longer than the budget.
            return Fault(Reason.OVER_TIME)
        if code is None:
            return Fault(Reason.ENDED, "fell silent")
        return Fault(
            Reason.ENDED, f"was ended by {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}"
        )

    def _resident_mib(self) -> float:
        """What it holds, in MiB; 0 where the system does not tell in /proc (Linux does), or it has just ended."""
        try:
            pages = Path(f"/proc/{self._process.pid}/statm").read_text(encoding="ascii").split()[1]
        except OSError:
            return 0.0
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / MEBIBYTE


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """What is started meanwhile hears of no Ctrl-C and no SIGTERM until it asks for them."""
    resource_tracker.ensure_running()  # starting one later would let interrupts in again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
