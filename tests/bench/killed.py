"""Loads that are killed at random moments, again and again, until one comes through: is the database the same?

    python -m tests.bench.killed --database postgresql://… --kills 50

A feed of made-up news (tests.recorded) is loaded by a process that is killed (SIGKILL) after a random time, run again,
killed again, and so on; when a load comes through, every row is compared with those of an undisturbed load, the
database is emptied and it all begins anew, until there were as many kills as asked for. On PostgreSQL every second
one is the server's: it cuts off the load's connections instead. With --backfill it is a backfill that is killed, while
it writes and while it places. The exit status is 1 when any row differs.
"""

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from sqlalchemy import Engine, text
from tqdm import tqdm

from schema.database import engine_for, is_postgresql
from schema.migrate import migrate
from tests.etl.load.test_identities import empty
from tests.etl.load.test_store import stored
from tests.recorded import ARTICLES, load_feed, write_feed

BATCH = 8
"""Records in one transaction."""

CUT_OFF_S = 5.0
"""How long the server waits for a load to be in the middle of something."""
OUTLIVES_S = 30.0
"""How long processes that a killed load has started may outlive it."""


def rounds(
    url: str,
    kills: int,
    *,
    count: int = ARTICLES,
    seed: int = 0,
    backfill: bool = False,
    tell: Callable[[], object] = lambda: None,
) -> Iterator[list[str]]:
    """For every load that came through after so many kills in all: the tables that differ.

    count: articles of the feed. tell: of each kill.
    """
    migrate(url)
    engine = engine_for(url)
    order = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        feed = Path(folder) / "feed.jsonl"
        write_feed(feed, count=count)
        empty(engine)
        load_feed(engine, feed, BATCH)
        expected = stored(engine)
        empty(engine)
        # Killed at any moment of the time that it takes here and now, loads get somewhere.
        took_s = _undisturbed_s(url, feed, backfill)
        while kills > 0:
            empty(engine)
            while _is_killed(engine, url, feed, order.uniform(0, took_s), order.random() < 0.5, backfill):
                kills -= 1
                tell()
            found = stored(engine)
            yield [name for name, rows in expected.items() if rows != found[name]]
    engine.dispose()


def _started(url: str, feed: Path, backfill: bool) -> "subprocess.Popen[bytes]":
    """A load that has begun."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.recorded", url, str(feed), str(BATCH), *(["backfill"] if backfill else [])],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _undisturbed_s(url: str, feed: Path, backfill: bool) -> float:
    """How long a load takes that nobody kills, once it has begun."""
    process = _started(url, feed, backfill)
    begun = time.monotonic()
    process.communicate()
    if process.returncode:
        raise RuntimeError(f"a load that nobody killed ended with status {process.returncode}")
    return time.monotonic() - begun


def _is_killed(engine: Engine, url: str, feed: Path, after_s: float, by_server: bool, backfill: bool) -> bool:
    """Whether a load was stopped before its end."""
    process = _started(url, feed, backfill)
    try:
        process.wait(timeout=after_s)
    except subprocess.TimeoutExpired:
        if not (by_server and _cut_off(engine)):
            process.kill()
    # Until nobody holds its output any more: nothing of it may outlive it.
    process.communicate(timeout=OUTLIVES_S)
    return process.returncode != 0


def _cut_off(engine: Engine) -> bool:
    """Whether the server cut off somebody, who was in the middle of something."""
    with engine.connect() as connection:
        if not is_postgresql(connection):
            return False
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        until = time.monotonic() + CUT_OFF_S
        while time.monotonic() < until:
            if connection.execute(text(f"SELECT pg_terminate_backend(pid) {others} AND xact_start IS NOT NULL")).all():
                return True
    return False


def main() -> int:
    """Prints a line a round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="an empty database: sqlite:///FILE or postgresql://…")
    parser.add_argument("--kills", type=int, default=50, help="how many there are to be (default 50)")
    parser.add_argument("--backfill", action="store_true", help="kill `load --backfill`, while it places as well")
    parser.add_argument("--seed", type=int, default=0, help="of the moments (default 0)")
    given = parser.parse_args()
    wrong = 0
    with tqdm(total=given.kills, unit="kill", file=sys.stderr) as bar:
        for differing in rounds(given.database, given.kills, seed=given.seed, backfill=given.backfill, tell=bar.update):
            wrong += bool(differing)
            told = f"differs in {', '.join(differing)}" if differing else "equals an undisturbed one"
            print(f"{bar.n} kills so far, and a load let through: the database {told}", flush=True)
        print(f"{bar.n} kills, {wrong} databases that differ")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
