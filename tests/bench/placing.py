"""How many articles a second are placed: made-up news, recorded annotations, real loads, one or several at once.

    python -m tests.bench.placing --database postgresql://… --loads 2

Every load is a process of its own and has news of other months, 100 articles a day; each batch is one transaction, as
with QUOTH_BATCH_SIZE. Told is what all of them place together, from the first batch to the last, after some news of
other months that brings the outlets (two loads that bring the same one at once wait for each other), and how fast
Python counts on this machine right before and after. See tests.bench.growth for what becomes of it as the database
grows.
"""

import argparse
import time
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier

from etl import load
from schema.database import engine_for
from schema.migrate import migrate
from tests.bench.made_up import ARTICLES_A_DAY, articles

MONTHS_APART = 400
"""Days between the news of two loads."""

BEFORE = 512
"""Articles that are there before."""

WARM_AFTER = 200
"""Days after the first of a load is the news by which it warms up, a batch that does not count."""

STEPS = 3_000_000
"""Of the loop by which the machine's speed is told."""


def placed_a_second(url: str, *, loads: int, count: int, batch: int) -> float:
    """Articles a second of so many loads at once, of count articles each."""
    migrate(url)
    _store(url, loads * MONTHS_APART * ARTICLES_A_DAY, BEFORE, batch)
    context = get_context("spawn")
    begin = context.Barrier(loads + 1)
    workers = [
        context.Process(target=_store, args=(url, nth * MONTHS_APART * ARTICLES_A_DAY, count, batch, begin))
        for nth in range(loads)
    ]
    for worker in workers:
        worker.start()
    begin.wait()
    start = time.perf_counter()
    for worker in workers:
        worker.join()
    took_s = time.perf_counter() - start
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a load failed; its error stands above")
    return loads * count / took_s


def counted_a_second() -> float:
    """How many million steps a bare loop makes a second: the best of three."""
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(STEPS):
            pass
        best = max(best, STEPS / 1e6 / (time.perf_counter() - start))
    return best


def _store(url: str, first: int, count: int, batch: int, begin: Barrier | None = None) -> None:
    engine = engine_for(url)
    run = load.begin(engine, "made up", datetime.now(UTC))
    made = list(articles(first, count))
    if begin is not None:
        # What a process does once: expressions are compiled, word lists read.
        warm = list(articles(first + WARM_AFTER * ARTICLES_A_DAY, batch))
        load.store(engine, run, warm, [], {"article: added": batch})
        begin.wait()
    for at in range(0, count, batch):
        some = made[at : at + batch]
        load.store(engine, run, some, [], {"article: added": len(some)})
    engine.dispose()


def main() -> None:
    """Prints one line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="an empty database: sqlite:///FILE or postgresql://…")
    parser.add_argument("--loads", type=int, default=1, help="loads at once (default 1)")
    parser.add_argument("--articles", type=int, default=2048, help="articles of each load (default 2048)")
    parser.add_argument("--batch", type=int, default=128, help="articles in one transaction (default 128)")
    given = parser.parse_args()
    before = counted_a_second()
    rate = placed_a_second(given.database, loads=given.loads, count=given.articles, batch=given.batch)
    print(f"{given.loads} loads at once, batches of {given.batch}: {rate:.1f} articles a second")
    print(f"Python counted {before:.0f} million a second before, {counted_a_second():.0f} after")


if __name__ == "__main__":
    main()
