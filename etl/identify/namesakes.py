"""People of one name told apart by their offices: the mayor Daniel Orrin and the minister Daniel Orrin.

The answer depends on the set of what articles say of the name, not on how often or in which order they say it, so that
it is the same for the thousandth article and the millionth.
"""

from collections.abc import Collection, Iterable

from etl.identify.offices import Office, exclude

Held = tuple[tuple[Office, ...], int | None]
"""The offices that one article gives a person, and the year it was published."""


def namesakes(held: Collection[Held]) -> list[frozenset[Office]]:
    """The offices of each person of a name, the one with the smallest office first; at most one where nothing excludes.

    Offices that one article gives to one person ("the minister, a former mayor"), or that nothing keeps apart, are one
    person's.
    """
    found: list[frozenset[Office]] = []
    for person in _told_together(offices for offices, _ in held):
        # The first of those found that nothing keeps apart from this one takes it in.
        for i, other in enumerate(found):
            if not _apart(person, other, held):
                found[i] = person | other
                break
        else:
            found.append(person)
    return found


def _told_together(groups: Iterable[tuple[Office, ...]]) -> list[frozenset[Office]]:
    """The groups, those that share an office joined, the one with the smallest office first."""
    joined: list[frozenset[Office]] = []
    for group in groups:
        ever = frozenset(office.ever for office in group)
        alike = [other for other in joined if other & ever]
        joined = [other for other in joined if other not in alike]
        joined.append(ever.union(*alike))
    return sorted((group for group in joined if group), key=min)


def _apart(a: frozenset[Office], b: frozenset[Office], held: Collection[Held]) -> bool:
    """Whether an office of the one excludes an office of the other at the time both are told."""
    of_a = [(office, year) for offices, year in held for office in offices if office.ever in a]
    of_b = [(office, year) for offices, year in held for office in offices if office.ever in b]
    return any(exclude(one, other, year, when) for one, year in of_a for other, when in of_b)


def whose(offices: Collection[Office], people: Collection[frozenset[Office]]) -> int | None:
    """Which of the people holds these offices, None where they tell nothing."""
    return next((i for i, person in enumerate(people) if person & {office.ever for office in offices}), None)
