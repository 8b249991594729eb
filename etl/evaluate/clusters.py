"""Things put together, against those that belong together.

Source: Bagga and Baldwin 1998, "Entity-Based Cross-Document Coreferencing Using the Vector Space Model" (B-cubed).
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping
from itertools import combinations

from etl.evaluate.figures import Counts


def b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> dict[str, Counts]:
    """What each item adds to B-cubed precision and recall; both map the same items to their cluster.

    Summed counts give the usual figures. Drawn anew by article, an item keeps what it has among all the items.
    """
    gold_size, found_size = Counter(gold.values()), Counter(found.values())
    both = Counter((gold[item], found[item]) for item in gold)
    return {
        item: (
            both[gold[item], found[item]] / found_size[found[item]],
            1,
            both[gold[item], found[item]] / gold_size[gold[item]],
            1,
        )
        for item in gold
    }


def wrong_pairs(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> Iterator[tuple[str, str]]:
    """Every two items that are found together and do not belong together, in order."""
    clusters: dict[Hashable, list[str]] = defaultdict(list)
    for item in sorted(found):
        clusters[found[item]].append(item)
    for items in clusters.values():
        yield from ((a, b) for a, b in combinations(items, 2) if gold[a] != gold[b])
