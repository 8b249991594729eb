"""Which media type a client wants, from its Accept header. Source: RFC 9110, section 12.5.1."""

from collections.abc import Sequence


def preferred(accept: str, offered: Sequence[str]) -> str | None:
    """The media type of those offered that the client wants most, or None when it takes none of them.

    offered: the one to give when the client does not care comes first. Of types wanted equally the one named in full
    wins over one that only a wildcard covers, then the one the client names first.

    >>> preferred("text/html, application/json;q=0.9, */*;q=0.8", ["application/json", "text/html"])
    'text/html'
    >>> preferred("*/*", ["application/json", "text/html"])
    'application/json'
    >>> preferred("image/png", ["application/json", "text/html"]) is None
    True
    """
    ranges = [_weighted(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    best: tuple[tuple[float, int, int], str] | None = None
    for media_type in offered:
        rank = _rank(media_type, ranges)
        if rank is not None and (best is None or rank > best[0]):
            best = (rank, media_type)
    return best[1] if best else None


def _rank(media_type: str, ranges: Sequence[tuple[str, float]]) -> tuple[float, int, int] | None:
    """How much a type is wanted: weight, how exactly it is named (0 to 2), how early; None when it is refused."""
    kind = media_type.partition("/")[0]
    named = {media_type: 2, f"{kind}/*": 1, "*/*": 0}
    matching = [(named[wanted], -place, weight) for place, (wanted, weight) in enumerate(ranges) if wanted in named]
    if not matching:
        return None
    exactness, place, weight = max(matching)  # the most exact range decides: text/html;q=0, */* refuses text/html
    return (weight, exactness, place if exactness else 0) if weight > 0 else None


def _weighted(media_range: str) -> tuple[str, float]:
    """A range of an Accept header and its weight, 0 to 1; a weight that is no number counts as 1."""
    name, *parameters = (part.strip().lower() for part in media_range.split(";"))
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        if key.strip() == "q":
            return name, _weight(value.strip())
    return name, 1.0


def _weight(value: str) -> float:
    try:
        weight = float(value)
    except ValueError:
        return 1.0
    return min(max(weight, 0.0), 1.0) if weight == weight else 1.0
