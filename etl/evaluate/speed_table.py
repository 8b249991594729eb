"""A measurement of speed and memory -> lines to read, or one JSON object."""

from collections.abc import Iterator, Sequence
from statistics import median

from etl.evaluate.speed import Measured, resolve_share, shares, words_per_cpu_s, words_per_s

_WIDTH = 18


def speed_table(found: Measured) -> Iterator[str]:
    """The lines: what was measured on, words a second, their ratio with its range, stages, loading, memory."""
    corpus = found.corpus
    where = "not pinned to a core: this system cannot" if found.core is None else f"core {found.core}"
    yield f"{corpus.articles:,} articles, {corpus.words:,} words; {found.model}"
    yield f"{len(found.rounds)} rounds after a warm-up, batches of {found.batch_size}, one thread, {where}"
    if found.stray_threads:
        yield f"not on that core alone: {found.stray_threads} threads; the figures flatter whoever made them"
    for reason, count in sorted(corpus.refused.items()):
        yield f"left out: {count} ({reason})"
    whole, bare = [one.whole for one in found.rounds], [one.bare for one in found.rounds]
    ratios = ([one.ratio for one in found.rounds], [one.cpu_ratio for one in found.rounds])
    yield ""
    yield f"{'':{_WIDTH}}{'words/s':>14}{'by CPU time':>14}"
    yield f"{'read … extract':{_WIDTH}}{words_per_s(whole):14,.0f}{words_per_cpu_s(whole):14,.0f}"
    yield f"{'bare spaCy':{_WIDTH}}{words_per_s(bare):14,.0f}{words_per_cpu_s(bare):14,.0f}"
    yield f"{'ratio':{_WIDTH}}" + "".join(f"{median(one):14.3f}" for one in ratios)
    yield f"{'  over the rounds':{_WIDTH}}" + "".join(f"{_range(one):>14}" for one in ratios)
    yield ""
    parts = ", ".join(f"{stage} {100 * share:.1f} %" for stage, share in shares(whole).items())
    yield f"time by stage: {parts}"
    yield f"resolve, on top: {100 * resolve_share(whole):.1f} % of the time of annotate"
    loads = found.loading
    yield f"seconds to the first sentence: {loads.whole_s:.2f}, bare {loads.bare_s:.2f}"
    yield _memory(found)


def speed_json(found: Measured) -> dict[str, object]:
    """The same as JSON: seconds, MiB, words, shares 0..1; resident is null where memory was not measured."""
    whole, bare = [one.whole for one in found.rounds], [one.bare for one in found.rounds]
    held = found.resident
    return {
        "model": found.model,
        "core": found.core,
        "stray_threads": found.stray_threads,
        "batch_size": found.batch_size,
        "articles": found.corpus.articles,
        "words": found.corpus.words,
        "refused": dict(found.corpus.refused),
        "words_per_s": {"whole": words_per_s(whole), "bare": words_per_s(bare)},
        "words_per_cpu_s": {"whole": words_per_cpu_s(whole), "bare": words_per_cpu_s(bare)},
        "ratio": median(one.ratio for one in found.rounds),
        "ratios": [one.ratio for one in found.rounds],
        "cpu_ratio": median(one.cpu_ratio for one in found.rounds),
        "cpu_ratios": [one.cpu_ratio for one in found.rounds],
        "shares": shares(whole),
        "resolve_share_of_annotate": resolve_share(whole),
        "loading": {"whole_s": found.loading.whole_s, "bare_s": found.loading.bare_s},
        "resident": held
        and {
            "articles": held.articles,
            "median_mib": held.median_mib,
            "slope_mib_per_1000_articles": held.slope_mib,
            "range_mib": held.range_mib,
            "floor_slope_mib_per_1000_articles": held.floor_slope_mib,
            "floor_range_mib": held.floor_range_mib,
            "peak_mib": held.peak_mib,
        },
    }


def _memory(found: Measured) -> str:
    held = found.resident
    if held is None:
        return "resident memory: not measured (--articles 0, or a system without /proc/self/status)"
    return (
        f"resident memory over the last half of {held.articles:,} articles: {held.median_mib:.0f} MiB, "
        f"slope {held.slope_mib:+.2f} MiB per 1,000 articles, max − min {held.range_mib:.1f} MiB; its floor: "
        f"slope {held.floor_slope_mib:+.2f}, max − min {held.floor_range_mib:.1f}; peak {held.peak_mib:.0f} MiB"
    )


def _range(values: Sequence[float]) -> str:
    return f"{min(values):.3f}–{max(values):.3f}"
