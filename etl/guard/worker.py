"""What the process that reads articles does: it waits for a batch and answers with each article as soon as it is read.

etl.guard starts it, hands it batches and ends it. Nothing here imports spaCy: what `make` needs, this process imports.
"""

import resource
import signal
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from multiprocessing.connection import Connection
from traceback import format_exception, walk_tb

from etl.child import follow_parent
from etl.errors import ModelError
from etl.records import CleanArticle
from etl.settings import ArticleBudget

Read = Callable[[Sequence[CleanArticle]], Iterable[object]]
"""Reads articles: what is made of each, in their order."""

ORDINARY_CHARACTERS = 60_000
"""About 10,000 words. A longer text, and several texts together, have time in proportion."""
MEBIBYTE = 1 << 20

_GRACE_S = 2
"""So much later than its parent would, the process ends itself: its parent is then gone."""
_MESSAGE_CHARACTERS = 500


class Reason(StrEnum):
    """Why an article was not read, as its refusal is counted."""

    OVER_TIME = "over-time-budget"
    OVER_MEMORY = "over-memory-budget"
    ENDED = "ended-the-worker"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything that was given is read."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why the next article was not read. what: of ENDED and FAILED, how it came; trace: of FAILED, its traceback."""

    reason: Reason
    what: str = ""
    trace: str = ""


def patience(budget: ArticleBudget, articles: Sequence[CleanArticle]) -> float:
    """How many seconds may pass until the first of these articles is read: several are read together."""
    return budget.seconds * max(1.0, sum(len(article.text) for article in articles) / ORDINARY_CHARACTERS)


def serve(connection: Connection, make: Callable[[], Read], budget: ArticleBudget) -> None:
    """Reads what is sent until nobody is left to send.

    Answers Ready when make() has made what reads, or why it could not; then, to each list of articles, what is made of
    every one in order and Ready, or a Fault in place of the first that could not be read.
    """
    follow_parent()
    # Its parent held them back until here.
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT, signal.SIGTERM})
    memory = resource.getrlimit(resource.RLIMIT_DATA)
    _limit_memory(budget.memory_mib)
    try:
        read = make()
    except ModelError as error:
        connection.send(error)
        return
    except MemoryError:
        resource.setrlimit(resource.RLIMIT_DATA, memory)
        connection.send(Fault(Reason.OVER_MEMORY))
        return
    connection.send(Ready())
    while True:
        try:
            articles: Sequence[CleanArticle] = connection.recv()
        except EOFError:
            return
        answer = _answer(connection, read, articles, budget)
        if isinstance(answer, Fault) and answer.reason is Reason.OVER_MEMORY:
            # Within the limit there may be nothing left to say so with.
            resource.setrlimit(resource.RLIMIT_DATA, memory)
        connection.send(answer)


def _answer(
    connection: Connection, read: Read, articles: Sequence[CleanArticle], budget: ArticleBudget
) -> Ready | Fault:
    """Sends each article as it is read; how it ended."""
    _end_in(patience(budget, articles))
    try:
        for number, (_, made) in enumerate(zip(articles, read(articles), strict=True), start=1):
            connection.send(made)
            _end_in(patience(budget, articles[number:]))
    except ConnectionError:
        raise
    except MemoryError:
        return Fault(Reason.OVER_MEMORY)
    except Exception as error:  # noqa: BLE001 - a fault of ours: told with its traceback, and the others are read
        return _failure(error)
    finally:
        signal.alarm(0)
    return Ready()


def _failure(error: Exception) -> Fault:
    """What was raised and where: in the innermost function of ours."""
    frames = list(walk_tb(error.__traceback__))
    inner = [(frame, line) for frame, line in frames if frame.f_globals["__name__"] != __name__] or frames
    ours = [(frame, line) for frame, line in inner if frame.f_globals["__name__"].startswith("etl.")] or inner
    frame, line = ours[-1]
    place = f"{frame.f_globals['__name__']}.{frame.f_code.co_qualname}, line {line}"
    return Fault(Reason.FAILED, f"{repr(error)[:_MESSAGE_CHARACTERS]} in {place}", "".join(format_exception(error)))


def _limit_memory(mib: int) -> None:
    """No allocation beyond so many MiB in all succeeds from now on; a lower limit of the system's stays.

    RLIMIT_DATA, not RLIMIT_AS: address space is reserved by the gigabyte where little of it is used.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    limits = [limit for limit in (mib * MEBIBYTE, soft, hard) if limit != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_DATA, (min(limits), hard))


def _end_in(seconds: float) -> None:
    """Has the system end this process after so long, whatever it does: nobody else would, were the parent gone."""
    signal.alarm(ceil(seconds) + _GRACE_S)
