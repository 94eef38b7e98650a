"""Chance with a seed: steady draws for a calibrated record, free draws for tests.

Steady draws keep the shares and rates asked for as nearly as whole people allow
(systematic sampling), so that a printed figure is not missed by luck alone. Free
draws are independent, as the intervals of the estimators assume: coverage must be
judged on those.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from skillmix.synth.tables import Array

# Periods of continued fractions. Their numbers lie in different quadratic fields, so
# no two are linked, and small terms spread even a few draws evenly; roots of primes
# were rejected, because some of their terms are large and short runs clump.
_PERIODS = (
    *((1,), (2,), (3,), (1, 2), (1, 3), (2, 3), (1, 1, 2), (1, 1, 3), (1, 2, 2)),
    *((1, 2, 3), (1, 3, 3), (2, 2, 3), (2, 3, 3), (1, 1, 1, 2), (1, 1, 1, 3)),
    *((1, 1, 2, 2), (1, 1, 2, 3), (1, 1, 3, 3), (1, 2, 2, 2), (1, 2, 2, 3)),
    *((1, 2, 3, 2), (1, 2, 3, 3), (1, 3, 3, 3), (2, 2, 2, 3), (2, 2, 3, 3)),
    *((2, 3, 3, 3), (1, 1, 1, 1, 3), (1, 1, 1, 2, 2), (1, 1, 1, 2, 3)),
)
_TERMS = 60
_TINY = 1e-200


def _fraction(period: Sequence[int]) -> float:
    """Return the continued fraction 1 / (a + 1 / (b + ...)) of a repeated period."""
    value = 0.0
    for term in reversed((list(period) * _TERMS)[:_TERMS]):
        value = 1.0 / (term + value)
    return value


class Chance:
    """Draws of one run; every kind of draw is told apart by a name.

    Args:
        seed: The seed; the same seed gives the same people.
        stream: What is drawn for: streams do not disturb each other, so that a
            change to pay leaves careers as they were.
        steady: Whether shares and rates are kept as nearly as can be.
    """

    def __init__(self, seed: int, stream: str, *, steady: bool = True) -> None:
        self.rng = np.random.default_rng([seed, zlib.crc32(stream.encode())])
        self.steady = steady
        self._carry: dict[str, Array] = {}
        self._steps: dict[str, float] = {}
        self._starts: dict[str, Array] = {}

    def happens(self, chance: Array, group: Array, groups: int, name: str) -> Array:
        """Tell to whom an event happens.

        Args:
            chance: Probability of each person.
            group: Group of each person; steady draws keep each group's expectation,
                over all the draws of this name together.
            groups: How many groups there are.
            name: What is drawn.

        Returns:
            True for those to whom it happens.
        """
        if not self.steady:
            return self.rng.random(len(chance)) < chance
        if name not in self._carry:
            self._carry[name] = self.rng.random(groups)
        carry = self._carry[name]
        order = np.argsort(group, kind="stable")
        sizes = np.bincount(group, minlength=groups)
        ends = np.cumsum(sizes)
        sums = np.cumsum(chance[order])
        before = np.concatenate(([0.0], sums))[ends - sizes]
        place = np.repeat(carry - before, sizes)
        marks = np.floor(sums + place)
        earlier = np.floor(np.concatenate(([0.0], sums[:-1])) + place)
        # A group's first person starts from the carry, whatever rounding says.
        first = (ends - sizes)[sizes > 0]
        earlier[first] = np.floor(carry[sizes > 0])
        happened = np.zeros(len(chance), dtype=bool)
        happened[order] = marks > earlier
        filled = sizes > 0
        last = (sums + place)[ends[filled] - 1]
        carry[filled] = last - np.floor(last)
        return happened

    def choose(self, shares: Array, group: Array, name: str) -> Array:
        """Draw a position for each person, by the shares of the person's group.

        Args:
            shares: One row of shares a group; rows need not add to one.
            group: Group of each person.
            name: What is drawn.

        Returns:
            Positions in the rows of `shares`.
        """
        level = self.levels(group, len(shares), name)
        order = np.argsort(group, kind="stable")
        sizes = np.bincount(group, minlength=len(shares))
        ends = np.cumsum(sizes)
        drawn = np.zeros(len(group), dtype=np.int16)
        level = level[order]
        for one in np.flatnonzero(sizes):
            mine = slice(ends[one] - sizes[one], ends[one])
            edges = np.cumsum(shares[one] / shares[one].sum())
            place = np.searchsorted(edges, level[mine], side="right")
            drawn[mine] = np.minimum(place, len(edges) - 1)
        chosen = np.empty_like(drawn)
        chosen[order] = drawn
        return chosen

    def levels(self, group: Array, groups: int, name: str) -> Array:
        """Draw a number between 0 and 1 for each person, evenly within groups.

        Steady draws step by an irrational number (a Kronecker sequence), another one
        for every name, so that draws of several names are spread evenly together too.
        """
        if not self.steady:
            return self.rng.random(len(group))
        if name not in self._steps:
            self._steps[name] = _fraction(_PERIODS[len(self._steps)])
            self._starts[name] = self.rng.random(groups)
        starts, step = self._starts[name], self._steps[name]
        sizes = np.bincount(group, minlength=groups)
        order = np.argsort(group, kind="stable")
        rank = np.empty(len(group), dtype=np.int64)
        rank[order] = np.arange(len(group)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        level = (starts[group] + (rank + 1) * step) % 1.0
        self._starts[name] = (starts + sizes * step) % 1.0
        return level

    def pick(self, weights: Array) -> int:
        """Draw one position by weight."""
        edges = np.cumsum(weights) / weights.sum()
        place = np.searchsorted(edges, self.rng.random(), side="right")
        return min(int(place), len(edges) - 1)

    def whole(self, expected: Array, total: int) -> Array:
        """Round expected numbers to whole ones that add up to a total.

        Systematic rounding from a random start: every part is its floor or its
        ceiling, and right on average.
        """
        weight = float(expected.sum())
        if total <= 0 or weight <= 0.0:
            return np.zeros(len(expected), dtype=np.int64)
        if weight < _TINY:
            # Such weights are as good as any, but dividing by them would overflow.
            expected = expected / expected.max()
            weight = float(expected.sum())
        ends = np.cumsum(expected) * (total / weight)
        ends[-1] = total
        marks = np.floor(ends + self.rng.random())
        return np.diff(marks, prepend=0.0).astype(np.int64)
