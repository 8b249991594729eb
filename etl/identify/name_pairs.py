"""JSON lines of pairs of names -> the pairs. What is wrong with a line is said with its place and the way out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from etl.identify.errors import PairError
from etl.json_lines import object_of, shown

_WANTED = 'give one object a line: {"name1": "Jane Okafor", "name2": "J. Okafor"}'
_LABELLED = 'give true or false: {"name1": "Jane Okafor", "name2": "J. Okafor", "same": true}'


@dataclass(frozen=True, slots=True)
class NamePair:
    """Two names as printed; same: whether they are of one person, None where nobody says."""

    name1: str
    name2: str
    same: bool | None = None


def read_pairs(path: Path, tell: Callable[[str], object], *, labelled: bool = False) -> Iterator[NamePair]:
    """The pairs of a file, in its order; each line that has none is told and left out.

    labelled: whether a line must say if the names are of one person; `same` is not looked at otherwise.
    Raises PairError where the file cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise PairError(f"{path}: {error.strerror}; give a file of one pair of names a line") from error
    with file:
        for number, line in enumerate(file, start=1):
            if not line.strip():
                continue
            try:
                yield pair_of(line, f"{path}:{number}", labelled=labelled)
            except PairError as error:
                tell(str(error))


def pair_of(line: bytes, place: str, *, labelled: bool = False) -> NamePair:
    """The pair of a line. Raises PairError where it has none."""
    row = object_of(line, place, _WANTED, PairError)
    for name in ("name1", "name2"):
        if name not in row:
            raise PairError(f"{place}: no {name!r}; {_WANTED}")
        if not isinstance(row[name], str):
            raise PairError(f"{place}: {name!r} is {shown(row[name])}, not a string; {_WANTED}")
    if not labelled:
        return NamePair(row["name1"], row["name2"])
    if "same" not in row:
        raise PairError(f"{place}: no 'same', without which nothing is scored; {_LABELLED}")
    if not isinstance(row["same"], bool):
        raise PairError(f"{place}: 'same' is {shown(row['same'])}; {_LABELLED}")
    return NamePair(row["name1"], row["name2"], row["same"])
