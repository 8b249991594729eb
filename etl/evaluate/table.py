"""Scores -> lines to read."""

from collections.abc import Iterator

from etl.evaluate.figures import Measure, draws, figures, interval
from etl.evaluate.scores import Scores

_WIDTH = 24


def table(result: Scores, samples: int) -> Iterator[str]:
    """One line a measure, in hundredths; then the faults, one line each.

    samples: how often the articles are redrawn for the intervals, 0 for none.
    """
    yield f"{'':{_WIDTH}}{'P':>7}{'R':>7}{'F1':>7}{'gold':>7}{'found':>7}" + ("   95% of F1" if samples else "")
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
        low, high = interval(measure.rows, drawn)
        line += f"   [{100 * low:.1f}, {100 * high:.1f}]"
    return line
