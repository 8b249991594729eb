"""The opaque ids of clients (schema.global_ids) as arguments: what they mean, and which are refused."""

from collections.abc import Collection, Sequence
from uuid import UUID

from schema.global_ids import GlobalId as GlobalId
from schema.global_ids import decode as decode
from schema.global_ids import encode as encode
from schema.graphql.errors import BadUserInputError
from schema.graphql.limits import MAX_IDS

SPEAKERS = ("Person", "Organization", "UnnamedSource")


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
