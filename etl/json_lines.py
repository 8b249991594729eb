"""A JSON lines file -> the object of each line. What is wrong is said with its place and the way out."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from etl.errors import FieldError, PredictError
from etl.fields import publication_date
from schema.dates import Edtf
from schema.errors import QuothError

_SHOWN = 40
"""Characters of a value that an error repeats."""


def lines_of(path: Path, what: str) -> Iterator[tuple[int, str, bytes]]:
    """The number, the place and the bytes of each line that is not blank. what: of which the file has one a line.

    Raises PredictError where the file cannot be read.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise PredictError(f"{path}: {error.strerror}; give a file of {what}, one a line") from error
    with file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, f"{path}:{number}", line


def date_of(row: Mapping[str, Any], place: str, tell: Callable[[str], object]) -> Edtf | None:
    """The "date" of an object, None where it has none; one that is no date, or of the future, is told."""
    date = row.get("date")
    if not date:
        return None
    try:
        return publication_date(str(date), now=datetime.now(UTC))
    except FieldError:
        tell(f"{place}: 'date' is {shown(date)}; give a date such as 2022-01-17, not of the future, or leave it out")
        return None


def object_of(line: bytes, place: str, wanted: str, error: type[QuothError]) -> dict[str, Any]:
    """The JSON object of a line. wanted: what to give instead. Raises the error, told what is wrong, for none."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as cause:
        raise error(f"{place}: byte {cause.start + 1} of the line is not UTF-8; write the file as UTF-8") from cause
    except json.JSONDecodeError as cause:
        raise error(f"{place}: not JSON at character {cause.pos + 1} ({cause.msg}); {wanted}") from cause
    except RecursionError as cause:
        raise error(f"{place}: nested too deep; {wanted}") from cause
    except ValueError as cause:
        # A number of more digits than Python takes.
        raise error(f"{place}: {cause}; {wanted}") from cause
    if not isinstance(row, dict):
        raise error(f"{place}: a {type(row).__name__}, not an object; {wanted}")
    return row


def shown(value: object) -> str:
    """A value as an error names it, short."""
    text = json.dumps(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 3] + "..."
