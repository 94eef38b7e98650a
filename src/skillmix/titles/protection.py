"""Which counts of people a list of titles may tell, with all that adds up in it.

Counts of 1 to 4 people are not shown, others are rounded, and titles that fewer than
five people hold are not named, whether a staff record or a list counts them: a rare
title tells who holds it. A count from which such a one could be worked out, because
titles add up to roles, bands and employers, is not shown either.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from skillmix.disclosure.relations import Equation
from skillmix.disclosure.secondary import hidden_counts
from skillmix.disclosure.thresholds import SMALLEST_SHOWN, is_small, round_count
from skillmix.titles.clarity import EVERYBODY, Clarity
from skillmix.titles.harmonise import Harmonised
from skillmix.titles.proposal import Proposal, Spread, Standard, changes

Unit = Literal["people", "lines"]
Spreads = Mapping[str, Sequence[Spread]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """What may be told of counts.

    Attributes:
        unit: "people", or "lines" of a list that says nothing of people.
        internal: Whether exact counts are asked for, for internal use.
    """

    unit: Unit
    internal: bool = False

    @property
    def exact(self) -> bool:
        """Whether every count is told as it is."""
        return self.unit == "lines" or self.internal

    @property
    def told(self) -> str:
        """What was done, in words."""
        if self.unit == "lines":
            return "the list counts no people"
        if self.internal:
            return "internal, not for publication"
        return (
            "counts of 1 to 4 people are not shown, nor counts that would give them "
            "away; others are rounded to 5; titles of fewer than 5 people are not named"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The counts of people that are told of a list, by what they are of.

    Attributes:
        values: Each count, exact.
        sums: Sums that hold among them: one count, and those that make it.
        unseen: Counts that stand nowhere, and only add up to others.
        hidden: Counts that are not shown; empty until they are protected.
        exact: Whether the others are told as they are.
    """

    values: dict[Hashable, int] = field(default_factory=dict[Hashable, int])
    sums: list[tuple[Hashable, tuple[Hashable, ...]]] = field(
        default_factory=list[tuple[Hashable, tuple[Hashable, ...]]]
    )
    unseen: set[Hashable] = field(default_factory=set[Hashable])
    hidden: set[Hashable] = field(default_factory=set[Hashable])
    exact: bool = False

    def shown(self, *of: Hashable) -> int | None:
        """Return a count as it may be shown, or None."""
        if of in self.hidden:
            return None
        return self.rounded(self.values[of])

    def rounded(self, count: int) -> int:
        """Return a count that may be shown as it is told."""
        return count if self.exact else int(round_count(count) or 0)

    def is_few(self, *of: Hashable) -> bool:
        """Tell whether a count is of 1 to 4 people and must not be shown."""
        return not self.exact and is_small(self.values[of])

    def names(self, *of: Hashable) -> bool:
        """Tell whether what so many people hold or share may be named."""
        if self.exact:
            return True
        return of not in self.hidden and self.values[of] >= SMALLEST_SHOWN

    def equations(self) -> list[Equation]:
        """Return the sums, counts by their places among the values."""
        place = {of: n for n, of in enumerate(self.values)}
        return [
            ((1, place[whole]), *((-1, place[part]) for part in parts))
            for whole, parts in self.sums
        ]

    def add_up(self, whole: Hashable, parts: Iterable[Hashable]) -> None:
        """Keep a sum, if it is one: not every line need say its band or employer."""
        found = tuple(parts)
        if found and self.values[whole] == sum(self.values[part] for part in found):
            self.sums.append((whole, found))

    def protect(self) -> None:
        """Hide small counts, and those that would give one of them away."""
        order = list(self.values)
        unseen = {n for n, of in enumerate(order) if of in self.unseen}
        found = hidden_counts(list(self.values.values()), self.equations(), unseen)
        self.hidden.update(order[n] for n in found)


def counts_told(
    titles: Sequence[Harmonised],
    proposal: Proposal,
    clarity: Sequence[Clarity],
    spreads: Spreads,
    protection: Protection,
) -> Counts:
    """Return every count of people that is told of a list, as it may be shown.

    Args:
        titles: Titles with their roles.
        proposal: The simplification proposed of them.
        clarity: How clear they are, in all and at each employer.
        spreads: Titles of several bands and of several job roles, by kind.
        protection: What may be told.
    """
    counts = Counts(exact=protection.exact)
    for title in titles:
        counts.values["title", title.use.title] = title.use.people
    _count_spreads(counts, spreads)
    for standard in proposal.standards:
        _count_standard(counts, standard, spreads["bands"])
    _count_clarity(counts, clarity)
    _count_whole(counts, proposal)
    if not protection.exact:
        counts.protect()
    return counts


def _count_spreads(counts: Counts, spreads: Spreads) -> None:
    for kind, found in spreads.items():
        for spread in found:
            whole = (kind, spread.title)
            counts.values[whole] = spread.people
            for part, people in spread.parts.items():
                counts.values[*whole, part] = people
            counts.add_up(whole, ((*whole, part) for part in spread.parts))
            counts.add_up(whole, _titles(counts, whole, spread.members))


def _count_standard(
    counts: Counts, standard: Standard, spreads: Sequence[Spread]
) -> None:
    """Count a standard title's people: affected or not, by band and by title."""
    whole = standard.key
    affected, kept = (*whole, "affected"), (*whole, "kept")
    counts.values[whole] = standard.people
    counts.values[affected] = standard.people_affected
    changed = [t for t in standard.aliases if changes(t)]
    same = [t for t in standard.aliases if not changes(t)]
    counts.add_up(affected, _titles(counts, affected, changed))
    counts.add_up(whole, (affected, *_titles(counts, kept, same)))
    aliases = {t.use.title for t in standard.aliases}
    own = [s for s in spreads if all(t.use.title in aliases for t in s.members)]
    for band, people in standard.bands.items():
        counts.values[*whole, "band", band] = people
        within = (("bands", s.title, band) for s in own if band in s.parts)
        counts.add_up((*whole, "band", band), within)
    counts.add_up(whole, ((*whole, "band", band) for band in standard.bands))


def _titles(
    counts: Counts, of: tuple[Hashable, ...], titles: Sequence[Harmonised]
) -> list[Hashable]:
    """Return the counts of some titles, those that are not named as one.

    That a rare title is held by one person or by four tells nothing while nobody knows
    which title it is; how many hold rare titles in a role or band must stay hidden.
    """
    named: list[Hashable] = []
    rest = 0
    for title in titles:
        if is_small(title.use.people):
            rest += title.use.people
        else:
            named.append(("title", title.use.title))
    if not rest:
        return named
    unnamed = (*of, "not named")
    counts.values[unnamed] = rest
    counts.unseen.add(unnamed)
    return [*named, unnamed]


_MOST_EMPLOYERS = 12
_OF_EMPLOYER: Mapping[str, Callable[[Clarity], int]] = {
    "people": lambda c: c.people,
    "affected": lambda c: c.affected,
    "told": lambda c: c.told,
    "untold": lambda c: c.people - c.told,
}


def _count_clarity(counts: Counts, clarity: Sequence[Clarity]) -> None:
    """Count the people of each employer, which add up to those of the whole list."""
    for one in clarity:
        for name, of in _OF_EMPLOYER.items():
            counts.values["clarity", one.employer, name] = of(one)
        # Only a share tells of them.
        counts.unseen.add(("clarity", one.employer, "untold"))
        parts = (("clarity", one.employer, name) for name in ("told", "untold"))
        counts.add_up(("clarity", one.employer, "people"), parts)
    employers = [c.employer for c in clarity if c.employer != EVERYBODY]
    # Among many, what rounding leaves open is more than any hidden count.
    for name in _OF_EMPLOYER if len(employers) <= _MOST_EMPLOYERS else ():
        parts = (("clarity", employer, name) for employer in employers)
        counts.add_up(("clarity", EVERYBODY, name), parts)


def _count_whole(counts: Counts, proposal: Proposal) -> None:
    """Count the people of the whole list, to which the standard titles add up."""
    standards = proposal.standards
    untold = [s.key for s in standards if not s.role.tells_role]
    counts.unseen.discard(("clarity", EVERYBODY, "untold"))
    counts.add_up(("clarity", EVERYBODY, "people"), (s.key for s in standards))
    counts.add_up(("clarity", EVERYBODY, "untold"), untold)
    affected = ((*s.key, "affected") for s in standards)
    counts.add_up(("clarity", EVERYBODY, "affected"), affected)
