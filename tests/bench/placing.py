"""What placing one more article costs, as the database grows: made-up news, recorded annotations, real loads.

    python -m tests.bench.placing --database sqlite:///grown.db --articles 4000

Loads made-up articles in batches and tells the median time an article took to place, for each stretch of the load.
"""

import argparse
import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime

from tqdm import tqdm

from etl import load
from schema.database import engine_for
from schema.migrate import migrate
from tests.bench.made_up import articles

BATCH = 16
STRETCH = 500
"""Articles in a stretch whose median is told."""


def placing(url: str, count: int) -> Iterator[tuple[int, float]]:
    """For each stretch how many articles were stored before it, and its median seconds an article."""
    migrate(url)
    engine = engine_for(url)
    run = load.begin(engine, "made up", datetime.now(UTC))
    times: list[float] = []
    for first in tqdm(range(0, count, BATCH), unit="batch", desc="placing"):
        batch = list(articles(first, min(BATCH, count - first)))
        start = time.perf_counter()
        load.store(engine, run, batch, [], {"article: added": len(batch)})
        times.append((time.perf_counter() - start) / len(batch))
        if len(times) * BATCH >= STRETCH:
            yield first + len(batch) - len(times) * BATCH, statistics.median(times)
            times = []
    engine.dispose()


def main() -> None:
    """Prints a line a stretch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--database", required=True, help="an empty database: sqlite:///FILE or postgresql://…")
    parser.add_argument("--articles", type=int, default=4000, help="how many to load (default 4000)")
    arguments = parser.parse_args()
    for stored, median_s in placing(arguments.database, arguments.articles):
        print(f"{stored:8} stored: {1000 * median_s:7.1f} ms an article", flush=True)


if __name__ == "__main__":
    main()
