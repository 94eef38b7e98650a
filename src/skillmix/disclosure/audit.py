"""An audit of what was hidden: can a reader work it out after all?

It asks of each hidden count of 1 to 4 people what it can be with all sums met at once,
ring or tree. The tests run it over every question; a report does not need it.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass

from skillmix.disclosure.attacker import Range, exact_ranges
from skillmix.disclosure.relations import Line, relations, tied
from skillmix.disclosure.secondary import View, counts_in
from skillmix.disclosure.thresholds import is_small


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare:
    """A hidden count that a reader can narrow down.

    Attributes:
        count: The count, exact.
        left: What it can be by all that is shown.
        asked: What it could be if no row about it were shown.
        lines: The rows it stands in.
    """

    count: int
    left: Range
    asked: Range
    lines: tuple[Line, ...]


def audit(lines: Sequence[Line], hidden: Set[int]) -> list[Bare]:
    """Return the counts of 1 to 4 people that a reader can narrow down.

    Args:
        lines: The rows of one result, in their order.
        hidden: The rows that are not shown.
    """
    seen = View(lines, relations(lines))
    found: list[Bare] = []
    for sums in tied(seen.relations.equations):
        counts = counts_in(sums)
        secret = [c for c in counts if is_small(seen.relations.values[c])]
        unseen = hidden | seen.rows_about(sums)
        left = exact_ranges(seen.known(counts, hidden), sums, secret)
        asked = exact_ranges(seen.known(counts, unseen), sums, secret)
        found += [
            Bare(
                count=seen.relations.values[count],
                left=left[count],
                asked=asked[count],
                lines=tuple(lines[row] for row in seen.rows_of[count]),
            )
            for count in secret
            if left[count] != asked[count]
        ]
    return found
