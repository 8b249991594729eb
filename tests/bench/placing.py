"""How many articles a second are placed: made-up news, recorded annotations, real loads, one or several at once.

    python -m tests.bench.placing --database postgresql://… --loads 2

Every load is a process of its own and has news of other months, 100 articles a day; each batch is one transaction, as
with QUOTH_BATCH_SIZE. Told is what all of them place together, from the first batch to the last. See tests.bench.growth
for what becomes of it as the database grows.
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


def placed_a_second(url: str, *, loads: int, count: int, batch: int) -> float:
    """Articles a second of so many loads at once, of count articles each."""
    migrate(url)
    context = get_context("spawn")
    begin = context.Barrier(loads + 1)
    workers = [
        context.Process(target=_place, args=(url, nth * MONTHS_APART * ARTICLES_A_DAY, count, batch, begin))
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


def _place(url: str, first: int, count: int, batch: int, begin: Barrier) -> None:
    engine = engine_for(url)
    run = load.begin(engine, "made up", datetime.now(UTC))
    made = list(articles(first, count))
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
    rate = placed_a_second(given.database, loads=given.loads, count=given.articles, batch=given.batch)
    print(f"{given.loads} loads at once, batches of {given.batch}: {rate:.1f} articles a second")


if __name__ == "__main__":
    main()
