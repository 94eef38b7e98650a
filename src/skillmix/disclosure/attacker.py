"""What a reader can work out about a count that is not shown.

A reader knows the rules: a count that is not shown is 1 to 4; one that is shown is
not, and lies within two of what is shown. Whatever adds up narrows that further. What
is left to each count is found by passing bounds along the sums until nothing moves.
That is exact where the sums hang together like a tree: each can then be met whatever
the others are. Where they form a ring it can leave a count too much, and
`disclosure.audit` tells.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from skillmix.disclosure.relations import Equation
from skillmix.disclosure.thresholds import ROUND_TO, SMALLEST_SHOWN


class Range(NamedTuple):
    """The least and the most a count can be."""

    low: float
    high: float


HIDDEN = Range(1, SMALLEST_SHOWN - 1)
# Nobody can tell which of the hidden rows rest on few people themselves.
SOME = Range(1, math.inf)
ANY = Range(0, math.inf)


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
    before: dict[int, Range] = {}
    # Ends are whole numbers and only move inwards, so this comes to an end.
    while found != before:
        before = dict(found)
        for equation in equations:
            _narrow(found, equation)
    return found


def _narrow(found: dict[int, Range], equation: Equation) -> None:
    """Take from each count of a sum what the others leave no room for."""
    for place, (sign, count) in enumerate(equation):
        least = most = 0.0
        for other in equation[:place] + equation[place + 1 :]:
            low, high = found[other[1]]
            least += low if other[0] > 0 else -high
            most += high if other[0] > 0 else -low
        room = Range(-most, -least) if sign > 0 else Range(least, most)
        found[count] = within(found[count], room)
        if found[count].low > found[count].high:
            raise ValueError("no counts fit all that is told")
