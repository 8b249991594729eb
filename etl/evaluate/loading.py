"""How long a fresh process takes from nothing loaded to its first quotation.

Imports spaCy and nothing of ours at the top: spaCy's import is the price of both sides, ours and its imports are timed.
"""

import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from statistics import median
from time import perf_counter

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from etl.child import follow_parent
from etl.records import CleanArticle, Quotation, RawArticle

_SENTENCE = "“The bridge is safe,” said Ada Vance on Monday."


@dataclass(frozen=True, slots=True)
class Loading:
    """Seconds until the first sentence is done, spaCy imported already: of read … extract, and of the bare pipeline."""

    whole_s: float
    bare_s: float


def loading(
    model: str,
    load: Callable[[], Language],
    quotations: Callable[[Doc], list[Quotation]],
    times: int,
    tell: Callable[[int], object],
) -> Loading:
    """The medians of so many fresh processes each, in turn; tell hears 1 for each process.

    model: the package of the bare pipeline. load, quotations: functions that pickle finds by their names.
    """
    seconds: dict[bytes, list[float]] = {pickle.dumps(partial(_whole, load, quotations)): []}
    seconds[pickle.dumps(partial(_bare, model))] = []
    for _ in range(times):
        for work, found in seconds.items():
            found.append(_in_fresh_process(work))
            tell(1)
    whole_s, bare_s = map(median, seconds.values())
    return Loading(whole_s, bare_s)


def seconds_of(work: bytes) -> float:
    """How long it takes to unpickle a function of no argument, which imports its modules, and to call it."""
    begun = perf_counter()
    pickle.loads(work)()
    return perf_counter() - begun


def _in_fresh_process(work: bytes) -> float:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=follow_parent) as pool:
        return pool.submit(seconds_of, work).result()


def _whole(load: Callable[[], Language], quotations: Callable[[Doc], list[Quotation]]) -> None:
    from etl.annotate import annotate

    for _, doc in annotate([CleanArticle(RawArticle("loading", _SENTENCE), "en")], load()):
        quotations(doc)


def _bare(model: str) -> None:
    spacy.load(model)(_SENTENCE)
