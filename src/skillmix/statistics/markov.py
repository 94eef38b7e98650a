"""Careers as steps between states: how far people get, and how long it takes.

States are a few bands, training posts and what ends the journey (a goal reached, or
left). Each step's counts are multinomial given the state they start from, so every
quantity has an interval by the delta method and nothing is simulated.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmix.statistics.estimators import (
    NOTHING,
    Z95,
    Interval,
    on_logit,
    wilson,
)

Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How many people went from state to state in one step.

    Attributes:
        states: States that people leave again, in the order of the rows.
        ends: States that end the journey, the goal first.
        counts: People by state (rows) and by next state: the states, then the ends.
    """

    states: tuple[str, ...]
    ends: tuple[str, ...]
    counts: Numbers

    @property
    def people(self) -> Numbers:
        """Steps begun in each state."""
        return self.counts.sum(axis=1)

    @property
    def chances(self) -> Numbers:
        """The transition matrix's rows for the states that people leave again."""
        people = self.people[:, None]
        return np.divide(
            self.counts, people, out=np.zeros(self.counts.shape), where=people > 0
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Test:
    """A test's statistic with its degrees of freedom and p-value."""

    statistic: float
    freedom: int
    p_value: float


def steps_of(
    counts: Mapping[tuple[str, str], int],
    states: Sequence[str],
    ends: Sequence[str],
) -> Steps:
    """Arrange counts of (state, next state) as a matrix.

    A state in which nobody starts is dropped, with the steps into it: what becomes of
    people there was not seen, so they are followed no further (censored).
    """
    seen = {start for (start, _), people in counts.items() if people}
    used = tuple(state for state in states if state in seen)
    every = (*used, *ends)
    table = np.array(
        [[float(counts.get((a, b), 0)) for b in every] for a in used], dtype=float
    ).reshape(len(used), len(every))
    return Steps(states=used, ends=tuple(ends), counts=table)


def ever_reached(steps: Steps, start: str) -> Interval:
    """Return the chance of ever reaching the goal, with its interval.

    Kemeny and Snell (1960), Finite Markov Chains, theorem 3.3.7, assuming that the
    chances of today last and depend on nothing but the state.
    """
    if start not in steps.states:
        return NOTHING
    visits = _visits(steps)
    if visits is None:
        return NOTHING
    place = steps.states.index(start)
    reach = visits @ steps.chances[:, len(steps.states)]
    chance = float(reach[place])
    slopes = visits[place][:, None] * _worth(steps, reach, goal=1.0)[None, :]
    error = _error(steps, slopes)
    return on_logit(chance, error)


def years_to_reach(steps: Steps, start: str, *, steps_a_year: int = 12) -> Interval:
    """Return the mean years until the goal, of those who will reach it.

    People who leave first are left out, as they never arrive: the mean of the chain
    conditioned on arriving (Kemeny and Snell 1960, section 3.6).
    """
    if start not in steps.states:
        return NOTHING
    visits = _visits(steps)
    if visits is None:
        return NOTHING
    place = steps.states.index(start)
    reach = visits @ steps.chances[:, len(steps.states)]
    if reach[place] <= 0:
        return NOTHING
    steps_taken = visits @ reach
    twice = visits @ visits
    slope_taken = (
        visits[place][:, None] * _worth(steps, steps_taken, goal=0.0)[None, :]
        + twice[place][:, None] * _worth(steps, reach, goal=1.0)[None, :]
    )
    slope_reach = visits[place][:, None] * _worth(steps, reach, goal=1.0)[None, :]
    mean = float(steps_taken[place] / reach[place])
    slopes = (slope_taken - mean * slope_reach) / reach[place]
    relative = _error(steps, slopes) / mean
    years = mean / steps_a_year
    step = math.exp(Z95 * relative)
    return Interval(years, years / step, years * step)


def years_in_state(going: int, seen: int, *, steps_a_year: int = 12) -> Interval:
    """Return the mean years people stay in a state at a stretch, with its interval.

    A stay is geometric: 1 over the chance of going, whose interval is Wilson's.

    Args:
        going: Steps in which somebody went from the state.
        seen: Steps begun in the state.
        steps_a_year: Steps a year has.
    """
    if going <= 0 or seen <= 0:
        return NOTHING
    share, low, high = (float(end or 0.0) for end in wilson(going / seen, seen))
    return Interval(*(1 / end / steps_a_year for end in (share, high, low)))


def markov_test(counts: Mapping[tuple[str, str, str], int]) -> Test | None:
    """Test whether the next state depends on the present one alone.

    Likelihood ratio of a second-order chain against a first-order one: Anderson and
    Goodman (1957), Annals of Mathematical Statistics 28:89-110. A small p-value says
    that where people came from still matters, so that long forecasts from the chain
    are too simple. None where no state was reached from two others.

    Args:
        counts: People by (state before, state, next state).
    """
    from scipy.special import chdtrc

    statistic, freedom = 0.0, 0
    for middle in sorted({b for _, b, _ in counts}):
        mine = {(a, c): n for (a, b, c), n in counts.items() if b == middle and n}
        rows, columns = _margins(mine)
        total = sum(rows.values())
        freedom += max(len(rows) - 1, 0) * max(len(columns) - 1, 0)
        for (a, c), n in sorted(mine.items()):
            statistic += 2 * n * math.log(n * total / (rows[a] * columns[c]))
    if not freedom:
        return None
    return Test(
        statistic=statistic,
        freedom=freedom,
        p_value=float(chdtrc(freedom, max(statistic, 0.0))),
    )


def _margins(
    table: Mapping[tuple[str, str], int],
) -> tuple[dict[str, int], dict[str, int]]:
    rows: dict[str, int] = {}
    columns: dict[str, int] = {}
    for (a, c), n in table.items():
        rows[a] = rows.get(a, 0) + n
        columns[c] = columns.get(c, 0) + n
    return rows, columns


def _visits(steps: Steps) -> Numbers | None:
    """Return the expected visits to each state, from each; None if some never end."""
    inner = steps.chances[:, : len(steps.states)]
    try:
        visits = np.linalg.inv(np.eye(len(inner)) - inner)
    except np.linalg.LinAlgError:
        return None
    return visits if bool(np.isfinite(visits).all()) else None


def _worth(steps: Steps, values: Numbers, *, goal: float) -> Numbers:
    """Return what arriving in each next state is worth: its value, the goal's, or 0."""
    others = np.zeros(len(steps.ends) - 1)
    return np.concatenate([values, [goal], others])


def _error(steps: Steps, slopes: Numbers) -> float:
    """Return the error of a quantity from its slopes in the transition chances."""
    chances, people = steps.chances, steps.people
    mean = (chances * slopes).sum(axis=1)
    square = (chances * slopes**2).sum(axis=1)
    spread = np.maximum(square - mean**2, 0.0)
    parts = np.divide(spread, people, out=np.zeros(len(people)), where=people > 0)
    return math.sqrt(float(parts.sum()))
