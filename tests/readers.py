"""Readers of articles for tests: one in the test's own process, and ones that do badly on articles marked for it.

A process of etl.guard imports this module by its name: it lies at the top of tests/, and imports nothing heavy.
"""

import ctypes
import mmap
import os
import signal
import time
from collections.abc import Iterator, Sequence
from functools import partial

from etl.errors import ModelError
from etl.guard import Reader, Reading
from etl.load.prepared import Prepared
from etl.records import CleanArticle, RawArticle, ResolvedArticle
from etl.settings import ModelSettings

MIB = 1 << 20


def in_this_process(model: ModelSettings | None = None) -> Reader:
    """What reads with the model in the test's own process: tests of other things share one model, loaded once."""
    return partial(_read_here, model=model or ModelSettings())


def _read_here(articles: Sequence[CleanArticle], model: ModelSettings) -> Reading:
    from etl.analyse import read_articles

    return Reading([Prepared.of(one) for one in read_articles(articles, model)])


def an_article(text: str) -> CleanArticle:
    """An article at a place of its text's name."""
    return CleanArticle(RawArticle(f"{text[:20]}.txt", text), "en")


def one_by_one() -> Reader:
    """Reads an article after the other; one whose text begins with the name of an evil suffers it."""
    return _one_by_one


def all_at_once() -> Reader:
    """Reads all articles before it gives the first, as a language model does with a batch."""
    return _all_at_once


def without_a_model() -> Reader:
    raise ModelError("no model here; run `make setup`")


def with_a_bug() -> Reader:
    raise ZeroDivisionError("a bug while the model was loaded")


def with_a_huge_model() -> Reader:
    bytearray(4096 * MIB)
    return _one_by_one


def _one_by_one(articles: Sequence[CleanArticle]) -> Iterator[Prepared]:
    for article in articles:
        word = article.text.split()[0]
        if word in EVILS:
            EVILS[word]()
        yield Prepared.of(ResolvedArticle(article, {}, (), {"note: process": os.getpid()}))


def _all_at_once(articles: Sequence[CleanArticle]) -> Iterator[Prepared]:
    yield from list(_one_by_one(articles))


def _hang() -> None:
    time.sleep(3600)


def _hang_in_c() -> None:
    """As a regular expression may: no other thread of the process runs meanwhile."""
    ctypes.PyDLL(None).sleep(3600)


def _eat() -> None:
    hoard = []
    while True:
        hoard.append(bytearray(MIB))


def _eat_beyond_the_limit() -> None:
    """Shared memory, which the limit of data does not cover."""
    hoard = []
    while True:
        hoard.append(mmap.mmap(-1, 16 * MIB))
        hoard[-1].write(b"\1" * (16 * MIB))
        time.sleep(0.01)


def _exit() -> None:
    os._exit(3)


def _crash() -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def _raise() -> None:
    raise ValueError("no sentence\0in it")


EVILS = {
    "hang": _hang,
    "hang-in-c": _hang_in_c,
    "eat": _eat,
    "eat-shared": _eat_beyond_the_limit,
    "exit": _exit,
    "crash": _crash,
    "raise": _raise,
}
