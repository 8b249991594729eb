"""What people decided belongs together or apart: reports of one remark or of two, articles of one event.

Not for what else they decide about reports (etl.load.corrected). Where two decisions contradict each other, the later
one holds and the earlier one as far as it leaves it. Members that are not there are not counted.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from uuid import UUID

from sqlalchemy import Connection, select

from etl.cluster import components, pair
from etl.load import rows, turns
from schema import decisions, tables
from schema.decisions import EventMerge, StatementMerge, StatementSplit

Grouping = StatementMerge | StatementSplit | EventMerge


@dataclass(frozen=True, slots=True)
class Settled:
    """What several decisions come to. together: groups of two or more, none sharing a member; apart: by pair(a, b)."""

    together: tuple[frozenset[UUID], ...]
    apart: frozenset[tuple[UUID, UUID]]


def settled(groupings: Sequence[Grouping], there: Collection[UUID]) -> Settled:
    """What these decisions, the earliest first, say of those of their members that are there."""
    groups = _Groups()
    for one in reversed(groupings):
        members, others = (sorted({*its} & set(there)) for its in _sides(one))
        groups.part(members, others)
        groups.join(members)
    return groups.settled()


def _sides(one: Grouping) -> tuple[tuple[UUID, ...], tuple[UUID, ...]]:
    """Who belongs together, and whom none of them belongs with."""
    match one:
        case StatementMerge():
            return one.reports, ()
        case StatementSplit():
            return one.reports, one.rest
        case EventMerge():
            return one.articles, ()


class _Groups:
    """Groups of members while decisions are heard, the latest first: what is settled, none heard later changes."""

    def __init__(self) -> None:
        self._group: dict[UUID, set[UUID]] = {}
        self._apart: dict[UUID, set[UUID]] = {}

    def part(self, members: Iterable[UUID], others: Iterable[UUID]) -> None:
        """Keeps each of the members from each of the others, but those that are in one group already."""
        for a, b in product(members, others):
            if b not in self._of(a):
                self._apart.setdefault(a, set()).add(b)
                self._apart.setdefault(b, set()).add(a)

    def join(self, members: Iterable[UUID]) -> None:
        """Makes one group of the members, or as few as leave apart what is apart."""
        found: list[UUID] = []
        for member in members:
            for other in found:
                if self._can_join(member, other):
                    self._unite(member, other)
                    break
            else:
                found.append(member)

    def settled(self) -> Settled:
        """What has been heard."""
        groups = {min(group): frozenset(group) for group in self._group.values() if len(group) > 1}
        apart = {pair(a, b) for a, others in self._apart.items() for b in others}
        return Settled(tuple(groups[first] for first in sorted(groups)), frozenset(apart))

    def _of(self, member: UUID) -> set[UUID]:
        return self._group.setdefault(member, {member})

    def _can_join(self, a: UUID, b: UUID) -> bool:
        return all(self._apart.get(member, set()).isdisjoint(self._of(b)) for member in self._of(a))

    def _unite(self, a: UUID, b: UUID) -> None:
        both = self._of(a) | self._of(b)
        self._group |= dict.fromkeys(both, both)


class Decided:
    """What people decided about members of groups, read once as they are asked for.

    about: the decisions in force about some members and all named with them, the earliest first. there: which of some
    members are stored, or about to be.
    """

    def __init__(
        self,
        connection: Connection,
        about: Callable[[Connection, Collection[UUID]], Sequence[Grouping]],
        there: Callable[[Collection[UUID]], set[UUID]],
    ) -> None:
        self._connection, self._about, self._there = connection, about, there
        self._is_silent = not decisions.are_there(connection)
        self._asked: set[UUID] = set()
        self._named_with: dict[UUID, frozenset[UUID]] = {}
        self._together: list[frozenset[UUID]] = []
        self._apart: set[tuple[UUID, UUID]] = set()

    def named_with(self, members: Collection[UUID]) -> set[UUID]:
        """All that are there and named in one decision with one of these, however indirectly."""
        self._ask(members)
        return set().union(*(self._named_with[one] for one in members if one in self._named_with))

    def among(self, members: Collection[UUID]) -> Settled:
        """What holds between any two of these."""
        self._ask(members)
        inside = set(members)
        together = (group & inside for group in self._together)
        return Settled(
            tuple(group for group in together if len(group) > 1),
            frozenset(both for both in self._apart if inside.issuperset(both)),
        )

    def _ask(self, members: Collection[UUID]) -> None:
        new = set() if self._is_silent else set(members) - self._asked
        found = self._about(self._connection, new) if new else ()
        named = {member for one in found for its in _sides(one) for member in its}
        self._asked |= new | named
        if not named:
            return
        there = self._there(named)
        for hanging in components(named, _ties(found)):
            of_it = there.intersection(hanging)
            self._named_with |= dict.fromkeys(hanging, frozenset(of_it))
        now = settled(found, there)
        self._together += now.together
        self._apart |= now.apart


def _ties(groupings: Iterable[Grouping]) -> Iterable[tuple[UUID, UUID]]:
    """Pairs by which all that one decision names hang together."""
    for one in groupings:
        (first, *members), others = _sides(one)
        for other in (*members, *others):
            yield first, other


def about_reports(connection: Connection, fresh: Collection[UUID]) -> Decided:
    """What people decided about remarks. fresh: reports that are about to be stored.

    A report that somebody rejected carries no remark, nor does one of an earlier text: they are not counted.
    """
    report = rows.table_of(tables.Report)

    def there(reports: Collection[UUID]) -> set[UUID]:
        query = select(report.c.id).where(report.c.text_hash.is_(None))
        stored = {row.id for row in rows.among(connection, query, report.c.id, reports)}
        return (stored | set(fresh).intersection(reports)) - decisions.rejections(connection, reports).keys()

    return Decided(connection, decisions.about_statements, there)


def about_articles(connection: Connection) -> Decided:
    """What people decided about events; every article is stored."""
    article = rows.table_of(tables.Article)

    def there(articles: Collection[UUID]) -> set[UUID]:
        # A load of other days may be bringing the others: whoever is second has to see what the first one stored.
        turns.settle_people(connection)
        return {row.id for row in rows.among(connection, select(article.c.id), article.c.id, articles)}

    return Decided(connection, decisions.about_events, there)
