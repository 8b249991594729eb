"""The opaque ids of clients: base64url of "Type:uuid", made and read here alone."""

import base64
import binascii
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from schema.graphql.errors import BadUserInputError
from schema.graphql.limits import MAX_IDS

SPEAKERS = ("Person", "Organization", "UnnamedSource")


@dataclass(frozen=True, slots=True)
class GlobalId:
    """The type and the row that an id means."""

    type: str
    uuid: UUID


def encode(type_name: str, uuid: UUID) -> str:
    """The id that clients see.

    >>> encode("Source", UUID(int=1))
    'U291cmNlOjAwMDAwMDAwLTAwMDAtMDAwMC0wMDAwLTAwMDAwMDAwMDAwMQ'
    """
    return base64.urlsafe_b64encode(f"{type_name}:{uuid}".encode()).decode().rstrip("=")


def decode(value: str) -> GlobalId | None:
    """What an id means, or None when Quoth never gave it (each row has exactly one spelling)."""
    try:
        text = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
        type_name, _, uuid = text.partition(":")
        found = GlobalId(type_name, UUID(uuid))
    except (binascii.Error, ValueError):
        return None
    return found if encode(found.type, found.uuid) == value else None


def lookup(value: str, types: Collection[str]) -> UUID | None:
    """The row an id means, or None when it means none of these types: not found is null."""
    found = decode(value)
    return found.uuid if found and found.type in types else None


def wanted(values: Sequence[str], types: Sequence[str], place: str) -> list[UUID]:
    """The rows a filter asks for.

    Raises BadUserInputError for an id that can match nothing: left out silently, it would widen or empty the answer.
    """
    if len(values) > MAX_IDS:
        raise BadUserInputError(place, len(values), f"ids are more than the {MAX_IDS} one filter takes; ask in several")
    found = []
    for value in values:
        uuid = lookup(value, types)
        if uuid is None:
            raise BadUserInputError(place, value, f"is no id of {' or '.join(types)}; give one that an answer held")
        found.append(uuid)
    return found
