"""How rare stems are in the news: counts that ship with the project, never learned from a load."""

import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def inverse_document_frequency() -> tuple[Mapping[str, float], float]:
    """The weight of each known stem, and that of an unknown one."""
    lines = files("etl.data").joinpath("document_frequency.en.tsv").read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    counts = {stem: int(count) for stem, count in rows}
    documents = counts.pop("")
    return {stem: math.log(documents / count) for stem, count in counts.items()}, math.log(documents)


def weight_of(stem: str) -> float:
    """How telling a stem is, 0..1: its inverse document frequency as a share of that of a stem never seen."""
    weights, unknown = inverse_document_frequency()
    return weights.get(stem, unknown) / unknown
