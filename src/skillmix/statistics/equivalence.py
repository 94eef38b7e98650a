"""No evidence of a difference, or evidence of none: the two are told apart here.

A comparison is "different" when its 95% interval leaves out no difference, "no
material difference" when its 90% interval lies within the margin (two one-sided
tests, Schuirmann 1987, Journal of Pharmacokinetics 15:657-680), both when a real
difference is shown to be small, and "undecided" otherwise. The margin for ratios is
the four-fifths rule, 0.80 to 1.25; for differences it is given by the caller.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from statistics import NormalDist
from typing import Literal

from skillmix.statistics.estimators import Interval

FOUR_FIFTHS = (0.8, 1.25)
POWER = 0.8
ALPHA = 0.05
_ROUNDS = 200
Verdict = Literal[
    "different", "no_material_difference", "small_difference", "undecided"
]


def p_value(z: float, *, freedom: int | None = None) -> float:
    """Return the two-sided p-value of a standard normal statistic, or of Student's t.

    Args:
        z: Estimate over standard error.
        freedom: Degrees of freedom, where the error rests on few clusters.
    """
    if freedom is None:
        return math.erfc(abs(z) / math.sqrt(2.0))
    from scipy.special import stdtr

    return 2 * float(stdtr(freedom, -abs(z)))


def verdict(
    interval_95: Interval,
    interval_90: Interval,
    *,
    none: float = 1.0,
    margin: tuple[float, float] = FOUR_FIFTHS,
    p_adjusted: float | None = None,
) -> Verdict | None:
    """Return what two intervals of one comparison allow to be said.

    Args:
        interval_95: The 95% interval.
        interval_90: The 90% interval, whose ends are two one-sided 5% tests.
        none: The value that stands for no difference: 1 for ratios, else 0.
        margin: Differences within it are held to be immaterial.
        p_adjusted: p-value allowing for other comparisons made at the same time;
            if given, "different" needs it to be below 5% as well.
    """
    ends = (*interval_95[1:], *interval_90[1:])
    if any(end is None for end in ends):
        return None
    low, high, inner_low, inner_high = (float(end or 0.0) for end in ends)
    differs = low > none or high < none
    if p_adjusted is not None:
        differs = differs and p_adjusted < ALPHA
    within = margin[0] < inner_low and inner_high < margin[1]
    if differs:
        return "small_difference" if within else "different"
    return "no_material_difference" if within else "undecided"


def minimum_detectable_difference(
    share: float, people: float, other_people: float, *, power: float = POWER
) -> tuple[float | None, float | None]:
    """Return how far below and above a share another had to be for us to notice.

    The test is of two shares at 5%, two-sided, with pooled variance under no
    difference: Fleiss, Levin and Paik (2003), Statistical Methods for Rates and
    Proportions, section 4.2. None where even 0 or 1 would go unnoticed.

    Args:
        share: Share in the other (reference) group, of `other_people`.
        people: People in the group compared.
        other_people: People in the reference group.
        power: Chance of noticing.
    """
    if people <= 0 or other_people <= 0 or not 0 <= share <= 1:
        return (None, None)

    def noticed(other: float) -> float:
        return _power(other, share, people, other_people)

    below = _edge(noticed, share, 0.0, power)
    above = _edge(noticed, share, 1.0, power)
    return (
        None if below is None else below - share,
        None if above is None else above - share,
    )


def _power(p1: float, p2: float, n1: float, n2: float) -> float:
    normal = NormalDist()
    pooled = (n1 * p1 + n2 * p2) / (n1 + n2)
    null = math.sqrt(pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    alternative = math.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    gap = abs(p1 - p2) - normal.inv_cdf(1 - ALPHA / 2) * null
    if alternative == 0:
        return 1.0 if gap > 0 else 0.0
    return normal.cdf(gap / alternative)


def _edge(
    noticed: Callable[[float], float], near: float, far: float, power: float
) -> float | None:
    """Return the nearest share in a direction that would be noticed."""
    if noticed(far) < power:
        return None
    inside, outside = near, far
    for _ in range(_ROUNDS):
        middle = (inside + outside) / 2
        if middle in (inside, outside):
            break
        if noticed(middle) >= power:
            outside = middle
        else:
            inside = middle
    return outside
