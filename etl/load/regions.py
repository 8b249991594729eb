"""What has to be grouped anew when some members changed, and no more: articles into events, reports into statements.

Groups join while the mean likeness of their members is at least a threshold, so that at least one pair of theirs has
it. A stored group that no changed member is that much alike to comes out as it stands, whatever happens elsewhere. So
a region is closed when its changed groups reach no group outside, and whoever is named with a member in what people
decided is in it, too; grouping it is grouping everything.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Connection, Select, select, true

from etl.load import rows

Evidence = TypeVar("Evidence")
Group = TypeVar("Group")
Pairs = Mapping[tuple[UUID, UUID], Evidence]


class Groups(Generic[Evidence]):
    """The stored groups of members and the evidence between members, read once as they are asked for.

    member, group: columns of the table that tells which member is in which group, by those of its rows that are meant.
    pairs: the two columns of the table of evidence; evidence: of its rows.
    """

    def __init__(
        self,
        connection: Connection,
        member: Column[Any],
        group: Column[Any],
        pairs: tuple[Column[Any], Column[Any]],
        evidence: Callable[[Any], Evidence],
        meant: ColumnElement[bool] | None = None,
    ) -> None:
        self._connection = connection
        self._member, self._group, self._pairs, self._evidence = member, group, pairs, evidence
        self._meant = true() if meant is None else meant
        self._members: dict[UUID, frozenset[UUID]] = {}
        self._compared: set[UUID] = set()
        self.of: dict[UUID, UUID] = {}

    @property
    def read(self) -> frozenset[UUID]:
        """All members that were looked at."""
        return frozenset(self.of).union(self._compared)

    def companions(self, members: Collection[UUID]) -> set[UUID]:
        """The members and all that are in one group with them; one that is in none stands alone."""
        query = select(self._group.label("group"), self._member.label("member")).where(self._meant)
        new = set(members) - set(self.of)
        groups = {row.group for row in rows.among(self._connection, query, self._member, new)} - set(self._members)
        found: dict[UUID, set[UUID]] = {}
        for row in rows.among(self._connection, query, self._group, groups):
            found.setdefault(row.group, set()).add(row.member)
            self.of[row.member] = row.group
        self._members |= {group: frozenset(its) for group, its in found.items()}
        return set(members).union(*(self._members[self.of[one]] for one in members if one in self.of))

    def tell(self, members: Collection[UUID]) -> None:
        """All evidence on these members is known: it need not be read."""
        self._compared |= set(members)

    def changed(self, groups: Iterable[Collection[UUID]]) -> set[UUID]:
        """The members of groups that do not stand so in the database."""
        return {one for group in groups if not self._is_stored(frozenset(group)) for one in group}

    def evidence(self, members: Collection[UUID]) -> dict[tuple[UUID, UUID], Evidence]:
        """What is stored between these members and any others; not told again for members asked about before."""
        new = set(members) - self._compared
        self._compared |= new
        ends = {one.name for one in self._pairs}
        others = (column for column in self._pairs[0].table.columns if column.name not in ends)
        query: Select[Any] = select(*self._pairs, *others)
        both = itemgetter(0, 1)
        return {
            both(row): self._evidence(row)
            for column in self._pairs
            for row in rows.among(self._connection, query, column, new)
        }

    def _is_stored(self, group: frozenset[UUID]) -> bool:
        stored = self.of.get(next(iter(group)))
        return stored is not None and self._members[stored] == group


def regrouped(
    stored: Groups[Evidence],
    start: Collection[UUID],
    fresh: Pairs[Evidence],
    told: Collection[UUID],
    *,
    joins: Callable[[Evidence], bool],
    decided: Callable[[Collection[UUID]], Collection[UUID]],
    group: Callable[[Collection[UUID], Pairs[Evidence]], Sequence[Group]],
    members: Callable[[Group], Collection[UUID]],
) -> tuple[Sequence[Group], Pairs[Evidence]]:
    """The groups that come out of a change, with those that could have, and the evidence on their members.

    start: whoever changed, or was in one group or evidence with somebody who is gone. fresh: evidence found
    just now. told: members on whom it is all that there is, stored or not.
    joins: whether evidence is enough for two members alone. decided: all that people named with one of these. group:
    groups members by the evidence on them, that between one of them and somebody outside included. members: those of a
    group.
    """

    def whole(found: Collection[UUID]) -> set[UUID]:
        return stored.companions({*found, *decided(found)})

    stored.tell(told)
    disturbed = whole(start)
    evidence = {**stored.evidence(disturbed), **fresh}
    region = disturbed | whole(_reached(disturbed, evidence, joins))
    while True:
        evidence = {**stored.evidence(region), **evidence}
        around = {key: one for key, one in evidence.items() if not region.isdisjoint(key)}
        groups = group(region, around)
        disturbed |= stored.changed(map(members, groups))
        beyond = whole(_reached(disturbed, evidence, joins)) - region
        if not beyond:
            return groups, around
        region |= beyond


def _reached(members: Collection[UUID], evidence: Pairs[Evidence], joins: Callable[[Evidence], bool]) -> set[UUID]:
    """Whoever may join one of these members."""
    return {
        other for key, one in evidence.items() if joins(one) for member, other in (key, key[::-1]) if member in members
    }
