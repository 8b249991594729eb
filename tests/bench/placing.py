"""How many articles a second are placed: made-up news, recorded annotations, real loads, one or several at once.

    python -m tests.bench.placing --database postgresql://… --loads 2

Every load is a process of its own and has news of other months, 100 articles a day; each batch is one transaction, as
with QUOTH_BATCH_SIZE. As in a load, articles come pickled from another process, the one that reads them (etl.guard),
with all that is made of an article alone; what that takes is told apart. Told is what all of them place together, from
the first batch to the last, after some news of other months that brings the outlets (two loads that bring the same one
at once wait for each other), and how fast Python counts on this machine right before and after. See
tests.bench.growth for what becomes of it as the database grows.
"""

import argparse
import pickle
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from tempfile import TemporaryDirectory

from etl import load
from etl.garbage import not_collected
from etl.load.prepared import Prepared
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


def placed_a_second(url: str, folder: Path, *, loads: int, count: int, batch: int) -> tuple[float, float]:
    """Articles a second of so many loads at once, of count articles each; seconds that reading took beside, an article.

    folder: for what is read. Of reading, which is annotating first of all, there is no more here than what is made of
    an annotated article.
    """
    migrate(url)
    context = get_context("spawn")
    read_s = 0.0
    news = [(loads * MONTHS_APART, BEFORE), *((nth * MONTHS_APART, count) for nth in range(loads))]
    warm = [(day + WARM_AFTER, batch) for day, _ in news]
    for day, number in (*news, *warm):
        # In a process of its own: what it remembers of words is not there where articles are placed.
        with context.Pool(1) as reading:
            read_s += reading.apply(_read, (folder / str(day), day * ARTICLES_A_DAY, number))
    _store(url, [folder / str(news[0][0])], batch)
    begin = context.Barrier(loads + 1)
    workers = [
        context.Process(target=_store, args=(url, [folder / str(day + WARM_AFTER), folder / str(day)], batch, begin))
        for day, _ in news[1:]
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
    return loads * count / took_s, read_s / sum(number for _, number in (*news, *warm))


def counted_a_second() -> float:
    """How many million steps a bare loop makes a second: the best of three."""
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        for _ in range(STEPS):
            pass
        best = max(best, STEPS / 1e6 / (time.perf_counter() - start))
    return best


def _read(file: Path, first: int, count: int) -> float:
    """Writes articles as the process that reads hands them over; how long it took to make them, in seconds."""
    made = list(articles(first, count))
    start = time.perf_counter()
    sent = [pickle.dumps(Prepared.of(one)) for one in made]
    took_s = time.perf_counter() - start
    file.write_bytes(pickle.dumps(sent))
    return took_s


def _store(url: str, files: Sequence[Path], batch: int, begin: Barrier | None = None) -> None:
    """Places the articles of these files; with begin, those of the last file are what counts."""
    engine = engine_for(url)
    run = load.begin(engine, "made up", datetime.now(UTC))
    for file in files:
        sent: list[bytes] = pickle.loads(file.read_bytes())
        if begin is not None and file == files[-1]:
            # What a process does once is done: expressions are compiled, word lists read.
            begin.wait()
        for at in range(0, len(sent), batch):
            with not_collected():
                some: list[Prepared] = [pickle.loads(one) for one in sent[at : at + batch]]
            load.store(engine, run, some, [], {"article: added": len(some)})
    engine.dispose()


def main() -> None:
    """Prints three lines."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="an empty database: sqlite:///FILE or postgresql://…")
    parser.add_argument("--loads", type=int, default=1, help="loads at once (default 1)")
    parser.add_argument("--articles", type=int, default=2048, help="articles of each load (default 2048)")
    parser.add_argument("--batch", type=int, default=128, help="articles in one transaction (default 128)")
    given = parser.parse_args()
    before = counted_a_second()
    with TemporaryDirectory() as folder:
        rate, read_s = placed_a_second(
            given.database, Path(folder), loads=given.loads, count=given.articles, batch=given.batch
        )
    print(f"{given.loads} loads at once, batches of {given.batch}: {rate:.1f} articles a second")
    print(f"the process that reads has spent {1000 * read_s:.1f} ms on what is made of an annotated article")
    print(f"Python counted {before:.0f} million a second before, {counted_a_second():.0f} after")


if __name__ == "__main__":
    main()
