"""Time to an event, on life-table rows: exact for monthly snapshots, ties included.

Snapshots tie everybody who leaves within a month and say only that it was within the
month, so time is discrete here and nothing is jittered. People may come under
observation late (left truncation): they are at risk from then on, no earlier. A life
table needs only, for each time, how many were at risk and how many had each event;
the engine counts them, so no person leaves it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from skillmix.statistics.estimators import NOTHING, Z95, Interval

Numbers = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeTable:
    """People at risk, and those with each kind of event, at each time.

    Attributes:
        time: Times at which anybody had an event or could have, ascending.
        at_risk: People at risk just before each time.
        events: People with each kind of event, one row a time, one column a kind.
        kinds: The kinds, in the order of the columns.
    """

    time: Numbers
    at_risk: Numbers
    events: Numbers
    kinds: tuple[str, ...]

    @property
    def hazard(self) -> Numbers:
        """Chance of any event at each time, for those at risk."""
        return _share(self.events.sum(axis=1), self.at_risk)

    def cases(self, kind: str) -> int:
        """Return how many people had an event of a kind."""
        return int(self.events[:, self.kinds.index(kind)].sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A probability at each time, with its standard error."""

    time: Numbers
    estimate: Numbers
    error: Numbers

    def at(self, time: float) -> tuple[float, float]:
        """Return estimate and error at the last step no later than a time.

        Before the first step nobody can have had an event; the caller knows whether
        that is a probability of 0 or of 1 and does not ask.
        """
        place = int(np.searchsorted(self.time, time, side="right")) - 1
        return float(self.estimate[place]), float(self.error[place])


def kaplan_meier(table: LifeTable) -> Curve:
    """Return the share still without any event at each time.

    The error is Greenwood's (1926). Kaplan and Meier (1958), Journal of the American
    Statistical Association 53:457-481, with delayed entry.
    """
    survival = np.cumprod(1 - table.hazard)
    return Curve(
        time=table.time,
        estimate=survival,
        error=survival * np.sqrt(np.cumsum(_greenwood(table))),
    )


def restricted_mean(table: LifeTable, horizon: float) -> Interval:
    """Return the mean time without an event, up to a horizon, with its interval.

    The area under the Kaplan-Meier curve, a step function, from 0 to the horizon, as
    in R's survival package; Klein and Moeschberger (2003), Survival Analysis,
    section 4.5.
    """
    if table.at_risk.size == 0 or table.at_risk[0] <= 0:
        return NOTHING
    used = table.time < horizon
    steps = np.concatenate([[0.0], table.time[used], [horizon]])
    curve = np.concatenate([[1.0], kaplan_meier(table).estimate[used]])
    areas = curve * np.diff(steps)
    # Area that lies after each time with an event, up to the horizon.
    later = np.cumsum(areas[::-1])[::-1][1:]
    variance = float((later**2 * _greenwood(table)[used]).sum())
    mean = float(areas.sum())
    half = Z95 * math.sqrt(variance)
    return Interval(mean, max(mean - half, 0.0), min(mean + half, horizon))


def cumulative_incidence(table: LifeTable, kind: str) -> Curve:
    """Return the share who have had one kind of event by each time, others competing.

    Aalen and Johansen (1978), Scandinavian Journal of Statistics 5:141-150. The error
    is the Greenwood-type one for tied times: each time's events are multinomial among
    those at risk (Andersen, Borgan, Gill and Keiding 1993, section 4.4.1.3).
    """
    hazards = _share(table.events, table.at_risk[:, None])
    mine = hazards[:, table.kinds.index(kind)]
    any_event = hazards.sum(axis=1)
    before = np.concatenate([[1.0], np.cumprod(1 - any_event)[:-1]])
    incidence = np.cumsum(before * mine)
    error = np.array(
        [
            _incidence_error(table, before, mine, any_event, incidence, t)
            for t in range(len(incidence))
        ]
    )
    return Curve(time=table.time, estimate=incidence, error=error)


def expected_stay(
    leavers: Sequence[int], exposure: Sequence[int], steps_each: int
) -> Interval:
    """Return how many steps people stay, from piecewise constant chances of leaving.

    For ages in years seen monthly, `steps_each` is 12: the chance of leaving within a
    month is the same through a year of age. Leaving falls within a step, taken to be
    its middle. Chiang (1984), The Life Table and its Applications; the interval is by
    the delta method on the binomial chances.

    Args:
        leavers: People who left within a step, by piece, ascending.
        exposure: Steps that people stood at risk, by piece.
        steps_each: Steps a piece lasts.

    Returns:
        Mean steps from the start of the first piece to the end of the last, at most.
        Not defined where a piece was never observed.
    """
    left, seen = np.array(leavers, dtype=float), np.array(exposure, dtype=float)
    if seen.size == 0 or bool((seen <= 0).any()):
        return NOTHING
    chance = np.repeat(left / seen, steps_each)
    survival = np.concatenate([[1.0], np.cumprod(1 - chance)])
    areas = (survival[:-1] + survival[1:]) / 2
    mean = float(areas.sum())
    after = np.concatenate([np.cumsum(areas[::-1])[::-1][1:], [0.0]])
    # A chance of leaving shortens its own step by half and all later ones in full.
    with np.errstate(divide="ignore", invalid="ignore"):
        later = np.where(chance < 1, after / (1 - chance), 0.0)
    slope = survival[:-1] / 2 + later
    by_piece = slope.reshape(-1, steps_each).sum(axis=1)
    hazard = left / seen
    variance = float((by_piece**2 * hazard * (1 - hazard) / seen).sum())
    half = Z95 * math.sqrt(variance)
    longest = float(len(chance))
    return Interval(mean, max(mean - half, 0.0), min(mean + half, longest))


def on_log_minus_log(estimate: float, error: float) -> Interval:
    """Return a probability with the interval of its complementary log-log.

    It stays between 0 and 1 and is the better one for small groups: Kalbfleisch and
    Prentice (2002), The Statistical Analysis of Failure Time Data, section 1.4.
    """
    if not 0 < estimate < 1 or error <= 0:
        return Interval(estimate, None, None)
    step = Z95 * error / (estimate * math.log(estimate))
    ends = (estimate ** math.exp(step), estimate ** math.exp(-step))
    return Interval(estimate, min(ends), max(ends))


def on_log_minus_log_of_complement(estimate: float, error: float) -> Interval:
    """Return a cumulative incidence with the interval of log(-log(1 - F))."""
    whole = on_log_minus_log(1 - estimate, error)
    if whole.conf_low is None or whole.conf_high is None:
        return Interval(estimate, None, None)
    return Interval(estimate, 1 - whole.conf_high, 1 - whole.conf_low)


def _greenwood(table: LifeTable) -> Numbers:
    """Return each time's part of the variance of the logarithm of survival."""
    died = table.events.sum(axis=1)
    return _share(died, table.at_risk * (table.at_risk - died))


def _incidence_error(
    table: LifeTable,
    before: Numbers,
    mine: Numbers,
    any_event: Numbers,
    incidence: Numbers,
    t: int,
) -> float:
    """Return the error at one time: the delta method over the times before it."""
    seen = slice(0, t + 1)
    # A fall of survival at u takes from all the incidence still to come by t.
    to_come = _share(incidence[t] - incidence[seen], 1 - any_event[seen])
    own = before[seen]
    h, a, n = mine[seen], any_event[seen], table.at_risk[seen]
    mean = own * h - to_come * a
    square = (own - to_come) ** 2 * h + to_come**2 * (a - h)
    return math.sqrt(max(float(_share(square - mean**2, n).sum()), 0.0))


def _share(top: Numbers, bottom: Numbers) -> Numbers:
    """Divide, giving 0 where there is nothing to divide by."""
    whole = np.broadcast_to(bottom, top.shape)
    return np.divide(top, whole, out=np.zeros_like(top, dtype=float), where=whole > 0)
