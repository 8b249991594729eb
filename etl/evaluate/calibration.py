"""Confidences and whether they were right -> how far the two are apart, as figures, a table and a picture.

A confidence is calibrated where of all attributions with 0.8, eight in ten are right. Right is what the figures count:
content and source agree (etl.evaluate.attributions).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from xml.sax.saxutils import escape

from etl.errors import LabelError
from etl.evaluate.corpus import Found, MarkedArticle
from etl.evaluate.wrong import judged

BINS = 10

# The picture, in its own units
_PLOT = 400
_LEFT, _TOP = 70, 60
_WIDTH, _HEIGHT = _LEFT + _PLOT + 30, _TOP + _PLOT + 60
_LARGEST = 16.0
"""Radius of the fullest bin."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One attribution: how likely it was said to be right, 0..1, and whether it was."""

    confidence: float
    is_right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """Attributions of like confidence: how many, their mean confidence, and the share that was right, both 0..1."""

    count: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """equal_count: at most ten bins of as many attributions each; equal_width: one a tenth; empty ones are left out."""

    equal_count: tuple[Bin, ...]
    equal_width: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """The expected calibration error over bins of equal counts, 0..1."""
        return expected_error(self.equal_count)

    @property
    def error_of_widths(self) -> float:
        """The same over bins of equal width."""
        return expected_error(self.equal_width)


def answers(articles: Sequence[MarkedArticle], found: Found) -> list[Answer]:
    """Every found attribution that has a word of content. Raises LabelError where one has no confidence."""
    made: list[Answer] = []
    bare: list[str] = []
    for one in judged(articles, found):
        right = {f for _, f in one.right}
        for f, side in enumerate(one.found):
            confidence = side.marked.confidence
            if confidence is None:
                bare.append(one.article.id)
            else:
                made.append(Answer(confidence, f in right))
    if bare:
        raise LabelError(
            [
                f"{len(bare)} attributions have no confidence, the first in article {bare[0]!r}; "
                'give each "confidence": 0..1 to measure how it is calibrated'
            ]
        )
    return made


def calibration(given: Sequence[Answer]) -> Calibration:
    """The attributions in bins. Equal confidences are never torn apart, so that no order decides."""
    ordered = sorted(given, key=lambda one: one.confidence)
    by_count: dict[int, list[Answer]] = {}
    by_width: dict[int, list[Answer]] = {}
    rank = 0
    for confidence, group in groupby(ordered, key=lambda one: one.confidence):
        same = list(group)
        middle = rank + len(same) / 2
        by_count.setdefault(min(BINS - 1, int(BINS * middle / len(ordered))), []).extend(same)
        by_width.setdefault(min(BINS - 1, int(BINS * confidence)), []).extend(same)
        rank += len(same)
    return Calibration(*(tuple(_bin(some) for _, some in sorted(bins.items())) for bins in (by_count, by_width)))


def expected_error(bins: Sequence[Bin]) -> float:
    """How far confidence and share are apart, the mean over all attributions, 0..1; 0 where there are none.

    Source: Naeini, Cooper, Hauskrecht 2015, "Obtaining Well Calibrated Probabilities Using Bayesian Binning".
    """
    count = sum(one.count for one in bins)
    return sum(one.count * abs(one.confidence - one.right) for one in bins) / count if count else 0.0


def table(measured: Calibration) -> Iterator[str]:
    """The errors, then one line a bin."""
    for name, bins, error in (
        ("equal counts", measured.equal_count, measured.error),
        ("equal widths", measured.equal_width, measured.error_of_widths),
    ):
        yield f"expected calibration error, bins of {name}: {error:.3f}"
        yield f"{'found':>8}{'confidence':>12}{'right':>8}{'too sure by':>13}"
        for one in bins:
            yield f"{one.count:8}{one.confidence:12.3f}{one.right:8.3f}{one.confidence - one.right:+13.3f}"


def picture(measured: Calibration, title: str = "Confidence of attributions") -> str:
    """An SVG that stands alone: what was right against what was said, ideal on the diagonal.

    Circles are bins of equal width, their area their count; dots are bins of equal count, their line the 95 % interval
    of the share.
    """
    count = sum(one.count for one in measured.equal_width)
    heading = (
        f"{title}: expected calibration error {measured.error:.3f} "
        f"(equal widths {measured.error_of_widths:.3f}), {count} attributions"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="{_WIDTH}" '
        f'height="{_HEIGHT}" font-family="sans-serif" font-size="12" role="img">',
        f"<title>{escape(heading)}</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="24" font-size="15" font-weight="bold">{escape(title)}: ECE {measured.error:.3f}</text>',
        f'<text x="{_LEFT}" y="44" fill="#555">{count} attributions; ECE over bins of equal width '
        f"{measured.error_of_widths:.3f}</text>",
        *_axes(),
        *_circles(measured.equal_width),
        *_dots(measured.equal_count),
        *_legend(),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bin(some: Sequence[Answer]) -> Bin:
    count = len(some)
    return Bin(count, sum(one.confidence for one in some) / count, sum(one.is_right for one in some) / count)


def _x(confidence: float) -> str:
    return f"{_LEFT + _PLOT * confidence:.1f}"


def _y(share: float) -> str:
    return f"{_TOP + _PLOT * (1 - share):.1f}"


def _axes() -> Iterator[str]:
    for tick in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        yield f'<path d="M{_x(tick)} {_y(0)}V{_y(1)}M{_x(0)} {_y(tick)}H{_x(1)}" stroke="#ddd" fill="none"/>'
        yield f'<text x="{_x(tick)}" y="{_TOP + _PLOT + 18}" text-anchor="middle">{tick:.1f}</text>'
        yield f'<text x="{_LEFT - 8}" y="{float(_y(tick)) + 4:.1f}" text-anchor="end">{tick:.1f}</text>'
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{_PLOT}" height="{_PLOT}" fill="none" stroke="#333"/>'
    yield f'<path d="M{_x(0)} {_y(0)}L{_x(1)} {_y(1)}" stroke="#333" stroke-dasharray="5 4"/>'
    middle = _TOP + _PLOT // 2
    yield f'<text x="{_LEFT + _PLOT // 2}" y="{_HEIGHT - 18}" text-anchor="middle">confidence</text>'
    yield f'<text transform="translate(22 {middle}) rotate(-90)" text-anchor="middle">share that was right</text>'


def _circles(bins: Sequence[Bin]) -> Iterator[str]:
    fullest = max((one.count for one in bins), default=1)
    for one in bins:
        radius = max(2.0, _LARGEST * sqrt(one.count / fullest))
        yield (
            f'<circle cx="{_x(one.confidence)}" cy="{_y(one.right)}" r="{radius:.1f}" fill="#4a90d9" '
            f'fill-opacity="0.35" stroke="#2a6099">{_told(one)}</circle>'
        )


def _dots(bins: Sequence[Bin]) -> Iterator[str]:
    for one in bins:
        low, high = _wilson(one)
        yield f'<path d="M{_x(one.confidence)} {_y(low)}V{_y(high)}" stroke="#b3261e"/>'
        yield f'<circle cx="{_x(one.confidence)}" cy="{_y(one.right)}" r="3.5" fill="#b3261e">{_told(one)}</circle>'


def _legend() -> Iterator[str]:
    x, y = _LEFT + 14, _TOP + 20
    yield f'<circle cx="{x}" cy="{y}" r="7" fill="#4a90d9" fill-opacity="0.35" stroke="#2a6099"/>'
    yield f'<text x="{x + 14}" y="{y + 4}">bins of equal width, area by count</text>'
    yield f'<circle cx="{x}" cy="{y + 20}" r="3.5" fill="#b3261e"/>'
    yield f'<text x="{x + 14}" y="{y + 24}">bins of equal counts, 95 % interval</text>'


def _told(one: Bin) -> str:
    return f"<title>{one.count} attributions, confidence {one.confidence:.3f}, right {one.right:.3f}</title>"


def _wilson(one: Bin) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    z, n, p = 1.96, one.count, one.right
    middle, spread = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)
