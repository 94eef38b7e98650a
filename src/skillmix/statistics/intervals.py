"""Intervals for shares, and for how two shares or two medians differ.

Counts are whole people. `level` is the two-sided coverage aimed at. The score
methods are preferred where counts are small; the closed forms are kept because the
field's standards name them.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist

from skillmix.statistics.estimators import NOTHING, Z95, Interval, wilson

LEVEL = 0.95
_ROUNDS = 200


def normal_quantile(level: float) -> float:
    """Return the two-sided standard normal quantile, 1.96 for 95%."""
    return Z95 if level == LEVEL else NormalDist().inv_cdf(0.5 + level / 2)


def student_quantile(level: float, freedom: int) -> float:
    """Return the two-sided quantile of Student's t, wider the fewer the clusters."""
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.5 + level / 2))


def newcombe_difference(
    cases: int, people: int, other_cases: int, other_people: int
) -> Interval:
    """Return the difference of two shares with the hybrid of two Wilson intervals.

    Newcombe (1998), Statistics in Medicine 17:873-890, method 10.
    """
    if people <= 0 or other_people <= 0:
        return NOTHING
    first = wilson(cases / people, people)
    second = wilson(other_cases / other_people, other_people)
    return difference_of(first, second)


def difference_of(first: Interval, second: Interval) -> Interval:
    """Return the difference of two independent estimates from their intervals.

    Method of variance estimates recovery: Zou and Donner (2008), Statistics in
    Medicine 27:1693-1702.
    """
    if None in first or None in second:
        return NOTHING
    a, a_low, a_high = (float(v or 0.0) for v in first)
    b, b_low, b_high = (float(v or 0.0) for v in second)
    gap = a - b
    return Interval(
        gap,
        gap - math.hypot(a - a_low, b_high - b),
        gap + math.hypot(a_high - a, b - b_low),
    )


def ratio_of(first: Interval, second: Interval) -> Interval:
    """Return the ratio of two independent positive estimates from their intervals.

    Donner and Zou (2012), Statistical Methods in Medical Research 21:347-359.
    """
    if None in first or None in second or not second.estimate:
        return NOTHING
    a, a_low, a_high = (float(v or 0.0) for v in first)
    b, b_low, b_high = (float(v or 0.0) for v in second)
    low = _mover_end(a, b, a_low, b_high, sign=-1)
    high = _mover_end(a, b, a_high, b_low, sign=1)
    return Interval(a / b, low, high)


def miettinen_nurminen_difference(
    cases: int,
    people: int,
    other_cases: int,
    other_people: int,
    *,
    level: float = LEVEL,
) -> Interval:
    """Return the difference of two shares with its score interval.

    Miettinen and Nurminen (1985), Statistics in Medicine 4:213-226.
    """
    if people <= 0 or other_people <= 0:
        return NOTHING
    gap = cases / people - other_cases / other_people

    def score(delta: float) -> float:
        p2 = _constrained_for_difference(
            delta, cases, people, other_cases, other_people
        )
        p1 = min(max(p2 + delta, 0.0), 1.0)
        total = people + other_people
        variance = p1 * (1 - p1) / people + p2 * (1 - p2) / other_people
        variance *= total / (total - 1)
        return (
            (gap - delta) / math.sqrt(variance) if variance > 0 else _sure(gap - delta)
        )

    z = normal_quantile(level)
    low = -1.0 if gap <= -1 else _solve(lambda d: score(d) - z, -1.0, gap)
    high = 1.0 if gap >= 1 else _solve(lambda d: score(d) + z, gap, 1.0)
    return Interval(gap, low, high)


def score_ratio(
    cases: int,
    people: int,
    other_cases: int,
    other_people: int,
    *,
    level: float = LEVEL,
) -> Interval:
    """Return the relative likelihood with its score interval.

    Koopman (1984), Biometrics 40:513-517. A group without cases has an estimate of
    0 and an upper end; without cases in the other group there is no estimate.
    """
    if people <= 0 or other_people <= 0 or not other_cases:
        return NOTHING
    p1, p2 = cases / people, other_cases / other_people
    z = normal_quantile(level)

    def score(logarithm: float) -> float:
        theta = math.exp(logarithm)
        q2 = _constrained_for_ratio(theta, cases, people, other_cases, other_people)
        q1 = min(theta * q2, 1.0)
        variance = q1 * (1 - q1) / people + theta**2 * q2 * (1 - q2) / other_people
        gap = p1 - theta * p2
        return gap / math.sqrt(variance) if variance > 0 else _sure(gap)

    middle = math.log(p1 / p2) if cases else -50.0
    low = 0.0 if not cases else math.exp(_solve(lambda t: score(t) - z, -50.0, middle))
    high = math.exp(_solve(lambda t: score(t) + z, middle, 50.0))
    return Interval(p1 / p2, low, high)


def odds_ratio(
    cases: int, people: int, other_cases: int, other_people: int
) -> Interval:
    """Return the odds ratio with Woolf's interval of its logarithm.

    Woolf (1955), Annals of Human Genetics 19:251-253.
    """
    table = (cases, people - cases, other_cases, other_people - other_cases)
    if min(table) <= 0:
        return NOTHING
    a, b, c, d = table
    ratio = a * d / (b * c)
    step = Z95 * math.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
    return Interval(ratio, ratio * math.exp(-step), ratio * math.exp(step))


def quantile(
    values: Sequence[float],
    people: Sequence[int],
    share: float,
    *,
    level: float = LEVEL,
) -> Interval:
    """Return a quantile of counted values with the interval of order statistics.

    The estimate is the mean of the two order statistics around share times n (type
    2 of Hyndman and Fan, the usual median). The ends are order statistics chosen
    by the binomial distribution, so nothing is assumed of the shape of pay; heaped
    values, as at pay points, only make it wider. David and Nagaraja (2003), Order
    Statistics, section 7.1.

    Args:
        values: Distinct values, ascending.
        people: How many people have each value.
        share: Which quantile, 0.5 for the median.
        level: Coverage aimed at.
    """
    n = sum(people)
    if n <= 0:
        return NOTHING
    from scipy.special import bdtr

    tail = (1 - level) / 2
    below = _last(n, lambda k: float(bdtr(k, n, share)) <= tail)
    above = _last(n, lambda k: float(bdtr(k, n, share)) < 1 - tail) + 1
    rank = share * n
    first = max(math.ceil(rank), 1)
    second = first + 1 if rank == first and first < n else first
    middle = (_ranked(values, people, first) + _ranked(values, people, second)) / 2
    # Order statistics below the first or above the last are not in the sample.
    low = _ranked(values, people, below + 1) if below >= 0 else None
    high = _ranked(values, people, above + 1) if above < n else None
    return Interval(middle, low, high)


def _mover_end(a: float, b: float, a_end: float, b_end: float, *, sign: int) -> float:
    """Return one end of a ratio; `b_end` is the end of the divisor that matters."""
    cross = a * b
    square = cross**2 - a_end * b_end * (2 * a - a_end) * (2 * b - b_end)
    root = math.sqrt(max(square, 0.0))
    return (cross + sign * root) / (b_end * (2 * b - b_end))


def _constrained_for_difference(
    delta: float, x1: int, n1: int, x2: int, n2: int
) -> float:
    """Return the likeliest second share when the first is larger by delta."""
    total = n1 + n2
    l2 = (n1 + 2 * n2) * delta - total - (x1 + x2)
    l1 = (n2 * delta - total - 2 * x2) * delta + (x1 + x2)
    l0 = x2 * delta * (1 - delta)
    q = (l2 / (3 * total)) ** 3 - l1 * l2 / (6 * total**2) + l0 / (2 * total)
    p = math.sqrt(max((l2 / (3 * total)) ** 2 - l1 / (3 * total), 0.0))
    p = math.copysign(p, q)
    turn = 0.0 if p == 0 else min(max(q / p**3, -1.0), 1.0)
    angle = (math.pi + math.acos(turn)) / 3
    share = 2 * p * math.cos(angle) - l2 / (3 * total)
    return min(max(share, 0.0, -delta), 1.0, 1.0 - delta)


def _constrained_for_ratio(theta: float, x1: int, n1: int, x2: int, n2: int) -> float:
    """Return the likeliest second share when the first is theta times it."""
    a = (n1 + n2) * theta
    b = n1 * theta + x1 + n2 + x2 * theta
    c = x1 + x2
    # The smaller root, in the form that loses no digits.
    return 2 * c / (b + math.sqrt(max(b * b - 4 * a * c, 0.0)))


def _sure(gap: float) -> float:
    """Return the score where nothing can vary: none, or beyond any bound."""
    return math.copysign(1e9, gap) if gap else 0.0


def _solve(falling: Callable[[float], float], low: float, high: float) -> float:
    """Return where a falling function crosses zero, by halving."""
    for _ in range(_ROUNDS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if falling(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _last(n: int, holds: Callable[[int], bool]) -> int:
    """Return the last of 0..n-1 for which a condition holds, or -1."""
    low, high = -1, n
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            low = middle
        else:
            high = middle
    return low


def _ranked(values: Sequence[float], people: Sequence[int], rank: int) -> float:
    """Return the value of the person at a rank, 1 the lowest."""
    seen = 0
    for value, count in zip(values, people, strict=True):
        seen += count
        if seen >= rank:
            return float(value)
    return float(values[-1])
