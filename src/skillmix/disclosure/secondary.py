"""Which further rows are not shown, so that what is hidden stays hidden.

A hidden count of 1 to 4 people must be able to be each of 1 to 4, whatever adds up in
the result: as far as it could be if none of the rows about it were shown. While it
cannot, the fewest people shown in the sums about it are hidden too, with every row
that shows them; of two alike, the one that comes first. No number that is shown is
ever moved.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property

from skillmix.disclosure.attacker import (
    ANY,
    HIDDEN,
    SOME,
    Range,
    exact_ranges,
    ranges,
    shown_as,
    within,
)
from skillmix.disclosure.relations import (
    CASES,
    SIDES,
    Equation,
    Line,
    Relations,
    is_ring,
    relations,
    tied,
)
from skillmix.disclosure.thresholds import (
    ROUND_TO,
    SMALLEST_SHOWN,
    is_small,
    round_count,
)

_MOST_TOGETHER = 60


def further_hidden(lines: Sequence[Line], hidden: Set[int]) -> frozenset[int]:
    """Return the rows to hide beside those that rest on few people themselves.

    Args:
        lines: The rows of one result, in their order.
        hidden: The rows that rest on 1 to 4 people.
    """
    if not hidden:
        return frozenset()
    seen = View(lines, relations(lines))
    return _further(seen, tied(seen.relations.equations), hidden)


def hidden_counts(
    values: Sequence[int], equations: Sequence[Equation], unseen: Set[int]
) -> frozenset[int]:
    """Return which counts are not shown, where it is known which add up to which.

    Args:
        values: Each count, exact; equations speak of them by their places.
        equations: Signs and counts that add up to nothing.
        unseen: Counts that stand nowhere, and only add up to others.
    """
    places = range(len(values))
    told = Relations(
        counts_of=tuple((None, place) for place in places),
        values=tuple(values),
        equations=tuple(equations),
    )
    lines = [
        Line(keys={"count": place}, measure="people", counts=(None, values[place]))
        for place in places
    ]
    few = {place for place in places if is_small(values[place])}
    hidden = frozenset(unseen | few)
    seen = View(lines, told)
    # Each sum by itself first: that is quick, and leaves little to find in all of them,
    # which are looked at together only where they are few.
    together = [one for one in tied(equations) if len(one) <= _MOST_TOGETHER]
    return hidden | _further(seen, [*([one] for one in equations), *together], hidden)


def _further(
    seen: View, together: Iterable[Sequence[Equation]], hidden: Set[int]
) -> frozenset[int]:
    """Return the rows to hide for sums that are looked at together, set after set."""
    also: set[int] = set()
    for sums in together:
        if any(is_small(seen.relations.values[c]) for c in counts_in(sums)):
            also |= _Secret(seen, sums, hidden | also).cover()
    return frozenset(also)


class View:
    """A result as its reader sees it, once some of its rows are hidden."""

    def __init__(self, lines: Sequence[Line], told: Relations) -> None:
        self._lines = lines
        self.relations = told
        self.rows_of: dict[int, list[int]] = {}
        for row, pair in enumerate(self.relations.counts_of):
            for count in dict.fromkeys(n for n in pair if n is not None):
                self.rows_of.setdefault(count, []).append(row)
        weighted = {
            line.measure
            for line in lines
            if line.counts[CASES] != abs(line.numerator or 0)
        }
        self._whole = {line.measure for line in lines} - weighted

    def known(self, counts: Iterable[int], hidden: Set[int]) -> dict[int, Range]:
        """Return what the rows say of each count by itself."""
        return {count: self._known(count, hidden) for count in counts}

    def rows_about(self, sums: Sequence[Equation]) -> set[int]:
        """Return the rows in which any count of some sums stands."""
        return {row for count in counts_in(sums) for row in self.rows_of[count]}

    def shown_about(
        self, count: int, sums: Sequence[Equation], hidden: Set[int]
    ) -> list[set[int]]:
        """Return the rows that show each count beside one, the fewest people first.

        Those in the same sums are meant; those farther away only if there are none.
        """
        near = [one for one in sums if count in counts_in([one])]
        for about in (near, sums):
            shown = {
                other: rows
                for other in counts_in(about)
                if self.relations.values[other]
                and (rows := {*self.rows_of[other]} - hidden)
            }
            if shown:
                break
        order = sorted(shown, key=lambda c: (self.relations.values[c], min(shown[c])))
        return [shown[other] for other in order]

    def _known(self, count: int, hidden: Set[int]) -> Range:
        value = self.relations.values[count]
        found = HIDDEN if is_small(value) else SOME if value else ANY
        for row in self.rows_of[count]:
            if row not in hidden:
                for side in SIDES:
                    if self.relations.counts_of[row][side] == count:
                        found = within(found, self._shown(row, side, value))
        return found

    def _shown(self, row: int, side: int, value: int) -> Range:
        """Return what one place of a row that is shown says of its count."""
        line = self._lines[row]
        if side != CASES or line.measure in self._whole or value == 0:
            return shown_as(round_count(value) or 0)
        # A numerator in FTE: at least as many people, by what is shown of it.
        least = math.ceil((round_count(abs(line.numerator or 0)) or 0) - ROUND_TO / 2)
        return Range(max(min(least, value), SMALLEST_SHOWN), math.inf)


class _Secret:
    """The counts of 1 to 4 people in sums that hang together."""

    def __init__(self, seen: View, sums: Sequence[Equation], hidden: Set[int]) -> None:
        self._seen, self._sums, self._hidden = seen, sums, hidden
        self._counts = counts_in(sums)
        self.counts = [c for c in self._counts if is_small(seen.relations.values[c])]
        # Bounds passed along are exact where there is no ring.
        self._ring = is_ring(sums)

    @cached_property
    def _asked(self) -> Mapping[int, Range]:
        """What each count could be if none of the rows about it were shown."""
        unseen = self._hidden | self._seen.rows_about(self._sums)
        known = self._seen.known(self._counts, unseen)
        if self._ring:
            return exact_ranges(known, self._sums, self.counts)
        return ranges(known, self._sums)

    def bare(self, also: Set[int]) -> list[int]:
        """Return the counts that are narrower than asked once more rows are hidden."""
        known = self._seen.known(self._counts, self._hidden | also)
        found = self._narrower(ranges(known, self._sums))
        if found or not self._ring:
            return found
        return self._narrower(exact_ranges(known, self._sums, self.counts))

    def _narrower(self, left: Mapping[int, Range]) -> list[int]:
        return [
            count
            for count in self.counts
            if not left[count].covers(HIDDEN)
            and not left[count].covers(self._asked[count])
        ]

    def cover(self) -> set[int]:
        """Return the rows to hide until none is narrower than asked."""
        steps: list[set[int]] = []
        while found := self.bare(also := _union(steps)):
            choice = self._seen.shown_about(found[0], self._sums, self._hidden | also)
            if not choice:
                break
            enough = (rows for rows in choice if found[0] not in self.bare(also | rows))
            steps.append(next(enough, choice[0]))
        # What was hidden early may no longer be needed.
        for step in list(steps):
            others = [one for one in steps if one is not step]
            if not self.bare(_union(others)):
                steps = others
        return _union(steps)


def _union(steps: Iterable[Set[int]]) -> set[int]:
    return set[int]().union(*steps)


def counts_in(sums: Sequence[Equation]) -> list[int]:
    """Return the numbers of the counts that some sums are of."""
    return sorted({count for one in sums for _, count in one})
