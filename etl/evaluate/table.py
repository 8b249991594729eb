"""Scores -> lines to read."""

from collections.abc import Iterator

from etl.evaluate.figures import Measure, draws, figures, intervals
from etl.evaluate.scores import Scores

_WIDTH = 24
_INTERVAL = 15


def table(result: Scores, samples: int) -> Iterator[str]:
    """One line a measure, in hundredths; then the faults, one line each.

    samples: how often the articles are redrawn for the intervals, 0 for none.
    """
    columns = f"   {'95% of P':{_INTERVAL}}{'95% of R':{_INTERVAL}}95% of F1"
    yield f"{'':{_WIDTH}}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}" + (columns if samples else "")
    articles = len(result.measures[0].rows)
    drawn = draws(articles, samples)
    for measure in result.measures:
        yield _line(measure, drawn)
    for faults in result.faults:
        yield ""
        yield f"{faults.name}: {len(faults.lines)}" + (f" of {faults.of}" if faults.of is not None else "")
        yield from (f"  {line}" for line in faults.lines)


def _line(measure: Measure, drawn: list[list[int]]) -> str:
    if measure.is_empty:
        return f"{measure.name:{_WIDTH}}{'-':>7}{'-':>7}{'-':>7}{0:7}{0:7}"
    found = figures(measure.rows)
    # An accuracy is one figure; it stands where the eye looks for the one that counts.
    pr = f"{'':14}" if measure.is_accuracy else f"{100 * found.precision:7.1f}{100 * found.recall:7.1f}"
    line = f"{measure.name:{_WIDTH}}{pr}{100 * found.f1:7.1f}{measure.gold:7}{measure.found:7}"
    if drawn:
        between = intervals(measure.rows, drawn)
        of_pr = ("", "") if measure.is_accuracy else (_between(between.precision), _between(between.recall))
        line += "   " + "".join(f"{one:{_INTERVAL}}" for one in of_pr) + _between(between.f1)
    return line


def _between(ends: tuple[float, float]) -> str:
    return f"[{100 * ends[0]:.1f}, {100 * ends[1]:.1f}]"
