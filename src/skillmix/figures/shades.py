"""Values in seven shades, and the ink that can be read on each."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

CLASSES = 7
RAMP = tuple(f"ramp{n + 1}" for n in range(CLASSES))
# On the darker shades of a light page, and the lighter ones of a dark page.
TURNS = 4


def breaks(values: Sequence[float]) -> tuple[float, ...]:
    """Return the values at which one shade gives way to the next.

    Shades are equal steps, unless a few values tower over the rest, as the diagonal
    of a transition matrix does: then each shade takes as many values as the next.
    """
    ordered = sorted(values)
    if not ordered or ordered[0] == ordered[-1]:
        return ()
    low, high = ordered[0], ordered[-1]
    middle = ordered[len(ordered) // 2]
    if middle - low < (high - low) / 4:
        places = [len(ordered) * n // CLASSES for n in range(1, CLASSES)]
        # Where many values are the least, they have the lightest shade all the same.
        edges = (ordered[min(place, len(ordered) - 1)] for place in places)
        return tuple(edge for edge in edges if edge > low)
    return equal_breaks(values)


def equal_breaks(values: Sequence[float]) -> tuple[float, ...]:
    """Return breaks in equal steps, so that values close together look alike.

    On a map, where neighbours are compared, one shade for each seventh of the places
    would part places that differ in nothing but the third decimal.
    """
    if not values or min(values) == max(values):
        return ()
    low, high = min(values), max(values)
    return tuple(low + (high - low) * n / CLASSES for n in range(1, CLASSES))


def shade(value: float, edges: Sequence[float]) -> int:
    """Return which shade a value has, from 0 for the least."""
    return bisect_right(edges, value) if edges else CLASSES // 2
