"""One bad article costs itself alone: it is refused with its reason, and all others of its batch are read."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import readers
from readers import all_at_once, an_article, one_by_one

from etl.analyse import read_articles
from etl.clean import clean
from etl.errors import ModelError
from etl.guard import Guard, Reading, guarded
from etl.guard.worker import patience
from etl.load.prepared import Prepared
from etl.read import Defaults, read
from etl.records import RawArticle
from etl.settings import ArticleBudget, ModelSettings
from schema.errors import QuothError, SettingError

SAMPLES = Path(__file__).resolve().parents[3] / "seeds" / "articles"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BUDGET = ArticleBudget(seconds=1, memory_mib=300)


@pytest.fixture
def guard() -> Iterator[Guard]:
    """One that reads an article after the other."""
    with Guard(one_by_one, BUDGET) as made:
        yield made


def outcome(reading: Reading) -> tuple[list[str], dict[str, str]]:
    """The texts that were read, and the reasons of the others by their places."""
    return [one.resolved.article.text for one in reading.made], {one.place: one.reason for one in reading.refused}


def gone(pid: int) -> bool:
    """Whether a process has ended within ten seconds; nobody may have asked how (a zombie)."""
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        status = Path(f"/proc/{pid}/status")
        if not status.exists() or "State:\tZ" in status.read_text():
            return True
        time.sleep(0.05)
    return False


def a_parent(evil: str, *, seconds: int) -> "subprocess.Popen[str]":
    """A process that guards one reading a bad article; the first line it prints is the reader's id."""
    code = (
        "import sys\n"
        f"sys.path[:0] = {sys.path!r}\n"
        "import readers\n"
        "from etl.guard import Guard\n"
        "from etl.settings import ArticleBudget\n"
        "if __name__ == '__main__':\n"
        f"    with Guard(readers.one_by_one, ArticleBudget({seconds})) as guard:\n"
        "        first = guard([readers.an_article('good')])\n"
        "        print(first.made[0].resolved.counts['note: process'], flush=True)\n"
        f"        guard([readers.an_article({evil!r})])\n"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def test_each_evil_is_refused_with_its_reason_and_the_others_are_read_in_order(guard: Guard) -> None:
    articles = [an_article(text) for text in ("a", "hang", "b", "eat", "c", "exit", "d", "raise")]
    begun = time.monotonic()

    reading = guard(articles)

    assert outcome(reading) == (
        ["a", "b", "c", "d"],
        {
            "hang.txt": "over-time-budget",
            "eat.txt": "over-memory-budget",
            "exit.txt": "ended-the-worker",
            "raise.txt": "failed",
        },
    )
    # The hanging one is met three times (among 7, among 3, alone), a second each; the rest is starts of processes.
    assert time.monotonic() - begun >= 3
    assert guard.starts == 1 + 3 + 1 + 2


@pytest.mark.parametrize("at", [0, 13, 31])
def test_the_article_at_fault_is_found_by_halving(at: int) -> None:
    """Even where a batch gives nothing before all of it is read."""
    texts = [str(number) for number in range(32)]
    texts[at] = "crash"

    with Guard(all_at_once, BUDGET) as guard:
        reading = guard([an_article(text) for text in texts])

    assert outcome(reading) == ([text for text in texts if text != "crash"], {"crash.txt": "ended-the-worker"})
    assert guard.starts <= 1 + 6  # 32, 16, 8, 4, 2 and 1 of them end a process


def test_what_was_read_before_a_fault_is_not_read_again(guard: Guard) -> None:
    reading = guard([an_article(text) for text in ("a", "b", "exit", "c")])

    first, second, last = (one.resolved.counts["note: process"] for one in reading.made)
    assert first == second != last


def test_memory_that_no_limit_covers_is_watched() -> None:
    """Whatever else the machine has to do: a busy one takes its time to hand it out."""
    with Guard(one_by_one, ArticleBudget(seconds=60, memory_mib=300)) as guard:
        reading = guard([an_article("eat-shared"), an_article("a")])

    assert outcome(reading) == (["a"], {"eat-shared.txt": "over-memory-budget"})


def test_a_hang_that_lets_no_thread_run_is_cut_off(guard: Guard) -> None:
    assert outcome(guard([an_article("hang-in-c")])) == ([], {"hang-in-c.txt": "over-time-budget"})


def test_a_failure_costs_no_process_and_its_traceback_is_told(guard: Guard, caplog: pytest.LogCaptureFixture) -> None:
    reading = guard([an_article(text) for text in ("a", "raise", "b", "c")])

    (refused,) = reading.refused
    assert guard.starts == 1
    assert refused.detail.startswith(
        "raise.txt: a text of 5 characters could not be read because of a fault of Quoth, "
        r"ValueError('no sentence\x00in it') in readers._raise, line "
    )
    assert caplog.text.count("Traceback") == 1
    assert "in _raise" in caplog.text


def test_a_refusal_keeps_the_text_and_names_the_way_out(guard: Guard) -> None:
    text = "exit " + "å" * 100_000

    (refused,) = guard([an_article(text)]).refused

    assert refused.content == text.encode()[:65_536]
    assert refused.place in refused.detail
    assert "ended with code 3" in refused.detail
    assert "QUOTH_ARTICLE_MEMORY_MIB=300" in refused.detail


@pytest.mark.parametrize(
    ("evil", "way_out"), [("hang", "QUOTH_ARTICLE_SECONDS=1"), ("eat", "QUOTH_ARTICLE_MEMORY_MIB=300")]
)
def test_a_budget_that_is_too_small_is_named(guard: Guard, evil: str, way_out: str) -> None:
    (refused,) = guard([an_article(evil)]).refused

    assert way_out in refused.detail


def test_a_longer_text_has_more_time() -> None:
    ordinary, long = an_article("word " * 100), an_article("word " * 24_000)

    assert patience(BUDGET, [ordinary]) == 1
    assert patience(BUDGET, [long]) == 2
    assert patience(BUDGET, [ordinary, long, long]) == pytest.approx(4, abs=0.1)


def test_nothing_is_started_for_no_article(guard: Guard) -> None:
    assert guard([]) == Reading([], [])
    assert guard.starts == 0


def test_one_process_reads_batch_after_batch_until_it_is_closed(guard: Guard) -> None:
    read_in = [guard([an_article("a")]).made[0].resolved.counts["note: process"] for _ in range(3)]

    guard.close()

    assert len(set(read_in)) == guard.starts == 1
    assert gone(read_in[0])


def test_a_process_that_ended_while_nothing_was_asked_of_it_costs_no_article(guard: Guard) -> None:
    """The system was short of memory and chose it."""
    os.kill(guard([an_article("a")]).made[0].resolved.counts["note: process"], signal.SIGKILL)
    time.sleep(0.2)

    assert outcome(guard([an_article("b")])) == (["b"], {})


def test_it_reads_in_a_thread(guard: Guard) -> None:
    found: list[Reading] = []
    thread = threading.Thread(target=lambda: found.append(guard([an_article("a"), an_article("exit")])))

    thread.start()
    thread.join(30)

    assert outcome(found[0]) == (["a"], {"exit.txt": "ended-the-worker"})


@pytest.mark.parametrize(
    ("make", "error", "message"),
    [
        (readers.without_a_model, ModelError, "no model here; run `make setup`"),
        (readers.with_a_bug, ModelError, "the process that reads articles ended with code 1 while it loaded"),
        (
            readers.with_a_huge_model,
            SettingError,
            "QUOTH_ARTICLE_MEMORY_MIB is 300: the language model alone needs more",
        ),
    ],
)
def test_a_model_that_cannot_be_loaded_is_nobodys_fault_among_the_articles(
    make: Callable[[], Any], error: type[Exception], message: str
) -> None:
    with Guard(make, BUDGET) as guard, pytest.raises(error, match=message):
        guard([an_article("a"), an_article("b")])

    assert guard.starts == 1


@pytest.mark.parametrize("evil", ["hang", "hang-in-c"])
def test_nothing_outlives_a_killed_parent(evil: str) -> None:
    """Where it can, the process ends at once, else at its budget."""
    parent = a_parent(evil, seconds=1 if evil == "hang-in-c" else 3600)
    reader = int(parent.stdout.readline())
    time.sleep(0.3)

    parent.send_signal(signal.SIGKILL)
    parent.communicate(timeout=30)

    assert gone(reader)


def test_ctrl_c_is_told_to_the_parent_alone() -> None:
    """The terminal tells every process of the group."""
    parent = a_parent("hang", seconds=3600)
    reader = int(parent.stdout.readline())
    time.sleep(0.3)

    os.killpg(parent.pid, signal.SIGINT)
    _, told = parent.communicate(timeout=30)

    assert told.count("Traceback") == 1
    assert told.rstrip().endswith("KeyboardInterrupt")
    assert gone(reader)


@pytest.mark.model
def test_the_model_itself_is_held_to_the_memory_budget() -> None:
    """It holds more than this before it has read a word."""
    with (
        guarded(ModelSettings(), ArticleBudget(memory_mib=256)) as guard,
        pytest.raises(QuothError, match=r"QUOTH_ARTICLE_MEMORY_MIB( is |=)256"),
    ):
        guard([an_article("The ferries will sail on Monday.")])


@pytest.mark.model
def test_by_rules_the_samples_are_read_as_without_a_guard() -> None:
    """Everything that is found survives the way between two processes."""
    model = ModelSettings(fast=True)
    records = [record.item for record in islice(read([SAMPLES], Defaults(), now=NOW), 6)]
    articles = [clean(record) for record in records if isinstance(record, RawArticle)]

    with guarded(model, ArticleBudget()) as guard:
        reading = guard(articles)

    assert len(articles) == 6
    assert reading == Reading([Prepared.of(one) for one in read_articles(articles, model)], [])
