"""From the counts of a cell to an estimate and its 95% interval.

Every estimator takes one `Cell` and gives an `Interval`; which one a measure uses
is stated in the measure. Where a cell holds the whole workforce, the interval says
how far the figure could have fallen by chance in a workforce like this one; it is
not a sampling error, for nobody was sampled.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

Z95 = 1.959963984540054
_ROUNDING = 1e-12
# Beyond e to this many, odds are past all that a computer can write.
_ANYWHERE = 700.0


class Interval(NamedTuple):
    """An estimate with the ends of its 95% interval; None where not defined."""

    estimate: float | None
    conf_low: float | None
    conf_high: float | None


NOTHING = Interval(None, None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """The sufficient statistics of one row.

    A sum of squares of 0 says that the numerator is a given amount, such as the base
    of an index or a figure quoted from elsewhere, which chance has no part in.
    """

    numerator: float | None
    denominator: float | None
    cases: int | None = None
    people: int | None = None
    numerator_squares: float | None = None
    denominator_squares: float | None = None


Estimator = Callable[[Cell], Interval]


def wilson(share: float, n: float) -> Interval:
    """Return the Wilson score interval of a share seen in n people.

    Wilson (1927), Journal of the American Statistical Association 22:209-212.
    n may be an effective number, as for FTE-weighted shares.
    """
    if n <= 0:
        return NOTHING
    z2 = Z95 * Z95
    centre = (share + z2 / (2 * n)) / (1 + z2 / n)
    spread = max(share * (1 - share), 0.0) / n + z2 / (4 * n * n)
    half = Z95 * math.sqrt(spread) / (1 + z2 / n)
    # At 0 and 1 the interval starts exactly there; rounding must not miss it.
    low = 0.0 if share <= 0 else max(centre - half, 0.0)
    high = 1.0 if share >= 1 else min(centre + half, 1.0)
    return Interval(share, low, high)


def on_logit(share: float, error: float, *, quantile: float = Z95) -> Interval:
    """Return a share with an interval symmetric in the log odds, within 0 and 1.

    Args:
        share: The estimate.
        error: Its standard error.
        quantile: Of the normal distribution, or of Student's.
    """
    # What differs from 0 or 1 by rounding alone has no odds.
    if not _ROUNDING < share < 1 - _ROUNDING or error <= 0:
        return Interval(share, None, None)
    step = quantile * error / (share * (1 - share))
    if step > _ANYWHERE:
        return Interval(share, 0.0, 1.0)
    odds = share / (1 - share)
    low, high = odds * math.exp(-step), odds * math.exp(step)
    return Interval(share, low / (1 + low), high / (1 + high))


def proportion(cell: Cell) -> Interval:
    """Give the share of people, with its Wilson interval."""
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    return wilson(cell.numerator / cell.denominator, cell.denominator)


def fte_share(cell: Cell) -> Interval:
    """Give a share of FTE; the interval uses Kish's effective number of people.

    Effective n is the squared total of the denominator over its sum of squares
    (Kish, Survey Sampling, 1965), or people where squares are not at hand.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    share = cell.numerator / cell.denominator
    if cell.denominator_squares:
        n = cell.denominator**2 / cell.denominator_squares
    elif cell.people:
        n = float(cell.people)
    else:
        # An FTE is at most one person, so FTE never overstates the people.
        n = cell.denominator
    return wilson(share, n)


def fte_ratio(cell: Cell) -> Interval:
    """Give the ratio of two FTE totals of different people.

    The interval is symmetric in the logarithm, each total a compound Poisson sum:
    variance of its logarithm is the sum of squares over the squared total.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    if not cell.numerator:
        # A logarithm has no end here, and the ratio is none all the same.
        return Interval(0.0, None, None)
    top = cell.numerator_squares or cell.numerator
    bottom = cell.denominator_squares or cell.denominator
    ratio = cell.numerator / cell.denominator
    error = math.sqrt(top / cell.numerator**2 + bottom / cell.denominator**2)
    return Interval(
        ratio, ratio * math.exp(-Z95 * error), ratio * math.exp(Z95 * error)
    )


def mean(cell: Cell) -> Interval:
    """Give a mean per person from sum, sum of squares and number of people."""
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    n = cell.denominator
    average = cell.numerator / n
    if cell.numerator_squares is None or n < 2:
        return Interval(average, None, None)
    variance = max(cell.numerator_squares - cell.numerator**2 / n, 0.0) / (n - 1)
    half = Z95 * math.sqrt(variance / n)
    return Interval(average, average - half, average + half)


def days_of_five(cell: Cell) -> Interval:
    """Give mean contracted FTE per person as days of a five-day week."""
    found = mean(cell)
    return Interval(*(None if end is None else 5 * end for end in found))


def mean_per_fte(cell: Cell) -> Interval:
    """Give pay per FTE: total pay over total FTE.

    `numerator_squares` holds the sum of squared pay per FTE weighted by FTE and
    `denominator_squares` the sum of squared FTE, so the interval is that of a
    weighted mean with Kish's effective number.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    average = cell.numerator / cell.denominator
    if not cell.numerator_squares or not cell.denominator_squares:
        return Interval(average, None, None)
    variance = max(cell.numerator_squares / cell.denominator - average**2, 0.0)
    effective = cell.denominator**2 / cell.denominator_squares
    half = Z95 * math.sqrt(variance / effective)
    return Interval(average, average - half, average + half)


def total(cell: Cell) -> Interval:
    """Give a total with the interval of a compound Poisson sum."""
    if cell.numerator is None:
        return NOTHING
    if cell.numerator_squares == 0:
        return Interval(cell.numerator, None, None)
    half = Z95 * math.sqrt(_squares(cell.numerator, cell.numerator_squares))
    return Interval(
        cell.numerator, max(cell.numerator - half, 0.0), cell.numerator + half
    )


def index_100(cell: Cell) -> Interval:
    """Give a total as an index of its base (the denominator), base = 100.

    The base is taken as it was: the interval is of the later total, and the base
    itself, which is 100 by definition, has none.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    value = 100 * cell.numerator / cell.denominator
    if cell.numerator_squares == 0:
        return Interval(value, None, None)
    spread = _squares(cell.numerator, cell.numerator_squares)
    half = 100 * Z95 * math.sqrt(spread) / cell.denominator
    return Interval(value, max(value - half, 0.0), value + half)


def day_rate(cell: Cell) -> Interval:
    """Give the sickness absence rate with a conservative interval.

    Each person's share of the month lost lies between 0 and 1, so its variance
    is at most p(1 - p): a Wilson interval on the number of full-time equivalents
    available (`denominator_squares` holds days in the period, to turn FTE days
    into FTE) is never too narrow for chance between people.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    days = cell.denominator_squares or 30.4375
    return wilson(cell.numerator / cell.denominator, cell.denominator / days)


def event_rate(cell: Cell) -> Interval:
    """Give events per person at risk, with Byar's interval for a Poisson count.

    Breslow and Day (1987), Statistical Methods in Cancer Research II, page 69.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    events = cell.numerator
    low = 0.0
    if events > 0:
        low = events * (1 - 1 / (9 * events) - Z95 / (3 * math.sqrt(events))) ** 3
    above = events + 1
    high = above * (1 - 1 / (9 * above) + Z95 / (3 * math.sqrt(above))) ** 3
    base = cell.denominator
    return Interval(events / base, max(low, 0.0) / base, high / base)


def as_printed(cell: Cell) -> Interval:
    """Give the value as its source printed it; no interval can be had from it."""
    return Interval(cell.numerator, None, None)


def relative_change(cell: Cell) -> Interval:
    """Give the change from one total to another as a share of the first.

    The first total is taken as it was; the other is what is left of it and who came
    since. If people leave by a chance q and come at random, its variance is q(1 - q)
    for each who was there and 1 for each who came: at most 1 for each who is there
    now, and so much where everybody is new. The interval takes that most, so it is
    never too narrow and for a year somewhat wide. Rejected: the net change alone,
    which forgets that many come and go where few are gained.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    value = cell.numerator / cell.denominator - 1
    spread = _squares(cell.numerator, cell.numerator_squares)
    half = Z95 * math.sqrt(spread) / cell.denominator
    return Interval(value, max(value - half, -1.0), value + half)


def plain_ratio(cell: Cell) -> Interval:
    """Give one whole total over another; no interval.

    For amounts of which nothing was sampled and whose chance variation is not known,
    such as hours worked or pounds spent.
    """
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    return Interval(cell.numerator / cell.denominator, None, None)


def plain_index(cell: Cell) -> Interval:
    """Give a whole amount as an index of its base, base = 100; no interval."""
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    return Interval(100 * cell.numerator / cell.denominator, None, None)


def plain_change(cell: Cell) -> Interval:
    """Give the change of a whole amount as a share of the first; no interval."""
    if not cell.denominator or cell.numerator is None:
        return NOTHING
    return Interval(cell.numerator / cell.denominator - 1, None, None)


def _squares(total: float, squares: float | None) -> float:
    """Return the sum of squares; not at hand, the total, for no post is above 1 FTE."""
    return total if squares is None else squares
