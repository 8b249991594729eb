"""Reads articles in a process of their own, so that one that hangs, eats memory or crashes costs nobody but itself.

The process is ended at its budget (time and memory), a new one takes over, and the article at fault is found by halving
what was not read. How articles are read is not known here (etl.analyse); etl.guard.worker is the process's own side.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import Generic, TypeVar, cast

from etl.garbage import not_collected
from etl.guard.process import Process
from etl.guard.worker import Fault, Ready, Reason, patience
from etl.load.prepared import Prepared
from etl.load.waiting import Waiting
from etl.records import CleanArticle, Refused
from etl.settings import ArticleBudget, ModelSettings

__all__ = ["Guard", "Made", "Reader", "Reading", "guarded", "guarded_backfill"]

_CONTENT_BYTES = 64 * 1024
"""How much of a refused article is kept."""

_log = logging.getLogger(__name__)


Made = TypeVar("Made", covariant=True)
"""What is made of an article that is read: Prepared, to be placed at once, or Waiting."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Made]):
    """What became of articles: those that were read, in the order they were given in, and the others."""

    made: Sequence[Made]
    refused: Sequence[Refused] = ()


Reader = Callable[[Sequence[CleanArticle]], Reading[Made]]


def guarded(model: ModelSettings, budget: ArticleBudget) -> "Guard[Prepared]":
    """A Reader with this model, in a process that has this budget."""
    return Guard(partial(_placing, model), budget)


def guarded_backfill(model: ModelSettings, budget: ArticleBudget) -> "Guard[Waiting]":
    """The same for articles that are placed later."""
    return Guard(partial(_backfilling, model), budget)


def _placing(model: ModelSettings) -> Callable[[Iterable[CleanArticle]], Iterator[Prepared]]:
    from etl.analyse import reader  # imported in the process alone: it brings spaCy

    return reader(model, Prepared.of)


def _backfilling(model: ModelSettings) -> Callable[[Iterable[CleanArticle]], Iterator[Waiting]]:
    from etl.analyse import reader

    return reader(model, Waiting.of)


class Guard(Generic[Made]):
    """A Reader that reads in one process after the other: a new one where the last was ended. Close it when done.

    starts: how many processes it has started. One thread at a time may use it.
    """

    def __init__(
        self, make: Callable[[], Callable[[Sequence[CleanArticle]], Iterable[Made]]], budget: ArticleBudget
    ) -> None:
        """make: called in the process, so pickle has to find it by its name; what it gives reads there."""
        self.starts = 0
        self._make = make
        self._budget = budget
        self._process: Process | None = None

    def __enter__(self) -> "Guard[Made]":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def start(self) -> Process:
        """The process, started unless it runs. It loads its model while others do other things."""
        if self._process is not None and not self._process.is_alive():
            self.close()
        if self._process is None:
            self._process = Process(self._make, self._budget)
            self.starts += 1
        return self._process

    def close(self) -> None:
        """Ends the process; the next article would start another."""
        if self._process is not None:
            self._process.end()
            self._process = None

    @not_collected()
    def __call__(self, articles: Sequence[CleanArticle]) -> Reading[Made]:
        """The articles as they were read, and a refusal of each that could not be.

        Raises ModelError when the model cannot be loaded, SettingError when that alone is over the memory budget.
        """
        made: list[Made] = []
        refused: list[Refused] = []
        groups = [list(articles)] if articles else []
        while groups:
            group = groups.pop()
            found, fault = self._read(group)
            made += found
            rest = group[len(found) :]
            if fault is None or not rest:
                continue
            if len(rest) == 1:
                refused.append(_refusal(rest[0], fault, self._budget))
            else:
                groups += rest[len(rest) // 2 :], rest[: len(rest) // 2]
        return Reading(made, refused)

    def _read(self, articles: Sequence[CleanArticle]) -> tuple[list[Made], Fault | None]:
        """What was read of these before the end or before a fault, and the fault."""
        found: list[Made] = []
        answer: object = None
        try:
            process = self.start()
            process.send(articles)
            while True:
                answer = process.answer(patience(self._budget, articles[len(found) :]))
                if isinstance(answer, (Ready, Fault)):
                    break
                found.append(cast(Made, answer))
        finally:
            # Interrupted, or at fault: what it does is of no use to anybody. One that has told a failure can go on.
            if not (isinstance(answer, Ready) or (isinstance(answer, Fault) and answer.reason is Reason.FAILED)):
                self.close()
        return found, answer if isinstance(answer, Fault) else None


def _refusal(article: CleanArticle, fault: Fault, budget: ArticleBudget) -> Refused:
    """The refusal of the one article that a fault is about."""
    place = article.raw.place
    seconds = patience(budget, [article])
    match fault.reason:
        case Reason.OVER_TIME:
            why = f"was not read in {seconds:g} seconds; raise QUOTH_ARTICLE_SECONDS={budget.seconds} or leave it out"
        case Reason.OVER_MEMORY:
            why = (
                f"takes more memory than QUOTH_ARTICLE_MEMORY_MIB={budget.memory_mib} allows; raise it or leave it out"
            )
        case Reason.ENDED:
            why = (
                f"stopped the process that read it, which {fault.what}; load it again, with more memory in "
                f"QUOTH_ARTICLE_MEMORY_MIB={budget.memory_mib} where it may need that, or leave it out and report it"
            )
        case Reason.FAILED:
            why = f"could not be read because of a fault of Quoth, {fault.what}; leave it out and report it"
    detail = f"{place}: a text of {len(article.text)} characters {why}"
    if fault.trace:
        _log.error("%s\n%s", detail, fault.trace)
    content = article.text[:_CONTENT_BYTES].encode("utf-8")[:_CONTENT_BYTES]
    return Refused(place, fault.reason.value, detail, content)
