"""An audit of what was hidden: can a reader work it out after all?

Secondary suppression passes bounds along the sums of a result, which is quick. The
audit asks for each hidden count of 1 to 4 people the least and the most it can be with
all sums met at once, each a whole-number programme. It is slow, and is run by the tests
over every question, not with every report.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from skillmix.disclosure.attacker import Range
from skillmix.disclosure.relations import Equation, Line, tied
from skillmix.disclosure.secondary import View, counts_in
from skillmix.disclosure.thresholds import is_small

# How the solver says that no numbers fit.
_INFEASIBLE = 2


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
    seen = View(lines)
    found: list[Bare] = []
    for sums in tied(seen.relations.equations):
        counts = counts_in(sums)
        shown = seen.known(counts, hidden)
        whatever = {row for count in counts for row in seen.rows_of[count]}
        unseen = seen.known(counts, hidden | whatever)
        for count in counts:
            value = seen.relations.values[count]
            if is_small(value):
                left = exact_range(count, shown, sums)
                asked = exact_range(count, unseen, sums)
                if left != asked:
                    rows = tuple(lines[row] for row in seen.rows_of[count])
                    found.append(Bare(count=value, left=left, asked=asked, lines=rows))
    return found


def exact_range(
    count: int, known: Mapping[int, Range], equations: Sequence[Equation]
) -> Range:
    """Return what one count can be, all sums met at once in whole numbers.

    Args:
        count: The count asked for.
        known: What is known of each count by itself.
        equations: Signs and counts that add up to nothing.

    Raises:
        ValueError: If no counts fit all that is told.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {one: n for n, one in enumerate(known)}
    matrix = np.zeros((len(equations), len(known)))
    for row, equation in enumerate(equations):
        for sign, one in equation:
            matrix[row, place[one]] += sign
    low, high = np.array(list(known.values()), dtype=float).T
    ends: list[float] = []
    for way in (1.0, -1.0):
        goal = np.zeros(len(known))
        goal[place[count]] = way
        solved = milp(
            goal,
            constraints=LinearConstraint(matrix, 0, 0),
            bounds=Bounds(low, high),
            integrality=np.ones(len(known)),
        )
        if solved.status == _INFEASIBLE:
            raise ValueError("no counts fit all that is told")
        ends.append(way * round(solved.fun) if solved.success else way * -math.inf)
    return Range(ends[0], ends[1])
