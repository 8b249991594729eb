"""The shape of the label files, as pydantic checks it; what the pieces point at is for etl.evaluate.labels."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, StringConstraints, TypeAdapter, ValidationError

from schema.enums import Act, AttributionBasis, DateBasis, SpeakerType, StatementKind

Word = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Shape = TypeVar("Shape")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Said(_Strict):
    """When it was said."""

    on: str | None
    expression: Word
    basis: DateBasis


class Attribution(_Strict):
    """One attribution; a piece is a string or {"text", "nth"}, checked by etl.evaluate.pieces."""

    id: Word
    content: list[Any]
    source: Any
    cue: Any
    kind: StatementKind
    act: Act
    basis: AttributionBasis
    denied: bool = False
    speaker: Word | None
    chain: list[tuple[Literal["RELAYER"], Word | None, Word]] = []
    said: Said | None
    statement: Word
    mentions: list[tuple[Any, Word]] = []


class Article(_Strict):
    """A file of articles/."""

    article: Word
    event: Word
    copy_of: Word | None
    correction_of: Word | None
    attributions: list[Attribution]


class Party(_Strict):
    """An entry of parties.json."""

    type: SpeakerType
    name: Word
    outlet: Word | None = None


class Pair(_Strict):
    """An entry of look_alikes.json."""

    a: Word
    b: Word
    why: Word


ARTICLE = TypeAdapter(Article)
PARTIES = TypeAdapter(dict[str, Party])
PAIRS = TypeAdapter(list[Pair])


def read_json(path: Path, shape: TypeAdapter[Shape], problems: list[str]) -> Shape | None:
    """What a label file holds; None, and one problem for everything wrong with it, when it is not as it must be."""
    try:
        content = path.read_bytes()
    except OSError as error:
        problems.append(f"{path}: cannot be read ({error.strerror}); put the file there, see README.md beside it")
        return None
    try:
        return shape.validate_json(content)
    except ValidationError as error:
        found = _loose(content)
        for one in error.errors():
            given = "" if one["type"] in ("missing", "json_invalid") else f" is {str(one['input'])[:60]!r}"
            problems.append(f"{path}: {_place(one['loc'], found)}{given}: {one['msg']}; correct it, see the guide")
        return None


def _loose(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None


def _place(loc: Sequence[int | str], found: Any) -> str:
    """The place of an error, an attribution by its id rather than its number."""
    match list(loc):
        case ["attributions", int(number), *rest]:
            item = found["attributions"][number]
            name = item.get("id", "") if isinstance(item, dict) else ""
            return f"attribution {name!r} (number {number + 1})" + "".join(f", {part}" for part in rest)
        case []:
            return "the file"
        case parts:
            return ", ".join(str(part) for part in parts)
