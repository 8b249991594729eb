"""A line of a JSON lines file -> its object. What is wrong with it is said with its place and the way out."""

import json
from typing import Any

from schema.errors import QuothError

_SHOWN = 40
"""Characters of a value that an error repeats."""


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
