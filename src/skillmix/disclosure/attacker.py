"""What a reader can work out about a count that is not shown.

A reader knows the rules: a count that is not shown is 1 to 4; one that is shown is
not, and lies within two of what is shown. Whatever adds up narrows that further. What
is left to each count is found by passing bounds along the sums until nothing moves.
That is quick, and exact where the sums hang together like a tree: each can then be met
whatever the others are. Where they form a ring it can leave a count too much, and
whole-number programmes tell.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from skillmix.disclosure.relations import Equation
from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN


class Range(NamedTuple):
    """The least and the most a count can be."""

    low: float
    high: float

    def covers(self, other: Range) -> bool:
        """Tell whether all of another range is in this one."""
        return self.low <= other.low and other.high <= self.high


HIDDEN = Range(1, SMALLEST_SHOWN - 1)
# Nobody can tell which of the hidden rows rest on few people themselves.
SOME = Range(1, math.inf)
ANY = Range(0, math.inf)
_ENDLESS = (math.inf, -math.inf)


def within(one: Range, other: Range) -> Range:
    """Return what is in both ranges."""
    return Range(max(one.low, other.low), min(one.high, other.high))


def shown_as(rounded: float) -> Range:
    """Return what a count can be that is shown so, after rounding."""
    if rounded == 0:
        return Range(0, 0)
    reach = ROUND_TO // 2
    return Range(max(rounded - reach, SMALLEST_SHOWN), rounded + reach)


def ranges(
    known: Mapping[int, Range], equations: Sequence[Equation]
) -> dict[int, Range]:
    """Return what each count can be, given all that adds up.

    Args:
        known: What is known of each count by itself.
        equations: Signs and counts that add up to nothing.

    Raises:
        ValueError: If no counts fit all that is told.
    """
    found = dict(known)
    about: dict[int, list[int]] = {}
    for number, equation in enumerate(equations):
        for _, count in equation:
            about.setdefault(count, []).append(number)
    # Ends are whole numbers and only move inwards, so this comes to an end.
    waiting = dict.fromkeys(range(len(equations)))
    while waiting:
        number = next(iter(waiting))
        del waiting[number]
        for count in _narrow(found, equations[number]):
            waiting |= dict.fromkeys(about[count])
    return found


def exact_ranges(
    known: Mapping[int, Range], equations: Sequence[Equation], asked: Iterable[int]
) -> dict[int, Range]:
    """Return what each count asked for can be, all sums met at once.

    One table that fits may have many counts at their ends, so counts are sent there
    together, and one by one only where they stand in each other's way.

    Args:
        known: What is known of each count by itself.
        equations: Signs and counts that add up to nothing.
        asked: The counts asked for; of each a most must be known.

    Raises:
        ValueError: If no counts fit all that is told.
    """
    wanted = sorted(asked)
    bounds = ranges(known, equations)
    ends: list[dict[int, float]] = []
    for end, way in enumerate((1, -1)):
        found: dict[int, float] = {}
        while left := [count for count in wanted if count not in found]:
            table = _furthest(left, way, bounds, equations)
            met = [count for count in left if table[count] == bounds[count][end]]
            if not met:
                met = left[:1]
                table = _furthest(met, way, bounds, equations)
            found |= {count: table[count] for count in met}
        ends.append(found)
    return {count: Range(ends[0][count], ends[1][count]) for count in wanted}


def _furthest(
    counts: Sequence[int],
    way: int,
    bounds: Mapping[int, Range],
    equations: Sequence[Equation],
) -> dict[int, float]:
    """Return a table that fits, in which some counts are least (1) or most (-1)."""
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    place = {one: n for n, one in enumerate(bounds)}
    matrix = np.zeros((len(equations), len(bounds)))
    for row, equation in enumerate(equations):
        for sign, one in equation:
            matrix[row, place[one]] += sign
    goal = np.zeros(len(bounds))
    goal[[place[count] for count in counts]] = way
    low, high = np.array(list(bounds.values()), dtype=float).T
    solved = milp(
        goal,
        constraints=LinearConstraint(matrix, 0, 0),
        bounds=Bounds(low, high),
        integrality=np.ones(len(bounds)),
    )
    if not solved.success:
        raise ValueError("no counts fit all that is told")
    return {one: float(round(solved.x[place[one]])) for one in bounds}


def _narrow(found: dict[int, Range], equation: Equation) -> list[int]:
    """Take from each count of a sum what the others leave no room for.

    Returns:
        The counts that are narrower now.
    """
    ends = [_signed(sign, found[count]) for sign, count in equation]
    lows = [low for low, _ in ends if low not in _ENDLESS]
    highs = [high for _, high in ends if high not in _ENDLESS]
    least, most = sum(lows), sum(highs)
    endless = len(ends) - len(lows), len(ends) - len(highs)
    narrower: list[int] = []
    for (sign, count), (low, high) in zip(equation, ends, strict=True):
        others = Range(
            _without(low, least, endless[0], -math.inf),
            _without(high, most, endless[1], math.inf),
        )
        before = found[count]
        left = within(before, _signed(-sign, others))
        if left.low > left.high:
            raise ValueError("no counts fit all that is told")
        if left != before:
            found[count] = left
            narrower.append(count)
    return narrower


def _signed(sign: int, of: Range) -> Range:
    return of if sign > 0 else Range(-of.high, -of.low)


def _without(end: float, finite: float, endless: int, infinite: float) -> float:
    """Return a sum of ends but for one, though some may have no end."""
    if end in _ENDLESS:
        return infinite if endless > 1 else finite
    return infinite if endless else finite - end
