"""The opaque ids of clients: base64url of "Type:uuid", made and read here alone."""

import base64
import binascii
from dataclasses import dataclass
from uuid import UUID


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
